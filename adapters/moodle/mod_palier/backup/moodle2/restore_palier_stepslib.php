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

/**
 * How a backup of an adaptive test becomes an activity.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\device;
use mod_palier\local\attempt\starter;
use mod_palier\local\bank\bank;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;
use mod_palier\local\engine\answer_shape;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\parameters\checked_values;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\test\calendar;
use mod_palier\local\test\next_steps;
use mod_palier\local\test\plan_builder;
use mod_palier\local\xapi\context_builder;
use mod_palier\local\xapi\outbox;

/**
 * Makes the activity, and with people's data their attempts.
 *
 * Plans and banks are kept by what they are: one that the site has already serves. Which question an item is, is told
 * by the question, for entries of the question bank have other ids here.
 */
class restore_palier_activity_structure_step extends restore_questions_activity_structure_step {
    /** @var string[] Events that are about an item of the bank. */
    private const ABOUT_ITEMS = ['asked', 'answered', 'unknown', 'skipped', 'timed_out', 'dropped', 'rescored'];

    /** @var stdClass|null The attempt that is being read, until its question usage is known. */
    private ?stdClass $attempt = null;

    /** @var int Id of the attempt made last; 0 when it was left out. */
    private int $attemptid = 0;

    /** @var int Id of the thread made last; 0 when it was left out. */
    private int $contestid = 0;

    /** @var int[] Attempts that turned out to be none: they go when all that belongs to them is there. */
    private array $unread = [];

    /** @var int[] Question usages of attempts that were left out: they go likewise. */
    private array $leftusages = [];

    /** @var stdClass|null The bank that is being read. */
    private ?stdClass $bank = null;

    /** @var int[] Items of that bank and their question bank entries. */
    private array $entries = [];

    /** @var int[] Question bank entries of parameters in the backup, to those here; 0 when they did not come along. */
    private array $parameterentries = [];

    /** @var array[] Parameters that came in, by question bank entry: checked and saved once all are there. */
    private array $parameters = [];

    /** @var array Old tag id to new. */
    private array $tags = [];

    #[\Override]
    protected function define_structure() {
        $palier = new restore_path_element('palier', '/activity/palier');
        $paths = [$palier];
        $this->add_question_set_references($palier, $paths);
        $paths[] = new restore_path_element('palier_nextstep', '/activity/palier/nextsteps/nextstep');
        $paths[] = new restore_path_element('palier_gradeitem', '/activity/palier/gradeitems/gradeitem');
        $paths[] = new restore_path_element('palier_filtertag', '/activity/palier/filtertags/filtertag');
        $paths[] = new restore_path_element('palier_parameter', '/activity/palier/parameters/parameter');
        $paths[] = new restore_path_element('palier_override', '/activity/palier/overrides/override');
        if ($this->get_setting_value('userinfo')) {
            $paths[] = new restore_path_element('palier_plan', '/activity/palier/plans/usedplan');
            $paths[] = new restore_path_element('palier_bank', '/activity/palier/banks/bank');
            $paths[] = new restore_path_element('palier_bankitem', '/activity/palier/banks/bank/bankitems/bankitem');
            $attempt = new restore_path_element('palier_attempt', '/activity/palier/attempts/attempt');
            $paths[] = $attempt;
            $this->add_question_usages($attempt, $paths);
            $paths[] = new restore_path_element('palier_event', '/activity/palier/attempts/attempt/events/event');
            $paths[] = new restore_path_element('palier_statement', '/activity/palier/attempts/attempt/statements/statement');
            $paths[] = new restore_path_element(
                'palier_scaleresult',
                '/activity/palier/attempts/attempt/scaleresults/scaleresult'
            );
            $contest = '/activity/palier/attempts/attempt/contests/contest';
            $paths[] = new restore_path_element('palier_contest', $contest);
            $paths[] = new restore_path_element('palier_contestmessage', "$contest/contestmessages/contestmessage");
            $paths[] = new restore_path_element('palier_former', '/activity/palier/attempts/attempt/formers/former');
        }
        return $this->prepare_activity_structure($paths);
    }

