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

namespace local_palier\privacy;

use context_system;
use context_user;
use core_privacy\local\metadata\collection;
use core_privacy\local\request\approved_contextlist;
use core_privacy\local\request\approved_userlist;
use core_privacy\local\request\userlist;
use core_privacy\local\request\writer;
use core_privacy\tests\provider_testcase;
use local_palier\local\campaigns;

/**
 * What people get of what they did in campaigns, and how it is erased.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\privacy\provider
 */
final class provider_test extends provider_testcase {
    /** @var \stdClass[] one who made a campaign, one who would rather not, one who shared. */
    private array $people = [];

    #[\Override]
    protected function setUp(): void {
        global $DB;
        parent::setUp();
        $this->resetAfterTest();
        for ($i = 0; $i < 3; $i++) {
            $this->people[$i] = $this->getDataGenerator()->create_user();
        }
        $this->setUser($this->people[0]);
        $values = ['name' => 'Where we stand', 'purpose' => 'To choose courses.'];
        $campaign = campaigns::begin(context_system::instance(), $values);
        $row = ['campaignid' => $campaign->id, 'userid' => $this->people[1]->id, 'timerefused' => 1800000000];
        $DB->insert_record('local_palier_participation', $row);
        $row = ['campaignid' => $campaign->id, 'userid' => $this->people[2]->id, 'timeshared' => 1800000000, 'level' => 3];
        $DB->insert_record('local_palier_participation', $row);
        $row = ['campaignid' => $campaign->id, 'userid' => $this->people[2]->id, 'survey' => 'climate'];
        $DB->insert_record('local_palier_answered', $row);
    }

    public function test_what_people_told_and_asked_advisers_for_is_exported_and_erased(): void {
        global $DB;
        [$adviser, $person, $other] = array_map(fn($one): int => (int) $one->id, $this->people);
        $time = ['timecreated' => 1800000000];
        $slot = $DB->insert_record('local_palier_slot', (object) ($time + [
            'contextid' => 1, 'adviserid' => $adviser, 'timestart' => 1800000000, 'minutes' => 30, 'place' => 'Room 12',
        ]));
        foreach ([$person, $other] as $id) {
            $DB->insert_record('local_palier_told', (object) ($time + [
                'kind' => 'help', 'userid' => $id, 'contextid' => 1, 'framework' => 'CRCN-2019', 'competence' => '1.2',
            ]));
            $DB->insert_record('local_palier_meeting', (object) ($time + [
                'contextid' => 1, 'userid' => $id, 'slotid' => $slot, 'note' => "Note of $id", 'adviserid' => $adviser,
            ]));
        }
        $workshop = ['contextid' => 1, 'courseid' => 1, 'name' => 'Files', 'level' => 3]
            + ['framework' => 'CRCN-2019', 'competence' => '1.2'];
        $DB->insert_record('local_palier_workshop', (object) ($time + $workshop + ['usermodified' => $adviser]));
        $data = $this->exported(1);
        $this->assertSame([['help', '1.2']], array_map(fn($one) => [$one['kind'], $one['competence']], $data->told));
        $this->assertSame(["Note of $person"], array_column($data->meetings, 'note'));
        $data = $this->exported(0);
        $this->assertSame([2, 1, ['Files'], []], [$data->meetings_closed, $data->slots_opened, $data->workshops_made, $data->told]);
        foreach ([$person, $adviser] as $id) {
            provider::delete_data_for_all_users_in_context(context_user::instance($id));
        }
        foreach (['told', 'meeting'] as $table) {
            $this->assertSame([(string) $other], $DB->get_fieldset_select("local_palier_$table", 'userid', '1 = 1'));
        }
        foreach (['slot' => 'adviserid', 'meeting' => 'adviserid', 'workshop' => 'usermodified'] as $table => $column) {
            $this->assertSame(['0'], array_map('strval', $DB->get_fieldset_select("local_palier_$table", $column, '1 = 1')));
        }
    }

    /**
     * What a person gets.
     *
     * @param int $person
     * @return \stdClass|null
     */
    private function exported(int $person): ?\stdClass {
        writer::reset();
        $this->export_all_data_for_user($this->people[$person]->id, 'local_palier');
        $context = context_user::instance($this->people[$person]->id);
        return writer::with_context($context)->get_data([get_string('pluginname', 'local_palier')]) ?: null;
    }

    public function test_every_column_about_a_person_is_told(): void {
        global $DB;
        $told = [];
        foreach (provider::get_metadata(new collection('local_palier'))->get_collection() as $table) {
            $told[$table->get_name()] = array_keys($table->get_privacy_fields());
            foreach ([$table->get_summary(), ...$table->get_privacy_fields()] as $string) {
                $this->assertTrue(get_string_manager()->string_exists($string, 'local_palier'), $string);
            }
        }
        foreach ($DB->get_tables(false) as $table) {
            if (!str_starts_with($table, 'local_palier_')) {
                continue;
            }
            $about = '/user|person|member|email|phone|adviser|attemptid|timebegun|timefinished|timeshared|timerefused|usefultold/';
            $columns = preg_grep($about, array_keys($DB->get_columns($table)));
            $this->assertSame([], array_values(array_diff($columns, $told[$table] ?? [])), $table);
        }
    }

    public function test_a_person_gets_what_they_did_and_nothing_of_others(): void {
        $refused = $this->exported(1);
        $this->assertCount(1, $refused->campaigns);
        $this->assertSame(['To choose courses.', null], [$refused->campaigns[0]['purpose'], $refused->campaigns[0]['shared']]);
        $this->assertNotNull($refused->campaigns[0]['refused']);
        $shared = $this->exported(2)->campaigns[0];
        $this->assertSame([null, '3'], [$shared['refused'], (string) $shared['level']]);
        $surveys = [['campaign' => 'Where we stand', 'survey' => 'climate']];
        $this->assertSame([$surveys, []], [$this->exported(2)->surveys_answered, $this->exported(1)->surveys_answered]);
        $this->assertSame(['Where we stand'], $this->exported(0)->campaigns_made);
        $contexts = provider::get_contexts_for_userid($this->getDataGenerator()->create_user()->id);
        $this->assertSame([], $contexts->get_contextids());
    }

    public function test_what_is_erased_is_of_that_person_alone(): void {
        global $DB;
        foreach ($this->people as $person) {
            $list = new userlist(context_user::instance($person->id), 'local_palier');
            provider::get_users_in_context($list);
            $this->assertSame([(int) $person->id], array_map('intval', $list->get_userids()));
        }
        $context = context_user::instance($this->people[1]->id);
        provider::delete_data_for_user(new approved_contextlist($this->people[1], 'local_palier', [$context->id]));
        $left = $DB->get_fieldset_select('local_palier_participation', 'userid', '1 = 1');
        $this->assertSame([(string) $this->people[2]->id], $left);
        $context = context_user::instance($this->people[2]->id);
        provider::delete_data_for_users(new approved_userlist($context, 'local_palier', [$this->people[2]->id]));
        $this->assertSame(0, $DB->count_records('local_palier_participation'));
        $this->assertSame(0, $DB->count_records('local_palier_answered'));
        // The campaign stays, and names nobody.
        provider::delete_data_for_all_users_in_context(context_user::instance($this->people[0]->id));
        $this->assertSame('0', (string) $DB->get_field('local_palier_campaign', 'usermodified', []));
    }
}
