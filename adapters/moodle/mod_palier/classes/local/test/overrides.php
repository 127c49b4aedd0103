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

use mod_palier\local\attempt\attempt;
use mod_palier\local\engine\json_text;
use stdClass;

/**
 * What is other for a person or a group: dates, number of attempts, more time, password.
 *
 * What is written for the person goes before what is written for groups; of several groups the most generous holds. Extra
 * time is a share of the plan's time limit; an attempt keeps the limit that it began with, and follows a closing date that
 * changes.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class overrides {
    /** @var string[] columns that may be other. */
    public const FIELDS = ['timeopen', 'timeclose', 'attempts', 'extratime', 'password'];

    /** @var string Name in the course's cache: whether there are any, so that an activity without them costs nothing. */
    public const ANY = 'exceptions';

    /**
     * Has the dates of an activity shown as they are for the person who looks, to whoever takes it.
     *
     * @param \cm_info $cm
     */
    public static function tell_dates(\cm_info $cm): void {
        $userid = $cm->get_modinfo()->get_user_id();
        if (
            empty($cm->get_custom_data()[self::ANY])
            || !has_capability('mod/palier:attempt', $cm->context, $userid, false)
        ) {
            return;
        }
        $mine = self::of((object) ['id' => $cm->instance], (int) $userid);
        foreach (array_intersect_key($mine, ['timeopen' => 1, 'timeclose' => 1]) as $date => $time) {
            $cm->override_customdata($date, $time);
        }
    }

    /**
     * After exceptions changed: open attempts, the calendar and the course's cache follow.
     *
     * @param stdClass $palier row of palier
     */
    public static function changed(stdClass $palier): void {
        self::follow($palier);
        $cm = get_coursemodule_from_instance('palier', $palier->id, $palier->course);
        if ($cm) {
            calendar::refresh($palier);
            \course_modinfo::purge_course_module_cache((int) $cm->course, (int) $cm->id);
            rebuild_course_cache((int) $cm->course, false, true);
        }
    }

    /**
     * An activity as it is for a person.
     *
     * @param stdClass $palier row of palier
     * @param int $userid
     * @return stdClass a copy; overridden holds what is other
     */
    public static function for_user(stdClass $palier, int $userid): stdClass {
        $mine = clone $palier;
        $mine->overridden = self::of($palier, $userid);
        foreach (['timeopen', 'timeclose', 'password'] as $field) {
            if (isset($mine->overridden[$field])) {
                $mine->$field = $mine->overridden[$field];
            }
        }
        $mine->plan = self::plan($palier->plan, $mine->overridden);
        return $mine;
    }

    /**
     * Lets open attempts follow what was changed: the date on which the activity closes for their learners.
     *
     * @param stdClass $palier row of palier
     * @param int $userid of the learner whose attempts alone may have to; 0 for all
     */
    public static function follow(stdClass $palier, int $userid = 0): void {
        global $DB;
        $open = $DB->get_records('palier_attempt', [
            'palierid' => $palier->id,
            'state' => attempt::INPROGRESS,
            'preview' => 0,
        ] + ($userid ? ['userid' => $userid] : []), '', 'id, userid, closes');
        foreach ($open as $row) {
            $closes = self::of($palier, (int) $row->userid)['timeclose'] ?? null;
            if ($closes !== ($row->closes === null ? null : (int) $row->closes)) {
                $DB->set_field('palier_attempt', 'closes', $closes, ['id' => $row->id]);
            }
        }
    }

    /**
     * What is other for a person.
     *
     * @param stdClass $palier row of palier
     * @param int $userid
     * @return array by column, those alone that are other
     */
    private static function of(stdClass $palier, int $userid): array {
        global $DB;
        $rows = $DB->get_records_sql(
            'SELECT o.*
               FROM {palier_override} o
              WHERE o.palierid = :palierid AND (o.userid = :userid OR o.groupid IN (
                    SELECT m.groupid FROM {groups_members} m WHERE m.userid = :member))
           ORDER BY o.id',
            ['palierid' => $palier->id, 'userid' => $userid, 'member' => $userid]
        );
        $found = [];
        foreach (self::FIELDS as $field) {
            $of = fn(bool $person): array => array_values(array_map(
                fn($row) => $field === 'password' ? $row->$field : (int) $row->$field,
                array_filter($rows, fn($row) => ($row->userid !== null) === $person && $row->$field !== null)
            ));
            $values = $of(true) ?: $of(false);
            if ($values) {
                $found[$field] = match ($field) {
                    'timeopen' => min($values),
                    'password' => in_array('', $values, true) ? '' : $values[0],
                    'extratime' => max($values),
                    // 0 stands for no limit.
                    default => in_array(0, $values, true) ? 0 : max($values),
                };
            }
        }
        return $found;
    }

    /**
     * A plan with what is other in it.
     *
     * @param string $plan JSON
     * @param array $found
     * @return string JSON, the same text where nothing of it is other
     */
    private static function plan(string $plan, array $found): string {
        $data = json_text::decode($plan);
        $before = $data;
        if (isset($found['attempts'])) {
            $data['retake']['max_attempts'] = $found['attempts'];
        }
        if (!empty($found['extratime'])) {
            foreach ($data['stop']['rules']['any'] ?? [] as $i => $rule) {
                if (($rule['rule'] ?? '') === 'time_limit') {
                    $data['stop']['rules']['any'][$i]['seconds'] = $rule['seconds'] * (1 + $found['extratime'] / 100);
                }
            }
        }
        return $data === $before ? $plan : json_text::encode($data);
    }
}
