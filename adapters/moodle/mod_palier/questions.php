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
 * What became of each question of an activity, and the answers to one of them.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\local\contest\contest_access;
use mod_palier\local\report\question_analysis;
use mod_palier\output\question_analysis_page;
use mod_palier\output\report_filter_form;

$id = required_param('id', PARAM_INT);
$groupid = optional_param('group', 0, PARAM_INT);
$entryid = optional_param('entry', 0, PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:viewreports', $cm->context);
$groups = report_filter_form::groups($cm) ?? [];
$groupid = isset($groups[$groupid]) ? $groupid : 0;

$url = new moodle_url('/mod/palier/questions.php', ['id' => $cm->id] + ($groupid ? ['group' => $groupid] : []));
$PAGE->set_url($url);
$PAGE->set_title(get_string('analysis', 'mod_palier') . moodle_page::TITLE_SEPARATOR . format_string($cm->name));
$PAGE->set_heading(format_string($course->fullname));
$PAGE->activityheader->set_attrs(['description' => '', 'hidecompletion' => true]);
navigation_node::override_active_url(new moodle_url('/mod/palier/report.php', ['id' => $cm->id]));

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('analysis', 'mod_palier'), 2);
echo $OUTPUT->render(new question_analysis_page($url, question_analysis::of($cm->context, $groupid), $entryid ? [
    $entryid => question_analysis::answers($cm->context, $entryid, $groupid),
] : [], contest_access::may_correct_all($cm)));
echo $OUTPUT->footer();
