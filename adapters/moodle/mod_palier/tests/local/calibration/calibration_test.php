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

namespace mod_palier\local\calibration;

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\bank\bank;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use mod_palier\local\parameters\item_parameters;
use mod_palier\tests\calibration_testcase;
use mod_palier\tests\failing_engine;
use mod_palier\tests\opens_pages;
use stdClass;

/**
 * Calibrations: what the engine is asked, what it proposes, and what people decide.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\calibration\calibration
 * @covers     \mod_palier\local\calibration\calibrator
 * @covers     \mod_palier\local\calibration\decisions
 * @covers     \mod_palier\local\calibration\effects
 * @covers     \mod_palier\task\calibrate
 * @covers     \mod_palier\event\calibration_started
 * @covers     \mod_palier\event\calibration_decided
 */
final class calibration_test extends calibration_testcase {
    use opens_pages;

    /**
     * LSAT6 (Bock and Lieberman 1970, tests/reference/README.md) as answers of a quiz.
     */
    private function make_lsat6(): void {
        $this->make_test(5, [], ['shortanswer']);
        $lines = array_slice(file(self::reference() . '/calibration_LSAT6.csv', FILE_IGNORE_NEW_LINES), 1);
        $this->make_rows($this->make_quiz(), array_map(fn($line) => array_map('intval', explode(',', $line)), $lines));
    }

    /**
     * The folder of reference figures.
     *
     * @return string
     */
    private static function reference(): string {
        $folder = getenv('PALIER_REFERENCE');
        if (!$folder) {
            self::markTestSkipped('Set PALIER_REFERENCE to the folder tests/reference.');
        }
        return $folder;
    }

    /**
     * An adaptive test of four questions, and answers to them in a quiz.
     */
    private function make_answered_test(): void {
        $this->make_test(4, [], ['shortanswer']);
        $this->make_rows($this->make_quiz(), $this->lines(4));
    }

    /**
     * What is proposed, by question bank entry.
     *
     * @param stdClass $row of palier_calibration
     * @return array[]
     */
    private function proposed(stdClass $row): array {
        $found = [];
        foreach (calibration::items((int) $row->id) as $item) {
            $found[$item->questionbankentryid] = json_text::decode($item->found)['proposed'];
        }
        return $found;
    }

    public function test_parameters_of_lsat6_are_those_of_the_reference(): void {
        $this->make_lsat6();
        $row = $this->calibrate(['hold' => 'none']);
        $this->assertSame(calibration::DONE, $row->state, (string) $row->message);
        $counts = json_text::decode($row->counts);
        $this->assertSame([1000, 5000, 5], [$counts['persons'], $counts['answers'], $counts['questions']]);
        $right = json_text::decode(file_get_contents(self::reference() . '/calibration.json'))['LSAT6_2PL']['pars_IRT'];
        $proposed = $this->proposed($row);
        foreach ($this->entries() as $n => $entryid) {
            [$a, $b] = $right['Item_' . ($n + 1)]['par'];
            [$sea, $seb] = $right['Item_' . ($n + 1)]['se'];
            // The reference's tolerances: 1e-5 of parameters, 1e-4 of standard errors.
            $this->assertEqualsWithDelta($a, $proposed[$entryid]['a'], 1e-5);
            $this->assertEqualsWithDelta($b, $proposed[$entryid]['b'], 1e-5);
            $this->assertEqualsWithDelta($sea, $proposed[$entryid]['se_a'], 1e-4);
            $this->assertEqualsWithDelta($seb, $proposed[$entryid]['se_b'], 1e-4);
        }
        // What is accepted is the very double.
        $this->decide($row, 'accept');
        foreach (item_parameters::current($this->entries()) as $entryid => $current) {
            $this->assertSame((float) $proposed[$entryid]['b'], (float) $current->b);
            $this->assertSame((float) $proposed[$entryid]['se_b'], (float) $current->seb);
            $this->assertSame(['2pl', 'calibration'], [$current->model, $current->source]);
        }
    }

