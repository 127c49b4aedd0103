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

use context_system;

/**
 * Roles with the least rights for who works on the programme: each may do one thing, in the course category or the site where
 * it is given, and has nothing else. None of them sees a result of a person, but for advisers what a person shows them.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class roles {
    /** @var string[][] short name of the role => what it may do; its name is the string role_SHORTNAME. */
    public const ROLES = [
        'palierhr' => ['local/palier:viewgaps', 'local/palier:viewmaps', 'local/palier:makemaps', 'local/palier:manageactions'],
        'paliercatalogue' => ['local/palier:managecatalogue', 'local/palier:viewgaps'],
        'palierprofiles' => ['local/palier:manageprofiles'],
        // A test is made of another one, which has to be found in its course.
        'paliercampaigns' => [
            'local/palier:managecampaigns', 'mod/palier:addinstance', 'mod/palier:view', 'moodle/course:view',
            'moodle/cohort:view',
        ],
        // Workshops are groups of a course, in which people are enrolled.
        'palieradviser' => [
            'local/palier:advise', 'moodle/course:view', 'moodle/course:managegroups', 'enrol/manual:enrol',
        ],
    ];

    /**
     * Makes those that are not there. A role of that short name that somebody made stays as it is.
     */
    public static function make(): void {
        global $DB;
        // While the plugin is installed its capabilities are not known yet.
        update_capabilities('local_palier');
        foreach (self::ROLES as $shortname => $capabilities) {
            if ($DB->record_exists('role', ['shortname' => $shortname])) {
                continue;
            }
            $name = get_string("role_$shortname", 'local_palier');
            $id = create_role($name, $shortname, get_string("role_{$shortname}_desc", 'local_palier'));
            set_role_contextlevels($id, [CONTEXT_SYSTEM, CONTEXT_COURSECAT]);
            foreach ($capabilities as $capability) {
                assign_capability($capability, CAP_ALLOW, $id, context_system::instance());
            }
        }
    }

    /**
     * Gives one of them what is new: to somebody's own role of that short name as well, where the plugin made it.
     *
     * @param string $shortname
     * @param string[] $capabilities
     */
    public static function give(string $shortname, array $capabilities): void {
        global $DB;
        update_capabilities('local_palier');
        $id = $DB->get_field('role', 'id', ['shortname' => $shortname]);
        foreach ($id ? $capabilities : [] as $capability) {
            assign_capability($capability, CAP_ALLOW, $id, context_system::instance());
        }
    }

    /**
     * Deletes those that nobody has. The others stay, with what the site gave them: they lose what this plugin knew.
     */
    public static function remove(): void {
        global $DB;
        foreach ($DB->get_records_list('role', 'shortname', array_keys(self::ROLES)) as $role) {
            if (!$DB->record_exists('role_assignments', ['roleid' => $role->id])) {
                delete_role($role->id);
            }
        }
    }
}
