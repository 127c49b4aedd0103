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

namespace mod_palier\output;

/**
 * The level after each question, between the ends of its margin: a drawing that a phone shows at its full size, and the same
 * in points for a table.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class story_curve {
    /** @var int Width of the drawing, that of a phone's text. */
    private const WIDTH = 330;

    /** @var int Height of one level. */
    private const STEP = 22;

    /** @var int Height of one level of a small drawing. */
    private const SMALL_STEP = 14;

    /** @var int Width of a question of a small drawing, at most. */
    private const SMALL_WIDE = 34;

    /** @var int Room for the levels' numbers and the questions'. */
    private const ROOM = 24;

    /** @var array[] Points: n, level, low, high. */
    private array $points = [];

    /**
     * Of a record's steps.
     *
     * @param array[] $steps n (a number or a short word), level (null where it is too unsure to be told), level_interval
     * @param int[]|null $range of a small drawing, the levels that it goes from and to; null for one of its own size
     */
    public function __construct(
        array $steps,
        /** @var int[]|null the levels that a small drawing goes from and to */
        private ?array $range = null,
    ) {
        foreach ($steps as $step) {
            if (empty($step['dropped']) && isset($step['level_interval'])) {
                [$low, $high] = $step['level_interval'];
                $this->points[] = [
                    'n' => $step['n'],
                    'level' => isset($step['level']) ? (int) $step['level'] : null,
                    'low' => (int) $low,
                    'high' => (int) $high,
                ];
            }
        }
    }

    /**
     * The points, for the table; none where there is no curve.
     *
     * @return array[]
     */
    public function points(): array {
        return count($this->points) < 2 ? [] : $this->points;
    }

    /**
     * The drawing. It says nothing that the table does not say.
     *
     * @return string SVG, empty without levels or with one answer
     */
    public function svg(): string {
        if (count($this->points) < 2) {
            return '';
        }
        [$bottom, $top] = $this->range ?? [min(array_column($this->points, 'low')), max(array_column($this->points, 'high'))];
        $step = $this->range ? self::SMALL_STEP : self::STEP;
        $height = $step * ($top - $bottom + 1) + self::ROOM;
        $wide = min((self::WIDTH - self::ROOM) / count($this->points), $this->range ? self::SMALL_WIDE : self::WIDTH);
        $y = fn(float $level): float => round($step * ($top - $level + 0.5), 1);
        $x = fn(int $place): float => round(self::ROOM + $wide * ($place + 0.5), 1);
        $parts = [];
        for ($level = $bottom; $level <= $top; $level++) {
            [$left, $right, $here] = [self::ROOM, self::WIDTH, $y($level)];
            $parts[] = "<line class=\"grid\" x1=\"$left\" x2=\"$right\" y1=\"$here\" y2=\"$here\"/>"
                . "<text x=\"2\" y=\"" . ($here + 4) . "\">$level</text>";
        }
        $every = (int) ceil(count($this->points) / 10);
        $line = [];
        foreach ($this->points as $place => $point) {
            $width = round($wide * 0.6, 1);
            $left = round($x($place) - $width / 2, 1);
            $from = round($y($point['high']) - $step * 0.4, 1);
            $tall = round($step * ($point['high'] - $point['low'] + 0.8), 1);
            $parts[] = "<rect class=\"margin\" x=\"$left\" y=\"$from\" width=\"$width\" height=\"$tall\" rx=\"2\"/>";
            if ($point['level'] !== null) {
                $line[] = "{$x($place)},{$y($point['level'])}";
            }
            if ($place % $every === 0) {
                $parts[] = "<text class=\"n\" x=\"{$x($place)}\" y=\"" . ($height - 6) . "\">{$point['n']}</text>";
            }
        }
        $parts[] = '<polyline class="line" points="' . implode(' ', $line) . '"/>';
        foreach ($line as $point) {
            [$cx, $cy] = explode(',', $point);
            $parts[] = "<circle class=\"dot\" cx=\"$cx\" cy=\"$cy\" r=\"3.5\"/>";
        }
        $box = '0 0 ' . self::WIDTH . " $height";
        return "<svg viewBox=\"$box\" aria-hidden=\"true\" focusable=\"false\">" . implode('', $parts) . '</svg>';
    }
}
