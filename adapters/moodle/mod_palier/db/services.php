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

/**
 * Web services of mod_palier.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$functions = [
    'mod_palier_check' => [
        'classname' => 'mod_palier\external\check',
        'description' => 'Can a test keep its promise with these questions?',
        'type' => 'read',
        'capabilities' => 'mod/palier:addinstance, moodle/course:manageactivities',
        'ajax' => true,
    ],
    'mod_palier_get_home' => [
        'classname' => 'mod_palier\external\get_home',
        'description' => 'What a learner reads before a test',
        'type' => 'write',
        'capabilities' => 'mod/palier:view',
        'services' => [MOODLE_OFFICIAL_MOBILE_SERVICE],
    ],
    'mod_palier_start_attempt' => [
        'classname' => 'mod_palier\external\start_attempt',
        'description' => 'Begins a test, or goes on with the one under way',
        'type' => 'write',
        'capabilities' => 'mod/palier:attempt',
        'services' => [MOODLE_OFFICIAL_MOBILE_SERVICE],
    ],
    'mod_palier_get_question' => [
        'classname' => 'mod_palier\external\get_question',
        'description' => 'The question on screen',
        'type' => 'read',
        'capabilities' => 'mod/palier:attempt',
        'services' => [MOODLE_OFFICIAL_MOBILE_SERVICE],
    ],
    'mod_palier_process_step' => [
        'classname' => 'mod_palier\external\process_step',
        'description' => 'A step of a test',
        'type' => 'write',
        'capabilities' => 'mod/palier:attempt',
        'services' => [MOODLE_OFFICIAL_MOBILE_SERVICE],
    ],
    'mod_palier_get_result' => [
        'classname' => 'mod_palier\external\get_result',
        'description' => 'The result of an attempt, in words',
        'type' => 'read',
        'capabilities' => 'mod/palier:reviewmyattempts',
        'services' => [MOODLE_OFFICIAL_MOBILE_SERVICE],
    ],
];
