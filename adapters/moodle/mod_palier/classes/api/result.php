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

namespace mod_palier\api;

/**
 * A finished attempt of one person at one activity, and what the engine says of it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class result {
    /**
     * A result. Made by {@see \mod_palier\api} alone.
     *
     * @param int $attemptid
     * @param int $cmid
     * @param int $userid
     * @param int $attempt
     * @param bool $shared
     * @param int $timestart
     * @param int $timefinish
     * @param string $planhash
     * @param string $bankhash
     * @param string $purpose
     * @param bool $known
     * @param array $state
     * @param string $source
     */
    public function __construct(
        /** @var int id of the attempt, as in the events of attempts */
        public readonly int $attemptid,
        /** @var int course module of the activity */
        public readonly int $cmid,
        /** @var int whose it is */
        public readonly int $userid,
        /** @var int number of the attempt at this activity, from 1 */
        public readonly int $attempt,
        /** @var bool whether it may leave its learner's own page: shared, or of a plan that asks for no sharing */
        public readonly bool $shared,
        /** @var int when it began, Unix time */
        public readonly int $timestart,
        /** @var int when it finished, Unix time */
        public readonly int $timefinish,
        /** @var string SHA-256 of the plan that it was taken by, its defaults filled in */
        public readonly string $planhash,
        /** @var string SHA-256 of the bank that it was taken with: the same hash, the same items and parameters */
        public readonly string $bankhash,
        /** @var string what it was taken for, as the plan says: positioning, threshold, practice; empty where it does not */
        public readonly string $purpose,
        /** @var bool whether there is a result at all; where false, say "not assessed" and use nothing of $state */
        public readonly bool $known,
        /**
         * @var array the engine's result, shape "state" of docs/host-calls.md. Among others: theta and se (logits),
         *     interval (of theta, with its probability), level (number, first, last, name by language; null without
         *     levels), level_interval ([low, high]), p_level_at_least (chances from 0 to 1), score (value, low, high,
         *     0 to 100), threshold, classification and floor (decision: above, below or undecided), scales (id, state,
         *     n), provisional, earlier (true where an earlier test counts in it), stop (the reason). Never print a level
         *     or a score without its interval.
         */
        public readonly array $state,
        /** @var string where the competences of its map come from, as its activity says now: {@see \mod_palier\api::scales_of_activity()} */
        public readonly string $source = '',
    ) {
    }

    /**
     * What is known of a competence of a map.
     *
     * @param string $id of the scale, as in {@see \mod_palier\api::scales_of_activity()}
     * @return array|null the engine's entry (docs/host-calls.md, "scales" of several): state (measured, reported_as_domain:
     *     what is told is the domain's; not_assessed: nothing is, which is no zero), n, theta, se, interval, level,
     *     level_interval, band, required; null where the attempt has no such scale, or no result at all
     */
    public function scale(string $id): ?array {
        if (!$this->known || empty($this->state['composites'])) {
            return null;
        }
        return array_column($this->state['scales'], null, 'id')[$id] ?? null;
    }

    /**
     * How likely it is that a competence of a map is at a level or above it, as the engine says.
     *
     * Where the entry's state is reported_as_domain it is the chance of the domain, which decides nothing of the competence.
     *
     * @param string $id of the scale
     * @param int $level number of the level
     * @return float|null from 0 to 1; null where it is not assessed, where the test has no such level, or did not ask about it
     */
    public function chance(string $id, int $level): ?float {
        $chances = $this->scale($id)['p_level_at_least'] ?? null;
        $first = $this->state['levels']['first'] ?? null;
        return $first === null ? null : $chances[$level - $first] ?? null;
    }

    /**
     * How likely it is that the whole is at a level or above it, as the engine says: of a map the level of all together.
     *
     * @param int $level number of the level
     * @return float|null from 0 to 1; null where there is no result, or where the test has no such level
     */
    public function chance_of_all(int $level): ?float {
        $first = $this->state['levels']['first'] ?? $this->state['level']['first'] ?? null;
        return $this->known && $first !== null ? $this->state['p_level_at_least'][$level - $first] ?? null : null;
    }

    /**
     * What was measured, in logits: for {@see \mod_palier\api::gains()}, not to be told.
     *
     * @return float[][] theta and se, by scale; that of a test of one scale too
     */
    public function estimates(): array {
        if (!$this->known) {
            return [];
        }
        $pick = fn(array $entry): array => ['theta' => $entry['theta'], 'se' => $entry['se']];
        if (empty($this->state['composites'])) {
            return [(string) ($this->state['scales'][0]['id'] ?? 'main') => $pick($this->state)];
        }
        $measured = array_filter($this->state['scales'], fn(array $scale): bool => $scale['state'] === 'measured');
        return array_map($pick, array_column($measured, null, 'id'));
    }
}
