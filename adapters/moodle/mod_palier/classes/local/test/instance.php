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

/**
 * Life of an activity.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

namespace mod_palier\local\test;

use cached_cm_info;
use core\context\module as context_module;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\bank\question_filter;
use mod_palier\local\calibration\calibration;
use mod_palier\local\report\grader;
use mod_palier\local\report\grading_method;
use mod_palier\local\report\scale_grades;
use mod_palier\local\scales\scale_finder;
use mod_palier\local\scales\scale_source;
use stdClass;

/**
 * Adds, updates and deletes activities.
 */
class instance {
    /**
     * Adds an activity.
     *
     * @param stdClass $data from the form or from a generator
     * @param bool $check whether to look at once if learners may start: their page tells it then
     * @return int its id
     */
    public static function add(stdClass $data, bool $check = false): int {
        global $DB;
        self::prepare($data);
        $data->timecreated = \core\di::get(\core\clock::class)->time();
        $data->timemodified = $data->timecreated;
        $data->id = $DB->insert_record('palier', $data);
        $DB->set_field('course_modules', 'instance', $data->id, ['id' => $data->coursemodule]);
        self::after_save($data, $check);
        return $data->id;
    }

    /**
     * Updates an activity.
     *
     * @param stdClass $data from the form
     * @param bool $check whether to look at once if learners may start
     * @return bool
     */
    public static function update(stdClass $data, bool $check = false): bool {
        global $DB;
        $data->id = $data->instance;
        self::prepare($data);
        $data->timemodified = \core\di::get(\core\clock::class)->time();
        $before = $DB->get_record('palier', ['id' => $data->id], '*', MUST_EXIST);
        $DB->update_record('palier', $data);
        self::after_save($data, $check);
        $now = $DB->get_record('palier', ['id' => $data->id], '*', MUST_EXIST);
        $parts = fn(stdClass $palier) => [$palier->grade, $palier->grademethod, $palier->gradepractice, $palier->purpose];
        if ($parts($now) != $parts($before)) {
            self::update_grades($now);
        }
        return true;
    }

    /**
     * Deletes an activity with its attempts, statements, references and grades.
     *
     * @param int $id
     * @return bool whether there was one
     */
    public static function delete(int $id): bool {
        global $DB;
        $palier = $DB->get_record('palier', ['id' => $id]);
        if (!$palier) {
            return false;
        }
        attempt_repository::delete_all('palierid = ?', [$id]);
        calibration::delete($id);
        $DB->delete_records('question_set_references', [
            'component' => 'mod_palier',
            'questionarea' => 'bank',
            'itemid' => $id,
        ]);
        $DB->delete_records('palier_nextstep', ['palierid' => $id]);
        $DB->delete_records('palier_package', ['palierid' => $id]);
        self::grade_item_delete($palier);
        \core_completion\api::update_completion_date_event(
            get_coursemodule_from_instance('palier', $id)->id ?? 0,
            'palier',
            $id,
            null
        );
        $DB->delete_records('palier_override', ['palierid' => $id]);
        $DB->delete_records('event', ['modulename' => 'palier', 'instance' => $id]);
        $DB->delete_records('palier', ['id' => $id]);
        return true;
    }

    /**
     * Makes the row's fields from the form's.
     *
     * @param stdClass $data
     */
    protected static function prepare(stdClass $data): void {
        if (empty($data->plan)) {
            $data->plan = plan_builder::from_form($data);
        }
        $plan = json_decode($data->plan);
        if (isset($data->scalesource) || !isset($data->id)) {
            $data->scalesource = scale_finder::ids_of($data->plan) ? (string) ($data->scalesource ?? scale_source::PLAN) : '';
        }
        $data->purpose = $plan->purpose ?? 'positioning';
        $data->visibility = $plan->visibility ?? 'course';
        if (!isset($data->id)) {
            $data->grademethod ??= grading_method::BEST;
        }
        $data->completionlevel = ($data->completionlevel ?? '') === '' ? null : (int) $data->completionlevel;
    }

    /**
     * Whatever hangs on an activity: question references, dates, grade item.
     *
     * @param stdClass $data
     * @param bool $check
     */
    protected static function after_save(stdClass $data, bool $check): void {
        last_check::forget($data);
        if (!empty($data->questionfilter)) {
            question_filter::save((int) $data->id, context_module::instance($data->coursemodule), $data->questionfilter);
        }
        if ($check) {
            check::of_instance($data, context_module::instance($data->coursemodule));
        }
        self::grade_item_update($data);
        calendar::refresh_all((int) $data->course, (int) $data->id);
        if (!empty($data->completionexpected)) {
            \core_completion\api::update_completion_date_event(
                $data->coursemodule,
                'palier',
                $data->id,
                $data->completionexpected
            );
        }
    }

