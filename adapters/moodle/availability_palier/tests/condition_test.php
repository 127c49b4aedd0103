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

namespace availability_palier;

use core_availability\capability_checker;
use core_availability\info_module;
use core_availability\mock_info;
use mod_palier\api;
use mod_palier\local\engine\engine_factory;
use mod_palier\tests\makes_records;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/tests/classes/makes_records.php');

/**
 * A level that is reached with enough chances opens an activity; what is not measured, not shared or taken back does not.
 *
 * @package    availability_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \availability_palier\condition
 * @covers     \availability_palier\frontend
 * @covers     \availability_palier\standing
 */
final class condition_test extends \advanced_testcase {
    use makes_records;

    /** @var stdClass the course. */
    private stdClass $course;

    /** @var stdClass its test. */
    private stdClass $palier;

    #[\Override]
    protected function setUp(): void {
        global $CFG;
        parent::setUp();
        require_once($CFG->dirroot . '/availability/tests/fixtures/mock_info.php');
        if (!engine_factory::find()) {
            $this->markTestSkipped('The engine is not there');
        }
        $this->resetAfterTest();
        $this->setAdminUser();
        $this->course = $this->getDataGenerator()->create_course();
        $this->palier = $this->make_activity($this->course);
    }

    /**
     * The engine's state of a map with levels 1 to 8: shape "state" of docs/host-calls.md.
     *
     * @param float[] $chances to be at level 3 or above, by scale; null: not assessed
     * @param float $all the same of all together
     * @param string $state of the scales that are assessed
     * @return array
     */
    private function state(array $chances, float $all = 0.5, string $state = 'measured'): array {
        $levels = fn(float $chance): array => [1, 1, $chance, 0, 0, 0, 0, 0];
        $scales = [];
        foreach ($chances as $id => $chance) {
            $scales[] = ['id' => $id, 'n' => 4, 'state' => $chance === null ? 'not_assessed' : $state,
                'p_level_at_least' => $chance === null ? null : $levels($chance)];
        }
        return [
            'known' => true,
            'levels' => ['first' => 1, 'last' => 8],
            'p_level_at_least' => $levels($all),
            'scales' => $scales,
            'composites' => [['id' => 'overall', 'kind' => 'overall', 'state' => 'measured', 'n' => 40]],
        ];
    }

    /**
     * A result of a person.
     *
     * @param int $userid
     * @param array $state
     * @param array $over as of make_attempt
     * @return stdClass the attempt
     */
    private function has(int $userid, array $state, array $over = []): stdClass {
        $this->forget();
        return $this->make_attempt($this->palier, $userid, $over + ['result' => json_encode($state)]);
    }

    /**
     * The next request.
     */
    private function forget(): void {
        \cache::make('availability_palier', 'standing')->purge();
    }

    /**
     * A condition.
     *
     * @param array $over its members
     * @return condition
     */
    private function condition(array $over = []): condition {
        return new condition((object) ($over + [
            'type' => 'palier', 'cm' => (int) $this->palier->cmid, 'framework' => 'CRCN-2019', 'competence' => '1.1', 'level' => 3,
            'chance' => 80,
        ]));
    }

    /**
     * Whether it lets somebody in.
     *
     * @param condition $condition
     * @param int $userid
     * @param bool $not
     * @return bool
     */
    private function opens(condition $condition, int $userid, bool $not = false): bool {
        return $condition->is_available($not, new mock_info($this->course, $userid), false, $userid);
    }

    /**
     * Chances, and whether the condition and its opposite open.
     *
     * @return array
     */
    public static function chances(): array {
        return [
            'enough' => [0.8, 'measured', true, false],
            'more' => [0.95, 'measured', true, false],
            'a little less' => [0.799, 'measured', false, true],
            'none' => [0.0, 'measured', false, true],
            'of its domain alone' => [0.95, 'reported_as_domain', false, false],
            'not assessed' => [null, 'measured', false, false],
        ];
    }

    /**
     * It opens by the chance that the engine gave, and by nothing else.
     *
     * @dataProvider chances
     * @param float|null $chance
     * @param string $state
     * @param bool $opens
     * @param bool $opposite
     */
    public function test_it_opens_by_the_engines_chance(?float $chance, string $state, bool $opens, bool $opposite): void {
        $learner = $this->getDataGenerator()->create_and_enrol($this->course);
        $this->assertFalse($this->opens($this->condition(), $learner->id), 'no result at all');
        $this->assertFalse($this->opens($this->condition(), $learner->id, true));
        $this->has($learner->id, $this->state(['crcn:1.1' => $chance], 0.5, $state));
        foreach ([[], ['cm' => condition::ANY]] as $over) {
            $this->assertSame($opens, $this->opens($this->condition($over), $learner->id));
            $this->assertSame($opposite, $this->opens($this->condition($over), $learner->id, true));
        }
    }

