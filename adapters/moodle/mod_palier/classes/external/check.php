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

use context_course;
use context_module;
use core_external\external_api;
use core_external\external_function_parameters;
use core_external\external_multiple_structure;
use core_external\external_single_structure;
use core_external\external_value;
use mod_palier\local\bank\question_choices;
use mod_palier\local\bank\question_filter;
use mod_palier\local\test\check as local_check;
use mod_palier\local\test\check_request;
use mod_palier\output\check_result;

/**
 * Checks what a form says, while it is being filled in.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class check extends external_api {
    /**
     * Parameters.
     *
     * @return external_function_parameters
     */
    public static function execute_parameters(): external_function_parameters {
        return new external_function_parameters([
            'courseid' => new external_value(PARAM_INT, 'The course'),
            'cmid' => new external_value(PARAM_INT, 'The activity, 0 while it is being made', VALUE_DEFAULT, 0),
            'categories' => new external_multiple_structure(new external_value(PARAM_INT, 'A question category')),
            'subcategories' => new external_value(PARAM_BOOL, 'With their subcategories', VALUE_DEFAULT, true),
            'tags' => new external_multiple_structure(new external_value(PARAM_INT, 'A tag'), '', VALUE_DEFAULT, []),
            'fields' => new external_multiple_structure(new external_single_structure([
                'name' => new external_value(PARAM_ALPHA, 'A field of the form'),
                'value' => new external_value(PARAM_RAW, 'Its value'),
            ]), '', VALUE_DEFAULT, []),
        ]);
    }

    /**
     * Checks.
     *
     * @param int $courseid
     * @param int $cmid
     * @param int[] $categories
     * @param bool $subcategories
     * @param int[] $tags
     * @param array $fields
     * @return array
     */
    public static function execute(
        int $courseid,
        int $cmid,
        array $categories,
        bool $subcategories = true,
        array $tags = [],
        array $fields = []
    ): array {
        global $PAGE;
        $params = self::validate_parameters(
            self::execute_parameters(),
            compact('courseid', 'cmid', 'categories', 'subcategories', 'tags', 'fields')
        );
        $before = [];
        if ($params['cmid']) {
            [$course, $cm] = get_course_and_cm_from_cmid($params['cmid'], 'palier');
            $context = context_module::instance($cm->id);
            self::validate_context($context);
            require_capability('moodle/course:manageactivities', $context);
            $before = question_filter::load((int) $cm->instance);
        } else {
            $context = context_course::instance($params['courseid']);
            self::validate_context($context);
            require_capability('mod/palier:addinstance', $context);
        }
        $new = array_diff($params['categories'], $before['filter']['category']['values'] ?? []);
        if (!(new question_choices($context))->may_use($new)) {
            throw new \moodle_exception('nocategory', 'mod_palier');
        }
        $data = (object) array_intersect_key(
            array_column($params['fields'], 'value', 'name'),
            array_flip(check_request::FIELDS)
        );
        $data->questioncategories = $params['categories'];
        $data->questionsubcategories = $params['subcategories'];
        $data->questiontags = $params['tags'];
        $check = check_request::check($data, $before);
        return [
            'canrun' => $check->canrun,
            'summary' => $check->summary(),
            'html' => self::render($check, $params['cmid']),
        ];
    }

    /**
     * Answer.
     *
     * @return external_single_structure
     */
    public static function execute_returns(): external_single_structure {
        return new external_single_structure([
            'canrun' => new external_value(PARAM_BOOL, 'Whether learners could start'),
            'summary' => new external_value(PARAM_TEXT, 'In one line, what the test would be like'),
            'html' => new external_value(PARAM_RAW, 'The same with its warnings, as HTML'),
        ]);
    }

    /**
     * The answer as HTML.
     *
     * @param local_check $check
     * @param int $cmid
     * @return string
     */
    private static function render(local_check $check, int $cmid): string {
        global $PAGE;
        $output = $PAGE->get_renderer('core');
        $result = new check_result($check, $cmid, false, true);
        return $output->render_from_template('mod_palier/check_result', $result->export_for_template($output));
    }
}
