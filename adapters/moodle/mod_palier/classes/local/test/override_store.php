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

use core\clock;
use core\di;
use mod_palier\event\override_created;
use mod_palier\event\override_deleted;
use mod_palier\event\override_updated;
use stdClass;

/**
 * Rows of what is other for people and groups: listed, saved, deleted.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class override_store {
    /**
     * The store of an activity.
     *
     * @param stdClass $palier row of palier
     * @param \cm_info $cm
     */
    public function __construct(
        /** @var stdClass row of palier. */
        private readonly stdClass $palier,
        /** @var \cm_info its course module. */
        private readonly \cm_info $cm
    ) {
    }

    /**
     * All rows that the present user may see: in separate groups those of the own groups and their members.
     *
     * @return stdClass[] by id, with name
     */
    public function all(): array {
        global $DB;
        $rows = $DB->get_records('palier_override', ['palierid' => $this->palier->id], 'id');
        $people = $this->people();
        $groups = $this->groups();
        $found = [];
        foreach ($rows as $row) {
            $name = $row->userid !== null ? $people[$row->userid] ?? null : $groups[$row->groupid] ?? null;
            if ($name !== null) {
                $row->name = $name;
                $found[$row->id] = $row;
            }
        }
        return $found;
    }

    /**
     * The people for whom something may be other.
     *
     * @return string[] names by id
     */
    public function people(): array {
        $groups = \mod_palier\local\report\visible_learners::groups($this->cm);
        if ($groups === []) {
            return [];
        }
        $fields = \core_user\fields::for_name()->get_sql('u')->selects;
        $users = get_enrolled_users($this->cm->context, 'mod/palier:attempt', $groups ?? 0, "u.id{$fields}", null, 0, 0, true);
        $names = array_map(fullname(...), $users);
        \core_collator::asort($names);
        return $names;
    }

    /**
     * The groups for which something may be other.
     *
     * @return string[] names by id
     */
    public function groups(): array {
        return \mod_palier\output\report_filter_form::groups($this->cm) ?? [];
    }

    /**
     * Saves a row.
     *
     * @param stdClass $data userid or groupid, the columns of overrides::FIELDS (null where nothing is other), reason
     * @param int $id of the row, 0 for a new one
     * @return int id
     */
    public function save(stdClass $data, int $id = 0): int {
        global $DB, $USER;
        $allowed = !empty($data->userid) ? isset($this->people()[$data->userid]) : isset($this->groups()[$data->groupid ?? 0]);
        if (!$allowed || ($id && !isset($this->all()[$id]))) {
            throw new \moodle_exception('overridenobody', 'mod_palier');
        }
        $key = ['palierid' => $this->palier->id] + (!empty($data->userid)
            ? ['userid' => $data->userid, 'groupid' => null] : ['userid' => null, 'groupid' => $data->groupid]);
        $row = (object) ($key + [
            'reason' => (string) ($data->reason ?? ''),
            'usermodified' => $USER->id,
            'timemodified' => di::get(clock::class)->time(),
        ]);
        foreach (overrides::FIELDS as $field) {
            $row->$field = $data->$field ?? null;
        }
        $id = $id ?: (int) $DB->get_field('palier_override', 'id', $key, IGNORE_MULTIPLE);
        if ($id) {
            $row->id = $id;
            $DB->update_record('palier_override', $row);
            // One that is given to somebody who has one takes its place.
            $other = 'id <> :id AND palierid = :palierid AND ' . ($row->userid ? 'userid = :userid' : 'groupid = :groupid');
            $DB->delete_records_select('palier_override', $other, ['id' => $id] + array_filter($key));
            override_updated::of($row, $this->cm->context)->trigger();
        } else {
            $row->id = $id = $DB->insert_record('palier_override', $row);
            override_created::of($row, $this->cm->context)->trigger();
        }
        overrides::changed($this->palier);
        return $id;
    }

    /**
     * Deletes a row that the present user may see.
     *
     * @param int $id
     */
    public function delete(int $id): void {
        global $DB;
        $row = $this->all()[$id] ?? null;
        if ($row) {
            $event = override_deleted::of($row, $this->cm->context);
            $DB->delete_records('palier_override', ['id' => $id]);
            $event->trigger();
            overrides::changed($this->palier);
        }
    }
}