    public function test_the_engine_gets_answers_and_nothing_of_persons(): void {
        $this->make_answered_test();
        $spy = new class (engine_factory::get()) extends failing_engine {
            /** @var array what was asked */
            public array $asked = [];

            #[\Override]
            public function call(string $call, array $members, ?bank $bank = null): array {
                $this->asked[$call] = $members;
                return parent::call($call, $members, $bank);
            }
        };
        engine_factory::replace($spy);
        $this->calibrate();
        $asked = $spy->asked['calibrate'];
        $this->assertSame(['items', 'answers', 'options'], array_keys($asked));
        $this->assertSame(['items', 'groups', 'persons', 'when', 'ms'], array_keys($asked['answers']));
        $this->assertCount(60, $asked['answers']['persons']);
        $this->assertTrue(array_is_list($asked['answers']['persons']));
        foreach ($asked['answers']['persons'] as $pairs) {
            $this->assertTrue(array_is_list($pairs));
            foreach (array_chunk($pairs, 2) as [$place, $mark]) {
                $this->assertContains($place, [0, 1, 2, 3]);
                $this->assertContains($mark, [0.0, 1.0]);
            }
        }
        foreach ($asked['answers']['items'] as $item) {
            $this->assertSame(['item', 'scale'], array_keys($item));
        }
        $this->assertStringNotContainsString('Question', json_encode($asked));
    }

    public function test_experts_give_way_and_known_parameters_stay(): void {
        $this->make_answered_test();
        $questions = $this->builder()->questions();
        $entries = $this->entries();
        item_parameters::set_level(array_intersect_key($questions, array_flip(array_slice($entries, 0, 2))), 3);
        $known = $this->calibrate();
        $this->assertSame('anchors', calibration::outcome($known)['scales'][0]['method']);
        $proposed = $this->proposed($known);
        $this->assertNotNull($proposed[$entries[0]]);
        $this->assertNull($proposed[$entries[3]]);
        $experts = $this->calibrate(['hold' => 'experts']);
        $this->assertSame('experts', calibration::outcome($experts)['scales'][0]['method']);
        $this->assertNotNull($this->proposed($experts)[$entries[3]]);
    }

    public function test_a_question_that_all_pass_is_left_out_in_words(): void {
        $this->make_test(4, [], ['shortanswer']);
        $this->make_rows($this->make_quiz(), array_map(fn($line) => [1, ...$line], $this->lines(3)));
        $row = $this->calibrate(['hold' => 'none', 'model' => 'rasch']);
        $this->assertSame(calibration::DONE, $row->state, (string) $row->message);
        $left = calibration::outcome($row)['scales'][0]['left_out'];
        $this->assertSame([['item' => 'q' . $this->entries()[0], 'reason' => 'one_category']], $left);
        $this->assertCount(3, calibration::items((int) $row->id));
    }

    public function test_without_answers_or_engine_it_fails_in_words(): void {
        $this->make_test(4, [], ['shortanswer']);
        $row = $this->calibrate();
        $this->assertSame(calibration::FAILED, $row->state);
        $this->assertSame(get_string('calibrate_nothing', 'mod_palier'), $row->message);
        $this->make_rows($this->make_quiz(), $this->lines(4));
        engine_factory::replace(new class (engine_factory::get()) extends failing_engine {
            #[\Override]
            public function call(string $call, array $members, ?bank $bank = null): array {
                throw new engine_exception('ArgumentError', 'nobody answered both');
            }
        });
        $row = $this->calibrate();
        $this->assertSame(calibration::FAILED, $row->state);
        $this->assertSame('nobody answered both', $row->message);
        $this->assertSame([], calibration::items((int) $row->id));
    }

    public function test_one_at_a_time(): void {
        $this->make_test(4, [], ['shortanswer']);
        $this->setAdminUser();
        $sink = $this->redirectEvents();
        $id = calibration::start((int) $this->palier->id, $this->choice());
        $this->assertGreaterThan(0, $id);
        $this->assertSame(0, calibration::start((int) $this->palier->id, $this->choice()));
        $events = array_values(array_filter($sink->get_events(), fn($event) => str_contains($event->eventname, 'calibration')));
        $this->assertCount(1, $events);
        $this->assertEquals($id, $events[0]->objectid);
        $this->assertStringContainsString("calibration with id '$id'", $events[0]->get_description());
    }

    /**
     * Decides on all proposals.
     *
     * @param stdClass $row of palier_calibration
     * @param string $action
     * @param string $status
     * @return decisions
     */
    private function decide(stdClass $row, string $action, string $status = ''): decisions {
        $decisions = new decisions($row, \context_module::instance($this->palier->cmid));
        $decisions->decide($action, calibration::items((int) $row->id), $status);
        return $decisions;
    }

