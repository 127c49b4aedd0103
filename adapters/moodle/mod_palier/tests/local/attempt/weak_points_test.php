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
use mod_palier\local\engine\engine_factory;
use mod_palier\local\parameters\item_parameters;
use mod_palier\output\step_redirect;
use mod_palier\tests\failing_engine;
use mod_palier\tests\learner_testcase;

/**
 * The situations that adaptive tests in Moodle are known to break in, one test each.
 *
 * Two posts at one moment, in two processes, are in tests/moodle/learner_http.php of the project.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\step
 * @covers     \mod_palier\local\attempt\engine_step
 * @covers     \mod_palier\local\attempt\starter
 * @covers     \mod_palier\local\bank\question_use
 * @covers     \mod_palier\output\step_redirect
 */
final class weak_points_test extends learner_testcase {
    public function test_double_submit_in_the_same_session(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $fields = $this->fields($attempt, false);
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'answer', 1, $fields)->outcome);
        $again = step::post($attempt->id, 'answer', 1, $fields);
        $this->assertSame(outcome::STALE, $again->outcome);
        $this->assertSame(['started', 'asked', 'answered', 'asked'], $this->types($attempt));
        [$url, $message] = step_redirect::target($attempt, $again);
        $this->assertStringEndsWith("/mod/palier/attempt.php?attempt={$attempt->id}", $url->out(false));
        $this->assertSame(get_string('staleanswer', 'mod_palier'), $message);
        $this->assert_whole($attempt);
    }

    public function test_double_click_guard_is_the_one_that_core_has(): void {
        global $CFG;
        $page = file_get_contents("{$CFG->dirroot}/mod/palier/attempt.php");
        $this->assertStringContainsString("'core_question/question_engine', 'initForm', ['#responseform']", $page);
        $module = file_get_contents("{$CFG->dirroot}/question/amd/src/question_engine.js");
        $this->assertStringContainsString('export const initForm', $module);
    }

    public function test_two_tabs(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $taba = $this->fields($attempt, 'frog');
        $tabb = $this->fields($attempt, 'newt');
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'answer', 1, $taba)->outcome);
        $this->assertSame(outcome::STALE, step::post($attempt->id, 'answer', 1, $tabb)->outcome);
        $this->assertSame('frog', $this->event($attempt, 'answered')['response']);
        $this->assertSame('frog', attempt_repository::load($attempt->id)->full_quba()->get_response_summary(1));
        $this->assertCount(2, attempt_repository::load($attempt->id)->full_quba()->get_slots());
    }

    public function test_two_tabs_with_an_incomplete_response_in_one(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $tabb = $this->fields($attempt, 'frog');
        $this->assertSame(outcome::INVALID, $this->answer($attempt, '')->outcome);
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'answer', 1, $tabb)->outcome);
        $this->assertSame('frog', $this->event($attempt, 'answered')['response']);
    }

    public function test_reload_shows_the_same_question_with_the_same_order_of_options(): void {
        global $DB;
        $this->make_test(4, [], ['multichoice']);
        $attempt = $this->start();
        $writes = $DB->perf_get_writes();
        $shown = [];
        for ($i = 0; $i < 4; $i++) {
            $qa = attempt_repository::load($attempt->id)->quba()->get_question_attempt(1);
            $shown[] = [$qa->get_question_id(), $qa->get_question()->get_order($qa)];
        }
        $this->assertSame($writes, $DB->perf_get_writes());
        $this->assertCount(1, array_unique($shown, SORT_REGULAR));
        $this->assertCount(1, attempt_repository::load($attempt->id)->full_quba()->get_slots());
    }

    public function test_back_button(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $old = $this->fields($attempt, true);
        $this->answer($attempt, false);
        $this->answer($attempt, false);
        foreach (['answer', 'unknown', 'flag', 'unflag', 'draft', 'together', 'paper', 'pause', 'stop'] as $action) {
            $this->assertSame(outcome::STALE, step::post($attempt->id, $action, 1, $old)->outcome, $action);
        }
        $this->assertSame(['started', 'asked', 'answered', 'asked', 'answered', 'asked'], $this->types($attempt));
        $this->assertCount(3, attempt_repository::load($attempt->id)->full_quba()->get_slots());
    }

    public function test_back_button_after_the_end_leads_to_the_result(): void {
        $this->make_test(2);
        $attempt = $this->start();
        $old = $this->fields($attempt);
        $this->answer($attempt);
        $this->answer($attempt);
        $result = step::post($attempt->id, 'answer', 1, $old);
        $this->assertSame(outcome::STALE, $result->outcome);
        $this->assertFalse($result->over);
        [$url] = step_redirect::target($attempt, $result);
        $this->assertStringContainsString('/mod/palier/result.php', $url->out(false));
    }

    public function test_two_starts_give_one_attempt_and_one_question_usage(): void {
        global $DB;
        $this->make_test(6);
        $first = $this->start();
        $second = $this->start();
        $this->assertSame($first->id, $second->id);
        $this->assertSame(1, $DB->count_records('palier_attempt'));
        $this->assertSame(1, $DB->count_records('question_usages', ['component' => 'mod_palier']));
    }

    public function test_a_step_waits_for_another_one_and_then_says_so(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $factory = \core\lock\lock_config::get_lock_factory('mod_palier_attempt');
        $lock = $factory->get_lock((string) $attempt->id, 1);
        $this->assertNotFalse($lock, 'one lock for each attempt');
        $lock->release();
        [$url, $message] = step_redirect::target($attempt, new step_result(outcome::BUSY));
        $this->assertSame(get_string('busy', 'mod_palier'), $message);
    }

    public function test_a_forged_request_decides_nothing(): void {
        $this->make_test(6, [], ['shortanswer', 'truefalse']);
        $attempt = $this->start();
        $prefix = $attempt->quba()->get_field_prefix(1);
        $forged = $this->fields($attempt, false) + [
            'dl' => 10, 'difficulty' => 10, 'theta' => 4, 'score' => 1, 'fraction' => 1, 'item' => 'item-x', 'next' => 'item-x',
            'seq' => 99, 'slots' => '1,2,3', 'userid' => 2, 'state' => 'finished', 'ms' => 1,
            $prefix . '-mark' => 1, $prefix . '-maxmark' => 1, $prefix . '-comment' => 'good', $prefix . '-finish' => 1,
            $prefix . ':sequencecheck' => 99, $prefix . 'answer2' => ['a' => ['b']], $prefix . '_order' => '1,2',
            'nested' => ['a' => ['b' => 'c']],
        ];
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'answer', 1, $forged)->outcome);
        $event = $this->event($attempt, 'answered');
        $this->assertEquals(0, $event['fraction']);
        $this->assertNotSame('item-x', $event['item']);
        $this->assert_whole($attempt);
    }

    public function test_a_forged_slot_is_refused(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $fields = $this->fields($attempt);
        foreach ([0, 2, 99, -1] as $slot) {
            $this->assertSame(outcome::STALE, step::post($attempt->id, 'answer', $slot, $fields)->outcome);
        }
        $this->assertSame(outcome::STALE, step::post($attempt->id, 'win', 1, $fields)->outcome);
        $this->assertSame(['started', 'asked'], $this->types($attempt));
    }

    public function test_an_array_where_a_text_is_expected_is_no_error(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $name = $attempt->quba()->get_field_prefix(1) . 'answer';
        $this->assertSame(outcome::INVALID, step::post($attempt->id, 'answer', 1, [$name => ['x']])->outcome);
    }

    public function test_nobody_answers_for_another_person(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $this->assertTrue($attempt->access()->may_answer());
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
        $this->assertFalse(attempt_repository::load($attempt->id)->access()->may_answer());
        $this->assertFalse(attempt_repository::load($attempt->id)->access()->may_review());
        $this->setAdminUser();
        $this->assertFalse(attempt_repository::load($attempt->id)->access()->may_answer());
        $this->assertTrue(attempt_repository::load($attempt->id)->access()->may_review());
    }

    public function test_nothing_is_made_before_access_is_checked(): void {
        global $DB;
        $this->make_test(6, ['timeopen' => time() + DAYSECS]);
        try {
            $this->start();
            $this->fail('It began');
        } catch (\moodle_exception $e) {
            $this->assertSame('cannotstart', $e->errorcode);
        }
        $this->assertSame(0, $DB->count_records('palier_attempt'));
        $this->assertSame(0, $DB->count_records('question_usages', ['component' => 'mod_palier']));
        $this->assertSame(0, $DB->count_records('palier_event'));
    }

    public function test_a_question_on_screen_cannot_be_deleted(): void {
        global $DB;
        $this->make_test(6);
        $attempt = $this->start();
        $questionid = $attempt->quba()->get_question($attempt->slot)->id;
        $this->setAdminUser();
        question_delete_question($questionid);
        $this->assertTrue($DB->record_exists('question', ['id' => $questionid]));
        $this->assertSame('hidden', $DB->get_field('question_versions', 'status', ['questionid' => $questionid]));
        $this->setUser($this->learner);
        $this->assertSame(outcome::SAVED, $this->answer($attempt)->outcome);
        $this->assert_whole($attempt);
    }

    public function test_a_question_of_a_bank_in_use_cannot_be_deleted(): void {
        global $DB;
        $this->make_test(6);
        $this->setAdminUser();
        $this->assertFalse(palier_questions_in_use(array_column($this->palier->questions, 'id')));
        $this->setUser($this->learner);
        $this->start();
        foreach ($this->palier->questions as $question) {
            $this->assertTrue(palier_questions_in_use([$question->id]));
        }
        $this->assertFalse(palier_questions_in_use([]));
    }

    public function test_a_preview_does_not_hold_questions(): void {
        $this->make_test(6);
        $this->setAdminUser();
        $this->start(true);
        $this->assertFalse(palier_questions_in_use(array_column($this->palier->questions, 'id')));
    }

    public function test_a_question_that_vanished_while_on_screen_is_dropped_and_the_test_goes_on(): void {
        global $DB;
        $this->make_test(6);
        $attempt = $this->start();
        $this->answer($attempt);
        $attempt = attempt_repository::load($attempt->id);
        $fields = $this->fields($attempt);
        $this->vanish($attempt->quba()->get_question($attempt->slot)->id);
        $this->assertTrue((new shown_question(attempt_repository::load($attempt->id)))->is_missing());
        $result = step::post($attempt->id, 'answer', $attempt->slot, $fields);
        $this->assertSame(outcome::WITHDRAWN, $result->outcome);
        $this->assertSame('deleted', $this->event($attempt, 'dropped')['reason']);
        for ($i = 0; $i < 4; $i++) {
            $result = $this->answer($attempt);
        }
        $this->assertSame(outcome::FINISHED, $result->outcome);
        $this->assertSame(5, attempt_repository::load($attempt->id)->known()['n']);
    }

    public function test_a_question_that_vanished_before_it_is_asked_is_dropped_and_another_one_asked(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $shown = $attempt->quba()->get_question(1)->id;
        $gone = array_filter($this->palier->questions, fn($question) => $question->id != $shown);
        array_pop($gone);
        foreach ($gone as $question) {
            $this->vanish($question->id);
        }
        $result = $this->answer($attempt);
        $this->assertSame(outcome::SAVED, $result->outcome);
        $this->assertContains('dropped', $this->types($attempt));
        $result = $this->answer($attempt);
        $this->assertSame(outcome::FINISHED, $result->outcome);
        $this->assertSame(2, attempt_repository::load($attempt->id)->known()['n']);
        $this->assertNotNull(attempt_repository::load($attempt->id)->se);
    }

    public function test_a_question_that_nobody_but_a_person_can_mark_is_never_asked(): void {
        $this->make_test(4, [], ['essay', 'shortanswer']);
        $attempt = $this->start();
        do {
            $result = $this->answer($attempt);
        } while ($result->outcome === outcome::SAVED);
        $this->assertSame(outcome::FINISHED, $result->outcome);
        $this->assertSame(2, attempt_repository::load($attempt->id)->known()['n']);
        $this->assertNotContains('dropped', $this->types($attempt));
    }

    public function test_a_question_that_became_one_for_a_person_to_mark_is_dropped(): void {
        global $DB;
        $this->make_test(4, [], ['shortanswer']);
        $attempt = $this->start();
        $onscreen = $attempt->quba()->get_question($attempt->slot)->id;
        foreach ($DB->get_fieldset_select('question', 'id', 'qtype = ? AND id <> ?', ['shortanswer', $onscreen]) as $id) {
            $DB->set_field('question', 'qtype', 'essay', ['id' => $id]);
            $DB->insert_record('qtype_essay_options', ['questionid' => $id, 'graderinfo' => '', 'responsetemplate' => '']);
        }
        \cache::make('core', 'questiondata')->purge();
        do {
            $result = $this->answer($attempt);
        } while ($result->outcome === outcome::SAVED);
        $this->assertSame(outcome::FINISHED, $result->outcome);
        $this->assertSame('faulty', $this->event($attempt, 'dropped')['reason']);
    }

    public function test_a_question_edited_while_on_screen_keeps_its_version(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $question = $attempt->quba()->get_question(1);
        $this->setAdminUser();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $old = \question_bank::load_question_data($question->id);
        $new = $generator->update_question($old, null, [
            'name' => 'Edited',
            'questiontext' => ['text' => 'Other', 'format' => FORMAT_HTML],
        ]);
        $this->assertNotEquals($question->id, $new->id);
        $this->setUser($this->learner);
        $this->assertEquals($question->id, attempt_repository::load($attempt->id)->quba()->get_question(1)->id);
        $this->assertSame(outcome::SAVED, $this->answer($attempt)->outcome);
        $events = attempt_repository::load($attempt->id)->log()->events();
        $this->assertEquals($question->id, $events[2]->questionid);
        $this->assertSame((int) $new->id, engine_step::latest_question($question->questionbankentryid));
    }

    public function test_parameters_follow_a_question_that_is_edited(): void {
        $this->make_test(6, [], ['shortanswer']);
        $this->setAdminUser();
        $context = \core\context\module::instance($this->palier->cmid);
        $difficulties = fn() => array_column(bank::for_instance($this->palier, $context)->items(), 'b', 'item');
        $before = $difficulties();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $old = \question_bank::load_question_data($this->palier->questions[0]->id);
        $generator->update_question($old, null, ['questiontext' => ['text' => 'Other', 'format' => FORMAT_HTML]]);
        $this->assertSame($before, $difficulties());
        $this->assertCount(6, $before);
    }

    public function test_the_parameters_and_the_plan_of_an_attempt_never_change(): void {
        global $DB;
        $this->make_test(6);
        $attempt = $this->start();
        $this->answer($attempt);
        foreach ($this->palier->questions as $question) {
            $rows[get_question_bank_entry($question->id)->id] = [
                'model' => 'rasch', 'b' => '2.5', 'status' => 'operational', 'source' => 'import',
            ];
        }
        item_parameters::save($rows);
        $DB->set_field('palier', 'plan', '{"palier_plan":1,"stop":{"max_items":1}}', ['id' => $this->palier->id]);
        $this->assertSame(outcome::SAVED, $this->answer($attempt)->outcome);
        $this->assert_whole($attempt);
        $this->assertSame($attempt->bank()->hash, attempt_repository::load($attempt->id)->bank()->hash);
    }

    public function test_bank_exhausted_gives_the_result_with_its_margin(): void {
        $this->make_test(3, ['plan' => ['stop' => ['min_information' => 0]]]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt, false);
        $this->assertSame(outcome::FINISHED, $this->answer($attempt)->outcome);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame('bank_exhausted', $attempt->stopreason);
        $this->assertNotNull($attempt->theta);
        $this->assertGreaterThan(0.5, $attempt->se);
        $this->assertNotEmpty($attempt->known()['interval']);
    }

    public function test_resume_after_a_crash_between_steps(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $this->answer($attempt);
        // Nothing but the database is left: another process, another node, another session.
        \cache_helper::purge_all();
        $this->setUser($this->learner);
        $again = $this->start();
        $this->assertSame($attempt->id, $again->id);
        $this->assertSame(2, $again->slot);
        $this->assertSame(outcome::SAVED, $this->answer($again)->outcome);
        $this->assert_whole($again);
    }

    public function test_a_test_that_cannot_begin_for_the_moment_says_so_and_stays_ready(): void {
        global $DB;
        $this->preventResetByRollback();
        $this->make_test(6);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id], '*', MUST_EXIST);
        $away = new class (engine_factory::get()) extends failing_engine {
            /** @var string the call that fails. */
            public string $fails = 'compile';

            /**
             * Fails, where it is to.
             *
             * @param string $call
             */
            private function fail(string $call): void {
                if ($this->fails === $call) {
                    throw new \mod_palier\local\engine\engine_exception('Error', '/usr/bin/palier: 20 s');
                }
            }

            #[\Override]
            public function compile(array $items, string $outputpath): array {
                $this->fail('compile');
                return parent::compile($items, $outputpath);
            }

            #[\Override]
            public function start(
                \mod_palier\local\bank\bank $bank,
                string $planjson,
                int $seed,
                array $context,
                int $timems,
                ?array $told = null
            ): array {
                $this->fail('start');
                return parent::start($bank, $planjson, $seed, $context, $timems, $told);
            }
        };
        engine_factory::replace($away);
        foreach (['compile', 'start'] as $away->fails) {
            try {
                $this->start();
                $this->fail('It began');
            } catch (\moodle_exception $e) {
                $this->assertSame(get_string('engineaway_start', 'mod_palier'), $e->getMessage());
            }
            $this->assertDebuggingCalled();
            $this->assertTrue(\mod_palier\local\test\last_check::of($palier)['canrun'] ?? true);
            $this->assertSame(0, $DB->count_records('palier_attempt'));
        }
        $away->fails = '';
        $this->assertTrue($this->start()->is_open());
    }

    public function test_a_step_that_dies_in_the_middle_leaves_nothing_and_can_be_done_again(): void {
        global $DB;
        $this->preventResetByRollback();
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $fields = $this->fields($attempt, 'frog');
        $engine = new failing_engine(engine_factory::get());
        engine_factory::replace($engine);
        // The disk is full, the database is gone, the process is killed: the transaction is never committed.
        $engine->onstep = fn() => throw new \dml_write_exception('could not extend file: No space left on device');
        $before = $this->rows();
        try {
            step::post($attempt->id, 'answer', 1, $fields);
            $this->fail('It went on');
        } catch (\dml_write_exception $e) {
            $this->assertSame($before, $this->rows());
        }
        $engine->onstep = null;
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'answer', 1, $fields)->outcome);
        $this->assert_whole($attempt);
    }

    public function test_a_step_that_fails_after_the_question_is_stored_leaves_nothing(): void {
        global $DB;
        $this->preventResetByRollback();
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        // The event cannot be stored: its place is taken.
        $DB->insert_record('palier_event', (object) [
            'attemptid' => $attempt->id, 'seq' => 3, 'type' => 'paused', 'data' => '{"type":"paused"}', 'timecreated' => 0,
        ]);
        $before = $this->rows();
        try {
            step::post($attempt->id, 'answer', 1, $this->fields($attempt, 'frog'));
            $this->fail('It went on');
        } catch (\dml_exception $e) {
            $this->assertSame($before, $this->rows());
        }
    }

    public function test_the_engine_is_missing_in_the_middle(): void {
        $this->preventResetByRollback();
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $this->answer($attempt, 'frog');
        $fields = $this->fields($attempt, 'toad');
        engine_factory::replace(null);
        $result = step::post($attempt->id, 'answer', 2, $fields);
        $this->assertDebuggingCalled();
        $this->assertSame(outcome::ENGINE, $result->outcome);
        [$url, $message] = step_redirect::target($attempt, $result);
        $this->assertStringContainsString('attempt.php', $url->out(false));
        $this->assertSame(get_string('engineaway', 'mod_palier'), $message);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame(2, $attempt->slot);
        $this->assertSame('toad', $attempt->quba()->get_question_attempt(2)->get_last_qt_var('answer'));
        $this->assertSame(['started', 'asked', 'answered', 'asked'], $this->types($attempt));
        // It comes back.
        self::use_engine();
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'answer', 2, $fields)->outcome);
        $this->assert_whole($attempt);
    }

    public function test_the_compiled_bank_is_lost_in_the_middle(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $attempt->bank()->forget_file();
        $this->assertSame(outcome::SAVED, $this->answer($attempt)->outcome);
        $this->assert_whole($attempt);
    }

    public function test_other_device_or_two_activities_in_one_session(): void {
        $this->make_test(6);
        $one = $this->start();
        $first = $this->palier;
        $this->make_test(6);
        $two = $this->start();
        $this->answer($one);
        $this->answer($two, false);
        $this->answer($one);
        $this->assertSame(3, attempt_repository::load($one->id)->slot);
        $this->assertSame(2, attempt_repository::load($two->id)->slot);
        $this->assertEquals($first->id, attempt_repository::load($one->id)->palierid);
        $this->assert_whole($one);
        $this->assert_whole($two);
    }

    public function test_nothing_is_kept_in_the_session(): void {
        global $SESSION;
        $this->make_test(32);
        $attempt = $this->start();
        $before = strlen(serialize($SESSION));
        for ($i = 0; $i < 15; $i++) {
            $this->answer($attempt, $i % 2 === 0);
        }
        $this->assertLessThanOrEqual($before + 200, strlen(serialize($SESSION)));
    }

    public function test_time_out_is_the_closing_date_and_keeps_the_answers_before(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        $this->make_test(6, ['timeclose' => 1800000500]);
        $attempt = $this->start();
        $this->answer($attempt);
        $clock->bump(1000);
        $result = step::post($attempt->id, 'resume');
        $this->assertSame(outcome::CLOSED, $result->outcome);
        $this->assertTrue($result->over);
        $this->assertSame('time', attempt_repository::load($attempt->id)->stopreason);
        $this->assertNotNull(attempt_repository::load($attempt->id)->theta);
    }

    public function test_developer_debugging_shows_not_one_notice(): void {
        global $CFG;
        $CFG->debug = DEBUG_DEVELOPER;
        $CFG->debugdisplay = 1;
        $this->make_test(6, [], ['shortanswer', 'truefalse', 'multichoice', 'numerical']);
        ob_start();
        $attempt = $this->start();
        do {
            $result = $this->answer($attempt);
        } while ($result->outcome === outcome::SAVED);
        $this->assertSame('', ob_get_clean());
        $this->assertDebuggingNotCalled();
        $this->assertSame(outcome::FINISHED, $result->outcome);
    }

    public function test_an_activity_without_settings_of_its_own_runs(): void {
        global $DB;
        $this->make_test(3);
        $DB->set_field('palier', 'plan', '{"palier_plan":1}', ['id' => $this->palier->id]);
        $attempt = $this->start();
        do {
            $result = $this->answer($attempt);
        } while ($result->outcome === outcome::SAVED);
        $this->assertSame(outcome::FINISHED, $result->outcome);
    }

    public function test_attempts_are_deleted_with_all_that_belongs_to_them(): void {
        global $DB;
        $this->make_test(4);
        $attempt = $this->start();
        $this->answer($attempt);
        palier_reset_userdata((object) ['courseid' => $this->course->id, 'reset_palier' => 1, 'timeshift' => 0]);
        foreach (['palier_attempt', 'palier_event', 'palier_statement'] as $table) {
            $this->assertSame(0, $DB->count_records($table), $table);
        }
        $this->assertSame(0, $DB->count_records('question_usages', ['component' => 'mod_palier']));
        $this->setAdminUser();
        course_delete_module($this->palier->cmid);
        $this->assertSame(0, $DB->count_records('palier'));
        $this->assertSame(0, $DB->count_records('question_set_references', ['component' => 'mod_palier']));
    }

    /**
     * Takes a question out of the database, as no page of Moodle would.
     *
     * @param int $questionid
     */
    protected function vanish(int $questionid): void {
        global $DB;
        $DB->delete_records('question_versions', ['questionid' => $questionid]);
        $DB->delete_records('question', ['id' => $questionid]);
        \question_bank::notify_question_edited($questionid);
    }

    /**
     * How many rows there are of everything that a step writes, and the attempt's place.
     *
     * @return array
     */
    protected function rows(): array {
        global $DB;
        $rows = [];
        foreach (['question_usages', 'question_attempts', 'question_attempt_steps', 'question_attempt_step_data', 'palier_event',
                'palier_statement', 'palier_attempt'] as $table) {
            $rows[$table] = $DB->count_records($table);
        }
        return $rows + (array) $DB->get_record('palier_attempt', [], '*', IGNORE_MULTIPLE);
    }
}
