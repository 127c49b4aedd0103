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

namespace mod_palier\local\scales;

use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_tags;

/**
 * On which scale each question is: a question belongs to the competence that one of its tags names.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class scale_finder {
    /** @var string[] key => id of a scale. */
    private array $bykey = [];

    /** @var string[] number or words without a family => id of the only scale that has them. */
    private array $byvalue = [];

    /**
     * Constructor.
     *
     * @param string[] $ids of scales: keys of tags, or id numbers of competencies
     */
    public function __construct(array $ids) {
        $values = [];
        foreach ($ids as $id) {
            $tag = scale_tag::read($id);
            $this->bykey[$tag?->key() ?? self::fold($id)] = $id;
            if ($tag) {
                $values[$tag->value][] = $id;
            }
        }
        foreach ($values as $value => $those) {
            if (count($those) === 1) {
                $this->byvalue[$value] = $those[0];
            }
        }
    }

    /**
     * The ids of the scales of a plan, where it has several.
     *
     * @param string $plan JSON
     * @return string[] empty for a test of one level
     */
    public static function ids_of(string $plan): array {
        $scales = json_decode($plan, true)['scales'] ?? [];
        return is_array($scales) && count($scales) > 1 ? array_map('strval', array_column($scales, 'id')) : [];
    }

    /**
     * The scale that a tag names.
     *
     * @param string $text
     * @return string|null
     */
    public function scale(string $text): ?string {
        $tag = scale_tag::read($text);
        if (!$tag) {
            return $this->bykey[self::fold($text)] ?? null;
        }
        return $this->bykey[$tag->key()] ?? ($tag->family === '' ? $this->byvalue[$tag->value] ?? null : null);
    }

    /**
     * The scales of questions.
     *
     * @param \stdClass[] $questions of bank_builder::questions()
     * @return string[][] by question bank entry, in natural order; more than one where tags name several
     */
    public function of(array $questions): array {
        $found = [];
        foreach (question_tags::of($questions) as $entryid => $tags) {
            $scales = array_unique(array_filter(array_map($this->scale(...), $tags), fn($scale) => $scale !== null));
            if ($scales) {
                sort($scales, SORT_NATURAL);
                $found[$entryid] = $scales;
            }
        }
        return $found;
    }

    /**
     * A text as it is compared.
     *
     * @param string $text
     * @return string
     */
    private static function fold(string $text): string {
        return trim(bank_builder::fold($text));
    }
}
