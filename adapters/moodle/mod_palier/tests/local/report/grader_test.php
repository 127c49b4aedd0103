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

namespace mod_palier\local\report;

use mod_palier\completion\custom_completion;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\task\finish_attempts;
use mod_palier\tests\result_testcase;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->libdir . '/gradelib.php');
require_once($CFG->libdir . '/completionlib.php');

/**
 * Results in the gradebook and in completion.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\report\grader
 * @covers     \mod_palier\local\report\results
 * @covers     \mod_palier\local\report\result_publisher
 * @covers     \mod_palier\task\finish_attempts
 * @covers     \mod_palier\completion\custom_completion
 */
final class grader_test extends result_testcase {
    /**
     * The learner's grade.
     *
     * @param stdClass $palier
     * @return float|null
     */
    private function grade(stdClass $palier): ?float {
        $grades = grade_get_grades($this->course->id, 'mod', 'palier', $palier->id, $this->learner);
        $grade = reset($grades->items)->grades[$this->learner]->grade ?? null;
        return $grade === null ? null : (float) $grade;
    }

    public function test_a_positioning_is_no_mark_unless_the_teacher_wants_one(): void {
        $palier = $this->make_activity($this->course);
        $this->make_attempt($palier, $this->learner);
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $item = \grade_item::fetch(['itemmodule' => 'palier', 'iteminstance' => $palier->id]);
        $this->assertTrue($item === false || (int) $item->gradetype === GRADE_TYPE_NONE);
    }

    public function test_points_follow_the_level(): void {
        $palier = $this->make_activity($this->course, ['grade' => 100, 'grademethod' => 'last']);
        foreach ([1 => 0.0, 3 => 50.0, 5 => 100.0] as $level => $expected) {
            $this->make_attempt($palier, $this->learner, ['level' => $level]);
            result_publisher::publish_now((int) $palier->id, $this->learner);
            $this->assertSame($expected, $this->grade($palier));
        }
    }

    public function test_a_scale_follows_the_level(): void {
        $scale = $this->getDataGenerator()->create_scale(['scale' => 'one,two,three,four,five']);
        $palier = $this->make_activity($this->course, ['grade' => -$scale->id]);
        $this->make_attempt($palier, $this->learner, ['level' => 3]);
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $this->assertSame(3.0, $this->grade($palier));
    }

    public function test_the_last_result_counts_and_unfinished_ones_and_previews_do_not(): void {
        $palier = $this->make_activity($this->course, ['grade' => 100, 'grademethod' => 'last']);
        $this->make_attempt($palier, $this->learner, ['level' => 5, 'timefinish' => 100]);
        $this->make_attempt($palier, $this->learner, ['level' => 2, 'timefinish' => 200]);
        $this->make_attempt($palier, $this->learner, ['level' => 4, 'state' => 'inprogress', 'timefinish' => 0]);
        $this->make_attempt($palier, $this->learner, ['level' => 4, 'preview' => 1, 'timefinish' => 300]);
        grader::update($palier);
        $this->assertSame(25.0, $this->grade($palier));
    }

    public function test_a_result_that_is_not_shared_gives_no_grade(): void {
        global $DB;
        $palier = $this->make_activity($this->course, ['grade' => 100]);
        $attempt = $this->make_attempt($palier, $this->learner, ['visibility' => 'after_sharing']);
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $this->assertNull($this->grade($palier));
        $DB->set_field('palier_attempt', 'timeshared', time(), ['id' => $attempt->id]);
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $this->assertSame(50.0, $this->grade($palier));
    }

    public function test_grades_are_made_again_and_taken_back(): void {
        global $DB;
        $palier = $this->make_activity($this->course, ['grade' => 100]);
        $attempt = $this->make_attempt($palier, $this->learner);
        grader::update($palier);
        $this->assertSame(50.0, $this->grade($palier));
        $palier->grade = 10;
        grader::update($palier);
        $this->assertSame(5.0, $this->grade($palier));
        attempt_repository::delete_all('id = ?', [$attempt->id]);
        grader::update($palier, $this->learner);
        $this->assertNull($this->grade($palier));
    }

    /**
     * The state of completion of the learner.
     *
     * @param stdClass $palier
     * @return int
     */
    private function completion(stdClass $palier): int {
        $cm = get_fast_modinfo($this->course)->get_cm($palier->cmid);
        return (int) (new \completion_info($this->course))->get_data($cm, false, $this->learner)->completionstate;
    }

    public function test_having_a_result_completes(): void {
        $palier = $this->make_activity($this->course, ['completion' => COMPLETION_TRACKING_AUTOMATIC, 'completionresult' => 1]);
        $this->make_attempt($palier, $this->learner, ['state' => 'inprogress', 'timefinish' => 0]);
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $this->assertSame(COMPLETION_INCOMPLETE, $this->completion($palier));
        $this->make_attempt($palier, $this->learner, ['visibility' => 'after_sharing']);
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $this->assertSame(COMPLETION_COMPLETE, $this->completion($palier));
    }

