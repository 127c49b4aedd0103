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

namespace mod_palier\local\package;

/**
 * What the program says of questions that it carries in part or not at all (adapters/formats), in the reader's language.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class remarks {
    /** @var string[] strings of this plugin, by what the program says; their place is the group "a". */
    private const KNOWN = [
        '/^the question type \'calculated\w*\' is not carried/' => 'remark_calculated',
        '/^the question type \'(?<a>ddimageortext|ddmarker)\' is not carried/' => 'remark_picture',
        '/^the question type \'(?<a>[^\']*)\' is not carried/' => 'remark_type',
        '/^no answer is worth the whole mark|^its best answer is worth /' => 'remark_neverright',
        '/^the grade .* is not in Moodle\'s list/' => 'remark_grade',
        '/^its files make (?<a>\d+) MiB of the test/' => 'remark_large',
        '/^formulas in TeX are drawn/' => 'remark_formulas',
        '/^a formula in a list of choices/' => 'remark_formulalist',
        '/^hints are not carried/' => 'remark_hints',
        '/^instructions are not carried/' => 'remark_instructions',
        '/^(?:picture|file) (?<a>.+) is not in the /' => 'remark_file',
        '/^text in \w+ is carried as plain text/' => 'remark_plaintext',
        '/^left out: (?<a>.+)$/' => 'remark_leftout',
        '/^two .* are the same, /' => 'remark_same',
    ];

    /**
     * A remark for a page.
     *
     * @param string $remark in English, as the program says it
     * @return array ['text' => string, 'lang' => string empty where it is the reader's language]
     */
    public static function told(string $remark): array {
        foreach (self::KNOWN as $pattern => $string) {
            if (preg_match($pattern, $remark, $found)) {
                return ['text' => get_string($string, 'mod_palier', $found['a'] ?? ''), 'lang' => ''];
            }
        }
        return ['text' => $remark, 'lang' => 'en'];
    }
}
