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

use mod_palier\local\bank\question_tags;

/**
 * Levels that teachers have written already: in a tag of the question (niveau:3, level:3), or in the name of its category or
 * of one above ("Niveau 3").
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class level_suggestions {
    /** @var string a level in a tag, which says nothing else. */
    private const TAG = '/^(?:niveau|niv|level|lvl)\s*[:=_ -]?\s*([0-8])$/iu';

    /** @var string a level in the name of a category. */
    private const CATEGORY = '/\b(?:niveau|niv\.?|level|lvl)\s*[:=_ -]?\s*([0-8])(?!\d)/iu';

    /** @var int categories one above the other that are looked at. */
    private const MAXDEPTH = 20;

    /**
     * What is suggested.
     *
     * @param \stdClass[] $questions of bank_builder::questions()
     * @return array[] by question bank entry: level, from (tag or category) and name
     */
    public static function of(array $questions): array {
        if (!$questions) {
            return [];
        }
        $suggested = [];
        foreach (question_tags::of($questions) as $entryid => $tags) {
            foreach ($tags as $tag) {
                if (preg_match(self::TAG, $tag, $found)) {
                    $suggested[$entryid] ??= ['level' => (int) $found[1], 'from' => 'tag', 'name' => $tag];
                }
            }
        }
        $categories = self::categories(array_unique(array_column($questions, 'questioncategoryid')));
        foreach ($questions as $question) {
            $said = $categories[$question->questioncategoryid] ?? null;
            if ($said) {
                $suggested[$question->entryid] ??= $said;
            }
        }
        return $suggested;
    }

    /**
     * The levels that names of categories say, their own before those above.
     *
     * @param int[] $ids
     * @return array[] by category
     */
    private static function categories(array $ids): array {
        global $DB;
        $known = [];
        $wanted = $ids;
        for ($depth = 0; $wanted && $depth < self::MAXDEPTH; $depth++) {
            $known += $DB->get_records_list('question_categories', 'id', $wanted, '', 'id, name, parent');
            $wanted = array_diff(array_filter(array_column($known, 'parent')), array_keys($known));
        }
        $levels = [];
        foreach ($ids as $id) {
            $category = $known[$id] ?? null;
            for ($depth = 0; $category && $depth < self::MAXDEPTH; $depth++) {
                if (preg_match(self::CATEGORY, $category->name, $found)) {
                    $levels[$id] = ['level' => (int) $found[1], 'from' => 'category', 'name' => $category->name];
                    break;
                }
                $category = $known[$category->parent] ?? null;
            }
        }
        return $levels;
    }
}
