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

use mod_palier\local\attempt\step;
use mod_palier\tests\calibration_testcase;

/**
 * Which answers of quizzes and adaptive tests a calibration is made of. Of the generator's question "frog" is right, "toad" has
 * 0.8 of the marks, anything else none.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\calibration\collection
 * @covers     \mod_palier\local\calibration\quiz_answers
 * @covers     \mod_palier\local\calibration\palier_answers
 * @covers     \mod_palier\local\calibration\choice
 * @covers     \mod_palier\local\calibration\sources
 */
final class collection_test extends calibration_testcase {
    /**
     * The marks of each person, as the engine gets them, a question each.
     *
     * @param collection $collection
     * @return array[]
     */
    private function marks(collection $collection): array {
        return array_map(
            fn($pairs) => array_combine(
                array_map(fn($pair) => $pair[0] + 1, array_chunk($pairs, 2)),
                array_map(fn($pair) => round($pair[1], 4), array_chunk($pairs, 2))
            ),
            $collection->for_engine(array_flip($this->entries()))['persons']
        );
    }

    public function test_of_each_person_one_answer_to_a_question_counts(): void {
        $this->make_test(2, [], ['shortanswer']);
        $quiz = $this->make_quiz();
        $this->take($quiz, $this->learner, [[1 => 'newt', 2 => 'frog']]);
        $this->take($quiz, $this->learner, [[1 => 'frog', 2 => 'toad']]);
        $this->assertSame([[1 => 0.0, 2 => 1.0]], $this->marks($this->collect()));
        $last = $this->collect(['which' => 'last']);
        $this->assertSame([[1 => 1.0, 2 => 0.8]], $this->marks($last));
        $this->assertSame(['repeated' => 2], $last->leftout);
        $this->assertSame(2, $last->answers);
        $this->assertEquals(['answers' => 1, 'mean' => 0.8], $last->by_question()[$this->entries()[1]]);
    }

    public function test_previews_and_what_is_not_finished_are_left_out(): void {
        global $DB;
        $this->make_test(2, [], ['shortanswer']);
        $quiz = $this->make_quiz();
        $preview = $this->take($quiz, $this->getDataGenerator()->create_and_enrol($this->course), [[1 => 'frog', 2 => 'frog']]);
        $DB->set_field('quiz_attempts', 'preview', 1, ['id' => $preview]);
        $this->take($quiz, $this->learner, [[1 => 'frog', 2 => 'frog']], [], false);
        $collection = $this->collect();
        $this->assertSame(0, $collection->persons());
        $this->assertSame(['preview' => 2, 'unfinished' => 2], $collection->counts()['leftout']);
    }

    public function test_the_first_try_has_no_penalty(): void {
        global $DB;
        $this->make_test(1, [], ['shortanswer']);
        foreach ([1, 2] as $n) {
            $hint = ['questionid' => $this->palier->questions[0]->id, 'hint' => "Hint $n", 'hintformat' => 1];
            $DB->insert_record('question_hints', $hint);
        }
        $DB->set_field('question', 'penalty', 0.25, ['id' => $this->palier->questions[0]->id]);
        \question_bank::notify_question_edited($this->palier->questions[0]->id);
        foreach (['adaptive', 'interactive'] as $behaviour) {
            $quiz = $this->make_quiz(['preferredbehaviour' => $behaviour]);
            $other = $this->getDataGenerator()->create_and_enrol($this->course);
            if ($behaviour === 'interactive') {
                $this->take_interactive($quiz, $other);
            } else {
                $this->take($quiz, $other, [[1 => 'newt'], [1 => 'frog']], ['submit' => 1]);
            }
            $final = $this->collect(['marks' => 'final', 'behaviours' => [$behaviour]]);
            $this->assertSame([[1 => 0.75]], $this->marks($final), $behaviour);
            $this->assertSame([[1 => 0.0]], $this->marks($this->collect(['behaviours' => [$behaviour]])), $behaviour);
        }
        $this->assertSame(['behaviour' => 1], $this->collect(['behaviours' => ['adaptive']])->leftout);
    }

    /**
     * Somebody is wrong, tries again and is right.
     *
     * @param \stdClass $quiz
     * @param \stdClass $user
     */
    private function take_interactive(\stdClass $quiz, \stdClass $user): void {
        $attempt = $this->take($quiz, $user, [[1 => 'newt']], ['submit' => 1], false);
        foreach ([['tryagain' => 1], ['submit' => 1]] as $more) {
            $object = \mod_quiz\quiz_attempt::create($attempt);
            $qa = $object->get_question_attempt(1);
            $object->process_submitted_actions(time(), false, [
                $qa->get_control_field_name('sequencecheck') => $qa->get_sequence_check_count(),
                $qa->get_qt_field_name('answer') => isset($more['submit']) ? 'frog' : 'newt',
                $qa->get_behaviour_field_name(key($more)) => 1,
            ]);
        }
        \mod_quiz\quiz_attempt::create($attempt)->process_finish(time(), false);
    }

