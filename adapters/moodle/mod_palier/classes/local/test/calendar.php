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
     * Makes the events of an activity, or what they should be now.
     *
     * @param stdClass $palier row of palier
     */
    public static function refresh(stdClass $palier): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/calendar/lib.php');
        foreach (self::TYPES as $type => $date) {
            $key = ['modulename' => 'palier', 'instance' => $palier->id, 'eventtype' => $type];
            $old = $DB->get_record('event', $key, '*', IGNORE_MULTIPLE);
            if (empty($palier->$date)) {
                if ($old) {
                    calendar_event::load($old)->delete();
                }
                continue;
            }
            $event = (object) ($key + [
                'id' => $old->id ?? null,
                'name' => get_string("calendar_{$type}", 'mod_palier', $palier->name),
                'description' => format_module_intro('palier', $palier, get_coursemodule_from_instance(
                    'palier',
                    $palier->id,
                    $palier->course
                )->id, false),
                'format' => FORMAT_HTML,
                'courseid' => $palier->course,
                'groupid' => 0,
                'userid' => 0,
                'type' => $type === 'close' || empty($palier->timeclose)
                    ? CALENDAR_EVENT_TYPE_ACTION : CALENDAR_EVENT_TYPE_STANDARD,
                'timestart' => $palier->$date,
                'timesort' => $palier->$date,
                'timeduration' => 0,
                'visible' => instance_is_visible('palier', $palier),
            ]);
            if ($old) {
                calendar_event::load($old)->update($event, false);
            } else {
                unset($event->id);
                calendar_event::create($event, false);
            }
        }
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
        $cm = get_fast_modinfo($event->courseid, $userid)->instances['palier'][$event->instance] ?? null;
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
     * @return array [[timestamp, message] or null, [timestamp, message] or null]
     */
    public static function range(calendar_event $event, stdClass $palier): array {
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
        $date = self::TYPES[$event->eventtype] ?? null;
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
}
