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

use stdClass;

/**
 * What a table says and Moodle does not keep, to be told before anything is saved.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class lost_values {
    /** @var int lines or values that a notice names. */
    private const NAMED = 10;

    /** @var array columns that are not kept => what a question, or its row, has in their place. */
    private const HELD = ['source' => 'source', 'label' => 'name', 'name' => 'name', 'qtype' => 'qtype'];

    /** @var array columns => the lines where something is lost. */
    private array $columns = [];

    /** @var string[] enemies that are no questions of the test, with their lines. */
    private array $enemies = [];

    /** @var bool[] scales that the file names. */
    private array $scales = [];

    /**
     * Takes note of a line's scale.
     *
     * @param array $read the line, as the engine read it
     */
    public function scale(array $read): void {
        if (isset($read['item']['scale'])) {
            $this->scales[$read['item']['scale']] = true;
        }
    }

    /**
     * Takes note of what a line loses.
     *
     * @param array $read the line, as the engine read it
     * @param imported_values $values what of it is kept
     * @param stdClass $question
     * @param int $number the line
     */
    public function note(array $read, imported_values $values, stdClass $question, int $number): void {
        $fields = $read['item'] + $read['other'];
        $held = ($values->row ?? ['source' => '']) + (array) $question;
        $more = preg_grep('/^(se_[acd]|num\..*)$/', array_keys($fields));
        foreach (self::HELD + array_fill_keys($more, '') as $column => $place) {
            $value = csv_text::unsafe((string) ($fields[$column] ?? ''));
            if ($value !== '' && $value !== trim((string) ($held[$place] ?? ''))) {
                $this->columns[$column][] = $number;
            }
        }
        foreach ($values->strangers as $item) {
            $this->enemies[] = "$item ($number)";
        }
    }

    /**
     * What to tell.
     *
     * @return string[] plain text
     */
    public function notices(): array {
        $notices = [];
        foreach ($this->columns as $column => $numbers) {
            $notices[] = get_string('importcolumnlost', 'mod_palier', ['column' => $column, 'lines' => self::first($numbers)]);
        }
        if ($this->enemies) {
            $notices[] = get_string('importenemiesunknown', 'mod_palier', self::first($this->enemies));
        }
        if (count($this->scales) > 1) {
            $notices[] = get_string('importscales', 'mod_palier', implode(', ', array_keys($this->scales)));
        }
        return $notices;
    }

    /**
     * The first of a list.
     *
     * @param array $list
     * @return string
     */
    private static function first(array $list): string {
        return implode(', ', array_slice($list, 0, self::NAMED)) . (count($list) > self::NAMED ? '…' : '');
    }
}
