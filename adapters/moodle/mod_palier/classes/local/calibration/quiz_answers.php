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

namespace mod_palier\local\calibration;

use stdClass;

/**
 * The answers of core's quizzes, read one by one.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class quiz_answers {
    /** @var string[] states of a question that the machine or a person marked. */
    private const MARKED = ['gradedwrong', 'gradedpartial', 'gradedright', 'mangrwrong', 'mangrpartial', 'mangrright'];

    /** @var string[] states of a question that was left blank. */
    private const BLANK = ['gaveup', 'mangaveup'];

    /** @var string[] behaviours whose mark also weighs how sure somebody was. */
    private const BY_CERTAINTY = ['deferredcbm', 'immediatecbm'];

    /** @var string[] behaviours that mark the last try alone. */
    private const BY_TRIES = ['interactive', 'interactivecountback'];

    /**
     * Answers of quizzes, the earliest attempts first.
     *
     * @param int[] $quizids
     * @param choice $choice
     * @param int[] $categories of the questions that matter: those of other categories are not read
     * @return \Generator of arrays: user, entry, question, time, mode (in what it was given), ms (null where that is not
     *     known), fraction, against (why it is left out, null where it is not)
     */
    public static function read(array $quizids, choice $choice, array $categories): \Generator {
        global $DB;
        if (!$quizids || !$categories) {
            return;
        }
        [$insql, $params] = $DB->get_in_or_equal($quizids, SQL_PARAMS_NAMED);
        [$ofsql, $ofparams] = $DB->get_in_or_equal($categories, SQL_PARAMS_NAMED, 'category');
        // The mark of the first try that got one, and how often tries began, of a question that allows several.
        $rows = $DB->get_recordset_sql(
            "SELECT qa.id, a.userid, a.preview, a.state AS progress, a.timestart, v.questionbankentryid, qa.questionid,
                    qa.behaviour, s.state, s.fraction, raw.value AS rawfraction,
                    (SELECT COUNT(ts.id)
                       FROM {question_attempt_steps} ts
                       JOIN {question_attempt_step_data} td ON td.attemptstepid = ts.id AND td.name = '-_triesleft'
                      WHERE ts.questionattemptid = qa.id) AS tries
               FROM {quiz_attempts} a
               JOIN {question_attempts} qa ON qa.questionusageid = a.uniqueid
               JOIN {question_versions} v ON v.questionid = qa.questionid
               JOIN {question_bank_entries} e ON e.id = v.questionbankentryid AND e.questioncategoryid {$ofsql}
               JOIN {question_attempt_steps} s ON s.questionattemptid = qa.id AND s.sequencenumber = (
                    SELECT MAX(ls.sequencenumber) FROM {question_attempt_steps} ls WHERE ls.questionattemptid = qa.id)
          LEFT JOIN {question_attempt_step_data} raw ON raw.name = '-_rawfraction' AND raw.attemptstepid = (
                    SELECT MIN(fs.id)
                      FROM {question_attempt_steps} fs
                      JOIN {question_attempt_step_data} fd ON fd.attemptstepid = fs.id AND fd.name = '-_rawfraction'
                     WHERE fs.questionattemptid = qa.id)
              WHERE a.quiz {$insql} AND a.timestart >= :since AND a.timestart < :until
           ORDER BY a.timestart, a.id, qa.slot",
            $params + $ofparams + ['since' => $choice->from, 'until' => $choice->to ?: PHP_INT_MAX]
        );
        try {
            foreach ($rows as $row) {
                yield self::answer($row, $choice);
            }
        } finally {
            $rows->close();
        }
    }

    /**
     * One answer.
     *
     * @param stdClass $row
     * @param choice $choice
     * @return array
     */
    private static function answer(stdClass $row, choice $choice): array {
        $blank = in_array($row->state, self::BLANK);
        $fraction = $blank ? 0.0 : self::fraction($row, $choice->marks);
        return [
            'user' => (int) $row->userid,
            'entry' => (int) $row->questionbankentryid,
            'question' => (int) $row->questionid,
            'time' => (int) $row->timestart,
            'mode' => 'quiz',
            'ms' => null,
            'fraction' => $fraction,
            'against' => match (true) {
                (bool) $row->preview => 'preview',
                $row->progress !== 'finished' => 'unfinished',
                !in_array($row->behaviour, $choice->behaviours) => 'behaviour',
                $blank => $choice->blank === 'out' ? 'blank' : null,
                $fraction === null => 'nomark',
                default => null,
            },
        ];
    }

    /**
     * The part of the marks that an answer got.
     *
     * @param stdClass $row
     * @param string $marks first or final
     * @return float|null null where it has none
     */
    private static function fraction(stdClass $row, string $marks): ?float {
        if (!in_array($row->state, self::MARKED) || $row->fraction === null) {
            return null;
        }
        $bymachine = str_starts_with($row->state, 'graded');
        $fraction = match (true) {
            // What a person decided stands.
            !$bymachine => $row->fraction,
            in_array($row->behaviour, self::BY_CERTAINTY) => $row->rawfraction ?? $row->fraction,
            $marks === 'final' => $row->fraction,
            // Another try began: the first one was not right, and core keeps no mark of it.
            in_array($row->behaviour, self::BY_TRIES) && $row->tries > 1 => 0,
            default => $row->rawfraction ?? $row->fraction,
        };
        return max(0.0, min(1.0, (float) $fraction));
    }
}
