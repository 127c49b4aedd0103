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

use context;
use context_course;
use core\event\base;
use local_palier\event\workshop_made;
use moodle_exception;
use stdClass;

/**
 * Workshops of people who asked for one: an adviser has groups with like gaps proposed, and makes them groups of a course.
 *
 * The gap of a person is how many levels they are expected to be below the one that the workshop leads to, by the engine's chances:
 * Σ (1 − P(level ≥ l)) over the levels l up to that one. It puts people in an order, and is told to nobody. The names of groups
 * are drawn by lot: they do not tell whose gap is greater.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class workshops {
    /** @var int people of a group, at most. */
    public const MOST_PEOPLE = 50;

    /**
     * What people of some places would like a workshop on.
     *
     * @param int[] $contextids
     * @return int[][] how many people by number, by framework
     */
    public static function wanted(array $contextids): array {
        $wanted = [];
        foreach (self::wishes($contextids) as $wish) {
            $wanted[$wish->framework][$wish->competence][$wish->userid] = true;
        }
        return array_map(fn(array $numbers): array => array_map('count', $numbers), $wanted);
    }

    /**
     * Those who would like a workshop, have not reached its level for certain, and are in none on the same competence yet.
     *
     * @param int[] $contextids
     * @param string $framework
     * @param string $competence
     * @param int $level that it leads to
     * @param int|null $cmid those alone whose wish rests on this test; null for all
     * @return float[] gap by person
     */
    public static function gaps(array $contextids, string $framework, string $competence, int $level, ?int $cmid = null): array {
        $gaps = [];
        foreach (self::wishes($contextids, $framework, $competence) as $wish) {
            $chances = json_decode($wish->chances, true);
            $open = [decision::NOT_REACHED, decision::UNDECIDED];
            if (
                isset($chances[$level]) && ($cmid === null || $cmid == $wish->cmid)
                && in_array(decision::of([$chances[$level]], true), $open, true)
            ) {
                $upto = array_filter($chances, fn($one): bool => $one <= $level, ARRAY_FILTER_USE_KEY);
                $gaps[(int) $wish->userid] = array_sum(array_map(fn($chance): float => 1 - $chance, $upto));
            }
        }
        foreach ($gaps ? self::placed($framework, $competence) : [] as $userid) {
            unset($gaps[$userid]);
        }
        return $gaps;
    }

    /**
     * The campaigns of a place and below it that were launched: people of one may be looked at alone.
     *
     * @param int[] $contextids
     * @return string[] name by course module
     */
    public static function campaigns(array $contextids): array {
        global $DB;
        [$in, $params] = $DB->get_in_or_equal($contextids, SQL_PARAMS_NAMED, 'place', true, 0);
        return array_map('format_string', $DB->get_records_select_menu(
            'local_palier_campaign',
            "cmid IS NOT NULL AND contextid $in",
            $params,
            'timelaunched DESC',
            'cmid, name'
        ));
    }

    /**
     * Makes groups of a course of a proposal, enrols those who are not in it, and tells everybody.
     *
     * @param context $context
     * @param array $values courseid, name, framework, competence, level
     * @param int[][] $groups people
     * @param array[] $sessions timestart and place, of each group
     * @return int the workshop
     * @throws moodle_exception where the present user may not
     */
    public static function make(context $context, array $values, array $groups, array $sessions): int {
        global $CFG, $DB, $USER;
        require_once($CFG->dirroot . '/group/lib.php');
        if (!isset(templates::courses($context, 'moodle/course:managegroups')[$values['courseid']])) {
            throw new moodle_exception('workshop_nocourse', 'local_palier');
        }
        $transaction = $DB->start_delegated_transaction();
        self::enrol((int) $values['courseid'], array_merge(...$groups));
        $now = \core\di::get(\core\clock::class)->time();
        $id = $DB->insert_record('local_palier_workshop', (object) ($values + [
            'contextid' => $context->id,
            'usermodified' => $USER->id,
            'timecreated' => $now,
        ]));
        // What a group is called does not tell how great the gaps in it are.
        $places = range(0, count($groups) - 1);
        shuffle($places);
        foreach (array_values($groups) as $number => $people) {
            $called = ['name' => $values['name'], 'number' => 1 + $places[$number]];
            $group = groups_create_group((object) [
                'courseid' => $values['courseid'],
                'name' => get_string('workshop_group', 'local_palier', $called),
                'description' => '',
                'descriptionformat' => FORMAT_HTML,
                'visibility' => GROUPS_VISIBILITY_MEMBERS,
            ]);
            foreach ($people as $userid) {
                groups_add_member($group, $userid);
            }
            $DB->insert_record('local_palier_session', (object) ($sessions[$number] + ['workshopid' => $id, 'groupid' => $group]));
        }
        $transaction->allow_commit();
        foreach (array_values($groups) as $number => $people) {
            foreach ($people as $userid) {
                advice_messages::send($userid, 'workshop', (object) ($sessions[$number] + ['name' => $values['name']]));
            }
        }
        workshop_made::tell($context, ['workshopid' => $id]);
        return $id;
    }

    /**
     * A workshop.
     *
     * @param int $id
     * @return stdClass row
     */
    public static function get(int $id): stdClass {
        global $DB;
        return $DB->get_record('local_palier_workshop', ['id' => $id]) ?: throw new moodle_exception('noworkshop', 'local_palier');
    }

    /**
     * Those of a place, the newest first.
     *
     * @param context $context
     * @return stdClass[] rows
     */
    public static function of(context $context): array {
        global $DB;
        return array_values($DB->get_records('local_palier_workshop', ['contextid' => $context->id], 'timecreated DESC, id DESC'));
    }

    /**
     * The sessions of a workshop, in the order of their groups' names.
     *
     * @param int $id
     * @return array[] name, timestart, place, people; without what the course has no more
     */
    public static function sessions(int $id): array {
        global $DB;
        $rows = $DB->get_records_sql(
            'SELECT s.id, s.groupid, s.timestart, s.place, g.name
               FROM {local_palier_session} s
               JOIN {groups} g ON g.id = s.groupid
              WHERE s.workshopid = ?',
            [$id]
        );
        \core_collator::asort_objects_by_property($rows, 'name', \core_collator::SORT_NATURAL);
        // Read as they are: such groups show their members to nobody but these and whoever teaches in the course.
        $people = fn(int $group): array => array_values($DB->get_records_sql(
            'SELECT u.*
               FROM {groups_members} m
               JOIN {user} u ON u.id = m.userid
              WHERE m.groupid = ? AND u.deleted = 0
           ORDER BY u.lastname, u.firstname, u.id',
            [$group]
        ));
        return array_map(fn(stdClass $row): array => [
            'name' => $row->name,
            'timestart' => (int) $row->timestart,
            'place' => (string) $row->place,
            'people' => array_map('fullname', $people((int) $row->groupid)),
        ], array_values($rows));
    }

    /**
     * Deletes workshops. Their groups are the course's.
     *
     * @param string $where
     * @param array $params
     */
    public static function delete(string $where, array $params): void {
        global $DB;
        $of = "SELECT id FROM {local_palier_workshop} WHERE $where";
        $DB->delete_records_subquery('local_palier_session', 'workshopid', 'id', $of, $params);
        $DB->delete_records_select('local_palier_workshop', $where, $params);
    }

    /**
     * With a course category go its workshops.
     *
     * @param base $event
     */
    public static function category_deleted(base $event): void {
        self::delete('contextid = :contextid', ['contextid' => $event->contextid]);
    }

    /**
     * Workshops that a person made name nobody.
     *
     * @param int $userid
     */
    public static function erase(int $userid): void {
        global $DB;
        $DB->set_field('local_palier_workshop', 'usermodified', 0, ['usermodified' => $userid]);
    }

    /**
     * Enrols those who are not in a course.
     *
     * @param int $courseid
     * @param int[] $people
     * @throws moodle_exception where that is needed and the present user may not: of how many
     */
    private static function enrol(int $courseid, array $people): void {
        $context = context_course::instance($courseid);
        $out = array_filter($people, fn(int $id): bool => !is_enrolled($context, $id, '', true));
        if (!$out) {
            return;
        }
        $manual = array_filter(enrol_get_instances($courseid, true), fn($instance): bool => $instance->enrol === 'manual');
        if (!$manual || !has_capability('enrol/manual:enrol', $context)) {
            throw new moodle_exception('workshop_cannotenrol', 'local_palier', '', count($out));
        }
        foreach ($out as $userid) {
            enrol_get_plugin('manual')->enrol_user(reset($manual), $userid, participation::role());
        }
    }

    /**
     * Who is in a workshop on a competence already.
     *
     * @param string $framework
     * @param string $competence
     * @return int[]
     */
    private static function placed(string $framework, string $competence): array {
        global $DB;
        return $DB->get_fieldset_sql(
            'SELECT DISTINCT m.userid
               FROM {local_palier_workshop} w
               JOIN {local_palier_session} s ON s.workshopid = w.id
               JOIN {groups_members} m ON m.groupid = s.groupid
              WHERE w.framework = ? AND w.competence = ?',
            [$framework, $competence]
        );
    }

    /**
     * The wishes of those who are still there.
     *
     * @param int[] $contextids
     * @param string|null $framework null for all
     * @param string|null $competence
     * @return stdClass[] rows
     */
    private static function wishes(array $contextids, ?string $framework = null, ?string $competence = null): array {
        global $DB;
        [$in, $params] = $DB->get_in_or_equal($contextids, SQL_PARAMS_NAMED, 'place', true, 0);
        $of = $framework === null ? [] : ['framework' => $framework, 'competence' => $competence];
        return $DB->get_records_sql(
            "SELECT t.*
               FROM {local_palier_told} t
              WHERE t.kind = :kind AND t.contextid $in AND " . authority::still('t.userid', 't.contextid')
                . ($of ? ' AND t.framework = :framework AND t.competence = :competence' : '') . '
           ORDER BY t.userid, t.id',
            $params + $of + ['kind' => told::WORKSHOP]
        );
    }
}
