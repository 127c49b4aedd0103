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

namespace mod_palier\output;

use mod_palier\local\bank\gradable;
use mod_palier\local\bank\question_search;
use mod_palier\local\calibration\measured_times;
use mod_palier\local\parameters\expert_levels;
use mod_palier\local\parameters\item_parameters;
use moodle_url;
use renderable;
use renderer_base;
use stdClass;
use templatable;

/**
 * The questions of an activity with their parameters, for the bank's keeper.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class parameters_page implements renderable, templatable {
    /** @var int questions on a page. */
    public const PERPAGE = 50;

    /** @var float[] median times that calibrations found, by question bank entry. */
    private array $seconds = [];

    /**
     * Constructor.
     *
     * @param question_search $questions those of the activity
     * @param moodle_url $url this page
     * @param string $show one of question_search::SHOW
     * @param string $search part of a name or an id
     * @param int $page from 0
     * @param bool $maycalibrate whether the user may calibrate
     */
    public function __construct(
        /** @var question_search those of the activity. */
        private readonly question_search $questions,
        /** @var moodle_url this page. */
        private readonly moodle_url $url,
        /** @var string which questions are shown. */
        private readonly string $show = 'all',
        /** @var string part of a name or an id. */
        private readonly string $search = '',
        /** @var int from 0. */
        private readonly int $page = 0,
        /** @var bool whether the user may calibrate. */
        private readonly bool $maycalibrate = false
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $counts = $this->questions->counts($this->show, $this->search);
        $shown = $this->questions->page($this->show, $this->search, $this->page * self::PERPAGE, self::PERPAGE);
        $this->seconds = measured_times::medians(array_column($shown, 'entryid'));
        $rows = array_map($this->row(...), array_values($shown));
        $levels = [];
        foreach (array_keys(expert_levels::DIFFICULTIES) as $level) {
            $levels[] = ['value' => $level, 'text' => get_string('levelnumber', 'mod_palier', $level)];
        }
        return [
            'action' => (new moodle_url($this->url, ['show' => $this->show, 'q' => $this->search, 'page' => $this->page]))
                ->out(false),
            'path' => $this->url->out_omit_querystring(),
            'id' => $this->url->get_param('id'),
            'show' => $this->show,
            'search' => $this->search,
            'sesskey' => sesskey(),
            'atlevels' => array_map(
                fn($level) => $level + ['selected' => $level['value'] === $this->questions->level],
                $levels
            ),
            'qtypes' => $this->types(),
            'tabs' => array_map(fn($show) => [
                'url' => (new moodle_url($this->url, ['show' => $show]))->out(false),
                'text' => get_string('parameters_show' . $show, 'mod_palier', $counts[$show]),
                'active' => $show === $this->show,
            ], question_search::SHOW),
            'rows' => $rows,
            'hasrows' => (bool) $rows,
            'canchange' => (bool) array_filter(array_column($rows, 'mayedit')),
            'levels' => $levels,
            'exporturl' => (new moodle_url($this->url, ['export' => 'csv']))->out(false),
            'spreadsheeturl' => (new moodle_url($this->url, ['export' => 'spreadsheet']))->out(false),
            'calibrateurl' => $this->maycalibrate
                ? (new moodle_url('/mod/palier/calibrate.php', ['id' => $this->url->get_param('id')]))->out(false) : '',
            'importurl' => (new moodle_url('/mod/palier/import.php', ['id' => $this->url->get_param('id')]))->out(false),
            'paging' => $output->paging_bar($counts['found'], $this->page, self::PERPAGE, new moodle_url(
                $this->url,
                ['show' => $this->show, 'q' => $this->search]
            )),
        ];
    }

    /**
     * The question types to choose from.
     *
     * @return array[]
     */
    private function types(): array {
        $types = [];
        foreach (\question_bank::get_all_qtypes() as $name => $type) {
            if (gradable::is_gradable($name)) {
                $types[] = ['value' => $name, 'text' => $type->local_name(), 'selected' => $name === $this->questions->qtype];
            }
        }
        \core_collator::asort_array_of_arrays_by_key($types, 'text');
        return array_values($types);
    }

    /**
     * One row.
     *
     * @param stdClass $question
     * @return array
     */
    private function row(stdClass $question): array {
        $number = fn($value) => $value === null ? '–' : format_float((float) $value, 2);
        $steps = array_filter(
            item_parameters::steps($question),
            fn($name) => str_starts_with($name, 'b'),
            ARRAY_FILTER_USE_KEY
        );
        $flags = [];
        if ($question->paramid === null) {
            $flags[] = ['text' => get_string('flag_missing', 'mod_palier'), 'class' => 'badge-warning bg-warning text-dark'];
        }
        if ($question->idnumber !== null && trim($question->idnumber) !== '' && trim($question->idnumber) !== $question->item) {
            $flags[] = ['text' => get_string('flag_idnumber', 'mod_palier'), 'class' => 'badge-warning bg-warning text-dark'];
        }
        if ($question->status === 'retired') {
            $flags[] = ['text' => get_string('status_retired', 'mod_palier'), 'class' => 'badge-secondary bg-secondary text-dark'];
        }
        $context = \context::instance_by_id($question->contextid);
        $mayedit = item_parameters::may_edit($question);
        $previewid = $context instanceof \context_module ? ['cmid' => $context->instanceid]
            : ['courseid' => $context instanceof \context_course ? $context->instanceid : SITEID];
        return [
            'entryid' => $question->entryid,
            'name' => format_string($question->name, true, ['context' => $context]),
            'item' => $question->item,
            'previewurl' => $mayedit ? (new moodle_url(
                '/question/bank/previewquestion/preview.php',
                ['id' => $question->questionid] + $previewid
            ))->out(false) : '',
            'qtype' => \question_bank::get_qtype_name($question->qtype),
            'seconds' => isset($this->seconds[$question->entryid])
                ? get_string('numseconds', 'moodle', (int) round($this->seconds[$question->entryid])) : '',
            'level' => $question->level ?? '–',
            'a' => $number($question->model === 'rasch' && $question->b !== null ? 1 : $question->a),
            'b' => $question->b === null && $steps ? implode(' · ', array_map($number, $steps)) : $number($question->b),
            'c' => $number($question->c),
            'seb' => $number($question->seb),
            'status' => $question->status === null ? '–' : get_string('status_' . $question->status, 'mod_palier'),
            'source' => $question->source === null ? '' : get_string('source_' . $question->source, 'mod_palier'),
            'flags' => $flags,
            'mayedit' => $mayedit,
            'historyurl' => (new moodle_url('/mod/palier/history.php', [
                'id' => $this->url->get_param('id'),
                'entry' => $question->entryid,
            ]))->out(false),
        ];
    }
}
