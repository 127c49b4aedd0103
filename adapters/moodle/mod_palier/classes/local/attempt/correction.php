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
use mod_palier\local\engine\json_text;
use mod_palier\local\report\result_publisher;

/**
 * A result that is made again because a question counts no more, or because its key was wrong.
 *
 * The log gets one more event, `dropped` or `rescored`, and keeps all others: the engine's estimate is that of the same
 * answers without it, or with its new mark. The result until then is kept with its dates, its statements are withdrawn and
 * told anew, and grade, completion and report follow.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class correction {
    /**
     * Drops a question from an attempt. One that was dropped before stays so.
     *
     * @param int $attemptid
     * @param string $item
     * @param int $slot of the question
     * @param string $reason in words, for the learner
     * @param int $userid who decided
     * @param \Closure|null $note more to write in the same transaction
     * @param string $cause of the log: appeal or faulty
     * @return bool whether anything changed
     */
    public static function drop(
        int $attemptid,
        string $item,
        int $slot,
        string $reason,
        int $userid,
        ?\Closure $note = null,
        string $cause = 'appeal'
    ): bool {
        return self::change($attemptid, function (attempt $attempt) use ($item, $slot, $reason, $userid, $note, $cause): bool {
            $changed = !self::is_dropped($attempt, $item);
            if ($changed) {
                self::keep_former($attempt, $reason, $userid);
                self::run($attempt, $item, $slot, $cause);
            }
            if ($note) {
                $note();
            }
            return $changed;
        });
    }

    /**
     * Marks the answer to a question anew, by the question as it is now.
     *
     * @param int $attemptid
     * @param int $slot of the question
     * @param string $reason in words, for the learner
     * @param int $userid who decided
     * @return bool whether the mark, and so the result, is another one
     */
    public static function rescore(int $attemptid, int $slot, string $reason, int $userid): bool {
        return self::change($attemptid, function (attempt $attempt) use ($slot, $reason, $userid): bool {
            $mark = marking::of($attempt, $slot);
            $now = $mark?->by_present_version();
            if ($now === null || abs($now - $mark->fraction) < marking::SAME) {
                return false;
            }
            self::keep_former($attempt, $reason, $userid);
            $attempt->set_quba($mark->usage());
            $event = ['type' => 'rescored', 'item' => $mark->item, 'fraction' => $now, 'reason' => 'key'];
            self::record($attempt, [$event], false, [$slot, $mark->present_question()]);
            return true;
        });
    }

    /**
     * Changes an attempt, and says what is due of it.
     *
     * @param int $attemptid
     * @param \Closure $work is given the attempt, says whether it changed it
     * @return bool whether anything changed
     */
    private static function change(int $attemptid, \Closure $work): bool {
        $changed = false;
        attempt_change::make($attemptid, function (attempt $attempt) use ($work, &$changed): ?string {
            $ended = !$attempt->is_open();
            $changed = $work($attempt);
            return !$changed || $attempt->is_open() ? null
                : ($ended ? result_publisher::CORRECTED : result_publisher::FINISHED);
        });
        return $changed;
    }

    /**
     * Whether the item counts no more.
     *
     * @param attempt $attempt
     * @param string $item
     * @return bool
     */
    private static function is_dropped(attempt $attempt, string $item): bool {
        foreach ($attempt->log()->events() as $event) {
            if ($event->type === 'dropped' && json_text::decode($event->data)['item'] === $item) {
                return true;
            }
        }
        return false;
    }

    /**
     * Keeps the result that is replaced.
     *
     * @param attempt $attempt
     * @param string $reason
     * @param int $userid
     */
    public static function keep_former(attempt $attempt, string $reason, int $userid): void {
        global $DB;
        if ($attempt->is_open()) {
            return;
        }
        $last = $DB->get_field('palier_former', 'MAX(timereplaced)', ['attemptid' => $attempt->id]);
        $DB->insert_record('palier_former', (object) [
            'attemptid' => $attempt->id,
            'seq' => $attempt->seq,
            'theta' => attempt::decimal($attempt->theta),
            'se' => attempt::decimal($attempt->se),
            'level' => $attempt->level,
            'levellow' => $attempt->levellow,
            'levelhigh' => $attempt->levelhigh,
            'result' => $attempt->result,
            'reason' => $reason,
            'usermodified' => $userid,
            'timecreated' => $last ?: $attempt->timefinish,
            'timereplaced' => di::get(clock::class)->time(),
        ]);
    }

    /**
     * Has the engine record it, and stores what comes of it.
     *
     * @param attempt $attempt
     * @param string $item
     * @param int $slot
     * @param string $cause
     */
    private static function run(attempt $attempt, string $item, int $slot, string $cause): void {
        // A question on screen is withdrawn and another one asked; where another is on screen, it stays.
        $onscreen = $attempt->is_open() && $attempt->slot === $slot;
        $attempt->log()->events();
        $paused = $attempt->log()->is_paused();
        $dropped = ['type' => 'dropped', 'item' => $item, 'reason' => $cause];
        $attempt->set_quba(slot_usage::load($attempt->qubaid, $onscreen ? $slot : ($attempt->slot ?? $slot)));
        self::record($attempt, $onscreen && $paused ? [['type' => 'resumed'], $dropped] : [$dropped], $onscreen);
        if ($paused && $attempt->is_open()) {
            // The time of the question that waits begins when the learner comes back.
            self::record($attempt, [['type' => 'paused']], false);
        }
    }

    /**
     * One exchange with the engine.
     *
     * @param attempt $attempt
     * @param array[] $events
     * @param bool $advance
     * @param array|null $place slot and question of the first event; null where it has none
     */
    private static function record(attempt $attempt, array $events, bool $advance, ?array $place = null): void {
        $timems = step::now_ms();
        $exchange = engine_step::of($attempt, $timems, $attempt->slot);
        $exchange->step(array_map(fn(array $event) => $event + ['time' => $timems], $events), null, $advance);
        if ($place) {
            $exchange->places[0] = $place;
        }
        $exchange->store($attempt);
    }
}
