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

use mod_palier\api;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\parameters\expert_levels;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\test\check;
use mod_palier\local\test\duration;
use mod_palier\local\test\next_steps;
use mod_palier\local\test\plan_builder;
use mod_palier\local\bank\bank_builder;
use mod_palier\output\calm_page;
use mod_palier\output\question_page;
use mod_palier\tests\learner_testcase;

/**
 * A test that the form made stops when it knows, at both ends of the scale, and when the time is up.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\test\plan_builder
 * @covers     \mod_palier\local\attempt\shown_question
 * @covers     \mod_palier\local\test\duration
 */
final class early_stop_test extends learner_testcase {
    /**
     * Thirty questions that an expert gave the levels to, and the plan of a form.
     *
     * @param array $form what is chosen in it
     * @param int[] $levels of the questions, in turn
     */
    private function make_form_test(array $form = [], array $levels = [1, 2, 3, 4, 5, 6]): void {
        $plan = json_decode(plan_builder::from_form((object) $form), true);
        $this->make_test(30, ['plan' => $plan, 'purpose' => $plan['purpose']]);
        $rows = [];
        foreach ($this->palier->questions as $number => $question) {
            $level = $levels[$number % count($levels)];
            $rows[get_question_bank_entry($question->id)->id] = expert_levels::values($level, 0.05);
        }
        item_parameters::save($rows);
    }

    /**
     * Takes the whole test.
     *
     * @param bool $right whether every answer is right
     * @return attempt finished
     */
    private function take(bool $right): attempt {
        $attempt = $this->start();
        for ($n = 0; $n < 40 && $attempt->is_open(); $n++) {
            $this->answer($attempt, $right);
            $attempt = attempt_repository::load($attempt->id);
        }
        $this->assertFalse($attempt->is_open());
        $this->assert_whole($attempt);
        return $attempt;
    }

    /**
     * Without the rules all of these are asked 25 questions, the greatest number.
     *
     * @return array[]
     */
    public static function learners(): array {
        return [
            'all wrong' => [false, [1, 2, 3, 4, 5, 6], 8, 'level_decided', 0, 0],
            'all right, questions up to level 6' => [true, [1, 2, 3, 4, 5, 6], 20, null, 7, 8],
            'all right, questions up to level 8' => [true, [1, 2, 3, 4, 5, 6, 7, 8], 20, null, 7, 8],
            'all wrong, no easy question' => [false, [3, 4, 5], 12, 'no_information', 0, 2],
        ];
    }

    /**
     * Who gets all wrong, or all right, is not asked to the end.
     *
     * @dataProvider learners
     * @param bool $right
     * @param int[] $levels
     * @param int $most
     * @param string|null $reason
     * @param int $low
     * @param int $high
     */
    public function test_it_stops_at_both_ends(bool $right, array $levels, int $most, ?string $reason, int $low, int $high): void {
        $this->make_form_test([], $levels);
        $attempt = $this->take($right);
        $n = $attempt->known()['n'];
        $this->assertGreaterThanOrEqual(6, $n, 'the least number of questions');
        $this->assertLessThanOrEqual($most, $n);
        $knows = ['level_decided', 'no_information', 'standard_error'];
        $this->assertContains($attempt->stopreason, $reason ? [$reason] : $knows);
        $this->assertGreaterThanOrEqual($low, $attempt->level);
        $this->assertLessThanOrEqual($high, $attempt->level);
    }

