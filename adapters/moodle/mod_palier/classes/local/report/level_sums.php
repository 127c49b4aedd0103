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
 * How many learners have which level, by the attempts that count for them; of all, or group by group.
 *
 * Results that learners keep to themselves are in no sum.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class level_sums {
    /** @var string key of those who have a result without a level. */
    public const NONE = '';

    /**
     * Learners by level.
     *
     * @param \cm_info $cm
     * @param int $groupid 0 for all that may be seen
     * @return int[] learners by level, each level of the plan with its zero too; NONE last where there are any
     */
    public static function of(\cm_info $cm, int $groupid = 0): array {
        return self::sum(self::levels($cm), self::members(visible_learners::groups($cm, $groupid)), self::scale($cm));
    }

    /**
     * Learners by level in each group that the reader may see.
     *
     * @param \cm_info $cm
     * @param string[] $groups names by id
     * @return array[] by group id: learners by level
     */
    public static function by_group(\cm_info $cm, array $groups): array {
        [$levels, $scale] = [self::levels($cm), self::scale($cm)];
        $sums = [];
        foreach (array_keys($groups) as $groupid) {
            $sums[$groupid] = self::sum($levels, self::members(visible_learners::groups($cm, $groupid)), $scale);
        }
        return $sums;
    }

    /**
     * The level of each learner who has a result.
     *
     * @param \cm_info $cm
     * @return array by user id: a level, or null
     */
    private static function levels(\cm_info $cm): array {
        return array_map(function (array $attempts): ?int {
            $level = grading_method::level($attempts);
            return $level === null ? null : (int) round($level);
        }, results::of((int) $cm->instance));
    }

    /**
     * The levels of the activity's plan.
     *
     * @param \cm_info $cm
     * @return int[]
     */
    private static function scale(\cm_info $cm): array {
        global $DB;
        $plan = json_decode($DB->get_field('palier', 'plan', ['id' => $cm->instance], MUST_EXIST), true);
        $first = $plan['levels']['first'] ?? 0;
        return isset($plan['levels']['cuts']) ? range($first, $first + count($plan['levels']['cuts'])) : [];
    }

    /**
     * The members of groups.
     *
     * @param int[]|null $groups null for everybody
     * @return array|null user ids as keys, null for everybody
     */
    private static function members(?array $groups): ?array {
        global $DB;
        return $groups === null ? null
            : array_flip($groups ? array_column($DB->get_records_list('groups_members', 'groupid', $groups), 'userid') : []);
    }

    /**
     * Counts levels.
     *
     * @param array $levels by user id
     * @param array|null $members user ids as keys, null for everybody
     * @param int[] $scale
     * @return int[]
     */
    private static function sum(array $levels, ?array $members, array $scale): array {
        $sums = array_fill_keys($scale, 0);
        $none = 0;
        foreach ($members === null ? $levels : array_intersect_key($levels, $members) as $level) {
            if ($level === null) {
                $none++;
            } else {
                $sums[$level] = ($sums[$level] ?? 0) + 1;
            }
        }
        ksort($sums);
        return $sums + ($none ? [self::NONE => $none] : []);
    }
}
