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

use core_privacy\local\request\approved_contextlist;
use core_privacy\local\request\writer;
use mod_palier\hook\before_attempt_start;
use mod_palier\local\attempt\access_rules;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\overdue;
use mod_palier\local\attempt\starter;
use mod_palier\output\home_page;
use mod_palier\output\overrides_page;
use mod_palier\privacy\provider;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\opens_pages;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/course/lib.php');
require_once($CFG->dirroot . '/mod/palier/lib.php');

/**
 * What is other for people and groups, password and network.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\test\overrides
 * @covers    \mod_palier\local\test\override_store
 * @covers    \mod_palier\local\test\group_observer
 * @covers    \mod_palier\local\attempt\access_rules
 * @covers    \mod_palier\hook\before_attempt_start
 * @covers    \mod_palier\output\overrides_page
 * @covers    \mod_palier\privacy\provider
 */
final class overrides_test extends learner_testcase {
    use opens_pages;

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
     * Writes what is other.
     *
     * @param array $data
     * @return int
     */
    private function override(array $data): int {
        global $USER;
        $user = $USER;
        $this->setAdminUser();
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $id = (new override_store($this->row(), $cm))->save((object) $data);
        $this->setUser($user);
        return $id;
    }

    /**
     * A group with the learner.
     *
     * @return int
     */
    private function group(): int {
        $group = $this->getDataGenerator()->create_group(['courseid' => $this->course->id]);
        groups_add_member($group, $this->learner);
        return (int) $group->id;
    }

    /**
     * Begins with a password.
     *
     * @param string $password
     * @return \mod_palier\local\attempt\attempt
     */
    private function start_with(string $password): \mod_palier\local\attempt\attempt {
        $context = \core\context\module::instance($this->palier->cmid);
        return (new starter($this->row(), $context, (int) $this->learner->id, false, $password))->start();
    }

    public function test_a_person_goes_before_groups_and_the_most_generous_group_holds(): void {
        $this->make_test(3, ['timeopen' => 5000, 'timeclose' => 9000]);
        [$first, $second] = [$this->group(), $this->group()];
        $mine = fn() => overrides::for_user($this->row(), (int) $this->learner->id);
        $this->assertSame([], $mine()->overridden);
        $this->assertSame($this->row()->plan, $mine()->plan);
        $this->override(['groupid' => $first, 'timeopen' => 4000, 'timeclose' => 9500, 'attempts' => 2]);
        $this->override(['groupid' => $second, 'timeopen' => 4500, 'timeclose' => 9900, 'attempts' => 0]);
        $this->assertEquals([4000, 9900], [$mine()->timeopen, $mine()->timeclose]);
        $this->assertSame(0, json_decode($mine()->plan, true)['retake']['max_attempts']);
        $this->override(['userid' => $this->learner->id, 'timeclose' => 9100, 'attempts' => 5]);
        $this->assertEquals([4000, 9100], [$mine()->timeopen, $mine()->timeclose]);
        $this->assertSame(5, json_decode($mine()->plan, true)['retake']['max_attempts']);
        $other = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
        $this->assertEquals(9000, overrides::for_user($this->row(), (int) $other->id)->timeclose);
    }

    public function test_who_has_own_dates_reads_them(): void {
        $this->make_test(3, ['timeclose' => 9000]);
        $other = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
        $teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher');
        $told = function (\stdClass $person): array {
            $this->setUser($person);
            $cm = get_fast_modinfo($this->course->id, $person->id)->get_cm($this->palier->cmid);
            return array_column(\core\activity_dates::get_dates_for_module($cm, (int) $person->id), 'timestamp', 'dataid');
        };
        $this->assertSame(['timeclose' => 9000], $told($this->learner));
        $group = $this->group();
        groups_add_member($group, $teacher->id);
        $this->override(['groupid' => $group, 'timeopen' => 4000]);
        $id = $this->override(['userid' => $this->learner->id, 'timeclose' => 9500]);
        $this->assertSame(['timeopen' => 4000, 'timeclose' => 9500], $told($this->learner));
        $this->assertSame(['timeclose' => 9000], $told($other));
        $this->assertSame(['timeclose' => 9000], $told($teacher));
        $this->setAdminUser();
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        (new override_store($this->row(), $cm))->delete($id);
        groups_delete_group($group);
        $this->assertSame(['timeclose' => 9000], $told($this->learner));
    }

