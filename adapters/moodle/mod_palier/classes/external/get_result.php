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

use core_external\external_api;
use core_external\external_function_parameters;
use core_external\external_multiple_structure;
use core_external\external_single_structure;
use core_external\external_value;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\test\next_steps;
use mod_palier\output\result_words;

/**
 * The result of an attempt, in words.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class get_result extends external_api {
    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters(['attempt' => new external_value(PARAM_INT, 'The attempt')]);
    }

    /**
     * Tells.
     *
     * @param int $attempt
     * @return array
     */
    public static function execute(int $attempt): array {
        $params = self::validate_parameters(self::execute_parameters(), ['attempt' => $attempt]);
        $found = attempt_repository::load($params['attempt']);
        self::validate_context($found->context());
        if ($found->is_open() || !$found->access()->may_review()) {
            throw new \moodle_exception('notyourattempt', 'mod_palier');
        }
        $words = result_words::of($found);
        $sentences = array_filter([
            $words->margin(), ...$words->decisions(), $words->provisional(), ...$words->can(), $words->stop(),
        ], fn($sentence) => (string) $sentence !== '');
        return [
            'known' => $words->any(),
            'headline' => $words->headline(),
            'sentences' => array_values($sentences),
            'next' => next_steps::below($found),
            'url' => (new \core\url('/mod/palier/result.php', ['attempt' => $found->id]))->out(false),
        ];
    }

    /**
     * Answer.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'known' => new external_value(PARAM_BOOL, 'Whether there is a result'),
            'headline' => new external_value(PARAM_TEXT, 'The level, or that there are too few answers'),
            'sentences' => new external_multiple_structure(new external_value(PARAM_TEXT, 'A sentence about it')),
            'next' => new external_multiple_structure(new external_single_structure([
                'competence' => new external_value(PARAM_TEXT, 'The competence that it is for, empty where it is for all'),
                'text' => new external_value(PARAM_TEXT, 'What to do next'),
                'link' => new external_value(PARAM_URL, 'Where it leads to, perhaps empty'),
                'linktext' => new external_value(PARAM_TEXT, 'What is there'),
            ]), 'What to do next, for the learner alone'),
            'url' => new external_value(PARAM_URL, 'Its page, with the story of the test'),
        ]);
    }
}
