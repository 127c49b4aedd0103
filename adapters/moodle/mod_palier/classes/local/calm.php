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

namespace mod_palier\local;

/**
 * When a calm choice is offered: after each three answers in a row that earned nothing, at the lowest level.
 *
 * It reads what the engine recorded and judges nothing by itself.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class calm {
    /** @var int Answers in a row. */
    protected const ROW = 3;

    /**
     * Whether to offer the choice now.
     *
     * @param array $record the engine's record
     * @return bool
     */
    public static function is_wanted(array $record): bool {
        $missed = 0;
        $counted = array_filter(
            $record['steps'] ?? [],
            fn(array $step) => in_array($step['outcome'] ?? '', ['answered', 'unknown', 'timed_out']) && empty($step['dropped'])
        );
        foreach (array_reverse($counted) as $step) {
            if (($step['outcome'] === 'answered') && ($step['category'] ?? 0) > 0) {
                break;
            }
            $missed++;
        }
        if ($missed === 0 || $missed % self::ROW !== 0) {
            return false;
        }
        $level = $record['level'] ?? null;
        return $level ? $level['number'] === $level['first'] : $missed === count($counted);
    }
}
