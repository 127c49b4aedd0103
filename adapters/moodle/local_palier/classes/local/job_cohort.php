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
use context_helper;

/**
 * Those who do a job: the members of a cohort, named by its id number. It is known by nothing else who does what, and it
 * enters no estimate.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class job_cohort {
    /**
     * The cohorts with an id number in a context or below it: a course category reads no cohort of another one.
     *
     * @param string $idnumber
     * @param context $context
     * @return int[] ids; more than one where the id number is not unique
     */
    public static function find(string $idnumber, context $context): array {
        global $DB;
        return array_map('intval', $DB->get_fieldset_sql(
            "SELECT c.id
               FROM {cohort} c
               JOIN {context} x ON x.id = c.contextid
              WHERE c.idnumber = :idnumber AND (x.id = :contextid OR " . $DB->sql_like('x.path', ':below') . ')',
            ['idnumber' => $idnumber, 'contextid' => $context->id, 'below' => $context->path . '/%']
        ));
    }

    /**
     * The cohorts of a context and below it that the present user may see.
     *
     * @param context $context
     * @return string[] names by id
     */
    public static function choices(context $context): array {
        $seen = array_filter(
            self::rows($context),
            fn($row) => has_capability('moodle/cohort:view', context::instance_by_id($row->contextid))
        );
        return array_map(fn($row) => format_string($row->name), $seen);
    }

    /**
     * The cohorts of a context and below it, for whoever may have figures of them: their names, and not who is in them.
     *
     * @param context $context
     * @return string[] names by id, not escaped
     */
    public static function names(context $context): array {
        return array_map(fn($row) => format_string($row->name, true, ['escape' => false]), self::rows($context));
    }

    /**
     * The cohorts of a context and below it.
     *
     * @param context $context
     * @return \stdClass[] id, name and contextid, by id
     */
    private static function rows(context $context): array {
        global $DB;
        $columns = context_helper::get_preload_record_columns_sql('x');
        $rows = $DB->get_records_sql(
            "SELECT c.id, c.name, c.contextid, $columns
               FROM {cohort} c
               JOIN {context} x ON x.id = c.contextid
              WHERE x.id = :contextid OR " . $DB->sql_like('x.path', ':below') . ' ORDER BY c.name, c.id',
            ['contextid' => $context->id, 'below' => $context->path . '/%']
        );
        array_walk($rows, context_helper::preload_from_record(...));
        return $rows;
    }

    /**
     * Whether a cohort is that of another job already. Two jobs of the same people would show by their difference what
     * neither shows.
     *
     * @param int $id
     * @param context $context of the profile that asks
     * @param string $code of that profile
     * @return bool
     */
    public static function is_taken(int $id, context $context, string $code): bool {
        global $DB;
        $others = $DB->get_records_sql(
            'SELECT p.id, p.contextid, p.code, p.cohort
               FROM {local_palier_profile} p
               JOIN {cohort} c ON c.idnumber = p.cohort
              WHERE c.id = :id AND p.active = 1',
            ['id' => $id]
        );
        foreach ($others as $other) {
            $same = $other->contextid == $context->id && $other->code === $code;
            if (!$same && in_array($id, self::find($other->cohort, context::instance_by_id($other->contextid)), true)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The cohorts of jobs of one place.
     *
     * @param profile[] $profiles that are stored
     * @param context $context
     * @return int[] by id of the profile; one whose id number leads to no single cohort any more is left out
     */
    public static function of_those(array $profiles, context $context): array {
        global $DB;
        [$in, $params] = $DB->get_in_or_equal(array_column($profiles, 'id'), SQL_PARAMS_NAMED, 'profile', true, 0);
        $rows = $DB->get_recordset_sql(
            "SELECT p.id, c.id AS cohortid
               FROM {local_palier_profile} p
               JOIN {cohort} c ON c.idnumber = p.cohort
               JOIN {context} x ON x.id = c.contextid
              WHERE p.cohort <> '' AND p.id $in AND (x.id = :contextid OR " . $DB->sql_like('x.path', ':below') . ')',
            $params + ['contextid' => $context->id, 'below' => $context->path . '/%']
        );
        $found = [];
        foreach ($rows as $row) {
            $found[$row->id][] = (int) $row->cohortid;
        }
        $rows->close();
        return array_map(fn(array $ids): int => $ids[0], array_filter($found, fn(array $ids): bool => count($ids) === 1));
    }

    /**
     * The cohort of a job.
     *
     * @param profile $profile
     * @return int|null null where it has none, or where its id number does not lead to a single one any more
     */
    public static function of(profile $profile): ?int {
        return self::of_those([$profile], $profile->context())[$profile->id] ?? null;
    }

    /**
     * The members of the cohort of a job, without those who were deleted or suspended.
     *
     * @param profile $profile
     * @return true[] by user
     */
    public static function members(profile $profile): array {
        return self::members_of((int) self::of($profile));
    }

    /**
     * The members of a cohort, without those who were deleted or suspended.
     *
     * @param int $id
     * @return true[] by user
     */
    public static function members_of(int $id): array {
        return self::members_of_those([$id])[$id];
    }

    /**
     * The members of cohorts, without those who were deleted or suspended.
     *
     * @param int[] $ids
     * @return true[][] by cohort, by user
     */
    public static function members_of_those(array $ids): array {
        global $DB;
        [$in, $params] = $DB->get_in_or_equal($ids, SQL_PARAMS_NAMED, 'cohort', true, 0);
        $rows = $DB->get_recordset_sql(
            "SELECT m.cohortid, m.userid
               FROM {cohort_members} m
               JOIN {user} u ON u.id = m.userid
              WHERE m.cohortid $in AND u.deleted = 0 AND u.suspended = 0
           ORDER BY m.userid",
            $params
        );
        $members = array_fill_keys($ids, []);
        foreach ($rows as $row) {
            $members[$row->cohortid][$row->userid] = true;
        }
        $rows->close();
        return $members;
    }
}
