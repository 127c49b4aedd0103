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
 * What comes next, by level: written by the teacher, shown to learners below their result.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use core\url;
use mod_palier\form\next_steps_form;
use mod_palier\local\test\level_descriptions;
use mod_palier\local\test\next_steps;
use mod_palier\local\test\plan_text;

$id = required_param('id', PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
$context = context_module::instance($cm->id);
require_capability('moodle/course:manageactivities', $context);

$url = new url('/mod/palier/nextsteps.php', ['id' => $cm->id]);
$PAGE->set_url($url);
$PAGE->set_title(get_string('nextsteps', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading(format_string($course->fullname));
$PAGE->add_body_class('limitedwidth');
$PAGE->activityheader->disable();

$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
$plan = json_decode($palier->plan, true);
$steps = new next_steps((int) $palier->id);
$all = $steps->all();
$activities = array_map(
    fn($other) => $other->get_formatted_name(),
    array_filter($cm->get_modinfo()->get_cms(), fn($other) => $other->url && $other->id != $cm->id && !$other->deletioninprogress)
);
$form = new next_steps_form($url->out(false), [
    'cmid' => $cm->id,
    'levels' => plan_text::all_levels($plan),
    'scales' => next_steps::scales($plan, $all),
    'count' => count($all),
    'activities' => $activities,
    'people' => next_steps::people($context),
]);
$form->set_data(next_steps_form::fields($all, $plan['levels'] ?? []));
if ($form->is_cancelled()) {
    redirect($cm->url);
}
if ($data = $form->get_data()) {
    $steps->save($form->steps());
    level_descriptions::save($palier, (array) ($data->description ?? []));
    redirect($url, get_string('changessaved'), null, \core\output\notification::NOTIFY_SUCCESS);
}
echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('nextsteps', 'mod_palier'));
$form->display();
echo $OUTPUT->footer();
