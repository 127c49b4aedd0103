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

    /** @var int Room for the levels' numbers and the questions'. */
    private const ROOM = 24;

    /** @var array[] Points: n, level, low, high. */
    private array $points = [];

    /**
     * Of a record's steps.
     *
     * @param array[] $steps
     */
    public function __construct(array $steps) {
        foreach ($steps as $step) {
            if (empty($step['dropped']) && isset($step['level'], $step['level_interval'])) {
                [$low, $high] = $step['level_interval'];
                $this->points[] = [
                    'n' => (int) $step['n'],
                    'level' => (int) $step['level'],
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
        $bottom = min(array_column($this->points, 'low'));
        $top = max(array_column($this->points, 'high'));
        $height = self::STEP * ($top - $bottom + 1) + self::ROOM;
        $wide = (self::WIDTH - self::ROOM) / count($this->points);
        $y = fn(float $level): float => round(self::STEP * ($top - $level + 0.5), 1);
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
            $from = round($y($point['high']) - self::STEP * 0.4, 1);
            $tall = round(self::STEP * ($point['high'] - $point['low'] + 0.8), 1);
            $parts[] = "<rect class=\"margin\" x=\"$left\" y=\"$from\" width=\"$width\" height=\"$tall\" rx=\"2\"/>";
            $line[] = "{$x($place)},{$y($point['level'])}";
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