    public function test_who_has_own_dates_finds_them_in_the_calendar(): void {
        global $DB;
        $now = time();
        $this->make_test(3, ['timeclose' => $now + DAYSECS]);
        $other = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
        $seen = function (\stdClass $person) use ($now): array {
            $this->setUser($person);
            $events = \core_calendar\local\api::get_action_events_by_timesort($now - DAYSECS, null, null, 20, false, $person);
            return array_map(fn($event) => $event->get_times()->get_sort_time()->getTimestamp() - $now, $events);
        };
        $this->assertSame([DAYSECS], $seen($this->learner));
        [$first, $second] = [$this->group(), $this->group()];
        $this->override(['groupid' => $first, 'timeclose' => $now + 2 * DAYSECS]);
        $this->override(['groupid' => $second, 'timeclose' => $now + 3 * DAYSECS]);
        $this->assertSame([3 * DAYSECS], $seen($this->learner));
        $id = $this->override(['userid' => $this->learner->id, 'timeclose' => $now + WEEKSECS]);
        $this->assertSame([WEEKSECS], $seen($this->learner));
        $this->assertSame([DAYSECS], $seen($other));

        // Moved in the calendar, it does not move the test for everybody.
        $this->setAdminUser();
        $event = \calendar_event::load($DB->get_field('event', 'id', ['modulename' => 'palier', 'userid' => $this->learner->id]));
        $event->timestart = $now + 9 * DAYSECS;
        mod_palier_core_calendar_event_timestart_updated($event, $this->row());
        $this->assertEquals($now + DAYSECS, $this->row()->timeclose);
        $this->assertSame([false, false], mod_palier_core_calendar_get_valid_event_timestart_range($event, $this->row()));

        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        (new override_store($this->row(), $cm))->delete($id);
        groups_delete_group($second);
        $this->assertSame([2 * DAYSECS], $seen($this->learner));
    }

    public function test_an_open_attempt_follows_when_its_course_is_reset(): void {
        global $DB;
        $this->make_test(3, ['timeclose' => time() + DAYSECS]);
        $closes = time() + WEEKSECS;
        $this->override(['userid' => $this->learner->id, 'timeclose' => $closes]);
        $attempt = $this->start();
        $now = fn() => $DB->get_field('palier_attempt', 'closes', ['id' => $attempt->id]);
        $this->assertEquals($closes, $now());
        $reset = ['courseid' => $this->course->id, 'timeshift' => 0];
        instance::reset((object) (['timeshift' => HOURSECS] + $reset));
        $this->assertEquals($closes + HOURSECS, $now());
        instance::reset((object) (['reset_palier_overrides' => 1] + $reset));
        $this->assertNull($now());
    }

    public function test_an_exception_that_is_given_to_somebody_who_has_one_takes_its_place(): void {
        global $DB;
        $this->make_test(3);
        $other = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
        $this->override(['userid' => $this->learner->id, 'attempts' => 5]);
        $id = $this->override(['userid' => $other->id, 'attempts' => 2]);
        $this->setAdminUser();
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        (new override_store($this->row(), $cm))->save((object) ['userid' => $this->learner->id, 'attempts' => 2], $id);
        $this->assertEquals([$id => 2], $DB->get_records_menu('palier_override', [], '', 'id, attempts'));
    }

    public function test_who_has_more_time_gets_it_in_the_plan_of_the_attempt(): void {
        $rules = ['any' => [['rule' => 'time_limit', 'seconds' => 600]]];
        $this->make_test(3, ['plan' => ['stop' => ['max_items' => 3, 'rules' => $rules]]]);
        $this->override(['userid' => $this->learner->id, 'extratime' => 33, 'reason' => 'Reads slowly']);
        $this->assertEqualsWithDelta(798, $this->start()->plan()['stop']['rules']['any'][0]['seconds'], 1e-9);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
        $this->assertEquals(600, $this->start()->plan()['stop']['rules']['any'][0]['seconds']);
    }

