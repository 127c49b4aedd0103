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

namespace local_palier\local;

/**
 * The lines of a CSV file that somebody made with a spreadsheet, each with its number in the file.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class csv_lines {
    /**
     * The lines that are not empty.
     *
     * Columns are parted by commas, or by semicolons as a French spreadsheet does: by what the first line has more of.
     *
     * @param string $content UTF-8, with or without byte order mark
     * @return string[][] number of the line that it begins on, from 1 => fields, without the space around them
     */
    public static function of(string $content): array {
        if (str_starts_with($content, profile_file::BOM)) {
            $content = substr($content, strlen(profile_file::BOM));
        }
        $content = str_replace(["\r\n", "\r"], "\n", $content);
        $head = strtok($content, "\n") ?: '';
        $delimiter = substr_count($head, ';') > substr_count($head, ',') ? ';' : ',';
        $stream = fopen('php://temp', 'r+');
        fwrite($stream, $content);
        rewind($stream);
        $lines = [];
        $number = 1;
        $place = 0;
        while (($fields = fgetcsv($stream, null, $delimiter, '"', '')) !== false) {
            $fields = array_map(fn($field) => trim((string) $field), $fields);
            if (implode('', $fields) !== '') {
                $lines[$number] = $fields;
            }
            // A field in quotation marks may span lines.
            $number += substr_count($content, "\n", $place, ftell($stream) - $place);
            $place = ftell($stream);
        }
        fclose($stream);
        return $lines;
    }
}
