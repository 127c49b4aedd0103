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

use mod_palier\local\test\plan_text;

/**
 * Which competences of a result come first when something is proposed: those that the engine calls urgent, in its order, which
 * is that of the `next_steps` of a plan (engine/result/next_steps.hpp, docs/plan.md).
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
     * The competences that are measured and have not reached what is wanted of them, most urgent first.
     *
     * @param array $known the engine's state
     * @return array[] by id: name, low and high (the levels that are likely, one where it is told; null without levels)
     */
    public static function of(array $known): array {
        if (empty($known['known']) || empty($known['composites'])) {
            return [];
        }
        $scales = array_column($known['scales'], null, 'id');
        $urgent = [];
        foreach ($known['urgent'] ?? [] as $id) {
            $scale = $scales[$id];
            [$low, $high] = self::levels($scale);
            $name = plan_text::of($scale['name'] ?? '') ?: $id;
            $urgent[$id] = ['name' => $name, 'low' => $low, 'high' => $high];
        }
        return $urgent;
    }

    /**
     * The levels that are likely of a competence: one where it is told.
     *
     * @param array $scale of the engine's state
     * @return array{int|null, int|null} null without levels, or while it is not measured
     */
    public static function levels(array $scale): array {
        return isset($scale['level'])
            ? [$scale['level']['number'], $scale['level']['number']] : $scale['level_interval'] ?? [null, null];
    }
}
