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
 * The home page of an adaptive test.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\event\course_module_viewed;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\output\contest_panel;
use mod_palier\output\home_page;

$id = optional_param('id', 0, PARAM_INT);
$p = optional_param('p', 0, PARAM_INT);
[$course, $cm] = $p
    ? get_course_and_cm_from_instance($p, 'palier')
    : get_course_and_cm_from_cmid($id, 'palier');
require_login($course, true, $cm);
require_capability('mod/palier:view', $cm->context);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);

course_module_viewed::of($palier, $course, $cm)->trigger();
(new completion_info($course))->set_module_viewed($cm);

$PAGE->set_url('/mod/palier/view.php', ['id' => $cm->id]);
$PAGE->set_title(format_string($palier->name) . moodle_page::TITLE_SEPARATOR . format_string($course->shortname));
$PAGE->set_heading(format_string($course->fullname));
$PAGE->add_body_class('limitedwidth');

echo $OUTPUT->header();
$open = attempt_repository::open_of((int) $palier->id, (int) $USER->id);
if ($open) {
    // Whoever asked for a person finds the answer first.
    echo $OUTPUT->render(new contest_panel($open));
}
echo $OUTPUT->render(new home_page($palier, $cm, $USER->id));
echo $OUTPUT->footer();
