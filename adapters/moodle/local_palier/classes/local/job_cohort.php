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
        return $DB->get_records_sql(
            'SELECT c.id, c.name, c.contextid
               FROM {cohort} c
               JOIN {context} x ON x.id = c.contextid
              WHERE x.id = :contextid OR ' . $DB->sql_like('x.path', ':below') . ' ORDER BY c.name, c.id',
            ['contextid' => $context->id, 'below' => $context->path . '/%']
        );
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
     * The cohort of a job.
     *
     * @param profile $profile
     * @return int|null null where it has none, or where its id number does not lead to a single one any more
     */
    public static function of(profile $profile): ?int {
        $ids = $profile->fields['cohort'] === '' ? [] : self::find($profile->fields['cohort'], $profile->context());
        return count($ids) === 1 ? $ids[0] : null;
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
        global $DB;
        return array_fill_keys($DB->get_fieldset_sql(
            'SELECT m.userid
               FROM {cohort_members} m
               JOIN {user} u ON u.id = m.userid
              WHERE m.cohortid = ? AND u.deleted = 0 AND u.suspended = 0',
            [$id]
        ), true);
    }
}
