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
use local_palier\task\count_gaps;
use local_palier\tests\programme_testcase;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * How many people reach what their jobs ask: shared results alone, and no figure about fewer than k.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\gap_counting
 * @covers     \local_palier\local\job_gap
 * @covers     \local_palier\local\job_cohort
 * @covers     \local_palier\task\count_gaps
 */
final class gap_counting_test extends programme_testcase {
    /** @var context_coursecat the organisation. */
    private context_coursecat $place;

    /** @var stdClass an activity of the organisation. */
    private stdClass $palier;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->setAdminUser();
        [$this->place, $this->palier] = $this->organisation();
    }

    /**
     * An organisation with an activity.
     *
     * @return array{context_coursecat, stdClass}
     */
    private function organisation(): array {
        $category = $this->getDataGenerator()->create_category();
        $below = $this->getDataGenerator()->create_category(['parent' => $category->id]);
        $course = $this->getDataGenerator()->create_course(['category' => $below->id]);
        return [context_coursecat::instance($category->id), $this->make_activity($course)];
    }

    /**
     * Gives people results.
     *
     * @param int[] $ids taken off the list as they get one
     * @param int $count
     * @param float $chance of 1.1
     */
    private function results(array &$ids, int $count, float $chance): void {
        foreach (array_splice($ids, 0, $count) as $id) {
            $this->has($this->palier, $id, ['crcn:1.1' => $chance]);
        }
    }

    /**
     * The published counts.
     *
     * @return array[] people, reached, undecided, notreached and unknown, by code and competence
     */
    private function published(): array {
        $published = [];
        foreach (job_gap::all($this->place) as $gap) {
            foreach ($gap->counts as $row) {
                $published["{$gap->profile->fields['code']} $row->competence"] = array_map(
                    fn($count) => $count === null ? null : (int) $count,
                    [$row->people, $row->reached, $row->undecided, $row->notreached, $row->unknown]
                );
            }
        }
        return $published;
    }

    public function test_three_jobs_are_ordered_and_hidden_as_by_hand(): void {
        $this->job($this->place, 'desk', ['1.1' => 1], 'strong', 'yes');
        $this->job($this->place, 'roads', ['1.1' => 1], 'low');
        $this->job($this->place, 'office', ['1.1' => 1], 'medium');
        $desk = $this->people('desk', 42);
        $roads = $this->people('roads', 40);
        // One person does two jobs.
        $this->join('roads', [$desk[0]]);
        $this->results($desk, 10, 0.95);
        $this->results($desk, 10, 0.5);
        $this->results($desk, 12, 0.05);
        $this->results($roads, 9, 0.95);
        $this->results($roads, 20, 0.05);
        $office = $this->people('office', 30);
        $this->results($office, 4, 0.95);
        gap_counting::run($this->place);
        // Desk: (12 to 22) of 32 by 3. Roads: nobody is undecided, which is hidden and takes "reached" with it: (20 to 30) of
        // 30 by 1. Office: 4 people shared, so that nothing is shown.
        $this->assertSame([
            'desk 1.1' => [42, 10, 10, 12, 10],
            'roads 1.1' => [41, null, null, 20, 11],
            'office 1.1' => [30, null, null, null, null],
        ], $this->published());
        $gaps = job_gap::all($this->place);
        $this->assertEqualsWithDelta([3 * 17 / 32, 25 / 30, -1], array_map(fn($gap) => $gap->urgency(), $gaps), 1e-9);
        $this->assertEqualsWithDelta([[12 / 32, 22 / 32], [20 / 30, 1]], [[$gaps[0]->low, $gaps[0]->high],
            [$gaps[1]->low, $gaps[1]->high]], 1e-9);
        $this->assertSame([true, false, false], array_map(fn($gap) => $gap->is_risky_target(), $gaps));
    }

    public function test_weights_make_the_gap_of_a_job(): void {
        $job = $this->job($this->place, 'desk', ['1.1' => 1, '1.2' => 3]);
        $row = fn($competence, $counts) => (object) (['competence' => $competence, 'people' => 100]
            + array_combine(['reached', 'undecided', 'notreached', 'unknown'], $counts));
        // 1.1: 10 of 80, 20 with the undecided. 1.2: 30 of 60, 40 with the undecided; three times as much.
        $gap = new job_gap($job, [$row('1.1', [60, 10, 10, 20]), $row('1.2', [20, 10, 30, 40])]);
        $this->assertEqualsWithDelta([(10 + 90) / (80 + 180), (20 + 120) / (80 + 180)], [$gap->low, $gap->high], 1e-9);
        // A line of which it is not known how many were assessed counts for nothing.
        $gap = new job_gap($job, [$row('1.1', [60, 10, 10, 20]), $row('1.2', [20, null, 30, null])]);
        $this->assertEqualsWithDelta([10 / 80, 20 / 80], [$gap->low, $gap->high], 1e-9);
    }

    public function test_only_what_is_shared_counts_and_only_people_who_are_there(): void {
        global $DB;
        $this->job($this->place, 'desk');
        $desk = $this->people('desk', 36);
        $shown = array_slice($desk, 0, 14);
        foreach ($shown as $id) {
            $this->has($this->palier, $id, ['crcn:1.1' => 0.95]);
        }
        $this->has($this->palier, $desk[14], ['crcn:1.1' => 0.95], ['visibility' => 'after_sharing']);
        $shared = ['visibility' => 'after_sharing', 'timeshared' => 5];
        $this->has($this->palier, $desk[15], ['crcn:1.1' => 0.95], $shared);
        $back = $this->has($this->palier, $desk[16], ['crcn:1.1' => 0.95], $shared);
        \mod_palier\local\attempt\sharing::withdraw((int) $back->id);
        $this->has($this->palier, $desk[17], ['crcn:1.1' => 0.95], ['preview' => 1]);
        delete_user($DB->get_record('user', ['id' => $desk[0]]));
        $DB->set_field('user', 'suspended', 1, ['id' => $desk[1]]);
        gap_counting::run($this->place);
        // 36 less two; 14 less two, and one that was shared; nobody is undecided or below, which takes the 13 with it.
        $this->assertSame(['desk 1.1' => [34, null, null, null, 21]], $this->published());
    }

    public function test_it_is_counted_once_a_month(): void {
        $clock = $this->mock_clock_with_frozen(strtotime('2026-11-30 12:00:00'));
        $this->job($this->place, 'desk');
        $desk = $this->people('desk', 40);
        $this->results($desk, 20, 0.95);
        gap_counting::run($this->place);
        $before = $this->published();
        $this->results($desk, 1, 0.05);
        gap_counting::run($this->place);
        $this->assertSame($before, $this->published());
        $this->results($desk, 10, 0.05);
        $clock->set_to(strtotime('2026-12-01 12:00:00'));
        gap_counting::run($this->place);
        $this->assertSame(202612, gap_counting::last($this->place));
        $this->assertNotSame($before, $this->published());
    }

    public function test_of_two_jobs_of_nearly_the_same_people_one_is_shown(): void {
        $this->job($this->place, 'desk');
        $this->job($this->place, 'almost');
        $desk = $this->people('desk', 30);
        $this->join('almost', $desk);
        $this->people('almost', 9);
        $this->results($desk, 14, 0.95);
        gap_counting::run($this->place);
        $published = $this->published();
        $this->assertSame([30, null, null, null, 16], $published['desk 1.1']);
        $this->assertSame([39, null, null, null, null], $published['almost 1.1']);
    }

    public function test_nobody_of_another_organisation_counts(): void {
        [$there, $theirs] = $this->organisation();
        $this->job($this->place, 'desk');
        $desk = $this->people('desk', 30);
        foreach ($desk as $id) {
            $this->has($theirs, $id, ['crcn:1.1' => 0.95]);
        }
        gap_counting::run($this->place);
        gap_counting::run($there);
        $this->assertSame(['desk 1.1' => [30, null, null, null, null]], $this->published());
        $this->assertSame([], job_gap::all($there));
    }

    public function test_a_task_counts_what_somebody_asked_for(): void {
        $this->job($this->place, 'desk');
        $desk = $this->people('desk', 30);
        $this->results($desk, 15, 0.95);
        $sink = $this->redirectEvents();
        count_gaps::request($this->place);
        count_gaps::request($this->place);
        $asked = array_filter($sink->get_events(), fn($event) => $event instanceof \local_palier\event\gaps_requested);
        $this->assertCount(2, $asked);
        $this->assertCount(1, \core\task\manager::get_adhoc_tasks(count_gaps::class));
        $this->assertTrue(count_gaps::is_waiting($this->place));
        // As cron does, whoever asked.
        $this->setUser($this->getDataGenerator()->create_user());
        ob_start();
        $this->runAdhocTasks(count_gaps::class);
        ob_end_clean();
        $this->assertFalse(count_gaps::is_waiting($this->place));
        $this->assertCount(1, $this->published());
    }

    public function test_a_category_that_is_gone_is_not_counted(): void {
        count_gaps::request($this->place);
        \core_course_category::get($this->place->instanceid)->delete_full(false);
        ob_start();
        $this->runAdhocTasks(count_gaps::class);
        ob_end_clean();
        $this->assertSame([], \core\task\manager::get_adhoc_tasks(count_gaps::class));
    }

    public function test_the_site_may_say_more_people_and_never_fewer_than_five(): void {
        $this->assertSame(10, suppression::least());
        foreach (['3' => 5, '5' => 5, '20' => 20, '' => 5] as $set => $least) {
            set_config('least', $set, 'local_palier');
            $this->assertSame($least, suppression::least());
        }
    }
}
