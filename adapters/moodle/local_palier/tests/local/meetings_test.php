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

use local_palier\output\advice_page;
use local_palier\output\campaign_page;
use local_palier\output\places;
use local_palier\task\look_after_help;
use local_palier\tests\helps_people;
use local_palier\tests\programme_testcase;
use mod_palier\tests\opens_pages;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once(__DIR__ . '/../classes/programme_testcase.php');
require_once(__DIR__ . '/../classes/helps_people.php');
require_once($CFG->dirroot . '/mod/palier/tests/classes/opens_pages.php');

/**
 * A person chooses a time or a call and what they show; advisers of their authority alone see it; nobody else can tell.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\meetings
 * @covers     \local_palier\local\slots
 * @covers     \local_palier\local\shown_result
 * @covers     \local_palier\local\advice_messages
 * @covers     \local_palier\output\meetings_page
 * @covers     \local_palier\output\meeting_page
 * @covers     \local_palier\output\advice_page
 * @covers     \local_palier\task\look_after_help
 */
final class meetings_test extends programme_testcase {
    use helps_people;
    use opens_pages;

    /** @var float[] chances of levels 1 to 8. */
    private const CHANCES = [1, 0.95, 0.6, 0.1, 0, 0, 0, 0];

    /** @var \core\clock frozen. */
    private \core\clock $clock;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->clock = $this->make_authorities();
    }

    /**
     * An adviser opens times.
     *
     * @param int $times
     * @param int $in seconds from now
     * @return int[] ids
     */
    private function open_slots(int $times = 1, int $in = 3 * DAYSECS): array {
        global $DB;
        $this->setUser($this->adviser);
        $values = ['timestart' => $this->clock->time() + $in, 'minutes' => 30, 'place' => 'Room 12', 'people' => 1];
        slots::open($this->town, $values, $times);
        $ids = array_map('intval', $DB->get_fieldset_select('local_palier_slot', 'id', '1 = 1 ORDER BY id'));
        return array_slice($ids, -$times);
    }

    /**
     * Sends the form of one's own page, with what is typed there.
     *
     * @param array $sent
     * @return string what the page shows or where it leads to
     */
    private function send(array $sent): string {
        return $this->open_script('local/palier/meetings.php', [], $sent + ['do' => 'ask']);
    }

    public function test_a_time_is_booked_cancelled_and_booked_again_and_never_given_twice(): void {
        global $DB;
        [$first, $second] = $this->open_slots(2);
        $person = $this->agent('town');
        $other = $this->agent('town');
        $this->setUser($person);
        $this->assertStringContainsString('Room 12', $this->open_script('local/palier/meetings.php', []));
        $this->send(['choice' => "slot-$first"]);
        $this->assertSame((string) $first, (string) meetings::open_one()->slotid);
        $this->assertSame('meeting_already', $this->refused(fn() => meetings::book($second)));
        $this->setUser($other);
        $this->assertSame([$second], array_keys(meetings::free_slots()));
        $this->assertSame('slot_taken', $this->refused(fn() => meetings::book($first)));
        // Nobody cancels what is somebody else's.
        $id = $DB->get_field('local_palier_meeting', 'id', []);
        $this->send(['do' => 'cancel', 'id' => $id]);
        $this->assertTrue($DB->record_exists('local_palier_meeting', ['id' => $id]));
        $this->setUser($person);
        $this->send(['do' => 'cancel', 'id' => $id]);
        $this->assertNull(meetings::open_one());
        $this->assertSame(0, $DB->count_records('local_palier_meeting'));
        $this->send(['choice' => "slot-$second"]);
        $this->assertSame((string) $second, (string) meetings::open_one()->slotid);
        // Of another authority nobody sees it.
        $this->setUser($this->agent('other'));
        $this->assertSame([], meetings::free_slots());
        $this->assertFalse(meetings::can_ask());
        $this->assertSame('slot_taken', $this->refused(fn() => meetings::book($first)));
        // What an adviser takes back is told, and free for another choice.
        $this->setUser($this->adviser);
        $sink = $this->redirectMessages();
        $this->open_script('local/palier/advice.php', ['contextid' => $this->town->id], ['withdraw' => $second]);
        $this->assertSame([(string) $person->id], array_column($sink->get_messages(), 'useridto'));
        $this->setUser($person);
        $this->assertNull(meetings::open_one());
    }

    public function test_a_call_takes_a_number_and_its_outcome_is_read_by_its_person(): void {
        global $DB;
        $person = $this->agent('town', self::CHANCES);
        $this->setUser($person);
        $result = (int) array_key_first(shown_result::choices());
        $call = ['choice' => "call-{$this->town->id}", 'hours' => 'In the evening', 'show' => $result];
        foreach (['', 'call me', '12'] as $phone) {
            $shown = $this->send($call + ['phone' => $phone]);
            \core\notification::fetch();
            $this->assertStringContainsString('In the evening', $shown, 'what was typed is still there');
        }
        $this->assertSame('call_nobody', $this->refused(fn() => meetings::ask_call((int) $this->other->id, '02 99 00 00 00', '')));
        $this->send($call + ['phone' => '02 99 00 00 00']);
        $this->setUser($this->adviser);
        $queue = $this->open_script('local/palier/advice.php', ['contextid' => $this->town->id]);
        $this->assertStringContainsString(fullname($person), $queue);
        $this->assertStringContainsString('In the evening', $queue);
        $id = (int) $DB->get_field('local_palier_meeting', 'id', []);
        $words = strip_tags($this->open_script('local/palier/meeting.php', ['id' => $id]));
        foreach (['02 99 00 00 00', '1.2 Manage data', 'Level 3, between 2 and 4', '80 chances in a hundred'] as $part) {
            $this->assertStringContainsString($part, $words);
        }
        $this->setUser($person);
        $this->assertStringContainsString('read it for the first time', $this->open_script('local/palier/meetings.php', []));
        $this->setUser($this->adviser);
        $closing = ['close' => 1, 'outcome' => 'again', 'note' => 'A <b>workshop'];
        $this->open_script('local/palier/meeting.php', ['id' => $id], $closing);
        $row = $DB->get_record('local_palier_meeting', ['id' => $id]);
        $this->assertSame([null, null, null, 'again'], [$row->phone, $row->hours, $row->shown, $row->outcome]);
        $this->setUser($person);
        $shown = $this->open_script('local/palier/meetings.php', []);
        $this->assertStringContainsString('another one would be of use', $shown);
        $this->assertStringNotContainsString('<b>workshop', $shown);
        $this->assertTrue(meetings::can_ask());
        $this->assertNull(meetings::open_one(), 'another one may be asked for');
    }

    public function test_what_is_shown_is_ones_own_and_is_taken_back(): void {
        global $DB;
        [$first, $second] = $this->open_slots(2);
        $person = $this->agent('town', self::CHANCES);
        $attempt = $this->measured($this->agent('town'), self::CHANCES);
        $this->setUser($person);
        $this->assertSame('shown_none', $this->refused(fn() => meetings::book($first, (int) $attempt->id)));
        meetings::book($first, (int) array_key_first(shown_result::choices()));
        $id = meetings::open_one()->id;
        $this->setUser($this->agent('town'));
        $this->send(['do' => 'hide', 'id' => $id]);
        $this->assertNotNull($DB->get_field('local_palier_meeting', 'shown', ['id' => $id]));
        $this->setUser($this->adviser);
        $this->assertStringContainsString('Level 3', $this->open_script('local/palier/meeting.php', ['id' => $id]));
        $this->setUser($person);
        $this->send(['do' => 'hide', 'id' => $id]);
        $this->setUser($this->adviser);
        $this->assertStringNotContainsString('Level 3', $this->open_script('local/palier/meeting.php', ['id' => $id]));
        // The result itself was shared with nobody.
        $this->assertSame([], \mod_palier\api::results_of_user((int) $person->id));
    }

    public function test_no_manager_and_no_human_resources_can_tell_who_asked(): void {
        global $DB, $PAGE;
        [$slot] = $this->open_slots();
        $person = $this->agent('town', self::CHANCES);
        $campaign = campaigns::get($DB->insert_record('local_palier_campaign', (object) [
            'contextid' => $this->town->id,
            'name' => 'Where we are',
            'purpose' => 'To choose.',
            'landing' => 'Welcome.',
            'state' => campaign::OPEN,
            'cmid' => $this->palier->cmid,
            'code' => 'ABCD2346',
            'timeopen' => self::NOW - DAYSECS,
            'timeclose' => self::NOW + WEEKSECS,
        ]));
        $page = fn(): string => json_encode((new campaign_page($campaign))->rows());
        $this->setAdminUser();
        $before = $page();
        $sink = $this->redirectEvents();
        $this->setUser($person);
        meetings::book($slot, (int) array_key_first(shown_result::choices()));
        $id = meetings::open_one()->id;
        $this->assertSame([], $sink->get_events(), 'no log has it');
        $this->setUser($this->adviser);
        $this->open_script('local/palier/advice.php', ['contextid' => $this->town->id]);
        $this->open_script('local/palier/meeting.php', ['id' => $id]);
        $events = $sink->get_events();
        $this->assertSame(
            ['local_palier\event\queue_viewed', 'local_palier\event\meeting_viewed'],
            array_map(fn($event): string => $event::class, $events)
        );
        foreach ($events as $event) {
            $this->assertNull($event->relateduserid);
            $this->assertStringNotContainsString((string) $person->id, json_encode($event->other) . $event->get_description());
        }
        $sink->close();
        // A manager of Moodle's above all of it, and every role of the plugin but that of advisers, in the very place.
        $people = [$this->staff('manager', \context_system::instance())];
        foreach (array_diff(array_keys(roles::ROLES), ['palieradviser']) as $role) {
            $people[] = $this->staff($role, $this->town);
        }
        $people[] = $this->staff('palieradviser', $this->other);
        $pages = ['meeting' => ['id' => $id]];
        $pages += array_fill_keys(['advice', 'openslots', 'workshops'], ['contextid' => $this->town->id]);
        foreach ($people as $user) {
            $this->setUser($user);
            foreach ($pages as $name => $params) {
                $refused = $this->refused(fn() => $this->open_script("local/palier/$name.php", $params));
                $this->assertSame('nopermissions', $refused, $name);
            }
            $this->assertArrayNotHasKey('advice', places::of($this->town));
            $this->assertSame([], authority::below($this->town, 'local/palier:advise'));
        }
        $this->setAdminUser();
        $this->assertSame($before, $page());
        // An adviser above both reads the queue of each.
        $this->setUser($this->staff('palieradviser', $this->centre));
        $shown = (new advice_page($this->centre))->export_for_template($PAGE->get_renderer('core'));
        $this->assertSame(['Town'], array_column($shown['queue'], 'of'));
    }

    public function test_a_reminder_goes_once_the_day_before_and_to_no_address(): void {
        [$tomorrow, $far] = [...$this->open_slots(1, 30 * HOURSECS), ...$this->open_slots(1, 5 * DAYSECS)];
        $person = $this->agent('town', null, ['email' => '']);
        $this->setUser($person);
        meetings::book($tomorrow);
        $later = $this->agent('town');
        $this->setUser($later);
        meetings::book($far);
        $this->setAdminUser();
        $run = function (): array {
            $sink = $this->redirectMessages();
            $mails = $this->redirectEmails();
            (new look_after_help())->execute();
            $this->assertSame(0, $mails->count());
            $mails->close();
            return $sink->get_messages();
        };
        $this->assertSame([], $run(), 'that is too early');
        $this->clock->bump(7 * HOURSECS);
        $messages = $run();
        $this->assertSame([(string) $person->id], array_column($messages, 'useridto'));
        $this->assertStringContainsString('Room 12', $messages[0]->fullmessage);
        $this->assertSame((string) \core_user::NOREPLY_USER, (string) $messages[0]->useridfrom);
        $this->assertSame([], $run(), 'it goes once');
        // It pops up; nothing is mailed unless the person says so.
        $defaults = get_message_output_default_preferences();
        $this->assertSame('popup', $defaults->message_provider_local_palier_advice_enabled);
    }

    public function test_what_is_old_is_deleted(): void {
        global $DB;
        [$slot] = $this->open_slots();
        foreach (['slot', 'call'] as $kind) {
            $this->setUser($this->agent('town'));
            $kind === 'slot' ? meetings::book($slot) : meetings::ask_call((int) $this->town->id, '0299000000', '');
        }
        $this->setAdminUser();
        set_config('keepmonths', 2, 'local_palier');
        $counts = fn(): array => [$DB->count_records('local_palier_slot'), $DB->count_records('local_palier_meeting')];
        $this->clock->set_to(self::NOW + 58 * DAYSECS);
        (new look_after_help())->execute();
        $this->assertSame([1, 2], $counts());
        $this->clock->set_to(self::NOW + 63 * DAYSECS);
        (new look_after_help())->execute();
        $this->assertSame([1, 1], $counts(), 'the call is older than two months, the rendez-vous is not yet');
        $this->clock->set_to(self::NOW + 66 * DAYSECS);
        (new look_after_help())->execute();
        $this->assertSame([0, 0], $counts());
    }
}
