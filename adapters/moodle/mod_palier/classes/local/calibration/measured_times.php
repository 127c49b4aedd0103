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

namespace mod_palier\local\calibration;

/**
 * How long a test's questions take, as the latest calibration found. Nothing of it changes a result.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class measured_times {
    /**
     * What is kept of all questions of a calibration.
     *
     * @param array[] $items what the engine found of each
     * @return array|null questions, seconds (the mean of their mean times), rapid (share of rapid guesses); null where no time is
     *     known
     */
    public static function outcome(array $items): ?array {
        $times = array_filter(array_column($items, 'time'));
        if (!$times) {
            return null;
        }
        // Those that were rapid or idle are counted over all answers with a time, which the model's are the rest of.
        $all = array_map(fn($time) => $time['answers'] / max(1e-9, 1 - $time['rapid'] - $time['idle']), $times);
        $rapid = array_map(fn($time, $answers) => $time['rapid'] * $answers, $times, $all);
        return [
            'questions' => count($times),
            'seconds' => array_sum(array_column($times, 'mean')) / count($times),
            'rapid' => array_sum($rapid) / array_sum($all),
        ];
    }
}
