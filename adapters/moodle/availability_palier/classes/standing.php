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

namespace availability_palier;

use mod_palier\api;
use mod_palier\api\result;

/**
 * Where persons stand, by the results that may leave their own pages. The chances are the engine's; nothing is computed here.
 *
 * What was practised counts for nothing, and what is known of a domain alone says nothing of its competences.
 *
 * @package    availability_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class standing {
    /** @var string purpose of an attempt at which what was right was shown after each answer. */
    private const PRACTICE = 'practice';

    /** @var string what is between a framework and the number of a competence. */
    private const BETWEEN = '|';

    /**
     * How likely it is that a person is at a level or above it: by the newest result that says so.
     *
     * @param int $userid
     * @param condition $condition
     * @return float|null from 0 to 1; null where nothing is known
     */
    public static function chance(int $userid, condition $condition): ?float {
        $cache = \cache::make('availability_palier', 'standing');
        $told = $cache->get($userid);
        if ($told === false) {
            $told = self::told(api::results_for_access([$userid])[$userid] ?? []);
            $cache->set($userid, $told);
        }
        return self::find($told, $condition);
    }

    /**
     * The same for many persons, of one activity.
     *
     * @param int[] $userids
     * @param condition $condition
     * @return (float|null)[] by user
     */
    public static function chances(array $userids, condition $condition): array {
        $chances = array_fill_keys($userids, null);
        foreach (array_chunk($userids, 1000) as $those) {
            foreach (api::results_for_access($those, $condition->cm) as $userid => $results) {
                $chances[$userid] = self::find(self::told($results), $condition);
            }
        }
        return $chances;
    }

    /**
     * What results say, as plain data: the newest first.
     *
     * @param result[] $results oldest first
     * @return array[] cm, all (chances by level), and competences (the same, by framework and number)
     */
    private static function told(array $results): array {
        $told = [];
        foreach (array_reverse($results) as $result) {
            if (!$result->known || $result->purpose === self::PRACTICE) {
                continue;
            }
            $competences = [];
            foreach ($result->state['scales'] ?? [] as $scale) {
                $of = api::competence_of_scale((string) $scale['id'], $result->source);
                if ($of && ($scale['state'] ?? '') === 'measured') {
                    $id = (string) $scale['id'];
                    $key = implode(self::BETWEEN, $of);
                    $competences[$key] = self::by_level($result, fn(int $level) => $result->chance($id, $level));
                }
            }
            $told[] = [
                'cm' => $result->cmid,
                'all' => self::by_level($result, $result->chance_of_all(...)),
                'competences' => $competences,
            ];
        }
        return $told;
    }

    /**
     * The chances of each level.
     *
     * @param result $result
     * @param callable $chance of a level
     * @return float[] by level
     */
    private static function by_level(result $result, callable $chance): array {
        $levels = $result->state['levels'] ?? $result->state['level'] ?? null;
        $chances = [];
        foreach ($levels ? range($levels['first'], $levels['last']) : [] as $level) {
            $chances[$level] = $chance($level);
        }
        return array_filter($chances, fn(?float $one): bool => $one !== null);
    }

    /**
     * What a condition asks.
     *
     * @param array[] $told
     * @param condition $condition
     * @return float|null
     */
    private static function find(array $told, condition $condition): ?float {
        $key = $condition->framework . self::BETWEEN . $condition->competence;
        foreach ($told as $one) {
            if ($condition->cm && $one['cm'] !== $condition->cm) {
                continue;
            }
            $chances = $condition->competence === '' ? $one['all'] : $one['competences'][$key] ?? [];
            if (isset($chances[$condition->level])) {
                return $chances[$condition->level];
            }
        }
        return null;
    }
}