    public function test_the_level_of_the_whole_test_is_one_too(): void {
        $learner = $this->getDataGenerator()->create_and_enrol($this->course);
        $all = $this->condition(['framework' => '', 'competence' => '']);
        $this->has($learner->id, $this->state(['crcn:1.1' => 0.1], 0.85));
        $this->assertTrue($this->opens($all, $learner->id));
        $this->assertFalse($this->opens($this->condition(), $learner->id));
        // A test of one level, as the engine told it.
        $one = $this->getDataGenerator()->create_and_enrol($this->course);
        $attempt = $this->make_attempt($this->palier, $one->id, ['level' => 3]);
        $this->forget();
        $told = json_decode($attempt->result, true);
        foreach (range($told['level']['first'], $told['level']['last']) as $level) {
            $enough = $told['p_level_at_least'][$level - $told['level']['first']] >= 0.8;
            $condition = $this->condition(['framework' => '', 'competence' => '', 'level' => $level]);
            $this->assertSame($enough, $this->opens($condition, $one->id), "level $level");
        }
        $this->assertFalse($this->opens($this->condition(['framework' => '', 'competence' => '', 'level' => 40]), $one->id));
    }

    public function test_what_is_not_shared_practised_reopened_or_taken_back_opens_nothing(): void {
        global $DB;
        $learner = $this->getDataGenerator()->create_and_enrol($this->course);
        $reached = $this->state(['crcn:1.1' => 0.95]);
        $attempt = $this->has($learner->id, $reached, ['visibility' => 'after_sharing']);
        $opens = function () use ($learner): bool {
            $this->forget();
            return $this->opens($this->condition(), $learner->id);
        };
        $set = fn(string $column, $value) => $DB->set_field('palier_attempt', $column, $value, ['id' => $attempt->id]);
        $this->assertFalse($opens(), 'not shared');
        $set('timeshared', time());
        $this->assertTrue($opens());
        $set('timeshared', 0);
        $this->assertFalse($opens(), 'taken back');
        $set('timeshared', time());
        $set('state', 'inprogress');
        $this->assertFalse($opens(), 'reopened');
        $set('state', 'finished');
        $set('result', json_encode($this->state(['crcn:1.1' => 0.4])));
        $this->assertFalse($opens(), 'corrected');
        $set('result', json_encode($reached));
        $this->assertTrue($opens());
        $set('preview', 1);
        $this->assertFalse($opens(), 'a preview');
        $set('preview', 0);
        $DB->set_field('palier_plan', 'plan', json_encode(['purpose' => 'practice'] + json_decode(
            $DB->get_field('palier_plan', 'plan', ['id' => $attempt->planid]),
            true
        )), ['id' => $attempt->planid]);
        $this->assertFalse($opens(), 'practised');
    }

    public function test_a_whole_page_asks_the_database_once_for_a_learner(): void {
        global $DB;
        $learner = $this->getDataGenerator()->create_and_enrol($this->course);
        $this->has($learner->id, $this->state(['crcn:1.1' => 0.95, 'crcn:1.2' => 0.1]));
        $info = new mock_info($this->course, $learner->id);
        $this->opens($this->condition(), $learner->id);
        $this->forget();
        $before = $DB->perf_get_reads();
        for ($i = 0; $i < 40; $i++) {
            $condition = $this->condition(['competence' => $i % 2 ? '1.1' : '1.2', 'cm' => $i % 3 ? (int) $this->palier->cmid : 0]);
            $condition->is_available(false, $info, false, $learner->id);
        }
        $this->assertSame(1, $DB->perf_get_reads() - $before);
    }