    public function test_a_test_that_asks_for_a_level_ends_when_it_is_decided(): void {
        global $DB;
        $this->make_form_test();
        $this->setAdminUser();
        $cmid = (int) $this->palier->cmid;
        foreach ([0, 9] as $none) {
            $this->assertFalse(api::check_test_of($cmid, ['floor' => $none])['can']);
        }
        $scope = ['floor' => 3, 'help' => 'The adviser, room 12'];
        $check = api::check_test_of($cmid, $scope);
        $this->assertSame([true, []], [$check['can'], $check['problems']]);
        $made = api::make_test_of($cmid, $scope, 'Is it reached?', 0, 0);
        [, $cm] = get_course_and_cm_from_cmid($made, 'palier');
        $this->palier = $DB->get_record('palier', ['id' => $cm->instance]);
        $this->palier->cmid = $made;
        $this->assertSame(['level' => 3], json_decode($this->palier->plan, true)['floor']);
        foreach ([false => 'below', true => 'above'] as $right => $decision) {
            $this->setUser($this->getDataGenerator()->create_and_enrol($this->course));
            // Whoever is offered a calm choice in between reads whom to talk to as well.
            $texts = array_column(calm_page::choices($this->start()), 'text', 'do');
            foreach ($texts as $do => $text) {
                $this->assertSame(!in_array($do, ['resume', 'stop']), str_contains($text, 'The adviser, room 12'), $do);
            }
            $attempt = $this->take((bool) $right);
            $known = $attempt->known();
            $this->assertSame(['floor', $decision], [$attempt->stopreason, $known['floor']['decision']]);
            // Far from the level it takes hardly more than the least number of answers.
            $this->assertLessThanOrEqual(9, $known['n']);
            // Below it the first thing is whom to talk to; nobody else reads that, nor the result, before it is shared.
            $helps = in_array('The adviser, room 12', array_column(next_steps::below($attempt), 'text'), true);
            $this->assertSame(!$right, $helps);
        }
        $this->setAdminUser();
        $this->assertSame([], iterator_to_array(api::results_of_activity($made), false));
    }

    public function test_without_it_a_beginner_is_asked_to_the_end(): void {
        $this->make_form_test(['stopearly' => 0]);
        $attempt = $this->take(false);
        $this->assertSame([25, 'max_items'], [$attempt->known()['n'], $attempt->stopreason]);
    }

    public function test_what_is_announced_follows(): void {
        $counts = [];
        foreach ([0, 1] as $early) {
            $this->make_form_test(['stopearly' => $early]);
            $context = \core\context\module::instance($this->palier->cmid);
            $check = check::run(bank_builder::for_instance((int) $this->palier->id, $context), $this->palier->plan);
            $this->assertTrue($check->canrun, json_encode($check->problems));
            $counts[$early] = $check->feasibility['by_level'][0]['expected_items'];
        }
        $this->assertGreaterThan(24, $counts[0]);
        $this->assertLessThan(16, $counts[1]);
    }

    public function test_a_threshold_is_asked_about_until_it_is_decided(): void {
        $this->make_form_test(['purpose' => 'threshold', 'thresholdlevel' => 3]);
        foreach ([true, false] as $right) {
            $attempt = $this->take($right);
            $this->assertSame('classified', $attempt->stopreason);
            $this->assertLessThanOrEqual(8, $attempt->known()['n']);
            $this->assertSame($right ? 'above' : 'below', $attempt->known()['threshold']['decision']);
        }
    }

    public function test_how_long_a_test_takes_is_told_before_it_in_the_singular_too(): void {
        $said = fn(int $least, int $most): string => duration::announce((object) ['id' => 0, 'plan' => json_encode([
            'stop' => ['min_items' => $least, 'max_items' => $most],
            'report' => ['seconds_per_item' => 60],
        ])]);
        $this->assertStringStartsWith('About 1 question, 1 minute.', $said(1, 1));
        $this->assertStringStartsWith('At most 1 question, 1 minute.', $said(0, 1));
        $this->assertStringStartsWith('At most 30 questions, 30 minutes.', $said(0, 30));
        $this->assertStringStartsWith('About 5 to 9 questions, 5 to 9 minutes.', $said(5, 9));
    }

    public function test_a_time_limit_is_told_and_counted_without_pauses(): void {
        global $DB, $PAGE;
        $clock = $this->mock_clock_with_frozen();
        $this->make_form_test(['timelimit' => '2', 'minitems' => 2]);
        $row = $DB->get_record('palier', ['id' => $this->palier->id]);
        $this->assertStringContainsString('limited to 2 minutes', duration::announce($row));
        $this->setUser($this->learner);
        $attempt = $this->start();
        $PAGE->set_url('/mod/palier/attempt.php');
        $left = fn() => (new question_page(attempt_repository::load($attempt->id), false))
            ->export_for_template($PAGE->get_renderer('core'))['timeleft'];
        $this->assertStringContainsString('2 minutes', $left());
        $clock->bump(50);
        step::post($attempt->id, 'pause', 1, []);
        $clock->bump(HOURSECS);
        step::post($attempt->id, 'resume');
        $clock->bump(20);
        $this->answer($attempt);
        $this->assertSame(70000, $this->event($attempt, 'answered')['ms'], 'before the pause and after it, not the pause');
        $this->assertTrue(attempt_repository::load($attempt->id)->is_open());
        $this->assertStringContainsString('last minute', $left());
        $clock->bump(60);
        $this->answer($attempt);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame('time_limit', $attempt->stopreason);
        $this->assertSame(2, $attempt->known()['n'], 'the answer under way counts');
        $this->assert_whole($attempt);
    }

