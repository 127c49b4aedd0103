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

use cm_info;
use core\context\module as context_module;
use mod_palier\local\bank\bank;
use mod_palier\local\engine\json_text;
use question_engine;
use question_usage_by_activity;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * An attempt: one session of one learner.
 *
 * Holds a row of palier_attempt and reaches what belongs to it, each thing read once and when it is wanted.
 * It decides nothing: {@see step} changes it. {@see attempt_repository} finds it, {@see attempt_log} has its events,
 * {@see attempt_access} says who may see and do what.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class attempt {
    /** @var string State of an attempt that goes on. */
    public const INPROGRESS = 'inprogress';

    /** @var string State of an attempt that has its result. */
    public const FINISHED = 'finished';

    /** @var int Id of the row. */
    public int $id = 0;

    /** @var int The activity. */
    public int $palierid = 0;

    /** @var int Whose attempt it is. */
    public int $userid = 0;

    /** @var int Number of the attempt, from 1. */
    public int $attempt = 1;

    /** @var bool Whether it is a preview. */
    public bool $preview = false;

    /** @var int The question usage. */
    public int $qubaid = 0;

    /** @var int The bank it is taken with. */
    public int $bankid = 0;

    /** @var int The plan it is taken by. */
    public int $planid = 0;

    /** @var int Seed of the session. */
    public int $seed = 0;

    /** @var string One of the states above. */
    public string $state = self::INPROGRESS;

    /** @var int Number of events so far. */
    public int $seq = 0;

    /** @var int|null Slot on screen. */
    public ?int $slot = null;

    /** @var float|null Ability, as last known. */
    public ?float $theta = null;

    /** @var float|null Its standard error. */
    public ?float $se = null;

    /** @var int|null Level. */
    public ?int $level = null;

    /** @var int|null Lower end of the level's interval. */
    public ?int $levellow = null;

    /** @var int|null Upper end of the level's interval. */
    public ?int $levelhigh = null;

    /** @var string|null Why it stopped. */
    public ?string $stopreason = null;

    /** @var string Version of the engine that began it. */
    public string $engineversion = '';

    /** @var string|null What is known, as JSON: the state after the last event. */
    public ?string $result = null;

    /** @var int When the learner shared it, 0 when not. */
    public int $timeshared = 0;

    /** @var int When it began. */
    public int $timestart = 0;

    /** @var int When it last changed. */
    public int $timemodified = 0;

    /** @var int When it finished, 0 when not. */
    public int $timefinish = 0;

    /** @var int|null The package that it came back from, 0 for one of another site; null where it was taken here. */
    public ?int $packageid = null;

    /** @var array|null Of a package, what is claimed otherwise than the engine says: told, unchecked. */
    public ?array $differences = null;

    /** @var string|null On what it is taken, one of device::KINDS; null where that is not kept. */
    public ?string $device = null;

    /** @var int|null When the activity closes, 0 when never. */
    protected ?int $timeclose = null;

    /** @var string From which addresses it may be taken, empty for all; known where it was loaded to go on. */
    public string $subnet = '';

    /** @var stdClass|null Its plan: hash, plan. */
    protected ?stdClass $planrow = null;

    /** @var array The result as it was decoded last: its text and its value. */
    private array $decoded = [null, []];

    /** @var array The plan that was decoded last, of whatever attempt: its text and its value. */
    private static array $decodedplan = [null, []];

    /** @var bank|null Its bank. */
    protected ?bank $bank = null;

    /** @var stdClass|null Its activity. */
    protected ?stdClass $palier = null;

    /** @var cm_info|null Its course module. */
    protected ?cm_info $cm = null;

    /** @var stdClass|null Its course. */
    protected ?stdClass $course = null;

    /** @var attempt_log|null Its log. */
    protected ?attempt_log $log = null;

    /** @var question_usage_by_activity|null Its question usage, with the slot on screen alone. */
    protected ?question_usage_by_activity $quba = null;

    /**
     * An attempt out of a row.
     *
     * @param stdClass $row of palier_attempt, perhaps with bankhash, planhash and plan
     */
    public function __construct(stdClass $row) {
        foreach (['id', 'palierid', 'userid', 'attempt', 'qubaid', 'bankid', 'planid', 'seed', 'seq', 'timeshared',
                'timestart', 'timemodified', 'timefinish'] as $field) {
            $this->$field = (int) ($row->$field ?? 0);
        }
        foreach (['slot', 'level', 'levellow', 'levelhigh', 'packageid'] as $field) {
            $this->$field = isset($row->$field) ? (int) $row->$field : null;
        }
        foreach (['theta', 'se'] as $field) {
            $this->$field = isset($row->$field) ? (float) $row->$field : null;
        }
        $this->preview = !empty($row->preview);
        $this->state = $row->state;
        $this->stopreason = $row->stopreason ?? null;
        $this->device = $row->device ?? null;
        $this->engineversion = $row->engineversion ?? '';
        $this->result = $row->result ?? null;
        $this->differences = isset($row->differences) ? json_text::decode($row->differences) : null;
        $this->subnet = (string) ($row->subnet ?? '');
        $this->timeclose = isset($row->closes) ? (int) $row->closes : null;
        if (isset($row->bankhash)) {
            $this->bank = new bank($this->bankid, $row->bankhash);
            $this->timeclose ??= isset($row->timeclose) ? (int) $row->timeclose : null;
            $this->planrow = (object) ['hash' => $row->planhash, 'plan' => $row->plan];
        }
    }

    /**
     * Whether it goes on.
     *
     * @return bool
     */
    public function is_open(): bool {
        return $this->state === self::INPROGRESS;
    }

    /**
     * Whether it is too late to answer the question on screen.
     *
     * @param int $now
     * @return bool
     */
    public function is_over(int $now): bool {
        $this->timeclose ??= (int) $this->palier()->timeclose;
        return !$this->preview && $this->timeclose && $now > $this->timeclose + start_rules::GRACE;
    }

    /**
     * The activity's name.
     *
     * @return string formatted
     */
    public function name(): string {
        return $this->cm()->get_formatted_name();
    }

    /**
     * Whether its result may be seen by trainers, sent and graded.
     *
     * @return bool
     */
    public function is_shared(): bool {
        return $this->timeshared > 0 || !self::is_private_plan($this->plan());
    }

    /**
     * Whether it is a practice: right and wrong are shown after each answer.
     *
     * @return bool
     */
    public function is_practice(): bool {
        return self::is_practice_plan($this->plan());
    }

    /**
     * Whether a plan is that of a practice.
     *
     * @param array $plan decoded
     * @return bool
     */
    public static function is_practice_plan(array $plan): bool {
        return ($plan['purpose'] ?? '') === 'practice';
    }

    /**
     * Whether it makes a grade and statements: a practice does where the teacher wants it, what came from a package does not.
     *
     * @return bool
     */
    public function counts(): bool {
        return $this->packageid === null && (!$this->is_practice() || !empty($this->palier()->gradepractice));
    }

    /**
     * Whether results by a plan belong to the learner alone until they are shared.
     *
     * @param array $plan decoded
     * @return bool
     */
    public static function is_private_plan(array $plan): bool {
        return ($plan['visibility'] ?? 'course') === 'after_sharing';
    }

    /**
     * The activity.
     *
     * @return stdClass row of palier
     */
    public function palier(): stdClass {
        global $DB;
        return $this->palier ??= $DB->get_record('palier', ['id' => $this->palierid], '*', MUST_EXIST);
    }

    /**
     * The course module.
     *
     * @return cm_info
     */
    public function cm(): cm_info {
        if (!$this->cm) {
            [$this->course, $this->cm] = get_course_and_cm_from_instance($this->palierid, 'palier');
        }
        return $this->cm;
    }

    /**
     * The course.
     *
     * @return stdClass
     */
    public function course(): stdClass {
        $this->cm();
        return $this->course;
    }

    /**
     * The context of the activity.
     *
     * @return context_module
     */
    public function context(): context_module {
        return $this->cm()->context;
    }

    /**
     * The bank.
     *
     * @return bank
     */
    public function bank(): bank {
        return $this->bank ??= bank::load($this->bankid);
    }

    /**
     * The plan, as text, its defaults filled in.
     *
     * @return string JSON
     */
    public function plan_json(): string {
        return $this->plan_row()->plan;
    }

    /**
     * The plan, to read settings of the host out of it.
     *
     * @return array
     */
    public function plan(): array {
        // Whoever reads thousands of attempts reads few plans.
        $json = $this->plan_json();
        if (self::$decodedplan[0] !== $json) {
            self::$decodedplan = [$json, json_text::decode($json)];
        }
        return self::$decodedplan[1];
    }

    /**
     * The row of the plan.
     *
     * @return stdClass
     */
    protected function plan_row(): stdClass {
        global $DB;
        return $this->planrow ??= $DB->get_record('palier_plan', ['id' => $this->planid], 'hash, plan', MUST_EXIST);
    }

    /**
     * The hash of the plan.
     *
     * @return string
     */
    public function plan_hash(): string {
        return $this->plan_row()->hash;
    }

    /**
     * The log.
     *
     * @return attempt_log
     */
    public function log(): attempt_log {
        return $this->log ??= new attempt_log($this);
    }

    /**
     * Who may see and do what.
     *
     * @return attempt_access
     */
    public function access(): attempt_access {
        return new attempt_access($this);
    }

    /**
     * What is known now: the engine's state after the last event.
     *
     * @return array
     */
    public function known(): array {
        if ($this->result === null) {
            return [];
        }
        if ($this->decoded[0] !== $this->result) {
            $this->decoded = [$this->result, json_text::decode($this->result)];
        }
        $result = $this->decoded[1];
        // Version 0.1.0 stored no such word: there was a result where the row got one.
        return $result + ['known' => $this->theta !== null && (empty($result['level']) || $this->level !== null)];
    }

    /**
     * The question usage with the slot on screen alone, so that a step costs the same at any length.
     *
     * @return question_usage_by_activity
     */
    public function quba(): question_usage_by_activity {
        return $this->quba ??= slot_usage::load($this->qubaid, $this->slot ?? 0);
    }

    /**
     * The question usage with all that was shown.
     *
     * @return question_usage_by_activity
     */
    public function full_quba(): question_usage_by_activity {
        return question_engine::load_questions_usage_by_activity($this->qubaid);
    }

    /**
     * Gives the attempt the question usage that is being made for it.
     *
     * @param question_usage_by_activity $quba
     */
    public function set_quba(question_usage_by_activity $quba): void {
        $this->quba = $quba;
    }

    /**
     * The row's fields that steps change, for the database.
     *
     * @return stdClass
     */
    public function changes(): stdClass {
        return (object) [
            'id' => $this->id,
            'state' => $this->state,
            'seq' => $this->seq,
            'slot' => $this->slot,
            'theta' => self::decimal($this->theta),
            'se' => self::decimal($this->se),
            'level' => $this->level,
            'levellow' => $this->levellow,
            'levelhigh' => $this->levelhigh,
            'stopreason' => $this->stopreason,
            'result' => $this->result,
            'device' => $this->device,
            'timemodified' => $this->timemodified,
            'timefinish' => $this->timefinish,
        ];
    }

    /**
     * A double as a decimal that is read back as the same double.
     *
     * @param float|null $value
     * @return string|null
     */
    public static function decimal(?float $value): ?string {
        return $value === null ? null : sprintf('%.20F', $value);
    }
}
