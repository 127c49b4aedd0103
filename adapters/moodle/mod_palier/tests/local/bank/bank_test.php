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

namespace mod_palier\local\bank;

use mod_palier\local\parameters\item_parameters;
use mod_palier\tests\learner_testcase;

/**
 * Banks made of an activity's questions.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\bank\bank
 * @covers    \mod_palier\local\bank\bank_builder
 * @covers    \mod_palier\local\bank\question_filter
 */
final class bank_test extends learner_testcase {
    /**
     * A builder of a category's questions.
     *
     * @param int|int[] $categories
     * @param bool $subcategories
     * @param int[] $tags
     * @return bank_builder
     */
    private function builder(int|array $categories, bool $subcategories = true, array $tags = []): bank_builder {
        return new bank_builder(question_filter::make((array) $categories, $subcategories, $tags));
    }

    public function test_an_activity_has_the_questions_of_its_set_reference_in_the_order_of_their_entries(): void {
        $this->make_test(6);
        $this->setAdminUser();
        $context = \core\context\module::instance($this->palier->cmid);
        $bank = bank::for_instance((object) ['id' => $this->palier->id], $context);
        $items = $bank->items();
        $entries = array_map(fn($item) => $bank->entry_of($item['item']), $items);
        $this->assertCount(6, $items);
        $sorted = $entries;
        sort($sorted);
        $this->assertSame($sorted, $entries);
        $this->assertSame('main', $items[0]['scale']);
        $this->assertSame('Question 0', $items[0]['label']);
        $this->assertSame($bank->hash, bank::load($bank->id)->hash);
        $this->assertSame($items, bank::load($bank->id)->items());
    }

    public function test_the_same_questions_are_stored_once_and_other_parameters_make_another_bank(): void {
        global $DB;
        $this->setAdminUser();
        $made = $this->getDataGenerator()->get_plugin_generator('mod_palier')
            ->create_questions(4, \core\context\course::instance($this->course->id));
        $first = $this->builder($made->category->id)->stored();
        $this->assertSame($first->id, $this->builder($made->category->id)->stored()->id);
        $this->assertEquals(1, $DB->count_records('palier_bank'));
        $this->assertEquals(4, $DB->count_records('palier_bank_item'));

        $questions = $this->builder($made->category->id)->questions();
        item_parameters::set_level([key($questions) => reset($questions)], 3);
        $second = $this->builder($made->category->id)->stored();
        $this->assertNotSame($first->hash, $second->hash);
        $this->assertNotSame($first->id, $second->id);
        $this->assertSame(-3.0, (float) $first->items()[0]['b']);
        $this->assertSame(0.0, (float) $second->items()[0]['b']);
    }

    public function test_questions_without_parameters_are_left_out_and_listed(): void {
        $this->setAdminUser();
        $context = \core\context\course::instance($this->course->id);
        $made = $this->getDataGenerator()->get_plugin_generator('mod_palier')->create_questions(3, $context);
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $generator->create_question('truefalse', null, ['category' => $made->category->id, 'name' => 'New one']);
        $builder = $this->builder($made->category->id);
        $this->assertCount(3, $builder->items());
        $this->assertSame(['New one'], array_values(array_column($builder->missing(), 'name')));

        item_parameters::set_aside($builder->missing());
        $builder = $this->builder($made->category->id);
        $this->assertCount(3, $builder->items());
        $this->assertSame([], $builder->missing());
        $this->assertCount(1, $builder->set_aside());
    }

    public function test_without_any_parameters_there_is_no_bank(): void {
        $this->setAdminUser();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $category = $generator->create_question_category();
        $generator->create_question('truefalse', null, ['category' => $category->id]);
        $this->expectExceptionMessage(get_string('emptybank', 'mod_palier'));
        $this->builder($category->id)->bank();
    }

    public function test_core_filters_choose_by_category_subcategory_and_tag(): void {
        $this->setAdminUser();
        $context = \core\context\course::instance($this->course->id);
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $parent = $generator->create_question_category(['contextid' => $context->id]);
        $child = $generator->create_question_category(['contextid' => $context->id, 'parent' => $parent->id]);
        $other = $generator->create_question_category(['contextid' => $context->id]);
        $ids = [];
        foreach ([$parent, $child, $other] as $category) {
            $question = $generator->create_question('truefalse', null, ['category' => $category->id]);
            $ids[] = (int) $question->id;
        }
        $generator->create_question_tag(['questionid' => $ids[1], 'tag' => 'lang:fr']);
        $tag = \core_tag_tag::get_by_name(\core_tag_area::get_collection('core_question', 'question'), 'lang:fr');
        $names = fn(bank_builder $builder) => array_values(array_map(
            fn($question) => (int) $question->questionid,
            $builder->questions()
        ));
        $this->assertSame([$ids[0], $ids[1]], $names($this->builder($parent->id)));
        $this->assertSame([$ids[0]], $names($this->builder($parent->id, false)));
        $this->assertSame($ids, $names($this->builder([$parent->id, $other->id])));
        $this->assertSame([$ids[1]], $names($this->builder($parent->id, true, [$tag->id])));
        $this->assertSame([], $names(new bank_builder([])));
    }

    public function test_an_id_number_that_is_not_unique_gives_way_to_the_entry(): void {
        $this->setAdminUser();
        $context = \core\context\course::instance($this->course->id);
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $categories = [];
        foreach (['Été', 'ete', 'other'] as $idnumber) {
            $category = $generator->create_question_category(['contextid' => $context->id]);
            $generator->create_question('truefalse', null, ['category' => $category->id, 'idnumber' => $idnumber]);
            $categories[] = $category->id;
        }
        $questions = $this->builder($categories)->questions();
        $items = array_column($questions, 'item', 'idnumber');
        $this->assertSame('other', $items['other']);
        $this->assertMatchesRegularExpression('/^q\d+$/', $items['Été']);
        $this->assertMatchesRegularExpression('/^q\d+$/', $items['ete']);
    }

    public function test_the_newest_ready_version_is_used_and_keeps_its_parameters(): void {
        $this->setAdminUser();
        $context = \core\context\course::instance($this->course->id);
        $made = $this->getDataGenerator()->get_plugin_generator('mod_palier')->create_questions(2, $context);
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $before = $this->builder($made->category->id)->items();
        $new = $generator->update_question($made->questions[0], null, ['name' => 'Edited']);
        $questions = $this->builder($made->category->id)->questions();
        $this->assertContains((int) $new->id, array_map('intval', array_column($questions, 'questionid')));
        $after = $this->builder($made->category->id)->items();
        $this->assertSame($before[0]['b'], $after[0]['b']);
        $this->assertSame('Edited', $after[0]['label']);
    }

    public function test_every_digit_of_a_difficulty_reaches_the_engine(): void {
        $this->setAdminUser();
        $context = \core\context\course::instance($this->course->id);
        $made = $this->getDataGenerator()->get_plugin_generator('mod_palier')->create_questions(1, $context);
        $entry = array_key_first($this->builder($made->category->id)->questions());
        foreach ([0.1 + 0.2, 1 / 3, -2.2, 1.0000000000000002, -0.012345678901234567] as $double) {
            item_parameters::save([$entry => ['model' => 'rasch', 'b' => item_parameters::decimal($double)]]);
            $this->assertSame($double, $this->builder($made->category->id)->items()[0]['b']);
            $this->assertSame($double, (float) $this->builder($made->category->id)->bank()->items()[0]['b']);
        }
    }
}
