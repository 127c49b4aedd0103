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

namespace mod_palier\local\attempt;

use mod_palier\event\attempt_corrected;
use mod_palier\event\attempt_finished;
use mod_palier\event\attempt_reopened;
use mod_palier\event\attempt_shared;
use mod_palier\event\attempt_started;
use mod_palier\event\attempt_withdrawn;

/**
 * Tells Moodle what happened, after it is stored.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class event_trigger {
    /**
     * An attempt began.
     *
     * @param attempt $attempt
     */
    public static function started(attempt $attempt): void {
        attempt_started::of($attempt, $attempt->context())->trigger();
    }

    /**
     * An attempt is over.
     *
     * @param attempt $attempt
     */
    public static function finished(attempt $attempt): void {
        attempt_finished::of($attempt, $attempt->context())->trigger();
    }

    /**
     * A learner shared a result.
     *
     * @param attempt $attempt
     */
    public static function shared(attempt $attempt): void {
        attempt_shared::of($attempt, $attempt->context())->trigger();
    }

    /**
     * A result was made again.
     *
     * @param attempt $attempt
     */
    public static function corrected(attempt $attempt): void {
        attempt_corrected::of($attempt, $attempt->context())->trigger();
    }

    /**
     * An attempt was opened again.
     *
     * @param attempt $attempt
     */
    public static function reopened(attempt $attempt): void {
        attempt_reopened::of($attempt, $attempt->context())->trigger();
    }

    /**
     * A learner took the sharing of a result back.
     *
     * @param attempt $attempt
     */
    public static function withdrawn(attempt $attempt): void {
        attempt_withdrawn::of($attempt, $attempt->context())->trigger();
    }
}