    /**
     * The activity.
     *
     * @param array $data
     */
    protected function process_palier($data) {
        global $DB;

        $data = (object) $data;
        $data->course = $this->get_courseid();
        // Dates follow the course.
        $data->timeopen = $this->apply_date_offset($data->timeopen);
        $data->timeclose = $this->apply_date_offset($data->timeclose);
        if ($data->grade < 0) {
            $data->grade = -$this->get_mappingid('scale', -$data->grade);
        }
        $data->plan = $this->plan_here((string) $data->plan);
        $plan = json_decode($data->plan);
        $data->purpose = $plan->purpose ?? 'positioning';
        $data->visibility = $plan->visibility ?? 'course';
        $newid = $DB->insert_record('palier', $data);
        $this->apply_activity_instance($newid);
    }

    /**
     * The activity's plan, as long as the engine takes it; else that of a new activity: every page reads it.
     *
     * @param string $plan as the backup says it
     * @return string JSON
     */
    private function plan_here(string $plan): string {
        $fault = self::is_object($plan) ? null : 'it is no JSON object';
        try {
            engine_factory::find()?->plan($plan);
        } catch (engine_exception $e) {
            // An engine that is away says nothing of the plan.
            $fault ??= $e->type === 'Error' ? null : $e->enginemessage;
        }
        if ($fault === null) {
            return $plan;
        }
        $this->log("plan of the activity left out, that of a new one is in its place: $fault", backup::LOG_WARNING);
        return plan_builder::from_form((object) plan_builder::defaults());
    }

    /**
     * Whether a text is a JSON object, as what reads it expects.
     *
     * @param string|null $json
     * @return bool
     */
    private static function is_object(?string $json): bool {
        return json_decode((string) $json) instanceof stdClass;
    }

    /**
     * What is other for a person or a group that is here.
     *
     * @param array $data
     */
    protected function process_palier_override($data) {
        global $DB, $USER;

        $data = (object) $data;
        foreach (['userid' => 'user', 'groupid' => 'group'] as $field => $mapping) {
            if ($data->$field !== null) {
                $data->$field = $this->get_mappingid($mapping, $data->$field) ?: null;
            }
        }
        if ($data->userid === null && $data->groupid === null) {
            return;
        }
        foreach (['timeopen', 'timeclose'] as $field) {
            $data->$field = empty($data->$field) ? $data->$field : $this->apply_date_offset($data->$field);
        }
        $data->palierid = $this->get_new_parentid('palier');
        $data->usermodified = $USER->id;
        $DB->insert_record('palier_override', $data);
    }

    /**
     * What is proposed below a result. What it leads to is looked for once all is there.
     *
     * @param array $data
     */
    protected function process_palier_nextstep($data) {
        global $DB;

        $data = (object) $data;
        if (!in_array($data->kind, next_steps::KINDS, true)) {
            $this->log("next step left out: its kind is not one of " . implode(', ', next_steps::KINDS), backup::LOG_WARNING);
            return;
        }
        $data->palierid = $this->get_new_parentid('palier');
        $DB->insert_record('palier_nextstep', $data);
    }

    /**
     * Which number the grade item of a competence has: core restores the items with their numbers.
     *
     * @param array $data
     */
    protected function process_palier_gradeitem($data) {
        global $DB;

        $data = (object) $data;
        $data->palierid = $this->get_new_parentid('palier');
        $DB->insert_record('palier_gradeitem', $data);
    }

    /**
     * Finds what the next steps lead to: the copy that came along, else the same one on the same site, else nothing, and the
     * text stays. A person is one whom a teacher may name here.
     */
    private function map_next_steps(): void {
        global $DB;

        $here = $this->task->is_samesite();
        foreach ($DB->get_records('palier_nextstep', ['palierid' => $this->task->get_activityid()]) as $step) {
            if ($step->kind === 'text') {
                continue;
            }
            [$mapping, $table] = ['course' => ['course', 'course'], 'activity' => ['course_module', 'course_modules'],
                'person' => ['user', 'user']][$step->kind];
            $new = $this->get_mappingid($mapping, $step->target, 0)
                ?: ($here && $DB->record_exists($table, ['id' => $step->target]) ? $step->target : 0);
            if ($step->kind === 'activity' && $new) {
                $course = $DB->get_field('course_modules', 'course', ['id' => $new]);
                $new = $course == $this->get_courseid() ? $new : 0;
            }
            if ($step->kind === 'person' && $new) {
                $people ??= next_steps::people(context_module::instance($this->task->get_moduleid()));
                $new = isset($people[$new]) ? $new : 0;
            }
            $kind = $new ? $step->kind : 'text';
            $DB->update_record('palier_nextstep', ['id' => $step->id, 'kind' => $kind, 'target' => $new]);
        }
    }

