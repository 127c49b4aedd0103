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

namespace mod_palier\external;

use core_external\external_api;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\outcome;
use mod_palier\local\test\next_steps;
use mod_palier\output\mobile;
use mod_palier\output\result_page;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/tests/classes/learner_testcase.php');

/**
 * A whole attempt by web services, as the app takes it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\external\get_home
 * @covers     \mod_palier\external\start_attempt
 * @covers     \mod_palier\external\get_question
 * @covers     \mod_palier\external\process_step
 * @covers     \mod_palier\external\get_result
 * @covers     \mod_palier\output\mobile
 */
final class attempt_services_test extends learner_testcase {
    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->preventResetByRollback();
    }

    /**
     * Calls a service as core does, its answer checked against its description.
     *
     * @param string $name
     * @param array $params
     * @return array
     */
    private function call(string $name, array $params): array {
        $class = "mod_palier\\external\\$name";
        return external_api::clean_returnvalue($class::execute_returns(), $class::execute(...$params));
    }

    /**
     * The fields of a form as services take them.
     *
     * @param array $fields
     * @return array[]
     */
    private function data(array $fields): array {
        return array_map(fn($name, $value) => compact('name', 'value'), array_keys($fields), array_values($fields));
    }

    public function test_a_whole_attempt(): void {
        $this->make_test(4);
        $cmid = (int) $this->palier->cmid;
        $home = $this->call('get_home', ['cmid' => $cmid]);
        $this->assertTrue($home['canbegin']);
        $this->assertSame(get_string('begin', 'mod_palier'), $home['label']);
        $id = $this->call('start_attempt', ['cmid' => $cmid])['attempt'];
        $this->assertSame($id, $this->call('get_home', ['cmid' => $cmid])['attempt']);
        for ($n = 1; $n <= 4; $n++) {
            $shown = $this->call('get_question', ['attempt' => $id]);
            $this->assertSame($n, $shown['slot']);
            $attempt = attempt_repository::load($id);
            // What the app looks for in a question: its type, its fields and the check of its sequence.
            $this->assertSame($attempt->quba()->get_question($n)->get_type_name(), $shown['question']['type']);
            $prefix = $attempt->quba()->get_field_prefix($n);
            $this->assertStringContainsString($prefix . ':sequencecheck', $shown['question']['html']);
            $this->assertStringContainsString('class="formulation', $shown['question']['html']);
            $this->assertStringNotContainsString('class="outcome', $shown['question']['html']);
            $answer = $this->call('process_step', [
                'attempt' => $id, 'action' => 'answer', 'slot' => $n, 'data' => $this->data($this->fields($attempt) + [
                    $prefix . ':sequencecheck' => $shown['question']['sequencecheck'],
                ]),
            ]);
            $this->assertSame($n < 4 ? outcome::SAVED : outcome::FINISHED, $answer['outcome']);
            $this->assertSame($n < 4, $answer['open']);
            $this->assertSame('', $answer['feedback']);
        }
        $this->assert_whole(attempt_repository::load($id));
        $result = $this->call('get_result', ['attempt' => $id]);
        $this->assertStringContainsString("attempt=$id", $result['url']);
        $this->assertNotSame('', $result['headline']);
        $this->assertCount(1, $this->call('get_home', ['cmid' => $cmid])['results']);
        $this->assertFalse($this->call('get_question', ['attempt' => $id])['open']);
    }

    public function test_pause_a_wrong_form_and_a_practice(): void {
        $this->make_test(4, ['plan' => ['purpose' => 'practice']], ['truefalse']);
        $id = $this->call('start_attempt', ['cmid' => (int) $this->palier->cmid])['attempt'];
        $step = fn(string $action, int $slot, array $fields = []) => $this->call('process_step', [
            'attempt' => $id, 'action' => $action, 'slot' => $slot, 'data' => $this->data($fields),
        ]);
        $this->assertSame(outcome::PAUSED, $step('pause', 1)['outcome']);
        $this->assertTrue($this->call('get_question', ['attempt' => $id])['paused']);
        $this->assertSame(outcome::RESUMED, $step('resume', 0)['outcome']);
        $this->assertSame(outcome::INVALID, $step('answer', 1)['outcome']);
        $this->assertSame(outcome::STALE, $step('answer', 7)['outcome']);
        $answer = $step('answer', 1, $this->fields(attempt_repository::load($id), false));
        $this->assertSame(outcome::SAVED, $answer['outcome']);
        $this->assertStringContainsString('class="outcome', $answer['feedback']);
        $this->expectException(\invalid_parameter_exception::class);
        $step('dance', 2);
    }

    public function test_nobody_takes_the_attempt_of_another(): void {
        $this->make_test(4, ['password' => 'sésame']);
        $cmid = (int) $this->palier->cmid;
        $this->assertTrue($this->call('get_home', ['cmid' => $cmid])['needspassword']);
        $id = $this->call('start_attempt', ['cmid' => $cmid, 'password' => 'sésame'])['attempt'];
        $seq = attempt_repository::load($id)->seq;
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course));
        $calls = [
            ['get_question', ['attempt' => $id]],
            ['process_step', ['attempt' => $id, 'action' => 'stop']],
            ['get_result', ['attempt' => $id]],
            ['start_attempt', ['cmid' => $cmid, 'password' => 'faux']],
        ];
        foreach ($calls as [$name, $params]) {
            try {
                $this->call($name, $params);
                $this->fail($name);
            } catch (\moodle_exception $e) {
                $this->assertContains($e->errorcode, ['notyourattempt', 'cannotstart'], $name);
            }
        }
        $this->setUser($this->getDataGenerator()->create_user());
        foreach ([['get_home', ['cmid' => $cmid]], ...$calls] as [$name, $params]) {
            try {
                $this->call($name, $params);
                $this->fail($name);
            } catch (\require_login_exception $e) {
                $this->assertSame('requireloginerror', $e->errorcode);
            }
        }
        $this->assertSame($seq, attempt_repository::load($id)->seq);
    }

    public function test_the_apps_page_is_home_question_and_result(): void {
        $this->make_test(2, ['name' => '{{ 7 * 7 }}']);
        $cmid = (string) $this->palier->cmid;
        $page = function (array $more = []) use ($cmid): array {
            $args = ['cmid' => $cmid, 'courseid' => (string) $this->course->id] + $more;
            $content = external_api::clean_returnvalue(
                \tool_mobile\external::get_content_returns(),
                \tool_mobile\external::get_content('mod_palier', 'mobile_view', $this->data($args))
            );
            $html = $content['templates'][0]['html'];
            // The app compiles it: nothing that people wrote is in it.
            $this->assertStringNotContainsString('7 * 7', $html);
            $this->assertStringContainsString('core-question', $html);
            $this->assertStringContainsString('mod_palier_process_step', $content['javascript']);
            return json_decode(array_column($content['otherdata'], 'value', 'name')['palier'], true);
        };
        $data = $page();
        $this->assertTrue($data['home']['canbegin']);
        $this->assertNull($data['question']);
        $id = $this->call('start_attempt', ['cmid' => (int) $cmid])['attempt'];
        $data = $page();
        $this->assertNull($data['home']);
        $this->assertSame(1, $data['question']['slot']);
        $this->answer(attempt_repository::load($id));
        $this->answer(attempt_repository::load($id));
        $data = $page(['result' => (string) $id]);
        $this->assertSame($this->call('get_result', ['attempt' => $id])['headline'], $data['result']['headline']);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course));
        $this->assertNull($page(['result' => (string) $id])['result']);
    }

    public function test_the_apps_page_shows_what_was_right_and_the_calm_choice(): void {
        $this->make_test(4, ['plan' => ['purpose' => 'practice']], ['truefalse']);
        $cmid = (int) $this->palier->cmid;
        $view = fn(array $more): array => mobile::mobile_view(['cmid' => $cmid] + $more)['otherdata'];
        $page = fn(array $more = []): array => json_decode($view($more)['palier'], true);
        $id = $this->call('start_attempt', ['cmid' => $cmid])['attempt'];
        $this->assertSame(['', false, true], [$page()['feedback'], $page()['calm'], $page()['canreport']]);
        // Nothing of a question that is still on screen.
        $this->assertSame('', $page(['feedback' => 1])['feedback']);
        $this->answer(attempt_repository::load($id), false);
        $shown = $page(['feedback' => 1, 'calm' => 1]);
        $this->assertStringContainsString('class="outcome', $shown['feedback']);
        $this->assertNull($shown['home']);
        // Nobody is there who could be asked for help: nothing is promised.
        $this->assertSame(['resume', 'pause', 'stop'], array_column($shown['choices'], 'do'));
        $this->setAdminUser();
        $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher', ['firstname' => 'Ada', 'lastname' => 'Lo']);
        $this->setUser($this->learner);
        $shown = $page(['feedback' => 1, 'calm' => 1]);
        $this->assertSame(['resume', 'together', 'paper', 'stop'], array_column($shown['choices'], 'do'));
        $this->assertStringContainsString('Ada Lo', $shown['choices'][1]['text']);
        foreach (['resume', 'together'] as $action) {
            $this->call('process_step', ['attempt' => $id, 'action' => $action, 'slot' => $shown['slot']]);
        }
        $this->assertTrue($page(['calm' => 1])['home']['paused']);
        // Another learner gets nothing of it.
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course));
        $this->assertSame('', $page(['feedback' => 1, 'result' => $id])['feedback']);
    }

    public function test_the_app_offers_the_notice_and_what_to_do_next(): void {
        global $PAGE;
        $this->make_test(2, ['plan' => ['stop' => ['max_items' => 2]]]);
        $cmid = (int) $this->palier->cmid;
        $view = fn(array $more): array => mobile::mobile_view(['cmid' => $cmid] + $more)['otherdata'];
        $page = fn(array $more = []): array => json_decode($view($more)['palier'], true);
        $this->assertSame('', $page()['home']['noticeurl']);
        set_config('noticeurl', 'https://example.org/notice', 'mod_palier');
        $this->assertSame('https://example.org/notice', $page()['home']['noticeurl']);
        $this->assertSame('https://example.org/notice', $this->call('get_home', ['cmid' => $cmid])['noticeurl']);

        $course = $this->getDataGenerator()->create_course(['fullname' => 'Tables & sums']);
        (new next_steps((int) $this->palier->id))->save([(object) [
            'levellow' => null, 'levelhigh' => null, 'kind' => 'course', 'target' => $course->id, 'text' => 'Take this course:',
        ]]);
        $id = $this->call('start_attempt', ['cmid' => $cmid])['attempt'];
        $this->answer(attempt_repository::load($id));
        $this->answer(attempt_repository::load($id));
        $next = $page(['result' => $id])['result']['next'];
        $this->assertEquals($next, $this->call('get_result', ['attempt' => $id])['next']);
        $this->assertSame(['Take this course:'], array_column($next, 'text'));
        $this->assertSame('Tables & sums', $next[0]['linktext']);
        $this->assertStringContainsString("/course/view.php?id={$course->id}", $next[0]['link']);
        // As the page of the result has them.
        $shown = (new result_page(attempt_repository::load($id)))->export_for_template($PAGE->get_renderer('core'))['next'];
        $this->assertEquals($shown, $next);
        // They are the learner's own.
        $teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher');
        $this->setUser($teacher);
        $this->assertSame([], $this->call('get_result', ['attempt' => $id])['next']);
    }

    public function test_services_and_handler_are_declared(): void {
        global $CFG;
        $functions = $addons = [];
        require($CFG->dirroot . '/mod/palier/db/services.php');
        require($CFG->dirroot . '/mod/palier/db/mobile.php');
        foreach ($functions as $name => $function) {
            $this->assertTrue(method_exists($function['classname'], 'execute'), $name);
        }
        $handler = $addons['mod_palier']['handlers']['coursepalier'];
        $this->assertTrue(method_exists(\mod_palier\output\mobile::class, $handler['method']));
        foreach ($addons['mod_palier']['lang'] as [$string, $component]) {
            $this->assertTrue(get_string_manager()->string_exists($string, $component), $string);
        }
    }
}
