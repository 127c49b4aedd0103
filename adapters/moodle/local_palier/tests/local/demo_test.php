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
use local_palier\output\places;
use local_palier\tests\programme_testcase;
use mod_palier\api;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * The demonstration site: a centre, three authorities, agents with results of two waves; who is staff of one sees nothing of
 * another.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\demo
 * @covers     \local_palier\local\demo_clock
 * @covers     \local_palier\local\transversal
 */
final class demo_test extends programme_testcase {
    /** @var int today. */
    private const TODAY = 1793000000;

    public function test_it_is_made_once_with_two_waves_that_were_really_taken(): void {
        global $DB;
        [, , $clock] = $this->make_place(self::TODAY);
        // The least that a site may set, so that few agents make a map.
        set_config('least', 5, 'local_palier');
        $made = demo::make('Agents-are-1', 14);
        $this->assertSame($clock, \core\di::get(\core\clock::class));
        $this->assertCount(4 * 3 + 14, $made['accounts']);
        foreach (['rh-centre', 'campagnes-ville', 'agent01', 'agent14'] as $username) {
            $this->assertNotFalse(authenticate_user_login($username, 'Agents-are-1'), $username);
        }
        $places = array_count_values(array_column(array_slice($made['accounts'], -14), 'place'));
        $this->assertSame([7, 5, 2], array_values($places));
        $this->assertCount(3, $made['authorities']);

        [$first, $second] = array_map(fn(string $name) => $this->campaign($name), array_column($made['campaigns'], 'name'));
        $this->assertSame([0, 1], [$first->wave, $second->wave]);
        $this->assertTrue($first->is_over());
        $this->assertTrue($second->is_open());
        // One of 14 would rather not, one does not begin, one keeps the result; twice.
        foreach ([$first, $second] as $campaign) {
            $rows = $DB->get_records('local_palier_participation', ['campaignid' => $campaign->id]);
            $this->assertCount(13, $rows);
            $count = fn(string $column): int => count(array_filter(array_column($rows, $column)));
            $this->assertSame([1, 12, 11], [$count('timerefused'), $count('timefinished'), $count('timeshared')]);
            foreach ($rows as $row) {
                $this->assertLessThanOrEqual(self::TODAY, max($row->timefinished, $row->timeshared));
                $this->assertGreaterThanOrEqual($campaign->row->timeopen, $row->timebegun ?: $campaign->row->timeopen);
            }
        }
        // On one scale, agents are further on at the second wave: the gain that was put in is above what chance would do.
        $results = fn(campaign $campaign): array => iterator_to_array(api::results_of_activity($campaign->cmid), false);
        [$before, $after] = [array_column($results($first), null, 'userid'), array_column($results($second), null, 'userid')];
        $both = array_intersect_key($after, $before);
        $this->assertCount(11, $both);
        $plan = reset($both)->planhash;
        $this->assertSame([$plan], array_values(array_unique(array_column([...$before, ...$after], 'planhash'))));
        $gains = api::gains($plan, array_map(
            fn($result): array => ['before' => $before[$result->userid]->estimates(), 'after' => $result->estimates()],
            $both
        ), 0.95);
        $this->assertCount(4, $gains);
        $this->assertGreaterThan(0, array_sum(array_column(array_column($gains, 'mean'), 'value')));

        // The map is published; an authority's staff open their own places and no other.
        $maps = snapshots::of($first->context());
        $this->assertSame([snapshot::MADE, snapshot::MADE], [
            reset($maps[$first->id])->state, reset($maps[$second->id])->state,
        ]);
        $this->setUser($DB->get_record('user', ['username' => 'rh-ville']));
        $this->assertSame([], places::of($first->context()));
        $town = context_coursecat::instance($DB->get_field('course_categories', 'id', ['idnumber' => demo::CENTRE . '-ville']));
        $this->assertEqualsCanonicalizing(['profiles', 'gaps', 'catalogue', 'maps', 'actions'], array_keys(places::of($town)));
        $this->assertSame([], api::results_of_user((int) $DB->get_field('user', 'id', ['username' => 'agent01'])));

        $this->transversal($town);
        $this->setAdminUser();
        $tables = ['course', 'course_categories', 'user', 'cohort', 'cohort_members', 'role_assignments', 'palier_attempt',
            'local_palier_campaign', 'local_palier_participation', 'local_palier_profile', 'local_palier_entry'];
        $counts = fn(): array => array_map(fn(string $table): int => $DB->count_records($table), $tables);
        $before = $counts();
        $again = demo::make(null);
        $this->assertSame($before, $counts());
        $this->assertNull($again['password']);
        $this->assertEquals($made['accounts'], $again['accounts']);
        $this->assertSame([$made['campaigns'], $made['maps']], [$again['campaigns'], $again['maps']]);
    }

    /**
     * The campaign manager of an authority to whom a map of all competences is lent has a campaign of it with one click, short or
     * full; nothing is typed, and it is launched as it is.
     *
     * @param context_coursecat $town
     */
    private function transversal(context_coursecat $town): void {
        global $DB, $PAGE;
        $this->setUser($DB->get_record('user', ['username' => 'campagnes-ville']));
        $output = $PAGE->get_renderer('core');
        $told = (new \local_palier\output\campaigns_page($town))->export_for_template($output);
        $this->assertTrue($told['transversal']);
        $this->assertSame(['short', 'full'], array_column($told['ways'], 'way'));
        foreach (['short' => 25, 'full' => 40] as $way => $most) {
            $draft = transversal::begin($town, $way);
            $this->assertTrue($draft->is_complete(), $way);
            $launched = campaigns::launch($draft);
            $asked = api::scales_of_activity($launched->cmid);
            $this->assertCount(16, $asked['scales']);
            $this->assertCount(5, $asked['domains']);
            [$course, $cm] = get_course_and_cm_from_cmid($launched->cmid, 'palier');
            $this->assertSame((string) $town->instanceid, (string) $course->category);
            $plan = json_decode($DB->get_field('palier', 'plan', ['id' => $cm->instance]), true);
            $this->assertSame([$most, 'after_sharing'], [$plan['stop']['max_items'], $plan['visibility']]);
            $this->assertTrue($launched->is_open());
        }
        // Who has nothing that asks all competences is shown no such button, and the address alone makes nothing.
        $this->setAdminUser();
        $elsewhere = context_coursecat::instance($this->getDataGenerator()->create_category()->id);
        $this->assertFalse((new \local_palier\output\campaigns_page($elsewhere))->export_for_template($output)['transversal']);
        try {
            transversal::begin($elsewhere, 'short');
            $this->fail('It was begun');
        } catch (\moodle_exception $e) {
            $this->assertSame('transversal_none', $e->errorcode);
        }
        $script = file_get_contents(__DIR__ . '/../../campaigns.php');
        $this->assertMatchesRegularExpression('/require_sesskey\(\);[^}]*transversal::begin/', $script);
    }

    /**
     * A campaign.
     *
     * @param string $name
     * @return campaign
     */
    private function campaign(string $name): campaign {
        global $DB;
        return campaigns::get((int) $DB->get_field('local_palier_campaign', 'id', ['name' => $name], MUST_EXIST));
    }
}
