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

namespace mod_palier\output;

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\outcome;
use mod_palier\local\attempt\step;
use mod_palier\local\report\result_publisher;
use mod_palier\local\test\next_steps;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/gradelib.php');

/**
 * A practice trains: what was right after each answer, no grade and no statement unless asked.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\output\feedback_page
 * @covers     \mod_palier\local\attempt\attempt_access
 * @covers     \mod_palier\local\attempt\attempt
 */
final class practice_test extends learner_testcase {
    /**
     * A practice.
     *
     * @param array $record
     */
    private function make_practice(array $record = []): void {
        $this->make_test(6, $record + ['plan' => ['purpose' => 'practice', 'stop' => ['max_items' => 2]], 'grade' => 100]);
    }

    /**
     * The page after an answer.
     *
     * @param attempt $attempt
     * @param int $slot
     * @return string HTML
     */
    private function page(attempt $attempt, int $slot): string {
        global $PAGE;
        $PAGE->set_url('/mod/palier/feedback.php', ['attempt' => $attempt->id, 'slot' => $slot]);
        return $PAGE->get_renderer('core')->render(new feedback_page(attempt_repository::load($attempt->id), $slot));
    }

    public function test_after_each_answer_it_shows_what_was_right(): void {
        $this->make_practice();
        (new next_steps((int) $this->palier->id))->save([
            (object) ['levellow' => null, 'levelhigh' => null, 'kind' => 'text', 'target' => 0, 'text' => 'Read chapter 2'],
        ]);
        $attempt = $this->start();
        $this->assertFalse($attempt->access()->may_see_feedback(1), 'not before the answer');
        $result = $this->answer($attempt, false);
        $this->assertSame(outcome::SAVED, $result->outcome);
        [$url] = step_redirect::target($attempt, $result);
        $this->assertSame("/mod/palier/feedback.php?attempt={$attempt->id}&slot=1", $url->out_as_local_url(false));
        $attempt = attempt_repository::load($attempt->id);
        $this->assertTrue($attempt->access()->may_see_feedback(1));
        $this->assertFalse($attempt->access()->may_see_feedback(2), 'the question on screen');
        $this->assertFalse($attempt->access()->may_see_feedback(9));
        $html = $this->page($attempt, 1);
        $this->assertStringContainsString('Wrong answer', $html);
        $this->assertStringContainsString('The correct answer is', $html);
        $this->assertStringContainsString('Read chapter 2', $html);
        $this->assertStringContainsString('/mod/palier/attempt.php', $html);

        $result = $this->answer($attempt, true);
        $this->assertSame(outcome::FINISHED, $result->outcome);
        [$url] = step_redirect::target($attempt, $result);
        $this->assertStringContainsString('slot=2', $url->out(false));
        $html = $this->page($attempt, 2);
        $this->assertStringContainsString('Right answer', $html);
        $this->assertStringContainsString('/mod/palier/result.php', $html);
    }

    public function test_who_does_not_know_is_told(): void {
        $this->make_practice();
        $attempt = $this->start();
        $result = step::post($attempt->id, 'unknown', 1);
        $this->assertSame(1, $result->slot);
        $html = $this->page($attempt, 1);
        $this->assertStringContainsString(get_string('feedback_gaveup', 'mod_palier'), $html);
        $this->assertStringContainsString('The correct answer is', $html);
    }

    public function test_who_does_not_know_does_not_read_that_an_answer_was_wrong(): void {
        $this->make_test(6, ['plan' => ['purpose' => 'practice', 'stop' => ['max_items' => 2]]], ['multichoice']);
        $attempt = $this->start();
        step::post($attempt->id, 'unknown', 1);
        $this->answer($attempt, false);
        $wrong = \test_question_maker::STANDARD_OVERALL_INCORRECT_FEEDBACK;
        $this->assertStringNotContainsString($wrong, $this->page($attempt, 1));
        $this->assertStringContainsString('The correct answer', $this->page($attempt, 1));
        $this->assertStringContainsString($wrong, $this->page($attempt, 2));
    }

    public function test_a_measuring_test_shows_nothing(): void {
        $this->make_test(6, ['plan' => ['stop' => ['max_items' => 2]]]);
        $attempt = $this->start();
        $result = $this->answer($attempt);
        [$url] = step_redirect::target($attempt, $result);
        $this->assertStringContainsString('/mod/palier/attempt.php', $url->out(false));
        $this->assertFalse(attempt_repository::load($attempt->id)->access()->may_see_feedback(1));
    }

    public function test_another_learner_sees_nothing(): void {
        $this->make_practice();
        $attempt = $this->start();
        $this->answer($attempt);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
        $this->assertFalse(attempt_repository::load($attempt->id)->access()->may_see_feedback(1));
    }

    /**
     * Grade and statements, unless asked and when asked.
     *
     * @return array[]
     */
    public static function wishes(): array {
        return ['not asked' => [0, false], 'asked' => [1, true]];
    }

    /**
     * A practice sends nothing unless the teacher wants it.
     *
     * @dataProvider wishes
     * @param int $wish
     * @param bool $counts
     */
    public function test_it_counts_only_where_the_teacher_wants_it(int $wish, bool $counts): void {
        global $DB;
        $this->make_practice(['gradepractice' => $wish]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        $this->assertFalse(attempt_repository::load($attempt->id)->is_open());
        result_publisher::publish_now((int) $this->palier->id, (int) $this->learner->id);
        $grades = grade_get_grades($this->course->id, 'mod', 'palier', $this->palier->id, $this->learner->id);
        $grade = ($grades->items ? reset($grades->items)->grades[$this->learner->id]->grade ?? null : null);
        $this->assertSame($counts, $grade !== null);
        $this->assertSame($counts, $DB->record_exists('palier_statement', ['attemptid' => $attempt->id]));
        $this->assert_whole($attempt);
    }
}
