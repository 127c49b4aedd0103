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
 * A CSV file that somebody made with a spreadsheet, read: its lines, or each of its faults by line and column.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class csv_import {
    /** @var int bytes that a file may have. */
    public const MOST_BYTES = 1024 * 1024;

    /** @var int lines that a file may have. */
    public const MOST_LINES = 2000;

    /** @var string[] column that a file may have => column of the tables. */
    protected const COLUMNS = [];

    /** @var string[] those of them that it may lack. */
    protected const OPTIONAL = [];

    /** @var int[] characters of a field, by column of the file. */
    protected const LONGEST = [];

    /** @var string[] columns of numbers, which no spreadsheet takes for a formula. */
    protected const NUMBERS = [];

    /** @var int characters of a text, but for those of LONGEST. */
    private const LONG = 255;

    /** @var array[] faults in the order of lines: line, column (empty where it is the whole line), text. */
    public array $faults = [];

    /**
     * The lines below the first, which names the columns. A line that has more or fewer fields is a fault and left out.
     *
     * @param string $content
     * @return \Generator<string[]> values by column of the file, by line; none where the file is none. Faults come as it goes on
     */
    protected function read(string $content): \Generator {
        if (strlen($content) > static::MOST_BYTES) {
            $this->fault(1, '', 'fault_large', display_size(static::MOST_BYTES));
            return;
        }
        if (!mb_check_encoding($content, 'UTF-8') || str_contains($content, "\0")) {
            $this->fault(1, '', 'fault_encoding');
            return;
        }
        $lines = csv_lines::of($content);
        if (count($lines) > static::MOST_LINES + 1) {
            $this->fault(1, '', 'fault_long', static::MOST_LINES);
            return;
        }
        $columns = array_map(fn($name) => \core_text::strtolower($name), reset($lines) ?: []);
        if (!$this->has_columns((int) key($lines), $columns)) {
            return;
        }
        $read = 0;
        foreach (array_slice($lines, 1, null, true) as $line => $fields) {
            if (count($fields) !== count($columns)) {
                $this->fault($line, '', 'fault_fields', ['found' => count($fields), 'wanted' => count($columns)]);
                continue;
            }
            $read++;
            yield $line => array_combine($columns, $fields) + array_fill_keys(array_keys(static::COLUMNS), '');
        }
        if (!$read && !$this->faults) {
            $this->fault(1, '', 'fault_empty');
        }
    }

    /**
     * Whether the first line names the columns.
     *
     * @param int $line
     * @param string[] $columns
     * @return bool
     */
    private function has_columns(int $line, array $columns): bool {
        $line = max(1, $line);
        foreach (array_diff(array_keys(static::COLUMNS), static::OPTIONAL, $columns) as $missing) {
            $this->fault($line, $missing, 'fault_nocolumn');
        }
        foreach ($columns as $place => $column) {
            if (!isset(static::COLUMNS[$column])) {
                $this->fault($line, $column, 'fault_column', implode(', ', array_keys(static::COLUMNS)));
            } else if (array_search($column, $columns, true) !== $place) {
                $this->fault($line, $column, 'fault_columntwice');
            }
        }
        return !$this->faults;
    }

    /**
     * The texts of a line are as long as they may be, and no spreadsheet takes one for a formula.
     *
     * @param int $line
     * @param string[] $values by column
     */
    protected function check_texts(int $line, array $values): void {
        foreach ($values as $column => $value) {
            $longest = static::LONGEST[$column] ?? self::LONG;
            if (\core_text::strlen($value) > $longest) {
                $this->fault($line, $column, 'fault_textlong', $longest);
            }
            if (!in_array($column, static::NUMBERS, true) && preg_match('/^[=+\-@]/', $value)) {
                $this->fault($line, $column, 'fault_formula', \core_text::substr($value, 0, 1));
            }
            if (preg_match('/[\x00-\x1F\x7F]/', $value)) {
                $this->fault($line, $column, 'fault_control');
            }
        }
    }

    /**
     * Whether a text is a code: that of a profile, or of an entry of the catalogue.
     *
     * @param int $line
     * @param string $column
     * @param string $value
     * @return bool
     */
    protected function is_code(int $line, string $column, string $value): bool {
        $is = (bool) preg_match('/^[\pL\pN][\pL\pN._-]*$/u', $value);
        if (!$is) {
            $this->fault($line, $column, 'fault_code', $value);
        }
        return $is;
    }

    /**
     * A whole number between two.
     *
     * @param int $line
     * @param string $column
     * @param string $value
     * @param int $first
     * @param int $last
     */
    protected function check_number(int $line, string $column, string $value, int $first, int $last): void {
        if (!preg_match('/^\d{1,3}$/', $value) || $value < $first || $value > $last) {
            $this->fault($line, $column, 'fault_number', ['found' => $value, 'first' => $first, 'last' => $last]);
        }
    }

    /**
     * Notes what is wrong.
     *
     * @param int $line
     * @param string $column
     * @param string $string
     * @param mixed $a
     */
    protected function fault(int $line, string $column, string $string, mixed $a = null): void {
        $this->faults[] = ['line' => $line, 'column' => $column, 'text' => get_string($string, 'local_palier', $a)];
    }
}
