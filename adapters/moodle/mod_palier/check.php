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
 * The check of an activity: can this test keep its promise with these very questions?
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\local\test\check;
use mod_palier\output\check_result;

$id = required_param('id', PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
$context = context_module::instance($cm->id);
require_capability('mod/palier:preview', $context);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);

$PAGE->set_url('/mod/palier/check.php', ['id' => $cm->id]);
$PAGE->set_title(get_string('checktitle', 'mod_palier') . moodle_page::TITLE_SEPARATOR . format_string($palier->name));
$PAGE->set_heading($course->fullname);
$PAGE->add_body_class('limitedwidth');
$PAGE->activityheader->disable();

$result = new check_result(check::of_instance($palier, $context), $cm->id, true);
echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('checktitle', 'mod_palier'));
echo $OUTPUT->render_from_template('mod_palier/check_result', $result->export_for_template($OUTPUT));
echo $OUTPUT->footer();
