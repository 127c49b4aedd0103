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

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\test\instance;
use mod_palier\local\test\map_settings;
use mod_palier\tests\result_testcase;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->libdir . '/gradelib.php');
require_once($CFG->dirroot . '/course/modlib.php');

/**
 * The competences of a map in the gradebook. Attempts are of a plan with levels 1 to 5, so that level 3 is half of the points.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\report\scale_grades
 * @covers     \mod_palier\local\report\grader
 * @covers     \mod_palier\local\test\map_settings
 * @covers     \mod_palier\grades\gradeitems
 */
final class scale_grades_test extends result_testcase {
    /**
     * A map of competences of two domains.
     *
     * @param string $choice what grades there are
     * @param array $record
     * @param string[] $scales ids of competences
     * @return stdClass
     */
    private function make_map(string $choice = 'scale', array $record = [], array $scales = ['a', 'b', 'c']): stdClass {
        return $this->make_activity($this->course, $record + [
            'grade' => 100,
            'scalegrades' => $choice,
            'plan' => $this->map($scales),
        ]);
    }

    /**
     * The plan of a map.
     *
     * @param string[] $scales
     * @return string
     */
    private function map(array $scales): string {
        return $this->plan([
            'scales' => array_map(fn(string $id): array => [
                'id' => $id,
                'name' => ['en' => "Competence $id", 'fr' => "Compétence $id"],
                'domain' => $id === 'c' ? '2' : '1',
            ], $scales),
            'map' => ['domains' => [['id' => '1', 'name' => 'Data'], ['id' => '2', 'name' => 'Safety']]],
        ]);
    }

    /**
     * An attempt with what was found of each competence.
     *
     * @param stdClass $palier
     * @param array $found values of the row, or a level, by "kind id"
     * @param array $over values of the attempt
     */
    private function attempt(stdClass $palier, array $found, array $over = []): void {
        global $DB;
        $attempt = $this->make_attempt($palier, $this->learner, $over);
        $place = 0;
        foreach ($found as $key => $values) {
            [$kind, $scale] = explode(' ', $key);
            $DB->insert_record('palier_attempt_scale', (object) ((is_array($values) ? $values : ['level' => $values]) + [
                'attemptid' => $attempt->id, 'kind' => $kind, 'scale' => $scale, 'state' => 'measured', 'answers' => 3,
                'sortorder' => $place++,
            ]));
        }
        result_publisher::publish_now((int) $palier->id, $this->learner);
    }

    /**
     * The columns of an activity with the learner's grades.
     *
     * @param stdClass $palier
     * @return array name => grade
     */
    private function grades(stdClass $palier): array {
        $grades = [];
        foreach (grade_get_grades($this->course->id, 'mod', 'palier', $palier->id, $this->learner)->items as $item) {
            $grade = $item->grades[$this->learner]->grade ?? null;
            $grades[$item->name] = $grade === null ? null : (float) $grade;
        }
        return $grades;
    }

    /**
     * A grade item.
     *
     * @param stdClass $palier
     * @param int $number
     * @return \grade_item
     */
    private function item(stdClass $palier, int $number): \grade_item {
        $key = ['itemtype' => 'mod', 'itemmodule' => 'palier', 'iteminstance' => $palier->id, 'itemnumber' => $number];
        return \grade_item::fetch($key);
    }

    public function test_there_is_none_unless_the_teacher_wants_them(): void {
        $palier = $this->make_map('');
        $this->attempt($palier, ['scale a' => 3]);
        $this->assertSame([$palier->name => 50.0], $this->grades($palier));
    }

    public function test_each_competence_is_graded_by_its_level_and_what_is_not_told_has_no_grade(): void {
        $palier = $this->make_map('scale', [], ['a', 'b', 'c', 'd', 'e']);
        $this->attempt($palier, [
            'scale a' => 1,
            'scale b' => 4,
            'scale c' => ['level' => null, 'state' => 'not_assessed', 'answers' => 0],
            'scale d' => ['level' => 3, 'state' => 'reported_as_domain'],
            'scale e' => ['level' => null],
            'domain 1' => 3,
        ]);
        $this->assertSame([
            $palier->name => 50.0, 'Competence a' => 0.0, 'Competence b' => 75.0,
            'Competence c' => null, 'Competence d' => null, 'Competence e' => null,
        ], $this->grades($palier));
    }

    public function test_domains_are_graded_where_they_are_asked_for(): void {
        $palier = $this->make_map('domain');
        $this->attempt($palier, ['scale a' => 1, 'domain 1' => 5, 'domain 2' => 2]);
        $this->assertSame([$palier->name => 50.0, 'Data' => 100.0, 'Safety' => 25.0], $this->grades($palier));
    }

