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
 * Marks all answers to a question anew, by the question as it is now, with the reason.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\form\reason_form;
use mod_palier\local\attempt\engine_step;
use mod_palier\local\counted;
use mod_palier\local\report\question_analysis;
use mod_palier\task\rescore_question;

$id = required_param('id', PARAM_INT);
$entryid = required_param('entry', PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:managecontests', $cm->context);
if (groups_get_activity_groupmode($cm) == SEPARATEGROUPS) {
    // It is done to the attempts of everybody.
    require_capability('moodle/site:accessallgroups', $cm->context);
}
$back = new moodle_url('/mod/palier/questions.php', ['id' => $cm->id, 'entry' => $entryid], "q$entryid");
$line = question_analysis::of($cm->context)[$entryid] ?? null;
$questionid = engine_step::latest_question($entryid);
if (!$line || !$questionid) {
    redirect($back, get_string('rescore_gone', 'mod_palier'), null, \core\output\notification::NOTIFY_INFO);
}
$title = get_string('rescore', 'mod_palier');
$PAGE->set_url('/mod/palier/rescore.php', ['id' => $cm->id, 'entry' => $entryid]);
$PAGE->set_title($title . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading(format_string($course->fullname));
$PAGE->activityheader->disable();
navigation_node::override_active_url(new moodle_url('/mod/palier/report.php', ['id' => $cm->id]));

$form = new reason_form($PAGE->url, ['hidden' => ['id' => $cm->id, 'entry' => $entryid], 'button' => $title]);
if ($form->is_cancelled()) {
    redirect($back);
}
if ($data = $form->get_data()) {
    rescore_question::queue((int) $cm->instance, $entryid, (int) $USER->id, $data->reason);
    redirect($back, get_string('rescore_queued', 'mod_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
}
echo $OUTPUT->header();
echo $OUTPUT->heading($title);
echo html_writer::tag('p', get_string('rescore_text', 'mod_palier', [
    'name' => format_string($line->name, true, ['context' => $line->contextid]),
    'times' => counted::text('count_times', (int) $line->asked),
]));
$version = $questionid > $line->questionid ? 'rescore_newversion' : 'rescore_sameversion';
echo html_writer::tag('p', get_string($version, 'mod_palier'));
$form->display();
echo $OUTPUT->footer();
