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

/**
 * Who is counted in a table, group by group. It knows people by number alone, and reads nothing.
 *
 * - A group is told where k people of it can be counted. Smaller ones are told together where they are k; those of whom that is
 *   not so either wait for a later table, and are in no sum of this one.
 * - k members at least of each line are not counted, drawn by lot where nearly all share: so no figure says that everybody did,
 *   and of nobody who is a member it is certain that they are in it.
 * - Nobody is counted in two tables of a campaign: whoever lays them side by side sees different people, and never who came or
 *   went in between.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class map_people {
    /**
     * The lines of a table.
     *
     * @param int[][] $sharing people who share and were never counted, by group
     * @param (int|null)[] $uncounted how many members were never counted, by group, all groups; null where that is not known
     * @param int $least k
     * @return array[] groups (keys) and people, those told together last
     */
    public static function lines(array $sharing, array $uncounted, int $least): array {
        $lines = [];
        $small = [];
        foreach ($uncounted as $group => $members) {
            $people = self::draw($sharing[$group] ?? [], $members, $least);
            if (count($people) >= $least) {
                $lines[] = ['groups' => [$group], 'people' => $people];
            } else {
                $small[] = $group;
            }
        }
        $together = array_merge(...array_map(fn($group): array => $sharing[$group] ?? [], $small));
        $members = array_map(fn($group): ?int => $uncounted[$group], $small);
        $people = self::draw($together, in_array(null, $members, true) ? null : array_sum($members), $least);
        if (count($people) >= $least) {
            $lines[] = ['groups' => $small, 'people' => $people];
        }
        return $lines;
    }

    /**
     * As many of them that k members are left.
     *
     * @param int[] $people
     * @param int|null $members
     * @param int $least k
     * @return int[]
     */
    private static function draw(array $people, ?int $members, int $least): array {
        shuffle($people);
        return $members === null ? $people : array_slice($people, 0, max(0, $members - $least));
    }
}