    /**
     * What the course's cache keeps of an activity.
     *
     * @param stdClass $coursemodule
     * @return cached_cm_info|false
     */
    public static function coursemodule_info(stdClass $coursemodule) {
        global $DB;
        $fields = 'id, name, intro, introformat, completionresult, completionlevel, timeopen, timeclose';
        $palier = $DB->get_record('palier', ['id' => $coursemodule->instance], $fields);
        if (!$palier) {
            return false;
        }
        $info = new cached_cm_info();
        $info->name = $palier->name;
        if ($coursemodule->showdescription) {
            $info->content = format_module_intro('palier', $palier, $coursemodule->id, false);
        }
        if ($coursemodule->completion == COMPLETION_TRACKING_AUTOMATIC) {
            $info->customdata['customcompletionrules']['completionresult'] = $palier->completionresult;
            $info->customdata['customcompletionrules']['completionlevel'] = $palier->completionlevel;
        }
        foreach (['timeopen', 'timeclose'] as $date) {
            if ($palier->$date) {
                $info->customdata[$date] = $palier->$date;
            }
        }
        if ($DB->record_exists('palier_override', ['palierid' => $palier->id])) {
            $info->customdata[overrides::ANY] = true;
        }
        return $info;
    }

    /**
     * Empties a course's activities of their attempts.
     *
     * @param stdClass $data from the reset form
     * @return array what was done
     */
    public static function reset(stdClass $data): array {
        global $DB;
        $status = [];
        $component = get_string('modulenameplural', 'mod_palier');
        if (!empty($data->reset_palier)) {
            attempt_repository::delete_all('palierid IN (SELECT id FROM {palier} WHERE course = ?)', [$data->courseid]);
            if (empty($data->reset_gradebook_grades)) {
                self::reset_gradebook($data->courseid);
            }
            $status[] = [
                'component' => $component,
                'item' => get_string('reset_attempts', 'mod_palier'),
                'error' => false,
            ];
        }
        if (!empty($data->reset_palier_overrides)) {
            $where = 'palierid IN (SELECT id FROM {palier} WHERE course = ?)';
            $DB->delete_records_select('palier_override', $where, [$data->courseid]);
            $status[] = ['component' => $component, 'item' => get_string('reset_overrides', 'mod_palier'), 'error' => false];
        }
        if ($data->timeshift) {
            foreach (['timeopen', 'timeclose'] as $date) {
                $DB->execute(
                    "UPDATE {palier_override} SET $date = $date + :shift
                      WHERE $date > 0 AND palierid IN (SELECT id FROM {palier} WHERE course = :course)",
                    ['shift' => $data->timeshift, 'course' => $data->courseid]
                );
            }
            shift_course_mod_dates('palier', ['timeopen', 'timeclose'], $data->timeshift, $data->courseid);
            calendar::refresh_all((int) $data->courseid);
            $status[] = ['component' => $component, 'item' => get_string('date'), 'error' => false];
        }
        if (!empty($data->reset_palier_overrides) || $data->timeshift) {
            foreach ($DB->get_records('palier', ['course' => $data->courseid]) as $palier) {
                overrides::changed($palier);
            }
        }
        return $status;
    }

    /**
     * Removes the grades of a course's activities.
     *
     * @param int $courseid
     */
    public static function reset_gradebook(int $courseid): void {
        global $DB;
        $sql = "SELECT p.*, cm.idnumber AS cmidnumber
                  FROM {palier} p
                  JOIN {course_modules} cm ON cm.instance = p.id
                  JOIN {modules} m ON m.id = cm.module AND m.name = 'palier'
                 WHERE p.course = ?";
        foreach ($DB->get_records_sql($sql, [$courseid]) as $palier) {
            self::grade_item_update($palier, 'reset');
        }
    }

    /**
     * Creates or updates the grade item.
     *
     * @param stdClass $palier
     * @param mixed $grades
     * @return int
     */
    public static function grade_item_update(stdClass $palier, $grades = null): int {
        return grader::item_update($palier, $grades);
    }

    /**
     * Deletes the grade item.
     *
     * @param stdClass $palier
     */
    public static function grade_item_delete(stdClass $palier): void {
        global $CFG;
        require_once($CFG->libdir . '/gradelib.php');
        grade_update('mod/palier', $palier->course, 'mod', 'palier', $palier->id, 0, null, ['deleted' => 1]);
        scale_grades::delete($palier);
    }

    /**
     * Sends the grades of one person or of all.
     *
     * @param stdClass $palier
     * @param int $userid
     * @param bool $nullifnone
     */
    public static function update_grades(stdClass $palier, int $userid = 0, bool $nullifnone = true): void {
        grader::update($palier, $userid, $nullifnone);
    }
}
