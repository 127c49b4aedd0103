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

namespace mod_palier\local\engine;

/**
 * The members of a request for a step, as JSON text: the same for both ways to the engine.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class step_request {
    /**
     * To begin a session.
     *
     * @param int $seed from 0 to 2^53 - 1
     * @param array $context members of the started event
     * @param int $timems now, in milliseconds
     * @param array|null $told the context of statements
     * @return string[] name => JSON text
     */
    public static function begin(int $seed, array $context, int $timems, ?array $told): array {
        $members = [
            'seed' => (string) $seed,
            'context' => json_text::encode_object($context + ['time' => $timems]),
            'time' => (string) $timems,
        ];
        return $members + self::told($told);
    }

    /**
     * To go on from a log.
     *
     * @param string $logjson the log so far
     * @param array $newevents events to record, as arrays or as JSON text
     * @param int $timems now, in milliseconds
     * @param bool $advance whether to decide what comes next
     * @param array|null $told the context of statements
     * @return string[] name => JSON text
     */
    public static function go_on(string $logjson, array $newevents, int $timems, bool $advance, ?array $told): array {
        $members = [
            'log' => $logjson,
            'events' => json_text::list($newevents),
            'time' => (string) $timems,
            'advance' => $advance ? 'true' : 'false',
        ];
        return $members + self::told($told);
    }

    /**
     * The context of statements, where they are wanted.
     *
     * @param array|null $told
     * @return string[]
     */
    private static function told(?array $told): array {
        return $told === null ? [] : ['told' => json_text::encode_object($told)];
    }
}
