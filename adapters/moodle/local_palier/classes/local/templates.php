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
use context_helper;
use context_module;
use core\event\course_module_deleted;
use local_palier\event\template_shared;
use local_palier\event\template_withdrawn;
use mod_palier\api;
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
        $made = array_flip($DB->get_fieldset_select('local_palier_campaign', 'cmid', 'cmid IS NOT NULL'));
        $templates = [];
        foreach (array_diff_key(api::activities($context), $made) as $cmid => $activity) {
            if (has_capability('mod/palier:addinstance', context_module::instance($cmid))) {
                $templates[$cmid] = "$activity[name] – $activity[course]";
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
        [$in, $params] = $DB->get_in_or_equal($above, SQL_PARAMS_NAMED);
        $lenders = $DB->get_records_select_menu('local_palier_template', "contextid $in", $params, '', 'cmid, contextid');
        $lent = [];
        foreach (api::activities(null, array_keys($lenders)) as $cmid => $activity) {
            $lent[$cmid] = get_string('template_of', 'local_palier', [
                'name' => $activity['name'],
                'place' => context::instance_by_id($lenders[$cmid])->get_context_name(false),
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
        $columns = context_helper::get_preload_record_columns_sql('x');
        $courses = [];
        $below = $DB->get_records_sql(
            "SELECT c.id, c.fullname, $columns
               FROM {course} c
               JOIN {context} x ON x.instanceid = c.id AND x.contextlevel = :course
              WHERE c.id <> :site AND $like",
            ['course' => CONTEXT_COURSE, 'site' => SITEID, 'below' => $context->path . '/%']
        );
        foreach ($below as $course) {
            context_helper::preload_from_record($course);
            $there = context_course::instance($course->id);
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
