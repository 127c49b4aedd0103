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
 * What a teacher says of the competences of a map.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use core\url;
use mod_palier\form\map_form;
use mod_palier\local\scales\map_plan;
use mod_palier\local\test\derived_test;
use mod_palier\local\test\map_settings;

$id = required_param('id', PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
$context = context_module::instance($cm->id);
require_capability('moodle/course:manageactivities', $context);

$url = new url('/mod/palier/map.php', ['id' => $cm->id]);
$PAGE->set_url($url);
$PAGE->set_title(get_string('mapsettings', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading(format_string($course->fullname));
$PAGE->add_body_class('limitedwidth');
$PAGE->activityheader->disable();

$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
$palier->cmidnumber = $cm->idnumber;
if (!map_plan::is(json_decode($palier->plan, true) ?: [])) {
    redirect($cm->url, get_string('mapsettings_nomap', 'mod_palier'), null, \core\output\notification::NOTIFY_INFO);
}
$settings = new map_settings($palier);
$form = new map_form($url->out(false), ['cmid' => $cm->id, 'settings' => $settings] + $settings->choices());
$form->set_data($settings->fields());
if ($form->is_cancelled()) {
    redirect($cm->url);
}
if ($data = $form->get_data()) {
    $settings->save($data);
    redirect($url, get_string('changessaved'), null, \core\output\notification::NOTIFY_SUCCESS);
}
$told = $form->told();
$PAGE->requires->js_call_amd('mod_palier/look', 'init');
echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('mapsettings', 'mod_palier'));
echo $OUTPUT->render_from_template('mod_palier/look', [
    'told' => $told ? derived_test::summary($told) : '',
    'problems' => array_column($told->problems ?? [], 'message'),
    'warnings' => array_column($told->warnings ?? [], 'message'),
]);
$form->display();
echo $OUTPUT->footer();
