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
use mod_palier\local\attempt\event_trigger;
use mod_palier\local\scales\competency_evidence;

/**
 * Takes a result to the gradebook, to completion and to whoever listens, after the step has been stored.
 *
 * The transaction that ends or shares an attempt notes that this is due. Whatever comes between, a failure or the end of
 * the process, takes nothing from the learner: the result stands, and a task does what is still due.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class result_publisher {
    /** @var string Due because the attempt ended. */
    public const FINISHED = 'finished';

    /** @var string Due because the learner shared it. */
    public const SHARED = 'shared';

    /** @var string Due because the result was made again. */
    public const CORRECTED = 'corrected';

    /** @var string Due because the learner took the sharing back. */
    public const WITHDRAWN = 'withdrawn';

    /** @var string Due because the attempt was opened again. */
    public const REOPENED = 'reopened';

    /** @var int Seconds that a request has for what is due before the task does it. */
    private const WAIT = 2 * MINSECS;

    /**
     * Notes that an attempt's result is to be published; inside the transaction that makes it so.
     *
     * @param attempt $attempt
     * @param string $why FINISHED, SHARED, CORRECTED, WITHDRAWN or REOPENED
     */
    public static function note(attempt $attempt, string $why): void {
        global $DB;
        if (!$attempt->preview) {
            $DB->set_field('palier_attempt', 'due', $why, ['id' => $attempt->id]);
        }
    }

    /**
     * Publishes an attempt's result, which was noted.
     *
     * @param attempt $attempt
     * @param string $why FINISHED, SHARED, CORRECTED, WITHDRAWN or REOPENED
     * @return bool whether nothing is due any more
     */
    public static function publish(attempt $attempt, string $why): bool {
        global $DB;
        try {
            if (!$attempt->preview) {
                self::publish_now((int) $attempt->palierid, (int) $attempt->userid);
                competency_evidence::publish($attempt);
            }
            match ($why) {
                self::FINISHED => event_trigger::finished($attempt),
                self::SHARED => event_trigger::shared($attempt),
                self::CORRECTED => event_trigger::corrected($attempt),
                self::WITHDRAWN => event_trigger::withdrawn($attempt),
                self::REOPENED => event_trigger::reopened($attempt),
            };
            if (!$attempt->preview) {
                // The site's log keeps events back until the request ends: a process that dies before would take them along.
                get_log_manager()->dispose();
                $DB->set_field('palier_attempt', 'due', null, ['id' => $attempt->id]);
            }
        } catch (\Throwable $e) {
            debugging('The result of attempt ' . $attempt->id . ' waits for a task: ' . $e->getMessage(), DEBUG_NORMAL);
            return false;
        }
        return true;
    }

    /**
     * Publishes what requests left undone.
     *
     * @param int $now
     * @param int $limit attempts at most
     * @return int[] [published, still due]
     */
    public static function publish_due(int $now, int $limit = 500): array {
        global $DB;
        $due = $DB->get_records_select_menu(
            'palier_attempt',
            'due IS NOT NULL AND timemodified < ? AND timeshared < ?',
            [$now - self::WAIT, $now - self::WAIT],
            'timemodified, id',
            'id, due',
            0,
            $limit
        );
        $done = 0;
        foreach ($due as $id => $why) {
            $done += (int) self::publish(attempt_repository::load((int) $id), $why);
        }
        return [$done, count($due) - $done];
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
