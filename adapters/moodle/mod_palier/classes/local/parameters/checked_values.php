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
use mod_palier\local\bank\bank_builder;
use mod_palier\local\engine\engine_factory;
use moodle_exception;

/**
 * Rows of parameters that were not read from a table but come as they are, out of a backup: those that a table could have given.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class checked_values {
    /** @var string[] where parameters come from. */
    private const SOURCES = ['expert', 'import', 'calibration'];

    /** @var float what a number(30,20) column cannot hold. */
    private const TOO_LARGE = 1e10;

    /** @var array[] the values to save, by question bank entry. */
    public array $rows = [];

    /** @var string[][] what is wrong with the others, by question bank entry. */
    public array $faults = [];

    /**
     * Checks rows.
     *
     * @param array[] $rows columns of palier_param by question bank entry
     */
    public function __construct(array $rows) {
        $items = [];
        foreach ($rows as $entryid => $row) {
            $faults = self::faults_of($row);
            try {
                if (!$faults) {
                    $values = self::row_of($row, $entryid);
                    $question = (object) ($values + ['item' => "q$entryid", 'name' => '']);
                    if (item_parameters::known($question)) {
                        $items[$entryid] = bank_builder::item_of($question);
                    }
                    $this->rows[$entryid] = $values;
                }
            } catch (moodle_exception $e) {
                $faults[] = $e->getMessage();
            }
            if ($faults) {
                $this->faults[$entryid] = $faults;
            }
        }
        $this->faults += self::problems($items);
        $this->rows = array_diff_key($this->rows, $this->faults);
    }

    /**
     * What the engine has against items. It lists so many problems at a time, so the items at fault are taken out and the others
     * are shown again.
     *
     * @param array[] $items as the engine takes them
     * @return string[][] messages by the key of the item
     */
    public static function problems(array $items): array {
        $messages = [];
        while ($items) {
            $keys = array_keys($items);
            $problems = engine_factory::get()->problems(array_values($items), current_language());
            if (!$problems) {
                break;
            }
            foreach ($problems as $problem) {
                $key = $keys[$problem['line'] - 1];
                $messages[$key][] = $problem['message'];
                unset($items[$key]);
            }
        }
        return $messages;
    }

    /**
     * What of a row has no place in Moodle's table.
     *
     * @param array $row
     * @return string[]
     */
    private static function faults_of(array $row): array {
        $one = fn(array $values): \Closure => fn($value): bool => in_array((string) $value, array_map(strval(...), $values), true);
        $number = fn($value): bool => is_numeric($value) && abs((float) $value) < self::TOO_LARGE;
        $short = fn($value): bool => core_text::strlen($value) <= 255;
        $levels = array_keys(expert_levels::DIFFICULTIES);
        $models = array_keys(item_parameters::MODELS);
        $checks = [
            'model' => [$one($models), implode(', ', $models)],
            'status' => [$one(item_parameters::STATUSES), implode(', ', item_parameters::STATUSES)],
            'source' => [$one(self::SOURCES), implode(', ', self::SOURCES)],
            'level' => [$one($levels), get_string('importlevelright', 'mod_palier')],
        ];
        $checks += array_fill_keys(item_parameters::NUMBERS, [$number, get_string('importdigitsright', 'mod_palier')]);
        $checks += array_fill_keys(['content', 'itemset', 'keyformat'], [$short, get_string('importcontentright', 'mod_palier')]);
        $faults = [];
        foreach ($checks as $column => [$is, $right]) {
            if (isset($row[$column]) && !$is($row[$column])) {
                $faults[] = imported_values::wrong($column, $row[$column], $right);
            }
        }
        return $faults;
    }

    /**
     * The values of a row, with the numbers that its model has and no other.
     *
     * @param array $row
     * @param int $entryid its question bank entry
     * @return array
     */
    private static function row_of(array $row, int $entryid): array {
        $steps = item_parameters::steps((object) ($row + ['steps' => null, 'entryid' => $entryid]));
        $model = $row['model'] ?? 'rasch';
        $row['steps'] = in_array($model, item_parameters::STEPPED, true) ? item_parameters::steps_text($steps) : null;
        $has = isset($row['b']) || isset($row['steps']) ? [...item_parameters::MODELS[$model], 'seb'] : [];
        foreach (item_parameters::NUMBERS as $column) {
            $row[$column] = isset($row[$column]) && in_array($column, $has, true) ? (float) $row[$column] : null;
        }
        return item_parameters::normal($row);
    }
}