    public function test_a_running_attempt_keeps_its_bank_and_accepting_is_for_later_ones(): void {
        $this->make_answered_test();
        $this->setUser($this->learner);
        $attempt = $this->start();
        $this->answer($attempt);
        $items = $attempt->bank()->items_json();
        $row = $this->calibrate(['hold' => 'experts']);
        $this->decide($row, 'accept');
        $this->assertNotSame($items, json_text::encode($this->builder()->items()));
        $this->setUser($this->learner);
        for ($n = 0; $n < 3; $n++) {
            $this->answer($attempt, $n % 2 === 0);
        }
        $attempt = attempt_repository::load($attempt->id);
        $this->assertFalse($attempt->is_open());
        $this->assertSame($items, bank::load($attempt->bank()->id)->items_json());
        // The engine would have decided the same by the parameters that it began with.
        $this->assert_whole($attempt);
        $this->assertNotSame($attempt->bank()->hash, $this->start()->bank()->hash);
    }

    public function test_what_was_accepted_is_a_new_version_and_can_be_taken_back(): void {
        $this->make_answered_test();
        $entries = $this->entries();
        $before = item_parameters::current($entries);
        $row = $this->calibrate(['hold' => 'experts']);
        $this->assertEquals($before, item_parameters::current($entries), 'nothing changes before it is accepted');
        $sink = $this->redirectEvents();
        $this->decide($row, 'accept', 'pretest');
        foreach (item_parameters::current($entries) as $entryid => $current) {
            $this->assertSame(['pretest', 'calibration'], [$current->status, $current->source]);
            $this->assertCount(2, item_parameters::history($entryid));
        }
        $this->assertSame(4, calibration::counts((int) $row->id)['accepted']);
        $this->decide($row, 'takeback');
        foreach (item_parameters::current($entries) as $entryid => $current) {
            $this->assertTrue(item_parameters::same((array) $before[$entryid], (array) $current));
            $this->assertCount(3, item_parameters::history($entryid));
        }
        $decided = array_filter($sink->get_events(), fn($event) => $event instanceof \mod_palier\event\calibration_decided);
        $actions = array_map(fn($event) => $event->other['action'], array_values($decided));
        $this->assertSame(['accept', 'takeback'], $actions);
        // Refused, taken back and accepted again.
        $this->decide($row, 'refuse');
        $this->assertSame(4, calibration::counts((int) $row->id)['refused']);
        $this->decide($row, 'takeback');
        $this->decide($row, 'accept');
        $this->assertSame(4, calibration::counts((int) $row->id)['accepted']);
    }

    public function test_a_question_without_parameters_has_none_again(): void {
        global $DB;
        $this->make_answered_test();
        $DB->delete_records('palier_param');
        $row = $this->calibrate();
        $this->decide($row, 'accept');
        $this->assertCount(4, item_parameters::current($this->entries()));
        $this->decide($row, 'takeback');
        $this->assertCount(0, item_parameters::current($this->entries()));
    }

