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

/**
 * The result that counts for a learner: the last finished attempt that may leave the learner's own page.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class results {
    /**
     * The results that count.
     *
     * @param int $palierid
     * @param int $userid 0 for all
     * @return \stdClass[] by user id: userid, level, timefinish, plan (JSON), result (JSON)
     */
    public static function of(int $palierid, int $userid = 0): array {
        global $DB;

        [$shared, $params] = visible_learners::shared_condition('a');
        $where = $userid ? 'AND a.userid = :userid' : '';
        $rows = $DB->get_recordset_sql(
            "SELECT a.id, a.userid, a.level, a.timefinish, a.result, p.plan
               FROM {palier_attempt} a
               JOIN {palier_plan} p ON p.id = a.planid
              WHERE a.palierid = :palierid AND a.preview = 0 AND a.state = 'finished' AND $shared $where
           ORDER BY a.timefinish, a.id",
            $params + ['palierid' => $palierid] + ($userid ? ['userid' => $userid] : []),
        );
        $results = [];
        foreach ($rows as $row) {
            $results[(int) $row->userid] = $row;
        }
        $rows->close();
        return $results;
    }

    /**
     * Whether a learner has finished with a result, shared or not: that there is a result says nothing of it. An attempt
     * that ended with too few answers has no ability (engine: `known`).
     *
     * @param int $palierid
     * @param int $userid
     * @return bool
     */
    public static function exists(int $palierid, int $userid): bool {
        global $DB;
        return $DB->record_exists_select(
            'palier_attempt',
            "palierid = :palierid AND userid = :userid AND state = 'finished' AND preview = 0 AND theta IS NOT NULL",
            ['palierid' => $palierid, 'userid' => $userid],
        );
    }
}
