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
 * What an LRS answered, or why it did not.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class lrs_answer {
    /** @var int The longest text that is kept of an answer. */
    private const MAX_TEXT = 1000;

    /**
     * One answer.
     *
     * @param int $status HTTP status; 0 when there was no answer
     * @param string $body
     * @param int|null $retryafter seconds that the LRS asks to wait
     * @param string $failure why there was no answer
     * @param int $errno curl's number of that failure
     * @param array $info what curl knows of the exchange
     */
    public function __construct(
        /** @var int HTTP status; 0 when there was no answer. */
        public readonly int $status,
        /** @var string The body as it came. */
        public readonly string $body = '',
        /** @var int|null Seconds that the LRS asks to wait. */
        public readonly ?int $retryafter = null,
        /** @var string Why there was no answer. */
        public readonly string $failure = '',
        /** @var int The number that curl gives the failure. */
        public readonly int $errno = 0,
        /** @var array What curl knows of the exchange: addresses, certificates. */
        public readonly array $info = [],
    ) {
    }

    /**
     * Whether the LRS says that it stored these statements.
     *
     * An address that answers 200 to anything is no LRS: only the list of ids counts.
     *
     * @param string[] $ids
     * @return bool
     */
    public function stored(array $ids): bool {
        if ($this->status !== 200) {
            return false;
        }
        $stored = json_decode($this->body, true);
        return is_array($stored) && $stored === array_values($ids);
    }

    /**
     * Of these statements, those that the LRS does not list, where it lists the others in their order, and lists no more.
     *
     * Some stores leave out what they had before: lrsql answers 200 with the new ones, Ralph the same, and 204 where none
     * is new. xAPI wants all of them listed (part three, section 2.1.2).
     *
     * @param string[] $ids
     * @return string[]|null null where the answer is none of a store
     */
    public function unlisted(array $ids): ?array {
        $listed = match ($this->status) {
            200 => json_decode($this->body, true),
            204 => [],
            default => null,
        };
        if (!is_array($listed) || array_filter($listed, fn($id) => !is_string($id))) {
            return null;
        }
        return array_values(array_intersect($ids, $listed)) === $listed ? array_values(array_diff($ids, $listed)) : null;
    }

    /**
     * The answer in a line, fit to be shown and kept.
     *
     * @return string
     */
    public function text(): string {
        if ($this->status === 0) {
            return $this->failure;
        }
        $text = trim(preg_replace('/\s+/u', ' ', strip_tags(fix_utf8($this->body))));
        return trim("HTTP {$this->status} " . \core_text::substr($text, 0, self::MAX_TEXT));
    }
}
