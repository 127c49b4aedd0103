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
 * The levels of an activity's questions, in one table.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\local\bank\question_filter;
use mod_palier\local\bank\question_search;
use mod_palier\local\counted;
use mod_palier\local\parameters\level_table;
use mod_palier\local\parameters\parameter_actions;
use mod_palier\local\test\last_check;
use mod_palier\output\levels_page;

$id = required_param('id', PARAM_INT);
$missing = optional_param('show', 'all', PARAM_ALPHA) === 'missing';
$page = max(0, optional_param('page', 0, PARAM_INT));
$save = optional_param('save', false, PARAM_BOOL);

[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
$context = context_module::instance($cm->id);
require_capability('mod/palier:manageparameters', $context);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);

$base = new moodle_url('/mod/palier/levels.php', ['id' => $cm->id]);
$url = new moodle_url($base, $missing ? ['show' => 'missing'] : []);
$PAGE->set_url($url);
$PAGE->set_title(get_string('levels', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading($course->fullname);
$PAGE->activityheader->disable();
navigation_node::override_active_url($base);

$search = new question_search(question_filter::load((int) $cm->instance));
$sent = [];
if ($save) {
    require_sesskey();
    $order = array_map('intval', explode(',', required_param('order', PARAM_SEQUENCE)));
    $table = new level_table($search->of_entries($order));
    $typed = optional_param_array('lines', [], PARAM_TEXT);
    $posted = optional_param_array('level', [], PARAM_ALPHANUM);
    $choices = $table->read($order, $posted, $typed);
    if (!$table->errors) {
        $changed = $table->save($choices);
        parameter_actions::log($context, $changed);
        last_check::forget($palier);
        redirect(
            new moodle_url('/mod/palier/view.php', ['id' => $cm->id]),
            counted::text('parameters_changed', $changed),
            null,
            $changed ? \core\output\notification::NOTIFY_SUCCESS : \core\output\notification::NOTIFY_INFO
        );
    }
    $sent = ['choices' => $posted, 'lines' => $typed, 'errors' => $table->errors];
}

$renderable = new levels_page($search, $url, $missing, $page, $sent);
echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('levels', 'mod_palier'));
echo $OUTPUT->render_from_template('mod_palier/levels_page', $renderable->export_for_template($OUTPUT));
echo $OUTPUT->footer();
