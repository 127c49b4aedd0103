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
 * Which answers a calibration is to be made of: the choice and what it gives are shown before anything is computed.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\form\calibrate_form;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;
use mod_palier\local\bank\question_search;
use mod_palier\local\calibration\calibration;
use mod_palier\local\calibration\choice;
use mod_palier\local\calibration\collection;
use mod_palier\local\calibration\sources;
use mod_palier\output\calibrate_page;

$id = required_param('id', PARAM_INT);
$start = optional_param('start', false, PARAM_BOOL);

[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
$context = context_module::instance($cm->id);
require_capability('mod/palier:calibrate', $context);

$url = new moodle_url('/mod/palier/calibrate.php', ['id' => $cm->id]);
$PAGE->set_url($url);
$PAGE->set_title(get_string('calibrate', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading($course->fullname);
$PAGE->set_pagelayout('report');
$PAGE->activityheader->disable();
navigation_node::override_active_url(new moodle_url('/mod/palier/parameters.php', ['id' => $cm->id]));

$categories = calibrate_page::categories((new question_search(question_filter::load((int) $cm->instance)))->categories());
$form = new calibrate_form($url, ['cmid' => $cm->id, 'courses' => sources::courses(), 'categories' => $categories]);
$former = calibration::all((int) $cm->instance);
$form->set_data((choice::of_last($former) ?? new choice(['courses' => [$course->id]]))->values());

$choice = $collection = null;
if ($start) {
    require_sesskey();
    $made = calibration::start((int) $cm->instance, choice::read(required_param('choice', PARAM_RAW)));
    redirect(
        $made ? new moodle_url('/mod/palier/calibration.php', ['id' => $cm->id, 'calibration' => $made]) : $url,
        get_string($made ? 'calibration_waiting' : 'calibrate_onlyone', 'mod_palier'),
        null,
        $made ? \core\output\notification::NOTIFY_SUCCESS : \core\output\notification::NOTIFY_INFO
    );
}
if ($data = $form->get_data()) {
    $choice = new choice((array) $data);
    core_php_time_limit::raise(300);
    raise_memory_limit(MEMORY_EXTRA);
    $collection = new collection($choice, bank_builder::for_instance((int) $cm->instance, $context)->questions());
}

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('calibrate', 'mod_palier'));
echo $OUTPUT->render(new calibrate_page($url, $former, $choice, $collection, $form->render()));
echo $OUTPUT->footer();
