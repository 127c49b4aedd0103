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

use mod_palier\local\bank\gradable;
use stdClass;

/**
 * The levels of an activity's questions as one table that a teacher fills in: a choice for each row, and rows by their
 * numbers for each level ("1-5, 8"), which go before the choices.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class level_table {
    /** @var string the choice to leave a question aside. */
    public const ASIDE = 'aside';

    /** @var string[] what is wrong, each a sentence. */
    public array $errors = [];

    /**
     * The table of these questions.
     *
     * @param stdClass[] $questions of bank_builder::questions()
     */
    public function __construct(
        /** @var stdClass[] the questions, by question bank entry. */
        private readonly array $questions
    ) {
    }

    /**
     * The questions in the order of their rows: by category, then by name as people count.
     *
     * @return stdClass[] by question bank entry
     */
    public function rows(): array {
        $names = array_map(fn($question) => $question->name, $this->questions);
        \core_collator::asort($names, \core_collator::SORT_NATURAL);
        $rank = array_flip(array_keys($names));
        $rows = $this->questions;
        uasort($rows, fn($one, $other) => [$one->questioncategoryid, $rank[$one->entryid]]
            <=> [$other->questioncategoryid, $rank[$other->entryid]]);
        return $rows;
    }

    /**
     * The choice that a question has now.
     *
     * @param stdClass $question
     * @return string a level, ASIDE, or nothing
     */
    public static function now(stdClass $question): string {
        return match (true) {
            $question->status === 'retired' => self::ASIDE,
            $question->level !== null => (string) $question->level,
            default => '',
        };
    }

    /**
     * Whether the user may choose for a question.
     *
     * @param stdClass $question
     * @return bool
     */
    public static function may_choose(stdClass $question): bool {
        return gradable::is_gradable($question->qtype) && item_parameters::may_edit($question);
    }

    /**
     * Reads what was sent.
     *
     * @param int[] $order question bank entries, as they were numbered
     * @param string[] $choices choice by question bank entry
     * @param string[] $lines numbers of rows by choice
     * @return string[] the choice of each question that may be chosen for, by question bank entry
     */
    public function read(array $order, array $choices, array $lines): array {
        $named = [];
        foreach (array_intersect_key($lines, array_flip($this->choices())) as $choice => $text) {
            foreach ($this->numbers((string) $text, count($order)) as $number) {
                if (isset($named[$number]) && $named[$number] !== (string) $choice) {
                    $this->errors[] = get_string('levels_twice', 'mod_palier', $number);
                }
                $named[$number] = (string) $choice;
            }
        }
        $read = [];
        foreach (array_values($order) as $position => $entryid) {
            $question = $this->questions[$entryid] ?? null;
            $choice = $named[$position + 1] ?? (string) ($choices[$entryid] ?? '');
            if ($question && self::may_choose($question) && in_array($choice, $this->choices(), true)) {
                $read[$entryid] = $choice;
            }
        }
        $this->errors = array_values(array_unique($this->errors));
        return $read;
    }

    /**
     * Saves choices that differ from what is.
     *
     * @param string[] $choices by question bank entry
     * @return int how many questions changed
     */
    public function save(array $choices): int {
        $changed = 0;
        foreach ($this->choices() as $choice) {
            $questions = array_filter(
                $this->questions,
                fn($question) => ($choices[$question->entryid] ?? '') === $choice && self::now($question) !== $choice
                    && self::may_choose($question)
            );
            $changed += $choice === self::ASIDE
                ? item_parameters::set_aside($questions)
                : item_parameters::set_level($questions, (int) $choice);
        }
        return $changed;
    }

    /**
     * What may be chosen.
     *
     * @return string[]
     */
    public function choices(): array {
        return [...array_map('strval', array_keys(expert_levels::DIFFICULTIES)), self::ASIDE];
    }

    /**
     * The numbers that a text names, as for the pages to print.
     *
     * @param string $text 1-5, 8
     * @param int $last the greatest number
     * @return int[]
     */
    private function numbers(string $text, int $last): array {
        $numbers = [];
        foreach (preg_split('/[\s,;]+/u', preg_replace('/\s*[-–—]\s*/u', '-', $text), -1, PREG_SPLIT_NO_EMPTY) as $part) {
            if (!preg_match('/^(\d{1,6})(?:-(\d{1,6}))?$/', $part, $found)) {
                $this->errors[] = get_string('levels_notrange', 'mod_palier', $part);
                continue;
            }
            [$from, $to] = [(int) $found[1], (int) ($found[2] ?? $found[1])];
            if ($from < 1 || $to > $last || $from > $to) {
                $this->errors[] = get_string('levels_outofrange', 'mod_palier', ['part' => $part, 'last' => $last]);
                continue;
            }
            array_push($numbers, ...range($from, $to));
        }
        return $numbers;
    }
}
