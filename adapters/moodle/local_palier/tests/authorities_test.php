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

namespace local_palier;

use context_coursecat;
use local_palier\form\campaign_what_form;
use local_palier\local\campaigns;
use local_palier\local\job_cohort;
use local_palier\local\participation;
use local_palier\local\profiles;
use local_palier\local\roles;
use local_palier\local\snapshots;
use local_palier\local\templates;
use local_palier\output\places;
use local_palier\tests\programme_testcase;
use mod_palier\api;
use mod_palier\local\attempt\sharing;
use mod_palier\local\xapi\destinations;
use mod_palier\local\xapi\recipients;
use mod_palier\tests\opens_pages;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once(__DIR__ . '/classes/programme_testcase.php');
require_once($CFG->dirroot . '/mod/palier/tests/classes/opens_pages.php');

/**
 * Many authorities in one site: they share tests and questions, and nobody learns of the people and results of another.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\templates
 * @covers     \local_palier\local\campaigns
 * @covers     \local_palier\output\places
 * @covers     \local_palier\output\templates_page
 */
final class authorities_test extends programme_testcase {
    use opens_pages;

    /** @var int the day of the launch. */
    private const START = 1793000000;

    /** @var context_coursecat whoever lends the test: a centre de gestion. */
    private context_coursecat $centre;

    /** @var stdClass its test. */
    private stdClass $template;

    /** @var stdClass[] authorities: place, course, manager, campaign, people and a profile, by name. */
    private array $authorities = [];

    #[\Override]
    protected function setUp(): void {
        global $DB;
        parent::setUp();
        [$this->centre, $course] = $this->make_place(self::START);
        $generator = $this->getDataGenerator();
        $this->template = $generator->get_plugin_generator('mod_palier')->create_test($course, 24);
        templates::share($this->centre, (int) $this->template->cmid);
        foreach (['Abbey', 'Brook'] as $name) {
            $category = $generator->create_category(['parent' => $this->centre->instanceid, 'name' => $name]);
            $place = context_coursecat::instance($category->id);
            $one = (object) ['place' => $place, 'course' => $generator->create_course([
                'category' => $category->id,
                'fullname' => "Course of $name",
            ])];
            $generator->create_cohort(['contextid' => $place->id, 'idnumber' => $name]);
            $one->people = $this->people($name, 12);
            $one->job = $this->job($place, "job-$name");
            $one->manager = $generator->create_user();
            foreach (array_keys(roles::ROLES) as $role) {
                role_assign($DB->get_field('role', 'id', ['shortname' => $role]), $one->manager->id, $place->id);
            }
            $this->authorities[$name] = $one;
        }
        foreach ($this->authorities as $name => $one) {
            $this->setUser($one->manager);
            $one->campaign = campaigns::launch(campaigns::begin($one->place, [
                'name' => "Campaign of $name",
                'purpose' => "Purpose of $name",
                'cohortid' => $DB->get_field('cohort', 'id', ['idnumber' => $name]),
                'timeopen' => self::START,
                'timeclose' => self::START + WEEKSECS,
                'templateid' => $this->template->cmid,
                'courseid' => $one->course->id,
                'landing' => 'Welcome.',
            ]));
            $this->share($one);
        }
    }

    /**
     * The people of an authority take its test and share it.
     *
     * @param stdClass $one
     */
    private function share(stdClass $one): void {
        global $DB;
        [, $cm] = get_course_and_cm_from_cmid($one->campaign->cmid, 'palier');
        $palier = $DB->get_record('palier', ['id' => $cm->instance]);
        $palier->cmid = $one->campaign->cmid;
        foreach ($one->people as $id) {
            $this->setUser($id);
            participation::join($one->campaign);
            $row = $this->make_attempt($palier, $id, ['visibility' => 'after_sharing']);
            sharing::share((int) $row->id);
        }
        $one->attempt = (int) $row->id;
        $this->setAdminUser();
    }

    /**
     * Whether something is refused.
     *
     * @param callable $act
     * @return bool
     */
    private function is_refused(callable $act): bool {
        try {
            $act();
            return false;
        } catch (\required_capability_exception | \require_login_exception | \moodle_exception) {
            return true;
        }
    }

