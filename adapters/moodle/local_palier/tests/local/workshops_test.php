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

use local_palier\output\workshops_page;
use local_palier\tests\helps_people;
use local_palier\tests\programme_testcase;
use mod_palier\tests\opens_pages;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once(__DIR__ . '/../classes/programme_testcase.php');
require_once(__DIR__ . '/../classes/helps_people.php');
require_once($CFG->dirroot . '/mod/palier/tests/classes/opens_pages.php');
require_once($CFG->dirroot . '/group/lib.php');

/**
 * Workshops of those who asked for one: groups with like gaps, made in a course once an adviser confirms them.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\workshops
 * @covers     \local_palier\local\workshop_groups
 * @covers     \local_palier\local\told
 * @covers     \local_palier\output\workshops_page
 * @covers     \local_palier\output\workshop_page
 */
final class workshops_test extends programme_testcase {
    use helps_people;
    use opens_pages;

    /** @var float[] gaps of 20 people in no order, made up. */
    private const GAPS = [
        0.4, 2.7, 1.1, 0.5, 2.9, 1.0, 0.3, 2.2, 1.7, 0.6, 2.8, 1.2, 1.6, 0.2, 2.1, 1.5, 0.9, 2.3, 0.7, 1.9,
    ];

    /**
     * All ways to part people into groups of given sizes.
     *
     * @param int[] $people
     * @param int[] $sizes
     * @return int[][][]
     */
    private static function ways(array $people, array $sizes): array {
        if (!$sizes) {
            return [[]];
        }
        $ways = [];
        $size = array_shift($sizes);
        foreach (self::choose($people, $size) as $group) {
            foreach (self::ways(array_values(array_diff($people, $group)), $sizes) as $others) {
                $ways[] = [$group, ...$others];
            }
        }
        return $ways;
    }

    /**
     * All choices of some people.
     *
     * @param int[] $people
     * @param int $size
     * @return int[][]
     */
    private static function choose(array $people, int $size): array {
        if (!$size) {
            return [[]];
        }
        $choices = [];
        foreach ($people as $place => $one) {
            foreach (self::choose(array_slice($people, $place + 1), $size - 1) as $others) {
                $choices[] = [$one, ...$others];
            }
        }
        return $choices;
    }

    public function test_no_other_groups_of_these_sizes_have_less_spread(): void {
        // Of 7 people in groups of 3 at most: 3, 2 and 2, in 210 ways.
        $gaps = array_slice(self::GAPS, 0, 7);
        $groups = workshop_groups::of($gaps, 2, 3);
        $sizes = array_map('count', $groups);
        rsort($sizes);
        $this->assertSame([3, 2, 2], $sizes);
        $ways = self::ways(array_keys($gaps), [3, 2, 2]);
        $this->assertCount(210, $ways);
        $least = min(array_map(fn(array $way): float => workshop_groups::spread($gaps, $way), $ways));
        $this->assertEqualsWithDelta($least, workshop_groups::spread($gaps, $groups), 1e-12);
    }

    public function test_the_spread_is_below_that_of_random_groups_and_sizes_are_nearly_equal(): void {
        $groups = workshop_groups::of(self::GAPS, 5, 8);
        $this->assertEqualsCanonicalizing([7, 7, 6], array_map('count', $groups));
        $this->assertEqualsCanonicalizing(array_keys(self::GAPS), array_merge(...$groups));
        // The greatest gaps are in the first group.
        $this->assertGreaterThan(self::GAPS[$groups[1][0]], self::GAPS[end($groups[0])]);
        mt_srand(20261201);
        $ids = array_keys(self::GAPS);
        $spread = workshop_groups::spread(self::GAPS, $groups);
        for ($i = 0; $i < 200; $i++) {
            shuffle($ids);
            $this->assertLessThan(workshop_groups::spread(self::GAPS, [
                array_slice($ids, 0, 7), array_slice($ids, 7, 7), array_slice($ids, 14),
            ]), $spread);
        }
    }

    public function test_where_no_groups_can_be_made_it_says_what_would_be_right(): void {
        $cases = [
            [9, 6, 8, 'groups_cannot'], [1, 2, 8, 'groups_cannot_one'], [0, 2, 8, 'groups_cannot_none'], [9, 8, 6, 'groups_order'],
        ];
        foreach ($cases as [$people, $least, $most, $code]) {
            $this->assertSame($code, $this->refused(fn() => workshop_groups::of(array_fill(0, $people, 1.0), $least, $most)));
        }
        $this->assertCount(1, workshop_groups::of(array_fill(0, 8, 1.0), 8, 8));
    }

    /**
     * Chances of somebody, and their wish for a workshop.
     *
     * @param stdClass $user
     * @param float $second chance of level 2
     * @param float $third chance of level 3
     */
    private function wish(stdClass $user, float $second, float $third): void {
        $this->measured($user, [1, $second, $third, 0, 0, 0, 0, 0]);
        $this->setUser($user);
        told::want_workshop(comparison::of_user($this->profile(['1.2']), (int) $user->id), '1.2');
    }

