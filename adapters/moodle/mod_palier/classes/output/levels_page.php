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
use mod_palier\local\counted;
use mod_palier\local\parameters\expert_levels;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\parameters\level_suggestions;
use mod_palier\local\parameters\level_table;
use mod_palier\local\test\plan_builder;
use mod_palier\local\test\plan_text;
use moodle_url;
use renderable;
use renderer_base;
use stdClass;
use templatable;

/**
 * The levels of an activity's questions in one table.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class levels_page implements renderable, templatable {
    /** @var int questions on a page. */
    public const PERPAGE = 200;

    /** @var int questions that are put in order by their names as people count. */
    private const MAXSORTED = 2000;

    /**
     * Constructor.
     *
     * @param question_search $questions those of the activity
     * @param moodle_url $url this page, with what it shows
     * @param bool $missing whether only those without a level are shown
     * @param int $page from 0
     * @param array $sent what was sent and not saved: choices, lines and errors
     */
    public function __construct(
        /** @var question_search those of the activity. */
        private readonly question_search $questions,
        /** @var moodle_url this page. */
        private readonly moodle_url $url,
        /** @var bool whether only those without a level are shown. */
        private readonly bool $missing = false,
        /** @var int from 0. */
        private readonly int $page = 0,
        /** @var array what was sent and not saved. */
        private readonly array $sent = []
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $counts = $this->questions->counts($this->missing ? 'missing' : 'all');
        $rows = $this->rows($counts['found']);
        $suggested = level_suggestions::of(array_filter(
            $rows,
            fn($question) => $question->paramid === null && gradable::is_gradable($question->qtype)
        ));
        $number = 0;
        $data = [];
        foreach ($rows as $question) {
            $data[] = $this->row($question, ++$number, $suggested[$question->entryid] ?? null);
        }
        $count = count($suggested);
        return [
            'action' => $this->url->out(false),
            'sesskey' => sesskey(),
            'order' => implode(',', array_keys($rows)),
            'errors' => $this->sent['errors'] ?? [],
            'suggested' => $count
                ? counted::text('levels_suggested', $count) : '',
            'rows' => $data,
            'hasrows' => (bool) $data,
            'cansave' => (bool) array_filter(array_column($data, 'options')),
            'levels' => array_map($this->level(...), array_keys(expert_levels::DIFFICULTIES)),
            'tabs' => $this->tabs($counts['all'], $counts['missing']),
            'ungradable' => $this->ungradable(array_filter($rows, fn($question) => !gradable::is_gradable($question->qtype))),
            'keeperurl' => (new moodle_url('/mod/palier/parameters.php', ['id' => $this->url->get_param('id')]))->out(false),
            'paging' => $output->paging_bar($counts['found'], $this->page, self::PERPAGE, $this->url),
        ];
    }

    /**
     * The questions of this page: in the order in which people count, unless there are too many to put in order here.
     *
     * @param int $found
     * @return stdClass[] by question bank entry
     */
    private function rows(int $found): array {
        $show = $this->missing ? 'missing' : 'all';
        $from = $this->page * self::PERPAGE;
        if ($found > self::MAXSORTED) {
            return $this->questions->page($show, '', $from, self::PERPAGE, 'qbe.questioncategoryid, q.name, qbe.id');
        }
        return array_slice((new level_table($this->questions->page($show, '')))->rows(), $from, self::PERPAGE, true);
    }

    /**
     * Which questions are shown.
     *
     * @param int $all
     * @param int $without
     * @return array[]
     */
    private function tabs(int $all, int $without): array {
        $tab = fn(string $show, int $count, bool $active): array => [
            'url' => (new moodle_url($this->url, ['show' => $show]))->out(false),
            'text' => get_string("levels_show$show", 'mod_palier', $count),
            'active' => $active,
        ];
        return [$tab('all', $all, !$this->missing), $tab('missing', $without, $this->missing)];
    }

    /**
     * A level with what it means.
     *
     * @param int $level
     * @return array
     */
    private function level(int $level): array {
        return [
            'level' => $level,
            'name' => self::name($level),
            'means' => get_string("levelmeans_$level", 'mod_palier'),
            'lines' => $this->sent['lines'][$level] ?? '',
        ];
    }

    /**
     * The name of a level.
     *
     * @param int $level
     * @return string
     */
    private static function name(int $level): string {
        return plan_text::level($level, plan_builder::crcn()['names'][$level]);
    }

    /**
     * The types that the machine cannot grade, with their reason.
     *
     * @param stdClass[] $questions
     * @return string[]
     */
    private function ungradable(array $questions): array {
        $counts = array_count_values(array_map(fn($question) => gradable::reason($question->qtype), $questions));
        return array_map(
            fn($reason, $count) => counted::text('ungradable', $count, [
                'count' => $count,
                'reason' => $reason,
            ]),
            array_keys($counts),
            $counts
        );
    }

    /**
     * One row.
     *
     * @param stdClass $question
     * @param int $number
     * @param array|null $suggested
     * @return array
     */
    private function row(stdClass $question, int $number, ?array $suggested): array {
        $context = \context::instance_by_id($question->contextid);
        $now = level_table::now($question);
        $choice = $this->sent['choices'][$question->entryid]
            ?? ($now === '' && $suggested ? (string) $suggested['level'] : $now);
        $previewid = $context instanceof \context_module ? ['cmid' => $context->instanceid]
            : ['courseid' => $context instanceof \context_course ? $context->instanceid : SITEID];
        $may = item_parameters::may_edit($question);
        return [
            'number' => $number,
            'entryid' => $question->entryid,
            'name' => format_string($question->name, true, ['context' => $context]),
            'qtype' => \question_bank::get_qtype_name($question->qtype),
            'previewurl' => $may ? (new moodle_url(
                '/question/bank/previewquestion/preview.php',
                ['id' => $question->questionid] + $previewid
            ))->out(false) : '',
            'reason' => gradable::reason($question->qtype)
                ?: ($may ? '' : get_string('levels_maynot', 'mod_palier')),
            'options' => level_table::may_choose($question) ? $this->options($question, $choice) : [],
            'choosable' => level_table::may_choose($question),
            'from' => $suggested && $now === ''
                ? get_string("levels_from{$suggested['from']}", 'mod_palier', $suggested['name']) : '',
            'now' => match (true) {
                $now === level_table::ASIDE => get_string('status_retired', 'mod_palier'),
                $now !== '' => self::name((int) $now),
                item_parameters::known($question) => get_string('levels_ownparameters', 'mod_palier'),
                default => '–',
            },
        ];
    }

    /**
     * The choices of a row.
     *
     * @param stdClass $question
     * @param string $choice the one that is chosen
     * @return array[]
     */
    private function options(stdClass $question, string $choice): array {
        $options = [];
        if (level_table::now($question) === '') {
            $options[''] = get_string(item_parameters::known($question) ? 'levels_ownparameters' : 'levels_notyet', 'mod_palier');
        }
        foreach (array_keys(expert_levels::DIFFICULTIES) as $level) {
            $options[$level] = self::name($level);
        }
        $options[level_table::ASIDE] = get_string('levels_aside', 'mod_palier');
        return array_map(
            fn($value, $text) => ['value' => $value, 'text' => $text, 'selected' => (string) $value === $choice],
            array_keys($options),
            $options
        );
    }
}
