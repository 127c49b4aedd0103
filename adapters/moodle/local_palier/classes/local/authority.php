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
use context_system;

/**
 * The authority that a person belongs to: the course category, or the site, that has their cohort; where one is inside another,
 * the innermost. Colleagues are those who have one in common. A course that somebody learns in makes them nobody's colleague: it
 * may be another authority's, or a centre de gestion's for all.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class authority {
    /**
     * Those of a person.
     *
     * @param int $userid
     * @return int[] ids of contexts; none where they are in no cohort
     */
    public static function of(int $userid): array {
        $paths = self::paths($userid);
        $inner = array_filter($paths, fn(string $path): bool => !array_filter(
            $paths,
            fn(string $other): bool => str_starts_with($other, "$path/")
        ));
        return array_map('intval', array_keys($inner));
    }

    /**
     * Places that a person may ask something of: their authorities, what is above these, and the site.
     *
     * @param int $userid
     * @return int[] ids of contexts
     */
    public static function around(int $userid): array {
        $ids = [context_system::instance()->id];
        foreach (self::paths($userid) as $path) {
            array_push($ids, ...array_map('intval', array_filter(explode('/', $path))));
        }
        return array_values(array_unique($ids));
    }

    /**
     * What they are called.
     *
     * @param int[] $contextids
     * @return string with commas, to be escaped
     */
    public static function names(array $contextids): string {
        return implode(', ', array_map(self::name(...), $contextids));
    }

    /**
     * What one is called.
     *
     * @param int $contextid
     * @return string to be escaped
     */
    public static function name(int $contextid): string {
        global $SITE;
        $context = context::instance_by_id($contextid);
        return $context instanceof context_system
            ? format_string($SITE->fullname, true, ['escape' => false])
            : $context->get_context_name(false, false, false);
    }

    /**
     * A condition of SQL: a person is still there, and still in a cohort of a place itself.
     *
     * @param string $person column of the person's id
     * @param string $place column of the context's id
     * @return string
     */
    public static function still(string $person, string $place): string {
        return "EXISTS (SELECT 1 FROM {user} au WHERE au.id = $person AND au.deleted = 0 AND au.suspended = 0)
            AND EXISTS (SELECT 1
                          FROM {cohort_members} cm
                          JOIN {cohort} co ON co.id = cm.cohortid
                         WHERE cm.userid = $person AND co.contextid = $place)";
    }

    /**
     * A place and those below it where the present user may do something.
     *
     * @param context $context
     * @param string $capability
     * @return int[] ids of contexts
     */
    public static function below(context $context, string $capability): array {
        global $DB;
        $ids = $DB->get_fieldset_select(
            'context',
            'id',
            'id = :id OR contextlevel = :level AND ' . $DB->sql_like('path', ':below'),
            ['id' => $context->id, 'level' => CONTEXT_COURSECAT, 'below' => "$context->path/%"]
        );
        $may = fn($id): bool => has_capability($capability, context::instance_by_id((int) $id));
        return array_map('intval', array_values(array_filter($ids, $may)));
    }

    /**
     * Where the cohorts of a person are.
     *
     * @param int $userid
     * @return string[] paths by context
     */
    private static function paths(int $userid): array {
        global $DB;
        return $DB->get_records_sql_menu(
            'SELECT DISTINCT x.id, x.path
               FROM {cohort_members} m
               JOIN {cohort} c ON c.id = m.cohortid
               JOIN {context} x ON x.id = c.contextid
              WHERE m.userid = ?',
            [$userid]
        );
    }
}