    public function test_an_attempt_follows_a_closing_date_of_its_own(): void {
        global $DB;
        $now = time();
        $this->make_test(3, ['timeclose' => $now + HOURSECS]);
        $attempt = $this->start();
        $id = $this->override(['userid' => $this->learner->id, 'timeclose' => $now + WEEKSECS]);
        $DB->set_field('palier', 'timeclose', $now - HOURSECS, ['id' => $this->palier->id]);
        $this->assertFalse(attempt_repository::load($attempt->id)->is_over($now));
        $this->assertSame([0, 0], overdue::end_all($now));
        $this->assertNull((new \mod_palier\local\attempt\start_rules(
            overrides::for_user($this->row(), (int) $this->learner->id),
            $now
        ))->reason_of_dates());
        $this->setAdminUser();
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        (new override_store($this->row(), $cm))->delete($id);
        $this->assertTrue(attempt_repository::load($attempt->id)->is_over($now));
        $this->assertSame([1, 0], overdue::end_all($now));
    }

    public function test_an_attempt_follows_its_learner_into_groups_and_out_of_them(): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/group/lib.php');
        $now = time();
        $this->make_test(3, ['timeclose' => $now + HOURSECS]);
        $group = $this->getDataGenerator()->create_group(['courseid' => $this->course->id]);
        $this->override(['groupid' => $group->id, 'timeclose' => $now + WEEKSECS]);
        $this->setUser($this->learner);
        $attempt = $this->start();
        $closes = fn() => $DB->get_field('palier_attempt', 'closes', ['id' => $attempt->id]);
        $this->assertNull($closes());
        groups_add_member($group, $this->learner);
        $this->assertEquals($now + WEEKSECS, $closes());
        groups_remove_member($group, $this->learner);
        $this->assertNull($closes());
        groups_add_member($group, $this->learner);
        groups_delete_group($group);
        $this->assertNull($closes());
        $this->assertSame(0, $DB->count_records('palier_override'));
    }

    public function test_a_password_is_asked_and_may_be_another_for_a_group(): void {
        global $PAGE;
        $this->make_test(2, ['password' => 'sésame']);
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $page = $PAGE->get_renderer('core')->render(new home_page($this->row(), $cm, (int) $this->learner->id));
        $this->assertStringContainsString('name="password"', $page);
        foreach (['' => 'passwordneeded', 'Sésame' => 'passwordwrong'] as $typed => $reason) {
            try {
                $this->start_with($typed);
                $this->fail("'$typed' is taken");
            } catch (\moodle_exception $e) {
                $this->assertSame(get_string($reason, 'mod_palier'), $e->getMessage());
            }
        }
        $this->override(['groupid' => $this->group(), 'password' => 'autre']);
        try {
            $this->start_with('sésame');
            $this->fail('The password of all is taken');
        } catch (\moodle_exception $e) {
            $this->assertSame('cannotstart', $e->errorcode);
        }
        $attempt = $this->start_with('autre');
        // Who has begun goes on without it.
        $this->assertSame($attempt->id, $this->start_with('')->id);
    }

    public function test_another_plugin_may_say_why_a_test_may_not_begin(): void {
        global $PAGE;
        $this->make_test(2);
        $may = false;
        $this->redirectHook(before_attempt_start::class, function (before_attempt_start $hook) use (&$may): void {
            $this->assertSame((int) $this->palier->id, $hook->palierid);
            $this->assertSame((int) $this->learner->id, $hook->userid);
            if (!$may) {
                $hook->refuse('The room is not open <yet>.');
                $hook->refuse('A later reason.');
            }
        });
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $page = fn() => $PAGE->get_renderer('core')->render(new home_page($this->row(), $cm, (int) $this->learner->id));
        $this->assertStringContainsString('The room is not open &lt;yet&gt;.', $page());
        try {
            $this->start();
            $this->fail('It began');
        } catch (\moodle_exception $e) {
            $this->assertSame('The room is not open <yet>.', $e->getMessage());
        }
        $may = true;
        $this->assertStringNotContainsString('The room is not open', $page());
        $attempt = $this->start();
        // Who has begun goes on.
        $may = false;
        $this->assertSame($attempt->id, $this->start()->id);
    }

    public function test_a_test_is_taken_from_the_network_that_is_named(): void {
        $this->make_test(2, ['subnet' => '10.1.0.0/16, 192.168.7.4']);
        $address = getremoteaddr();
        foreach (['10.1.200.3' => true, '192.168.7.4' => true, '10.2.0.1' => false, '192.168.7.5' => false] as $from => $may) {
            $_SERVER['REMOTE_ADDR'] = $from;
            $this->assertSame($may, access_rules::reason_of_network('10.1.0.0/16, 192.168.7.4') === null, $from);
        }
        try {
            $this->start();
            $this->fail('The network is not looked at');
        } catch (\moodle_exception $e) {
            $this->assertSame(get_string('networkwrong', 'mod_palier'), $e->getMessage());
        } finally {
            $_SERVER['REMOTE_ADDR'] = $address;
        }
        $this->assertNull(access_rules::reason_of_network(''));
        $this->setAdminUser();
        $this->assertTrue($this->start(true)->preview);
    }

    public function test_an_open_attempt_is_seen_in_its_network_alone(): void {
        $this->make_test(2, ['subnet' => '10.1.0.0/16', 'plan' => ['purpose' => 'practice', 'stop' => ['max_items' => 2]]]);
        $may = function (string $from, int $attemptid): array {
            $_SERVER['REMOTE_ADDR'] = $from;
            $attempt = attempt_repository::load($attemptid);
            $question = $attempt->full_quba()->get_question(2);
            return [
                $attempt->access()->reason_not_from_here() === null,
                $attempt->access()->may_see_feedback(1),
                $attempt->access()->may_see_file(2, 'question', 'questiontext', [$question->id, 'a.png'], false),
            ];
        };
        $address = getremoteaddr();
        $_SERVER['REMOTE_ADDR'] = '10.1.200.3';
        $attempt = $this->start();
        $this->answer($attempt);
        $this->assertSame([true, true, true], $may('10.1.200.3', $attempt->id));
        $this->assertSame([false, false, false], $may('10.2.0.1', $attempt->id));
        // The network is where the learner is: a trainer may be elsewhere, and a result is read anywhere.
        $this->setAdminUser();
        $this->assertSame([true, true, true], $may('10.2.0.1', $attempt->id));
        $this->setUser($this->learner);
        $this->answer($attempt);
        $this->assertSame([true, true, true], $may('10.2.0.1', $attempt->id));
        $_SERVER['REMOTE_ADDR'] = $address;
    }

    public function test_an_answer_from_another_network_is_not_taken(): void {
        $this->make_test(2, ['subnet' => '10.1.0.0/16']);
        $address = getremoteaddr();
        $_SERVER['REMOTE_ADDR'] = '10.1.200.3';
        $attempt = $this->start();
        $post = ['attempt' => $attempt->id, 'do' => 'answer', 'slot' => 1] + $this->fields($attempt);
        $_SERVER['REMOTE_ADDR'] = '10.2.0.1';
        $this->open('step', [], $post);
        foreach (['attempt', 'contest', 'feedback'] as $page) {
            $shown = $this->open($page, ['id' => 0, 'attempt' => $attempt->id, 'slot' => 1]);
            $this->assertStringNotContainsString('<form', $shown, $page);
        }
        $this->assertSame(1, (int) attempt_repository::load($attempt->id)->slot);
        $_SERVER['REMOTE_ADDR'] = '10.1.200.3';
        $this->open('step', [], $post);
        $this->assertSame(2, (int) attempt_repository::load($attempt->id)->slot);
        $_SERVER['REMOTE_ADDR'] = $address;
    }

    public function test_a_teacher_makes_exceptions_for_those_who_may_be_seen(): void {
        global $PAGE;
        $this->make_test(2, ['groupmode' => SEPARATEGROUPS]);
        $id = $this->override(['userid' => $this->learner->id, 'extratime' => 50, 'reason' => '<b>Reads</b> slowly']);
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $store = new override_store($this->row(), $cm);
        $this->setAdminUser();
        $page = $PAGE->get_renderer('core')->render(new overrides_page($store, new \moodle_url('/mod/palier/overrides.php')));
        $this->assertStringContainsString('&lt;b&gt;Reads', $page);
        $this->assertStringContainsString(get_string('overridepercent', 'mod_palier', 50), $page);
        // Saved again it is one.
        $this->assertSame($id, $store->save((object) ['userid' => $this->learner->id, 'attempts' => 2]));
        $teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'teacher');
        assign_capability('mod/palier:manageoverrides', CAP_ALLOW, $this->role('teacher'), $cm->context);
        $this->setUser($teacher);
        $this->assertSame([], $store->all());
        $store->delete($id);
        $this->setAdminUser();
        $this->assertSame([$id], array_keys($store->all()));
        $this->setUser($teacher);
        $this->expectException(\moodle_exception::class);
        $store->save((object) ['userid' => $this->learner->id, 'attempts' => 9]);
    }

    /**
     * A role by its short name.
     *
     * @param string $name
     * @return int
     */
    private function role(string $name): int {
        global $DB;
        return (int) $DB->get_field('role', 'id', ['shortname' => $name], MUST_EXIST);
    }

    public function test_people_get_and_lose_what_is_kept_of_them_and_a_copy_has_it(): void {
        global $DB, $USER;
        $this->make_test(2, ['timeclose' => time() + DAYSECS]);
        $group = $this->group();
        $later = ['timeclose' => time() + WEEKSECS];
        $this->override(['userid' => $this->learner->id, 'extratime' => 25, 'reason' => 'Reads slowly'] + $later);
        $this->override(['groupid' => $group, 'attempts' => 3] + $later);
        $context = \core\context\module::instance($this->palier->cmid);
        $contexts = provider::get_contexts_for_userid((int) $this->learner->id);
        $this->assertSame([(int) $context->id], array_map('intval', $contexts->get_contextids()));
        provider::export_user_data(new approved_contextlist($this->learner, 'mod_palier', [$context->id]));
        $exported = writer::with_context($context)->get_data([get_string('overrides', 'mod_palier')]);
        $this->assertSame('Reads slowly', $exported->overrides[0]['reason']);

        $this->setAdminUser();
        $copy = duplicate_module($this->course, get_fast_modinfo($this->course)->get_cm($this->palier->cmid));
        $copied = $DB->get_records('palier_override', ['palierid' => $copy->instance]);
        $this->assertSame([$group], array_map('intval', array_filter(array_column($copied, 'groupid'))));
        $whose = fn(int $id): array => array_map(
            fn($event) => [$event->courseid ? 0 : (int) $event->userid, (int) $event->groupid],
            array_values($DB->get_records('event', ['modulename' => 'palier', 'instance' => $id]))
        );
        $this->assertEqualsCanonicalizing([[0, 0], [0, $group]], $whose((int) $copy->instance));

        $this->assertCount(3, $whose((int) $this->palier->id));
        provider::delete_data_for_user(new approved_contextlist($this->learner, 'mod_palier', [$context->id]));
        $this->assertEqualsCanonicalizing([[0, 0], [0, $group]], $whose((int) $this->palier->id));
        $left = $DB->get_records('palier_override', ['palierid' => $this->palier->id]);
        $this->assertSame([$group], array_values(array_map(fn($row) => (int) $row->groupid, $left)));
        palier_reset_userdata((object) ['courseid' => $this->course->id, 'timeshift' => 0, 'reset_palier_overrides' => 1]);
        $this->assertFalse($DB->record_exists('palier_override', ['palierid' => $this->palier->id]));
    }
}
