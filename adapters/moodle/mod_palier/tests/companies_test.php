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

use core\context\course as context_course;
use core\context\module as context_module;
use core_reportbuilder\permission;
use core_reportbuilder\system_report_factory;
use mod_palier\external\check;
use mod_palier\external\get_home;
use mod_palier\external\get_question;
use mod_palier\external\get_result;
use mod_palier\external\process_step;
use mod_palier\external\start_attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\bank\question_choices;
use mod_palier\local\test\next_steps;
use mod_palier\reportbuilder\local\systemreports\attempts;
use mod_palier\reportbuilder\local\systemreports\statements;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\opens_pages;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/classes/learner_testcase.php');
require_once(__DIR__ . '/classes/opens_pages.php');

/**
 * Two companies of IOMAD, several authorities in one site: whoever manages one learns nothing of the other's people and results.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\report\visible_learners
 * @covers     \mod_palier\local\attempt\attempt_access
 */
final class companies_test extends learner_testcase {
    use opens_pages;

    /** @var string[] Pages of an activity for those who manage it. */
    private const PAGES = ['view', 'report', 'statements', 'questions', 'parameters', 'levels', 'nextsteps', 'overrides',
        'contests', 'check', 'records', 'package', 'calibrate', 'walk', 'map', 'guide'];

