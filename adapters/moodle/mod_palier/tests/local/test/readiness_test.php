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

namespace mod_palier\local\test;

use mod_palier\local\bank\question_filter;
use mod_palier\output\check_result;
use mod_palier\output\home_page;
use mod_palier\tests\learner_testcase;

/**
 * What is missing before learners can begin, and what helps.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\test\last_check
 * @covers    \mod_palier\local\test\ways_out
 * @covers    \mod_palier\local\test\adjustment
 * @covers    \mod_palier\local\test\check
 * @covers    \mod_palier\output\home_page
 */
final class readiness_test extends learner_testcase {
    /**
     * The first page, for the present user.
     *
     * @return string
     */
    private function home(): string {
        global $DB, $PAGE, $USER;
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $page = new home_page($DB->get_record('palier', ['id' => $this->palier->id]), $cm, $USER->id);
        return $PAGE->get_renderer('core')->render($page);
    }

    /**
     * A test with questions that have no level.
     *
     * @param int $count
     * @return \stdClass[] the questions
     */
    private function make_without_levels(int $count): array {
        global $DB;
        $this->make_test($count, ['plan' => ['stop' => ['standard_error' => 0.8, 'max_items' => 30]]], ['shortanswer']);
        $DB->delete_records('palier_param');
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        return $this->palier->questions;
    }

    public function test_a_teacher_is_told_what_is_missing_and_led_there(): void {
        $this->make_without_levels(30);
        $page = $this->home();
        $this->assertStringContainsString(get_string('todo', 'mod_palier'), $page);
        $this->assertStringContainsString('/mod/palier/levels.php?id=' . $this->palier->cmid, $page);
        $this->assertStringNotContainsString(get_string('preview', 'mod_palier'), $page);
        $this->assertStringNotContainsString('questions, ', $page);

        $this->setUser($this->learner);
        $page = $this->home();
        $this->assertStringContainsString(get_string('notreadyyet', 'mod_palier'), $page);
        $this->assertStringNotContainsString(get_string('begin', 'mod_palier'), $page);
        $this->assertStringNotContainsString('levels.php', $page);

        // Levels given by whatever way are seen at the next look.
        $this->setAdminUser();
        $builder = new \mod_palier\local\bank\bank_builder(question_filter::load((int) $this->palier->id));
        foreach (array_chunk($builder->questions(), 5, true) as $i => $questions) {
            \mod_palier\local\parameters\item_parameters::set_level($questions, $i + 1);
        }
        $this->setUser($this->learner);
        $page = $this->home();
        $this->assertStringContainsString(get_string('begin', 'mod_palier'), $page);
        $this->assertStringNotContainsString(get_string('notreadyyet', 'mod_palier'), $page);
        $this->setAdminUser();
        $this->assertStringNotContainsString('palier-todo', $this->home());
    }

    public function test_who_begins_first_finds_out_where_nothing_is_known(): void {
        $this->make_without_levels(3);
        $this->setUser($this->learner);
        $this->assertStringContainsString(get_string('begin', 'mod_palier'), $this->home());
        try {
            $this->start();
            $this->fail('A test without levels begins');
        } catch (\moodle_exception $e) {
            $this->assertSame('emptybank', $e->errorcode);
        }
        $this->assertStringContainsString(get_string('notreadyyet', 'mod_palier'), $this->home());
    }

    public function test_a_learners_page_of_a_test_that_is_ready_reads_no_question(): void {
        global $DB;
        $this->make_test(12);
        $this->home();
        $reads = $DB->perf_get_reads();
        $this->home();
        $small = $DB->perf_get_reads() - $reads;
        \mod_palier\local\engine\engine_factory::replace($this->createMock(\mod_palier\local\engine\engine::class));
        $this->assertStringContainsString(get_string('begin', 'mod_palier'), $this->home());
        $this->assertLessThan(10, $small);
    }

