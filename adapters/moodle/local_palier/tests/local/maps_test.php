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
use local_palier\output\map_page;
use local_palier\output\maps_page;
use local_palier\output\places;
use local_palier\task\make_map;
use local_palier\tests\programme_testcase;
use mod_palier\local\attempt\sharing;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * Maps: figures by hand, nobody counted twice, no group below k, and change with its interval.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\map_maker
 * @covers     \local_palier\local\map_people
 * @covers     \local_palier\local\snapshots
 * @covers     \local_palier\local\snapshot
 * @covers     \local_palier\task\make_map
 * @covers     \local_palier\output\map_page
 * @covers     \local_palier\output\maps_page
 */
final class maps_test extends programme_testcase {
    /** @var int the day of the first map. */
    private const START = 1793000000;

    /** @var context_coursecat the organisation. */
    private context_coursecat $place;

    /** @var stdClass its course. */
    private stdClass $course;

    /** @var \core\clock&\stdClass the time. */
    private $clock;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        [$this->place, $this->course, $this->clock] = $this->make_place(self::START);
    }

    /**
     * The plan of a map of two competences, levels 1 and 2 of one band and 3 and 4 of another.
     *
     * @return string
     */
    private function map_plan(): string {
        return json_encode([
            'palier_plan' => 1,
            'scales' => [
                ['id' => 'a', 'domain' => 'd', 'name' => ['fr' => 'Chercher', 'en' => 'Search']],
                ['id' => 'b', 'domain' => 'd'],
            ],
            'map' => ['correlation' => 0.5, 'domains' => [['id' => 'd', 'name' => 'Information']]],
            'levels' => ['cuts' => [-1, 0, 1], 'first' => 1, 'names' => ['Novice', 'Novice', 'Expert', 'Expert']],
            'visibility' => 'after_sharing',
            'stop' => ['max_items' => 10],
        ]);
    }

    /**
     * A campaign that was launched.
     *
     * @param string $code id number of its cohort
     * @param array $over
     * @return campaign
     */
    private function launched(string $code, array $over = []): campaign {
        global $DB;
        $cohort = $DB->get_field('cohort', 'id', ['idnumber' => $code])
            ?: $this->getDataGenerator()->create_cohort(['contextid' => $this->place->id, 'idnumber' => $code])->id;
        $palier = $this->make_activity($this->course, ['plan' => $this->map_plan()]);
        campaigns::begin($this->place, $over + [
            'name' => 'Where we <b>stand</b>',
            'purpose' => 'To choose courses together.',
            'cohortid' => $cohort,
            'cmid' => $palier->cmid,
            'timeopen' => self::START - 30 * DAYSECS,
            'timeclose' => self::START + YEARSECS,
            'timelaunched' => self::START - 30 * DAYSECS,
        ]);
        $DB->set_field('local_palier_campaign', 'state', campaign::OPEN, ['cmid' => $palier->cmid]);
        return new campaign($DB->get_record('local_palier_campaign', ['cmid' => $palier->cmid]));
    }

    /**
     * A service: a cohort of so many, who are in another one too.
     *
     * @param string $name also its id number
     * @param string $all id number of the other
     * @param int $count
     * @return int[]
     */
    private function service(string $name, string $all, int $count): array {
        $this->getDataGenerator()->create_cohort(['contextid' => $this->place->id, 'idnumber' => $name, 'name' => $name]);
        $people = $this->people($name, $count);
        $this->join($all, $people);
        return $people;
    }

    /**
     * The engine's state of a map in which a is in a band, in none, or not assessed, and b is as a.
     *
     * @param string $where low, high, unsure or nothing
     * @param float $theta
     * @return array
     */
    private function known_at(string $where, float $theta = 0): array {
        $bands = [
            'low' => ['first' => 1, 'last' => 2, 'name' => 'Novice'],
            'high' => ['first' => 3, 'last' => 4, 'name' => 'Expert'],
        ];
        $chances = ['low' => [1, 0.5, 0, 0], 'high' => [1, 1, 1, 0.5], 'unsure' => [1, 0.9, 0.5, 0.1]];
        $entry = $where === 'nothing'
            ? ['state' => 'not_assessed', 'n' => 0, 'theta' => null, 'se' => null, 'band' => null, 'p_level_at_least' => null]
            : ['state' => 'measured', 'n' => 5, 'theta' => $theta, 'se' => 0.5, 'band' => $bands[$where] ?? null,
                'p_level_at_least' => $chances[$where]];
        return [
            'known' => true,
            'levels' => ['first' => 1, 'last' => 4],
            'scales' => [['id' => 'a'] + $entry, ['id' => 'b'] + $entry],
            'composites' => [
                ['id' => 'd', 'kind' => 'domain', 'state' => 'not_assessed'],
                ['id' => 'overall', 'kind' => 'overall', 'state' => 'measured'],
            ],
        ];
    }

    /**
     * People share results of a campaign.
     *
     * @param campaign $campaign
     * @param int[] $people taken off the list as they do
     * @param int $count
     * @param string $where
     * @param float $theta
     */
    private function share(campaign $campaign, array &$people, int $count, string $where, float $theta = 0): void {
        global $DB;
        $cm = get_coursemodule_from_id('palier', $campaign->cmid);
        $palier = $DB->get_record('palier', ['id' => $cm->instance]);
        $palier->cmid = $campaign->cmid;
        $plan = $this->map_plan();
        $row = ['hash' => hash('sha256', $plan)];
        $planid = $DB->get_field('palier_plan', 'id', $row)
            ?: $DB->insert_record('palier_plan', (object) ($row + ['plan' => $plan]));
        foreach (array_splice($people, 0, $count) as $person) {
            $attempt = $this->make_attempt($palier, $person, [
                'planid' => $planid,
                'timeshared' => 5,
                'result' => json_encode($this->known_at($where, $theta)),
            ]);
            $row = ['campaignid' => $campaign->id, 'userid' => $person];
            $DB->delete_records('local_palier_participation', $row);
            $time = $this->clock->time() - 2 * DAYSECS;
            $row += ['timeshared' => $time, 'attemptid' => $attempt->id];
            $DB->insert_record('local_palier_participation', (object) $row);
        }
    }

    /**
     * A map that was asked for and made.
     *
     * @param campaign $campaign
     * @param string[] $groups id numbers of cohorts
     * @return snapshot
     */
    private function map(campaign $campaign, array $groups): snapshot {
        global $DB;
        $cohorts = array_map(fn(string $code): int => (int) $DB->get_field('cohort', 'id', ['idnumber' => $code]), $groups);
        // The role is enough to ask for one; the task runs as cron does, whoever asked.
        $user = $this->getDataGenerator()->create_user();
        role_assign($DB->get_field('role', 'id', ['shortname' => 'palierhr']), $user->id, $this->place->id);
        $this->setUser($user);
        $id = snapshots::request($campaign, $cohorts)->id;
        ob_start();
        $this->runAdhocTasks(make_map::class);
        ob_end_clean();
        $this->setAdminUser();
        return snapshots::get($id);
    }

    /**
     * The cells of competence a.
     *
     * @param snapshot $map
     * @return string[][] "from-to: people" by line
     */
    private static function counts(snapshot $map): array {
        return array_map(
            fn(array $cells): array => array_map(
                fn(array $cell): string => "{$cell['from']}-{$cell['to']}: {$cell['people']}",
                $cells
            ),
            $map->table['rows'][0]['cells']
        );
    }

    /**
     * A page as a browser gets it.
     *
     * @param \templatable $page
     * @return string
     */
    private function html(\templatable $page): string {
        global $PAGE;
        $PAGE->set_url('/local/palier/maps.php');
        $output = $PAGE->get_renderer('core');
        $name = (new \ReflectionClass($page))->getShortName();
        $html = $output->render_from_template("local_palier/$name", $page->export_for_template($output));
        $this->assertDoesNotMatchRegularExpression('/\[\[|\{\{|\{\$a/', $html);
        return $html;
    }

    public function test_a_map_is_as_by_hand_and_the_page_the_file_and_the_table_say_the_same(): void {
        $campaign = $this->launched('all');
        $roads = $this->service('roads', 'all', 45);
        $desk = $this->service('desk', 'all', 35);
        $names = array_map(fn(int $id): string => \core_user::get_user($id)->lastname, $roads);
        $this->share($campaign, $roads, 14, 'low');
        $this->share($campaign, $roads, 10, 'high');
        $this->share($campaign, $roads, 6, 'unsure');
        $this->share($campaign, $desk, 10, 'low');
        $this->share($campaign, $desk, 12, 'high');
        $map = $this->map($campaign, ['roads', 'desk']);
        $this->assertSame(snapshot::MADE, $map->state);
        // Six who are not certain are too few: with nobody who is not assessed they are told with the next band.
        $this->assertSame([['0-0: 14', '1-3: 16'], ['0-0: 10', '1-3: 12'], ['0-0: 24', '1-3: 28']], self::counts($map));
        // 14 and Bin(6, 1/2) of 30: P(0) = 1/64 and P(at most 1) = 7/64, P(at most 4) = 57/64 and P(at most 5) = 63/64.
        $this->assertSame(['share' => 57, 'low' => 50, 'high' => 64], array_intersect_key(
            $map->table['rows'][0]['cells'][0][0],
            ['share' => 1, 'low' => 1, 'high' => 1]
        ));
        $this->assertNull($map->table['rows'][0]['cells'][0][1]['share']);
        $this->assertSame([30, 22, 52], array_column($map->table['lines'], 'people'));
        $this->assertSame([45, 35, 80], array_column($map->table['lines'], 'members'));
        // The domain was never measured: no row.
        $this->assertSame(['a', 'b'], array_column($map->table['rows'], 'id'));
        $html = $this->html(new map_page($campaign, $map, -1, 0));
        $this->assertStringContainsString('Where we &lt;b&gt;', $this->html(new maps_page($this->place)));
        $words = preg_replace('/\s+/u', ' ', strip_tags($html));
        $this->assertStringContainsString('roads: 30 people are counted, of 45.', $words);
        $this->assertStringContainsString('14 people, 57 % (50 to 64)', $words);
        $this->assertStringContainsString('16 people together: Expert + Not certain yet + Not assessed', $words);
        // The bar is drawn by the figure that stands beside it, and a screen reader skips it.
        $this->assertMatchesRegularExpression(
            '/57 % \(50 to 64\)\s*<div class="progress" aria-hidden="true"><div class="progress-bar" style="width: 57%">/',
            $html
        );
        $rows = (new map_page($campaign, $map))->rows();
        $this->assertContains(['roads', 30, 45, 'Search', 'Novice', 14, 57, 50, 64], $rows);
        foreach ($names as $name) {
            $this->assertStringNotContainsString($name, $html . json_encode($rows));
        }
    }

    public function test_nobody_is_counted_in_two_maps_and_those_who_wait_are_told_by_none(): void {
        global $DB;
        $campaign = $this->launched('all');
        $desk = $this->service('desk', 'all', 60);
        $one = $desk[0];
        $this->share($campaign, $desk, 12, 'low');
        $this->share($campaign, $desk, 10, 'high');
        $first = $this->map($campaign, ['desk']);
        $this->assertSame(22, $first->table['lines'][0]['people']);
        $this->assertSame('map_thismonth', snapshots::obstacle($campaign));
        // One takes the result back, and shares it again; one more shares: a second map tells nothing.
        sharing::withdraw((int) $DB->get_field('local_palier_participation', 'attemptid', ['userid' => $one]));
        $DB->set_field('palier_attempt', 'timeshared', 6, ['userid' => $one]);
        $DB->set_field('local_palier_participation', 'timeshared', self::START, ['userid' => $one]);
        $this->share($campaign, $desk, 1, 'low');
        $this->clock->set_to(self::START + 32 * DAYSECS);
        $this->assertSame(snapshot::TOO_FEW, $this->map($campaign, ['desk'])->state);
        // Twelve more do, and the 22 are in no figure.
        $this->share($campaign, $desk, 12, 'low');
        $this->clock->set_to(self::START + 64 * DAYSECS);
        $second = $this->map($campaign, ['desk']);
        $this->assertSame([['0-3: 13'], ['0-3: 13']], self::counts($second));
        // A map that is deleted frees nobody: somebody may have kept it.
        snapshots::delete($first, $campaign);
        $this->clock->set_to(self::START + 96 * DAYSECS);
        $this->assertSame(snapshot::TOO_FEW, $this->map($campaign, ['desk'])->state);
    }

    public function test_small_groups_are_told_together_or_not_at_all_and_no_figure_says_everybody(): void {
        $campaign = $this->launched('all');
        $desk = $this->service('desk', 'all', 30);
        $elected = $this->service('elected', 'all', 4);
        $this->share($campaign, $desk, 30, 'low');
        $this->share($campaign, $elected, 4, 'high');
        $map = $this->map($campaign, ['desk', 'elected']);
        // All 30 share: ten of them are left out. The four are in no line, and not in the sum either.
        $this->assertSame([['desk'], null], array_column($map->table['lines'], 'groups'));
        $this->assertSame([20, 20], array_column($map->table['lines'], 'people'));
        $this->clock->set_to(self::START + 32 * DAYSECS);
        $roads = $this->service('roads', 'all', 9);
        $this->share($campaign, $roads, 9, 'high');
        $archive = $this->service('archive', 'all', 18);
        $this->share($campaign, $archive, 8, 'high');
        $map = $this->map($campaign, ['desk', 'roads', 'archive', 'elected']);
        $this->assertSame([['desk', 'roads', 'archive', 'elected'], null], array_column($map->table['lines'], 'groups'));
        $this->assertSame([31, 31], array_column($map->table['lines'], 'people'));
    }

    public function test_who_left_or_shares_no_more_is_not_counted(): void {
        global $DB;
        $campaign = $this->launched('all');
        $desk = $this->service('desk', 'all', 40);
        [$left, $back, $today] = $desk;
        $this->share($campaign, $desk, 16, 'low');
        cohort_remove_member($campaign->cohortid, $left);
        sharing::withdraw((int) $DB->get_field('local_palier_participation', 'attemptid', ['userid' => $back]));
        $DB->set_field('local_palier_participation', 'timeshared', $this->clock->time(), ['userid' => $today]);
        $this->assertSame(13, $this->map($campaign, ['desk'])->table['lines'][0]['people']);
    }

    public function test_change_since_the_first_wave_has_its_interval_and_tells_of_no_few(): void {
        $first = $this->launched('all');
        $second = $this->launched('all', ['series' => $first->id, 'wave' => 1]);
        $roads = $this->service('roads', 'all', 40);
        $desk = $this->service('desk', 'all', 40);
        $few = $this->service('few', 'all', 40);
        foreach ([$roads, $desk, array_slice($few, 0, 3)] as $people) {
            $this->share($first, $people, 20, 'unsure', 0.1);
        }
        foreach ([$roads, $desk, $few] as $people) {
            $this->share($second, $people, 20, 'unsure', 0.475);
        }
        $map = $this->map($second, ['roads', 'desk', 'few']);
        // The prior N(0, 1) drew 0.5 to 0.375, as r = 1 - 0.25; a level is a logit wide. All have come as far: no margin.
        $change = ['people' => 20, 'value' => 0.5, 'low' => 0.5, 'high' => 0.5];
        $told = $map->table['changes']['a'];
        // Three of the last service can be compared, which is too few; with them goes one other, or they could be computed.
        $this->assertSame([null, null, null], array_slice($told, 0, 3));
        $this->assertEquals(['people' => 40] + $change, $told[3]);
        $words = preg_replace('/\s+/u', ' ', strip_tags($this->html(new map_page($second, $map))));
        $this->assertStringContainsString('+0.5 (between +0.5 and +0.5), at least 40 people', $words);
        $this->assertNull($this->map($first, ['roads'])->table['since']);
    }

    public function test_a_map_that_somebody_else_asked_for_is_made_once(): void {
        $campaign = $this->launched('all');
        $sink = $this->redirectEvents();
        snapshots::request($campaign, []);
        $events = array_filter($sink->get_events(), fn($event) => $event instanceof \local_palier\event\map_requested);
        $this->assertCount(1, $events);
        $this->expectExceptionMessage(get_string('map_thismonth', 'local_palier'));
        snapshots::request($campaign, []);
    }

    public function test_a_test_of_one_level_has_no_map(): void {
        global $DB;
        $campaign = $this->launched('all');
        $cm = get_coursemodule_from_id('palier', $campaign->cmid);
        $DB->set_field('palier', 'plan', $this->plan(), ['id' => $cm->instance]);
        $this->assertSame(snapshot::ONE_LEVEL, $this->map($campaign, [])->state);
        $this->assertStringContainsString('A test of one level has no map', $this->html(new maps_page($this->place)));
        $this->assertSame('map_draft', snapshots::obstacle(campaigns::begin($this->place, ['name' => 'x', 'purpose' => 'x'])));
    }

    public function test_maps_go_with_their_campaign_and_hold_no_person(): void {
        global $DB;
        $campaign = $this->launched('all');
        $desk = $this->service('desk', 'all', 40);
        $this->share($campaign, $desk, 20, 'low');
        $map = $this->map($campaign, ['desk']);
        $row = json_encode($DB->get_record('local_palier_snapshot', ['id' => $map->id]));
        $this->assertDoesNotMatchRegularExpression('/user|attempt|person/', $row);
        \core_course_category::get($this->place->instanceid)->delete_full(false);
        $this->assertSame(0, $DB->count_records('local_palier_snapshot'));
        $this->assertSame(0, $DB->count_records('local_palier_participation'));
    }

    public function test_every_page_asks_for_its_capability_and_every_act_for_its_key(): void {
        global $PAGE;
        $generator = $this->getDataGenerator();
        $reader = $generator->create_role();
        assign_capability('local/palier:viewmaps', CAP_ALLOW, $reader, \context_system::instance());
        $hr = $generator->create_user();
        role_assign($reader, $hr->id, $this->place->id);
        $elsewhere = context_coursecat::instance($generator->create_category()->id);
        $this->setUser($hr);
        $this->assertSame(['maps', 'actions'], array_keys(places::of($this->place)));
        $this->assertSame([], places::of($elsewhere));
        $pages = [
            'maps' => 'local/palier:viewmaps',
            'map' => 'local/palier:viewmaps',
            'makemap' => 'local/palier:makemaps',
            'actions' => 'local/palier:viewmaps',
            'importactions' => 'local/palier:manageactions',
        ];
        foreach ($pages as $page => $capability) {
            $script = file_get_contents(__DIR__ . "/../../$page.php");
            $this->assertStringContainsString('require_login(null, false);', $script);
            $this->assertStringContainsString("places::open(\$context, '$capability',", $script);
            $places = $capability === 'local/palier:viewmaps' ? [$elsewhere] : [$elsewhere, $this->place];
            foreach ($places as $context) {
                $PAGE = new \moodle_page();
                try {
                    places::open($context, $capability, new \moodle_url("/local/palier/$page.php"), 'x');
                    $this->fail("$page opens without $capability");
                } catch (\required_capability_exception) {
                    $this->assertTrue(true);
                }
            }
        }
        $this->assertMatchesRegularExpression(
            '/require_capability\(\'local\/palier:makemaps\', \$context\);.*require_sesskey\(\);\s*snapshots::delete/s',
            file_get_contents(__DIR__ . '/../../map.php')
        );
        // Who may read maps makes and deletes none.
        $this->setAdminUser();
        $campaign = $this->launched('all');
        $this->setUser($hr);
        $this->assertStringNotContainsString('makemap', $this->html(new maps_page($this->place)));
        $map = new snapshot((object) [
            'id' => 1,
            'campaignid' => $campaign->id,
            'month' => 202610,
            'state' => snapshot::MADE,
            'progress' => 100,
            'published' => json_encode([
                'least' => 10,
                'bands' => [],
                'lines' => [['groups' => null, 'people' => 20, 'members' => null]],
                'rows' => [],
                'changes' => [],
            ]),
        ]);
        $this->assertStringNotContainsString('delete=1', $this->html(new map_page($campaign, $map)));
    }
}
