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

namespace mod_palier\local\scales;

use mod_palier\local\test\plan_builder;
use mod_palier\local\test\plan_levels;

/**
 * The part of a plan that makes it a map: several scales, their domains, and when each is known well enough.
 *
 * What somebody wrote into the plan about a scale (weight, own questions at least, a profile) stays with that scale.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class map_plan {
    /**
     * @var float how much wider the standard error of one competence may be than that of one level, for the same degree of
     *      precision: a competence of a map has a few questions of its own.
     */
    public const WIDER = 2.0;

    /**
     * @var float of abilities, before any answer. A little below the engine's default: with difficulties that come from
     *      experts intervals then hold as often as they say where competences correlate less, too (docs/measurement.md).
     */
    public const CORRELATION = 0.45;

    /**
     * @var string of a new map: intervals that hold the truth as often as they say for persons of each level, not only on
     *      average over all. A map that was made without keeps what its results meant.
     */
    private const INTERVAL = 'each_level';

    /**
     * Whether a plan measures several scales.
     *
     * @param array $plan decoded
     * @return bool
     */
    public static function is(array $plan): bool {
        return is_array($plan['scales'] ?? null) && count($plan['scales']) > 1;
    }

    /**
     * Gives a plan the scales that the form asks for.
     *
     * @param array $plan changed
     * @param string $source where they come from
     * @param array|null $map scales and domains of scale_source::map()
     */
    public static function scales(array &$plan, string $source, ?array $map): void {
        if ($source === scale_source::ONE && self::is($plan)) {
            unset($plan['scales'], $plan['map']);
        }
        if ($map === null) {
            return;
        }
        $before = self::is($plan) ? array_column($plan['scales'], null, 'id') : [];
        $plan['scales'] = array_map(
            fn(array $scale): array => $scale + array_diff_key($before[$scale['id']] ?? [], ['domain' => 1])
                + ['prior' => plan_builder::PRIOR],
            $map['scales']
        );
        $known = array_column($plan['map']['domains'] ?? [], null, 'id');
        $domains = array_map(fn(array $domain): array => $domain + ($known[$domain['id']] ?? []), $map['domains']);
        $plan['map'] = ($domains ? ['domains' => $domains] : [])
            + array_diff_key($plan['map'] ?? ['interval' => self::INTERVAL], ['domains' => 1])
            + ['correlation' => self::CORRELATION];
        unset($plan['threshold'], $plan['classification'], $plan['floor']);
    }

    /**
     * The largest correlation between two scales.
     *
     * @param mixed $correlation as plans have it: a number, of scales within and between domains, or a matrix
     * @return float
     */
    public static function largest(mixed $correlation): float {
        if (!is_array($correlation)) {
            return (float) $correlation;
        }
        $largest = 0.0;
        foreach (array_values($correlation) as $i => $row) {
            foreach (is_array($row) ? array_diff_key(array_values($row), [$i => 1]) : [$row] as $value) {
                $largest = max($largest, (float) $value);
            }
        }
        return $largest;
    }

    /**
     * Correlations of at most this much: those that differ keep their proportions.
     *
     * @param array $plan changed
     * @param float $most
     */
    public static function correlate(array &$plan, float $most): void {
        $now = $plan['map']['correlation'] ?? null;
        $largest = self::largest($now);
        if (!is_array($now) || $largest <= 0) {
            $plan['map']['correlation'] = $most;
        } else if (abs($largest - $most) > 1e-9) {
            foreach ($now as $i => &$row) {
                if (!is_array($row)) {
                    $row = round($row * $most / $largest, 4);
                    continue;
                }
                foreach ($row as $j => &$value) {
                    $value = $i === $j ? 1 : round($value * $most / $largest, 4);
                }
                unset($value);
            }
            unset($row);
            $plan['map']['correlation'] = $now;
        }
    }

    /**
     * How many questions of its own each scale gets at least.
     *
     * @param array $plan decoded
     * @return int|null null where that differs
     */
    public static function own_items(array $plan): ?int {
        $own = array_unique(array_map(fn(array $scale): int => (int) ($scale['min_items'] ?? 0), self::reported($plan)));
        return count($own) === 1 ? reset($own) : null;
    }

    /**
     * So many questions of its own for each scale, at least. Where that differs, no scale gets fewer than now.
     *
     * @param array $plan changed
     * @param int $number
     */
    public static function ask_own(array &$plan, int $number): void {
        $alike = self::own_items($plan) !== null;
        foreach (array_keys(self::reported($plan)) as $i) {
            $least = $alike ? $number : max($number, (int) ($plan['scales'][$i]['min_items'] ?? 0));
            unset($plan['scales'][$i]['min_items']);
            if ($least > 0) {
                $plan['scales'][$i]['min_items'] = $least;
            }
        }
    }

    /**
     * The scales of which people are told.
     *
     * @param array $plan decoded
     * @return array[] with their places in the plan
     */
    private static function reported(array $plan): array {
        return array_filter($plan['scales'], fn(array $scale): bool => $scale['reported'] ?? true);
    }

    /**
     * What a test with a threshold asks of each scale alike. A profile that asks something else of each stays, and so does
     * one of a test without a threshold.
     *
     * @param array $plan changed
     * @param float|null $theta ability that each has to reach, null for none
     * @param float $confidence
     * @param array $before the plan as it was
     */
    public static function threshold(array &$plan, ?float $theta, float $confidence, array $before): void {
        $scales = self::is($before) ? $before['scales'] : [];
        $asked = array_column($scales, 'required_theta');
        $alike = count($asked) === count($scales) && count(array_unique($asked, SORT_REGULAR)) === 1;
        if (($asked && !$alike) || ($theta === null && ($before['purpose'] ?? '') !== 'threshold')) {
            return;
        }
        self::require($plan, array_fill_keys(array_column($plan['scales'], 'id'), $theta));
        unset($plan['map']['confidence']);
        if ($theta !== null) {
            $plan['map']['confidence'] = $confidence;
        }
    }

    /**
     * What a profile asks of each scale.
     *
     * @param array $plan changed
     * @param array $thetas ability that a scale has to reach, by its id; null for none
     */
    public static function require(array &$plan, array $thetas): void {
        foreach ($plan['scales'] as &$scale) {
            unset($scale['required_theta']);
            if (($thetas[$scale['id']] ?? null) !== null) {
                $scale['required_theta'] = (float) $thetas[$scale['id']];
            }
        }
    }

    /**
     * Up to which level each scale is asked about.
     *
     * @param array $plan changed
     * @param array $tops a level's number by a scale's id; what is not there, or the highest, is no limit
     */
    public static function tops(array &$plan, array $tops): void {
        [, $last] = plan_levels::ends($plan['levels'] ?? null) ?? [0, 0];
        foreach ($plan['scales'] as &$scale) {
            unset($scale['top_level']);
            $top = (int) ($tops[$scale['id']] ?? $last);
            if ($top !== $last) {
                $scale['top_level'] = $top;
            }
        }
    }

    /**
     * The levels up to which scales are asked about, where that is not the highest.
     *
     * @param array $plan decoded
     * @return int[] by id
     */
    public static function top_levels(array $plan): array {
        return array_map('intval', array_filter(array_column($plan['scales'] ?? [], 'top_level', 'id'), is_numeric(...)));
    }

    /**
     * The scales of which more is asked than their top level lets be told.
     *
     * @param array $plan decoded
     * @return string[] ids
     */
    public static function beyond_top(array $plan): array {
        return array_column(array_filter($plan['scales'] ?? [], function (array $scale) use ($plan): bool {
            $end = isset($scale['top_level'])
                ? plan_levels::cut($plan['levels'] ?? null, (string) ($scale['top_level'] + 1))
                : null;
            return $end !== null && ($scale['required_theta'] ?? $end - 1) >= $end;
        }), 'id');
    }

    /**
     * What is asked of each scale alike.
     *
     * @param array $plan decoded
     * @return array|null theta and confidence, as a threshold
     */
    public static function required(array $plan): ?array {
        $theta = $plan['scales'][0]['required_theta'] ?? null;
        return $theta === null ? null : ['theta' => $theta, 'confidence' => $plan['map']['confidence'] ?? 0.8];
    }

    /**
     * When a scale is known well enough: at the precision, or as soon as its level is decided.
     *
     * @param array $plan changed
     * @param float $precision as of a test of one level
     * @param bool $early whether a scale is closed when its band of levels is decided
     */
    public static function stop(array &$plan, float $precision, bool $early): void {
        $plan['stop']['standard_error'] = $precision * self::WIDER;
        unset($plan['map']['level_decided']);
        if ($early && isset($plan['levels'])) {
            $plan['map']['level_decided'] = [
                'probability' => plan_builder::LEVEL_PROBABILITY,
                'of' => isset($plan['levels']['names']) ? 'band' : 'level',
            ];
        }
    }
}
