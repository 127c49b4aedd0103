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
 * A file of a plan of action: what it would do, then the word to do it.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\form\import_form;
use local_palier\local\action_file;
use local_palier\local\action_import;
use local_palier\local\profiles;
use local_palier\output\actions_import_page;
use local_palier\output\places;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$draftid = optional_param('draft', 0, PARAM_INT);
$url = new moodle_url('/local/palier/importactions.php', ['contextid' => $context->id]);
$plan = new moodle_url('/local/palier/actions.php', ['contextid' => $context->id]);
$title = get_string('actions_import', 'local_palier');
places::open($context, 'local/palier:manageactions', $url, $title);

$form = new import_form($url, [
    'columns' => array_keys(action_file::COLUMNS),
    'bytes' => action_import::MOST_BYTES,
    'help' => 'actions_columns',
]);
if ($form->is_cancelled()) {
    redirect($plan);
}
if ($data = $form->get_data()) {
    $content = (string) $form->get_file_content('file');
    $draftid = (int) $data->file;
} else {
    $content = import_form::waiting($draftid);
}
$import = $content === null ? null : new action_import($content, $context);
if ($import && $import->actions && optional_param('apply', false, PARAM_BOOL)) {
    require_sesskey();
    $import->apply();
    redirect($plan, get_string('actions_imported', 'local_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
}
if ($import) {
    places::show($title, new actions_import_page($import, $url, $draftid));
} else {
    echo $OUTPUT->header(), $OUTPUT->heading($title);
    $form->display();
    echo $OUTPUT->footer();
}
