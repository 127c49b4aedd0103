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
 * What is other for people and groups: listed, added, changed, deleted.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\form\override_form;
use mod_palier\local\test\override_store;
use mod_palier\output\overrides_page;

$id = required_param('id', PARAM_INT);
$edit = optional_param('edit', -1, PARAM_INT);
$delete = optional_param('delete', 0, PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:manageoverrides', $cm->context);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
$store = new override_store($palier, $cm);

$url = new moodle_url('/mod/palier/overrides.php', ['id' => $cm->id]);
$PAGE->set_url($url);
$PAGE->set_title(get_string('overrides', 'mod_palier') . moodle_page::TITLE_SEPARATOR . format_string($cm->name));
$PAGE->set_heading(format_string($course->fullname));
$PAGE->activityheader->disable();
navigation_node::override_active_url($url);

if ($delete) {
    require_sesskey();
    $store->delete($delete);
    redirect($url, get_string('overridedeleted', 'mod_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
}
$form = null;
if ($edit >= 0) {
    $form = new override_form($url, ['store' => $store]);
    if ($form->is_cancelled()) {
        redirect($url);
    }
    if ($row = $form->row()) {
        $store->save($row, $edit);
        redirect($url, get_string('overridesaved', 'mod_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
    }
    $row = $store->all()[$edit] ?? null;
    $form->set_data(['id' => $cm->id, 'edit' => $edit] + ($row ? [
        'who' => $row->userid !== null ? "u{$row->userid}" : "g{$row->groupid}",
    ] + (array) $row : []));
    $form->set_data(['id' => $cm->id]);
}

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('overrides', 'mod_palier'), 2);
if ($form) {
    $form->display();
} else {
    echo $OUTPUT->render(new overrides_page($store, $url));
}
echo $OUTPUT->footer();