    public function test_a_promise_that_cannot_be_kept_has_ways_out_that_keep_it(): void {
        global $DB, $PAGE;
        $stop = ['standard_error' => 0.4, 'min_items' => 2, 'max_items' => 10];
        $this->make_test(60, ['plan' => ['stop' => $stop]], ['truefalse']);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $context = \core\context\module::instance($this->palier->cmid);
        $row = fn() => $DB->get_record('palier', ['id' => $this->palier->id]);
        $check = check::of_instance($row(), $context);
        $this->assertFalse($check->canrun);
        $this->assertSame(['precision', 'maxitems'], array_column($check->ways, 'field'));
        $output = $PAGE->get_renderer('core');
        $html = $output->render_from_template('mod_palier/check_result', (new check_result($check, $this->palier->cmid))
            ->export_for_template($output));
        $this->assertSame(2, substr_count($html, '/mod/palier/adjust.php'));
        $inform = new check_result($check, $this->palier->cmid, false, true);
        $form = $output->render_from_template('mod_palier/check_result', $inform->export_for_template($output));
        $this->assertStringNotContainsString('<form', $form);
        $this->assertSame(2, substr_count($form, 'data-palier-field'));
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $before = $row();
        foreach ($check->ways as $way) {
            $DB->update_record('palier', $before);
            adjustment::apply($before, $cm, $way['field'], $way['value']);
            $this->assertTrue(check::of_instance($row(), $context)->canrun, $way['text']);
            // The next finer one would not do: less is not asked than needed.
            if ($way['field'] === 'precision') {
                $finer = plan_builder::PRECISIONS[array_search($way['value'], plan_builder::PRECISIONS, true) + 1];
                $DB->update_record('palier', $before);
                adjustment::apply($before, $cm, 'precision', $finer);
                $this->assertFalse(check::of_instance($row(), $context)->canrun);
            }
        }
        $wrongs = [['precision', '0.45'], ['maxitems', '0'], ['maxitems', '501'], ['purpose', 'practice'], ['minitems', '-1']];
        foreach ($wrongs as $wrong) {
            try {
                adjustment::apply($before, $cm, ...$wrong);
                $this->fail(implode(' ', $wrong));
            } catch (\invalid_parameter_exception $e) {
                $this->assertStringContainsString($wrong[0], $e->getMessage());
            }
        }
    }

    public function test_too_small_a_bank_is_met_by_a_smaller_least(): void {
        global $DB;
        $this->make_test(8, ['plan' => ['stop' => ['min_items' => 20, 'max_items' => 25]]], ['truefalse']);
        $context = \core\context\module::instance($this->palier->cmid);
        $check = check::of_instance($DB->get_record('palier', ['id' => $this->palier->id]), $context);
        $this->assertSame([['minitems', '8']], array_map(fn($way) => [$way['field'], $way['value']], $check->ways));
    }

    public function test_warnings_follow_reason(): void {
        global $DB;
        // Levels 1 to 6, five questions each: as the walk of the field had them.
        $this->make_without_levels(30);
        $this->setAdminUser();
        $builder = new \mod_palier\local\bank\bank_builder(question_filter::load((int) $this->palier->id));
        foreach (array_chunk($builder->questions(), 5, true) as $i => $questions) {
            \mod_palier\local\parameters\item_parameters::set_level($questions, $i + 1);
        }
        foreach ([0.8, 0.7, 0.6] as $precision) {
            $plan = json_decode(plan_builder::from_form((object) ['precision' => $precision]), true);
            $builder = new \mod_palier\local\bank\bank_builder(question_filter::load((int) $this->palier->id));
            $check = check::run($builder, json_encode($plan));
            $margins = array_column($check->feasibility['by_level'], 'margin_levels', 'level');
            foreach ($check->warnings as $warning) {
                if (str_starts_with($warning['code'], 'thin_')) {
                    $this->assertGreaterThan(
                        round($check->feasibility['margin_levels'], 1),
                        round($margins[$warning['level']], 1),
                        $warning['message']
                    );
                }
                $this->assertStringNotContainsString('level 0 ', $warning['message']);
            }
        }
    }
}
