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

namespace mod_palier\local\test;

use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;
use mod_palier\local\scales\scale_finder;
use mod_palier\local\scales\scale_source;
use moodle_exception;
use stdClass;

/**
 * What a form says, before it is saved: its questions and its plan.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class check_request {
    /** @var string[] fields of the form that make its plan. */
    public const FIELDS = [
        'purpose', 'precision', 'maxitems', 'minitems', 'visibility', 'levelscheme', 'thresholdlevel', 'thresholdtheta',
        'confidence', 'randomesque', 'easyitems', 'seenpolicy', 'maxattempts', 'delaydays', 'secondsperitem', 'stopearly',
        'timelimit', 'correctness', 'planjson', 'planexpert', 'scalesource', 'correlation',
        'ownitems', 'trialitems',
    ];

    /** @var string[] why questions make no map. */
    public const MAP_ERRORS = ['mapone', 'mapnone', 'maplarge', 'maplongid', 'noframework'];

    /**
     * The filter condition of a form.
     *
     * @param stdClass $data questioncategories, questionsubcategories, questiontags
     * @param array $before the filter condition that the activity has: its other conditions stay
     * @param int $cmid
     * @param int $courseid
     * @return array
     */
    public static function filter(stdClass $data, array $before = [], int $cmid = 0, int $courseid = 0): array {
        $condition = question_filter::make(
            (array) ($data->questioncategories ?? []),
            !isset($data->questionsubcategories) || $data->questionsubcategories,
            array_filter((array) ($data->questiontags ?? [])),
            $cmid,
            $courseid
        );
        $condition['filter'] += array_diff_key($before['filter'] ?? [], ['category' => 1, 'qtagids' => 1]);
        return $condition;
    }

    /**
     * Checks a form.
     *
     * @param stdClass $data
     * @param array $before the filter condition that the activity has
     * @return check
     */
    public static function check(stdClass $data, array $before = []): check {
        $questions = new bank_builder(self::filter($data, $before));
        try {
            $plan = plan_builder::from_form(self::with_map($data, $questions));
        } catch (moodle_exception $e) {
            if (!in_array($e->errorcode, self::MAP_ERRORS, true)) {
                throw $e;
            }
            $check = new check();
            $check->problems[] = ['code' => $e->errorcode, 'message' => $e->getMessage()];
            return $check;
        }
        return check::run($questions->with_scales(scale_finder::ids_of($plan)), $plan);
    }

    /**
     * The form with the scales that its source makes of its questions.
     *
     * @param stdClass $data
     * @param bank_builder|null $questions null for those of the form
     * @param array $before the filter condition that the activity has
     * @return stdClass a copy, with map where the source makes one
     * @throws moodle_exception one of MAP_ERRORS when it makes none
     */
    public static function with_map(stdClass $data, ?bank_builder $questions = null, array $before = []): stdClass {
        $data = clone $data;
        unset($data->map);
        $source = (string) ($data->scalesource ?? scale_source::PLAN);
        if (!in_array($source, [scale_source::ONE, scale_source::PLAN], true) && empty($data->planexpert)) {
            $questions ??= new bank_builder(self::filter($data, $before));
            $data->map = scale_source::map($source, $questions->questions());
        }
        return $data;
    }
}
