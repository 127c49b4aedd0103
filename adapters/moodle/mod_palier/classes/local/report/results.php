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

/**
 * The results that count for learners, by the activity's grading method, among those that may leave the learner's own page.
 * What came back from a package was graded on a learner's device: it is shown and counts for nothing.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class results {
    /**
     * The attempts that count. Who has none is not there.
     *
     * @param int $palierid
     * @param int $userid 0 for all
     * @return attempt[][] by user id, oldest first; several only where their average counts
     */
    public static function of(int $palierid, int $userid = 0): array {
        global $DB;

        [$shared, $params] = visible_learners::shared_condition('a');
        $where = $userid ? 'AND a.userid = :userid' : '';
        $rows = $DB->get_recordset_sql(
            "SELECT a.*, b.hash AS bankhash, activity.grademethod
               FROM {palier_attempt} a
               JOIN {palier} activity ON activity.id = a.palierid
               JOIN {palier_bank} b ON b.id = a.bankid
              WHERE a.palierid = :palierid AND a.preview = 0 AND a.packageid IS NULL AND a.state = 'finished'
                    AND a.theta IS NOT NULL
                    AND $shared $where
           ORDER BY a.userid, a.timefinish, a.id",
            $params + ['palierid' => $palierid] + ($userid ? ['userid' => $userid] : []),
        );
        $counting = [];
        $attempts = [];
        $plans = [];
        $method = '';
        foreach ($rows as $row) {
            if ($attempts && $attempts[0]->userid !== (int) $row->userid) {
                $counting[$attempts[0]->userid] = grading_method::counting($method, $attempts);
                $attempts = [];
            }
            $method = $row->grademethod;
            // Few plans serve many attempts.
            $plan = $plans[$row->planid] ??= $DB->get_record('palier_plan', ['id' => $row->planid], 'hash, plan', MUST_EXIST);
            [$row->planhash, $row->plan] = [$plan->hash, $plan->plan];
            $attempts[] = new attempt($row);
        }
        $rows->close();
        if ($attempts) {
            $counting[$attempts[0]->userid] = grading_method::counting($method, $attempts);
        }
        return array_filter($counting);
    }

    /**
     * The attempt whose result is told of a learner in one line: the one that counts, the last of several whose average does.
     * While nothing that is shared counts, that of the others; without any result the last attempt.
     *
     * @param string $method the activity's grading method
     * @param attempt[] $attempts finished ones of the learner that the reader may read, oldest first
     * @return attempt|null
     */
    public static function told(string $method, array $attempts): ?attempt {
        $here = array_filter($attempts, fn(attempt $attempt) => $attempt->packageid === null);
        $shared = array_filter($here, fn(attempt $attempt) => $attempt->is_shared());
        $counting = grading_method::counting($method, $shared) ?: grading_method::counting($method, $here) ?: $here;
        return end($counting) ?: null;
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
            "palierid = :palierid AND userid = :userid AND state = 'finished' AND preview = 0 AND packageid IS NULL
             AND theta IS NOT NULL",
            ['palierid' => $palierid, 'userid' => $userid],
        );
    }
}
