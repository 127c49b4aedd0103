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

namespace mod_palier\local\test;

use core_calendar\action_factory;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\deletion;
use mod_palier\local\attempt\step;
use mod_palier\local\report\outline;
use mod_palier\output\result_words;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/calendar/lib.php');
require_once($CFG->dirroot . '/mod/palier/lib.php');
require_once($CFG->dirroot . '/course/lib.php');

/**
 * What Moodle expects of an activity: dates, calendar, timeline, search, updates, reports on a person, deletion of attempts.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\test\calendar
 * @covers    \mod_palier\dates
 * @covers    \mod_palier\local\attempt\deletion
 * @covers    \mod_palier\event\attempt_deleted
 * @covers    \mod_palier\local\report\outline
 * @covers    \mod_palier\courseformat\overview
 * @covers    ::palier_check_updates_since
 */
final class activity_test extends learner_testcase {
    /**
     * The activity's row.
     *
     * @return \stdClass
     */
    private function row(): \stdClass {
        global $DB;
        return $DB->get_record('palier', ['id' => $this->palier->id], '*', MUST_EXIST);
    }

    /**
     * The activity's events in the calendar, by type.
     *
     * @return \stdClass[]
     */
    private function events(): array {
        global $DB;
        $events = $DB->get_records('event', ['modulename' => 'palier', 'instance' => $this->palier->id], 'id');
        return array_column($events, null, 'eventtype');
    }

    public function test_dates_are_in_the_calendar_and_follow(): void {
        global $DB;
        $open = time() - DAYSECS;
        $close = time() + WEEKSECS;
        $this->make_test(3, ['timeopen' => $open, 'timeclose' => $close]);
        $this->setAdminUser();
        $this->assertSame(['open' => $open, 'close' => $close], array_map(fn($event) => (int) $event->timestart, $this->events()));
        $this->assertEquals(CALENDAR_EVENT_TYPE_ACTION, $this->events()['close']->type);

        // Without a date its event goes; made again it is one.
        $DB->set_field('palier', 'timeopen', 0, ['id' => $this->palier->id]);
        palier_refresh_events($this->course->id);
        palier_refresh_events(0, $this->palier->id);
        $this->assertSame(['close'], array_keys($this->events()));

        // Moved in the calendar, the activity follows; a learner moves nothing.
        $event = \calendar_event::load($this->events()['close']->id);
        $event->timestart = $close + DAYSECS;
        $this->setUser($this->learner);
        mod_palier_core_calendar_event_timestart_updated($event, $this->row());
        $this->assertEquals($close, $this->row()->timeclose);
        $this->setAdminUser();
        mod_palier_core_calendar_event_timestart_updated($event, $this->row());
        $this->assertEquals($close + DAYSECS, $this->row()->timeclose);
        $row = $this->row();
        $row->timeopen = $open;
        [$low, $high] = mod_palier_core_calendar_get_valid_event_timestart_range($event, $row);
        $this->assertSame([$open + 1, null], [$low[0], $high]);

        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $DB->set_field('palier', 'timeopen', $open, ['id' => $this->palier->id]);
        rebuild_course_cache($this->course->id, true);
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $this->assertSame(
            [get_string('activitydate:opened', 'course'), get_string('activitydate:closes', 'course')],
            array_column(\core\activity_dates::get_dates_for_module($cm, (int) $this->learner->id), 'label')
        );
        course_delete_module($cm->id);
        $this->assertSame([], $this->events());
    }

