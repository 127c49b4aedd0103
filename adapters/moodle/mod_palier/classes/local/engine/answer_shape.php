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

namespace mod_palier\local\engine;

/**
 * What an answer of the program must hold to be used: a program of another version, or one that was cut off, is told
 * here, and nowhere by an error of PHP.
 *
 * A shape is the name of a type; a list of shapes, written ['*' => shape]; or members with their shapes. A question mark
 * after a member's name: it may be null or absent. What a shape does not name may be anything.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class answer_shape {
    /** @var array what is known of one scale, or of all. */
    private const KNOWN = [
        'theta?' => 'measure', 'se?' => 'measure', 'level?' => 'integer',
        'level_interval?' => ['0' => 'integer', '1' => 'integer'],
    ];

    /** @var array a scale of a state. */
    private const SCALE = [
        'id' => 'string', 'state' => 'string', 'n' => 'integer', 'theta?' => 'measure', 'se?' => 'measure',
        'interval?' => ['0' => 'measure', '1' => 'measure'], 'level?' => ['number' => 'integer'],
        'level_interval?' => ['0' => 'integer', '1' => 'integer'],
        'band?' => ['first' => 'integer', 'last' => 'integer'], 'required?' => ['decision' => 'string'],
        'domain?' => 'string', 'kind?' => 'string', 'gap?' => ['distance' => 'number', 'p_below' => 'number'],
    ];

    /** @var array the shape "state". */
    private const STATE = [
        'status' => 'string', 'known' => 'boolean', 'stop?' => 'string', 'theta?' => 'measure', 'se?' => 'measure',
        'interval?' => ['theta?' => ['0' => 'measure', '1' => 'measure']],
        'level?' => ['number' => 'integer'], 'level_interval?' => ['0' => 'integer', '1' => 'integer'],
        'p_level_at_least?' => ['*' => 'number'], 'score?' => ['value' => 'number'], 'grade?' => 'number',
        'threshold?' => ['decision' => 'string'], 'floor?' => ['decision' => 'string'], 'classification?' => 'array',
        'minutes?' => 'number', 'progress?' => 'number', 'expected_remaining?' => 'number', 'calm?' => 'boolean',
        'provisional?' => 'boolean', 'earlier?' => 'boolean', 'achieved?' => ['*' => 'string'], 'begin_with?' => ['*' => 'string'],
        'scales?' => ['*' => self::SCALE],
        'composites?' => ['*' => self::SCALE], 'urgent?' => ['*' => 'string'],
    ];

    /** @var array the shape "record". */
    private const RECORD = self::STATE + ['steps' => ['*' => self::KNOWN + [
        'n' => 'integer', 'item' => 'string', 'outcome' => 'string', 'response?' => 'string', 'fraction?' => 'number',
        'dropped?' => 'boolean', 'scale?' => 'string', 'domains?' => ['*' => [
            'id' => 'string', 'level?' => 'integer', 'level_interval?' => ['0' => 'integer', '1' => 'integer'],
        ]],
    ]]];

    /** @var array the shape "story". */
    private const STORY = [
        'summary' => 'string', 'stop?' => ['why' => 'string'],
        'steps' => ['*' => [
            'n' => 'integer', 'item' => 'string', 'label?' => 'string', 'outcome' => 'string', 'told' => 'string',
            'why' => 'string', 'changed' => 'string', 'choice' => 'string', 'before' => self::KNOWN, 'after' => self::KNOWN,
            'candidates' => ['*' => ['item' => 'string', 'value' => 'number']],
        ]],
    ];

    /** @var array a row of a map in words. */
    private const ROW = [
        'name' => 'string', 'text' => 'string', 'n' => 'integer', 'required?' => 'string', 'questions?' => 'string',
        'bar?' => ['margin?' => ['0' => 'number', '1' => 'number'], 'mark?' => ['0' => 'number', '1' => 'number'],
            'borrowed' => 'boolean'],
    ];

    /** @var array a result in words. */
    private const WORDS = [
        'known' => 'boolean', 'headline' => 'string', 'margin?' => 'string', 'decisions' => ['*' => 'string'],
        'you_can' => ['*' => 'string'], 'provisional?' => 'string', 'stop?' => 'string', 'summary?' => 'string',
        'shares' => ['*' => ['number' => 'integer', 'percent' => 'integer', 'mine' => 'boolean', 'text' => 'string']],
        'map?' => ['title' => 'string', 'reading' => ['*' => 'string'], 'ticks' => 'array', 'table' => 'array',
            'domains' => ['*' => ['row?' => self::ROW, 'scales' => ['*' => self::ROW]]]],
    ];

    /** @var array what a check finds. */
    private const FOUND = ['*' => ['code' => 'string', 'message' => 'string']];

    /** @var array how a question is for two groups. */
    private const COMPARED = [
        'class?' => 'string', 'delta?' => 'number', 'se_delta?' => 'number', 'p?' => 'number',
        'logistic?' => ['r_square_change' => 'number', 'p_nonuniform' => 'number'],
        'likelihood_ratio?' => ['chi_square' => 'number', 'degrees' => 'integer', 'p' => 'number'],
    ];

    /** @var array how far answers are from parameters. */
    private const SHIFT = ['answers' => 'number', 'shift' => 'number', 'se' => 'number'];

    /** @var array a scale of a calibration. */
    private const CALIBRATED = [
        'scale' => 'string', 'method?' => 'string', 'persons' => 'integer', 'converged' => 'boolean',
        'link?' => ['slope' => 'number', 'intercept' => 'number', 'common_items' => 'integer'],
        'problems' => ['*' => 'string'], 'apart?' => ['*' => 'string'],
        'groups?' => ['*' => ['likelihood_ratio?' => 'boolean']],
        'information?' => ['from' => 'number', 'to' => 'number', 'present?' => ['*' => 'number'], 'proposed' => ['*' => 'number']],
        'left_out' => ['*' => ['item' => 'string', 'reason' => 'string']],
        'items' => ['*' => [
            'item' => 'string', 'answers' => 'number', 'mean' => 'number', 'present?' => ['model' => 'string'],
            'proposed?' => ['model' => 'string'], 'reasons' => ['*' => 'string'],
            'fit' => ['infit?' => 'number', 'outfit?' => 'number', 's_x2?' => ['chi_square' => 'number', 'p' => 'number']],
            'observed' => ['*' => ['theta' => 'measure', 'persons' => 'number', 'mean' => 'number', 'expected' => 'number']],
            // The names of comparisons::for_engine().
            'groups?' => [
                'c0?' => self::COMPARED, 'c1?' => self::COMPARED, 'c2?' => self::COMPARED, 'c3?' => self::COMPARED,
                'c4?' => self::COMPARED, 'c5?' => self::COMPARED, 'c6?' => self::COMPARED,
            ],
            'drift?' => ['all?' => self::SHIFT, 'before?' => self::SHIFT, 'latest?' => self::SHIFT],
            'time?' => [
                'answers' => 'number', 'median' => 'number', 'mean' => 'number', 'rapid' => 'number', 'idle' => 'number',
                'threshold' => 'number',
            ],
            'curve' => ['from' => 'number', 'to' => 'number', 'present?' => ['*' => 'number'], 'proposed' => ['*' => 'number']],
        ]],
    ];

    /** @var array what would become of a result. */
    private const CHANGED = [
        'beyond_margin' => 'boolean', 'items' => 'array',
        'scales' => ['*' => ['theta' => 'measure', 'theta_after' => 'measure', 'level?' => 'integer', 'level_after?' => 'integer']],
    ];

    /** @var array[] the shapes of answers, by call. */
    private const ANSWERS = [
        'version' => ['version' => 'string'],
        'plan' => ['text' => 'json', 'hash' => 'string'],
        'compile' => ['hash' => 'string', 'size' => 'integer'],
        'parameters' => ['problems' => ['*' => 'array'], 'problem_count' => 'integer', 'rows?' => ['*' => ['line' => 'integer']],
            'columns?' => ['*' => 'string']],
        'step' => [
            'events' => ['*' => ['type' => 'string', 'data' => 'json', 'time?' => 'number']],
            'result' => self::STATE, 'next?' => 'string',
            'statements' => ['*' => ['id' => 'string', 'verb' => 'string', 'statement' => 'json']],
        ],
        'state' => self::STATE,
        'replay' => self::RECORD,
        'verify' => ['same' => 'boolean'],
        'explain' => self::STORY,
        'words' => ['words' => ['*' => self::WORDS]],
        'walk' => ['record' => self::RECORD, 'story' => self::STORY],
        'feasibility' => [
            'can_run' => 'boolean', 'items' => 'integer', 'problems' => self::FOUND, 'warnings' => self::FOUND,
            'expected_items?' => 'number', 'items_interval?' => ['0' => 'number', '1' => 'number'], 'expected_minutes?' => 'number',
            'margin?' => 'number', 'margin_levels?' => 'number',
            'by_level?' => ['*' => ['level?' => 'integer', 'items_in_bank?' => 'integer', 'expected_items?' => 'number',
                'margin_levels?' => 'number', 'se?' => 'number', 'kept?' => 'boolean']],
            'information?' => ['*' => ['theta' => 'number', 'value' => 'number']],
            'scales?' => ['*' => ['id' => 'string']],
        ],
        'information' => ['information' => ['*' => 'number']],
        'sentences' => ['sentences' => ['*' => 'string']],
        'calibrate' => ['scales' => ['*' => self::CALIBRATED]],
        'changes' => ['results' => ['*' => self::CHANGED]],
        'assemble' => ['forms' => ['*' => ['items' => ['*' => 'string']]]],
    ];

    /** @var float Abilities and their errors are smaller, and fit their columns. */
    private const MEASURE = 1e6;

    /** @var float So is any other number, times in milliseconds too. */
    private const NUMBER = 1e15;

    /**
     * An answer, decoded.
     *
     * @param string $call
     * @param string $json what the program wrote
     * @return array|null null where it is not what the call gives
     */
    public static function read(string $call, string $json): ?array {
        $answer = json_decode($json, true);
        return is_array($answer) && self::fits($answer, self::ANSWERS[$call] ?? []) ? $answer : null;
    }

    /**
     * Whether a text is a state as an attempt keeps it. Version 0.1.0 kept no word on whether there is a result.
     *
     * @param string $json
     * @return bool
     */
    public static function is_kept_state(string $json): bool {
        $state = json_decode($json, true);
        return is_array($state) && self::fits($state + ['known' => false], self::STATE);
    }

    /**
     * Whether a value has a shape.
     *
     * @param mixed $value
     * @param string|array $shape
     * @return bool
     */
    private static function fits(mixed $value, string|array $shape): bool {
        if (is_string($shape)) {
            return match ($shape) {
                'integer' => is_int($value) && abs($value) <= PHP_INT_MAX >> 32,
                'number', 'measure' => (is_int($value) || is_float($value))
                    && abs($value) <= ($shape === 'measure' ? self::MEASURE : self::NUMBER),
                'json' => is_string($value) && is_array(json_decode($value, true)),
                default => gettype($value) === $shape,
            };
        }
        if (!is_array($value)) {
            return false;
        }
        if (isset($shape['*'])) {
            foreach ($value as $each) {
                if (!self::fits($each, $shape['*'])) {
                    return false;
                }
            }
            return array_is_list($value);
        }
        foreach ($shape as $name => $wanted) {
            $optional = str_ends_with((string) $name, '?');
            $member = $value[$optional ? rtrim($name, '?') : $name] ?? null;
            if ($member === null ? !$optional : !self::fits($member, $wanted)) {
                return false;
            }
        }
        return true;
    }
}
