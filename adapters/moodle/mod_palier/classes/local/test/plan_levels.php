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

namespace mod_palier\local\test;

/**
 * Where the levels of a plan begin, as far as the plan says it plainly.
 *
 * A level begins at the ability that its cut says where the response probability is one half. At another one only the engine
 * knows where, and what is asked for is given as an ability.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class plan_levels {
    /**
     * The ability at which a level begins.
     *
     * @param array|null $levels the plan's section
     * @param string $level its number
     * @return float|null null where there is no such level, or the plan does not say it
     */
    public static function cut(?array $levels, string $level): ?float {
        if (!self::are_abilities($levels) || !is_numeric($level)) {
            return null;
        }
        $cut = $levels['cuts'][(int) $level - ($levels['first'] ?? 0) - 1] ?? null;
        return $cut === null ? null : (float) $cut;
    }

    /**
     * The level that begins at an ability.
     *
     * @param array|null $levels the plan's section
     * @param float $theta
     * @return int|null
     */
    public static function of_cut(?array $levels, float $theta): ?int {
        $position = self::are_abilities($levels) ? array_search($theta, array_map('floatval', $levels['cuts']), true) : false;
        return $position === false ? null : ($levels['first'] ?? 0) + $position + 1;
    }

    /**
     * The first and the last level.
     *
     * @param array|null $levels the plan's section
     * @return int[]|null null without levels
     */
    public static function ends(?array $levels): ?array {
        $first = (int) ($levels['first'] ?? 0);
        return empty($levels['cuts']) ? null : [$first, $first + count($levels['cuts'])];
    }

    /**
     * Whether a level begins at the ability that its cut says.
     *
     * @param array|null $levels the plan's section
     * @return bool
     */
    public static function are_abilities(?array $levels): bool {
        return !empty($levels['cuts']) && (float) ($levels['response_probability'] ?? 0.5) === 0.5;
    }
}
