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
use core\event\course_module_deleted;
use local_palier\event\template_shared;
use local_palier\event\template_withdrawn;
use moodle_exception;

/**
 * Tests that a place lends to the organisations below it: they make campaigns of them in courses of their own, with the same
 * questions. Only the test is shared: nothing of a result goes from one organisation to another.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class templates {
    /**
     * The activities of a place that a test can be made of, for the present user.
     *
     * @param context $context
     * @return string[] name with its course, by course module
     */
    public static function own(context $context): array {
        global $DB;
        $courses = $DB->get_fieldset_sql(
            "SELECT DISTINCT cm.course
               FROM {course_modules} cm
               JOIN {modules} m ON m.id = cm.module AND m.name = 'palier'
               JOIN {context} x ON x.instanceid = cm.course AND x.contextlevel = :course
              WHERE cm.deletioninprogress = 0 AND " . $DB->sql_like('x.path', ':below'),
            ['course' => CONTEXT_COURSE, 'below' => $context->path . '/%']
        );
        $made = array_flip($DB->get_fieldset_select('local_palier_campaign', 'cmid', 'cmid IS NOT NULL'));
        $templates = [];
        foreach ($courses as $courseid) {
            $modinfo = get_fast_modinfo($courseid);
            foreach ($modinfo->get_instances_of('palier') as $cm) {
                if (!isset($made[$cm->id]) && has_capability('mod/palier:addinstance', $cm->context)) {
                    $templates[$cm->id] = $cm->get_formatted_name() . ' – ' . format_string($modinfo->get_course()->shortname);
                }
            }
        }
        \core_collator::asort($templates);
        return $templates;
    }

    /**
     * The activities that places above lend.
     *
     * @param context $context
     * @return string[] name with the place that lends it, by course module
     */
    public static function lent(context $context): array {
        global $DB;
        $above = $context->get_parent_context_ids(false);
        if (!$above) {
            return [];
        }
        [$in, $params] = $DB->get_in_or_equal($above);
        $rows = $DB->get_records_sql_menu(
            "SELECT t.cmid, t.contextid
               FROM {local_palier_template} t
               JOIN {course_modules} cm ON cm.id = t.cmid AND cm.deletioninprogress = 0
              WHERE t.contextid $in",
            $params
        );
        $lent = [];
        foreach ($rows as $cmid => $contextid) {
            [, $cm] = get_course_and_cm_from_cmid($cmid, 'palier');
            $lent[(int) $cmid] = get_string('template_of', 'local_palier', [
                'name' => $cm->get_formatted_name(),
                'place' => context::instance_by_id($contextid)->get_context_name(false),
            ]);
        }
        \core_collator::asort($lent);
        return $lent;
    }

    /**
     * Which activities a place lends.
     *
     * @param context $context
     * @return int[] course modules
     */
    public static function shared(context $context): array {
        global $DB;
        return array_map('intval', $DB->get_fieldset_select('local_palier_template', 'cmid', 'contextid = ?', [$context->id]));
    }

    /**
     * Lends an activity.
     *
     * @param context $context
     * @param int $cmid one of own()
     * @throws moodle_exception where it is no test of the present user's there
     */
    public static function share(context $context, int $cmid): void {
        global $DB;
        if (!isset(self::own($context)[$cmid])) {
            throw new moodle_exception('template_none', 'local_palier');
        }
        if (!in_array($cmid, self::shared($context), true)) {
            $DB->insert_record('local_palier_template', (object) ['contextid' => $context->id, 'cmid' => $cmid]);
            template_shared::tell($context, ['cmid' => $cmid]);
        }
    }

    /**
     * Lends an activity no more. Campaigns that were launched with it have their own test and go on.
     *
     * @param context $context
     * @param int $cmid
     */
    public static function withdraw(context $context, int $cmid): void {
        global $DB;
        if (in_array($cmid, self::shared($context), true)) {
            $DB->delete_records('local_palier_template', ['contextid' => $context->id, 'cmid' => $cmid]);
            template_withdrawn::tell($context, ['cmid' => $cmid]);
        }
    }

    /**
     * The courses of a place where the present user may do something: have a test made, unless told otherwise.
     *
     * @param context $context
     * @param string $capability
     * @return string[] name by id
     */
    public static function courses(context $context, string $capability = 'mod/palier:addinstance'): array {
        global $DB;
        $like = $DB->sql_like('x.path', ':below');
        $courses = [];
        $below = $DB->get_records_sql(
            "SELECT c.id, c.fullname
               FROM {course} c
               JOIN {context} x ON x.instanceid = c.id AND x.contextlevel = :course
              WHERE c.id <> :site AND $like",
            ['course' => CONTEXT_COURSE, 'site' => SITEID, 'below' => $context->path . '/%']
        );
        foreach ($below as $course) {
            $there = \context_course::instance($course->id);
            if (has_capability($capability, $there)) {
                $courses[(int) $course->id] = format_string($course->fullname, true, ['context' => $there]);
            }
        }
        \core_collator::asort($courses);
        return $courses;
    }

    /**
     * What is deleted is lent no more.
     *
     * @param course_module_deleted $event
     */
    public static function module_deleted(course_module_deleted $event): void {
        global $DB;
        $DB->delete_records('local_palier_template', ['cmid' => $event->objectid]);
    }
}
