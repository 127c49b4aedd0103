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

namespace local_palier\local;

/**
 * When a training is recommended for a competence that a profile asks. The chances are the engine's.
 *
 * - The gap: what is asked is not reached ({@see decision}).
 * - The prerequisite: P(level ≥ the one that the training needs) ≥ {@see self::READY}. A training that needs none asks nothing.
 * - The goal: P(level ≥ the one that the training leads to) < {@see self::THERE}.
 * - The way: the training begins below the level that is asked.
 *
 * What is not assessed recommends nothing: neither does what is known of a domain alone, nor a part of what corresponds, nor a
 * level that the test does not have. Where several competences correspond, all of them have to agree.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class trigger {
    /** @var float chance from which somebody has what a training needs. */
    public const READY = 0.8;

    /** @var float chance from which somebody more likely has than lacks what a training leads to. */
    public const THERE = 0.5;

    /**
     * Whether it is recommended.
     *
     * @param finding|null $finding what is known of the competence; null where nothing is
     * @param int $asked level that the profile asks
     * @param int|null $from level that the training needs; null where it needs none
     * @param int $to level that it leads to
     * @return bool
     */
    public static function fires(?finding $finding, int $asked, ?int $from, int $to): bool {
        return self::gap($finding) !== null
            && ($from === null || $from < $asked && self::is_ready($finding, $from))
            && self::has_to_learn($finding, $to);
    }

    /**
     * How likely it is that what is asked is not reached: where several competences correspond, of the surest of them.
     *
     * @param finding|null $finding
     * @return float|null from 0 to 1; null where there is no gap, or where nothing that decides is known
     */
    public static function gap(?finding $finding): ?float {
        $open = [decision::NOT_REACHED, decision::UNDECIDED];
        return $finding?->decides() && in_array($finding->decision(), $open, true) ? 1 - max($finding->chances) : null;
    }

    /**
     * The prerequisite.
     *
     * @param finding $finding
     * @param int $from
     * @return bool
     */
    private static function is_ready(finding $finding, int $from): bool {
        $chances = $finding->at($from);
        return $chances && min($chances) >= self::READY;
    }

    /**
     * The goal.
     *
     * @param finding $finding
     * @param int $to
     * @return bool
     */
    private static function has_to_learn(finding $finding, int $to): bool {
        $chances = $finding->at($to);
        return $chances && max($chances) < self::THERE;
    }
}
