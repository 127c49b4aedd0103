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
use mod_palier\local\bank\question_search;
use mod_palier\output\levels_page;
use mod_palier\tests\learner_testcase;

/**
 * Levels of questions in one table.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\parameters\level_table
 * @covers    \mod_palier\local\parameters\level_suggestions
 * @covers    \mod_palier\local\bank\gradable
 * @covers    \mod_palier\output\levels_page
 */
final class level_table_test extends learner_testcase {
    /** @var \stdClass the category of the questions. */
    private \stdClass $category;

    /** @var int[] question bank entries by name. */
    private array $entries = [];

    /**
     * Questions without parameters.
     *
     * @param string[] $types type by name
     * @param array $category values of their category
     * @return \stdClass[] by name
     */
    private function questions(array $types, array $category = []): array {
        $this->setAdminUser();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $context = \core\context\course::instance($this->course->id);
        $made = $generator->create_question_category($category + ['contextid' => $context->id]);
        $this->category ??= $made;
        $questions = [];
        foreach ($types as $name => $type) {
            $questions[$name] = $generator->create_question($type, null, ['category' => $made->id, 'name' => $name]);
            $this->entries[$name] = (int) get_question_bank_entry($questions[$name]->id)->id;
        }
        return $questions;
    }

    /**
     * The questions of the category, as they are now.
     *
     * @return bank_builder
     */
    private function builder(): bank_builder {
        return new bank_builder(question_filter::make([$this->category->id]));
    }

    public function test_rows_by_number_go_before_choices_and_all_are_saved_at_once(): void {
        $names = array_map(fn($i) => "Question $i", range(1, 30));
        $this->questions(array_fill_keys($names, 'truefalse'));
        $table = new level_table($this->builder()->questions());
        $order = array_keys($table->rows());
        // As people count: question 2 before question 10.
        $this->assertSame(array_map(fn($name) => $this->entries[$name], $names), $order);
        $choices = $table->read($order, [$order[0] => '7', $order[29] => '6'], [1 => '1 - 5', 2 => '6–10, 12', 3 => '13;14 15-20']);
        $this->assertSame([], $table->errors);
        $this->assertSame(20, $table->save($choices));
        $now = $this->builder()->questions();
        $this->assertEquals(1, $now[$order[0]]->level);
        $this->assertEquals(2, $now[$order[11]]->level);
        $this->assertEquals(3, $now[$order[19]]->level);
        $this->assertNull($now[$order[10]]->level);
        $this->assertEquals(6, $now[$order[29]]->level);
        $this->assertEquals('expert', $now[$order[0]]->source);
        // What is there already is no change, and a question can be left aside and taken back.
        $again = new level_table($now);
        $this->assertSame(0, $again->save($again->read($order, [$order[0] => '1'], [])));
        $this->assertSame(1, $again->save($again->read($order, [$order[0] => level_table::ASIDE], [])));
        $back = new level_table($this->builder()->questions());
        $this->assertSame(1, $back->save($back->read($order, [$order[0] => '4'], [])));
        $this->assertSame('operational', $this->builder()->questions()[$order[0]]->status);
    }

    public function test_what_is_wrong_is_named_and_nothing_is_lost(): void {
        $this->questions(['A' => 'truefalse', 'B' => 'truefalse']);
        $table = new level_table($this->builder()->questions());
        $order = array_keys($table->rows());
        $table->read($order, [], [1 => '1-2', 2 => '2', 3 => '5', 4 => 'x', 5 => '2-1']);
        $this->assertSame([
            get_string('levels_twice', 'mod_palier', 2),
            get_string('levels_outofrange', 'mod_palier', ['part' => '5', 'last' => 2]),
            get_string('levels_notrange', 'mod_palier', 'x'),
            get_string('levels_outofrange', 'mod_palier', ['part' => '2-1', 'last' => 2]),
        ], $table->errors);
        $page = $this->page(['errors' => $table->errors, 'lines' => [4 => '<x'], 'choices' => [$order[1] => '8']]);
        $this->assertStringContainsString('value="&lt;x"', $page);
        $this->assertSame(1, substr_count($page, 'value="8" selected'));
        $this->assertSame(4, substr_count($page, 'alert-danger'));
    }

