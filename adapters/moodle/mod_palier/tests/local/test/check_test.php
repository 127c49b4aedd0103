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

use mod_palier\external\check as external_check;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_choices;
use mod_palier\local\bank\question_filter;
use mod_palier\local\engine\engine;
use mod_palier\local\engine\engine_factory;
use mod_palier\output\check_result;
use mod_palier\tests\learner_testcase;

/**
 * Can a test keep its promise?
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\test\check
 * @covers    \mod_palier\local\test\check_request
 * @covers    \mod_palier\external\check
 * @covers    \mod_palier\output\check_result
 * @covers    \mod_palier\local\bank\question_choices
 */
final class check_test extends learner_testcase {
    /**
     * Questions of the course.
     *
     * @param int $count
     * @return \stdClass category and questions
     */
    private function made(int $count): \stdClass {
        $this->setAdminUser();
        return $this->getDataGenerator()->get_plugin_generator('mod_palier')
            ->create_questions($count, \core\context\course::instance($this->course->id), ['truefalse']);
    }

    /**
     * The check of a form.
     *
     * @param int $category
     * @param array $form
     * @return check
     */
    private function check(int $category, array $form = []): check {
        return check_request::check((object) ($form + ['questioncategories' => [$category]]));
    }

    public function test_a_bank_that_suffices_is_told_in_figures(): void {
        $check = $this->check((int) $this->made(80)->category->id, ['precision' => '0.6', 'maxitems' => 30]);
        $this->assertTrue($check->canrun, json_encode($check->problems));
        $this->assertSame(80, $check->questions);
        $this->assertStringContainsString('80', $check->summary());
        $this->assertGreaterThan(5, $check->feasibility['expected_items']);
        $this->assertLessThanOrEqual(30, $check->feasibility['expected_items']);
    }

    public function test_a_teacher_who_wrote_no_next_steps_is_led_to_them(): void {
        global $DB, $PAGE;
        $this->make_test(40);
        $this->setAdminUser();
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        $warnings = function () use ($palier, $PAGE): array {
            $check = check::of_instance($palier, \core\context\module::instance($this->palier->cmid));
            $this->assertTrue($check->is_whole());
            $PAGE->set_url('/mod/palier/check.php');
            $result = new \mod_palier\output\check_result($check, $this->palier->cmid);
            return array_column($result->export_for_template($PAGE->get_renderer('core'))['warnings'], 'actions', 'text');
        };
        $text = get_string('checknonextsteps', 'mod_palier');
        $this->assertStringEndsWith("/mod/palier/nextsteps.php?id={$this->palier->cmid}", $warnings()[$text][0]['url']);
        $step = ['levellow' => null, 'levelhigh' => null, 'kind' => 'text', 'target' => 0, 'text' => 'Ask us'];
        (new next_steps((int) $palier->id))->save([(object) $step]);
        $this->assertArrayNotHasKey($text, $warnings());
    }

    public function test_a_promise_that_cannot_be_kept_is_refused_with_its_reason(): void {
        $check = $this->check((int) $this->made(5)->category->id, ['precision' => '0.3', 'maxitems' => 5, 'minitems' => 2]);
        $this->assertFalse($check->canrun);
        $this->assertNotSame('', $check->problems[0]['message']);
    }

    public function test_what_is_missing_is_said(): void {
        $made = $this->made(40);
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $generator->create_question('truefalse', null, ['category' => $made->category->id]);
        $check = $this->check((int) $made->category->id);
        $this->assertSame(1, $check->missing);
        $this->assertContains('missing', array_column($check->warnings, 'code'));

        $empty = $generator->create_question_category();
        $this->assertSame('noquestions', $this->check((int) $empty->id)->problems[0]['code']);
        $generator->create_question('truefalse', null, ['category' => $empty->id]);
        $this->assertSame('noparameters', $this->check((int) $empty->id)->problems[0]['code']);
        $wrong = ['planjson' => '{"palier_plan":1,"colour":"red"}', 'planexpert' => 1];
        $check = $this->check((int) $made->category->id, $wrong);
        $this->assertSame('plan', $check->problems[0]['code']);
        $this->assertStringContainsString('colour', $check->problems[0]['message']);
        engine_factory::replace(null);
        $this->assertSame('noengine', $this->check((int) $made->category->id)->problems[0]['code']);
    }

