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

use core_text;

/**
 * What the network must let through for a destination, and what a try says of it, in words for whoever keeps the network.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class connection {
    /** @var array What curl's numbers mean (libcurl-errors): the number to a string of ours. */
    private const FAILURES = [
        5 => 'net_proxyunknown',
        6 => 'net_hostunknown',
        7 => 'net_refused',
        28 => 'net_timeout',
        35 => 'net_tls',
        51 => 'net_untrusted',
        56 => 'net_cut',
        58 => 'net_tls',
        60 => 'net_untrusted',
        77 => 'net_untrusted',
        97 => 'net_proxyunknown',
    ];

    /** @var array What an answer's status means, where it means something for the settings. */
    private const STATUSES = [
        0 => '',
        401 => 'paused_key',
        403 => 'paused_key',
        404 => 'net_nostatements',
        405 => 'net_nostatements',
        407 => 'net_proxyrefuses',
    ];

    /**
     * The way to a destination.
     *
     * @param destination $destination
     */
    public function __construct(
        /** @var destination Where to. */
        private readonly destination $destination,
    ) {
    }

    /**
     * What has to be open, whether or not anything was tried.
     *
     * @return string[] sentences
     */
    public function needs(): array {
        global $CFG;
        require_once($CFG->libdir . '/filelib.php');

        $parts = parse_url($this->destination->endpoint);
        $host = $parts['host'] ?? '';
        $secure = strtolower($parts['scheme'] ?? '') === 'https';
        $a = (object) ['host' => $host, 'port' => $parts['port'] ?? ($secure ? 443 : 80)];
        $proxied = !empty($CFG->proxyhost) && !is_proxybypass($this->destination->endpoint);
        $a->proxy = $CFG->proxyhost . (empty($CFG->proxyport) ? '' : ":$CFG->proxyport");
        $text = fn(string $key): string => get_string($key, 'mod_palier', $a);
        $said = [$text($proxied ? 'net_needsproxy' : 'net_needs')];
        if (!$proxied) {
            $a->addresses = implode(', ', gethostbynamel(trim($host, '[]')) ?: []);
            $said[] = $text($a->addresses === '' ? 'net_hostunknown' : 'net_addresses');
            $said[] = $text(empty($CFG->proxyhost) ? 'net_noproxy' : 'net_bypassed');
        }
        $blocked = (new \core\files\curl_security_helper())->url_is_blocked($this->destination->endpoint . '/statements');
        $said[] = $text($blocked ? 'net_blocked' : 'net_notblocked');
        if (!$secure) {
            $said[] = $text('net_plain');
        }
        return $said;
    }

    /**
     * What an answer, or its absence, says.
     *
     * @param lrs_answer $answer
     * @param bool $stored whether the statement was taken
     * @param bool $badversion whether the version is refused
     * @return string[] sentences
     */
    public function found(lrs_answer $answer, bool $stored, bool $badversion): array {
        $said = [];
        if ($answer->status === 0) {
            $key = self::FAILURES[$answer->errno] ?? '';
            $said[] = $key === '' ? '' : get_string($key, 'mod_palier', (object) [
                'cainfo' => ini_get('curl.cainfo') ?: 'curl.cainfo',
                'host' => parse_url($this->destination->endpoint, PHP_URL_HOST),
            ]);
        } else if (!$stored) {
            $key = $badversion ? 'paused_version' : (self::STATUSES[$answer->status] ?? '');
            if ($answer->status >= 300 && $answer->status < 400) {
                $key = 'net_redirect';
            } else if (in_array($answer->status, [200, 204])) {
                $key = 'lrsnoids';
            }
            $said[] = $key === '' ? '' : get_string($key, 'mod_palier');
        }
        $certificate = $answer->info['certinfo'][0] ?? [];
        if ($certificate) {
            $said[] = get_string('net_certificate', 'mod_palier', (object) [
                'subject' => self::shortened($certificate['Subject'] ?? ''),
                'issuer' => self::shortened($certificate['Issuer'] ?? ''),
                'until' => self::shortened($certificate['Expire date'] ?? ''),
            ]);
        }
        return array_values(array_filter($said, 'strlen'));
    }

    /**
     * A text of the other side's, fit to be shown.
     *
     * @param string $text
     * @return string
     */
    private static function shortened(string $text): string {
        return core_text::substr(fix_utf8($text), 0, 200);
    }
}
