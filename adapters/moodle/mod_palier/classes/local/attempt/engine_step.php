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

use mod_palier\local\bank\bank;
use mod_palier\local\engine\engine;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use mod_palier\local\xapi\outbox;
use question_automatically_gradable;
use question_bank;
use question_usage_by_activity;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * What the engine answered, until there is a question to show or the test is over.
 *
 * Events are gathered here and stored by the caller, all at once. A question that the engine wants and the site no
 * longer has, or cannot mark by itself, is dropped with its reason, and the engine is asked again.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class engine_step {
    /** @var int Questions that may be gone in one step before the test is: without it, a bank that did not come along drops all. */
    public const MOST_GONE = 3;

    /** @var array[] New events in order: ['type', 'time', 'data' => JSON to store]. */
    public array $events = [];

    /** @var array Slot and question of the new events that have one, by their place in $events. */
    public array $places = [];

    /** @var array What the engine says of the person now. */
    public array $result = [];

    /** @var array[] Statements of the new events. */
    public array $statements = [];

    /** @var int|null The slot to show. */
    public ?int $slot = null;

    /**
     * For an attempt.
     *
     * @param engine $engine
     * @param bank $bank
     * @param string $planjson
     * @param question_usage_by_activity $quba where the next question goes
     * @param \Closure $log gives the log as JSON text, from the new events' texts
     * @param \Closure $told gives the context of the statements about some events, null where none are made
     * @param int $timems now
     * @param int|null $slot the slot on screen
     */
    public function __construct(
        /** @var engine the engine */
        protected engine $engine,
        /** @var bank the bank */
        protected bank $bank,
        /** @var string the plan */
        protected string $planjson,
        /** @var question_usage_by_activity the usage */
        protected question_usage_by_activity $quba,
        /** @var \Closure the log */
        protected \Closure $log,
        /** @var \Closure the context of statements about some events, or null */
        protected \Closure $told,
        /** @var int now */
        protected int $timems,
        ?int $slot = null,
    ) {
        $this->slot = $slot;
    }

    /**
     * For an attempt that is there, with its own bank, plan, log and usage.
     *
     * @param attempt $attempt
     * @param int $timems now
     * @param int|null $slot the slot on screen
     * @return self
     */
    public static function of(attempt $attempt, int $timems, ?int $slot = null): self {
        return new self(
            engine_factory::get(),
            $attempt->bank(),
            $attempt->plan_json(),
            $attempt->quba(),
            fn(array $more): string => $attempt->log()->json($more),
            fn(array $events): ?array => outbox::context($attempt, $events),
            $timems,
            $slot
        );
    }

    /**
     * Begins the session.
     *
     * @param int $seed
     * @param array $context
     */
    public function start(int $seed, array $context): void {
        $told = ($this->told)([]);
        $this->follow($this->engine->start($this->bank, $this->planjson, $seed, $context, $this->timems, $told));
    }

    /**
     * Records what happened and goes on.
     *
     * @param array $events to record
     * @param int|null $questionid the question that they are about
     * @param bool $advance whether to decide what comes next
     */
    public function step(array $events, ?int $questionid = null, bool $advance = true): void {
        $answer = $this->ask($events, $advance);
        if ($questionid !== null) {
            foreach (array_keys($events) as $position) {
                $this->places[$position] = [$this->slot, $questionid];
            }
        }
        $this->follow($answer, $advance);
    }

    /**
     * One call of the engine.
     *
     * @param array $events
     * @param bool $advance
     * @return array
     */
    protected function ask(array $events, bool $advance = true): array {
        return $this->engine->step(
            $this->bank,
            $this->planjson,
            ($this->log)(array_column($this->events, 'data')),
            $events,
            $this->timems,
            $advance,
            ($this->told)($events)
        );
    }

    /**
     * Takes the engine's answer, and asks again until there is something to show.
     *
     * @param array $answer
     * @param bool $advance
     */
    protected function follow(array $answer, bool $advance = true): void {
        $this->take($answer);
        for ($gone = 0; $advance && isset($answer['next']); $gone++) {
            $item = $answer['next'];
            if ($gone === self::MOST_GONE) {
                $this->take($this->ask([['type' => 'stopped', 'reason' => 'unavailable', 'time' => $this->timems]], false));
                return;
            }
            $reason = $this->show($item);
            if ($reason === null) {
                return;
            }
            $answer = $this->ask([['type' => 'dropped', 'item' => $item, 'reason' => $reason, 'time' => $this->timems]]);
            $this->take($answer);
        }
    }

    /**
     * Keeps what an answer holds.
     *
     * @param array $answer
     */
    protected function take(array $answer): void {
        array_push($this->events, ...$answer['events']);
        array_push($this->statements, ...$answer['statements']);
        $this->result = $answer['result'];
        if ($this->is_over()) {
            $this->slot = null;
        }
    }

    /**
     * Whether the test is over.
     *
     * @return bool
     */
    public function is_over(): bool {
        return $this->result['status'] === 'stopped';
    }

    /**
     * Puts the question of an item on screen.
     *
     * @param string $item
     * @return string|null why it cannot be shown, null when it is
     */
    protected function show(string $item): ?string {
        $entryid = $this->bank->entry_of($item);
        $questionid = $entryid ? self::latest_question($entryid) : null;
        if ($questionid === null) {
            return 'deleted';
        }
        try {
            $question = question_bank::load_question($questionid);
        } catch (\dml_missing_record_exception | \coding_exception $e) {
            return 'deleted';
        }
        if (!$question instanceof question_automatically_gradable) {
            return 'faulty';
        }
        $this->slot = $this->quba->add_question($question, 1);
        $this->quba->start_question($this->slot, null, intdiv($this->timems, 1000));
        // The event that asked it is the last one.
        $this->places[array_key_last($this->events)] = [$this->slot, $questionid];
        return null;
    }

    /**
     * The version of a question to show now: the newest that is ready.
     *
     * @param int $entryid
     * @return int|null question id, null when none is ready
     */
    public static function latest_question(int $entryid): ?int {
        global $DB;
        $versions = $DB->get_records(
            'question_versions',
            ['questionbankentryid' => $entryid, 'status' => 'ready'],
            'version DESC',
            'id, questionid',
            0,
            1
        );
        return $versions ? (int) reset($versions)->questionid : null;
    }

    /**
     * Stores what came of it: questions, events, statements, the attempt. To be called inside a transaction.
     *
     * @param attempt $attempt
     */
    public function store(attempt $attempt): void {
        global $DB;
        $fromseq = $attempt->seq;
        \question_engine::save_questions_usage_by_activity($this->quba);

        $rows = [];
        foreach ($this->events as $position => $event) {
            [$slot, $questionid] = $this->places[$position] ?? [null, null];
            $rows[] = (object) [
                'attemptid' => $attempt->id,
                'seq' => $fromseq + $position,
                'type' => $event['type'],
                'slot' => $slot,
                'questionid' => $questionid,
                'data' => $event['data'],
                'timecreated' => intdiv((int) ($event['time'] ?? $this->timems), 1000),
            ];
        }
        $DB->insert_records('palier_event', $rows);
        $attempt->log()->add($rows);

        $attempt->slot = $this->slot;
        $this->tell($attempt);
        $attempt->result = json_text::encode($this->result);
        $attempt->timemodified = intdiv($this->timems, 1000);
        if ($this->is_over()) {
            $attempt->state = attempt::FINISHED;
            $attempt->stopreason = $this->result['stop'] ?? null;
            // A correction makes the result again, and the test ended when it did.
            $attempt->timefinish = $attempt->timefinish ?: $attempt->timemodified;
        }
        $DB->update_record('palier_attempt', $attempt->changes());
        if ($this->is_over()) {
            scale_results::store($attempt->id, $this->result);
        }

        outbox::append($attempt, $this->statements);
    }

    /**
     * Gives the attempt what is known now, where the engine says that anything is: whoever leaves at once gets neither a
     * middle level nor a middle grade.
     *
     * @param attempt $attempt
     */
    protected function tell(attempt $attempt): void {
        $result = $this->result;
        $attempt->theta = $result['known'] ? $result['theta'] ?? null : null;
        $attempt->se = $result['known'] ? $result['se'] ?? null : null;
        $attempt->level = $result['level']['number'] ?? null;
        [$attempt->levellow, $attempt->levelhigh] = scale_results::level_margin($result, $result['levels'] ?? null);
    }
}
