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
 * Which counts of people may be published.
 *
 * Of counts whose sum is known none below k is shown, none at all among them. With them goes the smallest of the others, and
 * all that are equal to it. So what is hidden is k people together at least; and as the rule looks at no places, whoever sees
 * the rest and knows the rule cannot tell which of the hidden counts is the small one.
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
}
