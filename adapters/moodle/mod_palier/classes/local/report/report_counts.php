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

use core\context\module as context_module;
use mod_palier\local\counted;

/**
 * How many have started and finished, and how many of them keep their result to themselves.
 *
 * Counts are all that a trainer learns of an attempt that is not shared.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class report_counts {
    /**
     * The counts in a sentence or two.
     *
     * @param context_module $context
     * @param int $groupid 0 for all that may be seen
     * @param participation|null $participation who is to take the test, null where that is not told
     * @return string
     */
    public static function text(context_module $context, int $groupid = 0, ?participation $participation = null): string {
        global $DB;

        [$where, $params] = visible_learners::condition($context, 'a', $groupid, false);
        [$shared, $sharedparams] = visible_learners::shared_condition('a');
        [, $cm] = get_course_and_cm_from_cmid($context->instanceid, 'palier');
        [$enrolled, $enrolledparams] = $participation?->enrolled() ?? ['', []];
        $join = $enrolled === '' ? '' : "LEFT JOIN ($enrolled) e ON e.id = a.userid";
        $here = match (true) {
            $participation === null => '1 = 1',
            $enrolled === '' => '1 = 0',
            default => 'e.id IS NOT NULL',
        };
        $counts = $DB->get_record_sql(
            "SELECT COUNT(DISTINCT a.userid) AS everybody,
                    COUNT(DISTINCT CASE WHEN $here THEN a.userid END) AS started,
                    COUNT(DISTINCT CASE WHEN $here AND a.state = 'finished' THEN a.userid END) AS finished,
                    SUM(CASE WHEN a.state = 'finished' AND NOT $shared THEN 1 ELSE 0 END) AS unshared
               FROM {palier_attempt} a
               $join
              WHERE a.palierid = :palierid AND $where",
            $sharedparams + $params + $enrolledparams + ['palierid' => $cm->instance],
        );
        $said = [
            ...$participation ? [counted::text('counts_expected', $participation->expected())] : [],
            counted::text('counts_started', (int) $counts->started),
            counted::text('counts_finished', (int) $counts->finished),
        ];
        if ($counts->everybody > $counts->started) {
            $said[] = counted::text('counts_others', $counts->everybody - $counts->started);
        }
        if ($counts->unshared > 0) {
            $said[] = counted::text('counts_unshared', (int) $counts->unshared);
        }
        return implode(' ', $said);
    }
}
