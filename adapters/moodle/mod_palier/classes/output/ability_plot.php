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
 * A drawing of values over abilities. It says nothing that words or a table beside it do not say, so that readers of screens
 * pass it over.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class ability_plot {
    /** @var int width of the drawing, that of a phone's text. */
    private const WIDTH = 330;

    /** @var int height. */
    private const HEIGHT = 190;

    /** @var int room for the numbers. */
    private const ROOM = 28;

    /** @var string[] what was drawn. */
    private array $parts = [];

    /**
     * An empty one: a grid and its numbers.
     *
     * @param float $from first ability
     * @param float $to last one
     * @param float $most largest value
     */
    public function __construct(
        /** @var float first ability */
        private readonly float $from,
        /** @var float last ability */
        private readonly float $to,
        /** @var float largest value, above 0 */
        private readonly float $most,
    ) {
        $right = self::WIDTH - 4;
        foreach ([0, 0.5, 1] as $share) {
            $here = $this->y($share * $most);
            $this->parts[] = '<line class="grid" x1="' . self::ROOM . "\" x2=\"$right\" y1=\"$here\" y2=\"$here\"/>"
                . '<text x="0" y="' . ($here + 4) . '">' . format_float($share * $most, 1, true, true) . '</text>';
        }
        for ($theta = $from; $theta <= $to; $theta += 2) {
            $here = $this->x($theta);
            $this->parts[] = "<text class=\"n\" x=\"$here\" y=\"" . (self::HEIGHT - 8) . "\">" . (int) $theta . '</text>';
        }
    }

    /**
     * A line through values at equal distances.
     *
     * @param float[] $values
     * @param string $class what it looks like
     */
    public function line(array $values, string $class): void {
        $step = ($this->to - $this->from) / max(1, count($values) - 1);
        $points = array_map(
            fn($place) => $this->x($this->from + $step * $place) . ',' . $this->y($values[$place]),
            array_keys($values)
        );
        if ($points) {
            $this->parts[] = "<polyline class=\"line $class\" points=\"" . implode(' ', $points) . '"/>';
        }
    }

    /**
     * A point.
     *
     * @param float $theta
     * @param float $value
     */
    public function dot(float $theta, float $value): void {
        $this->parts[] = "<circle class=\"dot\" cx=\"{$this->x($theta)}\" cy=\"{$this->y($value)}\" r=\"3.5\"/>";
    }

    /**
     * The drawing.
     *
     * @return string SVG
     */
    public function svg(): string {
        $box = '0 0 ' . self::WIDTH . ' ' . self::HEIGHT;
        return "<svg viewBox=\"$box\" aria-hidden=\"true\" focusable=\"false\">" . implode('', $this->parts) . '</svg>';
    }

    /**
     * Where an ability is.
     *
     * @param float $theta
     * @return float
     */
    private function x(float $theta): float {
        $inside = max($this->from, min($this->to, $theta));
        return round(self::ROOM + (self::WIDTH - 4 - self::ROOM) * ($inside - $this->from) / ($this->to - $this->from), 1);
    }

    /**
     * Where a value is.
     *
     * @param float $value
     * @return float
     */
    private function y(float $value): float {
        return round(6 + (self::HEIGHT - self::ROOM - 6) * (1 - $value / $this->most), 1);
    }
}
