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
 * The adaptive tests of a course.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

$id = required_param('id', PARAM_INT);
$course = $DB->get_record('course', ['id' => $id], '*', MUST_EXIST);
require_course_login($course);
if (method_exists('core_courseformat\activityoverviewbase', 'redirect_to_overview_page')) {
    // From 5.0 on the course has a page of all its activities.
    \core_courseformat\activityoverviewbase::redirect_to_overview_page($id, 'palier');
}

$title = get_string('modulenameplural', 'mod_palier');
$PAGE->set_url('/mod/palier/index.php', ['id' => $id]);
$PAGE->set_pagelayout('incourse');
$PAGE->set_title($title . moodle_page::TITLE_SEPARATOR . format_string($course->shortname));
$PAGE->set_heading(format_string($course->fullname));

\mod_palier\event\course_module_instance_list_viewed::create_for($course)->trigger();

echo $OUTPUT->header();
echo $OUTPUT->heading($title);
echo $OUTPUT->render(new \mod_palier\output\instance_list($course));
echo $OUTPUT->footer();
