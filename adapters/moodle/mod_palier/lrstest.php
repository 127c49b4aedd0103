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
 * Sends one statement to the LRS of the settings and shows what it answers.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

use core\output\notification;
use mod_palier\local\xapi\destination;
use mod_palier\local\xapi\lrs_client;
use mod_palier\local\xapi\test_statement;

require(__DIR__ . '/../../config.php');
require_once($CFG->libdir . '/adminlib.php');

$send = optional_param('send', false, PARAM_BOOL);
$settings = new moodle_url('/admin/settings.php', ['section' => 'modsettingpalier']);

require_login(null, false);
require_capability('moodle/site:config', context_system::instance());

$PAGE->set_context(context_system::instance());
$PAGE->set_url('/mod/palier/lrstest.php');
$PAGE->set_pagelayout('admin');
$PAGE->set_title(get_string('lrstest', 'mod_palier'));
$PAGE->set_heading(get_string('pluginname', 'mod_palier'));

$destination = destination::configured();
$result = null;
if ($send && $destination && confirm_sesskey()) {
    $statement = test_statement::about((int) $USER->id);
    $answer = (new lrs_client($destination))->post([json_encode($statement)]);
    if ($answer->stored([$statement['id']])) {
        destination::resume();
        $result = new notification(get_string('lrstest_ok', 'mod_palier', $statement['id']), notification::NOTIFY_SUCCESS, false);
    } else {
        $reason = $answer->status === 200 ? get_string('lrsnoids', 'mod_palier') : $answer->text();
        $result = new notification(get_string('lrstest_failed', 'mod_palier', s($reason)), notification::NOTIFY_ERROR, false);
    }
}

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('lrstest', 'mod_palier'));
if ($result) {
    echo $OUTPUT->render($result);
}
if ($destination) {
    echo html_writer::tag('p', get_string('lrstest_intro', 'mod_palier', [
        'person' => fullname($USER),
        'endpoint' => s($destination->endpoint),
    ]));
    echo $OUTPUT->single_button(new moodle_url($PAGE->url, ['send' => 1]), get_string('lrstest_send', 'mod_palier'), 'post', [
        'type' => single_button::BUTTON_PRIMARY,
    ]);
} else {
    echo html_writer::tag('p', get_string('checkdelivery_none', 'mod_palier'));
}
echo html_writer::tag('p', html_writer::link($settings, get_string('settings')));
echo $OUTPUT->footer();
