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

namespace mod_palier\local\xapi;

/**
 * A text that may be written in several languages, as a language map of xAPI.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class language_map {
    /** @var string What a text in several languages has: core's filter marks them with "lang", others with "{mlang". */
    private const MARK = '/lang/i';

    /**
     * The present language as a language tag.
     *
     * @return string
     */
    public static function tag(): string {
        return str_replace('_', '-', current_language());
    }

    /**
     * The texts by language tag: the present language first, and each other of the site where the text is another.
     *
     * @param string $text as it is stored
     * @param callable $plain makes plain text of it, in the present language
     * @return string[]
     */
    public static function of(string $text, callable $plain): array {
        $texts = [self::tag() => $plain($text)];
        // Filters cost, and most texts are of one language.
        $languages = preg_match(self::MARK, $text) ? array_keys(get_string_manager()->get_list_of_translations()) : [];
        foreach (array_diff($languages, [current_language()]) as $language) {
            $before = force_current_language($language);
            try {
                $texts[self::tag()] = $plain($text);
            } finally {
                force_current_language($before);
            }
        }
        return array_unique($texts);
    }
}
