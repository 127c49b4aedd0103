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
 * Asks whether an attempt is to be deleted, and deletes it.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\deletion;

$id = required_param('attempt', PARAM_INT);
$attempt = attempt_repository::load($id);
require_login($attempt->course(), false, $attempt->cm());
require_capability('mod/palier:deleteattempts', $attempt->context());
$report = new moodle_url('/mod/palier/report.php', ['id' => $attempt->cm()->id]);
if (!deletion::allowed($attempt)) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $report);
}
$PAGE->set_url('/mod/palier/deleteattempt.php', ['attempt' => $attempt->id]);
if (optional_param('confirm', false, PARAM_BOOL)) {
    require_sesskey();
    deletion::delete($attempt);
    redirect($report, get_string('attemptdeleted', 'mod_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
}

$PAGE->set_title(get_string('attemptdelete', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $attempt->name());
$PAGE->set_heading(format_string($attempt->course()->fullname));
$PAGE->activityheader->disable();
navigation_node::override_active_url($report);
echo $OUTPUT->header();
echo $OUTPUT->confirm(
    get_string('attemptdelete_sure', 'mod_palier', [
        'person' => fullname(core_user::get_user($attempt->userid, '*', MUST_EXIST)),
        'number' => $attempt->attempt,
        'date' => userdate($attempt->timestart, get_string('strftimedate', 'core_langconfig')),
    ]),
    new single_button(
        new moodle_url($PAGE->url, ['confirm' => 1]),
        get_string('attemptdelete', 'mod_palier'),
        'post',
        single_button::BUTTON_DANGER
    ),
    $report
);
echo $OUTPUT->footer();
