<?php
// This file is part of Moodle - https://moodle.org/
//
// Moodle is free software: you can redistribute it and/or modify
// it under the terms of the GNU General Public License as published by
// the Free Software Foundation, either version 3 of the License, or
// (at your option) any later version.
//
// Moodle is distributed in the hope that it will be useful,
// but WITHOUT ANY WARRANTY; without even the implied warranty of
// MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
// GNU General Public License for more details.
//
// You should have received a copy of the GNU General Public License
// along with Moodle.  If not, see <https://www.gnu.org/licenses/>.

namespace mod_palier\local\xapi;

/**
 * Speaks to one LRS, through the site's proxy where it has one.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class lrs_client {
    /** @var int Seconds to wait for a connection. */
    private const CONNECT_TIMEOUT = 10;

    /** @var int Seconds to wait for an answer. */
    private const TIMEOUT = 60;

    /** @var int Bytes that an answer may have. */
    private const MAXANSWER = 1024 * 1024;

    /**
     * A client of one destination.
     *
     * @param destination $destination
     */
    public function __construct(
        /** @var destination Where to. */
        private readonly destination $destination,
    ) {
    }

    /**
     * Sends statements, all or none.
     *
     * @param string[] $statements each as JSON text, in order
     * @return lrs_answer
     */
    public function post(array $statements): lrs_answer {
        return $this->request(fn(\curl $curl, array $options) => $curl->post(
            $this->address('/statements'),
            '[' . implode(',', $statements) . ']',
            $options,
        ));
    }

    /**
     * Asks for one statement.
     *
     * @param string $uuid
     * @return lrs_answer
     */
    public function get(string $uuid): lrs_answer {
        return $this->request(fn(\curl $curl, array $options) => $curl->get(
            $this->address('/statements'),
            ['statementId' => $uuid],
            $options,
        ));
    }

    /**
     * Whether the LRS refuses the version that we speak, and not what is said in it.
     *
     * Its resource "about" lists what it speaks (xAPI, part three, section 2.8); an LRS without one refuses any other
     * request as well. Words of a refusal are not read: every LRS has its own.
     *
     * @param string $uuid any statement's id
     * @return bool
     */
    public function refuses_version(string $uuid): bool {
        $about = $this->request(fn(\curl $curl, array $options) => $curl->get($this->address('/about'), [], $options));
        $versions = $about->status === 200 ? (json_decode($about->body, true)['version'] ?? null) : null;
        if (is_array($versions) && $versions) {
            // Within 1.0 and 2.0, patches understand each other.
            $family = fn($version): string => implode('.', array_slice(explode('.', is_string($version) ? $version : ''), 0, 2));
            return !in_array($family($this->destination->version), array_map($family, $versions), true);
        }
        return $this->get($uuid)->status === 400;
    }

    /**
     * The address of a resource.
     *
     * @param string $resource with the slash before it
     * @return string
     */
    private function address(string $resource): string {
        return $this->destination->endpoint . $resource;
    }

    /**
     * One request.
     *
     * @param callable $send takes the curl and its options, gives the body
     * @return lrs_answer
     */
    private function request(callable $send): lrs_answer {
        global $CFG;
        require_once($CFG->libdir . '/filelib.php');

        $curl = new \curl(['securityhelper' => new endpoint_security($this->destination->endpoint)]);
        $curl->setHeader([
            'Authorization: Basic ' . base64_encode($this->destination->key . ':' . $this->destination->secret),
            'Content-Type: application/json',
            'X-Experience-API-Version: ' . $this->destination->version,
        ]);
        $body = '';
        $toolong = false;
        $said = $send($curl, [
            // The site's name and key go with the request: no other address may get them, and the server must be the one named.
            'CURLOPT_FOLLOWLOCATION' => 0,
            'CURLOPT_SSL_VERIFYPEER' => 1,
            'CURLOPT_SSL_VERIFYHOST' => 2,
            'CURLOPT_CERTINFO' => 1,
            'CURLOPT_CONNECTTIMEOUT' => self::CONNECT_TIMEOUT,
            'CURLOPT_TIMEOUT' => self::TIMEOUT,
            // What comes compressed is counted as it is in memory. A part that was not taken ends the exchange.
            'CURLOPT_WRITEFUNCTION' => function ($handle, string $part) use (&$body, &$toolong): int {
                $toolong = $toolong || strlen($body) + strlen($part) > self::MAXANSWER;
                $body .= $toolong ? '' : $part;
                return $toolong ? 0 : strlen($part);
            },
        ]);
        $info = $curl->get_info() ?: [];
        $status = (int) ($info['http_code'] ?? 0);
        if ($curl->get_errno() || $status === 0) {
            return new lrs_answer(
                0,
                failure: $toolong ? get_string('answertoolong', 'mod_palier', display_size(self::MAXANSWER))
                    : $this->redacted((string) ($curl->error ?: (is_string($said) ? $said : ''))),
                errno: (int) $curl->get_errno(),
                info: $info,
            );
        }
        return new lrs_answer($status, $this->redacted($body), $this->retry_after($curl->getResponse()), info: $info);
    }

    /**
     * Seconds to wait, from a Retry-After header (RFC 9110, section 10.2.3).
     *
     * @param array $headers
     * @return int|null
     */
    private function retry_after(array $headers): ?int {
        $value = array_change_key_case($headers)['retry-after'] ?? null;
        $value = trim((string) (is_array($value) ? end($value) : $value));
        if ($value === '') {
            return null;
        }
        if (ctype_digit($value)) {
            return (int) $value;
        }
        $date = strtotime($value);
        return $date === false ? null : max(0, $date - \core\di::get(\core\clock::class)->time());
    }

    /**
     * A text in which no secret is left, should the other side repeat it.
     *
     * @param string $text
     * @return string
     */
    private function redacted(string $text): string {
        $secret = (string) $this->destination->secret;
        return $secret === '' ? $text : str_replace(
            [$secret, base64_encode($this->destination->key . ':' . $secret)],
            '***',
            $text,
        );
    }
}
