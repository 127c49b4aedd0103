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

use mod_palier\local\attempt\attempt;

/**
 * Which attempts of a learner count, where there are several: the best, the first, the last, or the average of all.
 *
 * Only attempts that ended with a result are looked at, so one that was broken off before takes nothing away. The best is
 * the one with the highest score of the engine, and among equals the latest. In a test with a threshold an attempt that
 * decided it comes before one that did not.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class grading_method {
    /** @var string The attempt with the highest score: a retake is no risk, so a new activity has this one. */
    public const BEST = 'best';

    /** @var string The first attempt with a result. */
    public const FIRST = 'first';

    /** @var string The last attempt with a result: what activities had before there was a choice. */
    public const LAST = 'last';

    /** @var string The mean over all attempts with a result. */
    public const AVERAGE = 'average';

    /** @var string[] All of them. */
    public const ALL = [self::BEST, self::FIRST, self::LAST, self::AVERAGE];

    /**
     * The attempts that count.
     *
     * @param string $method one of ALL; another is read as LAST
     * @param attempt[] $attempts of one learner by one activity, finished, oldest first
     * @return attempt[] none, one, or with AVERAGE as many as have a result; oldest first
     */
    public static function counting(string $method, array $attempts): array {
        if (count($attempts) === 1 && isset(reset($attempts)->theta, reset($attempts)->level)) {
            // A level is stored where there is a result: no need to decode it, and most learners have one attempt.
            return array_values($attempts);
        }
        $known = array_values(array_filter($attempts, fn(attempt $attempt) => !empty($attempt->known()['known'])));
        $decided = array_values(array_filter($known, fn(attempt $attempt) => self::score($attempt) !== null));
        $from = $decided ?: $known;
        if (!$from || $method === self::AVERAGE) {
            return $from;
        }
        if ($method === self::BEST) {
            $best = $from[0];
            foreach ($from as $attempt) {
                if (self::score($attempt) >= self::score($best)) {
                    $best = $attempt;
                }
            }
            return [$best];
        }
        return [$method === self::FIRST ? $from[0] : end($from)];
    }

    /**
     * What an attempt with a result gives to the grade, 0 to 100: the engine's word, which is the score, and with a
     * threshold all or nothing.
     *
     * @param attempt $attempt
     * @return float|null null where the threshold is not decided, or no score is known
     */
    public static function score(attempt $attempt): ?float {
        $known = $attempt->known();
        if (array_key_exists('grade', $known)) {
            return $known['grade'];
        }
        // Results stored before the engine had that word.
        $side = $known['threshold']['decision'] ?? null;
        if ($side !== null) {
            return match ($side) {
                'above' => 100.0,
                'below' => 0.0,
                default => null,
            };
        }
        if (isset($known['score']['value'])) {
            return (float) $known['score']['value'];
        }
        // A result that version 0.1.0 stored has no score, and had the place of its level.
        $levels = $attempt->plan()['levels'] ?? null;
        return $levels && $attempt->level !== null
            ? 100 * ($attempt->level - (int) ($levels['first'] ?? 0)) / count($levels['cuts'])
            : null;
    }

    /**
     * The mean level of attempts.
     *
     * @param attempt[] $attempts
     * @return float|null null where one has no level
     */
    public static function level(array $attempts): ?float {
        $levels = array_map(fn(attempt $attempt) => $attempt->level, $attempts);
        return !$levels || in_array(null, $levels, true) ? null : array_sum($levels) / count($levels);
    }
}
