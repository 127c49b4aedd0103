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

namespace mod_palier\local\bank;

/**
 * Which types of questions the machine can grade: an adaptive test needs the mark before it can choose the next question.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class gradable {
    /** @var string[] what is wrong with a type, by type: asked of core once. */
    private static array $faults = [];

    /**
     * Whether questions of a type get their mark from the machine.
     *
     * @param string $qtype
     * @return bool
     */
    public static function is_gradable(string $qtype): bool {
        return self::fault($qtype) === '';
    }

    /**
     * Why the questions of a type cannot be asked in an adaptive test.
     *
     * @param string $qtype
     * @return string a sentence, empty when they can be
     */
    public static function reason(string $qtype): string {
        $fault = self::fault($qtype);
        return $fault === '' ? '' : get_string("ungradable_$fault", 'mod_palier');
    }

    /**
     * What is wrong with a type.
     *
     * @param string $qtype
     * @return string missing, noquestion, manual, or empty
     */
    private static function fault(string $qtype): string {
        global $CFG;
        require_once($CFG->libdir . '/questionlib.php');
        return self::$faults[$qtype] ??= match (true) {
            !\question_bank::is_qtype_installed($qtype) || $qtype === 'missingtype' => 'missing',
            !\question_bank::get_qtype($qtype)->is_real_question_type(), $qtype === 'random' => 'noquestion',
            \question_bank::get_qtype($qtype)->is_manual_graded() => 'manual',
            default => '',
        };
    }
}
