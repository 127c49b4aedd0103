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

use mod_palier\grades\gradeitems;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\scales\map_plan;
use mod_palier\local\test\plan_text;
use stdClass;

/**
 * Of a map, one grade item for each competence or each domain, besides that of the whole.
 *
 * Each is made as the whole one is: points or a scale, of the attempts that count. What is graded is what the learner is
 * told: a competence that was not assessed, that is told by its domain, or whose level is too unsure to be told has no
 * grade, never a zero. In a test with a threshold a competence that reached it has all points or the scale's last item, one
 * that did not 0 or its first, and while it is undecided there is none.
 *
 * An item keeps its number as long as its competence is in the plan (table palier_gradeitem). With natural weights, or a
 * mean with weights, a new item has the weight 0: in a course's total the whole counts, and not its parts as well.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class scale_grades {
    /** @var string the whole alone. */
    public const NONE = '';

    /** @var string one for each competence. */
    public const SCALE = 'scale';

    /** @var string one for each domain. */
    public const DOMAIN = 'domain';

    /** @var string[] what a teacher can choose. */
    public const CHOICES = [self::NONE, self::SCALE, self::DOMAIN];

    /** @var int characters that the name of a grade item may have. */
    private const LONGEST = 255;

    /** @var int attempts whose rows are read at once. */
    private const AT_ONCE = 1000;

    /**
     * Makes an activity's items what its plan and its teacher ask for.
     *
     * @param stdClass $palier row of palier, or its form's data
     * @param array $item what the item of the whole is: gradetype and what belongs to it; reset
     */
    public static function sync(stdClass $palier, array $item): void {
        global $DB;
        $wanted = $item['gradetype'] === GRADE_TYPE_NONE ? [] : self::wanted($palier);
        $rows = [];
        foreach ($DB->get_records('palier_gradeitem', ['palierid' => $palier->id], 'itemnumber') as $row) {
            $key = "{$row->kind} {$row->scale}";
            if (isset($wanted[$key])) {
                $rows[$key] = $row;
            } else {
                self::delete_item($palier, $row);
            }
        }
        $item = array_diff_key($item, ['idnumber' => 1]);
        foreach ($wanted as $key => [$kind, $scale, $name]) {
            $new = !isset($rows[$key]);
            $rows[$key] ??= self::insert((int) $palier->id, $kind, $scale);
            self::send($palier, $rows[$key], null, ['itemname' => $name] + $item);
            if ($new) {
                self::place($palier, (int) $rows[$key]->itemnumber);
            }
        }
    }

    /**
     * Sends grades: of all whose attempts count, and none for others that are named.
     *
     * @param stdClass $palier row of palier
     * @param stdClass[] $items rows of palier_gradeitem
     * @param attempt[][] $counting by user id, of {@see results::of()}
     * @param int[] $without ids of users who are to have no grade
     */
    public static function update(stdClass $palier, array $items, array $counting, array $without = []): void {
        if (!$items) {
            return;
        }
        $results = self::results_of($counting);
        foreach ($items as $item) {
            $grades = [];
            foreach ($counting as $userid => $attempts) {
                $raw = [];
                foreach ($attempts as $attempt) {
                    $result = $results[$attempt->id]["{$item->kind} {$item->scale}"] ?? null;
                    $raw[] = $result ? self::grade_of((int) $palier->grade, $attempt, $result) : null;
                }
                $raw = array_filter($raw, fn(?float $grade) => $grade !== null);
                $mean = $raw ? array_sum($raw) / count($raw) : null;
                $last = end($attempts);
                $grades[$userid] = (object) [
                    'userid' => $userid,
                    'rawgrade' => $mean !== null && $palier->grade < 0 ? round($mean) : $mean,
                    'dategraded' => $last->timefinish,
                    'datesubmitted' => $last->timefinish,
                ];
            }
            foreach ($without as $userid) {
                $grades[$userid] ??= (object) ['userid' => $userid, 'rawgrade' => null];
            }
            if ($grades) {
                self::send($palier, $item, $grades);
            }
        }
    }

    /**
     * Deletes all items of an activity.
     *
     * @param stdClass $palier
     */
    public static function delete(stdClass $palier): void {
        global $DB;
        foreach ($DB->get_records('palier_gradeitem', ['palierid' => $palier->id]) as $row) {
            self::delete_item($palier, $row);
        }
    }

    /**
     * The items that there should be.
     *
     * @param stdClass $palier
     * @return array[] kind, id and name, by "kind id", in the plan's order
     */
    private static function wanted(stdClass $palier): array {
        global $CFG, $DB;
        if (!isset($palier->plan, $palier->scalegrades)) {
            $palier = $DB->get_record('palier', ['id' => $palier->id], 'id, course, plan, scalegrades', MUST_EXIST);
        }
        $plan = json_decode($palier->plan, true) ?: [];
        if (!map_plan::is($plan)) {
            return [];
        }
        $entries = match ($palier->scalegrades) {
            self::SCALE => array_filter($plan['scales'], fn(array $scale) => $scale['reported'] ?? true),
            self::DOMAIN => $plan['map']['domains'] ?? [],
            default => [],
        };
        if (!$entries) {
            return [];
        }
        // A grade item has one name for all: in the course's language, not in that of whoever finishes the test.
        $language = get_course($palier->course)->lang ?: $CFG->lang;
        $wanted = [];
        foreach ($entries as $entry) {
            $name = plan_text::of($entry['name'] ?? '', $language) ?: $entry['id'];
            $wanted["{$palier->scalegrades} {$entry['id']}"] = [
                $palier->scalegrades,
                (string) $entry['id'],
                \core_text::substr($name, 0, self::LONGEST),
            ];
        }
        return $wanted;
    }

    /**
     * Gives a competence the smallest number that is free.
     *
     * @param int $palierid
     * @param string $kind
     * @param string $scale
     * @return stdClass row of palier_gradeitem
     */
    private static function insert(int $palierid, string $kind, string $scale): stdClass {
        global $DB;
        $taken = $DB->get_fieldset('palier_gradeitem', 'itemnumber', ['palierid' => $palierid]);
        $row = (object) [
            'palierid' => $palierid,
            'kind' => $kind,
            'scale' => $scale,
            'itemnumber' => min(array_diff(range(1, gradeitems::OUTCOMES - 1), $taken)),
        ];
        $row->id = $DB->insert_record('palier_gradeitem', $row);
        return $row;
    }

    /**
     * Puts a new item below that of the whole, in its category, and out of the total where that has weights.
     *
     * @param stdClass $palier
     * @param int $number
     */
    private static function place(stdClass $palier, int $number): void {
        $key = ['itemtype' => 'mod', 'itemmodule' => 'palier', 'iteminstance' => $palier->id, 'courseid' => $palier->course];
        $whole = \grade_item::fetch($key + ['itemnumber' => 0]);
        $item = \grade_item::fetch($key + ['itemnumber' => $number]);
        if (!$whole || !$item) {
            return;
        }
        if ($item->categoryid != $whole->categoryid) {
            $item->set_parent($whole->categoryid, false);
        }
        $aggregation = (int) $item->get_parent_category()->aggregation;
        if ($aggregation === GRADE_AGGREGATE_SUM) {
            $item->aggregationcoef2 = 0;
            $item->weightoverride = 1;
        } else if ($aggregation === GRADE_AGGREGATE_WEIGHTED_MEAN) {
            $item->aggregationcoef = 0;
        }
        $item->update();
    }

    /**
     * Updates an item and its grades.
     *
     * @param stdClass $palier
     * @param stdClass $row of palier_gradeitem
     * @param stdClass[]|null $grades
     * @param array|null $details of the item
     */
    private static function send(stdClass $palier, stdClass $row, ?array $grades, ?array $details = null): void {
        grade_update('mod/palier', $palier->course, 'mod', 'palier', $palier->id, (int) $row->itemnumber, $grades, $details);
    }

    /**
     * Deletes an item with its grades.
     *
     * @param stdClass $palier
     * @param stdClass $row of palier_gradeitem
     */
    private static function delete_item(stdClass $palier, stdClass $row): void {
        global $CFG, $DB;
        require_once($CFG->libdir . '/gradelib.php');
        self::send($palier, $row, null, ['deleted' => 1]);
        $DB->delete_records('palier_gradeitem', ['id' => $row->id]);
    }

    /**
     * What is known of competences and domains in attempts.
     *
     * @param attempt[][] $counting
     * @return stdClass[][] rows of palier_attempt_scale, by attempt and "kind id"
     */
    private static function results_of(array $counting): array {
        $ids = [];
        foreach ($counting as $attempts) {
            foreach ($attempts as $attempt) {
                $ids[] = $attempt->id;
            }
        }
        $results = [];
        foreach (array_chunk($ids, self::AT_ONCE) as $some) {
            foreach (scale_results::of($some) as $attemptid => $rows) {
                foreach ($rows as $row) {
                    $results[$attemptid]["{$row->kind} {$row->scale}"] = $row;
                }
            }
        }
        return $results;
    }

    /**
     * A result as a grade, or null when there is none.
     *
     * @param int $grade the activity's: points when positive, a scale when negative
     * @param attempt $attempt
     * @param stdClass $result row of palier_attempt_scale
     * @return float|null
     */
    private static function grade_of(int $grade, attempt $attempt, stdClass $result): ?float {
        $plan = $attempt->plan();
        $cuts = count($plan['levels']['cuts'] ?? []);
        if ($result->state !== scale_results::MEASURED || $grade === 0) {
            return null;
        }
        if ($result->kind === scale_results::SCALE && ($plan['purpose'] ?? '') === 'threshold') {
            $share = match ($result->required) {
                'reached' => 1.0,
                'not_reached' => 0.0,
                default => null,
            };
            $steps = null;
        } else {
            $steps = $result->level === null || !$cuts ? null : (int) $result->level - (int) ($plan['levels']['first'] ?? 0);
            $share = $steps === null ? null : $steps / $cuts;
        }
        if ($share === null || $grade > 0) {
            return $share === null ? null : $grade * $share;
        }
        $scale = \grade_scale::fetch(['id' => -$grade]);
        $items = $scale ? count($scale->load_items()) : 0;
        return $items ? (float) max(1, min($steps === null ? 1 + $share * ($items - 1) : $steps + 1, $items)) : null;
    }
}
