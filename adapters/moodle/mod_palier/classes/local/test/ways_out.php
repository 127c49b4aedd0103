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
use mod_palier\local\scales\map_plan;

/**
 * What to change when a test cannot keep its promise: a lower precision, or more questions; of a map whose margins would
 * mislead, lower correlations or questions of each competence. Each was tried by the engine with these very questions before
 * it is proposed.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class ways_out {
    /** @var string[] fields that may be changed by one click => section and key of the plan. */
    public const FIELDS = [
        'precision' => ['stop', 'standard_error'],
        'maxitems' => ['stop', 'max_items'],
        'minitems' => ['stop', 'min_items'],
        'correlation' => ['map', 'correlation'],
        'ownitems' => ['scales', 'min_items'],
    ];

    /** @var string[] of a map: changes are proposed under each of these warnings, and end it. */
    public const WARNINGS = ['map_unreached', 'map_correlation', 'map_apart'];

    /** @var float correlations that the engine proposes are lowered by as much where its whole check warns still. */
    private const LOWER = 0.05;

    /** @var int lengths are proposed in steps of this many questions. */
    private const STEP = 5;

    /** @var int[] questions more that are tried for a map: each try simulates it anew. */
    private const LONGER = [10, 20, 40];

    /**
     * The ways out of the problems of a check.
     *
     * @param check $check its problems, plan and what the engine found
     * @param callable $keeps whether a plan, as JSON, keeps its promise, without the warning of this code
     * @return array[] field, value and text of each, and the code of the warning that it ends
     */
    public static function of(check $check, callable $keeps): array {
        if (map_plan::is($check->plan)) {
            return self::of_map($check, $keeps);
        }
        $codes = array_column($check->problems, 'code');
        $ways = [];
        if (in_array('bank_too_small', $codes)) {
            $ways[] = self::way('minitems', (int) $check->feasibility['items'], $check->plan, $keeps);
        }
        if (in_array('promise_not_kept', $codes) && isset($check->plan['stop']['standard_error'])) {
            $ways[] = self::lower_precision($check->plan, $keeps);
            $ways[] = self::more_questions($check->plan, (int) $check->feasibility['items'], $keeps);
        }
        return array_values(array_filter($ways));
    }

    /**
     * The ways out of what is said of a map: it runs nevertheless, and tells less.
     *
     * @param check $check
     * @param callable $keeps
     * @return array[]
     */
    private static function of_map(check $check, callable $keeps): array {
        $all = [];
        foreach ($check->warnings as $warning) {
            if (in_array($warning['code'], self::WARNINGS, true)) {
                $without = fn(string $plan): bool => $keeps($plan, $warning['code']);
                $ways = $warning['code'] === 'map_unreached'
                    ? self::of_unreached($check, $without)
                    : self::of_margins($check->plan, $warning['tried'] ?? [], $without);
                array_push($all, ...array_map(fn(array $way): array => $way + ['warning' => $warning['code']], $ways));
            }
        }
        return $all;
    }

    /**
     * What the engine tried where margins would mislead.
     *
     * @param array $plan
     * @param array[] $tried field and value of the plan, and whether it works
     * @param callable $keeps
     * @return array[]
     */
    private static function of_margins(array $plan, array $tried, callable $keeps): array {
        $ways = [];
        foreach (array_filter($tried, fn(array $one): bool => !empty($one['works'])) as $one) {
            $values = match ($one['field'] ?? '') {
                'scales.min_items' => ['ownitems' => [(int) $one['value']]],
                'map.correlation' => ['correlation' => self::lower(map_plan::largest($one['value']))],
                default => [],
            };
            foreach ($values as $field => $list) {
                foreach ($list as $value) {
                    if ($way = self::way($field, $value, $plan, $keeps)) {
                        $ways[] = $way;
                        break;
                    }
                }
            }
        }
        return $ways;
    }

    /**
     * A correlation and those a little below.
     *
     * @param float $correlation
     * @return float[]
     */
    private static function lower(float $correlation): array {
        $list = array_map(fn(int $step): float => round($correlation - $step * self::LOWER, 2), [0, 1, 2]);
        return array_filter($list, fn(float $value): bool => $value >= 0);
    }

    /**
     * The ways out where competences do not reach their precision.
     *
     * @param check $check
     * @param callable $keeps
     * @return array[]
     */
    private static function of_unreached(check $check, callable $keeps): array {
        if (!isset($check->plan['stop']['standard_error'])) {
            return [];
        }
        // The finest degree that the least sure competence has now.
        $worst = max(array_column($check->feasibility['scales'], 'se'));
        $reached = array_filter(plan_builder::PRECISIONS, fn($degree) => $degree * map_plan::WIDER >= $worst);
        $ways = [$reached ? self::way('precision', end($reached), $check->plan, $keeps) : null];
        $items = (int) $check->feasibility['items'];
        $now = (int) ($check->plan['stop']['max_items'] ?? $items);
        foreach (self::LONGER as $more) {
            $length = min($items, $now + $more - $now % self::STEP);
            $way = $length > $now ? self::way('maxitems', $length, $check->plan, $keeps) : null;
            if ($way || $length >= $items) {
                $ways[] = $way;
                break;
            }
        }
        return array_values(array_filter($ways));
    }

    /**
     * A plan with another value of a field.
     *
     * @param array $plan
     * @param string $field one of FIELDS
     * @param mixed $value
     * @return array
     */
    public static function with(array $plan, string $field, mixed $value): array {
        if ($field === 'correlation') {
            map_plan::correlate($plan, (float) $value);
            return $plan;
        }
        if ($field === 'ownitems') {
            map_plan::ask_own($plan, (int) $value);
            return $plan;
        }
        [$section, $key] = self::FIELDS[$field];
        $wider = map_plan::is($plan) ? map_plan::WIDER : 1.0;
        $plan[$section][$key] = $field === 'precision' ? $wider * (float) $value : (int) $value;
        return $plan;
    }

    /**
     * The most precise of the degrees that can be kept.
     *
     * @param array $plan
     * @param callable $keeps
     * @return array|null
     */
    private static function lower_precision(array $plan, callable $keeps): ?array {
        $asked = (float) $plan['stop']['standard_error'];
        $coarser = array_values(array_filter(plan_builder::PRECISIONS, fn($degree) => (float) $degree > $asked));
        // From the coarsest to the finest, as PRECISIONS are: what keeps is followed by what does not.
        $found = self::last(count($coarser), fn(int $i): bool => $keeps(self::json(self::with($plan, 'precision', $coarser[$i]))));
        return $found === null ? null : self::way('precision', $coarser[$found], $plan);
    }

    /**
     * The smallest greater length that is enough.
     *
     * @param array $plan
     * @param int $items questions of the bank
     * @param callable $keeps
     * @return array|null
     */
    private static function more_questions(array $plan, int $items, callable $keeps): ?array {
        $now = (int) ($plan['stop']['max_items'] ?? $items);
        $lengths = [];
        for ($length = $now + self::STEP - $now % self::STEP; $length < $items; $length += self::STEP) {
            $lengths[] = $length;
        }
        if ($items > $now) {
            $lengths[] = $items;
        }
        $lengths = array_reverse($lengths);
        $found = self::last(count($lengths), fn(int $i): bool => $keeps(self::json(self::with($plan, 'maxitems', $lengths[$i]))));
        return $found === null ? null : self::way('maxitems', $lengths[$found], $plan);
    }

    /**
     * The last of a row that passes, where those that pass come first.
     *
     * @param int $count
     * @param callable $passes
     * @return int|null position, null when none passes
     */
    private static function last(int $count, callable $passes): ?int {
        if ($count === 0 || !$passes(0)) {
            return null;
        }
        [$low, $high] = [0, $count];
        while ($high - $low > 1) {
            $middle = intdiv($low + $high, 2);
            [$low, $high] = $passes($middle) ? [$middle, $high] : [$low, $middle];
        }
        return $low;
    }

    /**
     * A way out in words.
     *
     * @param string $field
     * @param mixed $value
     * @param array $plan
     * @param callable|null $keeps to try it, null when it was
     * @return array|null
     */
    private static function way(string $field, mixed $value, array $plan, ?callable $keeps = null): ?array {
        if ($keeps && !$keeps(self::json(self::with($plan, $field, $value)))) {
            return null;
        }
        $said = match ($field) {
            'precision' => get_string('precision_' . str_replace('.', '', $value), 'mod_palier'),
            default => format_float((float) $value, 2),
        };
        $counts = !in_array($field, ['precision', 'correlation'], true);
        return [
            'field' => $field,
            'value' => (string) $value,
            'text' => $counts ? counted::text("wayout_$field", (int) $value) : get_string("wayout_$field", 'mod_palier', $said),
        ];
    }

    /**
     * A plan as JSON.
     *
     * @param array $plan
     * @return string
     */
    private static function json(array $plan): string {
        return json_text::encode($plan);
    }
}
