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
 * What learners did with packages of the test elsewhere: read, graded and scored again, and kept as attempts.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\form\records_form;
use mod_palier\local\package\program;
use mod_palier\local\package\record_people;
use mod_palier\local\package\refusal;
use mod_palier\local\package\returned_records;
use mod_palier\local\package\scorm_records;
use mod_palier\output\records_page;

$id = required_param('id', PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:importrecords', $cm->context);
require_capability('mod/palier:viewreports', $cm->context);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);

$title = get_string('records', 'mod_palier');
$url = new moodle_url('/mod/palier/records.php', ['id' => $cm->id]);
$PAGE->set_url($url);
$PAGE->set_title($title . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading(format_string($course->fullname));
$PAGE->activityheader->disable();

$program = program::find();
$scorms = scorm_records::activities((int) $course->id);
$form = new records_form($url, ['scorms' => $scorms]);
$lines = null;
$problem = $program ? '' : get_string('package_noprogram', 'mod_palier');
if ($form->is_cancelled()) {
    redirect(new moodle_url('/mod/palier/report.php', ['id' => $cm->id]));
}
if ($program && ($data = $form->get_data())) {
    $fromscorm = isset($scorms[$data->scorm ?? 0]);
    $people = new record_people($cm, $fromscorm ? ['id'] : ['username', 'idnumber', 'email']);
    $table = $fromscorm
        ? scorm_records::table(get_fast_modinfo($course)->get_cm($data->scorm)) : (string) $form->get_file_content('file');
    $records = new returned_records($palier, $cm->context, $program, $people->id(...));
    try {
        $lines = $records->keep($table);
    } catch (refusal $refusal) {
        $problem = $refusal->words;
    }
}

echo $OUTPUT->header();
echo $OUTPUT->heading($title);
echo $OUTPUT->render(new records_page($lines, $problem, $cm, $fromscorm ?? false, $records->foreign ?? 0));
if ($program && $lines === null) {
    $form->display();
}
echo $OUTPUT->footer();
