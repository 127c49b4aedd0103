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

namespace mod_palier\local\test;

use stdClass;

/**
 * What people write into the fields of the activity's form that make its plan: numbers in their way, and what is wrong with it
 * before the engine is asked.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class plan_fields {
    /** @var string[] fields that are shown with the reader's decimal sign. */
    public const NUMBERS = [
        'minitems', 'maxitems', 'delaydays', 'secondsperitem', 'timelimit', 'confidence', 'thresholdtheta', 'correlation',
        'ownitems', 'trialitems',
    ];

    /**
     * Numbers as the plan has them, whatever the reader's decimal sign.
     *
     * @param stdClass $data changed
     * @return stdClass the same
     */
    public static function unlocalised(stdClass $data): stdClass {
        foreach (self::NUMBERS as $name) {
            $number = unformat_float($data->$name ?? '', true);
            if (is_float($number)) {
                $data->$name = json_encode($number);
            }
        }
        return $data;
    }

    /**
     * What is wrong with the fields.
     *
     * @param array $data of the form
     * @return string[] message by field
     */
    public static function errors(array $data): array {
        $errors = [];
        $ranges = [
            'maxitems' => [1, plan_builder::MAXITEMS, true],
            'minitems' => [0, plan_builder::MAXITEMS, true],
            'randomesque' => [1, 100, true],
            'easyitems' => [0, 20, true],
            'delaydays' => [0, 3650, false],
            'secondsperitem' => [1, 3600, false],
            'timelimit' => [0, 1440, false],
            'confidence' => [0.5, 0.999, false],
            'thresholdtheta' => [-6, 6, false],
            'correlation' => [0, 0.95, false],
            'ownitems' => [0, plan_builder::MAXITEMS, true],
            'trialitems' => [0, 20, true],
        ];
        foreach ($ranges as $name => [$low, $high, $whole]) {
            $text = (string) ($data[$name] ?? '');
            $number = unformat_float($text, true);
            if (
                $text !== '' && (!is_float($number) || $number < $low || $number > $high
                || ($whole && floor($number) !== $number))
            ) {
                $errors[$name] = get_string($whole ? 'wholenumberbetween' : 'numberbetween', 'mod_palier', [
                    'low' => format_float($low, -1),
                    'high' => format_float($high, -1),
                ]);
            }
        }
        $minimum = unformat_float((string) ($data['minitems'] ?? ''));
        $maximum = unformat_float((string) ($data['maxitems'] ?? ''));
        if (!isset($errors['minitems']) && !isset($errors['maxitems']) && $maximum !== null && $minimum > $maximum) {
            $errors['minitems'] = get_string('minabovemax', 'mod_palier');
        }
        $names = count(plan_builder::lines((string) ($data['levelnames'] ?? '')));
        if (($data['levelscheme'] ?? '') === 'own' && $names !== plan_builder::count_of_names()) {
            $errors['levelnames'] = get_string('levelnameswrong', 'mod_palier', [
                'right' => plan_builder::count_of_names(),
                'found' => $names,
            ]);
        }
        if (
            ($data['purpose'] ?? '') === 'threshold' && ($data['thresholdlevel'] ?? '') !== 'theta'
            && ($data['levelscheme'] ?? '') === 'none'
        ) {
            $errors['thresholdlevel'] = get_string('levelneedsscheme', 'mod_palier');
        }
        if (
            ($data['purpose'] ?? '') === 'threshold' && ($data['thresholdlevel'] ?? '') === 'theta'
            && ($data['thresholdtheta'] ?? '') === ''
        ) {
            $errors['thresholdtheta'] = get_string('required');
        }
        return $errors;
    }
}
