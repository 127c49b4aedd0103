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

namespace mod_palier\local\report;

use mod_palier\local\attempt\attempt;
use stdClass;

/**
 * Levels in Moodle's gradebook.
 *
 * An activity has no grade unless its teacher wants one: a positioning is not a mark. With a scale, the grade is the
 * level's place among the levels; with points, the lowest level is 0 and the highest all points. In a test with a
 * threshold, reached is all points or the scale's last item, not reached 0 or its first; undecided gives no grade. Without
 * levels and threshold there is none. Of several attempts those count that {@see grading_method} says; the average of
 * places on a scale is rounded. Of a map there may be an item for each competence, too: {@see scale_grades}.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class grader {
    /**
     * Creates or updates the grade item.
     *
     * @param stdClass $palier the activity: id, course, name, grade; cmidnumber where it is known
     * @param mixed $grades grades, null, or 'reset'
     * @return int a GRADE_UPDATE_ constant
     */
    public static function item_update(stdClass $palier, $grades = null): int {
        global $CFG;
        require_once($CFG->libdir . '/gradelib.php');

        $item = ['itemname' => $palier->name];
        if (isset($palier->cmidnumber)) {
            $item['idnumber'] = $palier->cmidnumber;
        }
        $grade = self::counts($palier) ? (int) ($palier->grade ?? 0) : 0;
        if ($grade > 0) {
            $item += ['gradetype' => GRADE_TYPE_VALUE, 'grademax' => $grade, 'grademin' => 0];
        } else if ($grade < 0) {
            $item += ['gradetype' => GRADE_TYPE_SCALE, 'scaleid' => -$grade];
        } else {
            $item += ['gradetype' => GRADE_TYPE_NONE];
        }
        if ($grades === 'reset') {
            $item['reset'] = true;
            $grades = null;
        }
        $done = grade_update('mod/palier', $palier->course, 'mod', 'palier', $palier->id, 0, $grades, $item);
        scale_grades::sync($palier, $item);
        return $done;
    }

    /**
     * Sends the grades of one person or of all.
     *
     * @param stdClass $palier
     * @param int $userid 0 for all
     * @param bool $nullifnone whether somebody without a result gets an empty grade
     */
    public static function update(stdClass $palier, int $userid = 0, bool $nullifnone = true): void {
        global $DB;
        if (empty($palier->grade) || !self::counts($palier)) {
            self::item_update($palier);
            return;
        }
        $counting = results::of((int) $palier->id, $userid);
        $without = $userid && $nullifnone ? [$userid] : [];
        $grades = self::grades($palier, $counting);
        if (!$grades && $without) {
            $grades = [$userid => (object) ['userid' => $userid, 'rawgrade' => null]];
        }
        self::item_update($palier, $grades ?: null);
        scale_grades::update($palier, $DB->get_records('palier_gradeitem', ['palierid' => $palier->id]), $counting, $without);
    }

    /**
     * Whether results are graded: those of a practice where the teacher wants it.
     *
     * @param stdClass $palier
     * @return bool
     */
    private static function counts(stdClass $palier): bool {
        return ($palier->purpose ?? '') !== 'practice' || !empty($palier->gradepractice);
    }

    /**
     * The grades of those who have a result.
     *
     * @param stdClass $palier
     * @param attempt[][] $counting by user id, of {@see results::of()}
     * @return stdClass[] by user id: userid, rawgrade, dategraded, datesubmitted
     */
    private static function grades(stdClass $palier, array $counting): array {
        $grades = [];
        foreach ($counting as $learner => $attempts) {
            $rawgrades = array_map(fn(attempt $attempt) => self::grade_of((int) $palier->grade, $attempt), $attempts);
            if (!in_array(null, $rawgrades, true)) {
                $mean = array_sum($rawgrades) / count($rawgrades);
                $grades[$learner] = (object) [
                    'userid' => $learner,
                    'rawgrade' => $palier->grade > 0 ? $mean : round($mean),
                    'dategraded' => end($attempts)->timefinish,
                    'datesubmitted' => end($attempts)->timefinish,
                ];
            }
        }
        return $grades;
    }

    /**
     * A result as a grade, or null when there is none.
     *
     * @param int $grade the activity's: points when positive, a scale when negative
     * @param attempt $attempt with a result
     * @return float|null
     */
    private static function grade_of(int $grade, attempt $attempt): ?float {
        $levels = $attempt->plan()['levels'] ?? null;
        $threshold = isset($attempt->known()['threshold']['decision']);
        $score = grading_method::score($attempt);
        if ($grade === 0 || $score === null || (!$threshold && ($attempt->level === null || !$levels))) {
            return null;
        }
        if ($grade > 0) {
            return $grade * $score / 100;
        }
        $scale = \grade_scale::fetch(['id' => -$grade]);
        if (!$scale) {
            return null;
        }
        $items = count($scale->load_items());
        $place = $threshold ? ($score > 0 ? $items : 1) : $attempt->level - (int) ($levels['first'] ?? 0) + 1;
        return max(1, min($place, $items));
    }
}
