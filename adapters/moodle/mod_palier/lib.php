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
 * Callbacks of the adaptive test activity. Each only delegates.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\report\recent_activity;
use mod_palier\local\test\calendar;
use mod_palier\local\test\instance;
use mod_palier\local\test\overrides;

/**
 * Which features the activity has.
 *
 * @param string $feature a FEATURE_ constant
 * @return mixed true or false, a string for the purpose, null when not known
 */
function palier_supports($feature) {
    return match ($feature) {
        FEATURE_GROUPS,
        FEATURE_GROUPINGS,
        FEATURE_MOD_INTRO,
        FEATURE_SHOW_DESCRIPTION,
        FEATURE_COMPLETION_TRACKS_VIEWS,
        FEATURE_COMPLETION_HAS_RULES,
        FEATURE_GRADE_HAS_GRADE,
        FEATURE_GRADE_OUTCOMES,
        FEATURE_CONTROLS_GRADE_VISIBILITY,
        FEATURE_BACKUP_MOODLE2,
        FEATURE_USES_QUESTIONS,
        FEATURE_IDNUMBER,
        FEATURE_MODEDIT_DEFAULT_COMPLETION => true,
        FEATURE_ADVANCED_GRADING,
        FEATURE_RATE,
        FEATURE_COMMENT,
        FEATURE_PLAGIARISM,
        FEATURE_NO_VIEW_LINK,
        // FEATURE_GRADE_HAS_PENALTY of 5.0: a level that was found late is the same level.
        'grade_has_penalty' => false,
        FEATURE_MOD_ARCHETYPE => MOD_ARCHETYPE_OTHER,
        FEATURE_MOD_PURPOSE => MOD_PURPOSE_ASSESSMENT,
        default => null,
    };
}

/**
 * Adds an activity.
 *
 * @param stdClass $data from the form
 * @param mod_palier_mod_form|null $mform the form
 * @return int id of the new activity
 */
function palier_add_instance($data, $mform = null): int {
    return instance::add($data, $mform !== null);
}

/**
 * Updates an activity.
 *
 * @param stdClass $data from the form
 * @param mod_palier_mod_form|null $mform the form
 * @return bool
 */
function palier_update_instance($data, $mform = null): bool {
    return instance::update($data, $mform !== null);
}

/**
 * Deletes an activity and all that belongs to it.
 *
 * @param int $id of the activity
 * @return bool
 */
function palier_delete_instance($id): bool {
    return instance::delete((int) $id);
}

/**
 * What the course page and the caches of the course need to know of an activity.
 *
 * @param stdClass $coursemodule
 * @return cached_cm_info|false
 */
function palier_get_coursemodule_info($coursemodule) {
    return instance::coursemodule_info($coursemodule);
}

/**
 * What of the course page is another person's own: the dates of whoever has an exception.
 *
 * @param cm_info $cm
 */
function palier_cm_info_dynamic(cm_info $cm): void {
    overrides::tell_dates($cm);
}

/**
 * Whether any of these questions was taken, or belongs to a bank that was.
 *
 * @param int[] $questionids
 * @return bool
 */
function palier_questions_in_use($questionids): bool {
    return \mod_palier\local\bank\question_use::in_use($questionids);
}

/**
 * Sends a file that belongs to a question on screen.
 *
 * @param stdClass $course
 * @param context $context the question's context
 * @param string $component
 * @param string $filearea
 * @param int $qubaid the question usage
 * @param int $slot
 * @param array $args
 * @param bool $forcedownload
 * @param array $options
 */
function mod_palier_question_pluginfile(
    $course,
    $context,
    $component,
    $filearea,
    $qubaid,
    $slot,
    $args,
    $forcedownload,
    array $options = []
) {
    $attempt = attempt_repository::of_usage((int) $qubaid);
    require_login($attempt->course(), false, $attempt->cm());
    if (!$attempt->access()->may_see_file((int) $slot, $component, $filearea, $args, (bool) $forcedownload)) {
        send_file_not_found();
    }
    $path = "/{$context->id}/{$component}/{$filearea}/" . implode('/', $args);
    $file = get_file_storage()->get_file_by_hash(sha1($path));
    if (!$file || $file->is_directory()) {
        send_file_not_found();
    }
    send_stored_file($file, 0, 0, $forcedownload, $options);
}

/**
 * Sends a file of the activity: a package. Those of its questions and of its description have their own ways.
 *
 * @param stdClass $course
 * @param stdClass $cm
 * @param context $context
 * @param string $filearea
 * @param array $args
 * @param bool $forcedownload
 * @param array $options
 * @return bool
 */
