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

namespace mod_palier\local;

/**
 * Sentences with a number of things.
 *
 * A string KEY is for several; KEY_one is for one, and for none where a language has none in the singular ("0 question");
 * KEY_none, where it is there, is for none.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class counted {
    /**
     * The sentence.
     *
     * @param string $key
     * @param int $count how many
     * @param mixed $a what the string takes, null where that is the number
     * @return string
     */
    public static function text(string $key, int $count, mixed $a = null): string {
        $hasnone = get_string_manager()->string_exists("{$key}_none", 'mod_palier');
        $form = self::form($key, $count, $hasnone, get_string('count_zeroissingular', 'mod_palier') === '1');
        return get_string($form, 'mod_palier', $a ?? $count);
    }

    /**
     * Which string says so many.
     *
     * @param string $key
     * @param int $count
     * @param bool $hasnone whether there is a string for none
     * @param bool $zeroissingular whether the language has none in the singular
     * @return string its key
     */
    public static function form(string $key, int $count, bool $hasnone, bool $zeroissingular): string {
        return match (true) {
            $count === 1 => "{$key}_one",
            $count === 0 && $hasnone => "{$key}_none",
            $count === 0 && $zeroissingular => "{$key}_one",
            default => $key,
        };
    }
}
