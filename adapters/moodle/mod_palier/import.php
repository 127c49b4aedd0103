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
 * Import of parameters: what each line will do, then the doing.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\form\import_form;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\counted;
use mod_palier\local\parameters\parameter_actions;
use mod_palier\local\parameters\parameter_import;
use mod_palier\output\import_preview;

$id = required_param('id', PARAM_INT);
$draftid = optional_param('draft', 0, PARAM_INT);
$apply = optional_param('apply', '', PARAM_ALPHA);

[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
$context = context_module::instance($cm->id);
require_capability('mod/palier:manageparameters', $context);

$url = new moodle_url('/mod/palier/import.php', ['id' => $cm->id]);
$parameters = new moodle_url('/mod/palier/parameters.php', ['id' => $cm->id]);
$PAGE->set_url($url);
$PAGE->set_title(get_string('parameters_import', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading($course->fullname);
$PAGE->set_pagelayout('report');
$PAGE->activityheader->disable();

$form = new import_form($url, ['id' => $cm->id]);
if ($form->is_cancelled()) {
    redirect($parameters);
}
$content = null;
if ($data = $form->get_data()) {
    $content = $form->get_file_content('file');
    $draftid = (int) $data->file;
} else if ($apply !== '') {
    require_sesskey();
    $files = get_file_storage()->get_area_files(context_user::instance($USER->id)->id, 'user', 'draft', $draftid, 'id DESC', false);
    $content = $files ? reset($files)->get_content() : null;
}

$import = null;
if (is_string($content)) {
    $builder = bank_builder::for_instance((int) $cm->instance, $context);
    $import = new parameter_import($content, $builder->questions());
    if ($apply !== '' && !$import->errors && ($apply === 'valid' || $import->is_valid())) {
        $changed = $import->apply($apply === 'valid');
        parameter_actions::log($context, $changed);
        redirect(
            $parameters,
            counted::text('parameters_changed', $changed),
            null,
            \core\output\notification::NOTIFY_SUCCESS
        );
    }
}

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('parameters_import', 'mod_palier'));
if ($import) {
    $preview = new import_preview($import, $url, $draftid);
    echo $OUTPUT->render_from_template('mod_palier/import_preview', $preview->export_for_template($OUTPUT));
} else {
    $form->display();
}
echo $OUTPUT->footer();
