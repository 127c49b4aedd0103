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
 * Every version of a question's parameters, newest first: none is ever overwritten, and each can be taken again.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\local\bank\question_filter;
use mod_palier\local\bank\question_search;
use mod_palier\event\parameters_restored;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\test\last_check;
use mod_palier\output\history_page;

$id = required_param('id', PARAM_INT);
$entryid = required_param('entry', PARAM_INT);
$restore = optional_param('restore', 0, PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:manageparameters', $cm->context);
$question = (new question_search(question_filter::load((int) $cm->instance)))->of_entries([$entryid])[$entryid]
    ?? throw new moodle_exception('questionnotexist', 'question');

$base = new moodle_url('/mod/palier/parameters.php', ['id' => $cm->id]);
$url = new moodle_url('/mod/palier/history.php', ['id' => $cm->id, 'entry' => $entryid]);
$PAGE->set_url($url);
$PAGE->set_title(get_string('history', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading($course->fullname);
$PAGE->set_pagelayout('report');
$PAGE->activityheader->disable();
navigation_node::override_active_url($base);

if ($restore) {
    require_sesskey();
    if (!item_parameters::may_edit($question) || !isset(item_parameters::history($entryid)[$restore])) {
        throw new moodle_exception('nopermissions', 'error', '', get_string('history_restore', 'mod_palier'));
    }
    if (item_parameters::go_back([$entryid => $restore])) {
        parameters_restored::create([
            'objectid' => $restore,
            'context' => $cm->context,
            'other' => ['entryid' => $entryid],
        ])->trigger();
        last_check::forget($DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST));
    }
    redirect($url, get_string('history_restored', 'mod_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
}

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('history', 'mod_palier') . ' ' . format_string($question->name));
echo $OUTPUT->render(new history_page($question, $base));
echo $OUTPUT->footer();
