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
 * Threads of an activity, for those who answer: by question, with the answers in words.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');
require_once($CFG->libdir . '/filelib.php');

use core\url;
use mod_palier\event\contests_exported;
use mod_palier\local\contest\contest_log;
use mod_palier\output\contests_page;

$id = required_param('id', PARAM_INT);
$all = optional_param('all', false, PARAM_BOOL);
$page = max(0, optional_param('page', 0, PARAM_INT));
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:managecontests', $cm->context);
if (optional_param('spreadsheet', false, PARAM_BOOL)) {
    contests_exported::create(['context' => $cm->context])->trigger();
    $name = clean_filename("$cm->name-contests.csv");
    send_file((new contest_log($cm))->spreadsheet(), $name, 0, 0, true, true, 'text/csv');
}

$PAGE->set_url(new url('/mod/palier/contests.php', ['id' => $cm->id, 'all' => (int) $all, 'page' => $page]));
$PAGE->set_title(format_string($cm->name) . moodle_page::TITLE_SEPARATOR . get_string('contests', 'mod_palier'));
$PAGE->set_heading(format_string($course->fullname));
$PAGE->activityheader->set_attrs(['description' => '', 'hidecompletion' => true]);
navigation_node::override_active_url(new url('/mod/palier/contests.php', ['id' => $cm->id]));

echo $OUTPUT->header();
echo $OUTPUT->render(new contests_page($cm, $all, $page));
echo $OUTPUT->footer();