    /**
     * A tag that questions are chosen by.
     *
     * @param array $data
     */
    protected function process_palier_filtertag($data) {
        $collection = core_tag_area::get_collection('core_question', 'question');
        $tags = core_tag_tag::create_if_missing($collection, [$data['name']], true);
        $this->tags[$data['id']] = (int) reset($tags)->id;
    }

    /**
     * Which questions the activity chooses from. Core's own method knows one category, and quiz slots.
     *
     * @param array $data
     */
    public function process_question_set_reference($data) {
        global $DB;

        $data = (object) $data;
        $condition = question_filter::read((string) $data->filtercondition);
        if ($condition === null) {
            $this->log(
                'choice of questions left out: its filtercondition is not {"filter": {NAME: {"values": […]}}}',
                backup::LOG_WARNING
            );
            return;
        }
        $categories = array_values(array_filter(array_map(
            fn($category) => $this->category_here((int) $category, (int) $data->usingcontextid),
            $condition['filter']['category']['values'] ?? [],
        )));
        // Core reads a first one before the restore is over; see after_restore().
        $condition['filter']['category']['values'] = $categories ?: [0];
        $contextid = $categories ? $DB->get_field('question_categories', 'contextid', ['id' => $categories[0]]) : 0;
        $condition['cat'] = ($categories[0] ?? 0) . ',' . $contextid;
        $condition['cmid'] = $this->task->get_moduleid();
        $condition['courseid'] = $this->get_courseid();
        $DB->insert_record('question_set_references', (object) [
            'usingcontextid' => $this->task->get_contextid(),
            'component' => 'mod_palier',
            'questionarea' => question_filter::AREA,
            'itemid' => $this->get_new_parentid('palier'),
            'questionscontextid' => $contextid ?: $this->task->get_contextid(),
            'filtercondition' => json_encode($condition),
        ]);
    }

    /**
     * The category that a category of the backup is here; 0 when there is none.
     *
     * @param int $category
     * @param int $oldcontextid of the activity in the backup
     * @return int
     */
    private function category_here(int $category, int $oldcontextid): int {
        global $CFG, $DB;

        $original = $this->task->is_samesite() ? $DB->get_record('question_categories', ['id' => $category]) : false;
        $context = $original ? context::instance_by_id($original->contextid, IGNORE_MISSING) : false;
        // Whoever takes the test sees its questions: it leads to none that the restorer may not use.
        $usable = $context && has_capability('moodle/question:useall', $context, $this->task->get_userid());
        // From Moodle 5.0 on, question banks are shared: a copy goes on using the original.
        if ($usable && $CFG->branch >= 500 && $context->id != $oldcontextid) {
            return $category;
        }
        return (int) ($this->get_mappingid('question_category', $category) ?: ($usable ? $category : 0));
    }

    /**
     * The parameters of a question, unless it has some here. They are the question's wherever it is asked: they come in for a
     * question that was made now, or that the restorer may edit.
     *
     * @param array $data
     */
    protected function process_palier_parameter($data) {
        global $DB;

        $questionid = $this->question_here($data['questionid']);
        $question = current(bank_builder::read([$questionid])) ?: null;
        $entryid = (int) ($question->entryid ?? 0);
        // Backups of before 28 November 2026 do not say it, and have no enemies.
        $this->parameterentries[(int) ($data['questionbankentryid'] ?? 0)] = $entryid;
        if (!$question || $DB->record_exists('palier_param', ['questionbankentryid' => $entryid])) {
            return;
        }
        $made = $this->get_mappingid('question_created', $data['questionid']);
        if ($made || item_parameters::may_edit($question, $this->task->get_userid())) {
            $this->parameters[$entryid] = $data;
        } else {
            $this->log("parameters of question $questionid left out: the restorer may not edit it", backup::LOG_WARNING);
        }
    }

    /**
     * Saves the parameters that came in, but for those that no table of parameters could have. Enemies are questions of the
     * backup, too, and have their new places by now.
     */
    private function save_parameters(): void {
        $checked = new checked_values($this->parameters);
        foreach ($checked->faults as $entryid => $faults) {
            $this->log("parameters of question bank entry $entryid left out: " . implode(' ', $faults), backup::LOG_WARNING);
        }
        item_parameters::save(array_map(function (array $row): array {
            $entries = array_map(
                fn(int $old): int => $this->parameterentries[$old] ?? 0,
                item_parameters::enemies((object) $row)
            );
            return ['enemies' => item_parameters::enemies_text(array_filter($entries))] + $row;
        }, $checked->rows));
    }