    public function test_a_lent_test_is_made_in_the_authoritys_own_course_with_the_same_questions(): void {
        global $DB;
        $bank = [];
        foreach ($this->authorities as $one) {
            $this->assertSame((string) $one->course->id, (string) $DB->get_field('course_modules', 'course', [
                'id' => $one->campaign->cmid,
            ]));
            $bank[] = api::bank_of_activity($one->campaign->cmid);
        }
        $this->assertSame(24, $bank[0]['questions']);
        $this->assertSame($bank[0], $bank[1]);
        // The centre's own course got nothing.
        $this->assertCount(1, get_fast_modinfo($this->template->course)->get_instances_of('palier'));
        // What is lent no more is in no list, and launches nothing; what was launched goes on.
        $one = $this->authorities['Abbey'];
        $this->setUser($one->manager);
        $this->assertSame([(int) $this->template->cmid], array_keys(templates::lent($one->place)));
        $this->assertArrayHasKey((int) $this->template->cmid, campaigns::templates($one->place));
        $draft = campaigns::begin($one->place, ['timeopen' => 1, 'timeclose' => 2, 'templateid' => $this->template->cmid] + [
            'courseid' => $one->course->id, 'landing' => 'Welcome.', 'name' => 'Late', 'purpose' => 'None',
        ]);
        $this->setAdminUser();
        templates::withdraw($this->centre, (int) $this->template->cmid);
        $this->setUser($one->manager);
        $this->assertSame([], templates::lent($one->place));
        try {
            campaigns::launch($draft);
            $this->fail('It was launched');
        } catch (\moodle_exception $e) {
            $this->assertSame('template_none', $e->errorcode);
        }
        $this->assertTrue(campaigns::get($one->campaign->id)->is_open());
    }

    public function test_only_those_below_are_lent_and_only_ones_own_is_lent(): void {
        [$mine, $other] = array_values($this->authorities);
        $this->setUser($mine->manager);
        $elsewhere = $this->getDataGenerator()->create_category();
        $this->assertSame([], templates::lent(context_coursecat::instance($elsewhere->id)));
        // Neither the centre's test nor another authority's is the manager's to lend, nor another one's course the place of a test.
        foreach ([(int) $this->template->cmid, $other->campaign->cmid] as $cmid) {
            $this->assertTrue($this->is_refused(fn() => templates::share($mine->place, $cmid)));
        }
        $courses = templates::courses($mine->place);
        $this->assertSame([(int) $mine->course->id], array_keys($courses));
        [$theirs, $own] = [(int) $other->course->id, (int) $mine->course->id];
        foreach (['' => null, $theirs => null, $own => $own] as $sent => $kept) {
            $cmid = (int) $this->template->cmid;
            campaign_what_form::mock_submit(['template' => $cmid, 'short' => 0, 'top' => 8, 'floor' => '', 'course' => $sent]);
            $form = new campaign_what_form(null, [
                'template' => $cmid,
                'of' => api::scales_of_activity($cmid, true),
                'floors' => [],
                'courses' => $courses,
            ]);
            $this->assertSame($kept, $form->values()['courseid'] ?? null);
        }
        $this->assertTrue($this->is_refused(fn() => api::make_test_of(
            (int) $this->template->cmid,
            ['course' => (int) $other->course->id],
            'No',
            0,
            0
        )));
        $this->assertTrue($this->is_refused(fn() => $this->open_script(
            'local/palier/templates.php',
            ['contextid' => $this->centre->id],
            ['do' => 'withdraw', 'cmid' => $this->template->cmid]
        )));
        $this->setAdminUser();
        $this->assertSame([(int) $this->template->cmid], templates::shared($this->centre));
        course_delete_module((int) $this->template->cmid);
        $this->assertSame([], templates::shared($this->centre));
    }

    /**
     * A rendez-vous of somebody of an authority.
     *
     * @param stdClass $one
     * @return int
     */
    private function meeting(stdClass $one): int {
        global $DB;
        return $DB->insert_record('local_palier_meeting', (object) [
            'contextid' => $one->place->id, 'userid' => $one->people[0], 'phone' => '0299000000', 'timecreated' => self::START,
        ]);
    }

