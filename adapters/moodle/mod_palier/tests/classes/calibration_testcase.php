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

namespace mod_palier\tests;

use mod_palier\local\bank\bank_builder;
use mod_palier\local\calibration\calibration;
use mod_palier\local\calibration\choice;
use mod_palier\local\calibration\collection;
use mod_quiz\quiz_attempt;
use stdClass;

/**
 * A course with quizzes of the questions of an adaptive test, and their answers.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class calibration_testcase extends learner_testcase {
    /**
     * A quiz of all questions of the adaptive test.
     *
     * @param array $record
     * @return stdClass
     */
    protected function make_quiz(array $record = []): stdClass {
        global $CFG;
        require_once($CFG->dirroot . '/mod/quiz/locallib.php');
        $this->setAdminUser();
        $quiz = $this->getDataGenerator()->create_module('quiz', $record + [
            'course' => $this->course->id, 'questionsperpage' => 0, 'grade' => 100, 'sumgrades' => count($this->palier->questions),
        ]);
        foreach ($this->palier->questions as $question) {
            quiz_add_quiz_question($question->id, $quiz);
        }
        return $quiz;
    }

    /**
     * Somebody takes a quiz.
     *
     * @param stdClass $quiz
     * @param stdClass $user
     * @param array[] $posts what is typed by slot, post after post; '' types nothing
     * @param array $more behaviour variables of each answer
     * @param bool $finish
     * @return int the attempt
     */
    protected function take(stdClass $quiz, stdClass $user, array $posts, array $more = [], bool $finish = true): int {
        $this->setUser($user);
        $attempt = $this->getDataGenerator()->get_plugin_generator('mod_quiz')->create_attempt($quiz->id, $user->id);
        foreach ($posts as $answers) {
            $object = quiz_attempt::create($attempt->id);
            $fields = [];
            foreach (array_filter($answers, fn($answer) => $answer !== '') as $slot => $answer) {
                $qa = $object->get_question_attempt($slot);
                $fields[$qa->get_control_field_name('sequencecheck')] = $qa->get_sequence_check_count();
                $fields[$qa->get_qt_field_name('answer')] = $answer;
                foreach ($more as $name => $value) {
                    $fields[$qa->get_behaviour_field_name($name)] = $value;
                }
            }
            $object->process_submitted_actions(time(), false, $fields);
        }
        if ($finish) {
            quiz_attempt::create($attempt->id)->process_finish(time(), false);
        }
        return (int) $attempt->id;
    }

    /**
     * Answers of persons of twenty abilities to questions that are the harder the later they come, with some chance.
     *
     * @param int $count questions
     * @param int $persons
     * @param \Closure|null $harder how much harder than that, of a person's number and a question's
     * @return int[][] 1 or 0 for each question, a line each
     */
    protected function lines(int $count, int $persons = 60, ?\Closure $harder = null): array {
        $lines = [];
        $harder ??= fn(int $person, int $question): float => 0;
        for ($n = 0; $n < $persons; $n++) {
            $ability = ($n % 20 - 9.5) / 4;
            $chance = fn(int $question): float => (($n * 7 + $question * 13) % 11 - 5) / 2.5;
            $lines[] = array_map(
                fn($question) => (int) ($ability + $chance($question) - $harder($n, $question)
                    > ($question - ($count - 1) / 2) / 2),
                range(0, $count - 1)
            );
        }
        return $lines;
    }

    /**
     * Finished attempts at a quiz as rows: one for each line of right and wrong.
     *
     * @param stdClass $quiz
     * @param int[][] $lines 1 or 0 for each question of the adaptive test
     * @param int[] $users who took them; nobody of this site where they are too few
     */
    protected function make_rows(stdClass $quiz, array $lines, array $users = []): void {
        global $DB;
        $context = \context_module::instance($quiz->cmid);
        $many = fn(string $table, array $rows) => $DB->insert_records($table, $rows);
        $many('question_usages', array_map(fn() => (object) [
            'contextid' => $context->id, 'component' => 'mod_quiz', 'preferredbehaviour' => 'deferredfeedback',
        ], $lines));
        $usages = array_keys($DB->get_records('question_usages', ['contextid' => $context->id], 'id', 'id'));
        $attempts = $asked = $steps = [];
        foreach (array_values($lines) as $n => $line) {
            $attempts[] = (object) [
                'quiz' => $quiz->id, 'userid' => $users[$n] ?? 1000000 + $n, 'attempt' => 1, 'uniqueid' => $usages[$n],
                'layout' => '1,0', 'state' => 'finished', 'sumgrades' => 0,
                'timestart' => 1700000000 + $n, 'timefinish' => 1700000600 + $n,
            ];
            foreach (array_values($line) as $slot => $right) {
                $asked[] = (object) [
                    'questionusageid' => $usages[$n], 'slot' => $slot + 1, 'behaviour' => 'deferredfeedback',
                    'questionid' => $this->palier->questions[$slot]->id, 'maxmark' => 1, 'minfraction' => 0, 'timemodified' => 0,
                ];
            }
        }
        $many('quiz_attempts', $attempts);
        $many('question_attempts', $asked);
        [$insql, $params] = $DB->get_in_or_equal($usages);
        $rows = $DB->get_records_select('question_attempts', "questionusageid {$insql}", $params, '', 'id, questionusageid, slot');
        $place = array_flip($usages);
        foreach ($rows as $row) {
            $right = array_values($lines)[$place[$row->questionusageid]][$row->slot - 1];
            $steps[] = (object) [
                'questionattemptid' => $row->id, 'sequencenumber' => 0, 'timecreated' => 0, 'userid' => 0,
                'state' => $right ? 'gradedright' : 'gradedwrong', 'fraction' => $right,
            ];
        }
        $many('question_attempt_steps', $steps);
    }

    /**
     * Persons with a language.
     *
     * @param int $count
     * @param \Closure $language of a person's number
     * @return int[]
     */
    protected function make_persons(int $count, \Closure $language): array {
        global $DB;
        $DB->insert_records('user', array_map(fn($n) => (object) [
            'username' => "person$n", 'lang' => $language($n), 'mnethostid' => 1, 'confirmed' => 1,
        ], range(0, $count - 1)));
        $users = array_keys($DB->get_records_select('user', "username LIKE 'person%'", null, 'id', 'id'));
        return array_map('intval', $users);
    }

    /**
     * A choice of answers of this course.
     *
     * @param array $over
     * @return choice
     */
    protected function choice(array $over = []): choice {
        return new choice($over + ['courses' => [$this->course->id]]);
    }

    /**
     * The answers that a choice gives, read by an administrator.
     *
     * @param array $over
     * @return collection
     */
    protected function collect(array $over = []): collection {
        $this->setAdminUser();
        return new collection($this->choice($over), $this->builder()->questions());
    }

    /**
     * The questions of the adaptive test.
     *
     * @return bank_builder
     */
    protected function builder(): bank_builder {
        return bank_builder::for_instance((int) $this->palier->id, \context_module::instance($this->palier->cmid));
    }

    /**
     * Question bank entries in the order of the questions.
     *
     * @return int[]
     */
    protected function entries(): array {
        return array_map(fn($question) => (int) get_question_bank_entry($question->id)->id, $this->palier->questions);
    }

    /**
     * Asks for a calibration as an administrator and has the tasks run.
     *
     * @param array $over of the choice
     * @return stdClass row of palier_calibration
     */
    protected function calibrate(array $over = []): stdClass {
        $this->setAdminUser();
        $id = calibration::start((int) $this->palier->id, $this->choice($over));
        ob_start();
        $this->runAdhocTasks(\mod_palier\task\calibrate::class);
        ob_end_clean();
        return calibration::load($id, (int) $this->palier->id);
    }
}
