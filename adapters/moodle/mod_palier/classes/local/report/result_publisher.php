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
use mod_palier\task\publish_result;

/**
 * Takes a result to the gradebook and to completion, after the step has been stored.
 *
 * A failure here takes nothing from the learner: the result stands, and a task repeats what failed.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class result_publisher {
    /**
     * Publishes an attempt's result; call it when an attempt ends and when it is shared.
     *
     * @param attempt $attempt
     */
    public static function publish(attempt $attempt): void {
        if ($attempt->preview) {
            return;
        }
        try {
            self::publish_now((int) $attempt->palierid, (int) $attempt->userid);
        } catch (\Throwable $e) {
            debugging('The result of attempt ' . $attempt->id . ' waits for a task: ' . $e->getMessage(), DEBUG_NORMAL);
            publish_result::queue((int) $attempt->palierid, (int) $attempt->userid);
        }
    }

    /**
     * Grade and completion of a learner, as the results stand.
     *
     * @param int $palierid
     * @param int $userid
     */
    public static function publish_now(int $palierid, int $userid): void {
        global $CFG, $DB;
        require_once($CFG->libdir . '/completionlib.php');

        $palier = $DB->get_record('palier', ['id' => $palierid]);
        if (!$palier) {
            return;
        }
        [$course, $cm] = get_course_and_cm_from_instance($palier, 'palier');
        if ($palier->grade) {
            $palier->cmidnumber = $cm->idnumber;
            grader::update($palier, $userid);
        }
        $completion = new \completion_info($course);
        if ($completion->is_enabled($cm) == COMPLETION_TRACKING_AUTOMATIC) {
            $completion->update_state($cm, COMPLETION_UNKNOWN, $userid);
        }
    }
}