    public function test_what_changed_since_and_questions_of_others_are_passed_over(): void {
        $this->make_answered_test();
        $row = $this->calibrate(['hold' => 'experts']);
        $first = array_slice($this->builder()->questions(), 0, 1, true);
        item_parameters::set_level($first, 5);
        $this->assertSame(1, $this->decide($row, 'accept')->passed);
        $this->assertEquals(5, item_parameters::current([key($first)])[key($first)]->level);
        $this->decide($row, 'takeback');
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'teacher'));
        $this->assertSame(4, $this->decide($row, 'accept')->passed);
    }

    public function test_results_that_would_change_are_counted(): void {
        $this->make_answered_test();
        $this->setUser($this->learner);
        $attempt = $this->start();
        for ($n = 0; $n < 4; $n++) {
            $this->answer($attempt, $n % 2 === 0);
        }
        $theta = attempt_repository::load($attempt->id)->changes()->theta;
        $effects = calibration::outcome($this->calibrate(['hold' => 'experts']))['effects'];
        $this->assertSame(1, $effects['results']);
        $this->assertSame(1, $effects['tests'][$this->palier->id]['results']);
        $this->assertGreaterThan(0, $effects['most']);
        $this->assertEqualsCanonicalizing($this->entries(), array_keys($effects['items']));
        $this->assertSame($theta, attempt_repository::load($attempt->id)->changes()->theta, 'the result stays as it was told');
    }

    public function test_it_is_told_how_far_results_would_move_and_of_how_many_persons(): void {
        $this->make_answered_test();
        $learners = [$this->learner, $this->learner, $this->getDataGenerator()->create_and_enrol($this->course, 'student')];
        foreach ($learners as $learner) {
            $this->setUser($learner);
            $attempt = $this->start();
            for ($n = 0; $n < 4; $n++) {
                $this->answer($attempt);
            }
        }
        engine_factory::replace(new class (engine_factory::get()) extends failing_engine {
            #[\Override]
            public function call(string $call, array $members, ?bank $bank = null): array {
                if ($call !== 'changes') {
                    return parent::call($call, $members, $bank);
                }
                $moves = [[0.5, 2, 0.75, 3], [0.5, 2, 0.4, 2], [1.0, 4, 0.25, 3]];
                return ['results' => array_map(fn($of) => [
                    'scales' => [['theta' => $of[0], 'level' => $of[1], 'theta_after' => $of[2], 'level_after' => $of[3]]],
                    'beyond_margin' => false, 'items' => [],
                ], $moves)];
            }
        });
        $row = $this->calibrate(['hold' => 'experts']);
        $effects = calibration::outcome($row)['effects'];
        foreach ([$effects, $effects['tests'][$this->palier->id]] as $counts) {
            $said = array_map(fn($key) => $counts[$key], ['results', 'persons', 'up', 'down', 'beyond']);
            $this->assertSame([3, 2, 1, 1, 0], $said);
            $this->assertEqualsWithDelta(0.25 + 0.1 + 0.75, $counts['moved'], 1e-12);
            $this->assertEqualsWithDelta(0.75, $counts['most'], 1e-12);
        }
        $shown = $this->open('calibration', ['calibration' => $row->id]);
        $this->assertStringContainsString('They are results of 2 persons, and move by 0.37 logits on average', $shown);
        $this->assertStringNotContainsString(fullname($this->learner), $shown);
    }

    public function test_a_new_calibration_is_linked_to_the_scale_that_was(): void {
        $this->make_lsat6();
        $before = item_parameters::current($this->entries());
        $row = $this->calibrate(['hold' => 'link', 'link' => 'mean_mean']);
        $scale = calibration::outcome($row)['scales'][0];
        $this->assertSame(['link', 5], [$scale['method'], $scale['link']['common_items']]);
        // Loyd and Hoover (1980): the means of slopes and of difficulties are those that were.
        $proposed = $this->proposed($row);
        $mean = fn(array $values): float => array_sum($values) / count($values);
        $this->assertEqualsWithDelta($mean(array_column($before, 'b')), $mean(array_column($proposed, 'b')), 1e-9);
        $slopes = array_map(fn($one) => $one->model === 'rasch' ? 1 : (float) $one->a, $before);
        $this->assertEqualsWithDelta($mean($slopes), $mean(array_column($proposed, 'a')), 1e-9);
        $shown = $this->open('calibration', ['calibration' => $row->id]);
        $this->assertStringContainsString('5 questions hold it (By means of slopes and of difficulties; slope', $shown);
        // One known question holds no link: nothing is proposed, and it is said.
        $questions = array_slice($this->builder()->questions(), 0, 4, true);
        item_parameters::set_level($questions, 3);
        $row = $this->calibrate(['hold' => 'link']);
        $this->assertSame([], $this->proposed($row));
        $shown = $this->open('calibration', ['calibration' => $row->id]);
        $this->assertStringContainsString('at least two common items; the banks have 1', $shown);
        $this->assertStringContainsString(get_string('calibration_method_link', 'mod_palier'), $shown);
    }

    public function test_it_goes_with_the_activity_and_its_parameters_stay(): void {
        global $DB;
        $this->make_answered_test();
        $this->decide($this->calibrate(['hold' => 'experts']), 'accept');
        course_delete_module($this->palier->cmid);
        $this->assertSame(0, $DB->count_records('palier_calibration'));
        $this->assertSame(0, $DB->count_records('palier_calibration_item'));
        $this->assertCount(4, item_parameters::current($this->entries()));
    }
}
