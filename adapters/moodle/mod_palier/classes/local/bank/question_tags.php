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

namespace mod_palier\local\bank;

use core_tag_tag;

/**
 * The tags of questions.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class question_tags {
    /** @var int questions that are asked about at once. */
    private const CHUNK = 5000;

    /**
     * The tags of questions, as they were written.
     *
     * @param \stdClass[] $questions of bank_builder::questions()
     * @return string[][] by question bank entry; those without tags are left out
     */
    public static function of(array $questions): array {
        $entries = array_column($questions, 'entryid', 'questionid');
        $names = [];
        foreach (array_chunk(array_keys($entries), self::CHUNK) as $ids) {
            foreach (core_tag_tag::get_items_tags('core_question', 'question', $ids) as $questionid => $tags) {
                foreach ($tags as $tag) {
                    $names[$entries[$questionid]][] = $tag->rawname;
                }
            }
        }
        return $names;
    }
}
