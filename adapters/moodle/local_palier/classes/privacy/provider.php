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

use context;
use context_user;
use core_privacy\local\metadata\collection;
use core_privacy\local\request\approved_contextlist;
use core_privacy\local\request\approved_userlist;
use core_privacy\local\request\contextlist;
use core_privacy\local\request\core_userlist_provider;
use core_privacy\local\request\transform;
use core_privacy\local\request\userlist;
use core_privacy\local\request\writer;
use local_palier\local\meetings;
use local_palier\local\told;
use local_palier\local\workshops;

/**
 * What a person did in campaigns, told of themselves or asked advisers for is theirs: it is kept in their own context. Profiles
 * are about jobs, and counts and maps hold figures of at least so many people that none is known by them. Results are
 * mod_palier's, which says itself what it keeps, and learning plans core's. The catalogue is about trainings.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class provider implements
    core_userlist_provider,
    \core_privacy\local\metadata\provider,
    \core_privacy\local\request\plugin\provider {
    /** @var string[] columns that are about people. */
    private const COLUMNS = [
        'timebegun', 'timefinished', 'timeshared', 'timerefused', 'level', 'decision', 'snapshotid', 'usefultold',
    ];

    /** @var string[][] other tables that are about people => columns. */
    private const TABLES = [
        'told' => ['userid', 'kind', 'competence', 'chances', 'cmid', 'timeresult', 'timecreated'],
        'slot' => ['adviserid'],
        'meeting' => [
            'userid', 'phone', 'hours', 'shown', 'timeread', 'timereminded', 'outcome', 'note', 'adviserid', 'timeclosed',
            'timecreated',
        ],
        'workshop' => ['usermodified'],
    ];

    #[\Override]
    public static function get_metadata(collection $collection): collection {
        $told = [];
        foreach (['userid', 'attemptid', ...self::COLUMNS] as $column) {
            $told[$column] = "privacy:participation:$column";
        }
        $collection->add_database_table('local_palier_participation', $told, 'privacy:participation');
        $collection->add_database_table('local_palier_answered', [
            'userid' => 'privacy:answered:userid',
            'survey' => 'privacy:answered:survey',
        ], 'privacy:answered');
        $usermodified = ['usermodified' => 'privacy:campaign:usermodified'];
        $collection->add_database_table('local_palier_campaign', $usermodified, 'privacy:campaign');
        foreach (self::TABLES as $table => $columns) {
            $strings = array_map(fn(string $column): string => "privacy:$table:$column", $columns);
            $collection->add_database_table("local_palier_$table", array_combine($columns, $strings), "privacy:$table");
        }
        $collection->add_subsystem_link('core_competency', [], 'privacy:core_competency');
        return $collection;
    }

    #[\Override]
    public static function get_contexts_for_userid(int $userid): contextlist {
        $contexts = new contextlist();
        $contexts->add_from_sql(
            'SELECT x.id
               FROM {context} x
              WHERE x.contextlevel = :level AND x.instanceid = :userid
                    AND (EXISTS (SELECT 1 FROM {local_palier_participation} p WHERE p.userid = :person)
                         OR EXISTS (SELECT 1 FROM {local_palier_answered} a WHERE a.userid = :answerer)
                         OR EXISTS (SELECT 1 FROM {local_palier_campaign} c WHERE c.usermodified = :author)
                         OR EXISTS (SELECT 1 FROM {local_palier_told} t WHERE t.userid = :teller)
                         OR EXISTS (SELECT 1 FROM {local_palier_meeting} m WHERE m.userid = :met OR m.adviserid = :adviser)
                         OR EXISTS (SELECT 1 FROM {local_palier_slot} s WHERE s.adviserid = :opener)
                         OR EXISTS (SELECT 1 FROM {local_palier_workshop} w WHERE w.usermodified = :maker))',
            ['level' => CONTEXT_USER] + array_fill_keys(
                ['userid', 'person', 'answerer', 'author', 'teller', 'met', 'adviser', 'opener', 'maker'],
                $userid
            )
        );
        return $contexts;
    }

    #[\Override]
    public static function get_users_in_context(userlist $userlist) {
        $context = $userlist->get_context();
        $contexts = $context instanceof context_user ? self::get_contexts_for_userid($context->instanceid)->get_contextids() : [];
        if (in_array($context->id, $contexts)) {
            $userlist->add_user($context->instanceid);
        }
    }

    #[\Override]
    public static function export_user_data(approved_contextlist $contextlist) {
        global $DB;
        $user = $contextlist->get_user();
        if (!in_array(context_user::instance($user->id)->id, $contextlist->get_contextids())) {
            return;
        }
        $rows = $DB->get_records_sql(
            'SELECT p.*, c.name, c.purpose
               FROM {local_palier_participation} p
               JOIN {local_palier_campaign} c ON c.id = p.campaignid
              WHERE p.userid = ?
           ORDER BY p.id',
            [$user->id]
        );
        $date = fn($time): ?string => $time > 0 ? transform::datetime($time) : null;
        $campaigns = array_map(fn($row): array => [
            'name' => $row->name,
            'purpose' => $row->purpose,
            'begun' => $date($row->timebegun),
            'finished' => $date($row->timefinished),
            'shared' => $date($row->timeshared),
            'refused' => $date($row->timerefused),
            'level' => $row->level,
            'decision' => $row->decision,
            'counted' => transform::yesno($row->snapshotid !== null),
            'usefultold' => transform::yesno($row->usefultold),
        ], array_values($rows));
        $made = $DB->get_fieldset_select('local_palier_campaign', 'name', 'usermodified = ?', [$user->id]);
        $answered = $DB->get_records_sql(
            'SELECT a.id, a.survey, c.name
               FROM {local_palier_answered} a
               JOIN {local_palier_campaign} c ON c.id = a.campaignid
              WHERE a.userid = ?
           ORDER BY c.id, a.survey',
            [$user->id]
        );
        // That they answered: what, nobody knows.
        $surveys = array_map(fn($row): array => ['campaign' => $row->name, 'survey' => $row->survey], array_values($answered));
        writer::with_context(context_user::instance($user->id))->export_data(
            [get_string('pluginname', 'local_palier')],
            (object) ([
                'campaigns' => $campaigns,
                'campaigns_made' => array_values($made),
                'surveys_answered' => $surveys,
            ] + self::help_of((int) $user->id))
        );
    }

    /**
     * What a person told of themselves, asked advisers for, or did as an adviser.
     *
     * @param int $userid
     * @return array
     */
    private static function help_of(int $userid): array {
        global $DB;
        $made = $DB->get_fieldset_select('local_palier_workshop', 'name', 'usermodified = ?', [$userid]);
        $date = fn($time): ?string => $time > 0 ? transform::datetime($time) : null;
        $time = fn($slotid): int => (int) $DB->get_field('local_palier_slot', 'timestart', ['id' => $slotid]);
        $rows = fn(string $table): array => array_values($DB->get_records("local_palier_$table", ['userid' => $userid], 'id'));
        return [
            'told' => array_map(fn($row): array => [
                'kind' => $row->kind,
                'framework' => $row->framework,
                'competence' => $row->competence,
                'chances' => $row->chances,
                'result' => $date($row->timeresult),
                'created' => $date($row->timecreated),
            ], $rows('told')),
            'meetings' => array_map(fn($row): array => [
                'time' => $row->slotid ? $date($time($row->slotid)) : null,
                'phone' => $row->phone,
                'hours' => $row->hours,
                'shown' => $row->shown,
                'read' => $date($row->timeread),
                'reminded' => $date($row->timereminded),
                'outcome' => $row->outcome,
                'note' => $row->note,
                'closed' => $date($row->timeclosed),
                'created' => $date($row->timecreated),
            ], $rows('meeting')),
            'meetings_closed' => $DB->count_records('local_palier_meeting', ['adviserid' => $userid]),
            'slots_opened' => $DB->count_records('local_palier_slot', ['adviserid' => $userid]),
            'workshops_made' => array_values($made),
        ];
    }

    #[\Override]
    public static function delete_data_for_all_users_in_context(context $context) {
        if ($context instanceof context_user) {
            self::erase($context->instanceid);
        }
    }

    #[\Override]
    public static function delete_data_for_user(approved_contextlist $contextlist) {
        array_map(self::delete_data_for_all_users_in_context(...), $contextlist->get_contexts());
    }

    #[\Override]
    public static function delete_data_for_users(approved_userlist $userlist) {
        self::delete_data_for_all_users_in_context($userlist->get_context());
    }

    /**
     * Erases what is of a person. A campaign that they made, times that they opened and workshops stay, and name nobody.
     *
     * @param int $userid
     */
    private static function erase(int $userid): void {
        global $DB;
        $DB->delete_records('local_palier_participation', ['userid' => $userid]);
        $DB->delete_records('local_palier_answered', ['userid' => $userid]);
        $DB->set_field('local_palier_campaign', 'usermodified', 0, ['usermodified' => $userid]);
        told::erase($userid);
        meetings::erase($userid);
        workshops::erase($userid);
    }
}
