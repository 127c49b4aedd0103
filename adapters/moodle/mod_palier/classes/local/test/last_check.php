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

use context_module;
use stdClass;

/**
 * What the last check of an activity found, for those who open its page: they need neither the engine nor the questions.
 *
 * It is a memory, not the truth: who begins is checked again, and what it says is missing is looked at again.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class last_check {
    /** @var string[] what is kept of the engine's answer. */
    private const KEPT = ['expected_items', 'expected_minutes', 'items_interval'];

    /**
     * Keeps what a check found.
     *
     * @param stdClass $palier row of palier
     * @param bool $canrun whether learners may start
     * @param array $feasibility the engine's answer, empty when it was not asked
     * @param bool|null $whole whether nothing is left to do, null where only the engine was asked
     */
    public static function remember(stdClass $palier, bool $canrun, array $feasibility, ?bool $whole = null): void {
        $whole ??= self::of($palier)['whole'] ?? null;
        \cache::make('mod_palier', 'checks')->set(
            self::key($palier),
            ['canrun' => $canrun, 'whole' => $canrun ? $whole : false]
                + array_intersect_key($feasibility, array_flip(self::KEPT))
        );
    }

    /**
     * What is known.
     *
     * @param stdClass $palier row of palier
     * @return array canrun, whole, and of the engine's answer what is kept; empty when nothing is known
     */
    public static function of(stdClass $palier): array {
        return \cache::make('mod_palier', 'checks')->get(self::key($palier)) ?: [];
    }

    /**
     * Forgets it: the questions, their levels or the plan changed.
     *
     * @param stdClass $palier row of palier
     */
    public static function forget(stdClass $palier): void {
        \cache::make('mod_palier', 'checks')->delete(self::key($palier));
    }

    /**
     * Whether learners may start, as far as it is known. What was missing may be there now: it is looked at again. Where
     * nothing is known, who begins finds out: a learner's page asks neither the engine nor the questions.
     *
     * @param stdClass $palier row of palier
     * @param context_module $context
     * @return bool
     */
    public static function is_ready(stdClass $palier, context_module $context): bool {
        return (self::of($palier)['canrun'] ?? true) || check::of_instance($palier, $context)->canrun;
    }

    /**
     * What a teacher still has to do.
     *
     * @param stdClass $palier row of palier
     * @param context_module $context
     * @return check|null null when nothing is
     */
    public static function to_do(stdClass $palier, context_module $context): ?check {
        if (self::of($palier)['whole'] ?? false) {
            return null;
        }
        $check = check::of_instance($palier, $context);
        return $check->is_whole() ? null : $check;
    }

    /**
     * What names the check of an activity by its plan.
     *
     * @param stdClass $palier
     * @return string
     */
    private static function key(stdClass $palier): string {
        return sha1("duration {$palier->id} {$palier->plan}");
    }
}
