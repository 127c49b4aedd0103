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
 * The results of the learners that a trainer may see.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

use core_reportbuilder\system_report_factory;
use mod_palier\event\report_viewed;
use mod_palier\local\report\report_filters;
use mod_palier\local\report\report_file;
use mod_palier\output\report_filter_form;
use mod_palier\output\report_summary;
use mod_palier\reportbuilder\local\entities\attempt;
use mod_palier\reportbuilder\local\systemreports\attempts;
use mod_palier\reportbuilder\local\systemreports\competences;

require_once(__DIR__ . '/../../config.php');

$id = required_param('id', PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:viewreports', $cm->context);

$competences = competences::choices($DB->get_field('palier', 'plan', ['id' => $cm->instance], MUST_EXIST));
$choices = [
    'person' => null,
    'group' => report_filter_form::groups($cm),
    'progress' => attempt::states(),
    'atmost' => null,
    'from' => null,
    'to' => null,
] + ($competences ? ['competence' => $competences, 'below' => null, 'surely' => null] : []);
if ($choices['group'] === null) {
    unset($choices['group']);
}
$filters = report_filters::from_request([...array_keys($choices), 'user']);
$page = new moodle_url('/mod/palier/report.php', ['id' => $cm->id]);

$PAGE->set_url(new moodle_url($page, $filters->values()));
$PAGE->set_title(format_string($cm->name) . moodle_page::TITLE_SEPARATOR . get_string('report', 'mod_palier'));
$PAGE->set_heading(format_string($course->fullname));
$PAGE->activityheader->set_attrs(['description' => '', 'hidecompletion' => true]);
navigation_node::override_active_url($page);

// Of a map a competence may be looked at; below a level is always below it in a competence.
$bycompetence = $competences && ($filters->get('competence') !== null || $filters->get('below') !== null);
$report = $bycompetence ? competences::class : attempts::class;
if (optional_param('spreadsheet', false, PARAM_BOOL)) {
    $file = new report_file($cm, $report, $filters);
    $file->send('csv', $file->write_spreadsheet(...));
}
report_viewed::create(['context' => $cm->context, 'other' => ['filters' => $filters->values()]])->trigger();

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('report', 'mod_palier'), 2);
echo $OUTPUT->render(new report_summary($cm, (int) $filters->get('group')));
echo $OUTPUT->render(new report_filter_form($page, $filters, $choices));
$area = $bycompetence ? 'competences' : 'attempts';
echo system_report_factory::create($report, $cm->context, 'mod_palier', $area, 0, $filters->values())->page();
echo html_writer::tag('p', html_writer::link(
    new moodle_url($page, $filters->values() + ['spreadsheet' => 1]),
    get_string('spreadsheet', 'mod_palier')
));
echo $OUTPUT->footer();
