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

namespace local_palier\local;

use moodle_exception;

/**
 * Groups of people with like gaps. It knows people by number alone, and reads nothing.
 *
 * The rule: as few groups as the greatest size allows, of sizes that differ by one at most, and none below the least size. People
 * are put in the order of their gaps, and each group is a run of neighbours in that order. Of all ways to make groups of these
 * sizes this has the least spread within groups, Σ (gap − mean of its group)²: in one dimension two groups that overlap become no
 * worse when their people are sorted (W. D. Fisher, 1958, "On Grouping for Maximum Homogeneity", JASA 53, 789–798). Which
 * groups have one person more is chosen by the same sum.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class workshop_groups {
    /**
     * The groups.
     *
     * @param float[] $gaps by person
     * @param int $least people in a group
     * @param int $most people in a group
     * @return int[][] people, the greatest gaps first
     * @throws moodle_exception where there are no such groups: how many people there are, and what would be right
     */
    public static function of(array $gaps, int $least, int $most): array {
        $people = count($gaps);
        if ($least < 1 || $most < $least) {
            throw new moodle_exception('groups_order', 'local_palier');
        }
        $number = (int) ceil($people / $most);
        $size = $number ? intdiv($people, $number) : 0;
        if ($size < $least) {
            $key = ['groups_cannot_none', 'groups_cannot_one'][$people] ?? 'groups_cannot';
            throw new moodle_exception($key, 'local_palier', '', [
                'people' => $people,
                'least' => $least,
                'most' => $most,
                'smaller' => max(1, $size),
            ]);
        }
        uksort($gaps, fn($one, $other): int => [$gaps[$other], $one] <=> [$gaps[$one], $other]);
        $ids = array_keys($gaps);
        $groups = [];
        $from = 0;
        foreach (self::sizes(array_values($gaps), $number, $size) as $length) {
            $groups[] = array_slice($ids, $from, $length);
            $from += $length;
        }
        return $groups;
    }

    /**
     * The spread within groups: Σ (gap − mean of its group)².
     *
     * @param float[] $gaps by person
     * @param int[][] $groups people
     * @return float
     */
    public static function spread(array $gaps, array $groups): float {
        return array_sum(array_map(
            fn(array $group): float => self::cost(array_map(fn(int $id): float => $gaps[$id], $group)),
            $groups
        ));
    }

    /**
     * The sizes of the groups, in their order, that have the least spread.
     *
     * @param float[] $gaps in order
     * @param int $number of groups
     * @param int $size of a group; some have one more
     * @return int[]
     */
    private static function sizes(array $gaps, int $number, int $size): array {
        $larger = count($gaps) - $number * $size;
        // By groups and larger ones among them so far: spread and sizes.
        $best = [[0 => [0.0, []]]];
        for ($group = 1; $group <= $number; $group++) {
            for ($more = max(0, $larger - $number + $group); $more <= min($group, $larger); $more++) {
                foreach ([0, 1] as $one) {
                    if (!isset($best[$group - 1][$more - $one])) {
                        continue;
                    }
                    [$spread, $sizes] = $best[$group - 1][$more - $one];
                    $spread += self::cost(array_slice($gaps, ($group - 1) * $size + $more - $one, $size + $one));
                    if (!isset($best[$group][$more]) || $spread < $best[$group][$more][0]) {
                        $best[$group][$more] = [$spread, [...$sizes, $size + $one]];
                    }
                }
            }
        }
        return $best[$number][$larger][1];
    }

    /**
     * The spread of one group.
     *
     * @param float[] $gaps
     * @return float
     */
    private static function cost(array $gaps): float {
        $mean = array_sum($gaps) / count($gaps);
        return array_sum(array_map(fn(float $gap): float => ($gap - $mean) ** 2, $gaps));
    }
}