    public function test_those_who_asked_and_have_a_gap_are_put_in_order_and_nobody_else(): void {
        $this->make_authorities();
        $users = [];
        foreach ([[0.9, 0.2], [0.3, 0.05], [1, 0.5]] as $chances) {
            $this->wish($users[] = $this->agent('town'), ...$chances);
        }
        $silent = $this->agent('town');
        $this->measured($silent, [1, 0.2, 0.1, 0, 0, 0, 0, 0]);
        $this->wish($this->agent('other'), 0.5, 0.2);
        // Who is there has no gap to ask for; neither has who was not measured.
        $this->assertSame('workshop_nothing', $this->refused(fn() => $this->wish($this->agent('town'), 1, 0.95)));
        $this->setUser($silent);
        $this->assertSame('workshop_nothing', $this->refused(
            fn() => told::want_workshop(comparison::of_user($this->profile(['1.3']), (int) $silent->id), '1.3')
        ));
        $this->setUser($this->adviser);
        $gaps = workshops::gaps([$this->town->id], 'CRCN-2019', '1.2', 3);
        // By hand, up to level 3: 0.1 + 0.8, 0.7 + 0.95, 0 + 0.5.
        $this->assertEqualsWithDelta([0.9, 1.65, 0.5], [
            $gaps[$users[0]->id], $gaps[$users[1]->id], $gaps[$users[2]->id],
        ], 1e-9);
        $this->assertCount(3, $gaps);
        // Level 2 is nearly certain for one, and certain for another: neither needs a workshop up to it.
        $this->assertSame([(int) $users[1]->id], array_keys(workshops::gaps([$this->town->id], 'CRCN-2019', '1.2', 2)));
        $this->assertSame([], workshops::gaps([$this->town->id], 'CRCN-2019', '1.2', 3, $this->palier->cmid + 1));
        $this->assertSame(['CRCN-2019' => ['1.2' => 3]], workshops::wanted([$this->town->id]));
        $this->setUser($users[0]);
        told::unwant_workshop('CRCN-2019', '1.2');
        $this->setUser($this->adviser);
        $this->assertCount(2, workshops::gaps([$this->town->id], 'CRCN-2019', '1.2', 3));
    }

    public function test_groups_are_in_the_course_once_confirmed_with_a_list_of_sessions(): void {
        global $DB;
        $this->make_authorities();
        $users = [];
        foreach ([[0.1, 0.01], [0.2, 0.05], [0.9, 0.4], [0.95, 0.5]] as $chances) {
            $users[] = $user = $this->agent('town');
            $this->wish($user, ...$chances);
        }
        $this->setAdminUser();
        $course = $this->getDataGenerator()->create_course(['category' => $this->town->instanceid]);
        $asked = ['one' => told::key('CRCN-2019', '1.2'), 'level' => 3, 'least' => 2, 'most' => 2, 'contextid' => $this->town->id];
        $this->setUser($this->adviser);
        $sink = $this->redirectEvents();
        $shown = $this->open_script('local/palier/workshops.php', $asked);
        $read = array_filter($sink->get_events(), fn($event) => $event instanceof \local_palier\event\workshop_proposed);
        $this->assertCount(1, $read);
        $sink->close();
        foreach ($users as $user) {
            $this->assertStringContainsString(fullname($user), $shown);
        }
        $page = new workshops_page($this->town, [
            'framework' => 'CRCN-2019', 'competence' => '1.2', 'level' => 3, 'least' => 2, 'most' => 2, 'cmid' => 0,
        ]);
        $confirm = ['make' => 1, 'name' => 'Files', 'courseid' => $course->id]
            + ['time' => ['2026-11-05T14:00', ''], 'place' => ['Room 12', '']];
        $make = fn(string $mark, array $over = []): string => $this->open_script(
            'local/palier/workshops.php',
            $asked,
            $over + $confirm + ['mark' => $mark]
        );
        // What was not looked at, another authority's course, and a course without a way in, make nothing.
        $make('0');
        $make($page->mark(), ['courseid' => $this->course->id]);
        $DB->set_field('enrol', 'status', ENROL_INSTANCE_DISABLED, ['courseid' => $course->id, 'enrol' => 'manual']);
        $make($page->mark());
        \core\notification::fetch();
        $this->assertSame(0, $DB->count_records('groups', ['courseid' => $course->id]));
        $this->assertSame(0, $DB->count_records('local_palier_workshop'));
        $DB->set_field('enrol', 'status', ENROL_INSTANCE_ENABLED, ['courseid' => $course->id, 'enrol' => 'manual']);
        $messages = $this->redirectMessages();
        $make($page->mark());
        $this->assertCount(4, $messages->get_messages());
        // Who is in which is seen by whoever teaches there.
        $this->setAdminUser();
        $groups = groups_get_all_groups($course->id);
        $this->assertEqualsCanonicalizing(['Files – group 1', 'Files – group 2'], array_column($groups, 'name'));
        $of = fn($group): array => array_map('intval', array_keys(groups_get_members($group->id)));
        $members = array_map($of, array_values($groups));
        $ids = array_map(fn($user): int => (int) $user->id, $users);
        $this->assertEqualsCanonicalizing([array_slice($ids, 0, 2), array_slice($ids, 2)], array_map(function ($one) {
            sort($one);
            return $one;
        }, $members));
        $id = $DB->get_field('local_palier_workshop', 'id', []);
        $this->setUser($this->adviser);
        $words = strip_tags($this->open_script('local/palier/workshop.php', ['id' => $id]));
        foreach ([fullname($users[0]), 'Room 12', '5 November 2026', 'The date will be told later', 'Files – group 2'] as $part) {
            $this->assertStringContainsString($part, $words);
        }
        // Who is in one is in no other on the same competence.
        $this->assertSame([], workshops::gaps([$this->town->id], 'CRCN-2019', '1.2', 3));
        $this->setUser($this->staff('palierhr', $this->town));
        $this->assertSame('nopermissions', $this->refused(fn() => $this->open_script('local/palier/workshop.php', ['id' => $id])));
    }
}