    public function test_a_manager_gets_nothing_of_another_authority(): void {
        global $DB;
        [$mine, $other] = array_values($this->authorities);
        $snapshot = snapshots::request($other->campaign, []);
        $places = ['contextid' => $other->place->id];
        $campaign = ['id' => $other->campaign->id];
        // Every script of the plugin with what is the other one's; those of persons are in the next test.
        $scripts = [
            'catalogue' => [$places, $places + ['download' => 1]],
            'importcatalogue' => [$places],
            'campaign' => [$campaign, $campaign + ['download' => 1]],
            'campaigns' => [$places, $places + ['transversal' => 'short', 'sesskey' => sesskey()]],
            'actions' => [$places, $places + ['download' => 'figures'], $places + ['download' => 'plan']],
            'importactions' => [$places],
            'editcampaign' => [$campaign, $places],
            'poster' => [$campaign],
            'kit' => [$campaign, $campaign + ['document' => 'notice']],
            'maps' => [$places],
            'makemap' => [$campaign],
            'map' => [['id' => $snapshot->id], ['id' => $snapshot->id, 'download' => 1]],
            'gaps' => [$places, $places + ['download' => 1]],
            'index' => [$places, $places + ['download' => 1]],
            'import' => [$places],
            'profile' => [['id' => $other->job->id]],
            'templates' => [$places],
            'advice' => [$places],
            'openslots' => [$places],
            'meeting' => [['id' => $this->meeting($other)]],
            'workshops' => [$places],
            'workshop' => [['id' => $DB->insert_record('local_palier_workshop', (object) ([
                'contextid' => $other->place->id, 'courseid' => $other->course->id, 'name' => 'Workshop of Brook',
                'framework' => 'CRCN-2019', 'competence' => '1.2', 'level' => 3, 'timecreated' => self::START,
            ])),
            ]],
        ];
        $all = array_map(fn(string $file): string => basename($file, '.php'), glob(dirname(__DIR__) . '/*.php'));
        $notpages = ['lib', 'settings', 'version'];
        $ofpersons = ['join', 'mine', 'mycampaigns', 'step', 'meetings', 'helpers'];
        $this->assertEqualsCanonicalizing($all, [...array_keys($scripts), ...$notpages, ...$ofpersons], 'a page without a test');
        foreach ($scripts as $script => $addresses) {
            foreach ($addresses as $params) {
                $this->setUser($mine->manager);
                $told = '';
                $refused = $this->is_refused(function () use ($script, $params, &$told): void {
                    $told = $this->open_script("local/palier/$script.php", $params);
                });
                $this->assertTrue($refused, "$script: " . json_encode($params) . ' ' . substr($told, 0, 200));
                // Whose it is, it opens: a launched campaign is not made again, nor a second map; one that waits leads to the list.
                $acts = isset($params['download']) || isset($params['transversal']);
                if (!$acts && !in_array($script, ['editcampaign', 'makemap', 'map'])) {
                    $this->setUser($other->manager);
                    $this->assertNotSame('', $this->open_script("local/palier/$script.php", $params), $script);
                }
            }
        }
        $this->setUser($mine->manager);
        $this->assertTrue($this->is_refused(fn() => iterator_to_array(api::results_of_activity($other->campaign->cmid))));
        $this->assertSame([], api::results_of_user($other->people[0]));
        $this->assertSame([], iterator_to_array(api::results_of_course((int) $other->course->id), false));
        $cmid = $other->campaign->cmid;
        foreach ([fn() => api::bank_of_activity($cmid), fn() => api::scales_of_activity($cmid)] as $act) {
            $this->assertTrue($this->is_refused($act));
        }
        // One's own lists name nothing of the other one.
        foreach (['campaigns', 'catalogue', 'maps', 'actions', 'gaps', 'index', 'templates', 'advice', 'workshops'] as $script) {
            $shown = $this->open_script("local/palier/$script.php", ['contextid' => $mine->place->id]);
            $this->assertStringNotContainsString('Brook', $shown, $script);
        }
        $lists = [profiles::active([$mine->place->id]), job_cohort::choices($mine->place), campaigns::templates($mine->place)];
        foreach ($lists as $list) {
            $this->assertStringNotContainsString('Brook', json_encode(array_values($list)));
        }
        $this->assertFalse(array_key_exists('campaigns', places::of($other->place)));
    }

    public function test_a_person_gets_nothing_of_another_authority_and_the_centre_sees_no_result(): void {
        global $DB;
        [$mine, $other] = array_values($this->authorities);
        $this->setUser($mine->people[0]);
        $this->assertTrue($this->is_refused(fn() => participation::join($other->campaign)));
        foreach (['mycampaigns', 'mine', 'meetings', 'helpers'] as $script) {
            $this->assertStringNotContainsString('Brook', $this->open_script("local/palier/$script.php", []));
        }
        $shown = '';
        $this->is_refused(function () use ($other, &$shown): void {
            $shown = $this->open_script('local/palier/join.php', ['code' => $other->campaign->row->code]);
        });
        $this->assertStringNotContainsString('Purpose of Brook', $shown);
        foreach (['view', 'result', 'story', 'report'] as $page) {
            // Refused, or led away to be enrolled.
            $shown = '';
            $this->is_refused(function () use ($page, $other, &$shown): void {
                $params = ['id' => $other->campaign->cmid, 'attempt' => $other->attempt];
                $shown = $this->open_script("mod/palier/$page.php", $params);
            });
            $this->assertSame('', $shown, $page);
        }
        // Whoever lends the test manages campaigns above both, and reads no result of either.
        $lender = $this->getDataGenerator()->create_user();
        role_assign($DB->get_field('role', 'id', ['shortname' => 'paliercampaigns']), $lender->id, $this->centre->id);
        $this->setUser($lender);
        foreach ($this->authorities as $one) {
            $this->assertTrue($this->is_refused(fn() => iterator_to_array(api::results_of_activity($one->campaign->cmid))));
            $this->assertSame([], api::results_of_user($one->people[0]));
        }
    }

    public function test_statements_of_an_authority_go_where_it_says_and_nowhere_else(): void {
        global $DB;
        [$mine, $other] = array_values($this->authorities);
        $this->setAdminUser();
        $id = $this->make_destination('https://store.example/xapi', ['categories' => (string) $mine->place->instanceid]);
        foreach ([[$mine, 1], [$other, 0]] as [$one, $expected]) {
            $statement = $this->make_statement($DB->get_record('palier_attempt', ['id' => $one->attempt]));
            $found = (new recipients([$statement], destinations::all()))->find();
            $this->assertSame($expected ? [$id] : [], $found[$statement->id] ?? []);
        }
    }
}
