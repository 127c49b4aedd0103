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
use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\exposure_counts;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\parameters\item_parameters;
use mod_palier\tests\learner_testcase;

/**
 * One step: what is recorded, and what comes next.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\step
 * @covers     \mod_palier\local\attempt\engine_step
 * @covers     \mod_palier\local\attempt\starter
 */
final class step_test extends learner_testcase {
    public function test_a_whole_test(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $this->assertSame(1, $attempt->slot);
        $this->assertSame(['started', 'asked'], $this->types($attempt));
        for ($i = 1; $i < 6; $i++) {
            $result = $this->answer($attempt, $i % 2 === 0);
            $this->assertSame(outcome::SAVED, $result->outcome);
            $this->assertSame($i + 1, $result->attempt->slot);
        }
        $result = $this->answer($attempt);
        $this->assertSame(outcome::FINISHED, $result->outcome);
        $this->assertTrue($result->over);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame(attempt::FINISHED, $attempt->state);
        $this->assertContains($attempt->stopreason, ['max_items', 'bank_exhausted']);
        $this->assertNull($attempt->slot);
        $this->assertNotNull($attempt->theta);
        $this->assertGreaterThan(0, $attempt->se);
        $this->assertEqualsWithDelta($attempt->known()['theta'], $attempt->theta, 1e-15);
        $this->assertSame(6, $attempt->known()['n']);
        $this->assert_whole($attempt);
    }

    public function test_an_answer_is_marked_by_the_question_engine(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $this->answer($attempt, 'toad');
        $event = $this->event($attempt, 'answered');
        $this->assertSame('toad', $event['response']);
        $this->assertEqualsWithDelta(0.8, $event['fraction'], 1e-9);
        $this->assertGreaterThanOrEqual(0, $event['ms']);
        $this->assertSame(0.8, (float) attempt_repository::load($attempt->id)->full_quba()->get_question_fraction(1));
    }

    public function test_part_of_the_marks_is_a_step_of_the_question(): void {
        $this->make_test(6, [], ['shortanswer']);
        $this->setAdminUser();
        $builder = bank_builder::for_instance((int) $this->palier->id, \core\context\module::instance($this->palier->cmid));
        $row = ['model' => 'gpcm', 'a' => '1', 'steps' => '{"b1":-0.5,"b2":0.5}'];
        item_parameters::save(array_map(fn() => $row, $builder->questions()));
        $this->setUser($this->learner);
        $attempt = $this->start();
        foreach (['toad', true, false] as $answer) {
            $this->answer($attempt, $answer);
        }
        $attempt = attempt_repository::load($attempt->id);
        $record = engine_factory::get()->replay($attempt->bank(), $attempt->plan_json(), $attempt->log()->json());
        $this->assertSame([1, 2, 0], array_slice(array_column($record['steps'], 'category'), 0, 3));
        $this->assert_whole($attempt);
    }

    public function test_the_time_taken_is_measured_by_the_server(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        $this->make_test(6);
        $attempt = $this->start();
        $clock->bump(7);
        $this->answer($attempt);
        $this->assertSame(7000, $this->event($attempt, 'answered')['ms']);
    }

    public function test_a_pause_is_not_counted_as_time_taken(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        $this->make_test(6);
        $attempt = $this->start();
        $clock->bump(100);
        step::post($attempt->id, 'pause', 1);
        $clock->bump(5000);
        step::post($attempt->id, 'resume');
        $clock->bump(3);
        $this->answer($attempt);
        // A hundred seconds before the pause, three after it.
        $this->assertSame(103000, $this->event($attempt, 'answered')['ms']);
    }

    public function test_i_do_not_know_is_an_answer(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $result = step::post($attempt->id, 'unknown', 1, $this->fields($attempt, true));
        $this->assertSame(outcome::SAVED, $result->outcome);
        $this->assertSame(['started', 'asked', 'unknown', 'asked'], $this->types($attempt));
        $quba = attempt_repository::load($attempt->id)->full_quba();
        $this->assertEquals(\question_state::$gaveup, $quba->get_question_state(1));
        $this->assertNull($quba->get_question_fraction(1));
        $this->assert_whole($attempt);
    }

