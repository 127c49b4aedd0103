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

use mod_palier\local\attempt\attempt;
use mod_palier\local\counted;

/**
 * That a result came back from a package, and what it claimed otherwise than the engine says.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class package_notice {
    /**
     * For a page about an attempt.
     *
     * @param attempt $attempt
     * @return array|false false where it was taken here
     */
    public static function of(attempt $attempt): array|false {
        if ($attempt->packageid === null) {
            return false;
        }
        $differences = array_map(self::told(...), $attempt->differences['told'] ?? []);
        $unchecked = (int) ($attempt->differences['unchecked'] ?? 0);
        return [
            'differences' => $differences,
            'differs' => (bool) $differences,
            'unchecked' => $unchecked ? counted::text('frompackage_unchecked', $unchecked) : '',
        ];
    }

    /**
     * One thing that is claimed otherwise.
     *
     * @param array $difference of `palier records --whole`
     * @return string
     */
    private static function told(array $difference): string {
        return get_string('difference_' . $difference['code'], 'mod_palier', array_map(
            fn($value) => is_array($value) ? self::event($value) : (is_float($value) || is_int($value)
                ? format_float($value, -1) : $value),
            $difference
        ));
    }

    /**
     * An event in words.
     *
     * @param array $event of a log
     * @return string
     */
    private static function event(array $event): string {
        return match ($event['type']) {
            'asked' => get_string('difference_asked', 'mod_palier', $event['item']),
            'stopped' => get_string('difference_stopped', 'mod_palier'),
            default => $event['type'],
        };
    }
}
