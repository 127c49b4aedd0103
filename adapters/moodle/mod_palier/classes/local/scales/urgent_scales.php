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

namespace mod_palier\local\scales;

use mod_palier\local\attempt\scale_results;
use mod_palier\local\test\plan_text;

/**
 * Which competences of a result come first when something is proposed: the rule of the engine for the `next_steps` of a plan
 * (engine/result/next_steps.hpp, docs/plan.md), with the `gap` that the engine gives of each for this.
 *
 * A teacher's steps are rows of Moodle and not in the plan: they lead to courses and people of the site, may be changed
 * after an attempt, and are shown to whom may open them.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class urgent_scales {
    /**
     * The competences that are measured and have not reached what is wanted of them, most urgent first: those of a profile
     * before others, then by their distance times the probability that it is not reached.
     *
     * @param array $known the engine's state
     * @return array[] by id: name, low and high (the levels that are likely, one where it is told; null without levels)
     */
    public static function of(array $known): array {
        if (empty($known['known']) || empty($known['composites'])) {
            return [];
        }
        $scales = array_filter($known['scales'], fn(array $scale): bool => $scale['state'] === scale_results::MEASURED
            && ($scale['required']['decision'] ?? '') !== 'reached');
        $weight = fn(array $scale): float => ($scale['gap']['distance'] ?? 0) * ($scale['gap']['p_below'] ?? 0);
        // The sort is stable: equals stay in the plan's order.
        usort($scales, fn(array $one, array $other): int => isset($other['required']) <=> isset($one['required'])
            ?: $weight($other) <=> $weight($one));
        $urgent = [];
        foreach ($scales as $scale) {
            [$low, $high] = isset($scale['level'])
                ? [$scale['level']['number'], $scale['level']['number']] : $scale['level_interval'] ?? [null, null];
            $name = plan_text::of($scale['name'] ?? '') ?: $scale['id'];
            $urgent[$scale['id']] = ['name' => $name, 'low' => $low, 'high' => $high];
        }
        return $urgent;
    }
}
