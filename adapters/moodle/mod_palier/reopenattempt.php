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
 * Opens an attempt again that ended too early, with the reason.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\form\reason_form;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\reopening;
use mod_palier\local\contest\contest_messages;
use mod_palier\local\engine\engine_exception;

$id = required_param('attempt', PARAM_INT);
$attempt = attempt_repository::load($id);
require_login($attempt->course(), false, $attempt->cm());
require_capability('mod/palier:reopenattempts', $attempt->context());
$report = new moodle_url('/mod/palier/report.php', ['id' => $attempt->cm()->id]);
if (!reopening::allowed($attempt)) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $report);
}
$title = get_string('attemptreopen', 'mod_palier');
$PAGE->set_url('/mod/palier/reopenattempt.php', ['attempt' => $attempt->id]);
$PAGE->set_title($title . moodle_page::TITLE_SEPARATOR . $attempt->name());
$PAGE->set_heading(format_string($attempt->course()->fullname));
$PAGE->activityheader->disable();
navigation_node::override_active_url($report);

$not = reopening::reason_not_to($attempt, \core\di::get(\core\clock::class)->time());
if ($not !== null) {
    redirect($report, get_string($not, 'mod_palier'), null, \core\output\notification::NOTIFY_INFO);
}
$form = new reason_form($PAGE->url, ['hidden' => ['attempt' => $attempt->id], 'button' => $title]);
if ($form->is_cancelled()) {
    redirect($report);
}
if ($data = $form->get_data()) {
    try {
        $attempt = reopening::reopen($attempt->id, $data->reason, $USER->id);
        contest_messages::corrected($attempt, 0, $USER->id, $data->reason, 'message_reopened');
        $said = $attempt->is_open() ? 'attemptreopened' : 'attemptreopened_over';
        redirect($report, get_string($said, 'mod_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
    } catch (engine_exception $e) {
        debugging($e->getMessage(), DEBUG_NORMAL);
        redirect($report, get_string('engineaway_contest', 'mod_palier'), null, \core\output\notification::NOTIFY_ERROR);
    }
}
echo $OUTPUT->header();
echo $OUTPUT->heading($title);
echo html_writer::tag('p', s(get_string('attemptreopen_text', 'mod_palier', [
    'person' => fullname(core_user::get_user($attempt->userid, '*', MUST_EXIST)),
    'number' => $attempt->attempt,
])));
$form->display();
echo $OUTPUT->footer();
