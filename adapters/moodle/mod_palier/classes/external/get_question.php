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
use core_external\external_single_structure;
use core_external\external_value;
use mod_palier\local\attempt\attempt_access;
use mod_palier\local\attempt\shown_question;
use mod_palier\output\question_page;

/**
 * The question on screen, in the shape in which core's own services give one to the app.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class get_question extends attempt_api {
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
        $found = self::own($params['attempt']);
        $doubt = question_page::doubt($found->known());
        $answer = [
            'open' => $found->is_open(),
            'paused' => $found->log()->is_paused(),
            'missing' => false,
            'slot' => (int) $found->slot,
            'usage' => $found->qubaid,
            'percent' => $doubt['percent'],
            'remaining' => $doubt['text'],
        ];
        if (!$answer['open'] || $answer['paused']) {
            return $answer;
        }
        if ((new shown_question($found))->is_missing()) {
            return ['missing' => true] + $answer;
        }
        $qa = $found->quba()->get_question_attempt($found->slot);
        $options = attempt_access::display_options();
        $options->context = $found->context();
        $settings = $qa->get_question()->get_question_definition_for_external_rendering($qa, $options);
        return $answer + ['question' => [
            'slot' => $found->slot,
            'type' => $qa->get_question()->get_type_name(),
            'page' => 0,
            'number' => $found->slot,
            'html' => $found->quba()->render_question($found->slot, $options, (string) $found->slot),
            'sequencecheck' => $qa->get_sequence_check_count(),
            'lastactiontime' => (int) $qa->get_last_step()->get_timecreated(),
            'hasautosavedstep' => $qa->has_autosaved_step(),
            'flagged' => $qa->is_flagged(),
            'settings' => empty($settings) ? '' : json_encode($settings),
        ]];
    }

    /**
     * Answer.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'open' => new external_value(PARAM_BOOL, 'Whether the test goes on'),
            'paused' => new external_value(PARAM_BOOL, 'Whether it is paused'),
            'missing' => new external_value(PARAM_BOOL, 'Whether the question is gone: any step asks another one'),
            'slot' => new external_value(PARAM_INT, 'The slot on screen, 0 for none'),
            'usage' => new external_value(PARAM_INT, 'The question usage'),
            'percent' => new external_value(PARAM_INT, 'How much is known, 0 to 100'),
            'remaining' => new external_value(PARAM_TEXT, 'About how many questions are still to come'),
            'question' => new external_single_structure([
                'slot' => new external_value(PARAM_INT, 'Slot'),
                'type' => new external_value(PARAM_ALPHANUMEXT, 'Question type'),
                'page' => new external_value(PARAM_INT, 'Always 0: one question a page'),
                'number' => new external_value(PARAM_INT, 'Its number'),
                'html' => new external_value(PARAM_RAW, 'The question as HTML'),
                'sequencecheck' => new external_value(PARAM_INT, 'Number of its steps'),
                'lastactiontime' => new external_value(PARAM_INT, 'When it last changed'),
                'hasautosavedstep' => new external_value(PARAM_BOOL, 'Whether it has a draft'),
                'flagged' => new external_value(PARAM_BOOL, 'Whether it is reported'),
                'settings' => new external_value(PARAM_RAW, 'Settings of its type as JSON, or empty'),
            ], 'The question; absent where there is none', VALUE_OPTIONAL),
        ]);
    }
}