    public function test_reaching_the_level_completes(): void {
        global $DB;
        $palier = $this->make_activity($this->course, ['completion' => COMPLETION_TRACKING_AUTOMATIC, 'completionlevel' => 3]);
        $this->make_attempt($palier, $this->learner, ['level' => 2]);
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $this->assertSame(COMPLETION_INCOMPLETE, $this->completion($palier));
        // Completion would tell the level: it waits for the learner to share.
        $attempt = $this->make_attempt($palier, $this->learner, ['level' => 3, 'visibility' => 'after_sharing']);
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $this->assertSame(COMPLETION_INCOMPLETE, $this->completion($palier));
        $DB->set_field('palier_attempt', 'timeshared', time(), ['id' => $attempt->id]);
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $this->assertSame(COMPLETION_COMPLETE, $this->completion($palier));
    }

    public function test_completion_rules_are_described(): void {
        $palier = $this->make_activity($this->course, [
            'completion' => COMPLETION_TRACKING_AUTOMATIC,
            'completionresult' => 1,
            'completionlevel' => 3,
        ]);
        $completion = new custom_completion(get_fast_modinfo($this->course)->get_cm($palier->cmid), $this->learner);
        $this->assertSame(['completionresult', 'completionlevel'], $completion->get_available_custom_rules());
        $this->assertSame('Reach level 3', $completion->get_custom_rule_descriptions()['completionlevel']);
        $this->assertEqualsCanonicalizing(
            ['completionview', 'completionusegrade', 'completionpassgrade', ...$completion->get_defined_custom_rules()],
            $completion->get_sort_order(),
        );
    }

    public function test_a_publication_that_fails_is_repeated_by_a_task(): void {
        global $DB;
        $palier = $this->make_activity($this->course, ['grade' => 100]);
        $row = $this->make_attempt($palier, $this->learner, ['timemodified' => time() - HOURSECS]);
        $attempt = attempt_repository::load((int) $row->id);
        // Without its course module nothing can be published.
        $cm = $DB->get_record('course_modules', ['id' => $palier->cmid]);
        $DB->delete_records('course_modules', ['id' => $palier->cmid]);
        rebuild_course_cache($this->course->id, true);
        result_publisher::note($attempt, result_publisher::FINISHED);
        $this->assertFalse(result_publisher::publish($attempt, result_publisher::FINISHED));
        $this->assertDebuggingCalledCount(1);
        $this->assertSame('finished', $DB->get_field('palier_attempt', 'due', ['id' => $attempt->id]));

        $DB->import_record('course_modules', $cm);
        $DB->get_manager()->reset_sequence('course_modules');
        rebuild_course_cache($this->course->id, true);
        $this->run_task();
        $this->assertSame(50.0, $this->grade($palier));
        $this->assertNull($DB->get_field('palier_attempt', 'due', ['id' => $attempt->id]));
    }

    public function test_what_a_process_that_died_left_undone_is_done_by_the_task_once(): void {
        global $DB;
        $palier = $this->make_activity($this->course, ['grade' => 100]);
        $row = $this->make_attempt($palier, $this->learner, ['timemodified' => time() - HOURSECS]);
        // The step is committed, and the process ends right after it.
        result_publisher::note(attempt_repository::load((int) $row->id), result_publisher::FINISHED);
        $this->assertNull($this->grade($palier));
        $events = $this->redirectEvents();
        $this->run_task();
        $this->run_task();
        $this->assertSame(50.0, $this->grade($palier));
        $told = array_filter($events->get_events(), fn($event) => $event instanceof \mod_palier\event\attempt_finished);
        $this->assertCount(1, $told);
        $this->assertEquals($this->learner, reset($told)->relateduserid ?? reset($told)->userid);
    }

    public function test_the_task_leaves_a_request_its_time(): void {
        global $DB;
        $palier = $this->make_activity($this->course, ['grade' => 100]);
        $row = $this->make_attempt($palier, $this->learner);
        $DB->set_field('palier_attempt', 'timemodified', time(), ['id' => $row->id]);
        result_publisher::note(attempt_repository::load((int) $row->id), result_publisher::FINISHED);
        $this->run_task();
        $this->assertNull($this->grade($palier));
    }

    public function test_previews_are_not_published(): void {
        $palier = $this->make_activity($this->course, ['grade' => 100]);
        $row = $this->make_attempt($palier, $this->learner, ['preview' => 1]);
        $attempt = attempt_repository::load((int) $row->id);
        result_publisher::note($attempt, result_publisher::FINISHED);
        $this->assertTrue(result_publisher::publish($attempt, result_publisher::FINISHED));
        $this->assertNull($this->grade($palier));
    }

    /**
     * Runs the task without its words.
     */
    private function run_task(): void {
        ob_start();
        (new finish_attempts())->execute();
        ob_end_clean();
    }
}
