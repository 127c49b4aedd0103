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

use core_text;
use stdClass;

/**
 * What a line of a table gives a question: the values to save, and the item that the engine has to take.
 *
 * An expert's level stands for the difficulty that the line leaves out; what the line says itself goes before it.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class imported_values {
    /** @var string slopes on several scales, intercepts, and their standard errors. */
    private const LOADING = '/^(se_)?(a\..+|intercept\d*)$/';

    /** @var string[] what has no place in Moodle's table. */
    public array $errors = [];

    /** @var array|null the values of a row of palier_param, null where the line gives nothing. */
    public ?array $row = null;

    /** @var array the item, as the engine takes it. */
    public array $item = [];

    /** @var string[] enemies that are no questions of this test. */
    public array $strangers = [];

    /**
     * The values of a line.
     *
     * @param array $read the line, as the engine read it
     * @param stdClass $question of bank_builder::questions()
     * @param float $guess the chance to be right without knowing
     * @param string[] $columns those of the file: what it has no column for stays as it is
     * @param question_finder $finder
     */
    public function __construct(array $read, stdClass $question, float $guess, array $columns, question_finder $finder) {
        $item = $read['item'];
        $level = $read['other']['level'] ?? '';
        $numbers = preg_grep('/^[abcd]$|^se_b$/', array_keys($item));
        $steps = preg_grep(item_parameters::STEP, array_keys($item));
        $loadings = preg_grep(self::LOADING, array_keys($item));
        if ($level === '' && !$numbers && !$steps && !$loadings && !item_parameters::known($question)) {
            return;
        }
        if ($loadings) {
            $this->errors[] = self::wrong(
                implode(', ', $loadings),
                implode(', ', array_map(item_parameters::shortest(...), array_intersect_key($item, array_flip($loadings)))),
                get_string('importloadingright', 'mod_palier')
            );
            $item = array_diff_key($item, array_flip($loadings));
        }
        $source = 'import';
        if ($level !== '') {
            if (!ctype_digit($level) || !isset(expert_levels::DIFFICULTIES[(int) $level])) {
                $this->errors[] = self::wrong('level', $level, get_string('importlevelright', 'mod_palier'));
            } else if (!isset($item['b']) && !$steps) {
                $source = 'expert';
                $item = self::completed($item, expert_levels::values((int) $level, $guess));
            } else if (($item['b'] ?? null) === expert_levels::DIFFICULTIES[(int) $level]) {
                $source = 'expert';
            }
        }
        $this->item = ['item' => $question->item] + array_diff_key($item, ['scale' => '', 'label' => '', 'enemies' => '']);
        $this->row = $this->values($item, $steps) + [
            'level' => $level === '' ? null : (int) $level,
            'status' => $item['status'] ?? (item_parameters::known($question) ? $question->status : 'operational'),
            'source' => $source,
        ];
        foreach (['content' => 'content', 'item_set' => 'itemset', 'key_format' => 'keyformat'] as $column => $name) {
            $said = in_array($column, $columns);
            $this->row[$name] = $said ? $this->text($column, $item[$column] ?? '') : $question->$name;
        }
        $said = in_array('enemies', $columns);
        $this->row['enemies'] = $said ? $this->enemies($item['enemies'] ?? [], $question, $finder) : $question->enemies;
    }

    /**
     * An item with what an expert's level gives, as far as its model has it.
     *
     * @param array $item
     * @param array $expert of expert_levels::values()
     * @return array
     */
    private static function completed(array $item, array $expert): array {
        $item['model'] ??= isset($item['d']) ? '4pl' : $expert['model'];
        foreach (item_parameters::MODELS[$item['model']] ?? [] as $column) {
            if ($expert[$column] !== null) {
                $item[$column] ??= (float) $expert[$column];
            }
        }
        $item['se_b'] ??= (float) $expert['seb'];
        return $item;
    }

    /**
     * The parameters, as the table keeps them.
     *
     * @param array $item
     * @param string[] $steps names of the parameters of its steps
     * @return array
     */
    private function values(array $item, array $steps): array {
        // The engine names the model of a line that it takes as it stands; it refuses the others, or has them completed.
        $model = $item['model'] ?? 'rasch';
        $row = ['model' => $model];
        foreach (item_parameters::MODELS[$model] ?? [] as $column) {
            $row[$column] = isset($item[$column]) ? $this->decimal($column, $item[$column]) : null;
        }
        $row['seb'] = isset($item['se_b']) ? $this->decimal('se_b', $item['se_b']) : null;
        $row['steps'] = item_parameters::steps_text(array_map('floatval', array_intersect_key($item, array_flip($steps))));
        return $row;
    }

    /**
     * A number as the table keeps it.
     *
     * @param string $column
     * @param float $number
     * @return string
     */
    private function decimal(string $column, float $number): string {
        $decimal = item_parameters::decimal($number);
        if ((float) $decimal !== $number) {
            $this->errors[] = self::wrong(
                $column,
                item_parameters::shortest($number),
                get_string('importdigitsright', 'mod_palier')
            );
        }
        return $decimal;
    }

    /**
     * A text of a question.
     *
     * @param string $column
     * @param string $text as the file has it
     * @return string|null
     */
    private function text(string $column, string $text): ?string {
        $text = csv_text::unsafe($text);
        if (core_text::strlen($text) > 255) {
            $this->errors[] = self::wrong($column, '…', get_string('importcontentright', 'mod_palier'));
        }
        return $text === '' ? null : $text;
    }

    /**
     * The questions that are not asked beside this one.
     *
     * @param string[] $items as the file names them
     * @param stdClass $question
     * @param question_finder $finder
     * @return string|null
     */
    private function enemies(array $items, stdClass $question, question_finder $finder): ?string {
        $entries = [];
        foreach ($items as $item) {
            $enemy = $finder->by_item(csv_text::unsafe($item));
            if (!$enemy) {
                $this->strangers[] = $item;
            } else if ($enemy->entryid == $question->entryid) {
                $this->errors[] = self::wrong('enemies', $item, get_string('importenemyright', 'mod_palier'));
            } else {
                $entries[] = (int) $enemy->entryid;
            }
        }
        return item_parameters::enemies_text($entries);
    }

    /**
     * What is wrong with a field, and what would be right.
     *
     * @param string $column
     * @param string $found
     * @param string $right
     * @return string plain text
     */
    public static function wrong(string $column, string $found, string $right): string {
        return get_string('importwrong', 'mod_palier', [
            'column' => $column,
            'found' => shorten_text($found, 40),
            'right' => $right,
        ]);
    }
}