function palier_pluginfile($course, $cm, $context, $filearea, $args, $forcedownload, array $options = []): bool {
    require_login($course, false, $cm);
    return $filearea === \mod_palier\local\package\packages::FILEAREA
        && \mod_palier\local\package\packages::send($context, $args, $options);
}

/**
 * Adds to the form that empties a course.
 *
 * @param MoodleQuickForm $mform
 */
function palier_reset_course_form_definition($mform): void {
    $mform->addElement('header', 'palierheader', get_string('modulenameplural', 'mod_palier'));
    $mform->addElement('static', 'palierdelete', get_string('delete'));
    $mform->addElement('advcheckbox', 'reset_palier', get_string('reset_attempts', 'mod_palier'));
    $mform->addElement('advcheckbox', 'reset_palier_overrides', get_string('reset_overrides', 'mod_palier'));
}

/**
 * Defaults of the form that empties a course.
 *
 * @param stdClass $course
 * @return array
 */
function palier_reset_course_form_defaults($course): array {
    return ['reset_palier' => 1, 'reset_palier_overrides' => 1];
}

/**
 * Empties a course of its attempts.
 *
 * @param stdClass $data from the form
 * @return array what was done
 */
function palier_reset_userdata($data): array {
    return instance::reset($data);
}

/**
 * Removes the grades of a course's activities.
 *
 * @param int $courseid
 * @param string $type
 */
function palier_reset_gradebook($courseid, $type = ''): void {
    instance::reset_gradebook((int) $courseid);
}

/**
 * Creates or updates the grade item.
 *
 * @param stdClass $palier the activity, with cmidnumber
 * @param mixed $grades grades, null, or 'reset'
 * @return int a GRADE_UPDATE_ constant
 */
function palier_grade_item_update($palier, $grades = null): int {
    return instance::grade_item_update($palier, $grades);
}

/**
 * Sends the grades of one person or of all.
 *
 * @param stdClass $palier the activity
 * @param int $userid 0 is all
 * @param bool $nullifnone
 */
function palier_update_grades($palier, $userid = 0, $nullifnone = true): void {
    instance::update_grades($palier, (int) $userid, (bool) $nullifnone);
}

/**
 * Adds the activity's pages to its menu.
 *
 * @param settings_navigation $settings
 * @param navigation_node $node
 */
function palier_extend_settings_navigation(settings_navigation $settings, navigation_node $node): void {
    \mod_palier\local\test\navigation::extend($settings, $node);
}

/**
 * Checks of the site's status report.
 *
 * @return \core\check\check[]
 */
function mod_palier_status_checks(): array {
    return [new \mod_palier\check\engine(), new \mod_palier\check\delivery()];
}

/**
 * Makes the calendar's events of activities.
 *
 * @param int $courseid 0 for all courses
 * @param int|stdClass|null $instance one activity, or its id
 * @param stdClass|null $cm
 * @return bool
 */
function palier_refresh_events($courseid = 0, $instance = null, $cm = null): bool {
    calendar::refresh_all((int) $courseid, (int) (is_object($instance) ? $instance->id : $instance));
    return true;
}

/**
 * What a person can do about an event of the calendar.
 *
 * @param calendar_event $event
 * @param \core_calendar\action_factory $factory
 * @param int $userid 0 for the present user
 * @return \core_calendar\local\event\entities\action_interface|null
 */
function mod_palier_core_calendar_provide_event_action(
    calendar_event $event,
    \core_calendar\action_factory $factory,
    $userid = 0
) {
    global $USER;
    return calendar::action($event, $factory, (int) ($userid ?: $USER->id));
}

/**
 * What the action of an event is called.
 *
 * @param string $eventtype
 * @return string
 */
function mod_palier_core_calendar_get_event_action_string(string $eventtype): string {
    return isset(calendar::TYPES[$eventtype])
        ? get_string("calendar_{$eventtype}", 'mod_palier', get_string('modulename', 'mod_palier')) : '';
}

/**
 * Between which dates an event may be moved.
 *
 * @param calendar_event $event
 * @param stdClass $palier row of palier
 * @return array
 */
function mod_palier_core_calendar_get_valid_event_timestart_range(calendar_event $event, stdClass $palier): array {
    return calendar::range($event, $palier);
}

/**
 * Follows an event that was moved.
 *
 * @param calendar_event $event
 * @param stdClass $palier row of palier
 */
function mod_palier_core_calendar_event_timestart_updated(calendar_event $event, stdClass $palier): void {
    calendar::moved($event, $palier);
}

