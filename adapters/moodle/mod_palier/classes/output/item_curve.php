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
        $plot = new ability_plot($from, $to, 1);
        foreach (['present', 'proposed'] as $which) {
            $plot->line($this->found['curve'][$which] ?? [], $which);
        }
        foreach ($this->found['observed'] as $point) {
            $plot->dot($point['theta'], $point['mean']);
        }
        return $plot->svg();
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
