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

/**
 * Parameters as the CSV that the import and the engine's own command read.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class parameter_export {
    /** @var string[] columns that are written, beside those of steps. */
    public const COLUMNS = [
        'item', 'scale', 'model', 'a', 'b', 'c', 'd', 'se_b', 'level', 'status', 'content', 'enemies', 'item_set', 'key_format',
        'source', 'label', 'qtype', 'entryid',
    ];

    /**
     * The file.
     *
     * @param \stdClass[] $questions of bank_builder::questions()
     * @param bool $spreadsheet with semicolons and the reader's decimal sign
     * @return string
     */
    public static function csv(array $questions, bool $spreadsheet = false): string {
        $delimiter = $spreadsheet ? ';' : ',';
        $sign = $spreadsheet ? get_string('decsep', 'langconfig') : '.';
        $number = fn($value) => str_replace('.', $sign, item_parameters::shortest($value));
        $name = fn($entry) => self::name($entry, $questions);
        $steps = array_map(item_parameters::steps(...), $questions);
        $names = array_keys(array_merge([], ...array_values($steps)));
        sort($names, SORT_NATURAL);
        $text = csv_text::BOM . csv_text::line(array_merge(self::COLUMNS, $names), $delimiter);
        foreach ($questions as $key => $question) {
            $text .= csv_text::line([
                csv_text::safe($question->item),
                bank_builder::SCALE,
                (string) $question->model,
                $number($question->a),
                $number($question->b),
                $number($question->c),
                $number($question->d),
                $number($question->seb),
                (string) $question->level,
                (string) $question->status,
                csv_text::safe((string) $question->content),
                csv_text::safe(implode(' ', array_map($name, item_parameters::enemies($question)))),
                csv_text::safe((string) $question->itemset),
                csv_text::safe((string) $question->keyformat),
                (string) $question->source,
                csv_text::safe($question->name),
                $question->qtype,
                $question->entryid,
                ...array_map(fn($name) => $number($steps[$key][$name] ?? null), $names),
            ], $delimiter);
        }
        return $text;
    }

    /**
     * A question in a list: its item, or q and its entry where the item would fall apart there.
     *
     * @param int $entryid
     * @param \stdClass[] $questions by question bank entry
     * @return string
     */
    private static function name(int $entryid, array $questions): string {
        $item = $questions[$entryid]->item ?? '';
        return $item === '' || preg_match('/[\s;|]/', $item) ? "q$entryid" : $item;
    }
}
