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

use mod_palier\local\bank\bank;

/**
 * How long questions take, as the latest calibration of each found, and the minutes that rest on it. Nothing of it changes a
 * result.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class measured_times {
    /** @var int answers with a time that a question's time rests on. */
    public const ANSWERS = 30;

    /** @var int questions with such a time that the minutes of a test rest on; of fewer than twice as many, half of them. */
    public const QUESTIONS = 10;

    /** @var int question bank entries that one query asks for. */
    private const CHUNK = 5000;

    /**
     * What is kept of all questions of a calibration.
     *
     * @param array[] $items what the engine found of each
     * @return array|null questions, seconds (the mean of their mean times), rapid (share of rapid guesses); null where no time is
     *     known
     */
    public static function outcome(array $items): ?array {
        $times = array_filter(array_column($items, 'time'));
        if (!$times) {
            return null;
        }
        // Those that were rapid or idle are counted over all answers with a time, which the model's are the rest of.
        $all = array_map(fn($time) => $time['answers'] / max(1e-9, 1 - $time['rapid'] - $time['idle']), $times);
        $rapid = array_map(fn($time, $answers) => $time['rapid'] * $answers, $times, $all);
        return [
            'questions' => count($times),
            'seconds' => array_sum(array_column($times, 'mean')) / count($times),
            'rapid' => array_sum($rapid) / array_sum($all),
        ];
    }

    /**
     * What is kept of a question of a calibration, beside all that was found.
     *
     * @param array $item what the engine found of it
     * @return array columns of palier_calibration_item
     */
    public static function columns(array $item): array {
        $time = $item['time'] ?? null;
        return [
            'timed' => (int) ($time['answers'] ?? 0),
            'medianseconds' => $time['median'] ?? null,
            'meanseconds' => $time['mean'] ?? null,
        ];
    }

    /**
     * The median times of questions.
     *
     * @param int[] $entries
     * @return float[] seconds, by question bank entry, of those of which enough answers told it
     */
    public static function medians(array $entries): array {
        return array_map(fn($row) => (float) $row->medianseconds, self::rows($entries));
    }

    /**
     * What the engine says of a test, with the minutes that its questions were measured to take, where there are enough answers:
     * for each question that it may ask as long as these take on average. Else the plan's seconds for a question stand.
     *
     * @param array $feasibility the engine's answer
     * @param bank $bank
     * @param \Closure $entries gives the bank's question bank entries
     * @return array
     */
    public static function promised(array $feasibility, bank $bank, \Closure $entries): array {
        $seconds = isset($feasibility['expected_items']) ? self::seconds($bank, $entries) : null;
        if ($seconds !== null) {
            $feasibility['expected_minutes'] = max(1, (int) round($feasibility['expected_items'] * $seconds / MINSECS));
        }
        return $feasibility;
    }

    /**
     * How long a question of a bank takes on average. Of a stored bank, with which learners begin, it is counted once after each
     * calibration.
     *
     * @param bank $bank
     * @param \Closure $entries
     * @return float|null null where too few answers told it
     */
    private static function seconds(bank $bank, \Closure $entries): ?float {
        global $DB;
        $state = $DB->get_record_sql('SELECT COUNT(1) AS calibrations, MAX(id) AS latest, MAX(timefinished) AS finished
            FROM {palier_calibration}');
        if (!$state->calibrations) {
            return null;
        }
        $cache = \cache::make('mod_palier', 'checks');
        $key = sha1("times {$bank->id} {$state->calibrations} {$state->latest} {$state->finished}");
        $known = $bank->id ? $cache->get($key) : false;
        if (!is_array($known)) {
            $all = array_unique($entries());
            $means = array_map(fn($row) => (float) $row->meanseconds, self::rows($all));
            $enough = count($means) >= min(self::QUESTIONS, max(1, (int) ceil(count($all) / 2)));
            $known = ['seconds' => $enough ? array_sum($means) / count($means) : null];
            if ($bank->id) {
                $cache->set($key, $known);
            }
        }
        return $known['seconds'];
    }

    /**
     * The latest of each question that has enough answers with a time.
     *
     * @param int[] $entries
     * @return \stdClass[] questionbankentryid, medianseconds, meanseconds, by question bank entry
     */
    private static function rows(array $entries): array {
        global $DB;
        $rows = [];
        foreach (array_chunk(array_values($entries), self::CHUNK) as $some) {
            [$insql, $params] = $DB->get_in_or_equal($some);
            $rows += $DB->get_records_sql(
                "SELECT i.questionbankentryid, i.medianseconds, i.meanseconds
                   FROM {palier_calibration_item} i
                  WHERE i.id IN (SELECT MAX(l.id)
                                   FROM {palier_calibration_item} l
                                  WHERE l.questionbankentryid {$insql} AND l.timed >= ?
                               GROUP BY l.questionbankentryid)",
                [...$params, self::ANSWERS]
            );
        }
        return $rows;
    }
}