    public function test_a_scale_gives_the_place_of_the_level(): void {
        $scale = $this->getDataGenerator()->create_scale(['scale' => 'one,two,three,four,five']);
        $palier = $this->make_map('scale', ['grade' => -$scale->id]);
        $this->attempt($palier, ['scale a' => 5, 'scale b' => 1, 'scale c' => 2]);
        $this->assertSame(
            [$palier->name => 3.0, 'Competence a' => 5.0, 'Competence b' => 1.0, 'Competence c' => 2.0],
            $this->grades($palier)
        );
    }

    public function test_with_a_threshold_reached_is_all_and_undecided_is_none(): void {
        global $DB;
        $plan = json_encode(['purpose' => 'threshold'] + json_decode($this->map(['a', 'b', 'c']), true));
        $planid = $DB->insert_record('palier_plan', ['hash' => hash('sha256', $plan), 'plan' => $plan]);
        $palier = $this->make_map();
        $this->attempt($palier, [
            'scale a' => ['level' => 2, 'required' => 'reached'],
            'scale b' => ['level' => 4, 'required' => 'not_reached'],
            'scale c' => ['level' => 3, 'required' => 'undecided'],
        ], ['planid' => $planid]);
        $grades = $this->grades($palier);
        $this->assertSame([100.0, 0.0, null], [$grades['Competence a'], $grades['Competence b'], $grades['Competence c']]);
    }

    public function test_grades_are_of_the_attempts_that_count(): void {
        // By method: the best (by the whole), first, last attempt, and the mean of those in which it was assessed.
        $expected = ['best' => [25.0, 75.0], 'first' => [25.0, 75.0], 'last' => [75.0, null], 'average' => [50.0, 75.0]];
        foreach ($expected as $method => $grades) {
            $palier = $this->make_map('scale', ['grademethod' => $method]);
            $this->attempt($palier, ['scale a' => 2, 'scale b' => 4], ['level' => 5, 'timefinish' => 100]);
            $this->attempt($palier, [
                'scale a' => 4,
                'scale b' => ['level' => null, 'state' => 'not_assessed'],
            ], ['level' => 2, 'timefinish' => 200]);
            $found = $this->grades($palier);
            $this->assertSame($grades, [$found['Competence a'], $found['Competence b']], $method);
        }
    }

    public function test_a_result_that_is_not_shared_gives_no_grade(): void {
        $palier = $this->make_map();
        $this->attempt($palier, ['scale a' => 3], ['visibility' => 'after_sharing']);
        $this->assertSame([null], array_values(array_unique($this->grades($palier))));
    }

    public function test_names_are_in_the_language_of_the_course(): void {
        global $DB;
        $palier = $this->make_map();
        $DB->set_field('course', 'lang', 'fr', ['id' => $this->course->id]);
        \cache_helper::purge_by_event('changesincourse');
        get_fast_modinfo($this->course->id, 0, true);
        grader::update($DB->get_record('palier', ['id' => $palier->id]));
        $this->assertContains('Compétence a', array_keys($this->grades($palier)));
    }

    public function test_items_go_with_the_choice_and_keep_their_numbers(): void {
        global $DB;
        $palier = $this->make_map();
        $this->attempt($palier, ['scale a' => 3, 'scale b' => 3, 'scale c' => 3]);
        // A competence left the plan, and another came.
        $DB->set_field('palier', 'plan', $this->map(['b', 'c', 'd']), ['id' => $palier->id]);
        $row = $DB->get_record('palier', ['id' => $palier->id]);
        grader::update($row);
        $this->assertSame('Competence b', $this->item($palier, 2)->itemname);
        $this->assertSame('Competence c', $this->item($palier, 3)->itemname);
        $this->assertSame('Competence d', $this->item($palier, 1)->itemname);
        $this->assertNull($this->grades($palier)['Competence d'], 'the grade of another competence is not that of the new one');
        $this->assertSame(50.0, $this->grades($palier)['Competence b']);
        (new map_settings($row))->save((object) ['scalegrades' => 'domain']);
        $this->assertSame([$palier->name, 'Data', 'Safety'], array_keys($this->grades($palier)));
        (new map_settings($row))->save((object) ['scalegrades' => '']);
        $this->assertSame([$palier->name], array_keys($this->grades($palier)));
        $this->assertSame(0, $DB->count_records('palier_gradeitem'));
        // No grade for the whole, none for its parts.
        (new map_settings($row))->save((object) ['scalegrades' => 'scale']);
        $row->grade = 0;
        grader::update($row);
        $this->assertSame(0, $DB->count_records('palier_gradeitem'));
    }

