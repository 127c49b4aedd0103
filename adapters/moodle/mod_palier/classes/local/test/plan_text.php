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

/**
 * Texts of a plan in the reader's language.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class plan_text {
    /**
     * A text, or the one of several languages that the reader has.
     *
     * @param string|array|null $text as plans have it
     * @param string|null $language null for the reader's
     * @return string plain text
     */
    public static function of(string|array|null $text, ?string $language = null): string {
        if (!is_array($text)) {
            return (string) $text;
        }
        $language ??= current_language();
        foreach ([$language, substr($language, 0, 2), 'en', 'fr'] as $code) {
            if (isset($text[$code])) {
                return $text[$code];
            }
        }
        return (string) reset($text);
    }

    /**
     * A level with its name.
     *
     * @param int $number
     * @param string|array|null $name
     * @return string plain text
     */
    public static function level(int $number, string|array|null $name): string {
        $name = self::of($name);
        return $name === ''
            ? get_string('levelnumber', 'mod_palier', $number)
            : get_string('levelnamed', 'mod_palier', ['number' => $number, 'name' => $name]);
    }

    /**
     * All levels of a plan, the one below the first cut too.
     *
     * @param array $plan
     * @return string[] number => name; none without levels
     */
    public static function all_levels(array $plan): array {
        if (empty($plan['levels']['cuts'])) {
            return [];
        }
        $first = $plan['levels']['first'] ?? 0;
        return [$first => self::level($first, $plan['levels']['names'][0] ?? null)] + self::levels($plan);
    }

    /**
     * The levels of a plan, for a menu.
     *
     * @param array $plan
     * @return string[] number => name, without the one below the first cut
     */
    public static function levels(array $plan): array {
        $names = [];
        $first = $plan['levels']['first'] ?? 0;
        foreach (array_keys($plan['levels']['cuts'] ?? []) as $position) {
            $number = $first + $position + 1;
            $names[$number] = self::level($number, $plan['levels']['names'][$position + 1] ?? null);
        }
        return $names;
    }
}
