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

namespace mod_palier\local\attempt;

/**
 * Attempts that are open after the closing date of their activity, or after the time that their answers may take.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class overdue {
    /**
     * Ends them with what is known, by the step that a late post of the learner would be.
     *
     * @param int $now
     * @param int $limit attempts at most
     * @return int[] [ended, still open]
     */
    public static function end_all(int $now, int $limit = 500): array {
        global $DB;
        $closed = array_keys($DB->get_records_sql(
            'SELECT a.id
               FROM {palier} p
               JOIN {palier_attempt} a ON a.palierid = p.id
              WHERE COALESCE(a.closes, p.timeclose) > 0 AND COALESCE(a.closes, p.timeclose) < :closed
                    AND a.state = :open AND a.preview = 0
           ORDER BY a.id',
            ['closed' => $now - start_rules::GRACE, 'open' => attempt::INPROGRESS],
            0,
            $limit
        ));
        // A time limit goes on while the question on screen is left without a pause: step looks how long it was.
        $limited = array_keys($DB->get_records_sql(
            "SELECT a.id
               FROM {palier_attempt} a
               JOIN {palier_plan} p ON p.id = a.planid AND " . $DB->sql_like('p.plan', ':limited') . "
               JOIN {palier_event} e ON e.attemptid = a.id AND e.seq = a.seq - 1 AND e.type <> 'paused'
              WHERE a.state = :open AND a.preview = 0 AND a.timemodified < :left
           ORDER BY a.id",
            [
                'limited' => '%"' . $DB->sql_like_escape('time_limit') . '"%',
                'left' => $now - start_rules::GRACE,
                'open' => attempt::INPROGRESS,
            ],
            0,
            $limit
        ));
        $ids = array_unique([...$closed, ...$limited]);
        $due = count($closed);
        $ended = 0;
        foreach ($ids as $id) {
            try {
                $over = step::post((int) $id, 'close')->over;
                $ended += (int) $over;
                $due += (int) ($over && !in_array($id, $closed));
            } catch (\Throwable $e) {
                // One that cannot be ended keeps no other open.
                mtrace("Attempt $id: " . $e->getMessage());
            }
        }
        return [$ended, $due - $ended];
    }
}
