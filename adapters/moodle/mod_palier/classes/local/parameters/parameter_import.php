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

use mod_palier\local\bank\bank_builder;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use moodle_exception;
use stdClass;

/**
 * A table of parameters: says line by line what it will do, then does it.
 *
 * The engine reads the table (docs/tables.md) and says what is wrong with it, all at once. Here is what concerns Moodle:
 * which question a line is about (by questionid or entryid where the file has them, else by item or idnumber), who may
 * change it, what would be saved, and what of the file has no place here.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class parameter_import {
    /** @var int lines that a file may have. */
    public const MAXLINES = 20000;

    /** @var string[] columns of the table that have another name in a file. */
    private const NAMES = ['seb' => 'se_b', 'itemset' => 'item_set', 'keyformat' => 'key_format'];

    /** @var string[] what is wrong with the file as a whole. */
    public array $errors = [];

    /** @var string[] what the reader should know. */
    public array $notices = [];

    /** @var stdClass[] one for each line: line, item, name, entryid, action, changes, errors, row. */
    public array $lines = [];

    /** @var array[] items that the engine has still to look at, by their place in $lines. */
    private array $asked = [];

    /**
     * Constructor: reads the file and changes nothing.
     *
     * @param string $content the file
     * @param stdClass[] $questions of bank_builder::questions(): the ones that may be changed
     */
    public function __construct(
        string $content,
        /** @var stdClass[] the questions that may be changed. */
        private readonly array $questions
    ) {
        if (strlen($content) > csv_text::MAXBYTES) {
            $this->errors[] = get_string('csvtoolarge', 'mod_palier', display_size(csv_text::MAXBYTES));
            return;
        }
        try {
            $table = engine_factory::get()->table($content, current_language());
            if (count($table['rows']) > self::MAXLINES) {
                $this->errors[] = get_string('csvtoomany', 'mod_palier', self::MAXLINES);
                return;
            }
            $faults = $this->faults($table);
            if (!$this->errors) {
                $this->read($table, $faults);
                $this->ask_engine();
            }
        } catch (engine_exception $e) {
            $this->errors[] = get_string('importunchecked', 'mod_palier', $e->enginemessage);
        } catch (moodle_exception $e) {
            $this->errors[] = $e->getMessage();
        }
    }

    /**
     * How many lines would do what: new, change, same, error.
     *
     * @return int[]
     */
    public function counts(): array {
        return array_count_values(array_column($this->lines, 'action'))
            + ['new' => 0, 'change' => 0, 'same' => 0, 'error' => 0];
    }

    /**
     * Whether every line is good.
     *
     * @return bool
     */
    public function is_valid(): bool {
        return !$this->errors && $this->counts()['error'] === 0;
    }

    /**
     * Does what was said.
     *
     * @param bool $validonly leave bad lines out; else one bad line changes nothing
     * @return int how many questions changed
     */
    public function apply(bool $validonly = false): int {
        if ($this->errors || (!$validonly && !$this->is_valid())) {
            return 0;
        }
        $rows = [];
        foreach ($this->lines as $line) {
            if ($line->action === 'new' || $line->action === 'change') {
                $rows[$line->entryid] = $line->row;
            }
        }
        return item_parameters::save($rows);
    }

    /**
     * What the engine says of the table: what is wrong with all of it becomes an error here, the rest belongs to lines.
     *
     * @param array $table as the engine read it
     * @return array line => messages
     */
    private function faults(array $table): array {
        $this->notices = array_column($table['notices'], 'message');
        $rows = array_column($table['rows'], 'faults', 'line');
        $faults = [];
        foreach ($table['problems'] as $problem) {
            $line = (int) $problem['line'];
            if (isset($rows[$line]) || str_starts_with($problem['code'], 'cells')) {
                $faults[$line][] = $problem['message'];
            } else if ($line > $table['header_line']) {
                // The text is no table from there on.
                $this->errors[] = get_string('importatline', 'mod_palier', ['line' => $line, 'message' => $problem['message']]);
            } else {
                $this->errors[] = $problem['message'];
            }
        }
        if ($table['problem_count'] > count($table['problems'])) {
            $this->notices[] = get_string('importmorefaults', 'mod_palier', [
                'listed' => count($table['problems']),
                'all' => $table['problem_count'],
            ]);
            foreach ($rows as $line => $count) {
                if ($count && !isset($faults[$line])) {
                    $faults[$line][] = get_string('importnotlisted', 'mod_palier');
                }
            }
        }
        return $faults;
    }

    /**
     * Reads the lines.
     *
     * @param array $table as the engine read it
     * @param array $faults line => messages
     */
    private function read(array $table, array $faults): void {
        $finder = new question_finder($this->questions);
        $guesses = expert_levels::guesses($this->questions);
        $seen = [];
        $lost = new lost_values();
        $rows = array_column($table['rows'], null, 'line');
        $numbers = array_unique(array_merge(array_keys($rows), array_keys($faults)));
        sort($numbers);
        foreach ($numbers as $number) {
            $read = $rows[$number] ?? ['item' => [], 'other' => [], 'complete' => false];
            $line = (object) [
                'line' => $number, 'item' => csv_text::unsafe($read['item']['item'] ?? $read['other']['idnumber'] ?? ''),
                'name' => '', 'entryid' => 0, 'action' => 'error', 'changes' => [], 'errors' => $faults[$number] ?? [], 'row' => [],
            ];
            $this->lines[] = $line;
            if (!isset($rows[$number])) {
                continue;
            }
            $lost->scale($read);
            $question = $finder->find($read, $line->errors);
            if (!$question) {
                continue;
            }
            $line->item = $question->item;
            $line->name = $question->name;
            $line->entryid = (int) $question->entryid;
            if (isset($seen[$question->entryid])) {
                $line->errors[] = get_string('importtwice', 'mod_palier', $seen[$question->entryid]);
                continue;
            }
            $seen[$question->entryid] = $number;
            if (!item_parameters::may_edit($question)) {
                $line->errors[] = get_string('importmaynot', 'mod_palier');
            }
            if ($line->errors) {
                continue;
            }
            $values = new imported_values($read, $question, $guesses[$question->entryid], $table['columns'], $finder);
            $line->errors = $values->errors;
            $lost->note($read, $values, $question, $number);
            if ($values->row === null) {
                $line->action = 'same';
            } else if (!$line->errors) {
                $this->compare($line, $values->row, $question);
                if (!$read['complete']) {
                    $this->asked[array_key_last($this->lines)] = $values->item;
                }
            }
        }
        array_push($this->notices, ...$lost->notices());
    }

    /**
     * Says what a line would change.
     *
     * @param stdClass $line
     * @param array $row
     * @param stdClass $question
     */
    private function compare(stdClass $line, array $row, stdClass $question): void {
        $line->row = $row;
        $new = $question->paramid === null;
        $line->action = match (true) {
            $new => 'new',
            item_parameters::same(item_parameters::normal($row), (array) $question) => 'same',
            default => 'change',
        };
        foreach (['model', 'a', 'b', 'c', 'd', 'steps', 'seb', 'level', 'status', ...item_parameters::ABOUT] as $column) {
            $before = $this->shown($column, $question->$column);
            $after = $this->shown($column, $row[$column] ?? null);
            if ($before !== $after) {
                $line->changes[] = [
                    'column' => self::NAMES[$column] ?? $column,
                    'before' => $new ? '' : $before,
                    'after' => $after,
                ];
            }
        }
    }

    /**
     * A value as the list of changes shows it.
     *
     * @param string $column
     * @param string|float|null $value
     * @return string plain text
     */
    private function shown(string $column, string|float|null $value): string {
        if ($column === 'enemies') {
            $entries = item_parameters::enemies((object) ['enemies' => $value]);
            return implode(' ', array_map(fn($entry) => $this->questions[$entry]->item ?? "q$entry", $entries));
        }
        if ($column === 'steps' && is_array($steps = json_decode((string) $value, true))) {
            return implode(' ', array_map(fn($name) => $name . ' ' . item_parameters::shortest($steps[$name]), array_keys($steps)));
        }
        return in_array($column, item_parameters::NUMBERS) ? item_parameters::shortest($value) : (string) $value;
    }

    /**
     * Has the engine look at every line that was completed here, and compile all that would be saved.
     */
    private function ask_engine(): void {
        foreach (checked_values::problems($this->asked) as $key => $messages) {
            array_push($this->lines[$key]->errors, ...$messages);
            $this->lines[$key]->action = 'error';
        }
        $items = array_map(fn($line) => bank_builder::item_of((object) (
            item_parameters::normal($line->row) + ['item' => $line->item, 'name' => $line->name]
        )), array_filter($this->lines, fn($line) => $line->row && !$line->errors));
        if ($items) {
            engine_factory::get()->compile(array_values($items), make_request_directory() . '/import.bank');
        }
    }
}
