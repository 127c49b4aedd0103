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

namespace mod_palier\local\attempt;

use mod_palier\event\attempt_deleted;
use mod_palier\local\report\grader;
use mod_palier\local\report\visible_learners;

/**
 * Deletes one attempt of a learner: its answers, result and statements, and what hangs on them.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class deletion {
    /**
     * Whether the present user may delete an attempt: one that they may read, of those who may delete.
     *
     * @param attempt $attempt
     * @return bool
     */
    public static function allowed(attempt $attempt): bool {
        return has_capability('mod/palier:deleteattempts', $attempt->context())
            && visible_learners::may_read($attempt->context(), $attempt->id);
    }

    /**
     * Deletes an attempt, in its lock: a step that runs ends first, one that waits finds it gone. The grade becomes what the
     * others give, and completion follows.
     *
     * @param attempt $attempt
     */
    public static function delete(attempt $attempt): void {
        global $CFG;
        require_once($CFG->libdir . '/completionlib.php');
        if (!self::allowed($attempt)) {
            throw new \moodle_exception('nopermissions', 'error', '', get_string('palier:deleteattempts', 'mod_palier'));
        }
        attempt_change::make($attempt->id, function (attempt $attempt): ?string {
            $event = attempt_deleted::create([
                'objectid' => $attempt->id,
                'relateduserid' => $attempt->userid,
                'context' => $attempt->context(),
            ]);
            attempt_repository::delete_all('id = ?', [$attempt->id]);
            $event->trigger();
            return null;
        });
        grader::update($attempt->palier(), $attempt->userid, true);
        $completion = new \completion_info($attempt->course());
        if ($completion->is_enabled($attempt->cm()) == COMPLETION_TRACKING_AUTOMATIC) {
            $completion->update_state($attempt->cm(), COMPLETION_UNKNOWN, $attempt->userid);
        }
    }
}
