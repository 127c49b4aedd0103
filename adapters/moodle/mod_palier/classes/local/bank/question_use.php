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

/**
 * Which questions are in use.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

namespace mod_palier\local\bank;

/**
 * Tells the question bank which questions must not be deleted.
 */
class question_use {
    /**
     * Whether any of these questions was shown in an attempt, or belongs to a bank that a learner's attempt was taken with.
     *
     * @param int[] $questionids
     * @return bool
     */
    public static function in_use(array $questionids): bool {
        global $DB;
        if (!$questionids) {
            return false;
        }
        [$insql, $params] = $DB->get_in_or_equal($questionids, SQL_PARAMS_NAMED);
        $shown = "SELECT 1
                    FROM {question_attempts} qa
                    JOIN {palier_attempt} pa ON pa.qubaid = qa.questionusageid
                   WHERE qa.questionid $insql AND pa.preview = 0";
        if ($DB->record_exists_sql($shown, $params)) {
            return true;
        }
        $inbank = "SELECT 1
                     FROM {question_versions} qv
                     JOIN {palier_bank_item} bi ON bi.questionbankentryid = qv.questionbankentryid
                     JOIN {palier_attempt} pa ON pa.bankid = bi.bankid
                    WHERE qv.questionid $insql AND pa.preview = 0";
        return $DB->record_exists_sql($inbank, $params);
    }
}
