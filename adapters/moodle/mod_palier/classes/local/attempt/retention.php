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

namespace mod_palier\local\attempt;

use mod_palier\local\contest\contest_repository;
use mod_palier\local\xapi\outbox;

/**
 * How long answers and results are kept.
 *
 * Answers, 24 months unless set otherwise: statements, question usages, threads and the words in the log go. What stays says
 * which question, right or wrong, and when: the result can still be explained, and questions calibrated.
 * Results, 36 months: the whole attempt goes.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class retention {
    /** @var int Months that answers are kept. */
    public const RESPONSE_MONTHS = 24;

    /** @var int Months that results are kept. */
    public const RESULT_MONTHS = 36;

    /** @var int Attempts handled at once. */
    private const BATCH = 200;

    /** @var string When an attempt's time begins: at its end, which a correction does not move, or at its last step. */
    private const SINCE = 'CASE WHEN timefinish > 0 THEN timefinish ELSE timemodified END';

    /**
     * Erases what is past its time.
     *
     * @return array{results: int, answers: int} attempts erased, and attempts whose answers were
     */
    public static function purge(): array {
        $results = 0;
        if ($before = self::limit(self::result_months())) {
            $results = self::purge_results($before);
        }
        $answers = 0;
        if ($before = self::limit(self::months('responsemonths', self::RESPONSE_MONTHS))) {
            $answers = self::purge_answers($before);
        }
        return ['results' => $results, 'answers' => $answers];
    }

    /**
     * How long results are kept.
     *
     * @return int|null months; null for ever
     */
    public static function result_months(): ?int {
        return self::months('resultmonths', self::RESULT_MONTHS);
    }

    /**
     * How long answers are kept: not longer than the attempt that they belong to.
     *
     * @return int|null months; null for ever
     */
    public static function response_months(): ?int {
        $limits = array_filter([self::months('responsemonths', self::RESPONSE_MONTHS), self::result_months()]);
        return $limits ? min($limits) : null;
    }

    /**
     * Months as the site sets them.
     *
     * @param string $setting
     * @param int $default
     * @return int|null null for ever
     */
    private static function months(string $setting, int $default): ?int {
        $months = get_config('mod_palier', $setting);
        $months = $months === false ? $default : (int) $months;
        return $months > 0 ? $months : null;
    }

    /**
     * The moment before which things are erased; null when they are kept for ever.
     *
     * @param int|null $months
     * @return int|null
     */
    private static function limit(?int $months): ?int {
        if ($months === null) {
            return null;
        }
        $now = \core\di::get(\core\clock::class)->now();
        return $now->sub(new \DateInterval("P{$months}M"))->getTimestamp();
    }

    /**
     * Erases whole attempts.
     *
     * @param int $before
     * @return int how many
     */
    private static function purge_results(int $before): int {
        global $DB;

        $count = $DB->count_records_select('palier_attempt', self::SINCE . ' < ?', [$before]);
        if ($count) {
            attempt_repository::delete_all(self::SINCE . ' < ?', [$before]);
        }
        return $count;
    }

    /**
     * Erases what people answered, and leaves how it went.
     *
     * @param int $before
     * @return int attempts
     */
    private static function purge_answers(int $before): int {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/question/engine/lib.php');

        $count = 0;
        do {
            // An attempt whose usage is gone was done before.
            $attempts = $DB->get_records_sql(
                'SELECT a.id, a.qubaid
                   FROM {palier_attempt} a
                   JOIN {question_usages} u ON u.id = a.qubaid
                  WHERE ' . self::SINCE . ' < :before
               ORDER BY a.id',
                ['before' => $before],
                0,
                self::BATCH,
            );
            foreach ($attempts as $attempt) {
                $transaction = $DB->start_delegated_transaction();
                $DB->delete_records('palier_delivery', ['attemptid' => $attempt->id]);
                $DB->delete_records('palier_statement', ['attemptid' => $attempt->id]);
                self::forget_words((int) $attempt->id);
                contest_repository::delete_threads([(int) $attempt->id]);
                \question_engine::delete_questions_usage_by_activity($attempt->qubaid);
                $transaction->allow_commit();
                $count++;
            }
        } while (count($attempts) === self::BATCH);
        // Statements of attempts that go on for years.
        $old = 'timecreated < ? AND state NOT IN (?, ?)';
        $params = [$before, ...outbox::WAITING];
        $DB->delete_records_select('palier_delivery', "statementid IN (SELECT id FROM {palier_statement} WHERE $old)", $params);
        $DB->delete_records_select('palier_statement', $old, $params);
        return $count;
    }

    /**
     * Takes the words of the answers out of a log.
     *
     * @param int $attemptid
     */
    private static function forget_words(int $attemptid): void {
        global $DB;

        $events = $DB->get_records('palier_event', ['attemptid' => $attemptid, 'type' => 'answered'], '', 'id, data');
        foreach ($events as $event) {
            $data = json_decode($event->data);
            if (isset($data->response)) {
                unset($data->response);
                $DB->set_field(
                    'palier_event',
                    'data',
                    json_encode($data, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION),
                    ['id' => $event->id],
                );
            }
        }
    }
}
