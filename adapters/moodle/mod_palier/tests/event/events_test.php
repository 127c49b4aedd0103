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

namespace mod_palier\event;

use mod_palier\local\attempt\attempt_repository;
use mod_palier\tests\makes_records;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');

/**
 * Events of the activity.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\event\attempt_event
 * @covers     \mod_palier\event\attempt_started
 * @covers     \mod_palier\event\attempt_finished
 * @covers     \mod_palier\event\attempt_shared
 * @covers     \mod_palier\event\story_viewed
 * @covers     \mod_palier\event\statements_viewed
 * @covers     \mod_palier\event\report_viewed
 * @covers     \mod_palier\event\parameters_imported
 */
final class events_test extends \advanced_testcase {
    use makes_records;

    /**
     * Events of an attempt and a word of their descriptions.
     *
     * @return array
     */
    public static function attempt_events(): array {
        return [
            'started' => [attempt_started::class, 'started', 'c'],
            'finished' => [attempt_finished::class, 'finished', 'u'],
            'shared' => [attempt_shared::class, 'shared', 'u'],
            'story' => [story_viewed::class, 'read the story of', 'r'],
        ];
    }

    /**
     * An event of an attempt names the attempt, the learner and the activity.
     *
     * @dataProvider attempt_events
     * @param string $class
     * @param string $word
     * @param string $crud
     */
    public function test_attempt_events_name_attempt_and_learner(string $class, string $word, string $crud): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $course = $this->getDataGenerator()->create_course();
        $palier = $this->make_activity($course);
        $learner = $this->getDataGenerator()->create_and_enrol($course);
        $attempt = attempt_repository::load((int) $this->make_attempt($palier, (int) $learner->id)->id);

        $sink = $this->redirectEvents();
        $class::of($attempt, $attempt->context())->trigger();
        $events = $sink->get_events();
        $this->assertCount(1, $events);
        $event = reset($events);
        $this->assertInstanceOf($class, $event);
        $this->assertSame($attempt->id, $event->objectid);
        $this->assertSame((int) $learner->id, $event->relateduserid);
        $this->assertSame((int) $palier->cmid, (int) $event->contextinstanceid);
        $this->assertSame($crud, $event->crud);
        $this->assertStringContainsString("$word the attempt with id '{$attempt->id}'", $event->get_description());
        $this->assertNotEmpty($event->get_name());
        $this->assertSame((string) $attempt->id, $event->get_url()->get_param('attempt'));
        $this->assertEventContextNotUsed($event);
    }

    public function test_an_attempt_event_needs_its_learner(): void {
        $this->expectException(\coding_exception::class);
        attempt_finished::create(['context' => \context_system::instance(), 'objectid' => 1])->trigger();
    }

    public function test_events_of_exceptions_say_for_whom(): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $course = $this->getDataGenerator()->create_course();
        $palier = $this->make_activity($course);
        $learner = $this->getDataGenerator()->create_and_enrol($course);
        $group = $this->getDataGenerator()->create_group(['courseid' => $course->id]);
        [, $cm] = get_course_and_cm_from_cmid($palier->cmid, 'palier');
        $store = new \mod_palier\local\test\override_store($palier, $cm);
        $sink = $this->redirectEvents();
        $id = $store->save((object) ['userid' => $learner->id, 'timeclose' => time() + DAYSECS, 'reason' => 'Malade']);
        $store->save((object) ['userid' => $learner->id, 'timeclose' => time() + WEEKSECS, 'reason' => 'Malade'], $id);
        $store->delete($id);
        $store->save((object) ['groupid' => $group->id, 'timeclose' => time() + DAYSECS, 'reason' => 'Grève']);
        $events = array_values(array_filter(
            $sink->get_events(),
            fn($event) => $event instanceof \mod_palier\event\override_event
        ));
        $this->assertSame(['c', 'u', 'd', 'c'], array_column(array_map(fn($event) => $event->get_data(), $events), 'crud'));
        foreach (array_slice($events, 0, 3) as $event) {
            $this->assertEquals($learner->id, $event->relateduserid);
            $this->assertEquals($id, $event->objectid);
        }
        $this->assertStringContainsString("the group with id '{$group->id}'", $events[3]->get_description());
        $this->assertNotEmpty($events[3]->get_name());
        $this->assertEquals($palier->cmid, $events[3]->get_url()->get_param('id'));
    }

    public function test_trainers_events_say_how(): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $palier = $this->make_activity($this->getDataGenerator()->create_course());
        $context = \context_module::instance($palier->cmid);
        foreach ([statements_viewed::class => 'statements', report_viewed::class => 'results'] as $class => $what) {
            $read = $class::create(['context' => $context, 'other' => ['filters' => []]]);
            $this->assertMatchesRegularExpression("/read (the )?$what/", $read->get_description());
            $downloaded = $class::create(['context' => $context, 'other' => ['format' => 'csv']]);
            $this->assertMatchesRegularExpression("/downloaded \('csv'\) (the )?$what/", $downloaded->get_description());
            $this->assertSame((string) $palier->cmid, $read->get_url()->get_param('id'));
            $this->assertNotEmpty($class::get_name());
            $this->assertFalse($class::get_other_mapping());
        }
        $log = \mod_palier\event\contests_exported::create(['context' => $context]);
        $this->assertStringContainsString("downloaded the reports", $log->get_description());
        $this->assertSame((string) $palier->cmid, $log->get_url()->get_param('id'));
        $imported = parameters_imported::create(['context' => $context, 'other' => ['count' => 12]]);
        $this->assertStringContainsString('parameters of 12 questions', $imported->get_description());
        $this->expectException(\coding_exception::class);
        parameters_imported::create(['context' => $context])->trigger();
    }
}
