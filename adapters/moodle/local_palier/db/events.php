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
 * What the programme does when something happens elsewhere.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$observers = [
    [
        'eventname' => \core\event\course_category_deleted::class,
        'callback' => [\local_palier\local\profiles::class, 'category_deleted'],
    ],
    [
        'eventname' => \core\event\course_category_deleted::class,
        'callback' => [\local_palier\local\campaigns::class, 'category_deleted'],
    ],
    [
        'eventname' => \core\event\course_category_deleted::class,
        'callback' => [\local_palier\local\catalogue::class, 'category_deleted'],
    ],
    [
        'eventname' => \core\event\course_category_deleted::class,
        'callback' => [\local_palier\local\actions::class, 'category_deleted'],
    ],
    [
        'eventname' => \core\event\course_module_deleted::class,
        'callback' => [\local_palier\local\templates::class, 'module_deleted'],
    ],
    [
        'eventname' => \core\event\user_deleted::class,
        'callback' => [\local_palier\local\participation::class, 'user_deleted'],
    ],
    ...array_map(fn(string $class): array => [
        'eventname' => \core\event\course_category_deleted::class,
        'callback' => [$class, 'category_deleted'],
    ], [\local_palier\local\told::class, \local_palier\local\meetings::class, \local_palier\local\workshops::class]),
    ...array_map(fn(string $class): array => [
        'eventname' => \core\event\user_deleted::class,
        'callback' => [$class, 'user_deleted'],
    ], [\local_palier\local\told::class, \local_palier\local\meetings::class]),
    ...array_map(fn(string $event): array => [
        'eventname' => $event,
        'callback' => [\local_palier\local\told::class, 'left'],
    ], [\core\event\cohort_member_removed::class, \core\event\cohort_deleted::class]),
    [
        'eventname' => \mod_palier\event\attempt_finished::class,
        'callback' => [\local_palier\local\told::class, 'measured'],
    ],
    ...array_map(fn(string $event): array => [
        'eventname' => $event,
        'callback' => [\local_palier\local\participation::class, 'attempt_changed'],
    ], \mod_palier\api::EVENTS),
];