    public function test_lists_of_people_are_filtered_where_their_readers_may_see_the_results(): void {
        $generator = $this->getDataGenerator();
        [$there, $below, $unknown] = array_map(fn() => $generator->create_and_enrol($this->course), range(1, 3));
        $this->has($there->id, $this->state(['crcn:1.1' => 0.95]));
        $this->has($below->id, $this->state(['crcn:1.1' => 0.05]));
        $users = array_fill_keys([$there->id, $below->id, $unknown->id], true);
        $info = new mock_info($this->course);
        $checker = new capability_checker($info->get_context());
        $filter = fn(condition $condition, bool $not): array =>
            array_keys($condition->filter_user_list($users, $not, $info, $checker));
        $this->assertTrue($this->condition()->is_applied_to_user_lists());
        $this->assertEquals([$there->id], $filter($this->condition(), false));
        $this->assertEquals([$below->id], $filter($this->condition(), true));
        // A result of who knows which course is nothing that a reader of this course's lists may learn.
        $any = $this->condition(['cm' => condition::ANY]);
        $this->assertFalse($any->is_applied_to_user_lists());
        $this->assertEquals(array_keys($users), $filter($any, false));
        // Neither is a test of another course, however it came into the condition.
        $elsewhere = new mock_info($this->getDataGenerator()->create_course());
        $this->assertEquals($users, $this->condition()->filter_user_list($users, false, $elsewhere, $checker));
        foreach ([false, true] as $not) {
            [$sql, $params] = $this->condition()->get_user_list_sql($not, $info, false);
            global $DB;
            $this->assertEquals([$not ? $below->id : $there->id], $DB->get_fieldset_sql($sql, $params));
        }
    }

    /**
     * What a learner reads of a page that is closed to them.
     *
     * @param condition $condition
     * @param stdClass $learner
     * @param stdClass $page
     * @return string HTML
     */
    private function reason(condition $condition, stdClass $learner, stdClass $page): string {
        global $DB;
        $this->forget();
        $this->setUser($learner);
        $tree = \core_availability\tree::get_root_json([$condition->save()]);
        $DB->set_field('course_modules', 'availability', json_encode($tree), ['id' => $page->cmid]);
        rebuild_course_cache($this->course->id, true);
        $cm = get_fast_modinfo($this->course, $learner->id)->get_cm($page->cmid);
        $this->assertFalse($cm->available);
        return info_module::format_info($cm->availableinfo, $this->course);
    }

    public function test_whoever_is_below_reads_why_and_the_way_to_what_prepares(): void {
        $page = $this->getDataGenerator()->create_module('page', ['course' => $this->course->id, 'name' => 'Next']);
        $prepare = $this->getDataGenerator()->create_module('page', ['course' => $this->course->id, 'name' => 'Begin here']);
        $condition = $this->condition(['prepare' => (int) $prepare->cmid, 'url' => 'https://example.org/training']);
        $learner = $this->getDataGenerator()->create_and_enrol($this->course);
        $html = $this->reason($condition, $learner, $page);
        $this->assertStringContainsString('was not measured yet', $html);
        $this->assertStringContainsString("/mod/palier/view.php?id={$this->palier->cmid}", $html, 'the way to the test');
        $this->assertStringNotContainsString('Begin here', $html);
        $this->has($learner->id, $this->state(['crcn:1.1' => 0.2]));
        $html = $this->reason($condition, $learner, $page);
        $this->assertStringContainsString('level 3 or above in “1.1 Search for and monitor information”', $html);
        $this->assertStringContainsString('80 chances in a hundred', $html);
        $this->assertStringContainsString("/mod/page/view.php?id={$prepare->cmid}", $html);
        $this->assertStringContainsString('https://example.org/training', $html);
        $this->assertStringNotContainsString('was not measured', $html);
        $this->assertDoesNotMatchRegularExpression('/\[\[|\{\$a/', $html);
    }

    public function test_what_is_not_measured_leads_to_a_test_of_the_course_that_measures_it(): void {
        $page = $this->getDataGenerator()->create_module('page', ['course' => $this->course->id]);
        $learner = $this->getDataGenerator()->create_and_enrol($this->course);
        $html = $this->reason($this->condition(['cm' => condition::ANY]), $learner, $page);
        $this->assertStringContainsString('Your shared results show level 3', $html);
        $this->assertStringContainsString('was not measured yet', $html);
        $this->assertStringNotContainsString('/mod/palier/view.php', $html, 'this test measures one level and no competence');
    }

    /**
     * Structures that are none.
     *
     * @return array
     */
    public static function broken(): array {
        return [
            'no test' => [['cm' => null]],
            'no level' => [['level' => null]],
            'a chance too small' => [['chance' => 49]],
            'a chance too great' => [['chance' => 100]],
            'the whole of any test' => [['cm' => 0, 'framework' => '', 'competence' => '']],
        ];
    }

    /**
     * What is no condition is refused.
     *
     * @dataProvider broken
     * @param array $over
     */
    public function test_what_is_no_condition_is_refused(array $over): void {
        $this->expectException(\coding_exception::class);
        $this->condition($over);
    }