    public function test_i_do_not_know_forgets_what_was_typed_before_a_pause(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        step::post($attempt->id, 'pause', 1, $this->fields($attempt, 'frog'));
        step::post($attempt->id, 'resume');
        step::post($attempt->id, 'unknown', 1);
        $this->assertEquals(\question_state::$gaveup, attempt_repository::load($attempt->id)->full_quba()->get_question_state(1));
    }

    public function test_an_incomplete_response_is_shown_again_and_is_no_step(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $result = $this->answer($attempt, '');
        $this->assertSame(outcome::INVALID, $result->outcome);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame(['started', 'asked'], $this->types($attempt));
        $this->assertSame(2, $attempt->seq);
        $this->assertEquals(\question_state::$invalid, $attempt->quba()->get_question_state(1));
        $this->assertSame(outcome::SAVED, $this->answer($attempt, 'frog')->outcome);
        $this->assert_whole($attempt);
    }

    public function test_an_invalid_number_is_shown_again_and_is_no_step(): void {
        $this->make_test(4, [], ['numerical']);
        $attempt = $this->start();
        $this->assertSame(outcome::INVALID, $this->answer($attempt, 'about three')->outcome);
        $this->assertSame(outcome::SAVED, $this->answer($attempt, '3.14')->outcome);
        $this->assertEquals(1, $this->event($attempt, 'answered')['fraction']);
    }

