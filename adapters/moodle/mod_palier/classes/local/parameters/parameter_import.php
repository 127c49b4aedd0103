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
use mod_palier\local\engine\json_text;
use stdClass;

/**
 * A CSV of parameters: says line by line what it will do, then does it.
 *
 * The columns are those of the engine's bank CSV. A line finds its question by questionid or
 * entryid where the file has them, else by item (or idnumber).
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class parameter_import {
    /** @var array column of the file => column of the table, for numbers: [lowest, highest]. */
    private const RANGES = [
        'a' => ['a', 0, 10],
        'b' => ['b', -10, 10],
        'c' => ['c', 0, 0.9],
        'd' => ['d', 0.1, 1],
        'se_b' => ['seb', 0, 10],
    ];

    /** @var string[] columns that are read. */
    public const COLUMNS = [
        'item', 'idnumber', 'entryid', 'questionid', 'model', 'a', 'b', 'c', 'd', 'se_b', 'level', 'status', 'content',
    ];

    /** @var string[] columns that are known and not kept: what they say of a question is lost, or is Moodle's to say. */
    private const IGNORED = ['scale', 'label', 'qtype', 'source', 'enemies', 'item_set', 'key_format', 'name'];

    /** @var array columns of IGNORED => what a question has in their place. */
    private const HELD = ['label' => 'name', 'name' => 'name', 'qtype' => 'qtype'];

    /** @var array columns of the file that are not kept => the lines where that loses something. */
    private array $lost = [];

    /** @var float[] the lowest and the highest parameter of a step. */
    private const STEP_RANGE = [-20, 20];

    /** @var string[] what is wrong with the file as a whole. */
    public array $errors = [];

    /** @var string[] what the reader should know. */
    public array $notices = [];

    /** @var stdClass[] one for each line: line, item, name, entryid, action, changes, errors, row. */
    public array $lines = [];

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
        try {
            $csv = csv_text::parse($content);
        } catch (\moodle_exception $e) {
            $this->errors[] = $e->getMessage();
            return;
        }
        $header = array_map(\core_text::strtolower(...), $csv['header']);
        if ($this->check_header($header)) {
            $this->read($header, $csv['records'], $csv['delimiter']);
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
     * Checks the header.
     *
     * @param string[] $header
     * @return bool
     */
    private function check_header(array $header): bool {
        foreach (array_count_values(array_filter($header, fn($name) => $name !== '')) as $name => $count) {
            if ($count > 1) {
                $this->errors[] = get_string('importheadertwice', 'mod_palier', s($name));
            }
        }
        $known = array_merge(self::COLUMNS, self::IGNORED);
        $steps = preg_grep(item_parameters::STEP, $header);
        $unknown = array_diff(array_filter($header, fn($name) => $name !== ''), $known, $steps);
        if ($unknown) {
            $this->errors[] = get_string('importheaderunknown', 'mod_palier', [
                'columns' => s(implode(', ', $unknown)),
                'known' => implode(', ', self::COLUMNS) . ', b1… b15, a1… a15, c1… c15',
            ]);
        }
        if (!array_intersect(['item', 'idnumber', 'entryid', 'questionid'], $header)) {
            $this->errors[] = get_string('importheadernoitem', 'mod_palier');
        }
        if (!$steps && !array_intersect(['b', 'level'], $header)) {
            $this->errors[] = get_string('importheadernob', 'mod_palier');
        }
        return !$this->errors;
    }

    /**
     * Reads the lines.
     *
     * @param string[] $header
     * @param array $records
     * @param string $delimiter
     */
    private function read(array $header, array $records, string $delimiter): void {
        $byitem = [];
        $byquestion = [];
        foreach ($this->questions as $question) {
            $byitem[$question->item] = $question;
            $byitem['q' . $question->entryid] ??= $question;
            $byquestion[$question->questionid] = $question;
        }
        $guesses = item_parameters::guesses($this->questions);
        $seen = [];
        $scales = [];
        foreach ($records as $number => $record) {
            $line = (object) [
                'line' => $number, 'item' => '', 'name' => '', 'entryid' => 0,
                'action' => 'error', 'changes' => [], 'errors' => [], 'row' => [],
            ];
            $this->lines[] = $line;
            if (count($record) > count($header)) {
                $line->errors[] = get_string('importtoomanyfields', 'mod_palier', [
                    'found' => count($record),
                    'expected' => count($header),
                ]);
                continue;
            }
            $fields = array_combine($header, array_pad($record, count($header), ''));
            $fields = array_map(fn($field) => csv_text::unsafe(trim((string) $field)), $fields);
            $line->item = $fields['item'] ?? $fields['idnumber'] ?? '';
            if (($fields['scale'] ?? '') !== '') {
                $scales[$fields['scale']] = true;
            }
            $question = $this->find($fields, $byitem, $byquestion, $line);
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
                continue;
            }
            if (!item_parameters::known($question) && !array_filter($fields, fn($field, $column) => $field !== ''
                    && ($column === 'level' || self::range($column)), ARRAY_FILTER_USE_BOTH)) {
                $line->action = 'same';
                $this->note_lost($fields, [], $question, $number);
                continue;
            }
            $row = $this->values($fields, $question, $guesses[$question->entryid], $line, $delimiter === ';');
            $this->note_lost($fields, $row, $question, $number);
            if (!$line->errors) {
                $this->compare($line, $row, $question);
            }
        }
        $this->ask_engine();
        foreach ($this->lost as $column => $numbers) {
            $this->notices[] = get_string('importcolumnlost', 'mod_palier', [
                'column' => $column,
                'lines' => implode(', ', array_slice($numbers, 0, 10)) . (count($numbers) > 10 ? '…' : ''),
            ]);
        }
        if (count($scales) > 1) {
            $this->notices[] = get_string('importscales', 'mod_palier', s(implode(', ', array_keys($scales))));
        }
    }

    /**
     * The question of a line.
     *
     * @param string[] $fields
     * @param stdClass[] $byitem
     * @param stdClass[] $byquestion
     * @param stdClass $line gets what is wrong
     * @return stdClass|null
     */
    private function find(array $fields, array $byitem, array $byquestion, stdClass $line): ?stdClass {
        foreach (['questionid' => $byquestion, 'entryid' => $this->questions] as $column => $by) {
            if (($fields[$column] ?? '') !== '') {
                if (!isset($by[$fields[$column]])) {
                    $line->errors[] = self::wrong($column, $fields[$column], get_string('importidright', 'mod_palier'));
                }
                return $by[$fields[$column]] ?? null;
            }
        }
        foreach (['item', 'idnumber'] as $column) {
            if (($fields[$column] ?? '') !== '') {
                if (!isset($byitem[$fields[$column]])) {
                    $line->errors[] = self::wrong($column, $fields[$column], get_string('importitemright', 'mod_palier'));
                }
                return $byitem[$fields[$column]] ?? null;
            }
        }
        $line->errors[] = get_string('importnoitem', 'mod_palier');
        return null;
    }

    /**
     * The values of a line.
     *
     * @param string[] $fields
     * @param stdClass $question
     * @param float $guess
     * @param stdClass $line gets what is wrong
     * @param bool $comma whether a comma may be a decimal sign
     * @return array
     */
    private function values(array $fields, stdClass $question, float $guess, stdClass $line, bool $comma): array {
        $row = ['source' => 'import', 'content' => $question->content];
        $numbers = [];
        $steps = [];
        foreach ($fields as $column => $text) {
            $range = self::range($column);
            if ($text === '' || !$range) {
                continue;
            }
            [$name, $low, $high] = $range;
            $number = self::number($text, $comma);
            if ($number === null || $number < $low || $number > $high || ($column === 'a' && $number <= 0)) {
                $line->errors[] = self::wrong($column, $text, get_string('importnumberright', 'mod_palier', [
                    'low' => self::local($low),
                    'high' => self::local($high),
                ]));
                continue;
            }
            if ($name === 'steps') {
                $steps[$column] = $number;
                continue;
            }
            $decimal = item_parameters::decimal($number);
            if ((float) $decimal !== $number) {
                $line->errors[] = self::wrong($column, $text, get_string('importdigitsright', 'mod_palier'));
                continue;
            }
            $numbers[$name] = $decimal;
        }
        $level = $fields['level'] ?? '';
        if ($level !== '') {
            if (!isset(item_parameters::LEVELS[$level])) {
                $line->errors[] = self::wrong('level', $level, get_string('importlevelright', 'mod_palier'));
                return [];
            }
            $expert = item_parameters::expert((int) $level, $guess);
            if (!isset($numbers['b']) && !$steps) {
                $row = array_filter($expert, fn($value) => $value !== null);
                $row['content'] = $question->content;
            } else if (isset($numbers['b']) && (float) $numbers['b'] === item_parameters::LEVELS[(int) $level]) {
                $row['source'] = 'expert';
            }
            $row['level'] = (int) $level;
        } else if (
            !isset($numbers['b']) && !$steps && !$line->errors
            && !in_array($fields['model'] ?? '', item_parameters::STEPPED)
        ) {
            $line->errors[] = self::wrong('b', '', get_string('importbright', 'mod_palier'));
        }
        $row = $numbers + $row;
        if ($steps) {
            $row['steps'] = item_parameters::steps_text($steps);
        }
        $row['model'] = $this->model($fields['model'] ?? '', $row, $line);
        $status = $fields['status'] ?? '';
        if ($status !== '' && !in_array($status, item_parameters::STATUSES)) {
            $line->errors[] = self::wrong('status', $status, implode(', ', item_parameters::STATUSES));
        }
        $row['status'] = $status !== '' ? $status : (item_parameters::known($question) ? $question->status : 'operational');
        if (array_key_exists('content', $fields)) {
            $row['content'] = $fields['content'] === '' ? null : $fields['content'];
            if (\core_text::strlen($fields['content']) > 255) {
                $line->errors[] = self::wrong('content', '…', get_string('importcontentright', 'mod_palier'));
            }
        }
        if (isset($row['c'], $row['d']) && (float) $row['c'] >= (float) $row['d']) {
            $line->errors[] = self::wrong('d', $fields['d'], get_string('importdright', 'mod_palier'));
        }
        return $row;
    }

    /**
     * The model of a line: the one that it names, else the smallest that has its parameters. What the model lacks is
     * the engine's to say.
     *
     * @param string $model
     * @param array $row
     * @param stdClass $line gets what is wrong
     * @return string
     */
    private function model(string $model, array $row, stdClass $line): string {
        $steps = array_keys(json_text::decode($row['steps'] ?? '[]'));
        if ($model === '' && $steps) {
            $line->errors[] = self::wrong('model', '', implode(', ', item_parameters::STEPPED));
            return $model;
        }
        if ($model === '') {
            $model = match (true) {
                isset($row['d']) => '4pl',
                isset($row['c']) => '3pl',
                isset($row['a']) => '2pl',
                default => 'rasch',
            };
        }
        if (!isset(item_parameters::MODELS[$model])) {
            $line->errors[] = self::wrong('model', $model, implode(', ', array_keys(item_parameters::MODELS)));
            return $model;
        }
        $stepped = in_array($model, item_parameters::STEPPED);
        if ($steps && !$stepped) {
            $line->errors[] = self::wrong($steps[0], '…', get_string('importmodelhasnot', 'mod_palier', $model));
        } else if (!$steps && $stepped && !$line->errors) {
            $name = $model === 'nrm' ? 'a1' : 'b1';
            $line->errors[] = self::wrong($name, '', get_string('importmodelhas', 'mod_palier', $model));
        }
        foreach (['a', 'b', 'c', 'd'] as $name) {
            $has = in_array($name, item_parameters::MODELS[$model]);
            if (!$has && isset($row[$name]) && !($model === 'rasch' && $name === 'a' && (float) $row['a'] === 1.0)) {
                $line->errors[] = self::wrong(
                    $name,
                    item_parameters::shortest($row[$name]),
                    get_string('importmodelhasnot', 'mod_palier', $model)
                );
            }
        }
        return $model;
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
            item_parameters::same($row, (array) $question) => 'same',
            default => 'change',
        };
        foreach (['model', 'a', 'b', 'c', 'd', 'steps', 'seb', 'level', 'status', 'content'] as $column) {
            $before = self::shown($column, $question->$column);
            $after = self::shown($column, $row[$column] ?? null);
            if ($before !== $after) {
                $line->changes[] = [
                    'column' => $column === 'seb' ? 'se_b' : $column,
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
    private static function shown(string $column, string|float|null $value): string {
        if ($column === 'steps' && $value !== null) {
            $steps = json_text::decode($value);
            return implode(' ', array_map(fn($name) => $name . ' ' . item_parameters::shortest($steps[$name]), array_keys($steps)));
        }
        return in_array($column, item_parameters::NUMBERS) ? item_parameters::shortest($value) : (string) $value;
    }

    /**
     * Notes the columns of a line whose values nothing keeps.
     *
     * @param string[] $fields
     * @param array $row what will be kept; empty where nothing is
     * @param stdClass $question
     * @param int $number the line
     */
    private function note_lost(array $fields, array $row, stdClass $question, int $number): void {
        foreach (array_diff(self::IGNORED, ['scale']) as $column) {
            $held = $column === 'source' ? ($row['source'] ?? '') : $question->{self::HELD[$column] ?? ''} ?? '';
            if (($fields[$column] ?? '') !== '' && $fields[$column] !== trim((string) $held)) {
                $this->lost[$column][] = $number;
            }
        }
    }

    /**
     * Has the engine look at every line that would be saved: what an item may be is its to say.
     *
     * It lists so many problems at a time, so the lines at fault are taken out and the others are shown again.
     */
    private function ask_engine(): void {
        $items = array_map(fn($line) => bank_builder::item_of((object) (
            item_parameters::normal($line->row) + ['item' => $line->item, 'name' => $line->name]
        )), array_filter($this->lines, fn($line) => $line->row && !$line->errors));
        if (!$items) {
            return;
        }
        try {
            $engine = engine_factory::get();
            do {
                $keys = array_keys($items);
                $problems = $engine->problems(array_values($items), current_language());
                foreach ($problems as $problem) {
                    $key = $keys[$problem['line'] - 1];
                    $this->lines[$key]->errors[] = $problem['message'];
                    $this->lines[$key]->action = 'error';
                    unset($items[$key]);
                }
            } while ($problems && $items);
            if ($items) {
                $engine->compile(array_values($items), make_request_directory() . '/import.bank');
            }
        } catch (engine_exception $e) {
            $this->errors[] = get_string('importunchecked', 'mod_palier', s($e->enginemessage));
        } catch (\moodle_exception $e) {
            $this->errors[] = $e->getMessage();
        }
    }

    /**
     * What a column of numbers is in the table, and its lowest and highest value.
     *
     * @param string $column
     * @return array|null null where it holds no number
     */
    private static function range(string $column): ?array {
        return self::RANGES[$column] ?? match (preg_match(item_parameters::STEP, $column)) {
            1 => ['steps', ...(str_starts_with($column, 'se_') ? [0, 10] : self::STEP_RANGE)],
            default => null,
        };
    }

    /**
     * What is wrong with a field, and what would be right.
     *
     * @param string $column
     * @param string $found
     * @param string $right
     * @return string plain text
     */
    private static function wrong(string $column, string $found, string $right): string {
        return get_string($found === '' ? 'importabsent' : 'importwrong', 'mod_palier', [
            'column' => $column,
            'found' => shorten_text($found, 40),
            'right' => $right,
        ]);
    }

    /**
     * A number as a spreadsheet writes it.
     *
     * @param string $text
     * @param bool $comma whether a comma may be a decimal sign
     * @return float|null
     */
    private static function number(string $text, bool $comma): ?float {
        if ($comma) {
            $text = str_replace(',', '.', $text);
        }
        $text = str_replace("\u{2212}", '-', $text);
        return preg_match('/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/', $text) ? (float) $text : null;
    }

    /**
     * A number for the reader.
     *
     * @param float $number
     * @return string
     */
    private static function local(float $number): string {
        return format_float($number, -1);
    }
}
