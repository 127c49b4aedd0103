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
 * Which counts of people may be published: of a line, of lines about the same people, of a table with its margin.
 *
 * Of a line, {@see self::publish()}: of counts whose sum is known none below k is shown, none at all among them. With them goes
 * the smallest of the others, and all that are equal to it. So what is hidden is k people together at least; and as the rule
 * looks at no places, whoever sees the rest and knows the rule cannot tell which of the hidden counts is the small one.
 *
 * Of a table of groups with their total, {@see self::table()}: columns that stand in an order are merged with their neighbours
 * until each holds k people. Then whatever the sums of lines and columns allow is computed exactly, as flows in a network
 * (Gusfield 1988, A graph theoretic approach to statistical data security; Cox 1995, Network models for complementary cell
 * suppression), and more is merged until each count below k could be any of a range that is k wide and reaches k (protection
 * levels as in Fischetti and Salazar 2000, Models and algorithms for optimizing cell suppression in tabular data).
 *
 * History needs no rule of its own where nobody is counted in two tables: {@see map_people}.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class suppression {
    /** @var int people that a figure is about at least, unless the site says more or less. */
    public const USUAL = 10;

    /** @var int the site cannot say less. */
    public const FLOOR = 5;

    /**
     * How many people a figure is about at least.
     *
     * @return int
     */
    public static function least(): int {
        $set = get_config('local_palier', 'least');
        return max(self::FLOOR, (int) ($set === false ? self::USUAL : $set));
    }

    /**
     * Counts as they may be published.
     *
     * @param int[] $counts parts of a sum that is known
     * @param int $least k
     * @return (int|null)[] null for what is hidden
     */
    public static function publish(array $counts, int $least): array {
        $large = array_filter($counts, fn(int $count) => $count >= $least);
        $bound = count($large) < count($counts) && $large ? min($large) + 1 : $least;
        return array_map(fn(int $count) => $count >= $bound ? $count : null, $counts);
    }

    /**
     * A count as a multiple of k that it reaches, and that leaves k others at least where it is known of how many it is.
     *
     * @param int $count
     * @param int $least k
     * @param int|null $of how many there are in all; null where nobody knows
     * @return int|null null for fewer than k
     */
    public static function at_least(int $count, int $least, ?int $of): ?int {
        $bound = intdiv(max(0, $of === null ? $count : min($count, $of - $least)), $least) * $least;
        return $bound ?: null;
    }

    /**
     * Lines about the same people as they may be published. Who is not known in one line is often not known in another:
     * where that count is hidden in one it is hidden in all, and never alone.
     *
     * @param int[][] $lines
     * @param int $least k
     * @param string $common key of the count that lines share
     * @return (int|null)[][]
     */
    public static function publish_lines(array $lines, int $least, string $common): array {
        $published = array_map(fn(array $counts) => self::publish($counts, $least), $lines);
        if (!in_array(null, array_column($published, $common), true)) {
            return $published;
        }
        return array_map(function (array $counts) use ($common): array {
            $counts[$common] = null;
            $shown = array_filter($counts, is_int(...));
            $alone = count($shown) === count($counts) - 1;
            return array_map(fn(?int $count) => $alone && $count === min($shown) ? null : $count, $counts);
        }, $published);
    }

    /**
     * A table of groups of different people, with its total, as it may be published: of each line which columns are told
     * together. A column that is told alone is a set of one.
     *
     * @param int[][] $lines by group; each of k people at least
     * @param int $least k
     * @param int[] $kinds of each column its kind: columns of a kind, which are neighbours, are merged with each other first
     * @return int[][][] sets of columns, by group, and last of the total
     */
    public static function table(array $lines, int $least, array $kinds): array {
        $lines[] = array_map(fn(int $column): int => array_sum(array_column($lines, $column)), array_keys($kinds));
        $sets = array_map(fn(array $counts): array => self::merge($counts, $least, $kinds), $lines);
        if (count($lines) === 2) {
            // One group is its total.
            return $sets;
        }
        return self::protect($lines, $sets, $least, $kinds);
    }

    /**
     * The columns of a line, merged with their neighbours until each set holds k people, or all are in one.
     *
     * @param int[] $counts
     * @param int $least k
     * @param int[] $kinds
     * @return int[][]
     */
    public static function merge(array $counts, int $least, array $kinds): array {
        $sets = array_map(fn(int $column): array => [$column], array_keys($counts));
        while (count($sets) > 1) {
            $sums = self::sums($counts, $sets);
            if (min($sums) >= $least) {
                break;
            }
            $sets = self::merge_set($counts, $sets, (int) array_search(min($sums), $sums, true), $kinds);
        }
        return $sets;
    }

    /**
     * The sums of sets.
     *
     * @param int[] $counts
     * @param int[][] $sets
     * @return int[]
     */
    private static function sums(array $counts, array $sets): array {
        return array_map(fn(array $set): int => array_sum(array_intersect_key($counts, array_flip($set))), $sets);
    }

    /**
     * A set merged with a neighbour: one of its kind where there is one, and of two the smaller.
     *
     * @param int[] $counts
     * @param int[][] $sets two or more
     * @param int $place of the set
     * @param int[] $kinds
     * @return int[][]
     */
    private static function merge_set(array $counts, array $sets, int $place, array $kinds): array {
        $sums = self::sums($counts, $sets);
        $rank = fn(int $first): array => [
            $kinds[end($sets[$first])] !== $kinds[$sets[$first + 1][0]],
            $sums[$first] + $sums[$first + 1],
            $first,
        ];
        $left = $place > 0 ? $place - 1 : $place;
        $right = $place < count($sets) - 1 ? $place : $left;
        return self::join($sets, $rank($left) <= $rank($right) ? $left : $right);
    }

    /**
     * A set merged with the next one.
     *
     * @param int[][] $sets
     * @param int $first
     * @return int[][]
     */
    private static function join(array $sets, int $first): array {
        array_splice($sets, $first, 2, [array_merge($sets[$first], $sets[$first + 1])]);
        return $sets;
    }

    /**
     * Merges more until no count below k can be computed too closely from the sums that are known.
     *
     * @param int[][] $lines the total last
     * @param int[][][] $sets
     * @param int $least k
     * @param int[] $kinds
     * @return int[][][]
     */
    private static function protect(array $lines, array $sets, int $least, array $kinds): array {
        $keys = array_keys($lines);
        $total = end($keys);
        $waiting = [];
        foreach ($lines as $key => $counts) {
            foreach ($counts as $column => $count) {
                if ($count < $least) {
                    $waiting[] = [$key, $column];
                }
            }
        }
        $flows = new table_flows($lines, $sets, $total);
        foreach ($waiting as [$key, $column]) {
            // What was protected stays so: merging more only takes away from what is known.
            while (!$flows->is_protected($key, $column, $least)) {
                $more = self::merge_more($lines, $sets, $key, $column, $total, $kinds);
                if ($more === null) {
                    break;
                }
                [$line, $merged] = $more;
                $sets[$line] = $merged;
                $flows = new table_flows($lines, $sets, $total);
            }
        }
        return $sets;
    }

    /**
     * Where to merge more so that a count is less well known: in the line that has least in its column and tells it alone, or
     * not together with what the count is told with; after all of these in the total, then in its own line.
     *
     * @param int[][] $lines
     * @param int[][][] $sets
     * @param int $key line of the count
     * @param int $column
     * @param int $total line of the total
     * @param int[] $kinds
     * @return array|null line and its sets; null where nothing is left to be merged
     */
    private static function merge_more(array $lines, array $sets, int $key, int $column, int $total, array $kinds): ?array {
        $own = $sets[$key][self::place($sets[$key], $column)];
        $apart = [];
        foreach ($lines as $other => $counts) {
            $common = array_intersect($sets[$other][self::place($sets[$other], $column)], $own);
            if ($other !== $key && count($common) === 1) {
                $apart[$other] = $other === $total ? PHP_INT_MAX : $counts[$column];
            }
        }
        asort($apart);
        foreach ([...array_keys($apart), $total, $key] as $line) {
            if (count($sets[$line]) > 1) {
                $place = self::place($sets[$line], $column);
                // Towards the columns that the count is told with.
                $set = $sets[$line][$place];
                $after = max($own) > end($set) && ($place < count($sets[$line]) - 1);
                $before = min($own) < $set[0] && $place > 0;
                return [$line, match (true) {
                    $after === $before => self::merge_set($lines[$line], $sets[$line], $place, $kinds),
                    $after => self::join($sets[$line], $place),
                    default => self::join($sets[$line], $place - 1),
                }];
            }
        }
        // Every line that could hide it is one set already: what is left are lines that tell it with other columns.
        foreach ($lines as $line => $counts) {
            if (count($sets[$line]) > 1) {
                return [$line, self::merge_set($counts, $sets[$line], self::place($sets[$line], $column), $kinds)];
            }
        }
        return null;
    }

    /**
     * The set that a column is in.
     *
     * @param int[][] $sets
     * @param int $column
     * @return int its place
     */
    private static function place(array $sets, int $column): int {
        foreach ($sets as $place => $set) {
            if (in_array($column, $set, true)) {
                return $place;
            }
        }
        throw new \coding_exception("No set has the column $column");
    }
}