/**
 * What changed in an activity for the present user since a time: for the app.
 *
 * @param cm_info $cm
 * @param int $from
 * @param array $filter names of areas
 * @return stdClass
 */
function palier_check_updates_since(cm_info $cm, $from, $filter = []): stdClass {
    global $DB, $USER;
    $updates = course_check_module_updates_since($cm, $from, [], $filter);
    $attempts = $DB->get_fieldset_select(
        'palier_attempt',
        'id',
        'palierid = ? AND userid = ? AND preview = 0 AND timemodified > ?',
        [$cm->instance, $USER->id, $from]
    );
    $updates->attempts = (object) ['updated' => (bool) $attempts];
    if ($attempts) {
        $updates->attempts->itemids = $attempts;
    }
    return $updates;
}

/**
 * A person's result, for the course's report on a person.
 *
 * @param stdClass $course
 * @param stdClass $user
 * @param cm_info|stdClass $mod
 * @param stdClass $palier row of palier
 * @return stdClass|null info and time
 */
function palier_user_outline($course, $user, $mod, $palier): ?stdClass {
    return \mod_palier\local\report\outline::of((int) $palier->id, (int) $user->id);
}

/**
 * The same in full.
 *
 * @param stdClass $course
 * @param stdClass $user
 * @param cm_info|stdClass $mod
 * @param stdClass $palier row of palier
 */
function palier_user_complete($course, $user, $mod, $palier): void {
    echo \mod_palier\local\report\outline::html((int) $palier->id, (int) $user->id);
}

/**
 * Tests that ended lately.
 *
 * @param array $activities added to
 * @param int $index the place of the next one
 * @param int $timestart
 * @param int $courseid
 * @param int $cmid
 * @param int $userid 0 for all
 * @param int $groupid 0 for all
 */
function palier_get_recent_mod_activity(
    &$activities,
    &$index,
    $timestart,
    $courseid,
    $cmid,
    $userid = 0,
    $groupid = 0
): void {
    $cm = get_fast_modinfo($courseid)->get_cm($cmid);
    foreach (recent_activity::of($cm, (int) $timestart, (int) $userid, (int) $groupid) as $activity) {
        $activities[$index++] = $activity;
    }
}

/**
 * Prints one of them.
 *
 * @param stdClass $activity
 * @param int $courseid
 * @param bool $detail
 * @param string[] $modnames
 */
function palier_print_recent_mod_activity($activity, $courseid, $detail, $modnames): void {
    echo recent_activity::html($activity, (int) $courseid, (bool) $detail, $modnames);
}

/**
 * Tests that ended lately, for the block.
 *
 * @param stdClass $course
 * @param bool $viewfullnames
 * @param int $timestart
 * @return bool whether there are any
 */
function palier_print_recent_activity($course, $viewfullnames, $timestart): bool {
    global $OUTPUT;
    $found = [];
    foreach (get_fast_modinfo($course)->get_instances_of('palier') as $cm) {
        if ($cm->uservisible) {
            array_push($found, ...recent_activity::of($cm, (int) $timestart));
        }
    }
    if (!$found) {
        return false;
    }
    echo $OUTPUT->heading(get_string('recent', 'mod_palier') . get_string('colon', 'mod_palier'), 6);
    usort($found, fn($one, $other) => $one->timestamp <=> $other->timestamp);
    foreach ($found as $activity) {
        print_recent_activity_note(
            $activity->timestamp,
            $activity->user,
            $activity->name,
            (new \core\url('/mod/palier/result.php', ['attempt' => $activity->content->attemptid]))->out(),
            false,
            $viewfullnames
        );
    }
    return true;
}

/**
 * Makes the grades again after the activity's points changed: each is a share of them.
 *
 * @param stdClass $course
 * @param stdClass $cm
 * @param float $oldmin
 * @param float $oldmax
 * @param float $newmin
 * @param float $newmax
 * @return bool
 */
function palier_rescale_activity_grades($course, $cm, $oldmin, $oldmax, $newmin, $newmax): bool {
    global $DB;
    $palier = $DB->get_record('palier', ['id' => $cm->instance]);
    if ($palier) {
        $palier->cmidnumber = $cm->idnumber;
        instance::update_grades($palier);
    }
    return (bool) $palier;
}

/**
 * Whether any activity is graded by a scale.
 *
 * @param int $scaleid
 * @return bool
 */
function palier_scale_used_anywhere($scaleid): bool {
    global $DB;
    return $scaleid && $DB->record_exists('palier', ['grade' => -(int) $scaleid]);
}
