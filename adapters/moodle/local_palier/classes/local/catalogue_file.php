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
 * The catalogue as a CSV file: a line for each training.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class catalogue_file {
    /** @var string[] column of the file => column of the tables. */
    public const COLUMNS = [
        'code' => 'code', 'title' => 'title', 'framework' => 'framework', 'competences' => 'competence',
        'from_level' => 'fromlevel', 'to_level' => 'tolevel', 'modality' => 'modality', 'days' => 'days', 'place' => 'place',
        'dates' => 'dates', 'url' => 'url', 'course' => 'courseid',
    ];

    /** @var string[] columns that a file may lack. */
    public const OPTIONAL = ['from_level', 'modality', 'days', 'place', 'dates', 'url', 'course'];

    /** @var string what stands between the competences of a training. */
    public const BETWEEN = '|';

    /**
     * The file of entries, which comes in again as it is. A course is named by its id number, or by its short name where it has
     * none.
     *
     * @param entry[] $entries
     * @return string
     */
    public static function text(array $entries): string {
        global $DB;
        $stream = fopen('php://temp', 'r+');
        fwrite($stream, profile_file::BOM);
        fputcsv($stream, array_keys(self::COLUMNS), ',', '"', '');
        $ids = array_filter(array_column($entries, 'courseid'));
        $courses = $DB->get_records_list('course', 'id', $ids, '', 'id, shortname, idnumber');
        foreach ($entries as $entry) {
            $course = $courses[$entry->courseid ?? 0] ?? null;
            $values = [
                'competence' => implode(self::BETWEEN, $entry->competences),
                'courseid' => $course ? ($course->idnumber !== '' ? $course->idnumber : $course->shortname) : '',
            ] + $entry->fields();
            fputcsv($stream, array_map(fn($column) => $values[$column], array_values(self::COLUMNS)), ',', '"', '');
        }
        rewind($stream);
        return stream_get_contents($stream);
    }
}