    public function test_it_is_saved_as_it_was_and_takes_no_other_address_than_the_webs(): void {
        $saved = $this->condition(['prepare' => 7, 'url' => 'https://example.org/?a=1&b=2'])->save();
        $this->assertEquals($saved, (new condition($saved))->save());
        $this->assertSame('https://example.org/?a=1&b=2', $saved->url);
        $this->assertObjectNotHasProperty('url', $this->condition(['url' => 'javascript:alert(1)'])->save());
        $usual = (object) array_diff_key((array) $this->condition()->save(), ['chance' => 0]);
        $this->assertSame(condition::USUAL, (new condition($usual))->chance);
    }

    public function test_a_copy_of_the_course_asks_its_own_test_and_one_without_it_stays_closed(): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/course/lib.php');
        $condition = $this->condition(['prepare' => 0]);
        $this->assertFalse($condition->update_dependency_id('grade_items', $this->palier->cmid, 5));
        $this->assertTrue($condition->update_dependency_id('course_modules', $this->palier->cmid, 5));
        $this->assertSame(5, $condition->cm);
        $prepare = $this->getDataGenerator()->create_module('page', ['course' => $this->course->id, 'name' => 'Before']);
        $tree = \core_availability\tree::get_root_json([$this->condition(['prepare' => (int) $prepare->cmid])->save()]);
        $this->getDataGenerator()->create_module('page', [
            'course' => $this->course->id,
            'name' => 'After',
            'availability' => json_encode($tree),
        ]);
        $copy = $this->copy();
        $modinfo = get_fast_modinfo($copy);
        $cms = array_column(array_map(fn($cm) => ['name' => $cm->name, 'cm' => $cm], $modinfo->cms), 'cm', 'name');
        $restored = json_decode($cms['After']->availability)->c[0];
        $this->assertSame((int) current($modinfo->get_instances_of('palier'))->id, $restored->cm);
        $this->assertSame((int) $cms['Before']->id, $restored->prepare);
        // Neither is a test that is gone any test.
        $gone = $this->condition(['cm' => condition::GONE]);
        $learner = $this->getDataGenerator()->create_and_enrol($this->course);
        $this->has($learner->id, $this->state(['crcn:1.1' => 0.95]));
        $this->assertFalse($this->opens($gone, $learner->id));
        $this->assertFalse($this->opens($gone, $learner->id, true));
    }

    /**
     * A copy of the course, by a backup.
     *
     * @return int its id
     */
    private function copy(): int {
        global $CFG, $USER;
        require_once($CFG->dirroot . '/backup/util/includes/backup_includes.php');
        require_once($CFG->dirroot . '/backup/util/includes/restore_includes.php');
        $CFG->backup_file_logger_level = \backup::LOG_NONE;
        $mode = \backup::MODE_IMPORT;
        $no = \backup::INTERACTIVE_NO;
        $backup = new \backup_controller(\backup::TYPE_1COURSE, $this->course->id, \backup::FORMAT_MOODLE, $no, $mode, $USER->id);
        $id = $backup->get_backupid();
        $backup->execute_plan();
        $backup->destroy();
        $new = \restore_dbops::create_new_course('Copy', 'copy', $this->course->category);
        $restore = new \restore_controller($id, $new, $no, $mode, $USER->id, \backup::TARGET_NEW_COURSE);
        $this->assertTrue($restore->execute_precheck());
        $restore->execute_plan();
        $restore->destroy();
        return $new;
    }

    public function test_the_form_knows_tests_competences_and_activities(): void {
        $page = $this->getDataGenerator()->create_module('page', ['course' => $this->course->id, 'name' => 'A & B']);
        $form = new class extends frontend {
            /**
             * What the form gets.
             *
             * @param stdClass $course
             * @return array
             */
            public function known(stdClass $course): array {
                return $this->get_javascript_init_params($course);
            }

            /**
             * Its strings.
             *
             * @return string[]
             */
            public function strings(): array {
                return $this->get_javascript_strings();
            }
        };
        [$tests, $frameworks, $activities, $usual, $chances] = $form->known($this->course);
        $this->assertSame([(int) $this->palier->cmid], array_column($tests, 'id'));
        $this->assertSame(array_keys(api::frameworks()), array_column($frameworks, 'framework'));
        $this->assertContains('A &amp; B', array_column($activities, 'name'));
        $this->assertContains((int) $page->cmid, array_column($activities, 'id'));
        $this->assertSame([80, [50, 99]], [$usual, $chances]);
        foreach ([...$form->strings(), 'title', 'description', 'error_test', 'error_level', 'error_chance', 'error_url'] as $key) {
            $this->assertTrue(get_string_manager()->string_exists($key, 'availability_palier'), $key);
        }
    }
}
