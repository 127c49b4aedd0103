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
 * What has to go with the activity, beside its tables.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

/**
 * Deletes what core keeps for the activity and does not clear itself: answers, question references, reports.
 *
 * @return bool
 */
function xmldb_palier_uninstall(): bool {
    global $CFG, $DB;
    require_once($CFG->dirroot . '/question/engine/lib.php');

    $usages = $DB->get_fieldset_select('question_usages', 'id', 'component = ?', ['mod_palier']);
    foreach (array_chunk($usages, 500) as $chunk) {
        question_engine::delete_questions_usage_by_activities(new qubaid_list($chunk));
    }
    $DB->delete_records('question_references', ['component' => 'mod_palier']);
    $DB->delete_records('question_set_references', ['component' => 'mod_palier']);

    // Reports made of classes that go.
    foreach (\core_reportbuilder\local\models\report::get_records() as $report) {
        if (str_starts_with(ltrim($report->get('source'), '\\'), 'mod_palier\\')) {
            $report->delete();
        }
    }
    return true;
}
