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

namespace mod_palier\local\report;

use core_reportbuilder\system_report_factory;
use core_reportbuilder\table\system_report_table;
use mod_palier\local\parameters\csv_text;
use mod_palier\reportbuilder\local\systemreports\attempts;

/**
 * The list of attempts as a file that a French spreadsheet opens by a double click: semicolons, the byte order mark, numbers
 * with the reader's decimal sign, each in a column of its own.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class spreadsheet {
    /**
     * Sends the file and ends.
     *
     * @param \cm_info $cm
     * @param report_filters $filters
     */
    public static function send(\cm_info $cm, report_filters $filters): void {
        $name = clean_filename($cm->name . '-' . get_string('report', 'mod_palier') . '.csv');
        send_file(self::text($cm, $filters), $name, 0, 0, true, true, 'text/csv');
    }

    /**
     * The file.
     *
     * @param \cm_info $cm
     * @param report_filters $filters
     * @return string
     */
    public static function text(\cm_info $cm, report_filters $filters): string {
        $report = system_report_factory::create(
            attempts::class,
            $cm->context,
            'mod_palier',
            'attempts',
            0,
            $filters->values() + ['spreadsheet' => 1]
        );
        $table = system_report_table::create($report->get_report_persistent()->get('id'), $report->get_parameters());
        $table->guess_base_url();
        $table->setup();
        $table->query_db(0, false);
        $columns = $report->get_active_columns_by_alias();
        $text = csv_text::BOM . csv_text::line(array_map(fn($column) => $column->get_title(), array_values($columns)), ';');
        $sign = get_string('decsep', 'langconfig');
        foreach ($table->rawdata as $record) {
            $cells = array_intersect_key($table->format_row($record), $columns);
            $text .= csv_text::line(array_map(
                fn($cell) => is_float($cell) ? str_replace('.', $sign, (string) round($cell, 6)) : (string) $cell,
                array_values($cells)
            ), ';');
        }
        $table->close_recordset();
        return $text;
    }
}
