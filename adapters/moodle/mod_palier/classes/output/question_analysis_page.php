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
use mod_palier\local\counted;
use moodle_url;
use stdClass;

/**
 * What became of each question, as a table; the answers to one of them below its line.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class question_analysis_page implements named_templatable, renderable {
    /** @var int questions that are shown at most: those that need a look come first. */
    private const MAXLINES = 500;

    /**
     * The page.
     *
     * @param moodle_url $url this page
     * @param stdClass[] $lines of question_analysis::of()
     * @param array[] $answers of question_analysis::answers(), by question bank entry
     * @param bool $mayrescore whether to offer to mark answers anew
     */
    public function __construct(
        /** @var moodle_url this page. */
        private readonly moodle_url $url,
        /** @var stdClass[] of question_analysis::of(). */
        private readonly array $lines,
        /** @var array[] of question_analysis::answers(). */
        private readonly array $answers = [],
        /** @var bool whether to offer to mark answers anew. */
        private readonly bool $mayrescore = false
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/question_analysis';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $flagged = count(array_filter(array_column($this->lines, 'verdict')));
        return [
            'flagged' => $flagged
                ? counted::text('analysis_flagged', $flagged) : '',
            'haslines' => (bool) $this->lines,
            'lines' => array_map($this->line(...), array_values(array_slice($this->lines, 0, self::MAXLINES))),
            'reporturl' => (new moodle_url('/mod/palier/report.php', $this->url->params()))->out(false),
        ];
    }

    /**
     * One line.
     *
     * @param stdClass $line
     * @return array
     */
    private function line(stdClass $line): array {
        $answers = $this->answers[$line->entryid] ?? [];
        $anchor = "q{$line->entryid}";
        return [
            'anchor' => $anchor,
            'name' => format_string($line->name, true, ['context' => $line->contextid]),
            'qtype' => \question_bank::get_qtype_name($line->qtype),
            'asked' => $line->asked,
            'right' => self::percent($line->right),
            'unknown' => $line->unknown,
            'seconds' => $line->seconds === null ? '–' : get_string('numseconds', 'moodle', (int) round($line->seconds)),
            'verdict' => $line->verdict === '' ? '' : get_string("analysis_{$line->verdict}", 'mod_palier'),
            'url' => (new moodle_url($this->url, ['entry' => $line->entryid], $anchor))->out(false),
            'hasanswers' => (bool) $answers,
            'rescoreurl' => $answers && $this->mayrescore ? (new moodle_url('/mod/palier/rescore.php', [
                'id' => $this->url->param('id'),
                'entry' => $line->entryid,
            ]))->out(false) : '',
            'answers' => array_map(fn($answer) => [
                'answer' => $answer->answer,
                'times' => counted::text('count_times', $answer->times),
                'right' => self::percent($answer->right),
            ], $answers),
        ];
    }

    /**
     * A share in the reader's way.
     *
     * @param float $share
     * @return string
     */
    private static function percent(float $share): string {
        return get_string('percents', 'moodle', (int) round(100 * $share));
    }
}
