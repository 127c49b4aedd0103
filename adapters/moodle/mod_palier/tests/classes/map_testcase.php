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

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\test\check_request;
use mod_palier\local\test\plan_builder;
use stdClass;

/**
 * Tests of several competences: questions with tags, and a learner who takes them.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class map_testcase extends learner_testcase {
    /** @var string[] tags that questions have in turn. */
    protected const TAGS = ['crcn:1.1', 'crcn:1.2', 'crcn:4.1', 'crcn:4.3'];

    /**
     * Makes a map of questions that have these tags in turn.
     *
     * @param int $count
     * @param array $form fields of the form
     * @param string[] $tags
     * @param array $record values of the activity
     */
    protected function make_map(int $count = 24, array $form = [], array $tags = self::TAGS, array $record = []): void {
        $this->make_test($count, $record, ['shortanswer']);
        foreach ($this->palier->questions as $position => $question) {
            $this->tag($question, $tags[$position % count($tags)]);
        }
        $this->save_form($form);
    }

    /**
     * Gives a question a tag in the place of those that it has.
     *
     * @param stdClass $question
     * @param string|string[] $tags
     */
    protected function tag(stdClass $question, string|array $tags): void {
        $context = \core\context\course::instance($this->course->id);
        \core_tag_tag::set_item_tags('core_question', 'question', $question->id, $context, (array) $tags);
    }

    /**
     * The form's fields as they are for these tests, with some of them changed.
     *
     * @param array $form
     * @return stdClass
     */
    protected function form(array $form = []): stdClass {
        return (object) ($form + [
            'scalesource' => 'tags:crcn',
            'randomesque' => 1,
            'minitems' => 4,
            'maxitems' => 12,
            'questioncategories' => [$this->palier->category->id],
        ]);
    }

    /**
     * Saves the plan that the form makes.
     *
     * @param array $form
     */
    protected function save_form(array $form = []): void {
        global $DB;
        $data = $this->form($form);
        $plan = plan_builder::from_form(check_request::with_map($data));
        $DB->update_record('palier', (object) ['id' => $this->palier->id, 'plan' => $plan, 'scalesource' => $data->scalesource]);
        $this->palier->plan = $plan;
        \cache::make('mod_palier', 'checks')->purge();
    }

    /**
     * A learner's attempt to its end.
     *
     * @param callable|null $right tells of each question on screen, by the name of its tag, whether it is answered right
     * @return attempt
     */
    protected function take(?callable $right = null): attempt {
        $attempt = $this->start();
        for ($i = 0; $attempt->is_open() && $i < 100; $i++) {
            $question = $attempt->quba()->get_question($attempt->slot);
            $tags = \core_tag_tag::get_item_tags_array('core_question', 'question', $question->id);
            $this->answer($attempt, $right ? $right((string) reset($tags), $i) : $i % 3 > 0);
            $attempt = attempt_repository::load($attempt->id);
        }
        return $attempt;
    }
}
