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
 * What Moodle's app shows of the activity.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$addons = [
    'mod_palier' => [
        'handlers' => [
            'coursepalier' => [
                'displaydata' => [
                    'icon' => $CFG->wwwroot . '/mod/palier/pix/monologo.svg',
                    'class' => '',
                ],
                'delegate' => 'CoreCourseModuleDelegate',
                'method' => 'mobile_view',
                'offlinefunctions' => [],
            ],
        ],
        'lang' => [
            ['validate', 'mod_palier'],
            ['about_notice', 'mod_palier'],
            ['result_next', 'mod_palier'],
            ['idontknow', 'mod_palier'],
            ['pause', 'mod_palier'],
            ['finishnow', 'mod_palier'],
            ['password', 'mod_palier'],
            ['questiongone', 'mod_palier'],
            ['understand', 'mod_palier'],
            ['myresults', 'mod_palier'],
            ['selfplacement_question', 'mod_palier'],
            ['selfplacement_note', 'mod_palier'],
            ['selfplacement_level', 'mod_palier'],
            ['feedback_next', 'mod_palier'],
            ['calm_title', 'mod_palier'],
            ['calm_text', 'mod_palier'],
            ['flag_comment', 'mod_palier'],
            ['flag_send', 'mod_palier'],
        ],
    ],
];
