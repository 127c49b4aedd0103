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

use mod_palier\task\remind_learners;
use mod_palier\task\send_reminders;
use mod_palier\tests\makes_records;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');

/**
 * Who is reminded of a test that closes soon, and when.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\test\reminders
 * @covers     \mod_palier\task\remind_learners
 * @covers     \mod_palier\task\send_reminders
 */
final class reminders_test extends \advanced_testcase {
    use makes_records;

    /** @var int When the test begins. */
    private const NOW = 1800000000;

    /** @var stdClass The activity; it closes three days after NOW. */
    private stdClass $palier;

    /** @var stdClass[] Learners by first name. */
    private array $learners = [];

    /** @var \core\clock&\frozen_clock The time. */
    private $clock;

    #[\Override]
    protected function setUp(): void {
        global $DB;
        parent::setUp();
        $this->resetAfterTest();
        $this->setAdminUser();
        $this->clock = $this->mock_clock_with_frozen(self::NOW);
        $course = $this->getDataGenerator()->create_course();
        $this->palier = $this->make_activity($course);
        $DB->update_record('palier', ['id' => $this->palier->id, 'timeopen' => 0, 'timeclose' => self::NOW + 3 * DAYSECS]);
        foreach (['Amina', 'Bruno', 'Chloé'] as $name) {
            $this->learners[$name] = $this->getDataGenerator()->create_and_enrol($course, 'student', ['firstname' => $name]);
        }
        // A trainer is not to take the test.
        $this->getDataGenerator()->create_and_enrol($course, 'editingteacher');
        $this->make_attempt($this->palier, (int) $this->learners['Bruno']->id, []);
    }

    /**
     * First names of those who are reminded when the tasks run some hours after NOW.
     *
     * @param float $hours
     * @return string[]
     */
    private function reminded(float $hours): array {
        $this->clock->set_to(self::NOW + (int) ($hours * HOURSECS));
        $sink = $this->redirectMessages();
        $this->expectOutputRegex('/tests close soon/');
        (new remind_learners())->execute();
        $this->runAdhocTasks(send_reminders::class);
        $names = array_flip(array_map(fn($learner) => $learner->id, $this->learners));
        $messages = array_map(function ($message) use ($names) {
            $this->assertSame('mod_palier', $message->component);
            $this->assertSame('closing', $message->eventtype);
            $this->assertStringContainsString('/mod/palier/view.php?id=' . $this->palier->cmid, $message->fullmessage);
            return $names[$message->useridto];
        }, $sink->get_messages());
        $sink->close();
        return $messages;
    }

    public function test_those_who_have_not_begun_are_reminded_once(): void {
        $this->assertSame([], $this->reminded(0));
        $this->assertSame([], $this->reminded(23.5));
        $this->assertSame(['Amina', 'Chloé'], $this->reminded(24.5));
        $this->assertSame([], $this->reminded(25.5));
        $this->assertSame([], $this->reminded(73));
    }

    public function test_a_first_run_reminds_of_nothing_that_is_known_already(): void {
        $this->assertSame([], $this->reminded(40));
        $this->assertSame([], $this->reminded(41));
    }

    public function test_each_person_has_their_own_dates(): void {
        global $DB;
        $this->assertSame([], $this->reminded(0));
        $DB->insert_record('palier_override', [
            'palierid' => $this->palier->id,
            'userid' => $this->learners['Amina']->id,
            'timeclose' => self::NOW + 5 * DAYSECS,
        ]);
        $this->assertSame(['Chloé'], $this->reminded(24.5));
        $this->assertSame([], $this->reminded(71.5));
        $this->assertSame(['Amina'], $this->reminded(72.5));
        $this->assertSame([], $this->reminded(73.5));
    }

    public function test_a_date_that_is_moved_is_reminded_of_again(): void {
        global $DB;
        $this->reminded(0);
        $this->assertCount(2, $this->reminded(30));
        $DB->set_field('palier', 'timeclose', self::NOW + 10 * DAYSECS, ['id' => $this->palier->id]);
        $this->assertSame([], $this->reminded(31));
        $this->assertCount(2, $this->reminded(8 * 24 + 1));
    }

    public function test_a_test_that_opens_late_is_reminded_of_when_it_opens(): void {
        global $DB;
        $DB->set_field('palier', 'timeopen', self::NOW + 60 * HOURSECS, ['id' => $this->palier->id]);
        $this->reminded(0);
        $this->assertSame([], $this->reminded(30));
        $this->assertCount(2, $this->reminded(60.5));
        $this->assertSame([], $this->reminded(62));
    }

    public function test_nobody_is_reminded_of_what_they_do_not_see(): void {
        global $DB;
        $this->reminded(0);
        $group = $this->getDataGenerator()->create_group(['courseid' => $this->palier->course]);
        groups_add_member($group->id, $this->learners['Chloé']->id);
        $only = json_encode(\core_availability\tree::get_root_json([
            \availability_group\condition::get_json((int) $group->id),
        ]));
        $DB->set_field('course_modules', 'availability', $only, ['id' => $this->palier->cmid]);
        rebuild_course_cache($this->palier->course, true);
        $this->assertSame(['Chloé'], $this->reminded(24.5));
        set_coursemodule_visible($this->palier->cmid, 0);
        $DB->set_field('palier', 'timeclose', self::NOW + 10 * DAYSECS, ['id' => $this->palier->id]);
        $this->assertSame([], $this->reminded(8 * 24 + 1));
    }

    public function test_a_site_may_choose_the_hours_or_none(): void {
        set_config('reminderhours', '12', 'mod_palier');
        $this->reminded(0);
        $this->assertSame([], $this->reminded(59));
        $this->assertCount(2, $this->reminded(61));
    }

    public function test_a_site_may_have_nobody_reminded(): void {
        set_config('reminderhours', '0', 'mod_palier');
        foreach ([0, 24.5, 60, 71.9, 73] as $hours) {
            $this->assertSame([], $this->reminded($hours));
        }
    }

    public function test_the_message_says_which_test_and_when(): void {
        $this->reminded(0);
        $this->clock->set_to(self::NOW + 25 * HOURSECS);
        $sink = $this->redirectMessages();
        (new remind_learners())->execute();
        $this->runAdhocTasks(send_reminders::class);
        $message = $sink->get_messages()[0];
        $date = userdate(self::NOW + 3 * DAYSECS, '', \core_date::get_user_timezone($this->learners['Amina']));
        $this->assertStringContainsString("“{$this->palier->name}” yet. It closes on $date.", $message->fullmessage);
        $this->assertSame("“{$this->palier->name}” closes soon", $message->subject);
    }
}
