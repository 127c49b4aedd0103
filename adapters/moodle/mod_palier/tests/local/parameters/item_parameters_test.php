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

namespace mod_palier\local\parameters;

use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;

/**
 * Parameters of questions.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\parameters\item_parameters
 * @covers    \mod_palier\local\parameters\expert_levels
 * @covers    \mod_palier\local\parameters\parameter_actions
 */
final class item_parameters_test extends \advanced_testcase {
    /**
     * Questions of a category.
     *
     * @param string[][] $types type and the generator's form
     * @return \stdClass[]
     */
    private function questions(array $types): array {
        $this->resetAfterTest();
        $this->setAdminUser();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $category = $generator->create_question_category();
        foreach ($types as [$type, $which]) {
            $generator->create_question($type, $which, ['category' => $category->id]);
        }
        return (new bank_builder(question_filter::make([$category->id])))->questions();
    }

    /**
     * What no steps are.
     *
     * @return string[][]
     */
    public static function no_steps(): array {
        return [['x'], ['5'], ['[]'], ['{"b1":"x"}'], ['{"b1":1e999}'], ['{"e1":1}']];
    }

    /**
     * Steps that cannot be read are told of as the plugin tells of what is wrong.
     *
     * @dataProvider no_steps
     * @param string $text
     */
    public function test_steps_that_cannot_be_read_name_the_question(string $text): void {
        $this->expectException(\moodle_exception::class);
        $this->expectExceptionMessage(get_string('stepsunreadable', 'mod_palier', 'item-7'));
        item_parameters::steps((object) ['steps' => $text, 'item' => 'item-7']);
    }

    public function test_a_change_is_a_new_row_and_the_old_one_stays(): void {
        global $DB, $USER;
        $entry = array_key_first($this->questions([['truefalse', null]]));
        $this->assertSame(1, item_parameters::save([$entry => ['b' => '0.5']]));
        $this->assertSame(0, item_parameters::save([$entry => ['b' => '0.50']]));
        $this->assertSame(1, item_parameters::save([$entry => ['b' => '0.75']]));
        $history = array_values(item_parameters::history($entry));
        $this->assertCount(2, $history);
        $this->assertEquals([1, 0], array_column($history, 'iscurrent'));
        $this->assertEquals([0.75, 0.5], array_column($history, 'b'));
        $this->assertEquals($USER->id, $history[0]->usermodified);
        $this->assertEquals(1, $DB->count_records('palier_param', ['questionbankentryid' => $entry, 'iscurrent' => 1]));
    }

    /**
     * Doubles that a decimal column must give back.
     *
     * @return array
     */
    public static function doubles(): array {
        return [[0.1 + 0.2], [1 / 3], [-2.2], [M_PI], [9.999999999999998], [0.001], [-0.0123456789012345678], [0.0]];
    }

    /**
     * Doubles pass through the database.
     *
     * @dataProvider doubles
     * @param float $double
     */
    public function test_doubles_pass_through_the_database(float $double): void {
        $entry = array_key_first($this->questions([['truefalse', null]]));
        item_parameters::save([$entry => ['b' => item_parameters::decimal($double), 'seb' => $double ?: null]]);
        $row = item_parameters::current([$entry])[$entry];
        $this->assertSame($double, (float) $row->b);
        $this->assertSame(json_encode($double), item_parameters::shortest($row->b));
    }

    public function test_a_level_gives_an_expert_prior_by_type(): void {
        $questions = $this->questions([
            ['truefalse', null], ['multichoice', 'one_of_four'], ['multichoice', 'two_of_four'], ['shortanswer', null],
        ]);
        $this->assertSame(4, item_parameters::set_level($questions, 6));
        $current = item_parameters::current(array_keys($questions));
        $guesses = array_values(array_map(fn($entry) => (float) $current[$entry]->c, array_keys($questions)));
        $this->assertSame([0.5, 0.25, 0.05, 0.05], $guesses);
        foreach ($current as $row) {
            $this->assertSame('3pl', $row->model);
            $this->assertSame([1.0, 2.7, 0.6], [(float) $row->a, (float) $row->b, (float) $row->seb]);
            $this->assertEquals(6, $row->level);
            $this->assertSame('expert', $row->source);
        }
        $this->assertSame(0, item_parameters::set_level((new bank_builder([]))->questions(), 6));
    }

    public function test_a_level_that_is_not_there_is_refused(): void {
        $this->expectException(\invalid_parameter_exception::class);
        expert_levels::values(9, 0.5);
    }

    public function test_the_levels_are_those_of_the_framework(): void {
        $this->assertSame(
            [1 => -2.2, 2 => -1.0, 3 => 0.0, 4 => 1.0, 5 => 1.9, 6 => 2.7, 7 => 3.5, 8 => 4.5],
            expert_levels::LEVELS
        );
    }

    public function test_actions_leave_out_what_the_user_may_not_edit(): void {
        $questions = $this->questions([['truefalse', null], ['truefalse', null]]);
        $course = $this->getDataGenerator()->create_course();
        $palier = $this->getDataGenerator()->create_module('palier', ['course' => $course->id]);
        $context = \core\context\module::instance($palier->cmid);
        $actions = new parameter_actions($questions, $context);
        $this->setUser($this->getDataGenerator()->create_and_enrol($course, 'editingteacher'));
        $this->assertSame(0, $actions->run('level', array_keys($questions), 2));
        $this->setAdminUser();
        $sink = $this->redirectEvents();
        $this->assertSame(1, $actions->run('level', [array_key_first($questions), 999999], 2));
        $events = array_filter($sink->get_events(), fn($event) => $event instanceof \mod_palier\event\parameters_imported);
        $this->assertCount(1, $events);
        $this->assertSame(1, $actions->run('aside', [array_key_last($questions)]));
        foreach (['trial' => 'pretest', 'draft' => 'draft', 'use' => 'operational'] as $action => $status) {
            $now = new parameter_actions(bank_builder::read(array_column($questions, 'questionid')), $context);
            // The other one has no difficulty: it cannot be asked.
            $this->assertSame(1, $now->run($action, array_keys($questions)));
            $this->assertSame($status, item_parameters::current(array_keys($questions))[array_key_first($questions)]->status);
        }
        $this->expectException(\invalid_parameter_exception::class);
        $actions->run('drop', array_keys($questions));
    }
}