    public function test_levels_are_proposed_from_tags_and_categories(): void {
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $first = $this->questions(['Tagged' => 'truefalse', 'Free' => 'truefalse', 'Nearly' => 'truefalse']);
        $this->questions(
            ['Below' => 'truefalse', 'Both' => 'truefalse'],
            ['parent' => $this->category->id, 'name' => 'Bureautique, niveau 4']
        );
        $generator->create_question_tag(['questionid' => $first['Tagged']->id, 'tag' => 'niveau:3']);
        $generator->create_question_tag(['questionid' => $first['Nearly']->id, 'tag' => 'level:30']);
        $both = $this->builder()->questions()[$this->entries['Both']];
        $generator->create_question_tag(['questionid' => $both->questionid, 'tag' => 'Level 2']);
        $found = level_suggestions::of($this->builder()->questions());
        $names = array_keys(array_intersect($this->entries, array_keys($found)));
        $this->assertEqualsCanonicalizing(['Tagged', 'Below', 'Both'], $names);
        $this->assertSame(['level' => 3, 'from' => 'tag', 'name' => 'niveau:3'], $found[$this->entries['Tagged']]);
        $this->assertSame('category', $found[$this->entries['Below']]['from']);
        $this->assertSame(4, $found[$this->entries['Below']]['level']);
        $this->assertSame(2, $found[$this->entries['Both']]['level']);
        $page = $this->page();
        $this->assertStringContainsString(get_string('levels_suggested', 'mod_palier', 3), $page);
        $this->assertStringContainsString('from the tag “niveau:3”', $page);
        // A level that was given is not proposed again.
        item_parameters::set_level([$this->entries['Tagged'] => $this->builder()->questions()[$this->entries['Tagged']]], 5);
        $this->assertStringContainsString(get_string('levels_suggested', 'mod_palier', 2), $this->page());
    }

    public function test_what_a_machine_cannot_grade_is_refused_with_its_reason(): void {
        $this->questions(['Essay' => 'essay', 'Text' => 'description', 'Right' => 'truefalse']);
        $questions = $this->builder()->questions();
        // Core's filter leaves descriptions out by itself; parameters of an essay, given before, count for nothing.
        item_parameters::save([$this->entries['Essay'] => ['model' => 'rasch', 'b' => '0']]);
        $builder = $this->builder();
        $this->assertSame([], $builder->usable());
        $this->assertSame(['Right'], array_values(array_column($builder->missing(), 'name')));
        $this->assertContains('Essay', array_column($builder->ungradable(), 'name'));
        $table = new level_table($questions);
        $order = array_keys($table->rows());
        $choices = $table->read($order, array_fill_keys($order, '3'), []);
        $this->assertSame([$this->entries['Right']], array_keys($choices));
        $page = $this->page();
        $this->assertStringContainsString(get_string('ungradable_manual', 'mod_palier'), $page);
        $this->assertSame(1, substr_count($page, '<select'));
        $actions = new parameter_actions($questions, \core\context\module::instance(
            $this->getDataGenerator()->create_module('palier', ['course' => $this->course->id, 'plan' => '{"palier_plan":1}'])->cmid
        ));
        $this->assertSame(1, $actions->run('level', $order, 3));
    }

    public function test_who_may_not_edit_a_question_gives_it_no_level(): void {
        $this->questions(['A' => 'truefalse']);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'teacher'));
        $table = new level_table($this->builder()->questions());
        $this->assertSame([], $table->read([$this->entries['A']], [$this->entries['A'] => '3'], [3 => '1']));
        $this->assertSame(0, $table->save([$this->entries['A'] => '3']));
        $this->assertStringNotContainsString('<select', $this->page());
    }

    /**
     * The page as HTML.
     *
     * @param array $sent
     * @return string
     */
    private function page(array $sent = []): string {
        global $PAGE;
        $output = $PAGE->get_renderer('core');
        $url = new \moodle_url('/mod/palier/levels.php', ['id' => 1]);
        $PAGE->set_url($url);
        $search = new question_search(question_filter::make([$this->category->id]));
        $page = new levels_page($search, $url, false, 0, $sent);
        return $output->render_from_template('mod_palier/levels_page', $page->export_for_template($output));
    }
}
