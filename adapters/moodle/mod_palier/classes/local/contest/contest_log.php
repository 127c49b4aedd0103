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

namespace mod_palier\local\contest;

use cm_info;
use mod_palier\api;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_access;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\output\contest_page;
use mod_palier\output\result_words;
use stdClass;

/**
 * What was reported and contested in an activity, and what was decided, as a file. It tells the present user what the pages do:
 * the threads of learners whom they see, and the results that they may read. Who asked for help is not in it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class contest_log {
    /** @var string[] its columns, strings of the plugin. */
    private const COLUMNS = [
        'contest_log_about', 'question', 'contest_log_opened', 'contest_log_who', 'contest_answer', 'contest_log_thread',
        'contest_decision', 'contest_log_decided', 'contest_log_results',
    ];

    /** @var string[] names of those who wrote, by id. */
    private array $names = [];

    /**
     * The log of an activity.
     *
     * @param cm_info $cm
     */
    public function __construct(
        /** @var cm_info the course module */
        private readonly cm_info $cm,
    ) {
    }

    /**
     * The file that a French spreadsheet opens by a double click.
     *
     * @return string
     */
    public function spreadsheet(): string {
        return api::spreadsheet($this->rows());
    }

    /**
     * A line for each thread; those that nobody has decided first.
     *
     * @return string[][] the first has the titles
     */
    public function rows(): array {
        [$all] = contest_repository::visible($this->cm->context, (int) $this->cm->instance, true, null);
        $threads = array_filter($all, fn(stdClass $row) => in_array($row->kind, [contest::QUESTION, contest::RESULT]));
        $answers = contest_repository::answers($threads);
        $titles = array_map(fn(string $key): string => get_string($key, 'mod_palier'), self::COLUMNS);
        return [$titles, ...array_map(fn(stdClass $row) => $this->row($row, $answers[$row->id] ?? null), array_values($threads))];
    }

    /**
     * The line of a thread.
     *
     * @param stdClass $row of contest_repository::visible
     * @param string|null $answer
     * @return string[]
     */
    private function row(stdClass $row, ?string $answer): array {
        $name = $row->questionname ?? (string) $row->item;
        return [
            $row->kind === contest::QUESTION
                ? get_string('questionn', 'mod_palier', $row->slot) : get_string('result', 'mod_palier'),
            $row->kind === contest::QUESTION
                ? trim(format_string($name, true, ['context' => $this->cm->context, 'escape' => false]) . "\n"
                    . contest::tidy($row->questionsummary))
                : '',
            self::date((int) $row->timecreated),
            fullname($row),
            contest::tidy($answer ?? $row->responsesummary),
            implode("\n", array_map($this->message(...), contest_repository::messages((int) $row->id))),
            get_string("contest_status_$row->status", 'mod_palier'),
            $row->status === contest::OPEN ? '' : self::date((int) $row->timedecided),
            implode("\n", self::results(attempt_repository::load((int) $row->attemptid))),
        ];
    }

    /**
     * What was written, by whom and when.
     *
     * @param stdClass $message row of palier_contest_message
     * @return string
     */
    private function message(stdClass $message): string {
        $user = $message->userid && !isset($this->names[$message->userid]) ? \core_user::get_user($message->userid) : false;
        $this->names[$message->userid] ??= $user ? fullname($user) : get_string('contest_someone', 'mod_palier');
        return implode(', ', array_filter([
            self::date((int) $message->timecreated),
            $this->names[$message->userid],
            $message->decision ? get_string("contest_status_$message->decision", 'mod_palier') : '',
        ])) . get_string('labelsep', 'langconfig') . $message->message;
    }

    /**
     * The results of an attempt, each with its date: those that a correction replaced, then the one that holds.
     *
     * @param attempt $attempt
     * @return string[]
     */
    private static function results(attempt $attempt): array {
        if ($attempt->is_open()) {
            return [];
        }
        if (!(new attempt_access($attempt))->may_review()) {
            return [get_string('contest_log_notyours', 'mod_palier')];
        }
        $versions = contest_page::versions($attempt) ?: [[
            'when' => self::date($attempt->timefinish),
            'result' => result_words::of($attempt)->sentence(),
        ]];
        return array_map(
            fn(array $version): string => $version['when'] . get_string('labelsep', 'langconfig') . $version['result'],
            $versions
        );
    }

    /**
     * A time in words.
     *
     * @param int $time
     * @return string
     */
    private static function date(int $time): string {
        return userdate($time, get_string('strftimedatetimeshort', 'core_langconfig'));
    }
}
