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

namespace mod_palier\local\parameters;

/**
 * CSV as it is written here. The engine reads it (docs/tables.md).
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class csv_text {
    /** @var int bytes that a file may have. */
    public const MAXBYTES = 4 * 1024 * 1024;

    /** @var string byte order mark of UTF-8. */
    public const BOM = "\xEF\xBB\xBF";

    /**
     * One line of CSV.
     *
     * @param array $fields
     * @param string $delimiter
     * @return string
     */
    public static function line(array $fields, string $delimiter = ','): string {
        $quoted = array_map(
            fn($field) => strpbrk((string) $field, $delimiter . "\"\r\n") === false
                ? (string) $field
                : '"' . str_replace('"', '""', $field) . '"',
            $fields
        );
        return implode($delimiter, $quoted) . "\r\n";
    }

    /**
     * One line that a French spreadsheet opens by a double click, after the byte order mark: semicolons, numbers with the
     * reader's decimal sign.
     *
     * @param array $cells floats are rounded; texts have been made safe() where people wrote them
     * @return string
     */
    public static function spreadsheet_line(array $cells): string {
        $sign = get_string('decsep', 'langconfig');
        return self::line(array_map(
            fn($cell) => is_float($cell) ? str_replace('.', $sign, (string) round($cell, 6)) : (string) $cell,
            $cells
        ), ';');
    }

    /**
     * A text that no spreadsheet takes for a formula.
     *
     * @param string $text
     * @return string
     */
    public static function safe(string $text): string {
        return preg_match('/^\'*[=+\-@\t\r\n]/', $text) ? "'" . $text : $text;
    }

    /**
     * The text that safe() was given.
     *
     * @param string $text
     * @return string
     */
    public static function unsafe(string $text): string {
        return preg_match('/^\'+[=+\-@\t\r\n]/', $text) ? substr($text, 1) : $text;
    }
}
