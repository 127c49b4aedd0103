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
use core\lock\lock_config;
use core_text;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_access;
use mod_palier\local\contest\contest_actions;
use mod_palier\local\contest\contest_repository;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\report\result_publisher;
use mod_palier\local\test\duration;
use question_engine;
use question_state;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * One step of an attempt: one lock, one transaction.
 *
 * The form says which question it answers, and what. Everything else (difficulty, score, what comes next) is decided
 * here and by the engine. A post about another question than the one on screen changes nothing.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class step {
    /** @var int Seconds to wait for another post of the same attempt. */
    public const LOCK_SECONDS = 20;

    /** @var int Longest response summary of the log, in characters. */
    protected const RESPONSE_LENGTH = 4000;

    /** @var bool Whether to offer a calm choice: the engine's record says so. */
    protected bool $calm = false;

    /** @var int|null The slot that was answered. */
    protected ?int $answered = null;

    /** @var shown_question The question on screen. */
    protected shown_question $shown;

    /**
     * A step of an attempt, inside its lock and its transaction.
     *
     * @param attempt $attempt
     * @param int $timems now, in milliseconds
     */
    protected function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
        /** @var int now */
        protected int $timems,
    ) {
        $this->shown = new shown_question($attempt);
    }

    /**
     * Does what a form asks for.
     *
     * @param int $attemptid
     * @param string $action answer, unknown, flag, unflag, draft, pause, together, paper, resume or stop; the task's close
     * @param int $slot the slot that the form was about
     * @param array $fields the form's fields
     * @return step_result
     */
    public static function post(int $attemptid, string $action, int $slot = 0, array $fields = []): step_result {
        $lock = lock_config::get_lock_factory('mod_palier_attempt')->get_lock((string) $attemptid, self::LOCK_SECONDS);
        if (!$lock) {
            return new step_result(outcome::BUSY);
        }
        try {
            try {
                $result = self::transact($attemptid, fn(self $step) => $step->act($action, $slot, $fields));
            } catch (engine_exception | \moodle_exception $e) {
                if (!$e instanceof engine_exception && $e->errorcode !== 'noengine') {
                    throw $e;
                }
                debugging('mod_palier: ' . $e->getMessage(), DEBUG_NORMAL);
                $result = self::transact($attemptid, fn(self $step) => $step->keep($slot, $fields, outcome::ENGINE));
            }
        } finally {
            $lock->release();
        }
        if ($result->over && $result->attempt) {
            result_publisher::publish($result->attempt, result_publisher::FINISHED);
        }
        return $result;
    }

    /**
     * Does something to an attempt in one transaction.
     *
     * @param int $attemptid
     * @param \Closure $work
     * @return step_result
     */
    protected static function transact(int $attemptid, \Closure $work): step_result {
        global $DB;
        $transaction = $DB->start_delegated_transaction();
        try {
            $step = new self(attempt_repository::load($attemptid), self::now_ms());
            $wasopen = $step->attempt->is_open();
            $outcome = $work($step);
            $ended = $wasopen && !$step->attempt->is_open();
            if ($ended) {
                result_publisher::note($step->attempt, result_publisher::FINISHED);
            }
            $transaction->allow_commit();
        } catch (\Throwable $e) {
            $transaction->rollback($e);
        }
        return new step_result($outcome, $step->attempt, $step->calm, $ended, $step->answered);
    }

    /**
     * Now, in milliseconds.
     *
     * @return int
     */
    public static function now_ms(): int {
        return (int) di::get(clock::class)->now()->format('Uv');
    }

    /**
     * Does what the form asks for.
     *
     * @param string $action
     * @param int $slot
     * @param array $fields
     * @return string one of the outcomes
     */
    protected function act(string $action, int $slot, array $fields): string {
        if (!$this->attempt->is_open()) {
            return $action === 'stop' ? outcome::FINISHED : outcome::STALE;
        }
        if ($this->attempt->is_over(intdiv($this->timems, 1000))) {
            return $this->close();
        }
        if ($action === 'close') {
            return $this->time_up();
        }
        if ($action === 'resume') {
            return $this->resume();
        }
        if ($action === 'stop' && $slot === 0) {
            $slot = (int) $this->attempt->slot;
        }
        if ($slot !== $this->attempt->slot) {
            return outcome::STALE;
        }
        if ($this->shown->is_missing()) {
            return $this->withdraw('deleted');
        }
        $fields = array_filter($fields, 'is_scalar');
        return match ($action) {
            'answer' => $this->answer($fields),
            'unknown' => $this->unknown(),
            'flag' => $this->flag($fields),
            'unflag' => $this->unflag($fields),
            'draft' => $this->draft($fields),
            'pause' => $this->pause($fields),
            'together', 'paper' => $this->ask($action, $fields),
            'stop' => $this->stop($fields),
            default => outcome::STALE,
        };
    }

    /**
     * Ends what is open after the closing date, with what is known.
     *
     * @return string one of the outcomes
     */
    protected function close(): string {
        $this->run([['type' => 'stopped', 'reason' => 'time', 'time' => $this->timems]], null, false);
        return outcome::CLOSED;
    }

    /**
     * Ends an attempt whose question was left on screen until the time that answers may take had passed: the question
     * counts for nothing, and took the time that was left.
     *
     * @return string one of the outcomes
     */
    protected function time_up(): string {
        $limit = duration::seconds($this->attempt->plan());
        $used = MINSECS * (float) ($this->attempt->known()['minutes'] ?? 0);
        $elapsed = $this->shown->elapsed($this->timems) / 1000;
        $paused = $this->attempt->log()->is_paused();
        if ($limit === null || $paused || $used + $elapsed <= $limit + start_rules::GRACE) {
            return outcome::STALE;
        }
        if ($this->shown->is_missing()) {
            return $this->close();
        }
        $this->run([[
            'type' => 'skipped',
            'item' => $this->shown->item(),
            'ms' => (int) ceil(1000 * max(0, $limit - $used)) + 1,
            'time' => $this->timems,
        ]], $this->shown->question_id());
        // Below the least number of questions no rule of the plan stops.
        return $this->attempt->is_open() ? $this->close() : outcome::CLOSED;
    }

    /**
     * An answer: marked by Moodle's question engine, recorded, and the next question put on screen.
     *
     * @param array $fields
     * @return string one of the outcomes
     */
    protected function answer(array $fields): string {
        if (!$this->shown->has_each_place_once($fields)) {
            return $this->keep($this->attempt->slot, $fields, outcome::PLACES);
        }
        $qa = $this->shown->submit($fields, intdiv($this->timems, 1000));
        if ($qa->get_state() == question_state::$invalid) {
            question_engine::save_questions_usage_by_activity($this->attempt->quba());
            return outcome::INVALID;
        }
        if ($qa->get_fraction() === null) {
            return $this->withdraw('faulty');
        }
        $event = ['type' => 'answered', 'item' => $this->shown->item()];
        $words = answer_words::of($qa);
        if ($words !== '') {
            $event['response'] = core_text::substr($words, 0, self::RESPONSE_LENGTH);
        }
        $event += [
            'fraction' => (float) $qa->get_fraction(),
            'ms' => $this->shown->elapsed($this->timems),
            'time' => $this->timems,
        ];
        return $this->record($event);
    }

    /**
     * "I don't know": a real answer, not marked as anything.
     *
     * @return string one of the outcomes
     */
    protected function unknown(): string {
        $this->shown->give_up(intdiv($this->timems, 1000));
        return $this->record([
            'type' => 'unknown',
            'item' => $this->shown->item(),
            'ms' => $this->shown->elapsed($this->timems),
            'time' => $this->timems,
        ]);
    }

    /**
     * Records the outcome of the question on screen.
     *
     * @param array $event
     * @return string one of the outcomes
     */
    protected function record(array $event): string {
        $this->answered = $this->attempt->slot;
        $this->attempt->log()->events();
        $events = $this->attempt->log()->is_paused() ? [['type' => 'resumed', 'time' => $this->timems]] : [];
        $events[] = $event;
        $this->attempt->device = $this->attempt->preview ? null : device::also($this->attempt->device);
        $this->run($events, $this->shown->question_id());
        return $this->attempt->is_open() ? outcome::SAVED : outcome::FINISHED;
    }

    /**
     * Reports the question: a thread with the trainers, whom a message tells. The response so far is kept.
     *
     * @param array $fields
     * @return string one of the outcomes
     */
    protected function flag(array $fields): string {
        $attempt = $this->attempt;
        $comment = (string) ($fields['palier_comment'] ?? '');
        if (core_text::strlen(contest::clean($comment)) > contest::MAX_LENGTH) {
            return $this->keep($attempt->slot, $fields, outcome::TOOLONG);
        }
        if (!contest_access::may_contest($attempt)) {
            return $this->keep($attempt->slot, $fields, outcome::KEPT);
        }
        contest_actions::open($attempt, contest::QUESTION, $attempt->slot, $comment);
        $attempt->quba()->get_question_attempt($attempt->slot)->set_flagged(true);
        return $this->keep($attempt->slot, $fields, outcome::FLAGGED);
    }

    /**
     * Takes a report back, unless somebody answered it. The response so far is kept.
     *
     * @param array $fields
     * @return string one of the outcomes
     */
    protected function unflag(array $fields): string {
        $attempt = $this->attempt;
        $contest = contest_repository::find($attempt->id, contest::QUESTION, $attempt->slot);
        if ($contest && !contest_actions::take_back($contest)) {
            return $this->keep($attempt->slot, $fields, outcome::ANSWERED);
        }
        $attempt->quba()->get_question_attempt($attempt->slot)->set_flagged(false);
        return $this->keep($attempt->slot, $fields, outcome::UNFLAGGED);
    }

    /**
     * Keeps what is typed so far, as core does for a quiz: it is no step, and what is typed next replaces it.
     *
     * @param array $fields
     * @return string one of the outcomes
     */
    protected function draft(array $fields): string {
        if ($this->shown->keep_draft($fields, intdiv($this->timems, 1000))) {
            question_engine::save_questions_usage_by_activity($this->attempt->quba());
        }
        return outcome::KEPT;
    }

    /**
     * Pauses, and asks the trainers for a person or for the questions on paper.
     *
     * @param string $kind of contest::KINDS
     * @param array $fields
     * @return string one of the outcomes
     */
    protected function ask(string $kind, array $fields): string {
        $this->pause($fields);
        if (!contest_access::may_contest($this->attempt)) {
            return outcome::PAUSED;
        }
        contest_actions::open($this->attempt, $kind);
        return $kind === contest::PAPER ? outcome::PAPER : outcome::TOGETHER;
    }

    /**
     * Pauses. The response so far is kept.
     *
     * @param array $fields
     * @return string one of the outcomes
     */
    protected function pause(array $fields): string {
        $this->attempt->log()->events();
        if ($this->attempt->log()->is_paused()) {
            return outcome::PAUSED;
        }
        $this->shown->keep($fields, intdiv($this->timems, 1000));
        $this->run([['type' => 'paused', 'time' => $this->timems]], null, false);
        return outcome::PAUSED;
    }

    /**
     * Goes on after a pause.
     *
     * @return string one of the outcomes
     */
    protected function resume(): string {
        if ($this->attempt->log()->is_paused()) {
            $this->run([['type' => 'resumed', 'time' => $this->timems]], null, false);
        }
        return outcome::RESUMED;
    }

    /**
     * Stops here, with the result so far.
     *
     * @param array $fields
     * @return string one of the outcomes
     */
    protected function stop(array $fields): string {
        $this->shown->keep($fields, intdiv($this->timems, 1000));
        $this->run([['type' => 'stopped', 'reason' => 'learner', 'time' => $this->timems]], null, false);
        return outcome::FINISHED;
    }

    /**
     * Withdraws the question on screen and asks another one.
     *
     * @param string $reason deleted or faulty
     * @return string one of the outcomes
     */
    protected function withdraw(string $reason): string {
        $this->attempt->log()->events();
        $events = $this->attempt->log()->is_paused() ? [['type' => 'resumed', 'time' => $this->timems]] : [];
        $events[] = ['type' => 'dropped', 'item' => $this->shown->item(), 'reason' => $reason, 'time' => $this->timems];
        $this->run($events, $this->shown->question_id());
        return $this->attempt->is_open() ? outcome::WITHDRAWN : outcome::FINISHED;
    }

    /**
     * Keeps the response on screen, without a step.
     *
     * @param int $slot
     * @param array $fields
     * @param string $outcome
     * @return string one of the outcomes
     */
    protected function keep(int $slot, array $fields, string $outcome): string {
        if ($this->attempt->is_open() && $slot === $this->attempt->slot && !$this->shown->is_missing()) {
            $this->shown->keep(array_filter($fields, 'is_scalar'), intdiv($this->timems, 1000));
            question_engine::save_questions_usage_by_activity($this->attempt->quba());
        }
        return $outcome;
    }

    /**
     * Has the engine record events and stores all that comes of it.
     *
     * @param array $events
     * @param int|null $questionid the question that they are about
     * @param bool $advance
     */
    protected function run(array $events, ?int $questionid, bool $advance = true): void {
        $attempt = $this->attempt;
        $exchange = engine_step::of($attempt, $this->timems, $attempt->slot);
        $exchange->step($events, $questionid, $advance);
        $exchange->store($attempt);
        $this->calm = $attempt->is_open() && $advance && !empty($exchange->result['calm']);
    }
}
