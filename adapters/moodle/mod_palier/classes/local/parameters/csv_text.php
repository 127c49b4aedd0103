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
 * Reads and writes small CSV texts, with the line that each record began on.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class csv_text {
    /** @var int bytes that a file may have. */
    public const MAXBYTES = 4 * 1024 * 1024;

    /** @var int records that a file may have. */
    public const MAXRECORDS = 20000;

    /** @var int columns that a file may have. */
    private const MAXCOLUMNS = 100;

    /** @var string byte order mark of UTF-8. */
    public const BOM = "\xEF\xBB\xBF";

    /**
     * Takes a text apart: comma, semicolon or tabulation, with or without a byte order mark.
     *
     * @param string $text
     * @return array ['delimiter' => string, 'header' => string[], 'records' => line => string[]]
     * @throws \moodle_exception csvtoolarge, csvnotutf8, csvempty
     */
    public static function parse(string $text): array {
        if (strlen($text) > self::MAXBYTES) {
            throw new \moodle_exception('csvtoolarge', 'mod_palier', '', display_size(self::MAXBYTES));
        }
        if (str_starts_with($text, self::BOM)) {
            $text = substr($text, 3);
        }
        if (!mb_check_encoding($text, 'UTF-8') || str_contains($text, "\0")) {
            throw new \moodle_exception('csvnotutf8', 'mod_palier');
        }
        $text = str_replace(["\r\n", "\r"], "\n", $text);
        $first = strtok($text, "\n") ?: '';
        $delimiter = ',';
        foreach ([';', "\t"] as $other) {
            if (substr_count($first, $other) > substr_count($first, $delimiter)) {
                $delimiter = $other;
            }
        }
        $handle = fopen('php://memory', 'w+');
        fwrite($handle, $text);
        rewind($handle);
        $header = null;
        $records = [];
        $line = 1;
        $position = 0;
        while (($record = fgetcsv($handle, null, $delimiter, '"', '')) !== false) {
            $end = ftell($handle);
            if ($record !== [null] && trim(implode('', $record)) !== '') {
                if ($header === null) {
                    $header = $record;
                } else {
                    $records[$line] = $record;
                }
            }
            $line += substr_count($text, "\n", $position, $end - $position);
            $position = $end;
            if (count($records) > self::MAXRECORDS || count($record) > self::MAXCOLUMNS) {
                fclose($handle);
                throw new \moodle_exception('csvtoomany', 'mod_palier', '', [
                    'records' => self::MAXRECORDS,
                    'columns' => self::MAXCOLUMNS,
                ]);
            }
        }
        fclose($handle);
        if ($header === null) {
            throw new \moodle_exception('csvempty', 'mod_palier');
        }
        return ['delimiter' => $delimiter, 'header' => array_map(trim(...), $header), 'records' => $records];
    }

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
