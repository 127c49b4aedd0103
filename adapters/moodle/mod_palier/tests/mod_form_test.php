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

namespace mod_palier;

use mod_palier\local\bank\question_filter;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\scales\framework_import;
use mod_palier\local\test\plan_builder;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/course/modlib.php');
require_once($CFG->dirroot . '/mod/palier/mod_form.php');

/**
 * The activity's form, as a browser without scripts sends it.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier_mod_form
 */
final class mod_form_test extends learner_testcase {
    /** @var int a category with questions. */
    private int $category;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->setAdminUser();
        $this->category = (int) $this->getDataGenerator()->get_plugin_generator('mod_palier')
            ->create_questions(3, \core\context\course::instance($this->course->id))->category->id;
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
    }

    /**
     * A new page of the course.
     */
    private function page(): void {
        global $PAGE;
        $PAGE = new \moodle_page();
        $PAGE->set_url('/course/modedit.php');
        $PAGE->set_course($this->course);
    }

    /**
     * The form of a new activity, as it was sent.
     *
     * @param array $fields
     * @return \mod_palier_mod_form
     */
    private function form(array $fields = []): \mod_palier_mod_form {
        $this->page();
        [, , , , $data] = prepare_new_moduleinfo_data($this->course, 'palier', 0);
        $sent = $fields + [
            'name' => 'A test',
            'introeditor' => ['text' => '', 'format' => FORMAT_HTML, 'itemid' => 0],
            'questioncategories' => [$this->category],
            'cmidnumber' => '',
            'availabilityconditionsjson' => '',
        ] + (array) $data;
        foreach (plan_builder::DEFAULTS as $name => $value) {
            $sent[$name] ??= (string) $value;
        }
        \mod_palier_mod_form::mock_submit($sent);
        $form = new \mod_palier_mod_form($data, 0, null, $this->course);
        $form->set_data($data);
        return $form;
    }

    /**
     * What is wrong with a form.
     *
     * @param array $fields
     * @return string[]
     */
    private function errors(array $fields): array {
        $form = $this->form();
        return $form->validation($fields + [
            'name' => 'A test', 'course' => $this->course->id, 'modulename' => 'palier', 'instance' => 0, 'coursemodule' => 0,
            'questioncategories' => [$this->category], 'cmidnumber' => '', 'grade' => 0, 'groupmode' => 0,
            'completion' => 0, 'completionlevel' => '', 'availabilityconditionsjson' => '', 'completionunlocked' => 1,
        ] + array_map('strval', plan_builder::DEFAULTS), []);
    }

    public function test_a_name_and_a_category_suffice(): void {
        global $DB;
        $form = $this->form();
        $data = $form->get_data();
        $this->assertNotNull($data, json_encode($form->get_submitted_data()));
        $data->coursemodule = 0;
        $info = add_moduleinfo($data, $this->course, $form);
        $palier = $DB->get_record('palier', ['id' => $info->instance], '*', MUST_EXIST);
        $this->assertSame('positioning', $palier->purpose);
        $this->assertSame('course', $palier->visibility);
        $this->assertEquals(0, $palier->grade);
        $this->assertEquals(json_decode(plan_builder::from_form((object) [])), json_decode($palier->plan));
        $filter = question_filter::load((int) $palier->id);
        $this->assertEquals([$this->category], $filter['filter']['category']['values']);
        $this->assertTrue($filter['filter']['category']['filteroptions']['includesubcategories']);
        $reference = $DB->get_record('question_set_references', ['component' => 'mod_palier'], '*', MUST_EXIST);
        $this->assertEquals(\core\context\module::instance($info->coursemodule)->id, $reference->usingcontextid);
        $this->assertEquals(
            $DB->get_field('question_categories', 'contextid', ['id' => $this->category]),
            $reference->questionscontextid
        );
    }

    /**
     * Fields that are wrong.
     *
     * @return array
     */
    public static function wrong(): array {
        return [
            [['questioncategories' => []], 'questioncategories'],
            [['questioncategories' => [999999]], 'questioncategories'],
            [['maxitems' => '0'], 'maxitems'],
            [['maxitems' => 'ten'], 'maxitems'],
            [['maxitems' => '2.5'], 'maxitems'],
            [['maxitems' => '9999'], 'maxitems'],
            [['minitems' => '-1'], 'minitems'],
            [['minitems' => '30', 'maxitems' => '20'], 'minitems'],
            [['randomesque' => '0'], 'randomesque'],
            [['delaydays' => '-2'], 'delaydays'],
            [['secondsperitem' => 'x'], 'secondsperitem'],
            [['purpose' => 'threshold', 'confidence' => '0.3'], 'confidence'],
            [['purpose' => 'threshold', 'thresholdlevel' => 'theta'], 'thresholdtheta'],
            [['purpose' => 'threshold', 'thresholdlevel' => 'theta', 'thresholdtheta' => '99'], 'thresholdtheta'],
            [['purpose' => 'threshold', 'levelscheme' => 'none'], 'thresholdlevel'],
            [['completionlevel' => '3', 'levelscheme' => 'none'], 'completionlevel'],
            [['timeopen' => 200, 'timeclose' => 100], 'timeclose'],
            [['planjson' => '{', 'planexpert' => 1], 'planjson'],
            [['planjson' => '{"palier_plan":1,"colour":1}', 'planexpert' => 1], 'planjson'],
            [['precision' => '-1'], 'precision'],
        ];
    }

    /**
     * A wrong field is told at the field.
     *
     * @dataProvider wrong
     * @param array $fields
     * @param string $field
     */
    public function test_a_wrong_field_is_told_at_the_field(array $fields, string $field): void {
        $this->assertSame([$field], array_keys($this->errors($fields)));
    }

    public function test_good_fields_have_no_errors(): void {
        $this->assertSame([], $this->errors([]));
        $this->assertSame([], $this->errors(['purpose' => 'threshold', 'thresholdlevel' => '4']));
        $this->assertSame([], $this->errors(['planjson' => '{"palier_plan":1}', 'planexpert' => 1]));
    }

    public function test_the_engines_words_are_shown(): void {
        $errors = $this->errors(['planjson' => '{"palier_plan":1,"<b>":1}', 'planexpert' => 1]);
        $this->assertStringContainsString('&lt;b&gt;', $errors['planjson']);
    }

    public function test_without_an_engine_no_activity_is_made(): void {
        engine_factory::replace(null);
        $errors = $this->errors([]);
        $this->assertSame(get_string('noengine', 'mod_palier'), $errors['purpose']);
        $form = $this->form();
        $this->assertStringContainsString(get_string('noengineform', 'mod_palier'), $form->render());
    }

    public function test_evidence_by_correspondence_is_offered_where_both_frameworks_are_and_is_kept(): void {
        global $DB;
        $this->setAdminUser();
        $context = \core\context\course::instance($this->course->id);
        $questions = \question_bank::get_finder()->get_questions_from_categories([$this->category], '');
        foreach (array_values($questions) as $place => $id) {
            \core_tag_tag::set_item_tags('core_question', 'question', $id, $context, ['CRCN-1.' . (1 + $place % 2)]);
        }
        $sent = ['scalesource' => 'framework:CRCN-2019', 'evidence' => 1, 'evidencerelated' => 1];
        framework_import::import('crcn', 'en');
        $data = $this->form($sent)->get_data();
        $this->assertEquals(1, $data->evidence);
        $this->assertFalse(isset($data->evidencerelated), 'there is no other framework');
        framework_import::import('digcomp22', 'en');
        $form = $this->form($sent);
        $data = $form->get_data();
        $data->coursemodule = 0;
        $info = add_moduleinfo($data, $this->course, $form);
        $this->assertEquals(1, $DB->get_field('palier', 'evidencerelated', ['id' => $info->instance], MUST_EXIST));
    }

    /**
     * The form of an activity that is there.
     *
     * @param \stdClass $palier with cmid
     * @return string HTML
     */
    private function shown(\stdClass $palier): string {
        $this->page();
        [, $cm] = get_course_and_cm_from_cmid($palier->cmid);
        [$cm, , , $data] = get_moduleinfo_data($cm->get_course_module_record(true), $this->course);
        $form = new \mod_palier_mod_form($data, 0, $cm, $this->course);
        $form->set_data($data);
        return $form->render();
    }

    public function test_names_of_a_plan_are_words_and_nothing_else(): void {
        $this->setAdminUser();
        $plan = json_decode(plan_builder::from_form((object) []), true);
        $name = '<script>alert(1)</script> & more';
        $plan['levels'] = ['cuts' => [0], 'first' => 1, 'names' => ['One', $name]];
        $html = $this->shown($this->getDataGenerator()->get_plugin_generator('mod_palier')->create_instance([
            'course' => $this->course->id,
            'plan' => json_encode($plan),
        ]));
        $this->assertStringNotContainsString('<script>alert', $html);
        $this->assertStringContainsString('>' . get_string('levelnamed', 'mod_palier', ['number' => 2, 'name' => s($name)]), $html);
    }

    public function test_an_activity_comes_back_into_its_form(): void {
        global $DB;
        $this->setAdminUser();
        $palier = $this->getDataGenerator()->get_plugin_generator('mod_palier')->create_instance([
            'course' => $this->course->id,
            'plan' => plan_builder::from_form((object) ['precision' => '0.45', 'maxitems' => 31, 'purpose' => 'practice']),
        ]);
        $context = \core\context\module::instance($palier->cmid);
        question_filter::save($palier->id, $context, question_filter::make([$this->category], false));
        $html = $this->shown($palier);
        $this->assertMatchesRegularExpression('/<option value="practice"\s+selected/', $html);
        $this->assertMatchesRegularExpression('/<option value="0.45"\s+selected/', $html);
        $this->assertMatchesRegularExpression('/<option value="' . $this->category . '"\s+selected/', $html);
        $this->assertStringContainsString('value="31"', $html);
    }
}
