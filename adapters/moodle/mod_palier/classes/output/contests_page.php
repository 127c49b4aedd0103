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

use cm_info;
use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use core\url;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_repository;
use mod_palier\local\counted;
use stdClass;

/**
 * The threads of an activity, by question.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class contests_page implements named_templatable, renderable {
    /**
     * The threads of an activity.
     *
     * @param cm_info $cm
     * @param bool $all those that are decided, too
     * @param int $page from 0
     */
    public function __construct(
        /** @var cm_info the course module */
        protected cm_info $cm,
        /** @var bool those that are decided, too */
        protected bool $all,
        /** @var int from 0 */
        protected int $page,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/contests_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        [$rows, $count] = contest_repository::visible($this->cm->context, (int) $this->cm->instance, $this->all, $this->page);
        $items = array_values(array_unique(array_filter(array_column($rows, 'item'), fn($item) => $item !== null)));
        $reporters = contest_repository::reporters($this->cm->context, (int) $this->cm->instance, $items);
        $answers = contest_repository::answers($rows);
        $groups = [];
        foreach ($rows as $row) {
            // A question is the same in all attempts; help and results have a place of their own.
            $key = $row->kind === contest::QUESTION ? "question/$row->item" : "kind/$row->kind";
            $groups[$key] ??= [
                'title' => $row->kind === contest::QUESTION
                    ? format_string($row->questionname ?? (string) $row->item, true, ['context' => $this->cm->context])
                    : get_string("contest_group_$row->kind", 'mod_palier'),
                'text' => $row->kind === contest::QUESTION ? contest::tidy($row->questionsummary, 300) : '',
                'right' => $row->kind === contest::QUESTION ? contest::tidy($row->rightanswer, 300) : '',
                'reporters' => $row->kind === contest::QUESTION ? self::reporters((int) ($reporters[$row->item] ?? 0)) : '',
                'threads' => [],
            ];
            $groups[$key]['threads'][] = $this->thread($row, $answers[$row->id] ?? null);
        }
        $url = fn(bool $all) => (new url('/mod/palier/contests.php', ['id' => $this->cm->id, 'all' => (int) $all]))->out(false);
        return [
            'groups' => array_values($groups),
            'any' => (bool) $groups,
            'all' => $this->all,
            'openurl' => $url(false),
            'allurl' => $url(true),
            'logurl' => (new url('/mod/palier/contests.php', ['id' => $this->cm->id, 'spreadsheet' => 1]))->out(false),
            'paging' => $count > contest_repository::PAGE
                ? $output->paging_bar($count, $this->page, contest_repository::PAGE, $url($this->all)) : '',
        ];
    }

    /**
     * How many learners reported a question.
     *
     * @param int $number
     * @return string
     */
    public static function reporters(int $number): string {
        return $number ? counted::text('contest_reporters', $number) : '';
    }

    /**
     * A line.
     *
     * @param stdClass $row of contest_repository::visible
     * @param string|null $answered of contest_repository::answers; what is typed so far where there is none
     * @return array
     */
    protected function thread(stdClass $row, ?string $answered): array {
        $answer = contest::tidy($answered ?? $row->responsesummary, 300);
        return [
            'who' => fullname($row),
            'when' => userdate($row->timemodified, get_string('strftimedatetimeshort', 'core_langconfig')),
            'answer' => $row->kind !== contest::QUESTION ? ''
                : ($answer !== '' ? $answer : get_string('contest_noanswer', 'mod_palier')),
            'isquestion' => $row->kind === contest::QUESTION,
            'comment' => shorten_text((string) $row->lastmessage, 300),
            'status' => get_string("contest_status_$row->status", 'mod_palier'),
            'url' => (new url('/mod/palier/contest.php', ['id' => $row->id]))->out(false),
        ];
    }
}
