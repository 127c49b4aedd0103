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

use mod_palier\local\parameters\item_parameters;
use mod_palier\local\test\plan_builder;
use mod_palier\local\bank\question_filter;

/**
 * Makes adaptive tests with questions for tests.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class mod_palier_generator extends testing_module_generator {
    #[\Override]
    public function create_instance($record = null, ?array $options = null) {
        $record = (object) (array) $record;
        $record->plan ??= plan_builder::from_form($record);
        foreach (['timeopen', 'timeclose', 'grade', 'completionresult'] as $field) {
            $record->$field ??= 0;
        }
        return parent::create_instance($record, (array) $options);
    }

    /**
     * Makes questions with difficulties spread evenly, and their parameters.
     *
     * @param int $count
     * @param context $context where the category is
     * @param string[] $types question types, in turn
     * @return stdClass ['category' => stdClass, 'questions' => stdClass[]]
     */
    public function create_questions(int $count, context $context, array $types = ['shortanswer', 'truefalse']): stdClass {
        $generator = phpunit_util::get_data_generator()->get_plugin_generator('core_question');
        $category = $generator->create_question_category(['contextid' => $context->id]);
        $questions = [];
        $rows = [];
        for ($i = 0; $i < $count; $i++) {
            $question = $generator->create_question($types[$i % count($types)], null, [
                'category' => $category->id,
                'name' => "Question $i",
                'idnumber' => "item-$category->id-$i",
            ]);
            $questions[$i] = $question;
            $rows[get_question_bank_entry($question->id)->id] = [
                'model' => 'rasch',
                'b' => (string) round(-3 + 6 * $i / max(1, $count - 1), 3),
                'status' => 'operational',
                'source' => 'import',
            ];
        }
        item_parameters::save($rows);
        return (object) ['category' => $category, 'questions' => $questions];
    }

    /**
     * Makes an adaptive test with its own questions.
     *
     * @param stdClass $course
     * @param int $count
     * @param array $record more values of the activity; plan is laid over the plan as an array
     * @param string[] $types question types, in turn
     * @return stdClass the activity, with cmid, questions
     */
    public function create_test(
        stdClass $course,
        int $count = 12,
        array $record = [],
        array $types = ['shortanswer', 'truefalse']
    ): stdClass {
        $context = \core\context\course::instance($course->id);
        $made = $this->create_questions($count, $context, $types);
        $plan = json_decode(plan_builder::from_form((object) []), true);
        $plan['selection']['randomesque'] = 1;
        $plan['stop'] = ['max_items' => $count];
        $record['plan'] = json_encode(array_replace($plan, $record['plan'] ?? []));
        $palier = $this->create_instance($record + ['course' => $course->id]);
        question_filter::save(
            $palier->id,
            \core\context\module::instance($palier->cmid),
            question_filter::make([$made->category->id])
        );
        $palier->questions = $made->questions;
        $palier->category = $made->category;
        return $palier;
    }
}
