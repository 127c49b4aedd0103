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

namespace local_palier\local;

use context;
use core\event\course_category_deleted;
use local_palier\event\catalogue_imported;
use local_palier\event\catalogue_removed;

/**
 * The trainings of the catalogue: those of the site for everybody, those of a course category for its people alone.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class catalogue {
    /**
     * The entries of a context.
     *
     * @param context $context
     * @param int $from the first that is read, from 0
     * @param int $most how many; 0 for all
     * @return entry[] by id, in the order of their codes
     */
    public static function of(context $context, int $from = 0, int $most = 0): array {
        return self::read('e.contextid = :contextid', ['contextid' => $context->id], $from, $most);
    }

    /**
     * How many entries a context has.
     *
     * @param context $context
     * @return int
     */
    public static function count(context $context): int {
        global $DB;
        return $DB->count_records('local_palier_entry', ['contextid' => $context->id]);
    }

    /**
     * The entries that teach some of these competences.
     *
     * @param int[] $contextids those of these contexts
     * @param string $framework id number
     * @param string[] $competences numbers
     * @return entry[] by id
     */
    public static function teaching(array $contextids, string $framework, array $competences): array {
        global $DB;
        if (!$competences || !$contextids) {
            return [];
        }
        [$in, $params] = $DB->get_in_or_equal($contextids, SQL_PARAMS_NAMED, 'context');
        [$taught, $more] = $DB->get_in_or_equal(array_map('strval', $competences), SQL_PARAMS_NAMED, 'competence');
        return self::read(
            "e.contextid $in AND e.framework = :framework AND EXISTS (
                SELECT 1 FROM {local_palier_teaches} t WHERE t.entryid = e.id AND t.competence $taught)",
            $params + $more + ['framework' => $framework]
        );
    }

    /**
     * An entry.
     *
     * @param int $id
     * @return entry
     * @throws \moodle_exception noentry
     */
    public static function get(int $id): entry {
        $found = self::read('e.id = :id', ['id' => $id]);
        return reset($found) ?: throw new \moodle_exception('noentry', 'local_palier');
    }

    /**
     * The entries of a context.
     *
     * @param context $context
     * @return entry[] by code
     */
    public static function by_code(context $context): array {
        return array_column(self::of($context), null, 'code');
    }

    /**
     * Stores entries: one whose code is there takes its place, and nothing is removed.
     *
     * @param context $context a course category's or the system's
     * @param entry[] $entries
     * @return int how many were new or changed
     */
    public static function import(context $context, array $entries): int {
        global $DB;
        $transaction = $DB->start_delegated_transaction();
        $before = self::by_code($context);
        $changed = 0;
        $taught = [];
        foreach ($entries as $entry) {
            $old = $before[$entry->code] ?? null;
            if ($old && $old->same($entry)) {
                continue;
            }
            $changed++;
            $row = (object) (['contextid' => $context->id, 'timemodified' => time()] + $entry->fields());
            if ($old) {
                $row->id = $old->id;
                $DB->update_record('local_palier_entry', $row);
                $DB->delete_records('local_palier_teaches', ['entryid' => $old->id]);
            } else {
                $row->id = $DB->insert_record('local_palier_entry', $row);
            }
            foreach ($entry->competences as $competence) {
                $taught[] = (object) ['entryid' => $row->id, 'competence' => $competence];
            }
        }
        $DB->insert_records('local_palier_teaches', $taught);
        $transaction->allow_commit();
        catalogue_imported::tell($context, ['count' => $changed]);
        return $changed;
    }

    /**
     * An entry is no more.
     *
     * @param entry $entry
     */
    public static function remove(entry $entry): void {
        global $DB;
        $DB->delete_records('local_palier_teaches', ['entryid' => $entry->id]);
        $DB->delete_records('local_palier_entry', ['id' => $entry->id]);
        catalogue_removed::tell(context::instance_by_id($entry->contextid), ['code' => $entry->code]);
    }

    /**
     * With a course category goes its catalogue.
     *
     * @param course_category_deleted $event
     */
    public static function category_deleted(course_category_deleted $event): void {
        global $DB;
        $of = ['contextid' => $event->contextid];
        $DB->delete_records_subquery(
            'local_palier_teaches',
            'entryid',
            'id',
            'SELECT id FROM {local_palier_entry} WHERE contextid = :contextid',
            $of
        );
        $DB->delete_records('local_palier_entry', $of);
    }

    /**
     * Entries of the database. A course that is no more is none.
     *
     * @param string $where on e, the table
     * @param array $params named
     * @param int $from
     * @param int $most
     * @return entry[] by id, in the order of their codes
     */
    private static function read(string $where, array $params, int $from = 0, int $most = 0): array {
        global $DB;
        $columns = implode(', ', array_map(fn($name) => "e.$name", array_diff(array_keys(entry::FIELDS), ['courseid'])));
        $rows = $DB->get_records_sql(
            "SELECT e.id, e.contextid, $columns, c.id AS courseid
               FROM {local_palier_entry} e
          LEFT JOIN {course} c ON c.id = e.courseid
              WHERE $where
           ORDER BY e.code, e.id",
            $params,
            $from,
            $most
        );
        $taught = [];
        foreach (array_chunk(array_keys($rows), 1000) as $ids) {
            foreach ($DB->get_records_list('local_palier_teaches', 'entryid', $ids) as $row) {
                $taught[$row->entryid][] = $row->competence;
            }
        }
        return array_map(fn($row) => new entry($row, $taught[$row->id] ?? []), $rows);
    }
}
