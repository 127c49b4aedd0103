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

namespace mod_palier\external;

use core_external\external_function_parameters;
use core_external\external_multiple_structure;
use core_external\external_single_structure;
use core_external\external_value;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_access;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\slot_usage;
use mod_palier\local\attempt\step;
use mod_palier\output\step_redirect;

/**
 * A step of a test: what the form of the page sends.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class process_step extends attempt_api {
    /** @var string[] What may be done. */
    public const ACTIONS = ['answer', 'unknown', 'flag', 'unflag', 'draft', 'pause', 'together', 'paper', 'resume', 'stop'];

    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'attempt' => new external_value(PARAM_INT, 'The attempt'),
            'action' => new external_value(PARAM_ALPHA, 'One of ' . implode(', ', self::ACTIONS)),
            'slot' => new external_value(PARAM_INT, 'The slot that it is about', VALUE_DEFAULT, 0),
            'data' => new external_multiple_structure(new external_single_structure([
                'name' => new external_value(PARAM_RAW, 'A field of the question'),
                'value' => new external_value(PARAM_RAW, 'Its value'),
            ]), 'The answer', VALUE_DEFAULT, []),
        ]);
    }

    /**
     * Does it.
     *
     * @param int $attempt
     * @param string $action
     * @param int $slot
     * @param array $data
     * @return array
     */
    public static function execute(int $attempt, string $action, int $slot = 0, array $data = []): array {
        $params = self::validate_parameters(
            self::execute_parameters(),
            compact('attempt', 'action', 'slot', 'data')
        );
        if (!in_array($params['action'], self::ACTIONS)) {
            throw new \invalid_parameter_exception('action: one of ' . implode(', ', self::ACTIONS));
        }
        $before = self::own($params['attempt']);
        $fields = array_column($params['data'], 'value', 'name');
        $result = step::post($before->id, $params['action'], $params['slot'], $fields);
        [, $message] = step_redirect::target($before, $result);
        $after = attempt_repository::load($before->id);
        return [
            'outcome' => $result->outcome,
            'message' => $message,
            'open' => $after->is_open(),
            'calm' => $result->calm,
            'feedback' => $result->slot ? self::feedback($after, $result->slot) : '',
        ];
    }

    /**
     * In a practice: a question that was answered, with what was right.
     *
     * @param attempt $attempt
     * @param int $slot
     * @return string HTML, empty where nothing may be shown
     */
    public static function feedback(attempt $attempt, int $slot): string {
        if (!$attempt->access()->may_see_feedback($slot)) {
            return '';
        }
        $quba = slot_usage::load($attempt->qubaid, $slot);
        return $quba->render_question($slot, attempt_access::feedback_options($quba->get_question_attempt($slot)), (string) $slot);
    }

    /**
     * Answer.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'outcome' => new external_value(PARAM_ALPHA, 'What became of it: saved, invalid, stale, finished…'),
            'message' => new external_value(PARAM_TEXT, 'What to tell the learner, or empty'),
            'open' => new external_value(PARAM_BOOL, 'Whether the test goes on'),
            'calm' => new external_value(PARAM_BOOL, 'Whether to offer a pause before the next question'),
            'feedback' => new external_value(PARAM_RAW, 'In a practice, the question answered with its feedback, as HTML'),
        ]);
    }
}
