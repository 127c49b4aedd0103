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

use calendar_event;
use core\clock;
use core\di;
use core_calendar\action_factory;
use core_calendar\local\event\entities\action_interface;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\start_rules;
use mod_palier\local\report\results;
use stdClass;

/**
 * The dates of an activity in the calendar and in the timeline.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class calendar {
    /** @var string[] event type => date. */
    public const TYPES = ['open' => 'timeopen', 'close' => 'timeclose'];

    /**
     * Makes the events of an activity: those of its dates, and those of people and groups that have others. Core shows each person
     * the one that has the smallest priority, as it does for a quiz.
     *
     * @param stdClass $palier row of palier
     */
    public static function refresh(stdClass $palier): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/calendar/lib.php');
        $wanted = self::wanted($palier);
        $cmid = $wanted ? get_coursemodule_from_instance('palier', $palier->id, $palier->course)->id : 0;
        [$types, $params] = $DB->get_in_or_equal(array_keys(self::TYPES));
        $select = "modulename = 'palier' AND instance = ? AND eventtype $types";
        foreach ($DB->get_records_select('event', $select, [$palier->id, ...$params], 'id') as $old) {
            // An event of the course has whoever made it, or restored it, as its person.
            $key = self::key($old->eventtype, $old->courseid ? 0 : (int) $old->userid, (int) $old->groupid);
            if (isset($wanted[$key]) && !isset($wanted[$key]->id)) {
                $wanted[$key]->id = $old->id;
            } else {
                calendar_event::load($old)->delete();
            }
        }
        foreach ($wanted as $event) {
            $event->description = format_module_intro('palier', $palier, $cmid, false);
            $event->visible = instance_is_visible('palier', $palier);
            if (isset($event->id)) {
                calendar_event::load($event->id)->update($event, false);
            } else {
                calendar_event::create($event, false);
            }
        }
    }

    /**
     * The events that an activity is to have.
     *
     * @param stdClass $palier row of palier
     * @return stdClass[] by key()
     */
    private static function wanted(stdClass $palier): array {
        global $DB;
        $rows = array_values($DB->get_records('palier_override', ['palierid' => $palier->id], 'id'));
        $wanted = [];
        foreach (self::TYPES as $type => $date) {
            $own = array_filter($rows, fn(stdClass $row): bool => !empty($row->$date));
            // Of several groups the most generous date holds: the earliest start, the latest end.
            $ofgroups = array_unique(array_column(array_filter($own, fn(stdClass $row) => $row->userid === null), $date));
            sort($ofgroups, SORT_NUMERIC);
            $places = array_flip($type === 'open' ? $ofgroups : array_reverse($ofgroups));
            $all = empty($palier->$date) ? [] : [[null, $palier->$date, null]];
            foreach ($own as $row) {
                $priority = $row->userid === null ? 1 + $places[$row->$date] : CALENDAR_EVENT_USER_OVERRIDE_PRIORITY;
                $all[] = [$row, $row->$date, $priority];
            }
            foreach ($all as [$row, $time, $priority]) {
                $group = $row && $row->userid === null ? groups_get_group_name($row->groupid) : '';
                if ($group === false) {
                    continue;
                }
                $event = (object) [
                    'modulename' => 'palier',
                    'instance' => $palier->id,
                    'eventtype' => $type,
                    'name' => get_string("calendar_{$type}", 'mod_palier', $palier->name . ($group === '' ? '' : " ($group)")),
                    'format' => FORMAT_HTML,
                    // Core shows an event of a person where it is of no course.
                    'courseid' => $row?->userid ? 0 : $palier->course,
                    'groupid' => (int) ($row?->groupid),
                    'userid' => (int) ($row?->userid),
                    'priority' => $priority,
                    'type' => $type === 'close' || empty($palier->timeclose)
                        ? CALENDAR_EVENT_TYPE_ACTION : CALENDAR_EVENT_TYPE_STANDARD,
                    'timestart' => $time,
                    'timesort' => $time,
                    'timeduration' => 0,
                ];
                $wanted[self::key($type, $event->userid, $event->groupid)] = $event;
            }
        }
        return $wanted;
    }

    /**
     * Whose date an event is.
     *
     * @param string $type
     * @param int $userid 0 for no person's own
     * @param int $groupid 0 for no group's own
     * @return string
     */
    private static function key(string $type, int $userid, int $groupid): string {
        return "$type $userid $groupid";
    }

    /**
     * Makes the events of one activity, of a course's, or of all.
     *
     * @param int $courseid 0 for all
     * @param int $id 0 for all of the course
     */
    public static function refresh_all(int $courseid, int $id = 0): void {
        global $DB;
        $rows = $DB->get_recordset('palier', array_filter(['course' => $courseid, 'id' => $id]));
        foreach ($rows as $palier) {
            self::refresh($palier);
        }
        $rows->close();
    }

    /**
     * What a learner can do about an event in the timeline.
     *
     * @param calendar_event $event
     * @param action_factory $factory
     * @param int $userid
     * @return action_interface|null null when it is done or not theirs to do
     */
    public static function action(calendar_event $event, action_factory $factory, int $userid): ?action_interface {
        global $DB;
        $courseid = (int) $event->courseid ?: (int) $DB->get_field('palier', 'course', ['id' => $event->instance]);
        $cm = $courseid ? get_fast_modinfo($courseid, $userid)->instances['palier'][$event->instance] ?? null : null;
        if (!$cm || !$cm->uservisible || !has_capability('mod/palier:attempt', $cm->context, $userid, false)) {
            return null;
        }
        if (results::exists((int) $cm->instance, $userid)) {
            return null;
        }
        $palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
        $palier = overrides::for_user($palier, $userid);
        $open = attempt_repository::open_of((int) $palier->id, $userid);
        $can = (new start_rules($palier, di::get(clock::class)->time()))->reason_of_dates() === null;
        return $factory->create_instance(
            get_string($open ? 'resumeattempt' : 'begin', 'mod_palier'),
            new \moodle_url('/mod/palier/view.php', ['id' => $cm->id]),
            1,
            $can
        );
    }

    /**
     * The dates between which an event may be moved.
     *
     * @param calendar_event $event
     * @param stdClass $palier
     * @return array [[timestamp, message] or null, [timestamp, message] or null], of false where it may not be moved
     */
    public static function range(calendar_event $event, stdClass $palier): array {
        if (self::is_exception($event, $palier)) {
            return [false, false];
        }
        if ($event->eventtype === 'open') {
            return [null, $palier->timeclose ? [$palier->timeclose - 1, get_string('timecloseearly', 'mod_palier')] : null];
        }
        return [$palier->timeopen ? [$palier->timeopen + 1, get_string('timecloseearly', 'mod_palier')] : null, null];
    }

    /**
     * Follows an event that was moved in the calendar.
     *
     * @param calendar_event $event
     * @param stdClass $palier
     */
    public static function moved(calendar_event $event, stdClass $palier): void {
        global $DB;
        $date = self::is_exception($event, $palier) ? null : self::TYPES[$event->eventtype] ?? null;
        $cm = $date ? get_fast_modinfo($palier->course)->instances['palier'][$palier->id] ?? null : null;
        if (!$cm || !has_capability('moodle/course:manageactivities', $cm->context) || $palier->$date == $event->timestart) {
            return;
        }
        $palier->$date = $event->timestart;
        $palier->timemodified = di::get(clock::class)->time();
        $DB->update_record('palier', (object) array_intersect_key((array) $palier, ['id' => 1, $date => 1, 'timemodified' => 1]));
        self::refresh($palier);
        \core\event\course_module_updated::create_from_cm($cm, $cm->context)->trigger();
    }

    /**
     * Whether an event is of a person or a group that has another date: it is changed where exceptions are.
     *
     * @param calendar_event $event
     * @param stdClass $palier
     * @return bool
     */
    private static function is_exception(calendar_event $event, stdClass $palier): bool {
        global $DB;
        return !empty($event->groupid)
            || $DB->record_exists('palier_override', ['palierid' => $palier->id, 'userid' => $event->userid]);
    }
}
