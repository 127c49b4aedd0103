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

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use mod_palier\local\bank\question_filter;
use mod_palier\local\bank\question_search;
use mod_palier\local\calibration\calibration;
use mod_palier\local\calibration\choice;
use mod_palier\local\counted;
use mod_palier\local\engine\json_text;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\plain_name;
use moodle_url;
use stdClass;

/**
 * What a calibration proposes, and what it would change.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class calibration_page implements named_templatable, renderable {
    /** @var int questions on a page. */
    public const PERPAGE = 10;

    /** @var int characters of a question's text. */
    private const TEXT = 160;

    /** @var int questions that are named in a sentence. */
    private const NAMED = 20;

    /** @var array what the engine found of the whole. */
    private readonly array $outcome;

    /**
     * The page.
     *
     * @param stdClass $calibration row of palier_calibration
     * @param moodle_url $url this page
     * @param string $show one of calibration::SHOW
     * @param int $page from 0
     * @param bool $maydecide whether the user may accept and refuse
     */
    public function __construct(
        /** @var stdClass row of palier_calibration. */
        private readonly stdClass $calibration,
        /** @var moodle_url this page. */
        private readonly moodle_url $url,
        /** @var string which proposals are shown. */
        private readonly string $show,
        /** @var int from 0. */
        private readonly int $page,
        /** @var bool whether the user may accept and refuse. */
        private readonly bool $maydecide
    ) {
        $this->outcome = calibration::outcome($calibration);
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/calibration_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $row = $this->calibration;
        $done = $row->state === calibration::DONE;
        $counts = $done ? calibration::counts((int) $row->id) : [];
        $here = new moodle_url($this->url, ['show' => $this->show]);
        $rows = $done ? $this->rows() : [];
        $nothing = $done && !$counts['all'];
        return [
            'when' => userdate($row->timecreated, get_string('strftimedatetimeshort', 'core_langconfig')),
            'done' => $done && !$nothing,
            'failed' => $row->state === calibration::FAILED,
            'state' => get_string($nothing ? 'calibration_donenothing' : "calibration_{$row->state}", 'mod_palier'),
            'message' => $this->with_names((string) $row->message),
            'choice' => choice_words::lines(choice::read($row->choice)),
            'numbers' => $row->counts === null ? null : choice_words::numbers(json_text::decode($row->counts)),
            'scales' => array_map($this->scale(...), $this->outcome['scales'] ?? []),
            'effects' => $nothing ? null : $this->effects(),
            'times' => $nothing ? '' : self::times($this->outcome['times'] ?? null),
            'fairness' => $nothing ? null : fairness_words::of_all(
                $this->outcome['fairness'] ?? null,
                $this->outcome['scales'] ?? []
            ),
            'tabs' => array_map(fn($show) => [
                'url' => (new moodle_url($this->url, ['show' => $show]))->out(false),
                'text' => get_string("calibration_show$show", 'mod_palier', $counts[$show]),
                'active' => $show === $this->show,
            ], array_keys($counts)),
            'rows' => $rows,
            'hasrows' => (bool) $rows,
            'maydecide' => $this->maydecide && $rows,
            'maypromote' => $this->maydecide && $rows && $counts['promote'],
            'promoting' => $this->show === 'promote',
            'action' => (new moodle_url($here, ['page' => $this->page]))->out(false),
            'sesskey' => sesskey(),
            'statuses' => array_map(fn($status) => [
                'value' => $status,
                'text' => get_string("status_$status", 'mod_palier'),
            ], item_parameters::STATUSES),
            'paging' => $done ? $output->paging_bar($counts[$this->show], $this->page, self::PERPAGE, $here) : '',
            'backurl' => (new moodle_url('/mod/palier/calibrate.php', ['id' => $this->url->get_param('id')]))->out(false),
        ];
    }

    /**
     * What the engine says of a scale.
     *
     * @param array $scale of the call calibrate, without its items
     * @return array
     */
    private function scale(array $scale): array {
        $names = fn(array $items): string => implode(', ', array_map($this->name(...), array_slice($items, 0, self::NAMED)))
            . (count($items) > self::NAMED ? '… (' . counted::text('count_questions', count($items)) . ')' : '');
        $left = [];
        foreach ($scale['left_out'] as $item) {
            $left[$item['reason']][] = $item['item'];
        }
        $gradient = isset($scale['max_gradient']) ? sprintf('%.1e', $scale['max_gradient']) : '–';
        return [
            'name' => count($this->outcome['scales']) > 1 ? $scale['scale'] : '',
            'method' => $this->method($scale),
            'information' => information_plot::of($scale['information'] ?? null),
            'converged' => $scale['converged'],
            'said' => get_string($scale['converged'] ? 'calibration_maximum' : 'calibration_nomaximum', 'mod_palier', $gradient),
            'problems' => array_map($this->with_names(...), array_slice($scale['problems'], 0, self::NAMED)),
            'hasproblems' => (bool) $scale['problems'],
            'apart' => !empty($scale['apart']) ? get_string('calibration_apart', 'mod_palier', $names($scale['apart'])) : '',
            'leftout' => array_map(
                fn($reason) => get_string("calibration_left_$reason", 'mod_palier', $names($left[$reason])),
                array_keys($left)
            ),
        ];
    }

    /**
     * What the scale is, in words.
     *
     * @param array $scale of the call calibrate
     * @return string
     */
    private function method(array $scale): string {
        return match (true) {
            isset($scale['link']) => get_string('calibration_link', 'mod_palier', [
                'questions' => counted::text('count_questions', $scale['link']['common_items']),
                'method' => get_string('calibrate_link_' . choice::read($this->calibration->choice)->link, 'mod_palier'),
                'slope' => format_float($scale['link']['slope'], 2),
                'shift' => format_float($scale['link']['intercept'], 2),
            ]),
            isset($scale['method']) => get_string("calibration_method_{$scale['method']}", 'mod_palier'),
            default => '',
        };
    }

    /**
     * The name of a question, as it is in the engine's answer.
     *
     * @param string $item q and its entry
     * @return string plain text
     */
    private function name(string $item): string {
        global $DB;
        static $names = [];
        return $names[$item] ??= plain_name::of((string) ($DB->get_field_sql(
            'SELECT q.name FROM {question} q JOIN {question_versions} v ON v.questionid = q.id
              WHERE v.questionbankentryid = ? ORDER BY v.version DESC',
            [(int) substr($item, 1)],
            IGNORE_MULTIPLE
        ) ?: $item), \core\context\system::instance());
    }

    /**
     * What the engine says, with the names of the questions.
     *
     * @param string $said
     * @return string plain text
     */
    private function with_names(string $said): string {
        return preg_replace_callback("/'(q\d+)'/", fn($found) => "“{$this->name($found[1])}”", $said);
    }

    /**
     * Which results would change, and by how much.
     *
     * @return array|null null where nothing is known of it
     */
    private function effects(): ?array {
        $effects = $this->outcome['effects'] ?? null;
        if (!$effects) {
            return null;
        }
        $tests = [];
        foreach ($effects['tests'] as $palierid => $counts) {
            $cm = get_coursemodule_from_instance('palier', $palierid);
            $open = $cm && has_capability('mod/palier:viewreports', \context_module::instance($cm->id));
            $name = $open ? format_string($cm->name) : get_string('calibration_othertest', 'mod_palier');
            $moves = ['mean' => self::mean($counts), 'most' => self::move($counts['most'] ?? null)];
            $tests[] = ['name' => $name] + $moves + $counts + ['persons' => '–'];
        }
        return [
            'said' => counted::text('calibration_effects', $effects['results'], [
                'results' => $effects['results'],
                'moved' => $effects['up'] + $effects['down'],
                'beyond' => $effects['beyond'],
                'most' => format_float($effects['most'], 2),
            ]),
            'who' => empty($effects['results']) || !isset($effects['persons']) ? '' : get_string(
                'calibration_effectswho',
                'mod_palier',
                [
                    'persons' => counted::text('calibrate_count_persons', $effects['persons']),
                    'mean' => self::mean($effects),
                ]
            ),
            'more' => $effects['more'],
            'tests' => $tests,
            'hastests' => (bool) $tests,
        ];
    }

    /**
     * How far results move on average.
     *
     * @param array $counts of effects::of_results(); of calibrations before there were means they are unknown
     * @return string
     */
    private static function mean(array $counts): string {
        return self::move(isset($counts['moved']) && $counts['results'] ? $counts['moved'] / $counts['results'] : null);
    }

    /**
     * A number of logits.
     *
     * @param float|null $by
     * @return string
     */
    private static function move(?float $by): string {
        return $by === null ? '–' : format_float($by, 2);
    }

    /**
     * The proposals of the page.
     *
     * @return array[]
     */
    private function rows(): array {
        global $DB;
        $items = calibration::items(
            (int) $this->calibration->id,
            $this->show,
            $this->page * self::PERPAGE,
            self::PERPAGE
        );
        $questions = (new question_search(question_filter::load((int) $this->calibration->palierid)))
            ->of_entries(array_column($items, 'questionbankentryid'));
        $texts = $DB->get_records_list(
            'question',
            'id',
            array_column($questions, 'questionid') ?: [0],
            '',
            'id, questiontext, questiontextformat'
        );
        return array_map(function ($item) use ($questions, $texts) {
            $question = $questions[$item->questionbankentryid] ?? null;
            return $this->row($item, $question, $question ? $texts[$question->questionid] : null);
        }, array_values($items));
    }

    /**
     * One proposal.
     *
     * @param stdClass $item row of palier_calibration_item
     * @param stdClass|null $question null where it is not of this test any more
     * @param stdClass|null $text the question's text
     * @return array
     */
    private function row(stdClass $item, ?stdClass $question, ?stdClass $text): array {
        $found = json_text::decode($item->found);
        $number = fn($value, $decimals = 2) => $value === null ? '–' : format_float((float) $value, $decimals);
        $curve = new item_curve($found);
        $moved = $this->outcome['effects']['items'][$item->questionbankentryid] ?? null;
        $name = $question ? format_string($question->name, true, ['context' => $question->contextid])
            : s($this->name("q{$item->questionbankentryid}"));
        return [
            'id' => $item->id,
            'name' => $name,
            'text' => $text ? self::text($text) : '',
            'reasons' => array_map(fn($reason) => get_string("calibration_reason_$reason", 'mod_palier'), $found['reasons']),
            'hasreasons' => (bool) $found['reasons'],
            'answers' => (int) $found['answers'],
            'mean' => get_string('percents', 'moodle', (int) round(100 * $found['mean'])),
            'present' => self::parameters($found['present'], $number),
            'proposed' => $item->proposed ? self::parameters($found['proposed'], $number)
                : [get_string(!empty($found['anchor']) ? 'calibration_stays' : 'calibration_notusable', 'mod_palier')],
            'fit' => array_values(array_filter([
                get_string('calibration_infit', 'mod_palier', [
                    'infit' => $number($found['fit']['infit']), 'outfit' => $number($found['fit']['outfit']),
                ]),
                isset($found['fit']['s_x2']) ? get_string('calibration_sx2', 'mod_palier', [
                    'chi' => $number($found['fit']['s_x2']['chi_square'], 1),
                    'df' => (int) $found['fit']['s_x2']['degrees'],
                    'p' => $number($found['fit']['s_x2']['p'], 3),
                ]) : '',
                ...self::drift($found, $number),
                isset($found['time']) ? get_string('calibration_time', 'mod_palier', [
                    'seconds' => (int) round($found['time']['median']),
                    'rapid' => get_string('percents', 'moodle', (int) round(100 * $found['time']['rapid'])),
                    'threshold' => $number($found['time']['threshold'], 1),
                ]) : '',
            ])),
            'groups' => fairness_words::of_item($found['groups'] ?? [], $this->outcome['fairness']['compared'] ?? []),
            'moved' => $moved ? counted::text('calibration_moved', $moved['results'], [
                'results' => $moved['results'], 'most' => $number($moved['most']), 'beyond' => $moved['beyond'],
            ]) : '',
            'decision' => $item->decision === null ? '' : get_string("calibration_$item->decision", 'mod_palier'),
            'maychoose' => $this->maydecide && $item->proposed && $question && item_parameters::may_edit($question),
            'curve' => $curve->svg(),
            'points' => $curve->points(),
        ];
    }

    /**
     * How long questions take.
     *
     * @param array|null $times of measured_times::outcome()
     * @return string
     */
    private static function times(?array $times): string {
        return $times === null ? '' : counted::text('calibration_times', $times['questions'], [
            'questions' => $times['questions'],
            'seconds' => (int) round($times['seconds']),
            'rapid' => format_float(100 * $times['rapid'], 1),
        ]);
    }

    /**
     * How far the answers are from the parameters that stay, and the latest answers from those before.
     *
     * @param array $found an item of the call calibrate
     * @param \Closure $number
     * @return string[]
     */
    private static function drift(array $found, \Closure $number): array {
        $lines = [];
        if ($all = $found['drift']['all'] ?? null) {
            $lines[] = get_string('calibration_shift', 'mod_palier', [
                'shift' => ($all['shift'] > 0 ? '+' : '') . $number($all['shift']), 'error' => $number($all['se']),
            ]);
        }
        if (in_array('eased', $found['reasons'])) {
            ['before' => $before, 'latest' => $latest] = $found['drift'];
            $lines[] = get_string('calibration_latest', 'mod_palier', [
                'answers' => (int) $latest['answers'], 'shift' => $number($latest['shift'] - $before['shift']),
            ]);
        }
        return $lines;
    }

    /**
     * The beginning of a question's text.
     *
     * @param stdClass $question
     * @return string plain text
     */
    private static function text(stdClass $question): string {
        return shorten_text(\question_utils::to_plain_text($question->questiontext, $question->questiontextformat), self::TEXT);
    }

    /**
     * Parameters, a line each.
     *
     * @param array|null $item as the engine has it
     * @param \Closure $number
     * @return string[]
     */
    private static function parameters(?array $item, \Closure $number): array {
        $lines = [];
        foreach ($item ?? [] as $name => $value) {
            if ($name !== 'model' && !str_starts_with($name, 'se_')) {
                $error = isset($item["se_$name"]) ? " ± {$number($item["se_$name"])}" : '';
                // A number is not parted from what it is.
                $lines[] = str_replace(' ', "\u{a0}", "$name = {$number($value)}$error");
            }
        }
        return $lines ?: ['–'];
    }
}