    /**
     * A plan that attempts were taken by.
     *
     * @param array $data
     */
    protected function process_palier_plan($data) {
        if ($this->is_named($data['hash'], fn(): string => engine_factory::get()->plan($data['plan'])['hash'])) {
            $this->set_mapping('palier_plan', $data['id'], (int) starter::plan_row(engine_factory::get(), $data['plan'])->id);
        }
    }

    /**
     * Whether a plan or a bank has the name that the backup gives it: attempts of the whole site find theirs by it.
     *
     * @param string $hash what the backup says
     * @param callable $own the engine's own
     * @return bool
     */
    private function is_named(string $hash, callable $own): bool {
        try {
            return $own() === $hash;
        } catch (engine_exception $e) {
            // An engine that is away says nothing: better no restore than one without attempts.
            if ($e->type === 'Error') {
                throw $e;
            }
            return false;
        }
    }

    /**
     * A bank that attempts were taken with; it is stored once its items are known.
     *
     * @param array $data
     */
    protected function process_palier_bank($data) {
        $this->store_bank();
        $this->bank = (object) $data;
        $this->entries = [];
    }

    /**
     * Which question an item is.
     *
     * @param array $data
     */
    protected function process_palier_bankitem($data) {
        $entryid = $this->entry_of_question($data['questionid']);
        if ($entryid) {
            $this->entries[$data['item']] = $entryid;
        }
    }

    /**
     * Stores the bank that was read, unless the site has it with the same questions.
     */
    private function store_bank(): void {
        if ($this->bank === null) {
            return;
        }
        $items = json_decode($this->bank->items, true);
        if (is_array($items) && $this->is_named($this->bank->hash, fn(): string => bank::compile($items))) {
            $missing = count($items) - count($this->entries);
            if ($missing > 0) {
                $all = count($items);
                $this->log(
                    "$missing of $all questions of a bank did not come along: they cannot be asked here",
                    backup::LOG_WARNING
                );
            }
            $bank = bank::keep($this->bank->hash, $this->bank->items, $this->entries);
            $this->set_mapping('palier_bank', $this->bank->id, $bank->id);
        }
        $this->bank = null;
    }

    /**
     * An attempt; it is stored once its question usage is known.
     *
     * @param array $data
     */
    protected function process_palier_attempt($data) {
        $this->store_bank();
        $this->store_attempt();
        $data = (object) $data;
        $this->attemptid = 0;
        $data->userid = $this->get_mappingid('user', $data->userid, 0);
        if (!$data->userid) {
            $this->log("attempt {$data->id} left out: its learner is not here", backup::LOG_INFO);
            return;
        }
        $data->palierid = $this->get_new_parentid('palier');
        $data->attempt = $data->number;
        $data->preview = 0;
        $data->packageid = isset($data->packageid) ? 0 : null;
        $data->device = in_array($data->device ?? null, device::KINDS, true) ? $data->device : null;
        $data->bankid = $this->get_mappingid('palier_bank', $data->bankid);
        $data->planid = $this->get_mappingid('palier_plan', $data->planid);
        if (!$data->bankid || !$data->planid) {
            $this->log(
                "attempt {$data->id} left out: its plan or its bank is not the one that the backup names",
                backup::LOG_WARNING
            );
            return;
        }
        $fits = [
            'result' => answer_shape::is_kept_state(...),
            'differences' => fn(string $json): bool => self::is_object($json)
                && !array_filter((array) (json_decode($json)->told ?? []), fn($one): bool => !is_string($one->code ?? null)),
        ];
        foreach ($fits as $field => $fit) {
            if (isset($data->$field) && !$fit($data->$field)) {
                $this->log("attempt {$data->id} left out: its $field is not what the engine gives", backup::LOG_WARNING);
                return;
            }
        }
        $this->attempt = $data;
    }

    #[\Override]
    protected function inform_new_usage_id($newusageid) {
        if ($this->attempt === null) {
            $this->leftusages[] = $newusageid;
        }
        $this->store_attempt($newusageid);
    }

