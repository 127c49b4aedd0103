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

namespace mod_palier\output;

use mod_palier\local\calibration\comparisons;
use mod_palier\local\counted;

/**
 * Whether questions are as hard for one group as for another, in words: how much first, and how sure that is after it.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class fairness_words {
    /** @var int persons of the smaller group from which ETS decides by a class (docs/calibration.md). */
    private const ENOUGH = 200;

    /** @var float p below which a difference of slopes is told. */
    private const SIGNIFICANT = 0.05;

    /**
     * Of a whole calibration.
     *
     * @param array|null $fairness of comparisons::outcome(), null of a calibration that has none
     * @param array[] $scales of the engine's answer
     * @return array|null
     */
    public static function of_all(?array $fairness, array $scales): ?array {
        if ($fairness === null) {
            return null;
        }
        $rows = [];
        foreach ($fairness['compared'] as $one) {
            $rows[] = [
                'name' => self::name($one),
                'persons' => implode(' / ', $one['persons']),
                'a' => $one['classes']['A'],
                'b' => $one['classes']['B'],
                'c' => $one['classes']['C'],
                'few' => $one['few'],
            ];
        }
        return [
            'rows' => $rows,
            'hasrows' => (bool) $rows,
            'small' => (bool) array_filter($fairness['compared'], fn($one) => min($one['persons']) < self::ENOUGH)
                ? get_string('fairness_small', 'mod_palier', self::ENOUGH) : '',
            'ratio' => in_array(false, array_column(array_merge(...array_column($scales, 'groups')), 'likelihood_ratio'), true)
                ? get_string('fairness_noratio', 'mod_palier') : '',
            'few' => array_map(fn($kind) => get_string("fairness_few_$kind", 'mod_palier', comparisons::LEAST), $fairness['few']),
        ];
    }

    /**
     * Of one question.
     *
     * @param array[] $groups what the engine found, by comparison
     * @param array[] $compared of comparisons::outcome(), by comparison
     * @return string[]
     */
    public static function of_item(array $groups, array $compared): array {
        $lines = [];
        foreach ($compared as $name => $one) {
            $found = $groups[$name] ?? null;
            $line = ['name' => self::name($one)];
            if (!isset($found['class'])) {
                $lines[] = get_string('fairness_item_few', 'mod_palier', $line) . self::ratio($found);
                continue;
            }
            $line += [
                'class' => $found['class'],
                'focal' => self::value($one['kind'], $one['focal']),
                'delta' => format_float(abs($found['delta']), 1),
                'error' => format_float($found['se_delta'], 1),
                'p' => self::p($found['p']),
            ];
            $said = get_string('fairness_item_' . self::direction($found), 'mod_palier', $line);
            $logistic = $found['logistic'];
            if ($logistic && $logistic['p_nonuniform'] < self::SIGNIFICANT) {
                $said .= ' ' . get_string('fairness_item_slope', 'mod_palier', [
                    'r' => format_float($logistic['r_square_change'], 2), 'p' => self::p($logistic['p_nonuniform']),
                ]);
            }
            $lines[] = $said . self::ratio($found);
        }
        return $lines;
    }

    /**
     * What a likelihood ratio says, where it was asked for and made.
     *
     * @param array|null $found
     * @return string
     */
    private static function ratio(?array $found): string {
        return !isset($found['likelihood_ratio']) ? '' : ' ' . get_string('fairness_item_ratio', 'mod_palier', [
            'chi' => format_float($found['likelihood_ratio']['chi_square'], 1),
            'df' => (int) $found['likelihood_ratio']['degrees'],
            'p' => self::p($found['likelihood_ratio']['p']),
        ]);
    }

    /**
     * Which way a question differs.
     *
     * @param array $found
     * @return string alike, harder or easier for the focal group
     */
    private static function direction(array $found): string {
        return match (true) {
            $found['class'] === 'A' => 'alike',
            $found['delta'] < 0 => 'harder',
            default => 'easier',
        };
    }

    /**
     * A probability that may be very small.
     *
     * @param float $p
     * @return string
     */
    private static function p(float $p): string {
        return $p < 0.001 ? '< ' . format_float(0.001, 3) : '= ' . format_float($p, 3);
    }

    /**
     * What is compared with what.
     *
     * @param array $one
     * @return string plain text
     */
    private static function name(array $one): string {
        return get_string("fairness_by_{$one['kind']}", 'mod_palier', [
            'reference' => self::value($one['kind'], $one['reference']), 'focal' => self::value($one['kind'], $one['focal']),
        ]);
    }

    /**
     * The name of a group.
     *
     * @param string $kind
     * @param int|string $value
     * @return string plain text
     */
    private static function value(string $kind, int|string $value): string {
        return match ($kind) {
            'language' => get_string_manager()->get_list_of_languages()[$value]
                ?? get_string_manager()->get_list_of_translations(true)[$value] ?? $value,
            'mode' => get_string("fairness_mode_$value", 'mod_palier'),
            'device' => get_string("fairness_device_$value", 'mod_palier'),
            'group' => (string) (groups_get_group_name((int) $value) ?: get_string('fairness_gone', 'mod_palier')),
        };
    }
}
