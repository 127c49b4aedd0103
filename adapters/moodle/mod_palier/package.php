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
 * The test as a package for other platforms: made here, fetched here, and what could not be carried.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\form\package_form;
use mod_palier\local\package\package_maker;
use mod_palier\local\package\packages;
use mod_palier\local\package\program;
use mod_palier\output\packages_page;

$id = required_param('id', PARAM_INT);
$shown = optional_param('package', 0, PARAM_INT);
$delete = optional_param('delete', 0, PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:exportpackages', $cm->context);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);

$title = get_string('package', 'mod_palier');
$url = new moodle_url('/mod/palier/package.php', ['id' => $cm->id]);
$PAGE->set_url($url);
$PAGE->set_title($title . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading(format_string($course->fullname));
$PAGE->activityheader->disable();

if ($delete) {
    require_sesskey();
    packages::delete((int) $palier->id, $cm->context, $delete);
    redirect($url, get_string('package_deleted', 'mod_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
}

$maker = new package_maker($palier, $cm->context);
$program = program::find();
$form = null;
$problem = '';
if ($program?->has_player() && $maker->questions()) {
    $form = new package_form($url, [
        'formats' => $program->titles(),
        'languages' => package_maker::languages(),
        'questions' => count($maker->questions()),
    ]);
    if ($data = $form->get_data()) {
        try {
            $languages = array_keys(array_intersect_key(array_filter($data->languages), package_maker::languages()));
            $made = $maker->make($program, $data->format, $languages, (int) $data->percent);
            redirect(new moodle_url($url, ['package' => $made]));
        } catch (\mod_palier\local\package\refusal $refusal) {
            $problem = $refusal->getMessage();
        }
    }
}

echo $OUTPUT->header();
echo $OUTPUT->heading($title);
echo $OUTPUT->render(new packages_page($maker, $program, $cm, $shown, $problem));
$form?->display();
echo $OUTPUT->footer();