    /**
     * Stores the attempt that was read.
     *
     * @param int|null $usageid null when its answers were erased before the backup
     */
    private function store_attempt(?int $usageid = null): void {
        global $DB;

        if ($this->attempt === null) {
            return;
        }
        if ($usageid === null) {
            $context = context_module::instance($this->task->get_moduleid());
            $quba = question_engine::make_questions_usage_by_activity('mod_palier', $context);
            $quba->set_preferred_behaviour('deferredfeedback');
            question_engine::save_questions_usage_by_activity($quba);
            $usageid = $quba->get_id();
        }
        $this->attempt->qubaid = $usageid;
        $oldid = $this->attempt->id;
        $this->attemptid = $DB->insert_record('palier_attempt', $this->attempt);
        $this->set_mapping('palier_attempt', $oldid, $this->attemptid);
        $this->attempt = null;
    }

    /**
     * A row that belongs to the attempt read last.
     *
     * @param array $data
     * @return stdClass|null null when that attempt was left out
     */
    private function of_attempt(array $data): ?stdClass {
        $this->store_attempt();
        return $this->attemptid ? (object) (['attemptid' => $this->attemptid] + $data) : null;
    }

    /**
     * An event of the log.
     *
     * @param array $data
     */
    protected function process_palier_event($data) {
        global $DB;

        $data = $this->of_attempt($data);
        if (!$data) {
            return;
        }
        $event = json_decode((string) $data->data);
        $isevent = $event instanceof stdClass && ($event->type ?? null) === $data->type;
        if (!$isevent || (in_array($data->type, self::ABOUT_ITEMS, true) && !is_string($event->item ?? null))) {
            $this->log(
                "attempt {$this->attemptid} left out: its event {$data->seq} is no JSON object of type {$data->type}",
                backup::LOG_WARNING
            );
            $this->unread[] = $this->attemptid;
            $this->attemptid = 0;
            return;
        }
        $data->questionid = $data->questionid ? $this->get_mappingid('question', $data->questionid, null) : null;
        $DB->insert_record('palier_event', $data);
    }

    /**
     * A statement.
     *
     * It is never sent from here: it is what a file says, and not what the engine made of an attempt here. Its id names it
     * wherever it was sent. Where the site has it already, the one restored gets an id of its own.
     *
     * @param array $data
     */
    protected function process_palier_statement($data) {
        global $DB;

        $data = $this->of_attempt($data);
        if (!$data) {
            return;
        }
        $data->palierid = $this->get_new_parentid('palier');
        $data->userid = $DB->get_field('palier_attempt', 'userid', ['id' => $this->attemptid]);
        $data->statement = $data->statementtext;
        if (!self::is_object($data->statement)) {
            $this->log("statement {$data->uuid} left out: it is no JSON object", backup::LOG_WARNING);
            return;
        }
        if ($DB->record_exists('palier_statement', ['uuid' => $data->uuid])) {
            $statement = json_decode($data->statement, true);
            $data->uuid = context_builder::uuid5(context_builder::attempt_url($this->attemptid) . '#copy/' . $data->uuid);
            $statement['id'] = $data->uuid;
            $data->statement = outbox::encode($statement);
        }
        if ($data->state !== outbox::HELD) {
            $data->state = outbox::PARKED;
        }
        // One that is held is told by this from those that go when the learner shares.
        $data->error = get_string('outbox_copy', 'mod_palier');
        $DB->insert_record('palier_statement', $data);
    }

    /**
     * A thread.
     *
     * @param array $data
     */
    protected function process_palier_contest($data) {
        global $DB;

        $this->contestid = 0;
        $data = $this->of_attempt($data);
        if (!$data) {
            return;
        }
        $oldid = $data->id;
        $data->palierid = $this->get_new_parentid('palier');
        $data->userid = $DB->get_field('palier_attempt', 'userid', ['id' => $this->attemptid]);
        $data->questionid = $data->questionid ? $this->get_mappingid('question', $data->questionid, null) : null;
        $this->contestid = $DB->insert_record('palier_contest', $data);
        $this->set_mapping('palier_contest', $oldid, $this->contestid);
    }

    /**
     * A message of the thread read last. Whoever is not here wrote it without a name.
     *
     * @param array $data
     */
    protected function process_palier_contestmessage($data) {
        global $DB;

        if (!$this->contestid) {
            return;
        }
        $data = (object) $data;
        $data->contestid = $this->contestid;
        $data->userid = (int) $this->get_mappingid('user', $data->userid, 0);
        $DB->insert_record('palier_contest_message', $data);
    }

    /**
     * What an attempt found of a competence, a domain or all.
     *
     * @param array $data
     */
    protected function process_palier_scaleresult($data) {
        global $DB;

        $data = $this->of_attempt($data);
        if (!$data) {
            return;
        }
        $DB->insert_record('palier_attempt_scale', $data);
    }