    public function test_a_partly_answered_question_is_shown_again(): void {
        $this->make_test(3, [], ['match']);
        $attempt = $this->start();
        $fields = $this->fields($attempt);
        $result = step::post($attempt->id, 'answer', 1, array_slice($fields, 0, 1, true));
        $this->assertSame(outcome::INVALID, $result->outcome);
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'answer', 1, $fields)->outcome);
    }

    public function test_pause_keeps_what_was_typed(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $result = step::post($attempt->id, 'pause', 1, $this->fields($attempt, 'half a wo'));
        $this->assertSame(outcome::PAUSED, $result->outcome);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertTrue($attempt->log()->is_paused());
        $this->assertSame('half a wo', $attempt->quba()->get_question_attempt(1)->get_last_qt_var('answer'));
        $this->assertSame(outcome::RESUMED, step::post($attempt->id, 'resume')->outcome);
        $this->assertFalse(attempt_repository::load($attempt->id)->log()->is_paused());
        $this->assertSame(['started', 'asked', 'paused', 'resumed'], $this->types($attempt));
        $this->assertSame(outcome::SAVED, $this->answer($attempt)->outcome);
        $this->assert_whole($attempt);
    }

    public function test_pausing_twice_is_pausing_once(): void {
        $this->make_test(6);
        $attempt = $this->start();
        step::post($attempt->id, 'pause', 1);
        step::post($attempt->id, 'pause', 1);
        step::post($attempt->id, 'resume');
        step::post($attempt->id, 'resume');
        $this->assertSame(['started', 'asked', 'paused', 'resumed'], $this->types($attempt));
    }

    public function test_an_answer_from_a_page_opened_before_a_pause_counts(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $fields = $this->fields($attempt);
        step::post($attempt->id, 'pause', 1);
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'answer', 1, $fields)->outcome);
        $this->assertSame(['started', 'asked', 'paused', 'resumed', 'answered', 'asked'], $this->types($attempt));
        $this->assert_whole($attempt);
    }

    public function test_stop_here_gives_a_result_with_its_margin(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $this->answer($attempt);
        $result = step::post($attempt->id, 'stop', 2);
        $this->assertSame(outcome::FINISHED, $result->outcome);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame('learner', $attempt->stopreason);
        $this->assertNotNull($attempt->se);
        $this->assertSame(1, $attempt->known()['n']);
        $this->assertSame(outcome::FINISHED, step::post($attempt->id, 'stop')->outcome);
        $this->assertSame(['started', 'asked', 'answered', 'asked', 'stopped'], $this->types($attempt));
    }

    public function test_a_question_can_be_reported(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $this->assertSame(outcome::FLAGGED, step::post($attempt->id, 'flag', 1, $this->fields($attempt, 'fro'))->outcome);
        $qa = attempt_repository::load($attempt->id)->quba()->get_question_attempt(1);
        $this->assertTrue((bool) $qa->is_flagged());
        $this->assertSame('fro', $qa->get_last_qt_var('answer'));
        $this->assertSame(['started', 'asked'], $this->types($attempt));
        step::post($attempt->id, 'flag', 1);
        $this->assertTrue((bool) attempt_repository::load($attempt->id)->quba()->get_question_attempt(1)->is_flagged());
        step::post($attempt->id, 'unflag', 1);
        $this->assertFalse((bool) attempt_repository::load($attempt->id)->quba()->get_question_attempt(1)->is_flagged());
    }

    public function test_a_long_response_is_cut_in_the_log_alone(): void {
        $this->make_test(4, [], ['shortanswer']);
        $attempt = $this->start();
        $this->answer($attempt, str_repeat('é', 5000));
        $this->assertSame(4000, \core_text::strlen($this->event($attempt, 'answered')['response']));
        $this->assertSame(5000, \core_text::strlen(attempt_repository::load($attempt->id)->full_quba()->get_response_summary(1)));
    }

    public function test_doubles_survive_the_database(): void {
        $this->make_test(6);
        $attempt = $this->start();
        $this->answer($attempt);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame($attempt->known()['theta'], $attempt->theta);
        $this->assertSame($attempt->known()['se'], $attempt->se);
    }

    public function test_seen_items_are_told_to_the_engine(): void {
        $this->make_test(6, ['plan' => ['seen' => ['policy' => 'exclude'], 'stop' => ['max_items' => 2]]]);
        $first = $this->start();
        $this->answer($first);
        $this->answer($first);
        $second = $this->start();
        $this->assertNotSame($first->id, $second->id);
        $this->assertSame(2, $second->attempt);
        $asked = fn($attempt) => array_column(array_filter(
            array_map(fn($event) => json_decode($event->data, true), attempt_repository::load($attempt->id)->log()->events()),
            fn($event) => $event['type'] === 'asked'
        ), 'item');
        $this->answer($second);
        $this->assertEqualsCanonicalizing($asked($first), $this->event($second, 'started')['seen']);
        $this->assertEmpty(array_intersect($asked($first), $asked($second)));
    }

    public function test_no_question_is_asked_in_more_than_its_share_of_attempts(): void {
        $this->make_test(6, ['plan' => [
            'seen' => ['policy' => 'allow'],
            'stop' => ['max_items' => 1],
            'selection' => ['criterion' => 'mfi'],
            'exposure' => ['control' => 'maximum_rate', 'max_rate' => 0.5],
        ]]);
        $asked = [];
        $left = [];
        for ($i = 0; $i < 8; $i++) {
            $attempt = $this->start();
            $asked[] = $this->event($attempt, 'asked')['item'];
            $left[] = $this->event($attempt, 'started')['exposure']['ineligible'];
            $this->answer($attempt);
        }
        $this->assertSame([[]], $left[0]);
        $this->assertSame([[$asked[0]]], $left[1]);
        // A rate is at most the share and one session; without counts the same question comes each time.
        $this->assertLessThanOrEqual(0.5 * 8 + 1, max(array_count_values($asked)));
        $this->assertGreaterThan(1, count(array_unique($asked)));
        $this->assertArrayNotHasKey('exposure', $this->event($this->start(true), 'started'));
    }

    public function test_items_that_were_left_out_are_counted_for_eligibility(): void {
        global $DB;
        $this->make_test(6, ['plan' => [
            'seen' => ['policy' => 'allow'],
            'stop' => ['max_items' => 1],
            'selection' => ['criterion' => 'mfi'],
            'exposure' => ['control' => 'eligibility', 'max_rate' => 0.2],
        ]]);
        for ($i = 0; $i < 6; $i++) {
            $attempt = $this->start();
            $this->answer($attempt);
        }
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        $counts = exposure_counts::of(
            (int) $palier->id,
            bank::for_instance($palier, \core\context\module::instance($this->palier->cmid))
        );
        $this->assertSame([6], $counts['sessions']);
        $items = (array) $counts['items'];
        $this->assertSame(6, array_sum(array_map(fn($item) => $item['asked'][0], $items)));
        $left = [];
        foreach ($DB->get_fieldset('palier_attempt', 'id', ['palierid' => $palier->id]) as $id) {
            $begun = json_decode($DB->get_field('palier_event', 'data', ['attemptid' => $id, 'seq' => 0]), true);
            $left = array_merge($left, $begun['exposure']['ineligible'][0]);
        }
        $this->assertNotEmpty($left);
        $this->assertSame(count($left), array_sum(array_map(fn($item) => $item['ineligible'][0], $items)));
    }

    public function test_a_plan_with_segments_of_ability_is_refused_in_words(): void {
        $this->make_test(6, ['plan' => [
            'stop' => ['max_items' => 1],
            'exposure' => ['control' => 'eligibility', 'max_rate' => 0.2, 'segments' => [0]],
        ]]);
        try {
            $this->preventResetByRollback();
            $this->start();
            $this->fail('It began');
        } catch (\moodle_exception $e) {
            $this->assertSame('cannotstart', $e->errorcode);
            $this->assertStringContainsString(get_string('plansegments', 'mod_palier'), $e->getMessage());
        }
    }

    public function test_seen_items_are_forgotten_after_the_plans_days(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        $this->make_test(6, ['plan' => ['seen' => ['policy' => 'exclude', 'within_days' => 10], 'stop' => ['max_items' => 1]]]);
        $this->answer($this->start());
        $clock->bump(11 * DAYSECS);
        $this->assertArrayNotHasKey('seen', $this->event($this->start(), 'started'));
    }

    public function test_nobody_begins_when_nothing_is_left_to_ask(): void {
        global $DB;
        $this->make_test(2, ['plan' => ['seen' => ['policy' => 'exclude']]]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        try {
            $this->preventResetByRollback();
            $this->start();
            $this->fail('It began');
        } catch (\moodle_exception $e) {
            $this->assertSame('nothingtoask', $e->errorcode);
        }
    }

    public function test_retakes_and_dates_are_enforced(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        $this->make_test(2, [
            'timeopen' => 1800000100,
            'timeclose' => 1800000000 + 10 * DAYSECS,
            'plan' => ['seen' => ['policy' => 'allow'], 'retake' => ['max_attempts' => 2, 'delay_days' => 1]],
        ]);
        $this->assert_cannot_start();
        $clock->bump(200);
        $attempt = $this->start();
        $this->assertSame($attempt->id, $this->start()->id);
        $this->answer($attempt);
        $this->answer($attempt);
        $this->assert_cannot_start();
        $clock->bump(DAYSECS + 1);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        $clock->bump(2 * DAYSECS);
        $this->assert_cannot_start();
        $this->setAdminUser();
        $this->assertTrue($this->start(true)->preview);
    }

    public function test_after_the_closing_date_the_answers_before_make_the_result(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        $this->make_test(4, ['timeclose' => 1800001000]);
        $attempt = $this->start();
        $this->answer($attempt);
        $clock->bump(1030);
        $this->assertSame(outcome::SAVED, $this->answer($attempt)->outcome);
        $clock->bump(100);
        $result = $this->answer($attempt);
        $this->assertSame(outcome::CLOSED, $result->outcome);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame('time', $attempt->stopreason);
        $this->assertSame(2, $attempt->known()['n']);
    }

    public function test_an_attempt_that_is_open_after_the_closing_date_is_ended_by_a_task(): void {
        global $DB;
        $clock = $this->mock_clock_with_frozen(1800000000);
        $this->make_test(6, ['timeclose' => 1800001000, 'grade' => 100]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        $run = function (): string {
            ob_start();
            (new \mod_palier\task\finish_attempts())->execute();
            return ob_get_clean();
        };
        $clock->bump(1030);
        $run();
        $this->assertTrue(attempt_repository::load($attempt->id)->is_open());
        $clock->bump(DAYSECS);
        $this->setAdminUser();
        $this->assertStringContainsString('1 attempts ended', $run());
        $ended = attempt_repository::load($attempt->id);
        $this->assertSame(['finished', 'time'], [$ended->state, $ended->stopreason]);
        $this->assertSame(2, $ended->known()['n']);
        $this->assertNull($DB->get_field('palier_attempt', 'due', ['id' => $attempt->id]));
        $this->assert_whole($ended);
        $this->assertStringContainsString('0 attempts ended', $run());
    }

    public function test_a_bank_whose_questions_did_not_come_along_ends_the_test_with_what_is_known(): void {
        global $DB;
        $this->make_test(20, ['plan' => ['stop' => ['max_items' => 15]]]);
        $attempt = $this->start();
        for ($i = 0; $i < 3; $i++) {
            $this->answer($attempt);
        }
        $shown = json_decode(attempt_repository::load($attempt->id)->log()->last(['asked'])->data)->item;
        // A copy of the activity knows none of the others any more.
        $DB->delete_records_select('palier_bank_item', 'bankid = ? AND item <> ?', [$attempt->bankid, $shown]);
        $result = $this->answer($attempt);
        $this->assertSame(outcome::FINISHED, $result->outcome);
        $ended = attempt_repository::load($attempt->id);
        $this->assertSame(['finished', 'unavailable'], [$ended->state, $ended->stopreason]);
        $this->assertSame(4, $ended->known()['n']);
        $this->assertTrue($ended->known()['known']);
        $dropped = array_filter($this->types($attempt), fn($type) => $type === 'dropped');
        $this->assertCount(engine_step::MOST_GONE, $dropped);
        $this->assert_whole($ended);
    }

    public function test_a_few_questions_that_are_gone_do_not_end_the_test(): void {
        global $DB;
        $this->make_test(20, ['plan' => ['stop' => ['max_items' => 15]]]);
        $attempt = $this->start();
        $shown = json_decode(attempt_repository::load($attempt->id)->log()->last(['asked'])->data)->item;
        $others = array_keys($DB->get_records_select(
            'palier_bank_item',
            'bankid = ? AND item <> ?',
            [$attempt->bankid, $shown],
            'item',
            'id',
            0,
            2
        ));
        $DB->delete_records_list('palier_bank_item', 'id', $others);
        for ($i = 0; $i < 14; $i++) {
            $this->assertSame(outcome::SAVED, $this->answer($attempt)->outcome);
        }
        $this->assertSame(outcome::FINISHED, $this->answer($attempt)->outcome);
        $this->assertSame('max_items', attempt_repository::load($attempt->id)->stopreason);
    }

    public function test_the_share_of_attempts_is_one_of_the_latest_ones(): void {
        global $DB;
        $this->make_test(4);
        $attempt = $this->start();
        $row = $DB->get_record('palier_attempt', ['id' => $attempt->id]);
        $usage = $DB->get_record('question_usages', ['id' => $row->qubaid]);
        $usages = [];
        $attempts = [];
        for ($i = 0; $i < exposure_counts::ATTEMPTS + 20; $i++) {
            $usage->id = $row->qubaid + 1 + $i;
            $usages[] = clone $usage;
            $row->id = $attempt->id + 1 + $i;
            $row->qubaid = $usage->id;
            $row->attempt = 1000 + $i;
            $attempts[] = clone $row;
        }
        foreach (['question_usages' => $usages, 'palier_attempt' => $attempts] as $table => $rows) {
            array_map(fn($new) => $DB->import_record($table, $new), $rows);
        }
        $counts = exposure_counts::of((int) $this->palier->id, $attempt->bank());
        $this->assertSame([exposure_counts::ATTEMPTS], $counts['sessions']);
        // The one attempt that asked something is older than these.
        $this->assertEquals(new \stdClass(), $counts['items']);
    }

    public function test_a_preview_leaves_no_result(): void {
        global $DB;
        $this->make_test(3);
        $this->setAdminUser();
        $attempt = $this->start(true);
        for ($i = 0; $i < 3; $i++) {
            $this->answer($attempt);
        }
        $this->assertFalse(attempt_repository::load($attempt->id)->is_open());
        $this->assertSame(0, $DB->count_records('palier_statement'));
        $this->assertSame([], attempt_repository::of_user($this->palier->id, get_admin()->id));
    }

    public function test_misses_down_to_the_easiest_questions_offer_a_calm_choice_once(): void {
        $this->make_test(12);
        $attempt = $this->start();
        $calm = [];
        for ($i = 0; $i < 11 && attempt_repository::load($attempt->id)->is_open(); $i++) {
            $calm[] = $this->answer($attempt, false)->calm;
        }
        $this->assertCount(1, array_filter($calm), json_encode($calm));
        $this->assertFalse($calm[0]);
        $this->assertFalse($calm[1]);
    }

    /**
     * Asserts that no attempt can begin now.
     */
    protected function assert_cannot_start(): void {
        try {
            $this->start();
            $this->fail('It began');
        } catch (\moodle_exception $e) {
            $this->assertSame('cannotstart', $e->errorcode);
        }
    }
}
