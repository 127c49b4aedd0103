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

use mod_palier\api;
use mod_palier\completion\custom_completion;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\output\home_page;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\result_testcase;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->libdir . '/gradelib.php');
require_once($CFG->libdir . '/completionlib.php');

/**
 * Which attempts count, where there are several.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\report\grading_method
 * @covers     \mod_palier\local\report\results
 * @covers     \mod_palier\local\report\grader
 */
final class grading_method_test extends result_testcase {
    /**
     * An activity for which level 3 completes.
     *
     * @param string $method
     * @param array $record
     * @return stdClass
     */
    private function activity(string $method, array $record = []): stdClass {
        return $this->make_activity($this->course, $record + [
            'grade' => 100,
            'grademethod' => $method,
            'completion' => COMPLETION_TRACKING_AUTOMATIC,
            'completionlevel' => 3,
        ]);
    }

    /**
     * What is said of the learner by grade, by completion and to other plugins.
     *
     * @param stdClass $palier
     * @return array{float|null, bool, int|null} grade, whether complete, level of the result that counts
     */
    private function told(stdClass $palier): array {
        result_publisher::publish_now((int) $palier->id, $this->learner);
        $grades = grade_get_grades($this->course->id, 'mod', 'palier', $palier->id, $this->learner);
        $grade = reset($grades->items)->grades[$this->learner]->grade ?? null;
        $cm = get_fast_modinfo($this->course)->get_cm($palier->cmid);
        $complete = (new custom_completion($cm, $this->learner))->get_state('completionlevel') === COMPLETION_COMPLETE;
        $results = iterator_to_array(api::results_of_activity($palier->cmid), false);
        $level = $results && $results[0]->known
            ? attempt_repository::load($results[0]->attemptid)->level : null;
        return [$grade === null ? null : (float) $grade, $complete, $level];
    }

    /**
     * Levels 1 to 5 are 0, 25, 50, 75 and 100 points; "off": broken off before there was a result; level 3 completes.
     *
     * @return array[]
     */
    public static function attempts(): array {
        return [
            'none, best' => ['best', [], [null, false, null]],
            'none, average' => ['average', [], [null, false, null]],
            'one, best' => ['best', [4], [75.0, true, 4]],
            'one, first' => ['first', [4], [75.0, true, 4]],
            'one, last' => ['last', [4], [75.0, true, 4]],
            'one, average' => ['average', [4], [75.0, true, 4]],
            'two, best' => ['best', [4, 2], [75.0, true, 4]],
            'two, first' => ['first', [2, 4], [25.0, false, 2]],
            'two, last' => ['last', [4, 2], [25.0, false, 2]],
            'two, average' => ['average', [5, 2], [62.5, true, 2]],
            'three, best' => ['best', [2, 5, 3], [100.0, true, 5]],
            'three, first' => ['first', [3, 5, 1], [50.0, true, 3]],
            'three, last' => ['last', [2, 5, 1], [0.0, false, 1]],
            'three, average' => ['average', [1, 2, 3], [25.0, false, 3]],
            'broken off, best' => ['best', [3, 'off'], [50.0, true, 3]],
            'broken off, first' => ['first', ['off', 3, 1], [50.0, true, 3]],
            'broken off, last' => ['last', [3, 'off'], [50.0, true, 3]],
            'broken off, average' => ['average', [3, 'off', 5], [75.0, true, 5]],
            'only broken off' => ['last', ['off'], [null, false, null]],
        ];
    }

    /**
     * Makes attempts one after the other.
     *
     * @param stdClass $palier
     * @param array $levels a level, or "off"
     * @return stdClass[]
     */
    private function make_attempts(stdClass $palier, array $levels): array {
        $rows = [];
        foreach ($levels as $number => $level) {
            $rows[] = $this->make_attempt($palier, $this->learner, ['found' => $level, 'timefinish' => 1000 + $number]);
        }
        return $rows;
    }

    /**
     * Grade, completion and the results of other plugins agree.
     *
     * @dataProvider attempts
     * @param string $method
     * @param array $levels
     * @param array $expected
     */
    public function test_what_counts(string $method, array $levels, array $expected): void {
        $palier = $this->activity($method);
        $this->make_attempts($palier, $levels);
        $this->assertSame($expected, $this->told($palier));
    }

    public function test_a_retake_that_is_open_or_broken_off_leaves_the_grade(): void {
        foreach (grading_method::ALL as $method) {
            $palier = $this->activity($method);
            $this->make_attempts($palier, [4]);
            $this->assertSame(75.0, $this->told($palier)[0]);
            $open = $this->make_attempt($palier, $this->learner, ['state' => 'inprogress', 'level' => 1, 'timefinish' => 0]);
            $this->assertSame([75.0, true, 4], $this->told($palier), $method);
            attempt_repository::delete_all('id = ?', [$open->id]);
            $this->make_attempts($palier, ['off']);
            $this->assertSame([75.0, true, 4], $this->told($palier), $method);
        }
    }