    public function test_a_deleted_category_is_told_as_it_is(): void {
        global $DB;
        $this->make_test(6);
        $this->setAdminUser();
        $reference = $DB->get_record('question_set_references', ['itemid' => $this->palier->id, 'component' => 'mod_palier']);
        $category = json_decode($reference->filtercondition, true)['filter']['category']['values'][0];
        $context = $DB->get_field('question_categories', 'contextid', ['id' => $category]);
        // One that is left, for core keeps the last.
        $this->getDataGenerator()->get_plugin_generator('core_question')->create_question_category(['contextid' => $context]);
        // What core does with a category that holds nothing but subcategories: these go one step up.
        $below = $this->getDataGenerator()->get_plugin_generator('core_question')->create_question_category([
            'contextid' => $context, 'parent' => $category,
        ]);
        $DB->set_field('question_bank_entries', 'questioncategoryid', $below->id, ['questioncategoryid' => $category]);
        (new \core_question\category_manager())->delete_category($category);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        $said = get_string('categorygone', 'mod_palier');
        $found = check::of_instance($palier, \core\context\module::instance($this->palier->cmid));
        $this->assertSame([['code' => 'categorygone', 'message' => $said]], $found->problems);
        $this->setUser($this->learner);
        $this->expectExceptionMessage($said);
        $this->start();
    }

    public function test_the_same_bank_and_plan_are_simulated_once(): void {
        $builder = new bank_builder(question_filter::make([$this->made(4)->category->id]));
        $bank = $builder->stored();
        $engine = $this->createMock(engine::class);
        $engine->method('version')->willReturn('9.9');
        $engine->method('plan')->willReturnCallback(fn($plan) => ['normalised' => $plan, 'hash' => sha1($plan)]);
        $engine->expects($this->exactly(2))->method('feasibility')->willReturnOnConsecutiveCalls(
            ['can_run' => true, 'problems' => [], 'warnings' => []],
            ['can_run' => false, 'problems' => [['code' => 'x', 'message' => 'Too few.']], 'warnings' => []]
        );
        engine_factory::replace($engine);
        [$first, $second] = [(object) ['id' => 1, 'plan' => '{"a":1}'], (object) ['id' => 1, 'plan' => '{"a":2}']];
        $this->assertSame(['can' => true, 'problems' => []], check::can_run($first, $bank));
        $this->assertTrue(check::can_run($first, $bank)['can']);
        $this->assertSame(['can' => false, 'problems' => ['Too few.']], check::can_run($second, $bank));
        $this->assertFalse(check::can_run($second, $bank)['can']);
    }

    public function test_while_one_start_simulates_the_others_do_not(): void {
        global $CFG;
        // A database gives its own session a lock twice; files do not.
        $CFG->lock_factory = '\\core\\lock\\file_lock_factory';
        $bank = (new bank_builder(question_filter::make([$this->made(4)->category->id])))->stored();
        $palier = (object) ['id' => 1, 'plan' => '{"a":1}'];
        $engine = $this->createMock(engine::class);
        $engine->method('version')->willReturn('9.9');
        $engine->method('plan')->willReturnCallback(fn($plan) => ['normalised' => $plan, 'hash' => sha1($plan)]);
        $asked = [];
        $others = null;
        $engine->method('feasibility')->willReturnCallback(
            function ($bank, $plan, $options) use (&$asked, &$others, $palier) {
                $asked[] = $options['persons'];
                if ($options['persons'] > 0) {
                    // Another learner begins while this simulation runs.
                    $others = check::can_run($palier, $bank);
                }
                return ['can_run' => true, 'problems' => [], 'warnings' => []];
            }
        );
        engine_factory::replace($engine);
        $this->assertTrue(check::can_run($palier, $bank)['can']);
        $this->assertTrue($others['can']);
        $this->assertCount(2, $asked);
        $this->assertGreaterThan(0, $asked[0]);
        $this->assertSame(0, $asked[1]);
        // It is known now.
        $this->assertTrue(check::can_run($palier, $bank)['can']);
        $this->assertCount(2, $asked);
    }

