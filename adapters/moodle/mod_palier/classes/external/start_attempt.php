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
use mod_palier\local\attempt\self_placement;
use mod_palier\local\attempt\starter;

/**
 * Begins a test, or goes on with the one under way.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class start_attempt extends external_api {
    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'cmid' => new external_value(PARAM_INT, 'The activity'),
            'password' => new external_value(PARAM_RAW, 'As it was typed', VALUE_DEFAULT, ''),
            'placement' => new external_multiple_structure(new external_single_structure([
                'place' => new external_value(PARAM_INT, 'The place of a question of get_home'),
                'level' => new external_value(PARAM_INT, 'A level of its'),
            ]), 'Where the learner believes to be', VALUE_DEFAULT, []),
        ]);
    }

    /**
     * Begins.
     *
     * @param int $cmid
     * @param string $password
     * @param array $placement
     * @return array
     */
    public static function execute(int $cmid, string $password = '', array $placement = []): array {
        global $DB, $USER;
        $params = self::validate_parameters(self::execute_parameters(), compact('cmid', 'password', 'placement'));
        [, $cm] = get_course_and_cm_from_cmid($params['cmid'], 'palier');
        self::validate_context($cm->context);
        require_capability('mod/palier:attempt', $cm->context);
        $palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
        $said = (new self_placement($palier))->context(array_map('strval', array_column($params['placement'], 'level', 'place')));
        $attempt = (new starter($palier, $cm->context, (int) $USER->id, false, $params['password'], $said))->start();
        return ['attempt' => $attempt->id];
    }

    /**
     * Answer.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure(['attempt' => new external_value(PARAM_INT, 'The attempt')]);
    }
}
