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

namespace mod_palier\local\test;

use mod_palier\local\counted;
use mod_palier\local\engine\json_text;
use stdClass;

/**
 * About how long a test takes, to be told before it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class duration {
    /**
     * The sentence.
     *
     * @param stdClass $palier row of palier
     * @param string|null $plan the plan as it is for the reader, null where it is that of all
     * @return string empty when nothing is known
     */
    public static function announce(stdClass $palier, ?string $plan = null): string {
        $plan = json_text::decode($plan ?? $palier->plan);
        $limit = self::limit($plan);
        // Half a minute is one in no language.
        $minutes = $limit === null ? '' : counted::text('count_minutes', (int) ceil(self::seconds($plan) / MINSECS), $limit);
        return trim(self::expected($palier) . ' ' . ($limit === null ? '' : get_string('about_timelimit', 'mod_palier', $minutes)));
    }

    /**
     * The minutes that answers may take at most: the shortest limit by which a plan stops whatever else is known.
     *
     * @param array $plan decoded
     * @return string|null a number in the reader's way
     */
    public static function limit(array $plan): ?string {
        $seconds = self::seconds($plan);
        return $seconds === null ? null : format_float($seconds / MINSECS, -1);
    }

    /**
     * The same limit as a number.
     *
     * @param array $plan decoded
     * @return float|null seconds
     */
    public static function seconds(array $plan): ?float {
        $rules = $plan['stop']['rules'] ?? [];
        $seconds = array_column(
            array_filter($rules['any'] ?? [$rules], fn(array $rule) => ($rule['rule'] ?? '') === 'time_limit'),
            'seconds'
        );
        return $seconds ? (float) min($seconds) : null;
    }

    /**
     * The minutes that are left, told while one answers.
     *
     * @param array $plan decoded
     * @param float $used minutes that the answers so far took
     * @param int $ms milliseconds that the question on screen took so far
     * @return string empty without a limit
     */
    public static function left(array $plan, float $used, int $ms): string {
        $limit = self::seconds($plan);
        if ($limit === null) {
            return '';
        }
        $left = (int) ceil($limit / MINSECS - $used - $ms / 60000);
        return get_string($left > 1 ? 'timeleft' : 'timeleft_last', 'mod_palier', $left);
    }

    /**
     * What is expected.
     *
     * @param stdClass $palier row of palier
     * @return string empty when nothing is known
     */
    protected static function expected(stdClass $palier): string {
        $found = self::simulated($palier);
        if ($found) {
            return get_string('about_duration', 'mod_palier', $found);
        }
        $plan = json_text::decode($palier->plan);
        $min = (int) ($plan['stop']['min_items'] ?? 0);
        $max = (int) ($plan['stop']['max_items'] ?? 0);
        if ($max <= 0) {
            return '';
        }
        $seconds = (float) ($plan['report']['seconds_per_item'] ?? 50);
        $minutes = fn(int $items): int => $items > 0 ? max(1, (int) round($items * $seconds / MINSECS)) : 0;
        return get_string($min > 0 ? 'about_duration' : 'about_upto', 'mod_palier', [
            'questions' => self::range('count_questions', $min, $max),
            'minutes' => self::range('count_minutes', $minutes($min), $minutes($max)),
        ]);
    }

    /**
     * What the engine's simulation said of these very questions, when it was made last.
     *
     * @param stdClass $palier
     * @return string[]|null questions, minutes
     */
    protected static function simulated(stdClass $palier): ?array {
        $feasibility = last_check::of($palier);
        if (!isset($feasibility['expected_items'], $feasibility['expected_minutes'])) {
            return null;
        }
        [$low, $high] = $feasibility['items_interval'] ?? [$feasibility['expected_items'], $feasibility['expected_items']];
        [$low, $high] = [(int) floor($low), (int) ceil($high)];
        return [
            'questions' => self::range('count_questions', $low, $high),
            'minutes' => counted::text('count_minutes', max(1, (int) round($feasibility['expected_minutes']))),
        ];
    }

    /**
     * So many things, or from so many to so many.
     *
     * @param string $things key of the string that counts them
     * @param int $low
     * @param int $high
     * @return string
     */
    private static function range(string $things, int $low, int $high): string {
        $range = $low < $high && $low > 0 ? get_string('about_range', 'mod_palier', ['low' => $low, 'high' => $high]) : $high;
        return counted::text($things, $high, $range);
    }
}