    /** @var string[] Pages of an attempt. */
    private const ATTEMPT_PAGES = ['result', 'story', 'attempt', 'feedback', 'share', 'paper', 'contest', 'deleteattempt',
        'reopenattempt', 'step'];

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        if (!class_exists(\local_iomad\company::class)) {
            $this->markTestSkipped('This Moodle has no companies: it is not IOMAD.');
        }
        $this->redirectMessages();
        $this->redirectEmails();
        $this->setAdminUser();
        (new \local_iomad\task\resetrolestask())->execute();
        $system = \core\context\system::instance()->id;
        assign_capability('moodle/question:useall', CAP_ALLOW, self::role('companycourseeditor'), $system, true);
        // IOMAD's roles are of archetypes of its own: a site has to give them what its teachers may.
        foreach (['companycourseeditor' => 'editingteacher', 'companycoursenoneditor' => 'teacher'] as $role => $archetype) {
            foreach (load_capability_def('mod_palier') as $name => $capability) {
                if (isset($capability['archetypes'][$archetype])) {
                    assign_capability($name, CAP_ALLOW, self::role($role), $system, true);
                }
            }
        }
    }

    /**
     * The id of a role.
     *
     * @param string $shortname
     * @return int
     */
    private static function role(string $shortname): int {
        global $DB;
        return (int) $DB->get_field('role', 'id', ['shortname' => $shortname], MUST_EXIST);
    }

    /**
     * A company with a manager, a learner, and a course of its own with a test that the learner took.
     *
     * @param string $name
     * @return stdClass company, manager, learner, course, palier, bank (its category), attempt, words (what nobody else may read)
     */
    private function company(string $name): stdClass {
        global $DB;
        $generator = $this->getDataGenerator();
        $this->setAdminUser();
        $company = \local_iomad\company::create_company((object) [
            'name' => "Authority $name",
            'shortname' => $name,
            'city' => 'Lyon',
            'country' => 'FR',
            'theme' => 'iomadboost',
            'parentid' => 0,
        ]);
        $made = (object) ['company' => $company, 'words' => ["Head$name", "Learner$name", "Test$name", "Course$name", "Bank$name"]];
        $category = $DB->get_field('local_iomad_companies', 'coursecategoryid', ['id' => $company->id]);
        $made->course = $generator->create_course(['category' => $category, 'fullname' => "Course$name"]);
        $company->add_course($made->course, 0, true);
        foreach (['manager' => "Head$name", 'learner' => "Learner$name"] as $who => $lastname) {
            $made->$who = $generator->create_user(['lastname' => $lastname]);
            $company->assign_user_to_company((int) $made->$who->id, 0, $who === 'manager' ? 1 : 0);
        }
        $generator->enrol_user($made->manager->id, $made->course->id, 'companycourseeditor');
        $generator->enrol_user($made->learner->id, $made->course->id, 'student');
        $this->course = $made->course;
        $this->learner = $made->learner;
        $this->make_test(2, ['name' => "Test$name", 'plan' => ['stop' => ['max_items' => 2]]]);
        $this->setAdminUser();
        $bank = $generator->create_module('qbank', ['course' => $made->course->id, 'name' => "Bank$name"]);
        $made->bank = $generator->get_plugin_generator('mod_palier')
            ->create_questions(1, context_module::instance($bank->cmid))->category;
        $this->setUser($made->learner);
        $made->palier = $this->palier;
        $made->attempt = $this->take();
        return $made;
    }

    /**
     * The learner takes the test.
     *
     * @return int the attempt
     */
    private function take(): int {
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        return $attempt->id;
    }

    /**
     * What a page shows, or says in its place.
     *
     * @param string $page
     * @param array $params
     * @return string
     */
    private function shown(string $page, array $params): string {
        try {
            return $this->open($page, $params);
        } catch (\moodle_exception $e) {
            return $e->getMessage();
        }
    }

    /**
     * Holds that nothing of a company is told.
     *
     * @param stdClass $other
     * @param string $text
     * @param string $where
     */
    private function assert_untold(stdClass $other, string $text, string $where): void {
        foreach ($other->words as $word) {
            $this->assertStringNotContainsString($word, $text, $where);
        }
    }

    public function test_pages_tell_nothing_of_another_company(): void {
        [$mine, $other] = [$this->company('Alpha'), $this->company('Beta')];
        $this->setUser($mine->manager);
        $read = '';
        foreach (self::PAGES as $page) {
            $own = $this->shown($page, ['id' => $mine->palier->cmid]);
            $this->assert_untold($other, $own, "$page of one's own");
            $this->assert_untold($other, $this->shown($page, ['id' => $other->palier->cmid]), "$page of the other");
            $read .= $own;
        }
        foreach (self::ATTEMPT_PAGES as $page) {
            $params = ['slot' => 1, 'kind' => 'result', 'do' => 'share'];
            $this->assert_untold($other, $this->shown($page, ['id' => 0, 'attempt' => $other->attempt] + $params), $page);
        }
        $own = $this->shown('index', ['id' => $mine->course->id]);
        $this->assert_untold($other, $own, "one's own list of tests");
        $this->assert_untold($other, $this->shown('index', ['id' => $other->course->id]), 'the other list of tests');
        // They are read at all, and by the other company's manager with its own names.
        $this->assertTrue(str_contains($read, 'LearnerAlpha'));
        $this->setUser($other->manager);
        $this->assertStringContainsString('LearnerBeta', $this->shown('report', ['id' => $other->palier->cmid]));
        $this->assertStringContainsString('LearnerBeta', $this->shown('result', ['id' => 0, 'attempt' => $other->attempt]));
    }

    public function test_web_services_refuse_another_company(): void {
        [$mine, $other] = [$this->company('Alpha'), $this->company('Beta')];
        $category = (int) $other->bank->id;
        $calls = [
            [get_home::class, [(int) $other->palier->cmid]],
            [start_attempt::class, [(int) $other->palier->cmid]],
            [get_question::class, [$other->attempt]],
            [process_step::class, [$other->attempt, 'stop']],
            [get_result::class, [$other->attempt]],
            [check::class, [(int) $other->course->id, (int) $other->palier->cmid, [$category]]],
            // Questions of the other company in one's own course.
            [check::class, [(int) $mine->course->id, (int) $mine->palier->cmid, [$category]]],
        ];
        $before = attempt_repository::load($other->attempt)->seq;
        foreach ([$mine->manager, $mine->learner] as $user) {
            $this->setUser($user);
            foreach ($calls as [$class, $arguments]) {
                try {
                    $told = json_encode($class::execute(...$arguments));
                    $this->assertSame(check::class, $class, 'an answer: ' . substr((string) $told, 0, 200));
                } catch (\moodle_exception $e) {
                    $told = $e->getMessage();
                }
                $this->assert_untold($other, (string) $told, $class);
            }
        }
        $this->assertSame($before, attempt_repository::load($other->attempt)->seq);
        $this->setUser($other->manager);
        $this->assertNotSame('', get_result::execute($other->attempt)['headline']);
    }

    public function test_report_sources_and_the_api_tell_nothing_of_another_company(): void {
        [$mine, $other] = [$this->company('Alpha'), $this->company('Beta')];
        $this->setUser($mine->manager);
        // Custom reports are of the whole site: managers of a company make none.
        $this->assertFalse(permission::can_create_report());
        foreach ([attempts::class, statements::class] as $source) {
            $own = context_module::instance($mine->palier->cmid);
            $this->assertNotEmpty(system_report_factory::create($source, $own, 'mod_palier'));
            try {
                system_report_factory::create($source, context_module::instance($other->palier->cmid), 'mod_palier');
                $this->fail($source);
            } catch (\moodle_exception $e) {
                $this->assert_untold($other, $e->getMessage(), $source);
            }
        }
        $this->assertCount(1, iterator_to_array(api::results_of_activity((int) $mine->palier->cmid), false));
        $this->assertSame([], api::results_of_user((int) $other->learner->id));
        foreach (['results_of_activity' => $other->palier->cmid, 'bank_of_activity' => $other->palier->cmid] as $call => $id) {
            try {
                $told = api::$call((int) $id);
                $told = is_array($told) ? $told : iterator_to_array($told, false);
                $this->fail("$call: " . json_encode($told));
            } catch (\moodle_exception $e) {
                $this->assert_untold($other, $e->getMessage(), $call);
            }
        }
    }

    public function test_lists_of_banks_and_people_are_those_of_the_own_company(): void {
        [$mine, $other] = [$this->company('Alpha'), $this->company('Beta')];
        $this->setUser($mine->manager);
        $choices = new question_choices(context_course::instance($mine->course->id));
        $categories = $choices->categories();
        $this->assertArrayHasKey($mine->bank->id, $categories);
        $this->assertArrayNotHasKey($other->bank->id, $categories);
        $this->assert_untold($other, implode(' ', $categories), 'categories');
        $this->assertFalse($choices->may_use([(int) $other->bank->id]));
        $people = next_steps::people(context_module::instance($mine->palier->cmid));
        $this->assertArrayHasKey($mine->manager->id, $people);
        $this->assert_untold($other, implode(' ', $people), 'people');
    }

    public function test_in_a_course_that_companies_share_each_sees_its_own_people(): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/group/lib.php');
        [$mine, $other] = [$this->company('Alpha'), $this->company('Beta')];
        $this->setAdminUser();
        $this->course = $this->getDataGenerator()->create_course(['groupmode' => SEPARATEGROUPS, 'groupmodeforce' => 1]);
        $DB->insert_record('local_iomad_courses', (object) ['courseid' => $this->course->id, 'licensed' => 0, 'shared' => 1]);
        $courseid = (int) $this->course->id;
        foreach ([$mine, $other] as $company) {
            foreach (['manager' => 'companycoursenoneditor', 'learner' => 'student'] as $who => $role) {
                $userid = (int) $company->$who->id;
                $this->getDataGenerator()->enrol_user($userid, $courseid, $role);
                \local_iomad\company::add_user_to_shared_course($courseid, $userid, (int) $company->company->id);
            }
        }
        $this->make_test(2, ['name' => 'Shared', 'plan' => ['stop' => ['max_items' => 2]]]);
        $taken = [];
        foreach ([$mine, $other] as $company) {
            $this->setUser($company->learner);
            $taken[] = $this->take();
        }
        $this->setUser($mine->manager);
        $params = ['id' => $this->palier->cmid];
        $read = '';
        foreach (['view', 'report', 'statements', 'contests', 'questions'] as $page) {
            $shown = $this->shown($page, $params);
            $this->assert_untold($other, $shown, $page);
            $read .= $shown;
        }
        $this->assertStringContainsString('LearnerAlpha', $read);
        $this->assert_untold($other, $this->shown('report', $params + ['group' => $this->group_of($other)]), 'report of a group');
        $this->assertStringContainsString('LearnerAlpha', $this->shown('result', ['id' => 0, 'attempt' => $taken[0]]));
        foreach (['result', 'story'] as $page) {
            $this->assert_untold($other, $this->shown($page, ['id' => 0, 'attempt' => $taken[1]]), $page);
        }
        $this->assertCount(1, iterator_to_array(api::results_of_activity((int) $this->palier->cmid), false));
    }

    /**
     * The group of a company in the shared course.
     *
     * @param stdClass $company
     * @return int
     */
    private function group_of(stdClass $company): int {
        global $DB;
        return (int) $DB->get_field('local_iomad_company_course_groups', 'groupid', [
            'companyid' => $company->company->id, 'courseid' => $this->course->id,
        ], MUST_EXIST);
    }
}
