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

use core\event\base;

/**
 * Exceptions of groups follow who is in them: an attempt under way closes when its learner's groups say, and nothing is
 * kept for a group that is gone.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class group_observer {
    /**
     * Somebody came into a group or left it.
     *
     * @param base $event
     */
    public static function member_changed(base $event): void {
        foreach (self::activities((int) $event->objectid) as $palier) {
            overrides::follow($palier, (int) $event->relateduserid);
        }
    }

    /**
     * A group was deleted.
     *
     * @param base $event
     */
    public static function deleted(base $event): void {
        global $DB;
        $activities = self::activities((int) $event->objectid);
        $DB->delete_records('palier_override', ['groupid' => $event->objectid]);
        foreach ($activities as $palier) {
            overrides::changed($palier);
        }
    }

    /**
     * The activities with an exception for a group.
     *
     * @param int $groupid
     * @return \stdClass[] rows of palier
     */
    private static function activities(int $groupid): array {
        global $DB;
        return array_values($DB->get_records_sql(
            'SELECT p.*
               FROM {palier} p
              WHERE EXISTS (SELECT 1 FROM {palier_override} o WHERE o.palierid = p.id AND o.groupid = :groupid)',
            ['groupid' => $groupid]
        ));
    }
}
