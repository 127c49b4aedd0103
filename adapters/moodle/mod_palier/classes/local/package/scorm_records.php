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

namespace mod_palier\local\package;

use cm_info;
use core_component;
use mod_palier\local\parameters\csv_text;
use mod_palier\local\report\visible_learners;

/**
 * What learners left in the SCORM activities of a course, as a table of records.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class scorm_records {
    /** @var string[] elements that hold a score, of both versions of SCORM. */
    private const SCORES = ['cmi.core.score.raw', 'cmi.score.raw'];

    /**
     * The SCORM activities of a course whose results the reader may see.
     *
     * @param int $courseid
     * @return string[] names by course module
     */
    public static function activities(int $courseid): array {
        $names = [];
        // Sites may have no such module.
        if (core_component::get_component_directory('mod_scorm') !== null) {
            foreach (get_fast_modinfo($courseid)->get_instances_of('scorm') as $cm) {
                if (has_capability('mod/scorm:viewreport', $cm->context)) {
                    $names[$cm->id] = $cm->get_formatted_name();
                }
            }
        }
        return $names;
    }

    /**
     * The records of an activity, each with the person's id.
     *
     * @param cm_info $cm of the SCORM activity
     * @return string CSV
     */
    public static function table(cm_info $cm): string {
        global $DB;
        [$insql, $params] = $DB->get_in_or_equal(['cmi.suspend_data', ...self::SCORES], SQL_PARAMS_NAMED);
        $values = $DB->get_recordset_sql(
            "SELECT v.id, a.userid, a.attempt, v.scoid, e.element, v.value
               FROM {scorm_attempt} a
               JOIN {scorm_scoes_value} v ON v.attemptid = a.id
               JOIN {scorm_element} e ON e.id = v.elementid
              WHERE a.scormid = :scormid AND e.element $insql
           ORDER BY a.userid, a.attempt, v.id",
            $params + ['scormid' => $cm->instance]
        );
        $groups = visible_learners::groups($cm);
        $members = $groups === null ? null
            : array_column($groups ? $DB->get_records_list('groups_members', 'groupid', $groups) : [], 'userid', 'userid');
        $records = [];
        foreach ($values as $value) {
            if ($members === null || isset($members[$value->userid])) {
                $element = in_array($value->element, self::SCORES) ? 'score' : 'record';
                $key = "$value->userid $value->attempt $value->scoid";
                $records[$key]['person'] = $value->userid;
                $records[$key][$element] = $value->value;
            }
        }
        $values->close();
        $text = csv_text::line(['person', 'score', 'record'], ',');
        foreach ($records as $record) {
            if (str_starts_with($record['record'] ?? '', 'palier-1 ')) {
                $text .= csv_text::line([$record['person'], $record['score'] ?? '', $record['record']], ',');
            }
        }
        return $text;
    }
}
