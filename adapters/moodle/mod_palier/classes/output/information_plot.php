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
 * How much all questions of a calibration tell together at each ability, now and once all is accepted, drawn and as a table. The
 * figures are the engine's.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class information_plot {
    /** @var int values from one row of the table to the next. */
    private const EVERY = 3;

    /**
     * Of a scale.
     *
     * @param array|null $information of the call calibrate: from, to, present, proposed; null of calibrations before there was one
     * @return array|null svg, rows (theta, present, proposed)
     */
    public static function of(?array $information): ?array {
        $most = $information ? max([...$information['proposed'], ...$information['present'] ?? []]) : 0;
        if ($most <= 0) {
            return null;
        }
        ['from' => $from, 'to' => $to, 'proposed' => $proposed] = $information;
        $plot = new ability_plot($from, $to, self::round_up($most));
        $rows = [];
        foreach (['present', 'proposed'] as $which) {
            $plot->line($information[$which] ?? [], $which);
        }
        for ($place = self::EVERY; $place < count($proposed) - 1; $place += self::EVERY) {
            $number = fn(string $which): string => isset($information[$which])
                ? format_float($information[$which][$place], 1) : '–';
            $theta = $from + ($to - $from) * $place / (count($proposed) - 1);
            $rows[] = ['theta' => format_float($theta, 1), 'present' => $number('present'), 'proposed' => $number('proposed')];
        }
        return ['svg' => $plot->svg(), 'rows' => $rows];
    }

    /**
     * The next number that is 1, 2 or 5 and zeros.
     *
     * @param float $value above 0
     * @return float
     */
    private static function round_up(float $value): float {
        $unit = 10 ** floor(log10($value));
        foreach ([1, 2, 5] as $times) {
            if ($value <= $times * $unit) {
                return $times * $unit;
            }
        }
        return 10 * $unit;
    }
}
