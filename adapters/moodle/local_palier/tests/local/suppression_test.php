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
 * Nobody can compute a small count from what is published.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\suppression
 * @covers     \local_palier\local\table_flows
 */
final class suppression_test extends \basic_testcase {
    /**
     * Counts, and what is published of them with k = 10, by hand.
     *
     * @return array
     */
    public static function counts(): array {
        return [
            'all large enough' => [[10, 12, 30, 11], [10, 12, 30, 11]],
            'a small one takes the smallest other with it' => [[3, 12, 30, 11], [null, 12, 30, null]],
            'two small ones, though they are ten together' => [[4, 6, 30, 11], [null, null, 30, null]],
            'all that are equal to the smallest go' => [[4, 11, 30, 11], [null, null, 30, null]],
            'none is a small count' => [[0, 12, 30, 11], [null, 12, 30, null]],
            'all in one' => [[0, 0, 40, 0], [null, null, null, null]],
            'nearly all in one' => [[0, 1, 40, 0], [null, null, null, null]],
            'few people' => [[2, 3, 2, 1], [null, null, null, null]],
            'nobody' => [[0, 0, 0, 0], [null, null, null, null]],
        ];
    }

    /**
     * A row of a table.
     *
     * @dataProvider counts
     * @param int[] $counts
     * @param array $published
     */
    public function test_a_row_is_published_as_by_hand(array $counts, array $published): void {
        $this->assertSame($published, suppression::publish($counts, 10));
    }

    public function test_lines_of_the_same_people_do_not_tell_of_each_other(): void {
        // Those of whom nothing is known are the 12 of both lines: shown in the second they would tell the 3 of the first.
        $line = fn(...$counts) => array_combine(decision::ALL, $counts);
        $this->assertSame(
            [$line(20, null, 30, null), $line(22, null, 16, null)],
            suppression::publish_lines([$line(20, 3, 30, 12), $line(22, 15, 16, 12)], 10, decision::UNKNOWN)
        );
        $shown = [$line(20, 11, 30, 50), $line(22, 3, 14, 72)];
        $this->assertSame(
            [$line(20, 11, 30, 50), $line(22, null, null, 72)],
            suppression::publish_lines($shown, 10, decision::UNKNOWN)
        );
    }

    /**
     * The attacker knows the sum, what is published and this very code: of all rows with that sum they keep those that would
     * be published alike. Of each count below k that was hidden there must be another value among them.
     */
    public function test_whoever_tries_every_row_learns_no_small_count(): void {
        $least = suppression::FLOOR;
        for ($sum = 0; $sum <= 26; $sum++) {
            $values = [];
            $rows = [];
            for ($a = 0; $a <= $sum; $a++) {
                for ($b = 0; $a + $b <= $sum; $b++) {
                    for ($c = 0; $a + $b + $c <= $sum; $c++) {
                        $row = [$a, $b, $c, $sum - $a - $b - $c];
                        $published = suppression::publish($row, $least);
                        $key = implode(',', array_map(fn($count) => $count ?? 'x', $published));
                        foreach ($row as $place => $count) {
                            $values[$key][$place][$count] = true;
                            if ($published[$place] !== null) {
                                $this->assertGreaterThanOrEqual($least, $count);
                            }
                        }
                        $rows[$key] = [$row, $published];
                    }
                }
            }
            foreach ($rows as $key => [, $published]) {
                foreach (array_keys($published, null, true) as $place) {
                    if ($sum > 0) {
                        $this->assertGreaterThan(1, count($values[$key][$place]), "sum $sum, $key, place $place");
                    }
                }
            }
        }
    }

    /**
     * Lines of four bands, those of whom it is not certain and those who are not assessed, merged with k = 10, by hand.
     *
     * @return array
     */
    public static function merged(): array {
        return [
            'all large enough' => [[12, 15, 11, 10, 20, 13], [[0], [1], [2], [3], [4], [5]]],
            'a small band joins its smaller neighbour' => [[12, 15, 4, 11, 20, 13], [[0], [1], [2, 3], [4], [5]]],
            'none is a small count' => [[0, 15, 20, 11, 20, 13], [[0, 1], [2], [3], [4], [5]]],
            'bands join bands first' => [[12, 15, 30, 3, 4, 13], [[0], [1], [2, 3], [4, 5]]],
            'all in one band is told of nobody' => [[0, 40, 0, 0, 0, 0], [[0, 1, 2, 3, 4, 5]]],
            'few are not certain' => [[12, 15, 20, 11, 4, 3], [[0], [1], [2], [3, 4, 5]]],
        ];
    }

    /**
     * A line of a table.
     *
     * @dataProvider merged
     * @param int[] $counts
     * @param int[][] $sets
     */
    public function test_columns_are_merged_with_their_neighbours_as_by_hand(array $counts, array $sets): void {
        $this->assertSame($sets, suppression::merge($counts, 10, [0, 0, 0, 0, 1, 1]));
    }

    public function test_a_small_count_is_not_had_from_the_total_and_the_other_groups(): void {
        // By itself the second line would tell 12 and 11; from the total 15 and 25 the first line's 3 and 14 would follow.
        $sets = suppression::table([[3, 14], [12, 11]], 10, [0, 0]);
        $this->assertSame([[[0, 1]], [[0, 1]]], array_slice($sets, 0, 2));
        $alone = array_map(fn(array $counts): array => suppression::merge($counts, 10, [0, 0]), [[3, 14], [12, 11], [15, 25]]);
        $this->assertSame([[[0, 1]], [[0], [1]], [[0], [1]]], $alone);
        $flows = new table_flows([[3, 14], [12, 11], [15, 25]], $alone, 2);
        $this->assertFalse($flows->is_protected(0, 0, 10));
        $flows = new table_flows([[3, 14], [12, 11], [15, 25]], [[[0, 1]], [[0, 1]], [[0], [1]]], 2);
        // The 3 can be any of 0 to 15, with the 12 what is left of 15.
        $this->assertTrue($flows->is_protected(0, 0, 15));
        $this->assertFalse($flows->is_protected(0, 0, 16));
    }

    public function test_tables_of_one_group_are_their_own_total(): void {
        $this->assertSame([[[0], [1]], [[0], [1]]], suppression::table([[12, 14]], 10, [0, 0]));
    }
}