    public function test_how_sure_somebody_was_does_not_count(): void {
        $this->make_test(2, [], ['shortanswer']);
        $quiz = $this->make_quiz(['preferredbehaviour' => 'deferredcbm']);
        $this->take($quiz, $this->learner, [[1 => 'toad', 2 => 'newt']], ['certainty' => 3]);
        foreach (['first', 'final'] as $marks) {
            $this->assertSame([[1 => 0.8, 2 => 0.0]], $this->marks($this->collect(['marks' => $marks])));
        }
    }

    public function test_versions_count_as_one_question_or_the_present_one_alone(): void {
        $this->make_test(1, [], ['shortanswer']);
        $quiz = $this->make_quiz();
        $this->take($quiz, $this->learner, [[1 => 'frog']]);
        $this->setAdminUser();
        $this->getDataGenerator()->get_plugin_generator('core_question')
            ->update_question($this->palier->questions[0], null, ['name' => 'Said otherwise']);
        $this->assertSame(1, $this->collect()->answers);
        $present = $this->collect(['versions' => 'present']);
        $this->assertSame(0, $present->answers);
        $this->assertSame(['version' => 1], $present->leftout);
    }

    public function test_what_was_left_blank_is_wrong_or_left_out(): void {
        $this->make_test(2, [], ['shortanswer']);
        $quiz = $this->make_quiz();
        $this->take($quiz, $this->learner, [[1 => 'frog', 2 => '']]);
        $this->assertSame([[1 => 1.0, 2 => 0.0]], $this->marks($this->collect()));
        $out = $this->collect(['blank' => 'out']);
        $this->assertSame([[1 => 1.0]], $this->marks($out));
        $this->assertSame(['blank' => 1], $out->leftout);
    }

    public function test_members_of_groups_and_other_times_are_left_out(): void {
        $this->make_test(1, [], ['shortanswer']);
        $quiz = $this->make_quiz();
        $this->take($quiz, $this->learner, [[1 => 'frog']]);
        $group = $this->getDataGenerator()->create_group(['courseid' => $this->course->id]);
        $this->getDataGenerator()->create_group_member(['groupid' => $group->id, 'userid' => $this->learner->id]);
        $this->assertSame(['group' => 1], $this->collect(['groups' => [$group->id]])->leftout);
        $this->assertSame(0, $this->collect(['from' => time() + DAYSECS])->answers);
        $this->assertSame(0, $this->collect(['to' => time() - DAYSECS])->answers);
        $this->assertSame(1, $this->collect(['from' => time() - DAYSECS, 'to' => time() + DAYSECS])->answers);
        $this->assertSame(0, $this->collect(['quizzes' => false])->answers);
        $this->assertSame(0, $this->collect(['category' => $this->palier->category->id + 1])->answers);
    }

    public function test_answers_of_adaptive_tests_are_those_of_their_logs(): void {
        $this->make_test(4, [], ['shortanswer']);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt, 'toad');
        $attempt = \mod_palier\local\attempt\attempt_repository::load($attempt->id);
        step::post($attempt->id, 'unknown', $attempt->slot);
        $this->assertSame(['unfinished' => 3], $this->collect()->leftout);
        $this->setUser($this->learner);
        $this->answer($attempt, false);
        $collection = $this->collect();
        $marks = $this->marks($collection)[0];
        sort($marks);
        $this->assertSame([0.0, 0.0, 0.8, 1.0], $marks);
        // A question that was dropped afterwards counts no more.
        $dropped = $this->event($attempt, 'asked')['item'];
        $slot = \mod_palier\local\attempt\attempt_repository::load($attempt->id)->log()->last(['asked'])->slot;
        \mod_palier\local\attempt\correction::drop($attempt->id, $dropped, (int) $slot, 'Faulty', 2);
        $this->assertSame(['dropped' => 1], $this->collect()->leftout);
        $this->assertSame(0, $this->collect(['tests' => false])->answers);
    }

    public function test_what_a_learner_has_not_shared_is_left_out(): void {
        $this->make_test(1, ['plan' => ['visibility' => 'after_sharing']], ['shortanswer']);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->assertSame(['unshared' => 1], $this->collect()->leftout);
        $this->setUser($this->learner);
        \mod_palier\local\attempt\sharing::share($attempt->id);
        $this->assertSame(1, $this->collect()->answers);
    }

    public function test_answers_that_somebody_may_not_read_do_not_come(): void {
        $this->make_test(1, [], ['shortanswer']);
        $quiz = $this->make_quiz();
        $this->take($quiz, $this->learner, [[1 => 'frog']]);
        // The learner is nobody who reads reports.
        $this->setUser($this->learner);
        $none = new collection($this->choice(), $this->builder()->questions());
        $this->assertSame(0, $none->answers);
        $this->assertSame(2, $none->counts()['closed']);
        $this->assertArrayNotHasKey($this->course->id, sources::courses());
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $this->assertSame(1, (new collection($this->choice(), $this->builder()->questions()))->answers);
        $this->assertArrayHasKey($this->course->id, sources::courses());
    }
}