    public function test_a_deleted_attempt_counts_no_more(): void {
        $palier = $this->activity('best');
        [$good] = $this->make_attempts($palier, [5, 2]);
        $this->assertSame([100.0, true, 5], $this->told($palier));
        attempt_repository::delete_all('id = ?', [$good->id]);
        $this->assertSame([25.0, false, 2], $this->told($palier));
        attempt_repository::delete_all('palierid = ?', [$palier->id]);
        $this->assertSame([null, false, null], $this->told($palier));
    }

    public function test_grades_follow_when_the_teacher_changes_the_method(): void {
        $palier = $this->activity('best');
        $this->make_attempts($palier, [5, 2]);
        $this->assertSame(100.0, $this->told($palier)[0]);
        palier_update_instance((object) ([
            'grademethod' => 'average',
            'instance' => $palier->id,
            'coursemodule' => $palier->cmid,
        ] + (array) $palier));
        $grades = grade_get_grades($this->course->id, 'mod', 'palier', $palier->id, $this->learner);
        $this->assertEquals(62.5, reset($grades->items)->grades[$this->learner]->grade);
    }

    public function test_a_scale_rounds_the_average(): void {
        $scale = $this->getDataGenerator()->create_scale(['scale' => 'one,two,three,four,five']);
        $palier = $this->activity('average', ['grade' => -$scale->id]);
        $this->make_attempts($palier, [2, 4, 4]);
        $this->assertSame(3.0, $this->told($palier)[0]);
    }

    public function test_a_threshold_is_all_or_nothing_and_undecided_no_grade(): void {
        foreach ([
            [['above'], 100.0], [['below'], 0.0], [['undecided'], null], [['above', 'below'], 100.0],
            [['below', 'undecided'], 0.0],
        ] as [$sides, $grade]) {
            $palier = $this->activity('best');
            foreach ($sides as $number => $side) {
                $this->make_attempt($palier, $this->learner, ['found' => $side, 'timefinish' => 1000 + $number]);
            }
            $this->assertSame($grade, $this->told($palier)[0], implode(', ', $sides));
        }
        $scale = $this->getDataGenerator()->create_scale(['scale' => 'not yet,reached']);
        $palier = $this->activity('last', ['grade' => -$scale->id]);
        $this->make_attempt($palier, $this->learner, ['found' => 'above']);
        $this->assertSame(2.0, $this->told($palier)[0]);
    }

    public function test_results_that_are_not_shared_do_not_count(): void {
        global $DB;
        $palier = $this->activity('best', ['plan' => $this->plan(['visibility' => 'after_sharing'])]);
        $private = ['visibility' => 'after_sharing'];
        $this->make_attempt($palier, $this->learner, $private + ['level' => 2, 'timeshared' => 5, 'timefinish' => 1000]);
        $better = $this->make_attempt($palier, $this->learner, $private + ['level' => 5, 'timefinish' => 1001]);
        $this->assertSame([25.0, false, 2], $this->told($palier));
        $DB->set_field('palier_attempt', 'timeshared', 5, ['id' => $better->id]);
        $this->assertSame([100.0, true, 5], $this->told($palier));
    }

    public function test_the_learner_is_told_before_a_retake(): void {
        global $DB, $PAGE;
        // Where no test can begin nothing is said of a retake.
        learner_testcase::use_engine();
        $PAGE->set_url('/mod/palier/view.php');
        $output = $PAGE->get_renderer('core');
        foreach ([
            'best' => 'Your best result counts.',
            'first' => 'Your first result counts.',
            'last' => 'Your last result counts.',
            'average' => 'The average of your results counts.',
        ] as $method => $sentence) {
            $this->setAdminUser();
            $palier = $this->activity($method);
            $cm = get_fast_modinfo($this->course)->get_cm($palier->cmid);
            $this->setUser($this->learner);
            $row = $DB->get_record('palier', ['id' => $palier->id]);
            $about = fn() => (new home_page($row, $cm, $this->learner))->export_for_template($output);
            $this->assertStringNotContainsString($sentence, json_encode($about()['about']));
            $this->make_attempts($palier, [4, 2]);
            $page = $about();
            $this->assertNull($page['reason']);
            $this->assertStringContainsString($sentence, json_encode($page['about']));
            $this->assertStringContainsString('takes nothing away', json_encode($page['about']));
            $this->assertSame(
                ['best' => [false, true], 'first' => [false, true], 'last' => [true, false], 'average' => [false, false]][$method],
                array_column($page['results'], 'counts')
            );
        }
    }

    public function test_a_new_activity_counts_the_best(): void {
        global $DB;
        $palier = $this->make_activity($this->course);
        $this->assertSame(grading_method::BEST, $DB->get_field('palier', 'grademethod', ['id' => $palier->id]));
    }
}
