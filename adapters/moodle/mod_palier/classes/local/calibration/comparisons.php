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

namespace mod_palier\local\calibration;

use mod_palier\local\attempt\device;

/**
 * Which persons are compared with which, when the engine looks whether questions are as hard for both: by language, by what
 * they answered in, by device where the site keeps it, and two groups that somebody chose. Groups of a few persons are not
 * compared and not named.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class comparisons {
    /** @var int persons that either side must have; the engine asks as many of each question. */
    public const LEAST = 10;

    /** @var int comparisons by one thing at most: the largest groups, each with the largest of all. */
    private const MOST = 3;

    /** @var array[] kind, reference, focal (what they are), persons (of both), side (by user: 0 or 1); by name. */
    private array $found = [];

    /** @var string[] kinds of which a group was too small. */
    private array $few = [];

    /**
     * Of the persons who answered.
     *
     * @param choice $choice
     * @param string[][] $modes of collection::modes()
     * @param string[][] $devices of collection::devices()
     */
    public function __construct(choice $choice, array $modes, array $devices = []) {
        $users = array_keys($modes);
        $this->by_value('language', self::languages($users));
        // Who answered in several is on neither side.
        $single = fn(array $values): array => array_map(fn($of) => reset($of), array_filter($values, fn($of) => count($of) === 1));
        $this->by_value('mode', $single($modes));
        $this->by_value('device', array_diff($single($devices), [device::BOTH]));
        if ($choice->compared) {
            [$reference, $focal] = $choice->compared;
            $one = choice::members([$reference]);
            $other = choice::members([$focal]);
            $both = array_intersect_key($one, $other);
            $side = array_fill_keys(array_keys(array_diff_key($one, $both)), 0)
                + array_fill_keys(array_keys(array_diff_key($other, $both)), 1);
            $this->add('group', $reference, $focal, array_intersect_key($side, array_flip($users)));
        }
    }

    /**
     * The languages of persons' profiles.
     *
     * @param int[] $users
     * @return string[] by user
     */
    private static function languages(array $users): array {
        global $DB;
        $languages = [];
        foreach (array_chunk($users, 5000) as $ids) {
            [$insql, $params] = $DB->get_in_or_equal($ids);
            $languages += $DB->get_records_select_menu('user', "id {$insql} AND lang <> ''", $params, '', 'id, lang');
        }
        return $languages;
    }

    /**
     * Compares the largest groups of persons, each with the largest of all.
     *
     * @param string $kind
     * @param string[] $values by user
     */
    private function by_value(string $kind, array $values): void {
        $sizes = array_count_values($values);
        uksort($sizes, fn($one, $other) => [$sizes[$other], $one] <=> [$sizes[$one], $other]);
        $names = array_map('strval', array_keys($sizes));
        foreach (array_slice($names, 1, self::MOST) as $focal) {
            $wanted = [$names[0] => 0, $focal => 1];
            $sides = array_filter(array_map(fn($value) => $wanted[$value] ?? null, $values), fn($side) => $side !== null);
            $this->add($kind, $names[0], $focal, $sides);
        }
    }

    /**
     * Adds one.
     *
     * @param string $kind
     * @param int|string $reference
     * @param int|string $focal
     * @param int[] $side by user
     */
    private function add(string $kind, int|string $reference, int|string $focal, array $side): void {
        $persons = array_count_values($side) + [0, 0];
        if (min($persons) < self::LEAST) {
            $this->few[$kind] = $kind;
            return;
        }
        $this->found['c' . count($this->found)] = [
            'kind' => $kind, 'reference' => $reference, 'focal' => $focal, 'persons' => [$persons[0], $persons[1]], 'side' => $side,
        ];
    }

    /**
     * As the engine takes them.
     *
     * @param int[] $users in the order in which the engine has them
     * @return array[] name, side
     */
    public function for_engine(array $users): array {
        return array_map(fn($name) => [
            'name' => $name,
            'side' => array_map(fn($user) => $this->found[$name]['side'][$user] ?? null, $users),
        ], array_keys($this->found));
    }

    /**
     * What is kept of them: what was compared and numbers, and nothing of any person.
     *
     * @param array[] $items what the engine found of all questions
     * @return array compared (by name: kind, reference, focal, persons, classes: questions of A, B, C, few: questions with too
     *     few answers), few (kinds of which a group was too small)
     */
    public function outcome(array $items): array {
        $compared = [];
        foreach ($this->found as $name => $one) {
            $classes = array_count_values(array_filter(array_map(fn($item) => $item['groups'][$name]['class'] ?? null, $items)));
            unset($one['side']);
            $compared[$name] = $one + [
                'classes' => $classes + ['A' => 0, 'B' => 0, 'C' => 0],
                'few' => count($items) - array_sum($classes),
            ];
        }
        return ['compared' => $compared, 'few' => array_values($this->few)];
    }
}
