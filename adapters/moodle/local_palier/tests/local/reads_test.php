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

namespace local_palier\local;

use context_coursecat;
use context_system;
use local_palier\output\campaign_page;
use local_palier\output\campaigns_page;
use local_palier\output\catalogue_page;
use local_palier\output\gaps_page;
use local_palier\output\maps_page;
use local_palier\output\my_campaigns_page;
use local_palier\output\profiles_page;
use local_palier\output\templates_page;
use local_palier\tests\programme_testcase;
use mod_palier\api;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * However many authorities, people, campaigns, jobs and trainings there are, a page asks the database as often.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\templates
 * @covers     \local_palier\local\job_cohort
 * @covers     \local_palier\local\snapshots
 * @covers     \local_palier\local\campaign_counts
 * @covers     \local_palier\local\catalogue_lack
 */
final class reads_test extends programme_testcase {
    /** @var int the day of the launches. */
    private const START = 1793000000;

    /** @var context_coursecat the centre. */
    private context_coursecat $centre;

    /** @var int cohort of all its people. */
    private int $all;

    /** @var int somebody who keeps all of it. */
    private int $manager;

    /** @var int somebody who takes part in all of it. */
    private int $learner;

    /** @var int how many authorities there are. */
    private int $made = 0;

    /**
     * Another authority below the centre, with its course, an activity, a cohort, people who took part in a campaign of the centre,
     * a job and a training.
     */
    private function grow(): void {
        global $DB;
        $number = ++$this->made;
        $category = $this->getDataGenerator()->create_category(['parent' => $this->centre->instanceid]);
        $course = $this->getDataGenerator()->create_course(['category' => $category->id]);
        $palier = $this->make_activity($course);
        $test = $this->make_activity($course);
        $this->getDataGenerator()->enrol_user($this->learner, $course->id);
        $this->getDataGenerator()->create_cohort(['contextid' => context_coursecat::instance($category->id)->id]);
        $campaign = campaigns::begin($this->centre, [
            'name' => "Campaign $number",
            'purpose' => 'To choose courses together.',
            'cohortid' => $this->all,
            'cmid' => $test->cmid,
            'timeopen' => self::START - 30 * DAYSECS,
            'timeclose' => self::START - DAYSECS,
        ]);
        $DB->set_field('local_palier_campaign', 'state', campaign::OPEN, ['id' => $campaign->id]);
        $DB->insert_record('local_palier_stage', (object) [
            'campaignid' => $campaign->id, 'level' => 1, 'learner' => 'Go on.', 'manager' => 'They go on.',
        ]);
        $job = $this->job($this->centre, "job$number", ['1.1' => 1, '1.2' => 1]);
        foreach ([$this->learner, ...$this->people("job$number", 24)] as $place => $person) {
            $this->has($palier, $person, ['crcn:1.1' => 0.05, 'crcn:1.2' => 0.95]);
            $DB->insert_record('local_palier_participation', (object) [
                'campaignid' => $campaign->id, 'userid' => $person, 'timebegun' => self::START - (20 - $place % 3) * DAYSECS,
                'timefinished' => self::START - 9 * DAYSECS, 'timeshared' => self::START - 9 * DAYSECS, 'level' => 1 + $place % 2,
            ]);
        }
        $DB->insert_record('local_palier_count', (object) [
            'contextid' => $this->centre->id, 'profileid' => $job->id, 'competence' => '1.1', 'month' => 202610, 'people' => 24,
            'reached' => 0, 'undecided' => 0, 'notreached' => 24, 'unknown' => 0,
        ]);
        $this->catalogue("F$number,Training,CRCN-2019,1.1,,2,1,,");
    }

    /**
     * How often each page asks the database, with nothing in memory before.
     *
     * @return int[]
     */
    private function reads(): array {
        global $DB, $PAGE;
        $PAGE->set_url('/local/palier/index.php');
        $campaign = fn(): campaign => current(campaigns::of($this->centre));
        $page = fn(\templatable $page): string => $PAGE->get_renderer('core')->render_from_template(
            'local_palier/' . (new \ReflectionClass($page))->getShortName(),
            $page->export_for_template($PAGE->get_renderer('core'))
        );
        $ways = [
            'campaigns' => fn() => $page(new campaigns_page($this->centre)),
            'campaign' => fn() => $page(new campaign_page($campaign())),
            'file of a campaign' => fn() => (new campaign_page($campaign()))->rows(),
            'whom' => fn() => job_cohort::choices($this->centre),
            'what' => fn() => campaigns::templates($this->centre),
            'where' => fn() => templates::courses(context_system::instance()),
            'lend' => fn() => $page(new templates_page($this->centre)),
            'maps' => fn() => $page(new maps_page($this->centre)),
            'profiles' => fn() => $page(new profiles_page($this->centre)),
            'jobs' => fn() => $page(new gaps_page($this->centre)),
            'catalogue' => fn() => $page(new catalogue_page(context_system::instance())),
        ];
        $mine = [
            'own results' => fn() => api::results_of_user($this->learner),
            'own campaigns' => fn() => $page(new my_campaigns_page()),
            'profiles for me' => fn() => profiles::for_me(),
        ];
        $reads = [];
        foreach ([[$this->manager, $ways], [$this->learner, $mine]] as [$who, $those]) {
            $this->setUser($who);
            foreach ($those as $name => $do) {
                // The first time fills what is kept from page to page.
                $do();
                accesslib_clear_all_caches_for_unit_testing();
                $before = $DB->perf_get_reads();
                $do();
                $reads[$name] = $DB->perf_get_reads() - $before;
            }
        }
        return $reads;
    }

    public function test_no_page_asks_more_often_where_there_is_more(): void {
        global $DB;
        [$this->centre] = $this->make_place(self::START);
        $this->all = (int) $this->getDataGenerator()->create_cohort(['contextid' => $this->centre->id])->id;
        $this->manager = (int) $this->getDataGenerator()->create_user()->id;
        $role = $DB->get_field('role', 'id', ['shortname' => 'manager'], MUST_EXIST);
        role_assign($role, $this->manager, context_system::instance());
        $this->learner = (int) $this->getDataGenerator()->create_user()->id;
        $this->grow();
        $small = $this->reads();
        array_map($this->grow(...), [1, 2, 3]);
        $this->assertSame($small, $this->reads());
    }
}