    public function test_a_learner_cannot_start_a_test_that_cannot_keep_its_promise(): void {
        global $DB;
        $this->make_test(5, ['plan' => ['stop' => ['standard_error' => 0.2, 'max_items' => 5]]]);
        try {
            $this->start();
            $this->fail('No exception');
        } catch (\moodle_exception $e) {
            $this->assertSame('cannotstart', $e->errorcode);
        }
        $this->assertEquals(0, $DB->count_records('palier_attempt'));
        $this->setAdminUser();
        $this->assertTrue($this->start(true)->preview);
    }

    public function test_the_service_checks_what_the_form_says(): void {
        $made = $this->made(60);
        $teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher');
        $this->setUser($teacher);
        $answer = external_check::execute((int) $this->course->id, 0, [$made->category->id], true, [], [
            ['name' => 'precision', 'value' => '0.7'],
            ['name' => 'maxitems', 'value' => '30'],
        ]);
        $answer = \core_external\external_api::clean_returnvalue(external_check::execute_returns(), $answer);
        $this->assertTrue($answer['canrun']);
        $this->assertStringContainsString('60', $answer['summary']);
        $this->assertStringContainsString('mod_palier-check', $answer['html']);
    }

    public function test_the_service_is_for_those_who_may_make_tests(): void {
        $made = $this->made(4);
        $this->setUser($this->learner);
        $this->expectException(\required_capability_exception::class);
        external_check::execute((int) $this->course->id, 0, [$made->category->id]);
    }

    public function test_the_service_does_not_look_into_categories_of_others(): void {
        $this->setAdminUser();
        $other = $this->getDataGenerator()->create_course();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $category = $generator->create_question_category(['contextid' => \core\context\course::instance($other->id)->id]);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $this->expectExceptionMessage(get_string('nocategory', 'mod_palier'));
        external_check::execute((int) $this->course->id, 0, [$category->id]);
    }

    public function test_teachers_choose_among_the_categories_and_tags_that_they_may_use(): void {
        $made = $this->made(3);
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $context = \core\context\course::instance($this->course->id);
        $parent = $generator->create_question_category(['contextid' => $context->id, 'name' => 'Above & beyond']);
        $child = $generator->create_question_category([
            'contextid' => $context->id, 'parent' => $parent->id, 'name' => 'Below',
        ]);
        $question = $generator->create_question('truefalse', null, ['category' => $child->id]);
        $generator->create_question_tag(['questionid' => $question->id, 'tag' => 'lang:fr']);
        $other = $generator->create_question_category([
            'contextid' => \core\context\course::instance($this->getDataGenerator()->create_course()->id)->id,
        ]);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $choices = new question_choices($context);
        $categories = $choices->categories();
        $this->assertStringContainsString('(3)', $categories[$made->category->id]);
        $this->assertStringContainsString('Above &amp; beyond / Below', $categories[$child->id]);
        $this->assertStringContainsString('(1)', $categories[$parent->id]);
        $this->assertArrayNotHasKey($other->id, $categories);
        $this->assertSame(['lang:fr'], array_values($choices->tags()));
        $this->assertTrue($choices->may_use([$parent->id, $child->id]));
        $this->assertFalse($choices->may_use([$parent->id, $other->id]));
        $this->assertFalse($choices->may_use([999999]));
        $this->setUser($this->learner);
        $this->assertSame([], (new question_choices($context))->categories());
    }

    public function test_a_doubt_that_the_bank_lacks_leads_to_its_parameters(): void {
        global $PAGE;
        $check = new check();
        $check->warnings[] = ['code' => 'map_difficulties', 'message' => 'The difficulties may be off.'];
        $data = (new check_result($check, 5))->export_for_template($PAGE->get_renderer('core'));
        $this->assertStringEndsWith('/mod/palier/parameters.php?id=5', $data['warnings'][0]['actions'][0]['url']);
    }

    public function test_the_page_has_the_curve_and_its_twin(): void {
        global $PAGE;
        $output = $PAGE->get_renderer('core');
        $check = $this->check((int) $this->made(60)->category->id);
        $data = (new check_result($check, 5, true))->export_for_template($output);
        $html = $output->render_from_template('mod_palier/check_result', $data);
        $this->assertStringContainsString('chart-area', $html);
        $this->assertStringContainsString('3 – Independent', $html);
        $this->assertSame(count($check->feasibility['by_level']), count($data['levels']));
    }
}