    public function test_who_leaves_the_question_on_screen_until_the_time_is_up_gets_a_result(): void {
        global $DB;
        $clock = $this->mock_clock_with_frozen();
        $this->make_form_test(['timelimit' => '2', 'minitems' => 2]);
        $this->setUser($this->learner);
        $attempt = $this->start();
        for ($i = 0; $i < 2; $i++) {
            $clock->bump(30);
            $this->answer($attempt);
        }
        $run = function () use ($clock): array {
            return overdue::end_all($clock->time());
        };
        // One minute is left, and a minute of grace.
        $clock->bump(60);
        $this->assertSame([0, 0], $run());
        step::post($attempt->id, 'pause', 3, []);
        $clock->bump(DAYSECS);
        $this->assertSame([0, 0], $run(), 'a pause is not counted, however long it is');
        step::post($attempt->id, 'resume');
        $clock->bump(DAYSECS);
        $this->assertSame([1, 0], $run());
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame(['finished', 'time_limit'], [$attempt->state, $attempt->stopreason]);
        $this->assertSame(2, $attempt->known()['counted'], 'the question that was left counts for nothing');
        $this->assert_whole($attempt);
        $this->assertSame([0, 0], $run());
        $this->assertEqualsWithDelta(2, $attempt->known()['minutes'], 0.01, 'the time that was given');

        // Too few answers for a rule of the plan: it ends all the same.
        $attempt = $this->start();
        $clock->bump(DAYSECS);
        $this->assertSame([1, 0], $run());
        $this->assertFalse(attempt_repository::load($attempt->id)->is_open());

        // The question on screen is gone: as no page of Moodle would, but a restored database may.
        $attempt = $this->start();
        $questionid = $attempt->quba()->get_question(1)->id;
        $DB->delete_records('question_versions', ['questionid' => $questionid]);
        $DB->delete_records('question', ['id' => $questionid]);
        \question_bank::notify_question_edited($questionid);
        $clock->bump(DAYSECS);
        $this->assertSame([1, 0], $run());
        $this->assertFalse(attempt_repository::load($attempt->id)->is_open());
    }

    public function test_rules_that_somebody_wrote_stay(): void {
        $plan = json_decode(plan_builder::from_form((object) []), true);
        $plan['stop']['rules'] = ['rule' => 'length', 'items' => 9];
        $form = plan_builder::to_form(json_encode($plan));
        $this->assertTrue(plan_builder::has_own_rules(json_encode($plan)));
        $again = json_decode(plan_builder::from_form((object) $form), true);
        $this->assertEquals($plan['stop'], $again['stop']);
    }

    public function test_the_forms_rules_come_back_and_go(): void {
        foreach (['positioning', 'practice', 'threshold'] as $purpose) {
            foreach ([0, 1] as $early) {
                foreach ([0, 20, 7.5] as $minutes) {
                    $plan = plan_builder::from_form((object) [
                        'purpose' => $purpose, 'stopearly' => $early, 'timelimit' => (string) $minutes,
                    ]);
                    $this->assertFalse(plan_builder::has_own_rules($plan));
                    $form = plan_builder::to_form($plan);
                    $this->assertEquals([$early, $minutes], [$form['stopearly'], (float) $form['timelimit']], $plan);
                    // Also as the engine hands it back, its defaults filled in.
                    $normalised = engine_factory::get()->plan($plan)['normalised'];
                    $this->assertFalse(plan_builder::has_own_rules($normalised), $normalised);
                    $other = json_decode(plan_builder::from_form((object) (['purpose' => 'positioning'] + $form)), true);
                    $this->assertArrayNotHasKey('classification', $other);
                    $this->assertSame(0.6, $other['stop']['standard_error']);
                }
            }
        }
    }
}
