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
 * Three very easy questions, to see how one answers before a test. Nothing is kept.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\output\trial_page;

$id = required_param('id', PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:view', $cm->context);

$page = new trial_page(
    $cm,
    optional_param('number', 1, PARAM_INT),
    optional_param('do', '', PARAM_ALPHA),
    optional_param_array('answer', [], PARAM_TEXT),
);
$PAGE->set_url('/mod/palier/trial.php', ['id' => $cm->id]);
$PAGE->set_title(get_string('trial', 'mod_palier') . moodle_page::TITLE_SEPARATOR . format_string($cm->name));
$PAGE->activityheader->disable();

echo $OUTPUT->header();
echo $OUTPUT->render($page);
echo $OUTPUT->footer();
