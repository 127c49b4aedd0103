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

use core\context\module as context_module;
use mod_palier\local\engine\json_text;
use mod_palier\local\report\visible_learners;
use moodle_exception;
use stdClass;

/**
 * Threads in the database.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class contest_repository {
    /** @var int Threads on one page of the list. */
    public const PAGE = 50;

    /**
     * Loads a thread.
     *
     * @param int $id
     * @return contest
     */
    public static function load(int $id): contest {
        global $DB;
        $row = $DB->get_record('palier_contest', ['id' => $id]);
        if (!$row) {
            throw new moodle_exception('contestgone', 'mod_palier');
        }
        return new contest($row);
    }

    /**
     * The thread of an attempt about something, where there is one.
     *
     * @param int $attemptid
     * @param string $kind
     * @param int $slot 0 of none
     * @return contest|null
     */
    public static function find(int $attemptid, string $kind, int $slot = 0): ?contest {
        global $DB;
        $row = $DB->get_record('palier_contest', ['attemptid' => $attemptid, 'kind' => $kind, 'slot' => $slot]);
        return $row ? new contest($row) : null;
    }

    /**
     * The threads of an attempt.
     *
     * @param int $attemptid
     * @return contest[] oldest first
     */
    public static function of_attempt(int $attemptid): array {
        global $DB;
        $rows = $DB->get_records('palier_contest', ['attemptid' => $attemptid], 'timecreated, id');
        return array_map(fn($row) => new contest($row), array_values($rows));
    }

    /**
     * The messages of a thread.
     *
     * @param int $contestid
     * @return stdClass[] rows of palier_contest_message, oldest first
     */
    public static function messages(int $contestid): array {
        global $DB;
        return array_values($DB->get_records('palier_contest_message', ['contestid' => $contestid], 'id'));
    }

    /**
     * The threads of an activity that the present user may answer, those nobody has decided first, and the newest first.
     *
     * Each row has the thread, the learner's name fields, the answer and the question in words, and what was written last.
     *
     * @param context_module $context
     * @param int $palierid
     * @param bool $all false for those nobody has decided
     * @param int|null $page from 0; null for all rows
     * @return array{stdClass[], int} the rows of the page, and how many there are
     */
    public static function visible(context_module $context, int $palierid, bool $all, ?int $page): array {
        global $DB;
        [$where, $params] = visible_learners::condition($context, 'a', 0, false);
        $where = "c.palierid = :palierid AND $where" . ($all ? '' : ' AND c.status = :open');
        $params += ['palierid' => $palierid, 'open' => contest::OPEN];
        $from = "FROM {palier_contest} c JOIN {palier_attempt} a ON a.id = c.attemptid";
        $count = $DB->count_records_sql("SELECT COUNT(1) $from WHERE $where", $params);
        $names = \core_user\fields::for_name()->get_sql('u', false, '', '', false)->selects;
        $rows = $DB->get_records_sql(
            "SELECT c.*, $names, a.attempt, q.name AS questionname, qa.questionsummary, qa.responsesummary, qa.rightanswer,
                    w.message AS lastmessage, CASE WHEN c.status = 'open' THEN 0 ELSE 1 END AS decided
               $from
               JOIN {user} u ON u.id = c.userid
          LEFT JOIN {question_attempts} qa ON qa.questionusageid = a.qubaid AND qa.slot = c.slot
          LEFT JOIN {question} q ON q.id = c.questionid
          LEFT JOIN {palier_contest_message} w ON w.id = (
                    SELECT MAX(m.id) FROM {palier_contest_message} m WHERE m.contestid = c.id)
              WHERE $where
           ORDER BY decided, c.timemodified DESC, c.id DESC",
            $params,
            (int) $page * self::PAGE,
            $page === null ? 0 : self::PAGE
        );
        return [array_values($rows), $count];
    }

    /**
     * What was answered to the questions that threads are about, in words: the log has them, a question engine's summary of an
     * ordering is letters.
     *
     * @param stdClass[] $threads rows of visible()
     * @return string[] by thread; none of a question that waits for its answer
     */
    public static function answers(array $threads): array {
        global $DB;
        $about = array_filter($threads, fn($row) => $row->kind === contest::QUESTION);
        if (!$about) {
            return [];
        }
        [$in, $params] = $DB->get_in_or_equal(array_unique(array_column($about, 'attemptid')));
        $events = $DB->get_records_select(
            'palier_event',
            "attemptid $in AND type IN ('answered', 'unknown') AND slot IS NOT NULL",
            $params,
            'id',
            'id, attemptid, slot, type, data'
        );
        $words = [];
        foreach ($events as $event) {
            $words["$event->attemptid $event->slot"] = $event->type === 'unknown'
                ? get_string('idontknow', 'mod_palier') : (string) (json_text::decode($event->data)['response'] ?? '');
        }
        $answers = [];
        foreach ($about as $row) {
            $answers[$row->id] = $words["$row->attemptid $row->slot"] ?? null;
        }
        return array_filter($answers, fn(?string $answer) => $answer !== null);
    }

    /**
     * How many learners, of those whom the present user may see, reported each question.
     *
     * @param context_module $context
     * @param int $palierid
     * @param string[] $items
     * @return int[] by item
     */
    public static function reporters(context_module $context, int $palierid, array $items): array {
        global $DB;
        if (!$items) {
            return [];
        }
        [$in, $params] = $DB->get_in_or_equal($items, SQL_PARAMS_NAMED);
        [$where, $visible] = visible_learners::condition($context, 'a', 0, false);
        return $DB->get_records_sql_menu(
            "SELECT c.item, COUNT(DISTINCT c.userid)
               FROM {palier_contest} c
               JOIN {palier_attempt} a ON a.id = c.attemptid
              WHERE c.palierid = :palierid AND c.item $in AND $where
           GROUP BY c.item",
            $params + $visible + ['palierid' => $palierid]
        );
    }

    /**
     * How many more attempts decisions gave a learner.
     *
     * @param int $palierid
     * @param int $userid
     * @param int $since only by decisions after this time
     * @return int
     */
    public static function granted(int $palierid, int $userid, int $since = 0): int {
        global $DB;
        return $DB->count_records_select(
            'palier_contest',
            'palierid = ? AND userid = ? AND status = ? AND timedecided >= ?',
            [$palierid, $userid, contest::RETEST, $since]
        );
    }

    /**
     * The results of an attempt that a correction replaced.
     *
     * @param int $attemptid
     * @return stdClass[] rows of palier_former, oldest first
     */
    public static function former(int $attemptid): array {
        global $DB;
        return array_values($DB->get_records('palier_former', ['attemptid' => $attemptid], 'id'));
    }

    /**
     * Deletes the threads and former results of attempts.
     *
     * @param int[] $attemptids
     */
    public static function delete_of(array $attemptids): void {
        global $DB;
        self::delete_threads($attemptids);
        $DB->delete_records_list('palier_former', 'attemptid', $attemptids);
    }

    /**
     * Deletes the threads of attempts.
     *
     * @param int[] $attemptids
     */
    public static function delete_threads(array $attemptids): void {
        global $DB;
        if (!$attemptids) {
            return;
        }
        [$in, $params] = $DB->get_in_or_equal($attemptids);
        $DB->delete_records_select(
            'palier_contest_message',
            "contestid IN (SELECT id FROM {palier_contest} WHERE attemptid $in)",
            $params
        );
        $DB->delete_records_select('palier_contest', "attemptid $in", $params);
    }
}