    public function test_the_timeline_leads_who_has_not_finished(): void {
        $this->make_test(2, ['timeclose' => time() + WEEKSECS]);
        $action = fn($user) => mod_palier_core_calendar_provide_event_action(
            \calendar_event::load($this->events()['close']->id),
            new action_factory(),
            $user->id
        );
        $this->assertSame(get_string('begin', 'mod_palier'), $action($this->learner)->get_name());
        $this->assertTrue($action($this->learner)->is_actionable());
        $attempt = $this->start();
        $this->assertSame(get_string('resumeattempt', 'mod_palier'), $action($this->learner)->get_name());
        $this->answer($attempt);
        $this->answer($attempt, false);
        $this->assertNull($action($this->learner));
        $this->assertNull($action($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher')));
    }

    public function test_an_attempt_is_deleted_with_what_hangs_on_it(): void {
        global $DB;
        $this->make_test(2, ['grade' => 100]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        $other = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
        $this->setUser($other);
        $kept = $this->start();
        $attempt = attempt_repository::load($attempt->id);
        $grade = fn() => grade_get_grades($this->course->id, 'mod', 'palier', $this->palier->id, $this->learner->id)
            ->items[0]->grades[$this->learner->id]->grade;

        foreach ([$other, $this->learner, $this->getDataGenerator()->create_and_enrol($this->course, 'teacher')] as $user) {
            $this->setUser($user);
            $this->assertFalse(deletion::allowed($attempt));
        }
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $this->assertNotNull($grade());
        $sink = $this->redirectEvents();
        deletion::delete($attempt);
        $events = array_filter($sink->get_events(), fn($event) => $event instanceof \mod_palier\event\attempt_deleted);
        $this->assertCount(1, $events);
        $this->assertEquals($this->learner->id, reset($events)->relateduserid);
        $this->assertNull($grade());
        $this->assertSame([(int) $kept->id], array_map('intval', $DB->get_fieldset_select('palier_attempt', 'id', '1 = 1')));
        foreach (['palier_event', 'palier_statement'] as $table) {
            $this->assertFalse($DB->record_exists($table, ['attemptid' => $attempt->id]));
        }
    }

    public function test_no_step_runs_while_an_attempt_is_deleted_and_none_after(): void {
        global $CFG;
        // A database gives its own session a lock twice; files do not.
        $CFG->lock_factory = '\\core\\lock\\file_lock_factory';
        $this->make_test(2);
        $attempt = $this->start();
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        \core\event\manager::phpunit_replace_observers([
            ['eventname' => '\\mod_palier\\event\\attempt_deleted', 'callback' => self::class . '::try_lock'],
        ]);
        deletion::delete($attempt);
        $this->assertSame([false], self::$locks);
        $this->expectExceptionMessage(get_string('attemptgone', 'mod_palier'));
        step::post($attempt->id, 'answer', 1, $this->fields($attempt, true));
    }

    /** @var bool[] Whether the lock of a deleted attempt could be had. */
    private static array $locks = [];

    /**
     * Tries to get the lock of the attempt that is deleted.
     *
     * @param \mod_palier\event\attempt_deleted $event
     */
    public static function try_lock(\mod_palier\event\attempt_deleted $event): void {
        $lock = \core\lock\lock_config::get_lock_factory('mod_palier_attempt')->get_lock((string) $event->objectid, 0);
        self::$locks[] = (bool) $lock;
        if ($lock) {
            $lock->release();
        }
    }

    public function test_what_is_not_shared_is_not_deleted_by_others(): void {
        $this->make_test(1, ['plan' => ['visibility' => 'after_sharing', 'stop' => ['max_items' => 1]]]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $this->assertFalse(deletion::allowed(attempt_repository::load($attempt->id)));
        $this->assertNull(outline::of((int) $this->palier->id, (int) $this->learner->id));
        $this->expectException(\moodle_exception::class);
        deletion::delete(attempt_repository::load($attempt->id));
    }

    public function test_reports_on_a_person_and_the_app_know_what_is_new(): void {
        $this->make_test(1);
        $before = time() - 1;
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $this->assertFalse(palier_check_updates_since($cm, $before)->attempts->updated);
        $attempt = $this->start();
        $this->answer($attempt);
        $ids = palier_check_updates_since($cm, $before)->attempts->itemids;
        $this->assertSame([(string) $attempt->id], array_map('strval', $ids));
        $this->assertFalse(palier_check_updates_since($cm, time() + 1)->attempts->updated);
        $this->setAdminUser();
        $said = palier_user_outline($this->course, $this->learner, $cm, $this->row());
        $this->assertNotSame('', $said->info);
        $this->assertStringContainsString($said->info, outline::html((int) $this->palier->id, (int) $this->learner->id));
        $this->setUser($this->getDataGenerator()->create_user());
        $this->assertNull(outline::of((int) $this->palier->id, (int) $this->learner->id));
    }

    public function test_one_line_about_a_learner_tells_the_result_that_counts(): void {
        global $DB;
        $this->make_test(6, ['grademethod' => 'best', 'plan' => ['stop' => ['min_items' => 2, 'max_items' => 2]]]);
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $take = function (int $answers): attempt {
            $attempt = $this->start();
            for ($n = 0; $n < $answers; $n++) {
                $this->answer($attempt);
            }
            if ($answers < 2) {
                step::post($attempt->id, 'stop', 0);
            }
            return attempt_repository::load($attempt->id);
        };
        $whole = $take(2);
        $told = fn(attempt $attempt): string => (new result_words($attempt->known()))->sentence();
        $tellers = ['outline' => fn() => htmlspecialchars_decode(outline::of((int) $cm->instance, (int) $this->learner->id)->info)];
        if (class_exists(\core_courseformat\activityoverviewbase::class)) {
            $overview = new \mod_palier\courseformat\overview($cm);
            $tellers['overview'] = fn() => $overview->get_extra_overview_items()['result']->get_value();
        }
        $broken = $take(0);
        $this->assertNotSame($told($whole), $told($broken));
        foreach ($tellers as $teller => $says) {
            $this->assertSame($told($whole), $says(), "$teller, broken off");
        }
        // What came back from a package counts for nothing.
        $DB->set_field('palier_attempt', 'packageid', 0, ['id' => $whole->id]);
        foreach ($tellers as $teller => $says) {
            $this->assertSame($told($broken), $says(), "$teller, from a package");
        }
    }

    public function test_the_courses_overview_knows_how_far_people_are(): void {
        if (!class_exists(\core_courseformat\activityoverviewbase::class)) {
            $this->markTestSkipped('Moodle has the overview from version 5.0 on.');
        }
        $this->make_test(1, ['timeclose' => time() + WEEKSECS]);
        $attempt = $this->start();
        $this->answer($attempt);
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $overview = fn() => new \mod_palier\courseformat\overview($cm);
        $this->assertNull($overview()->get_actions_overview());
        $this->assertNull($overview()->get_extra_overview_items()['begun']);
        $this->assertNotSame('-', $overview()->get_extra_overview_items()['result']->get_value());
        $this->assertEquals($this->row()->timeclose, $overview()->get_due_date_overview()->get_value());
        $this->setAdminUser();
        $this->assertSame(1, $overview()->get_extra_overview_items()['begun']->get_value());
        $this->assertNotNull($overview()->get_actions_overview());
    }

    public function test_recent_activity_tells_what_the_reader_may_read(): void {
        $this->make_test(1, ['name' => 'Accueil', 'plan' => ['visibility' => 'after_sharing']]);
        $attempt = $this->start();
        $this->answer($attempt);
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $found = function (int $since = 0, int $userid = 0, int $groupid = 0) use ($cm): array {
            $activities = [];
            $index = 0;
            palier_get_recent_mod_activity($activities, $index, $since, $this->course->id, $cm->id, $userid, $groupid);
            return $activities;
        };
        // To the learner their own; to a trainer once it is shared.
        $mine = $found();
        $this->assertCount(1, $mine);
        $this->assertEquals($this->learner->id, $mine[0]->user->id);
        $this->assertSame([], $found(time() + HOURSECS));
        $trainer = $this->getDataGenerator()->create_and_enrol($this->course, 'teacher');
        $this->setUser($trainer);
        $this->assertSame([], $found());
        $this->setUser($this->learner);
        \mod_palier\local\attempt\sharing::share($attempt->id);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course));
        $this->assertSame([], $found());
        $this->setUser($trainer);
        $theirs = $found();
        $this->assertCount(1, $theirs);
        $this->assertCount(0, $found(0, (int) $trainer->id));
        $group = $this->getDataGenerator()->create_group(['courseid' => $this->course->id]);
        $this->assertCount(0, $found(0, 0, (int) $group->id));
        groups_add_member($group, $this->learner);
        $this->assertCount(1, $found(0, 0, (int) $group->id));
        ob_start();
        palier_print_recent_mod_activity($theirs[0], $this->course->id, true, ['palier' => 'Test']);
        $this->assertTrue(palier_print_recent_activity($this->course, true, 0));
        $this->assertFalse(palier_print_recent_activity($this->course, true, time() + HOURSECS));
        $html = ob_get_clean();
        $this->assertStringContainsString(s($theirs[0]->content->result), $html);
        $this->assertStringContainsString(fullname($this->learner), $html);
        $this->assertStringContainsString('result.php?attempt=' . $attempt->id, $html);
    }

    public function test_the_sites_search_finds_the_activity(): void {
        $this->make_test(1, ['name' => 'Accueil des agents']);
        $this->setAdminUser();
        $area = \core_search\manager::get_search_area('mod_palier-activity');
        $this->assertNotFalse($area);
        $rows = $area->get_document_recordset(0);
        $titles = [];
        foreach ($rows as $row) {
            $titles[] = $area->get_document($row)->get('title');
        }
        $rows->close();
        $this->assertContains('Accueil des agents', $titles);
    }

    public function test_every_feature_has_an_answer(): void {
        foreach (array_keys(get_defined_constants()) as $name) {
            if (preg_match('/^FEATURE_/', $name) && !in_array($name, self::ANSWERED_BY_DEFAULT)) {
                $this->assertNotNull(palier_supports(constant($name)), $name);
            }
        }
    }

    /** @var string[] features that core asks others about, or that later versions add with a default that is right. */
    private const ANSWERED_BY_DEFAULT = ['FEATURE_GROUPMEMBERSONLY', 'FEATURE_COMPLETION',
        'FEATURE_MOD_OTHERPURPOSE', 'FEATURE_CAN_DISPLAY',
        'FEATURE_CAN_UNINSTALL', 'FEATURE_QUICKCREATE', 'FEATURE_PUBLISHES_QUESTIONS'];
}
