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
 * What learners did, in sentences, for their trainers.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

use core_reportbuilder\system_report_factory;
use mod_palier\event\statements_viewed;
use mod_palier\local\report\report_file;
use mod_palier\local\report\report_filters;
use mod_palier\local\report\visible_learners;
use mod_palier\local\xapi\destinations;
use mod_palier\local\xapi\outbox;
use mod_palier\local\xapi\outbox_status;
use mod_palier\output\report_filter_form;
use mod_palier\output\statement_detail;
use mod_palier\reportbuilder\local\entities\statement;
use mod_palier\reportbuilder\local\systemreports\competences;
use mod_palier\reportbuilder\local\systemreports\statements;

require_once(__DIR__ . '/../../config.php');

$id = required_param('id', PARAM_INT);
$statementid = optional_param('statement', 0, PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:viewreports', $cm->context);

$choices = array_filter([
    'person' => null,
    'group' => report_filter_form::groups($cm),
    'question' => null,
    'competence' => competences::scales($DB->get_field('palier', 'plan', ['id' => $cm->instance], MUST_EXIST)) ?: null,
    'verb' => statement::verbs(),
    'atmost' => null,
    'from' => null,
    'to' => null,
    'delivery' => destinations::any() ? statement::states() : null,
    'final' => null,
], fn($choice, $name) => !in_array($name, ['group', 'competence', 'delivery']) || $choice !== null, ARRAY_FILTER_USE_BOTH);
$filters = report_filters::from_request([...array_keys($choices), 'attempt', 'user', 'before']);
$page = new moodle_url('/mod/palier/statements.php', ['id' => $cm->id]);
$address = new moodle_url($page, $filters->values());

$PAGE->set_url($statementid ? new moodle_url($page, ['statement' => $statementid]) : $address);
$PAGE->set_title(format_string($cm->name) . moodle_page::TITLE_SEPARATOR . get_string('statements', 'mod_palier'));
$PAGE->set_heading(format_string($course->fullname));
$PAGE->activityheader->set_attrs(['description' => '', 'hidecompletion' => true]);
// Detail pages are reached from the list, which is in the menu.
navigation_node::override_active_url($page);

if (!$statementid && ($as = optional_param('as', '', PARAM_ALPHA))) {
    $file = new report_file($cm, statements::class, $filters->whole());
    match ($as) {
        'spreadsheet' => $file->send('csv', $file->write_spreadsheet(...)),
        'json' => $file->send('json', $file->write_statements(...)),
        default => throw new moodle_exception('invalidparameter', 'debug'),
    };
}
if ($statementid) {
    $row = $DB->get_record('palier_statement', ['id' => $statementid, 'palierid' => $cm->instance], '*', MUST_EXIST);
    if (!in_array($row->state, outbox::READABLE) || !visible_learners::may_read($cm->context, (int) $row->attemptid)) {
        throw new required_capability_exception($cm->context, 'mod/palier:viewreports', 'nopermissions', '');
    }
    $content = new statement_detail($row, fullname(core_user::get_user($row->userid)), $page);
    $other = ['statementid' => (int) $row->id];
} else {
    // A statement may tell another level than its attempt came to: the filter is about the attempt.
    $labels = ['atmost' => get_string('filter_attemptatmost', 'mod_palier')];
    $content = new report_filter_form($page, $filters->whole(), $choices, $labels);
    $other = ['filters' => $filters->values()];
}
statements_viewed::create(['context' => $cm->context, 'other' => $other])->trigger();

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string($statementid ? 'statement' : 'statements', 'mod_palier'), 2);
if (!$statementid) {
    $status = new outbox_status((int) $cm->instance);
    echo $OUTPUT->render_from_template('mod_palier/outbox_status', [
        'text' => $status->text(),
        'attention' => $status->needs_attention(),
    ]);
}
echo $OUTPUT->render($content);
if (!$statementid) {
    $report = system_report_factory::create(statements::class, $cm->context, 'mod_palier', 'statements', 0, $filters->values());
    $whole = new moodle_url($page, $filters->whole()->values());
    if ($filters->get('before') !== null || $report->earlier() !== null) {
        $ways = [];
        if ($filters->get('before') !== null) {
            $ways[] = html_writer::link($whole, get_string('latestattempts', 'mod_palier'));
        }
        if ($report->earlier() !== null) {
            $ways[] = html_writer::link(
                new moodle_url($whole, ['before' => $report->earlier()]),
                get_string('earlierattempts', 'mod_palier'),
            );
        }
        $said = get_string('attemptsatonce', 'mod_palier', statements::ATTEMPTS);
        echo html_writer::tag('p', $said . ' ' . implode(' · ', $ways), ['class' => 'text-muted']);
    }
    echo $report->page();
    $links = array_map(
        fn($as, $text) => html_writer::link(new moodle_url($whole, ['as' => $as]), get_string($text, 'mod_palier')),
        ['spreadsheet', 'json'],
        ['spreadsheet', 'statementsjson'],
    );
    echo html_writer::tag('p', implode('<br>', $links));
}
echo $OUTPUT->footer();
