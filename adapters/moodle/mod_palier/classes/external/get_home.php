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
use mod_palier\event\course_module_viewed;
use mod_palier\output\home_page;

/**
 * What a learner reads before a test: what to know, whether it can begin, the results so far.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class get_home extends external_api {
    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters(['cmid' => new external_value(PARAM_INT, 'The activity')]);
    }

    /**
     * Tells, and notes that the activity was looked at.
     *
     * @param int $cmid
     * @return array
     */
    public static function execute(int $cmid): array {
        global $CFG, $DB, $PAGE, $USER;
        require_once($CFG->libdir . '/completionlib.php');
        $params = self::validate_parameters(self::execute_parameters(), ['cmid' => $cmid]);
        [$course, $cm] = get_course_and_cm_from_cmid($params['cmid'], 'palier');
        self::validate_context($cm->context);
        require_capability('mod/palier:view', $cm->context);
        $palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
        course_module_viewed::of($palier, $course, $cm)->trigger();
        (new \completion_info($course))->set_module_viewed($cm);
        $home = (new home_page($palier, $cm, (int) $USER->id))->export_for_template($PAGE->get_renderer('core'));
        return [
            'about' => $home['about'],
            'noticeurl' => $home['noticeurl'],
            'canbegin' => (bool) $home['canbegin'],
            'reason' => (string) $home['reason'],
            'label' => $home['label'],
            'needspassword' => (bool) $home['password'],
            'placement' => $home['placement']['questions'] ?? [],
            'attempt' => (int) $home['attempt'],
            'paused' => (bool) $home['paused'],
            'results' => array_map(fn(array $line) => array_intersect_key($line, array_flip(['url', 'title', 'result'])) + [
                'counts' => (bool) $line['counts'],
            ], $home['results']),
        ];
    }

    /**
     * Answer.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'about' => new external_multiple_structure(new external_single_structure([
                'term' => new external_value(PARAM_TEXT, 'What it is about'),
                'text' => new external_value(PARAM_TEXT, 'What to know'),
            ])),
            'noticeurl' => new external_value(PARAM_URL, 'The notice: what becomes of the data, empty where the site has none'),
            'canbegin' => new external_value(PARAM_BOOL, 'Whether a test can begin or go on'),
            'reason' => new external_value(PARAM_TEXT, 'Why not, empty where it can'),
            'label' => new external_value(PARAM_TEXT, 'What the button says'),
            'needspassword' => new external_value(PARAM_BOOL, 'Whether a password is asked'),
            'placement' => new external_multiple_structure(new external_single_structure([
                'place' => new external_value(PARAM_INT, 'Which question of where the learner believes to be'),
                'name' => new external_value(PARAM_TEXT, 'What it is about, empty where it is about all'),
                'levels' => new external_multiple_structure(new external_single_structure([
                    'number' => new external_value(PARAM_INT, 'A level'),
                    'name' => new external_value(PARAM_TEXT, 'Its name'),
                ])),
            ]), 'What a learner may say before the start, none where nothing is asked'),
            'attempt' => new external_value(PARAM_INT, 'The attempt under way, 0 for none'),
            'paused' => new external_value(PARAM_BOOL, 'Whether that one is paused'),
            'results' => new external_multiple_structure(new external_single_structure([
                'url' => new external_value(PARAM_URL, 'The page of the result'),
                'title' => new external_value(PARAM_TEXT, 'Number and date of the attempt'),
                'result' => new external_value(PARAM_TEXT, 'The result in a sentence'),
                'counts' => new external_value(PARAM_BOOL, 'Whether it is said to be the one that counts'),
            ])),
        ]);
    }
}