    public function test_overrides_stay_and_a_reset_empties(): void {
        $palier = $this->make_map();
        $this->attempt($palier, ['scale a' => 2, 'scale b' => 3, 'scale c' => 3]);
        $this->item($palier, 1)->update_final_grade($this->learner, 90);
        $this->attempt($palier, ['scale a' => 3, 'scale b' => 5, 'scale c' => 1], ['level' => 4]);
        grade_regrade_final_grades($this->course->id);
        $grades = $this->grades($palier);
        $this->assertSame([90.0, 100.0, 0.0], array_slice(array_values($grades), 1));
        $palier->grade = 10;
        grader::update($palier);
        $this->assertSame(10.0, $this->grades($palier)['Competence b']);
        instance::reset((object) ['courseid' => $this->course->id, 'reset_palier' => 1, 'timeshift' => 0]);
        $this->assertSame([null, null, null, null], array_values($this->grades($palier)));
    }

    public function test_grades_go_with_the_attempt(): void {
        global $DB;
        $palier = $this->make_map();
        $this->attempt($palier, ['scale a' => 2, 'scale b' => 3]);
        $this->attempt($palier, ['scale a' => 4, 'scale b' => 1], ['level' => 5]);
        $this->assertSame(75.0, $this->grades($palier)['Competence a']);
        foreach ([25.0, null] as $expected) {
            $attempts = $DB->get_fieldset_select('palier_attempt', 'id', 'palierid = ? ORDER BY level DESC', [$palier->id]);
            attempt_repository::delete_all('id = ?', [$attempts[0]]);
            grader::update($palier, $this->learner);
            $this->assertSame($expected, $this->grades($palier)['Competence a']);
        }
    }

    public function test_the_whole_counts_in_the_total_and_its_parts_only_if_a_teacher_gives_them_weight(): void {
        $palier = $this->make_map();
        $this->attempt($palier, ['scale a' => 5, 'scale b' => 5, 'scale c' => 5]);
        grade_regrade_final_grades($this->course->id);
        $total = \grade_item::fetch_course_item($this->course->id);
        $this->assertEquals(50, $total->get_grade($this->learner, false)->finalgrade);
        $this->assertEquals(100, \grade_item::fetch_course_item($this->course->id)->grademax);
        $item = $this->item($palier, 1);
        $item->aggregationcoef2 = 0.5;
        $item->update();
        grader::update($palier);
        $this->assertEquals(0.5, $this->item($palier, 1)->aggregationcoef2);
    }

    public function test_cores_forms_have_fields_of_the_whole_alone(): void {
        $field = fn(int $number): string => \core_grades\component_gradeitems::get_field_name_for_itemnumber(
            'mod_palier',
            $number,
            'gradepass'
        );
        $this->assertSame('gradepass', $field(0));
        $this->assertSame('gradepass', $field(1000), 'an outcome, as in core');
        $this->assertNotContains('gradepass', array_map($field, range(1, 999)));
        // One condition of completion, not one for each item that some activity may have.
        $this->assertCount(1, \core_grades\component_gradeitems::get_itemname_mapping_for_component('mod_palier'));
    }

    public function test_core_saves_the_activity_and_deletes_it_with_its_items(): void {
        global $DB;
        $palier = $this->make_map('scale', ['completion' => COMPLETION_TRACKING_AUTOMATIC, 'completionusegrade' => 1]);
        $cm = get_coursemodule_from_instance('palier', $palier->id);
        [$cm, , , $data] = get_moduleinfo_data($cm, $this->course);
        $data->introeditor = ['text' => '', 'format' => FORMAT_HTML, 'itemid' => 0];
        $data->gradepass = 40;
        $data->gradecat = $this->getDataGenerator()->create_grade_category(['courseid' => $this->course->id])->id;
        update_moduleinfo($cm, $data, $this->course);
        $this->assertEquals(40, $this->item($palier, 0)->gradepass);
        $this->assertEquals(0, $this->item($palier, 1)->gradepass);
        $this->assertSame(4, count($this->grades($palier)));
        $this->attempt($palier, ['scale a' => 3]);
        $cm = get_fast_modinfo($this->course)->get_cm($palier->cmid);
        $completion = (new \completion_info($this->course))->get_data($cm, false, $this->learner);
        $this->assertNotEquals(COMPLETION_INCOMPLETE, $completion->completionstate);
        course_delete_module($palier->cmid);
        $this->assertSame(0, $DB->count_records('grade_items', ['itemmodule' => 'palier']));
        $this->assertSame(0, $DB->count_records('palier_gradeitem'));
    }
}