    /**
     * A result that a correction replaced.
     *
     * @param array $data
     */
    protected function process_palier_former($data) {
        global $DB;

        $data = $this->of_attempt($data);
        if (!$data) {
            return;
        }
        if (isset($data->result) && !answer_shape::is_kept_state($data->result)) {
            $this->log("former result of attempt {$this->attemptid} left out: the engine gives no such one", backup::LOG_WARNING);
            return;
        }
        $data->usermodified = (int) $this->get_mappingid('user', $data->usermodified, 0);
        $DB->insert_record('palier_former', $data);
    }

    #[\Override]
    protected function after_execute() {
        $this->store_bank();
        $this->store_attempt();
        parent::after_execute();
        foreach ($this->unread as $attemptid) {
            attempt_repository::delete_all('id = ?', [$attemptid]);
        }
        foreach ($this->leftusages as $usageid) {
            question_engine::delete_questions_usage_by_activity($usageid);
        }
        $this->map_tags();
        $this->save_parameters();
        $this->add_related_files('mod_palier', 'intro', null);
    }

    /**
     * Categories of the activity's own question bank have found their place by now: says where. Where none is left, there is none.
     */
    protected function after_restore() {
        global $DB;

        $this->map_next_steps();
        // Core gives events of a person who did not come along to whoever restores.
        calendar::refresh($DB->get_record('palier', ['id' => $this->task->get_activityid()], '*', MUST_EXIST));

        $references = $DB->get_records('question_set_references', [
            'component' => 'mod_palier',
            'questionarea' => question_filter::AREA,
            'usingcontextid' => $this->task->get_contextid(),
        ]);
        foreach ($references as $reference) {
            $condition = question_filter::read($reference->filtercondition);
            $category = (int) ($condition['filter']['category']['values'][0] ?? 0);
            if (!$category) {
                $condition['filter']['category']['values'] = [];
                $DB->set_field('question_set_references', 'filtercondition', json_encode($condition), ['id' => $reference->id]);
                continue;
            }
            $contextid = $DB->get_field('question_categories', 'contextid', ['id' => $category]);
            if ($contextid && $contextid != $reference->questionscontextid) {
                $DB->set_field('question_set_references', 'questionscontextid', $contextid, ['id' => $reference->id]);
            }
        }
    }

    /**
     * Puts this site's tags into the choice of questions.
     */
    private function map_tags(): void {
        global $DB;

        if (!$this->tags) {
            return;
        }
        $key = [
            'component' => 'mod_palier',
            'questionarea' => question_filter::AREA,
            'itemid' => $this->get_new_parentid('palier'),
        ];
        $reference = $DB->get_record('question_set_references', $key);
        $condition = question_filter::read($reference->filtercondition ?? '');
        if (isset($condition['filter']['qtagids']['values'])) {
            $condition['filter']['qtagids']['values'] = array_map(
                fn($id) => $this->tags[$id] ?? (int) $id,
                $condition['filter']['qtagids']['values'],
            );
            $DB->set_field('question_set_references', 'filtercondition', json_encode($condition), ['id' => $reference->id]);
        }
    }

    /**
     * The question that a question of the backup is here: the one that came along, else, of a bank that is shared and did not,
     * the question itself, as long as it is there and the restorer may use it.
     *
     * @param int|string|null $oldid
     * @return int 0 when there is none
     */
    private function question_here($oldid): int {
        $questionid = $oldid ? (int) $this->get_mappingid('question', $oldid) : 0;
        if ($questionid || !$oldid || !$this->task->is_samesite()) {
            return $questionid;
        }
        $question = current(bank_builder::read([(int) $oldid]));
        $context = $question ? context::instance_by_id($question->contextid, IGNORE_MISSING) : false;
        $usable = $context && has_capability('moodle/question:useall', $context, $this->task->get_userid());
        return $usable ? (int) $oldid : 0;
    }

    /**
     * The question bank entry of a question of the backup; 0 when it did not come along.
     *
     * @param int|string|null $oldquestionid
     * @return int
     */
    private function entry_of_question($oldquestionid): int {
        global $DB;

        $questionid = $this->question_here($oldquestionid);
        return $questionid
            ? (int) $DB->get_field('question_versions', 'questionbankentryid', ['questionid' => $questionid])
            : 0;
    }
}
