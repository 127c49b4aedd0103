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

use mod_palier\local\counted;

/**
 * The curve of a question: the mark that its parameters expect at each ability, now and as proposed, with the marks that
 * people of about that ability got. The figures are the engine's.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class item_curve {
    /** @var int width of the drawing, that of a phone's text. */
    private const WIDTH = 330;

    /** @var int height. */
    private const HEIGHT = 190;

    /** @var int room for the numbers. */
    private const ROOM = 28;

    /**
     * Of what the engine found of an item.
     *
     * @param array $found an item of the call calibrate
     */
    public function __construct(
        /** @var array an item of the call calibrate */
        private readonly array $found,
    ) {
    }

    /**
     * The drawing. It says nothing that the sentences do not say.
     *
     * @return string SVG
     */
    public function svg(): string {
        ['from' => $from, 'to' => $to] = $this->found['curve'];
        $right = self::WIDTH - 4;
        $bottom = self::HEIGHT - self::ROOM;
        $x = fn(float $theta): float => round(self::ROOM + ($right - self::ROOM)
            * (max($from, min($to, $theta)) - $from) / ($to - $from), 1);
        $y = fn(float $share): float => round(6 + ($bottom - 6) * (1 - $share), 1);
        $parts = [];
        foreach ([0, 0.5, 1] as $share) {
            $here = $y($share);
            $parts[] = '<line class="grid" x1="' . self::ROOM . "\" x2=\"$right\" y1=\"$here\" y2=\"$here\"/>"
                . '<text x="0" y="' . ($here + 4) . '">' . format_float($share, 1, true, true) . '</text>';
        }
        for ($theta = $from; $theta <= $to; $theta += 2) {
            $parts[] = "<text class=\"n\" x=\"{$x($theta)}\" y=\"" . (self::HEIGHT - 8) . "\">" . (int) $theta . '</text>';
        }
        foreach (['present', 'proposed'] as $which) {
            $curve = $this->found['curve'][$which] ?? [];
            $step = ($to - $from) / max(1, count($curve) - 1);
            $points = array_map(fn($place) => $x($from + $step * $place) . ',' . $y($curve[$place]), array_keys($curve));
            if ($points) {
                $parts[] = "<polyline class=\"line $which\" points=\"" . implode(' ', $points) . '"/>';
            }
        }
        foreach ($this->found['observed'] as $point) {
            $parts[] = "<circle class=\"dot\" cx=\"{$x($point['theta'])}\" cy=\"{$y($point['mean'])}\" r=\"3.5\"/>";
        }
        $box = '0 0 ' . self::WIDTH . ' ' . self::HEIGHT;
        return "<svg viewBox=\"$box\" aria-hidden=\"true\" focusable=\"false\">" . implode('', $parts) . '</svg>';
    }

    /**
     * The same in words.
     *
     * @return string[] a sentence for each point
     */
    public function points(): array {
        return array_map(fn($point) => get_string('calibration_point', 'mod_palier', [
            'theta' => format_float($point['theta'], 2),
            'persons' => counted::text('calibrate_count_persons', (int) round($point['persons'])),
            'mean' => format_float($point['mean'], 2),
            'expected' => format_float($point['expected'], 2),
        ]), $this->found['observed']);
    }
}
