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

use core\clock;
use core\di;
use mod_palier\local\report\result_publisher;
use mod_palier\local\report\visible_learners;
use mod_palier\local\test\overrides;
use moodle_exception;

/**
 * An attempt that ended too early, opened again: the learner left it, its time was over, or its questions were not there.
 *
 * One that a rule of the plan ended stays so: its log says why nothing more was to be asked. The result until then is kept
 * with its reason, what was told of the end is withdrawn, and the test waits, paused, for the learner.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class reopening {
    /** @var string[] Reasons to end that are no rule of the plan. */
    public const REASONS = ['learner', 'time', 'unavailable'];

    /**
     * Whether the present user may open an attempt again, whatever state it is in.
     *
     * @param attempt $attempt
     * @return bool
     */
    public static function allowed(attempt $attempt): bool {
        return has_capability('mod/palier:reopenattempts', $attempt->context())
            && visible_learners::may_read($attempt->context(), $attempt->id);
    }

    /**
     * Why an attempt cannot be opened again.
     *
     * @param attempt $attempt
     * @param int $now
     * @return string|null key of a sentence; null when it can
     */
    public static function reason_not_to(attempt $attempt, int $now): ?string {
        if ($attempt->is_open() || $attempt->preview || $attempt->packageid !== null) {
            return 'reopen_open';
        }
        if (!in_array($attempt->stopreason, self::REASONS)) {
            return 'reopen_rule';
        }
        if (attempt_repository::open_of($attempt->palierid, $attempt->userid, false)) {
            return 'reopen_other';
        }
        $closes = (int) overrides::for_user($attempt->palier(), $attempt->userid)->timeclose;
        return $closes && $now > $closes ? 'reopen_closed' : null;
    }

    /**
     * Opens an attempt again.
     *
     * @param int $attemptid
     * @param string $reason in words, for the learner
     * @param int $userid who decided
     * @return attempt as it is now: open, unless the plan has nothing more to ask
     */
    public static function reopen(int $attemptid, string $reason, int $userid): attempt {
        return attempt_change::make($attemptid, function (attempt $attempt) use ($reason, $userid): string {
            $not = self::reason_not_to($attempt, di::get(clock::class)->time());
            if ($not !== null) {
                throw new moodle_exception($not, 'mod_palier', $attempt->cm()->url);
            }
            correction::keep_former($attempt, $reason, $userid);
            self::go_on($attempt);
            return result_publisher::REOPENED;
        });
    }

    /**
     * Has the engine put the next question on screen, and pauses before it.
     *
     * @param attempt $attempt
     */
    private static function go_on(attempt $attempt): void {
        global $DB;
        $slots = (int) $DB->get_field('question_attempts', 'MAX(slot)', ['questionusageid' => $attempt->qubaid]);
        $attempt->set_quba(slot_usage::load($attempt->qubaid, $slots));
        $timems = step::now_ms();
        $exchange = engine_step::of($attempt, $timems);
        $exchange->step([['type' => 'resumed', 'time' => $timems]]);
        if (!$exchange->is_over()) {
            // The time of the question begins when the learner comes back.
            $exchange->step([['type' => 'paused', 'time' => $timems]], null, false);
        }
        $attempt->state = attempt::INPROGRESS;
        $attempt->stopreason = null;
        $attempt->timefinish = 0;
        $exchange->store($attempt);
        if ($attempt->is_open()) {
            // What the learner shared was the result; the next one is theirs to share.
            $attempt->timeshared = 0;
            $DB->update_record('palier_attempt', (object) [
                'id' => $attempt->id,
                'timeshared' => 0,
                'closes' => overrides::for_user($attempt->palier(), $attempt->userid)->overridden['timeclose'] ?? null,
            ]);
        }
    }
}
