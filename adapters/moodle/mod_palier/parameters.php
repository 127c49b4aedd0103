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
 * Parameters of an activity's questions, for the bank's keeper.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;
use mod_palier\local\bank\question_search;
use mod_palier\local\counted;
use mod_palier\local\parameters\parameter_actions;
use mod_palier\local\parameters\parameter_export;
use mod_palier\local\test\last_check;
use mod_palier\output\parameters_page;

$id = required_param('id', PARAM_INT);
$show = optional_param('show', 'all', PARAM_ALPHA);
$search = trim(optional_param('q', '', PARAM_TEXT));
$page = max(0, optional_param('page', 0, PARAM_INT));
$export = optional_param('export', '', PARAM_ALPHA);
$do = optional_param('do', '', PARAM_ALPHA);
$level = optional_param('atlevel', '', PARAM_ALPHANUM);
$level = ctype_digit($level) ? (int) $level : null;
$qtype = optional_param('qtype', '', PARAM_PLUGIN);
$show = in_array($show, question_search::SHOW) ? $show : 'all';

[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
$context = context_module::instance($cm->id);
require_capability('mod/palier:manageparameters', $context);

$narrowed = ($level === null ? [] : ['atlevel' => $level]) + ($qtype === '' ? [] : ['qtype' => $qtype]);
$url = new moodle_url('/mod/palier/parameters.php', ['id' => $cm->id] + $narrowed);
$PAGE->set_url($url);
$PAGE->set_title(get_string('parameters', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading($course->fullname);
$PAGE->set_pagelayout('report');
$PAGE->activityheader->disable();

$questions = new question_search(question_filter::load((int) $cm->instance), $level, $qtype);

if ($export !== '') {
    $all = bank_builder::for_instance((int) $cm->instance, $context)->questions();
    $text = parameter_export::csv($all, $export === 'spreadsheet');
    send_file($text, clean_filename($cm->name . '-parameters.csv'), 0, 0, true, true, 'text/csv');
}

if ($do !== '') {
    require_sesskey();
    $entries = optional_param_array('entries', [], PARAM_INT);
    if (optional_param('whole', false, PARAM_BOOL)) {
        $entries = $questions->entries($show, $search);
    }
    $changed = (new parameter_actions($questions->of_entries($entries), $context))->run(
        $do,
        $entries,
        optional_param('level', 0, PARAM_INT)
    );
    last_check::forget($DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST));
    redirect(
        new moodle_url($url, ['show' => $show, 'q' => $search, 'page' => $page]),
        counted::text('parameters_changed', $changed),
        null,
        $changed ? \core\output\notification::NOTIFY_SUCCESS : \core\output\notification::NOTIFY_INFO
    );
}

$renderable = new parameters_page($questions, $url, $show, $search, $page, has_capability('mod/palier:calibrate', $context));
echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('parameters', 'mod_palier'));
echo $OUTPUT->render_from_template('mod_palier/parameters_page', $renderable->export_for_template($OUTPUT));
echo $OUTPUT->footer();
