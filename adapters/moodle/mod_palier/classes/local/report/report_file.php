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

/**
 * The rows of a trainer's list as a file, just those that its filters leave, written row by row: one for a spreadsheet,
 * one for programs.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class report_file {
    /**
     * A list of an activity.
     *
     * @param \cm_info $cm
     * @param string $report class of the list: one of the trainer's reports
     * @param report_filters $filters
     */
    public function __construct(
        /** @var \cm_info The activity. */
        private readonly \cm_info $cm,
        /** @var string Class of the list. */
        private readonly string $report,
        /** @var report_filters What is asked. */
        private readonly report_filters $filters,
    ) {
    }

    /**
     * A file that a French spreadsheet opens by a double click: semicolons, the byte order mark, numbers with the reader's
     * decimal sign, each in a column of its own.
     *
     * @param resource $file
     */
    public function write_spreadsheet($file): void {
        $table = $this->table($columns);
        $titles = array_map(fn($column) => $column->get_title(), array_values($columns));
        fwrite($file, csv_text::BOM . csv_text::spreadsheet_line($titles));
        foreach ($table->rawdata as $record) {
            fwrite($file, csv_text::spreadsheet_line(array_values(array_intersect_key($table->format_row($record), $columns))));
        }
        $table->close_recordset();
    }

    /**
     * The statements of the list as an LRS answers: {"statements": [...], "more": ""}.
     *
     * @param resource $file
     */
    public function write_statements($file): void {
        $table = $this->table($columns);
        $json = array_search('json', array_map(fn($column) => $column->get_name(), $columns));
        fwrite($file, '{"statements":[');
        $between = '';
        foreach ($table->rawdata as $record) {
            // As it was made and sent: text, not decoded.
            fwrite($file, $between . $record->$json);
            $between = ",\n";
        }
        fwrite($file, '],"more":""}');
        $table->close_recordset();
    }

    /**
     * Sends a file and ends.
     *
     * @param string $ending of its name
     * @param callable $write with the open file
     */
    public function send(string $ending, callable $write): never {
        $path = make_request_directory() . '/list';
        $file = fopen($path, 'wb');
        $write($file);
        fclose($file);
        $name = clean_filename($this->cm->name . '-' . $this->report::get_name() . ".$ending");
        send_file($path, $name, 0, 0, false, true, $ending === 'csv' ? 'text/csv' : 'application/json', true);
        die;
    }

    /**
     * The rows, as the list would be downloaded.
     *
     * @param array|null $columns given back: its columns by alias
     * @return system_report_table
     */
    private function table(?array &$columns): system_report_table {
        $report = system_report_factory::create(
            $this->report,
            $this->cm->context,
            'mod_palier',
            substr(strrchr($this->report, '\\'), 1),
            0,
            $this->filters->values() + ['spreadsheet' => 1]
        );
        $table = system_report_table::create($report->get_report_persistent()->get('id'), $report->get_parameters());
        $table->guess_base_url();
        $table->setup();
        $table->query_db(0, false);
        // The table gives the report's columns their aliases.
        $columns = $report->get_active_columns_by_alias();
        return $table;
    }
}
