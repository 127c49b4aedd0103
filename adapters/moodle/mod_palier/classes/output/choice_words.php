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

namespace mod_palier\output;

use mod_palier\local\calibration\choice;
use mod_palier\local\calibration\sources;
use mod_palier\local\counted;

/**
 * Which answers a calibration is made of, and what was left out, in words.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class choice_words {
    /**
     * The choice, line by line.
     *
     * @param choice $choice
     * @return array[] label, value
     */
    public static function lines(choice $choice): array {
        $date = fn(int $time): string => userdate($time, get_string('strftimedate', 'langconfig'));
        $names = fn(array $known, array $ids): string => implode(', ', array_intersect_key($known, array_flip($ids))) ?: '–';
        $lines = [
            get_string('courses') => $names(sources::courses(), $choice->courses),
            get_string('calibrate_kinds', 'mod_palier') => implode(', ', array_filter([
                $choice->quizzes ? get_string('modulenameplural', 'quiz') : '',
                $choice->tests ? get_string('modulenameplural', 'mod_palier') : '',
                $choice->tests && $choice->packages ? get_string('calibrate_packages', 'mod_palier') : '',
            ])),
            get_string('calibrate_from', 'mod_palier') => $choice->from ? $date($choice->from) : '–',
            get_string('calibrate_to', 'mod_palier') => $choice->to ? $date($choice->to) : '–',
        ];
        foreach (array_diff(array_keys(choice::ONE_OF), $choice->hold === 'link' ? [] : ['link']) as $name) {
            $value = get_string("calibrate_{$name}_{$choice->$name}", 'mod_palier');
            $lines[get_string("calibrate_$name", 'mod_palier')] = $value;
        }
        $lines[get_string('calibrate_behaviours', 'mod_palier')] = $names(choice::behaviours(), $choice->behaviours);
        $lines[get_string('calibrate_groups', 'mod_palier')] = $names(sources::groups($choice->courses), $choice->groups);
        $lines[get_string('calibrate_compared', 'mod_palier')] = $names(sources::groups($choice->courses), $choice->compared);
        $lines[get_string('calibrate_ratio', 'mod_palier')] = get_string($choice->ratio ? 'yes' : 'no');
        return array_map(fn($label, $value) => ['label' => $label, 'value' => $value], array_keys($lines), $lines);
    }

    /**
     * The numbers of a collection, a sentence each.
     *
     * @param array $counts of collection::counts()
     * @return array sum, sources, closed, leftout
     */
    public static function numbers(array $counts): array {
        $number = fn(string $what): string => counted::text("calibrate_count_$what", $counts[$what]);
        $leftout = [];
        foreach ($counts['leftout'] as $reason => $count) {
            $leftout[] = get_string("calibrate_left_$reason", 'mod_palier', counted::text('calibrate_count_answers', $count));
        }
        return [
            'sum' => get_string('calibrate_sum', 'mod_palier', [
                'persons' => $number('persons'), 'answers' => $number('answers'),
                'questions' => counted::text('count_questions', $counts['questions']),
            ]),
            'sources' => get_string('calibrate_places', 'mod_palier', [
                'quizzes' => $number('quizzes'), 'tests' => $number('tests'),
            ]),
            'closed' => $counts['closed'] ? counted::text('calibrate_closed', $counts['closed']) : '',
            'leftout' => $leftout,
            'hasleftout' => (bool) $leftout,
        ];
    }
}
