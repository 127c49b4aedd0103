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
use core\context\module as context_module;
use core\di;
use core\lock\lock_config;
use mod_palier\hook\before_attempt_start;
use mod_palier\local\bank\bank;
use mod_palier\local\bank\exposure_counts;
use mod_palier\local\bank\leftovers;
use mod_palier\local\engine\engine;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use mod_palier\local\test\check;
use mod_palier\local\test\last_check;
use mod_palier\local\test\overrides;
use mod_palier\local\xapi\outbox;
use moodle_exception;
use question_engine;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * Begins an attempt: one lock for each person and activity, one transaction.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class starter {
    /**
     * For a person at an activity.
     *
     * @param stdClass $palier row of palier
     * @param context_module $context
     * @param int $userid
     * @param bool $preview
     * @param string $password as it was typed
     * @param array|null $placement where the learner believes to be, of {@see self_placement::context()}
     */
    public function __construct(
        /** @var stdClass the activity */
        protected stdClass $palier,
        /** @var context_module its context */
        protected context_module $context,
        /** @var int who */
        protected int $userid,
        /** @var bool whether it is a preview */
        protected bool $preview = false,
        /** @var string the password that was typed */
        protected string $password = '',
        /** @var array|null where the learner believes to be */
        protected ?array $placement = null,
    ) {
        if (!$preview) {
            $this->palier = overrides::for_user($palier, $userid);
        }
    }

    /**
     * The attempt under way, or a new one.
     *
     * @return attempt
     */
    public function start(): attempt {
        $lock = lock_config::get_lock_factory('mod_palier_start')
            ->get_lock("{$this->palier->id}_{$this->userid}", step::LOCK_SECONDS);
        if (!$lock) {
            throw new moodle_exception('busy', 'mod_palier', $this->context->get_url());
        }
        try {
            return attempt_repository::open_of($this->palier->id, $this->userid, $this->preview) ?? $this->begin();
        } catch (engine_exception $e) {
            if ($this->preview) {
                throw $e;
            }
            // What the engine says is for whoever looks after it.
            debugging('mod_palier: ' . $e->getMessage(), DEBUG_NORMAL);
            $reason = get_string('engineaway_start', 'mod_palier');
            throw new moodle_exception('cannotstart', 'mod_palier', $this->context->get_url(), $reason);
        } finally {
            $lock->release();
        }
    }

    /**
     * A new attempt.
     *
     * @return attempt
     */
    protected function begin(): attempt {
        global $DB;
        $clock = di::get(clock::class);
        $attempts = attempt_repository::of_user($this->palier->id, $this->userid);
        if (!$this->preview) {
            $reason = (new start_rules($this->palier, $clock->time()))->reason_not_to_start($attempts)
                ?? (new access_rules($this->palier))->reason_not_to_start($this->password)
                ?? before_attempt_start::ask((int) $this->palier->id, $this->context, $this->userid);
            if ($reason !== null) {
                throw new moodle_exception('cannotstart', 'mod_palier', $this->context->get_url(), $reason);
            }
        }

        $engine = engine_factory::get();
        try {
            $bank = bank::for_instance($this->palier, $this->context);
        } catch (moodle_exception $e) {
            if (!$e instanceof engine_exception) {
                last_check::remember($this->palier, false, []);
            }
            throw $e;
        }
        $found = $this->preview ? ['can' => true] : check::can_run($this->palier, $bank);
        if (!$found['can']) {
            $reason = get_string('testnotready', 'mod_palier', implode(' ', $found['problems']));
            throw new moodle_exception('cannotstart', 'mod_palier', $this->context->get_url(), $reason);
        }
        $plan = self::plan_row($engine, $this->palier->plan);
        $timems = step::now_ms();

        $transaction = $DB->start_delegated_transaction();
        try {
            $attempt = $this->insert($engine, $bank, $plan, $timems);
            $exchange = new engine_step(
                $engine,
                $bank,
                $plan->plan,
                $attempt->quba(),
                fn(array $more): string => $attempt->log()->json($more),
                fn(array $events): ?array => outbox::context($attempt, $events),
                $timems
            );
            $exchange->start($attempt->seed, $this->session_context($bank, $plan->plan, intdiv($timems, 1000), $attempts));
            if ($exchange->slot === null) {
                throw new moodle_exception('nothingtoask', 'mod_palier', $this->context->get_url());
            }
            $exchange->store($attempt);
            $transaction->allow_commit();
        } catch (\Throwable $e) {
            $transaction->rollback($e);
        }
        event_trigger::started($attempt);
        return $attempt;
    }

    /**
     * Stores the row of a new attempt and its empty question usage.
     *
     * @param engine $engine
     * @param bank $bank
     * @param stdClass $plan row of palier_plan
     * @param int $timems
     * @return attempt
     */
    protected function insert(engine $engine, bank $bank, stdClass $plan, int $timems): attempt {
        global $DB;
        $quba = question_engine::make_questions_usage_by_activity('mod_palier', $this->context);
        $quba->set_preferred_behaviour('immediatefeedback');
        question_engine::save_questions_usage_by_activity($quba);

        $number = $DB->get_field(
            'palier_attempt',
            'MAX(attempt)',
            ['palierid' => $this->palier->id, 'userid' => $this->userid]
        );
        $row = (object) [
            'palierid' => $this->palier->id,
            'userid' => $this->userid,
            'attempt' => (int) $number + 1,
            'preview' => (int) $this->preview,
            'qubaid' => $quba->get_id(),
            'bankid' => $bank->id,
            'planid' => $plan->id,
            'seed' => random_int(0, 2 ** 53 - 1),
            'state' => attempt::INPROGRESS,
            'seq' => 0,
            'engineversion' => $engine->version(),
            'device' => $this->preview ? null : device::also(null),
            'closes' => $this->preview ? null : ($this->palier->overridden['timeclose'] ?? null),
            'timestart' => intdiv($timems, 1000),
            'timemodified' => intdiv($timems, 1000),
        ];
        $row->id = $DB->insert_record('palier_attempt', $row);
        $row->bankhash = $bank->hash;
        $row->planhash = $plan->hash;
        $row->plan = $plan->plan;
        $attempt = new attempt($row);
        $attempt->set_quba($quba);
        $attempt->log()->add([]);
        return $attempt;
    }

    /**
     * The stored row of a plan, made when the plan is new.
     *
     * @param engine $engine
     * @param string $planjson as the activity has it
     * @return stdClass row of palier_plan
     */
    public static function plan_row(engine $engine, string $planjson): stdClass {
        global $DB;
        $plan = $engine->plan($planjson);
        $key = ['hash' => $plan['hash']];
        if ($id = leftovers::to_begin_by('palier_plan', $key)) {
            return $DB->get_record('palier_plan', ['id' => $id], '*', MUST_EXIST);
        }
        try {
            $DB->insert_record('palier_plan', (object) ($key + [
                'plan' => $plan['normalised'],
                'timecreated' => di::get(clock::class)->time(),
            ]));
        } catch (\dml_write_exception $e) {
            // Another person began by the same new plan at the same moment: the row is there, or the error is real.
            if (!$DB->record_exists('palier_plan', $key)) {
                throw $e;
            }
        }
        return $DB->get_record('palier_plan', $key, '*', MUST_EXIST);
    }

    /**
     * What the engine has to know of the learner and of earlier attempts, by the plan's rules.
     *
     * @param bank $bank
     * @param string $planjson
     * @param int $now
     * @param attempt[] $attempts earlier ones of the learner here, oldest first
     * @return array
     */
    protected function session_context(bank $bank, string $planjson, int $now, array $attempts): array {
        $placement = $this->placement ? ['self_placement' => $this->placement] : [];
        if ($this->preview) {
            return $placement;
        }
        $plan = json_text::decode($planjson);
        $seen = $this->seen($bank, $plan['seen'] ?? [], $now);
        $counts = exposure_counts::wanted($plan) ? exposure_counts::of((int) $this->palier->id, $bank) : null;
        $earlier = (new earlier_result($this->palier, $attempts))->scales;
        return $placement + ($earlier ? ['earlier' => (object) $earlier] : []) + ($seen ? ['seen' => $seen] : [])
            + ($counts ? ['exposure' => ['counts' => $counts]] : []);
    }

    /**
     * The items that the learner met in earlier attempts.
     *
     * @param bank $bank
     * @param array $rule the plan's section seen
     * @param int $now
     * @return string[]
     */
    protected function seen(bank $bank, array $rule, int $now): array {
        global $DB;
        if (($rule['policy'] ?? 'exclude') === 'allow') {
            return [];
        }
        $since = isset($rule['within_days']) ? $now - DAYSECS * (int) $rule['within_days'] : 0;
        return $DB->get_fieldset_sql(
            "SELECT DISTINCT bi.item
               FROM {palier_attempt} a
               JOIN {palier_event} e ON e.attemptid = a.id AND e.type = 'asked'
               JOIN {question_versions} qv ON qv.questionid = e.questionid
               JOIN {palier_bank_item} bi ON bi.questionbankentryid = qv.questionbankentryid AND bi.bankid = :bankid
              WHERE a.userid = :userid AND a.preview = 0 AND e.timecreated >= :since
           ORDER BY bi.item",
            ['bankid' => $bank->id, 'userid' => $this->userid, 'since' => $since]
        );
    }
}
