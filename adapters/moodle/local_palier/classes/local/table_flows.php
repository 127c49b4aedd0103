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
 * How well each count of a table can be computed from what is told of it: sums of sets of columns, of each line and of the total.
 *
 * The counts that are not told alone are edges of a network: from the set of a line to a column, and from the column to the
 * set of the total. Changes that leave all that is told as it is are circulations, so that the largest value that a count can
 * have is a largest flow (Gusfield 1988). All are whole numbers.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class table_flows {
    /** @var int more than any flow. */
    private const UNLIMITED = PHP_INT_MAX >> 1;

    /** @var int[][] what may flow from a node to another; nodes are "line/place of the set" and "column". */
    private array $capacity = [];

    /** @var string[][] node of a count that is not told alone, by line and column. */
    private array $nodes = [];

    /**
     * Constructor.
     *
     * @param int[][] $lines counts by column, the total among them
     * @param int[][][] $sets columns that are told together, by line
     * @param int $total its line
     */
    public function __construct(
        /** @var int[][] counts by column. */
        private readonly array $lines,
        array $sets,
        /** @var int line of the total. */
        private readonly int $total
    ) {
        foreach ($sets as $line => $ofline) {
            foreach ($ofline as $place => $set) {
                if (count($set) === 1) {
                    continue;
                }
                foreach ($set as $column) {
                    $this->nodes[$line][$column] = "$line/$place";
                    // More flows from the set of a line to the column, and from there to the set of the total; back what is there.
                    [$from, $to] = $this->ends($line, $column);
                    $this->capacity[$from][$to] = self::UNLIMITED;
                    $this->capacity[$to][$from] = $lines[$line][$column];
                }
            }
        }
    }

    /**
     * Whether a count could be any of a range that is wide enough and reaches high enough.
     *
     * @param int $line
     * @param int $column
     * @param int $least how wide, and how high
     * @return bool
     */
    public function is_protected(int $line, int $column, int $least): bool {
        if (!isset($this->nodes[$line][$column])) {
            return false;
        }
        [$from, $to] = $this->ends($line, $column);
        $count = $this->lines[$line][$column];
        $more = $this->flow($to, $from, $least);
        if ($count + $more < $least) {
            return false;
        }
        return $more >= $least || $more + $this->flow($from, $to, min($count, $least - $more)) >= $least;
    }

    /**
     * The ends of the edge of a count.
     *
     * @param int $line
     * @param int $column
     * @return string[]
     */
    private function ends(int $line, int $column): array {
        $set = $this->nodes[$line][$column];
        return $line === $this->total ? ["c$column", $set] : [$set, "c$column"];
    }

    /**
     * The largest flow from a node to another that does not use the edge between them, up to a limit.
     *
     * @param string $from
     * @param string $to
     * @param int $limit
     * @return int
     */
    private function flow(string $from, string $to, int $limit): int {
        $left = $this->capacity;
        unset($left[$from][$to], $left[$to][$from]);
        $flow = 0;
        while ($flow < $limit) {
            // The shortest way on which something can flow yet.
            $before = [$from => ''];
            $queue = [$from];
            for ($i = 0; $i < count($queue) && !isset($before[$to]); $i++) {
                foreach ($left[$queue[$i]] ?? [] as $node => $capacity) {
                    if ($capacity > 0 && !isset($before[$node])) {
                        $before[$node] = $queue[$i];
                        $queue[] = $node;
                    }
                }
            }
            if (!isset($before[$to])) {
                break;
            }
            $most = $limit - $flow;
            for ($node = $to; $node !== $from; $node = $before[$node]) {
                $most = min($most, $left[$before[$node]][$node]);
            }
            for ($node = $to; $node !== $from; $node = $before[$node]) {
                $left[$before[$node]][$node] -= $most;
                $left[$node][$before[$node]] += $most;
            }
            $flow += $most;
        }
        return $flow;
    }
}
