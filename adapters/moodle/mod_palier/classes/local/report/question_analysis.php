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

namespace mod_palier\local\report;

use core\context\module as context_module;
use mod_palier\local\calibration\calibration;
use mod_palier\local\engine\json_text;

/**
 * What became of each question: how often it was asked, how many were right, did not know or took how long; and the
 * answers that were given, in words. Only attempts that the reader may see are counted.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class question_analysis {
    /** @var string[] events that end a question. */
    private const ANSWERS = ['answered', 'unknown', 'timed_out', 'rescored'];

    /** @var int answers from which a question is judged. */
    public const ENOUGH = 10;

    /** @var float share of right answers from which a question teaches nothing, and the other way round. */
    private const ALL = 0.95;

    /**
     * The questions of an activity's attempts.
     *
     * @param context_module $context
     * @param int $groupid 0 for all that may be seen
     * @return \stdClass[] by question bank entry: entryid, questionid, name, asked, right, unknown, seconds (median), verdict
     */
    public static function of(context_module $context, int $groupid = 0): array {
        global $DB;
        [$visible, $params] = visible_learners::condition($context, 'a', $groupid);
        [$types, $typeparams] = $DB->get_in_or_equal(self::ANSWERS, SQL_PARAMS_NAMED, 'type');
        [, $cm] = get_course_and_cm_from_cmid($context->instanceid, 'palier');
        $rows = $DB->get_recordset_sql(
            "SELECT e.id, e.type, e.questionid, e.data, e.attemptid, e.slot
               FROM {palier_event} e
               JOIN {palier_attempt} a ON a.id = e.attemptid
              WHERE a.palierid = :palierid AND {$visible} AND e.type {$types} AND e.questionid IS NOT NULL
           ORDER BY e.id",
            $params + $typeparams + ['palierid' => $cm->instance]
        );
        $by = [];
        $marks = [];
        foreach ($rows as $row) {
            $data = json_text::decode($row->data);
            $place = "{$row->attemptid} {$row->slot}";
            if ($row->type === 'rescored') {
                // The answer was counted with the mark that it had: by the version that gave that. A copy of the course may
                // have come without that version.
                if (!isset($marks[$place])) {
                    continue;
                }
                [$questionid, $before] = $marks[$place];
                $marks[$place][1] = self::mark($data);
                $by[$questionid]->right += $marks[$place][1] - $before;
                continue;
            }
            $marks[$place] = [$row->questionid, self::mark($data)];
            $sum = $by[$row->questionid] ??= (object) ['asked' => 0, 'right' => 0.0, 'unknown' => 0, 'times' => []];
            $sum->asked++;
            $sum->unknown += (int) ($row->type !== 'answered');
            $sum->right += self::mark($data);
            if (isset($data['ms'])) {
                $sum->times[] = $data['ms'] / 1000;
            }
        }
        $rows->close();
        return self::named($by, calibration::for_teachers((int) $cm->instance));
    }

    /**
     * How many questions need a look, as it was an hour ago at most: who opens the results is told so, and waits for it once.
     *
     * @param context_module $context
     * @param int $groupid 0 for all that may be seen
     * @return int
     */
    public static function flagged(context_module $context, int $groupid = 0): int {
        $cache = \cache::make('mod_palier', 'analysis');
        $key = "{$context->instanceid}_{$groupid}";
        $now = \core\di::get(\core\clock::class)->time();
        $found = $cache->get($key);
        if (!$found || $found['time'] < $now - HOURSECS) {
            $found = ['time' => $now, 'count' => count(array_filter(array_column(self::of($context, $groupid), 'verdict')))];
            $cache->set($key, $found);
        }
        return $found['count'];
    }

    /**
     * The answers to a question, most frequent first.
     *
     * @param context_module $context
     * @param int $entryid
     * @param int $groupid 0 for all that may be seen
     * @return \stdClass[] answer (plain text), times and share of the marks
     */
    public static function answers(context_module $context, int $entryid, int $groupid = 0): array {
        global $DB;
        [$visible, $params] = visible_learners::condition($context, 'a', $groupid);
        [, $cm] = get_course_and_cm_from_cmid($context->instanceid, 'palier');
        $rows = $DB->get_recordset_sql(
            "SELECT e.id, e.type, e.data, e.attemptid, e.slot, qa.responsesummary
               FROM {palier_event} e
               JOIN {palier_attempt} a ON a.id = e.attemptid
               JOIN {question_versions} qv ON qv.questionid = e.questionid AND qv.questionbankentryid = :entryid
          LEFT JOIN {question_attempts} qa ON qa.questionusageid = a.qubaid AND qa.slot = e.slot
              WHERE a.palierid = :palierid AND {$visible} AND e.type IN ('answered', 'unknown', 'timed_out', 'rescored')
           ORDER BY e.id",
            $params + ['palierid' => $cm->instance, 'entryid' => $entryid]
        );
        $answers = [];
        $marks = [];
        foreach ($rows as $row) {
            $data = json_text::decode($row->data);
            $mark = self::mark($data);
            $place = "{$row->attemptid} {$row->slot}";
            if ($row->type === 'rescored') {
                if (!isset($marks[$place])) {
                    continue;
                }
                [$answer, $before] = $marks[$place];
                $answer->right += $mark - $before;
                $marks[$place][1] = $mark;
                continue;
            }
            $text = match ($row->type) {
                'unknown' => get_string('idontknow', 'mod_palier'),
                'timed_out' => get_string('analysis_timedout', 'mod_palier'),
                // The log has the answer in words; the question engine's summary of an ordering is letters.
                default => trim((string) ($data['response'] ?? $row->responsesummary)) === ''
                    ? get_string('analysis_erased', 'mod_palier') : trim($data['response'] ?? $row->responsesummary),
            };
            $answer = $answers[$text] ??= (object) ['answer' => $text, 'times' => 0, 'right' => 0.0];
            $answer->times++;
            $answer->right += $mark;
            $marks[$place] = [$answer, $mark];
        }
        $rows->close();
        foreach ($answers as $answer) {
            $answer->right /= $answer->times;
        }
        usort($answers, fn($one, $other) => $other->times <=> $one->times ?: strcmp($one->answer, $other->answer));
        return $answers;
    }

    /**
     * The share of the marks that an event gives.
     *
     * @param array $data of the event
     * @return float
     */
    private static function mark(array $data): float {
        return (float) ($data['fraction'] ?? (empty($data['category']) ? 0 : 1));
    }

    /**
     * Sums by question bank entry, with names.
     *
     * @param \stdClass[] $by sums by question
     * @param string[] $found what a calibration found, by question bank entry
     * @return \stdClass[]
     */
    private static function named(array $by, array $found): array {
        global $DB;
        $questions = [];
        foreach (array_chunk(array_keys($by), 5000) as $ids) {
            [$insql, $params] = $DB->get_in_or_equal($ids);
            $questions += $DB->get_records_sql(
                "SELECT q.id, q.name, q.qtype, qv.questionbankentryid AS entryid, qbe.idnumber, qc.contextid
                   FROM {question} q
                   JOIN {question_versions} qv ON qv.questionid = q.id
                   JOIN {question_bank_entries} qbe ON qbe.id = qv.questionbankentryid
                   JOIN {question_categories} qc ON qc.id = qbe.questioncategoryid
                  WHERE q.id {$insql}",
                $params
            );
        }
        $lines = [];
        foreach ($by as $questionid => $sum) {
            $question = $questions[$questionid] ?? null;
            if (!$question) {
                continue;
            }
            // Versions of one question are one line, under the name of the newest that was asked.
            $line = $lines[$question->entryid] ?? (object) ['asked' => 0, 'right' => 0.0, 'unknown' => 0, 'times' => []];
            if (($line->questionid ?? 0) < $questionid) {
                foreach (['entryid', 'name', 'qtype', 'contextid'] as $field) {
                    $line->$field = $question->$field;
                }
                $line->questionid = (int) $questionid;
            }
            $line->asked += $sum->asked;
            $line->right += $sum->right;
            $line->unknown += $sum->unknown;
            array_push($line->times, ...$sum->times);
            $lines[$question->entryid] = $line;
        }
        foreach ($lines as $line) {
            $line->right /= $line->asked;
            sort($line->times);
            $line->seconds = $line->times ? $line->times[intdiv(count($line->times), 2)] : null;
            unset($line->times);
            $line->verdict = $found[$line->entryid] ?? self::verdict($line);
        }
        uasort($lines, fn($one, $other) => [$one->verdict === '', -$one->asked] <=> [$other->verdict === '', -$other->asked]);
        return $lines;
    }

    /**
     * What a teacher should know of a question.
     *
     * @param \stdClass $line
     * @return string key of a sentence, or empty
     */
    private static function verdict(\stdClass $line): string {
        return match (true) {
            $line->asked < self::ENOUGH => '',
            $line->right >= self::ALL => 'easy',
            $line->right <= 1 - self::ALL => 'hard',
            $line->unknown / $line->asked >= 0.5 => 'unknown',
            default => '',
        };
    }
}
