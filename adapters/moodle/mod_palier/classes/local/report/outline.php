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

namespace mod_palier\local\report;

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\output\result_words;
use stdClass;

/**
 * A person's results in the course's reports on a person: those that the reader may read.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class outline {
    /**
     * The result that counts, in a sentence.
     *
     * @param int $palierid
     * @param int $userid
     * @return stdClass|null info and time
     */
    public static function of(int $palierid, int $userid): ?stdClass {
        global $DB;
        $method = (string) $DB->get_field('palier', 'grademethod', ['id' => $palierid]);
        $told = results::told($method, self::attempts($palierid, $userid));
        return $told ? (object) ['info' => s(self::said($told)), 'time' => $told->timefinish] : null;
    }

    /**
     * All results, a line each.
     *
     * @param int $palierid
     * @param int $userid
     * @return string HTML
     */
    public static function html(int $palierid, int $userid): string {
        $lines = array_map(fn(attempt $attempt) => get_string('attemptn', 'mod_palier', [
            'number' => $attempt->attempt,
            'date' => userdate($attempt->timefinish, get_string('strftimedate', 'core_langconfig')),
        ]) . get_string('colon', 'mod_palier') . ' ' . s(self::said($attempt)), self::attempts($palierid, $userid));
        return $lines ? \html_writer::alist($lines) : \html_writer::tag('p', get_string('noattempts', 'mod_palier'));
    }

    /**
     * A result in a sentence.
     *
     * @param attempt $attempt
     * @return string plain text
     */
    private static function said(attempt $attempt): string {
        return result_words::of($attempt)->sentence();
    }

    /**
     * The finished attempts that the reader may read.
     *
     * @param int $palierid
     * @param int $userid
     * @return attempt[]
     */
    private static function attempts(int $palierid, int $userid): array {
        return array_values(array_filter(
            attempt_repository::of_user($palierid, $userid),
            fn(attempt $attempt) => !$attempt->is_open() && $attempt->access()->may_review()
        ));
    }
}
