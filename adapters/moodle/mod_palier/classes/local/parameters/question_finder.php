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
 * The question that a line of a table is about.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class question_finder {
    /** @var stdClass[] by item, and by q and their entry. */
    private array $byitem = [];

    /** @var stdClass[] by question. */
    private array $byquestion = [];

    /** @var stdClass[] by question bank entry. */
    private array $byentry = [];

    /**
     * Among these questions.
     *
     * @param stdClass[] $questions of bank_builder::questions()
     */
    public function __construct(array $questions) {
        foreach ($questions as $question) {
            $this->byitem[$question->item] = $question;
            $this->byitem['q' . $question->entryid] ??= $question;
            $this->byquestion[$question->questionid] = $question;
            $this->byentry[$question->entryid] = $question;
        }
    }

    /**
     * The question of an item, or of q and its entry.
     *
     * @param string $item
     * @return stdClass|null
     */
    public function by_item(string $item): ?stdClass {
        return $this->byitem[$item] ?? null;
    }

    /**
     * Finds it by questionid, else by entryid, else by item, else by idnumber: the first that the line has.
     *
     * @param array $read the line, as the engine read it
     * @param string[] $errors gets what is wrong
     * @return stdClass|null
     */
    public function find(array $read, array &$errors): ?stdClass {
        $fields = $read['item'] + $read['other'];
        $ways = [
            'questionid' => [$this->byquestion, 'importidright'],
            'entryid' => [$this->byentry, 'importidright'],
            'item' => [$this->byitem, 'importitemright'],
            'idnumber' => [$this->byitem, 'importitemright'],
        ];
        foreach ($ways as $column => [$by, $right]) {
            $value = csv_text::unsafe((string) ($fields[$column] ?? ''));
            if ($value !== '') {
                if (!isset($by[$value])) {
                    $errors[] = imported_values::wrong($column, $value, get_string($right, 'mod_palier'));
                }
                return $by[$value] ?? null;
            }
        }
        $errors[] = get_string('importnoitem', 'mod_palier');
        return null;
    }
}
