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

namespace mod_palier\local\contest;

use mod_palier\local\attempt\attempt;
use mod_palier\local\report\visible_learners;

/**
 * Who may read, write and decide in a thread: the learner in those of the own attempts, and those with the capability
 * mod/palier:managecontests in those of the learners whom they may see. Writing to a trainer shows the trainer the question,
 * the answer and the message; a result that is not shared stays hidden.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class contest_access {
    /** @var int People who are named at once. */
    private const NAMED = 3;

    /**
     * Whether the present user may open threads about an attempt, and write in them.
     *
     * @param attempt $attempt
     * @return bool
     */
    public static function may_contest(attempt $attempt): bool {
        global $USER;
        return !$attempt->preview && $attempt->userid == $USER->id && !isguestuser()
            && has_capability('mod/palier:contest', $attempt->context());
    }

    /**
     * Whether the present user may answer and decide in the threads about an attempt.
     *
     * @param attempt $attempt
     * @return bool
     */
    public static function may_decide(attempt $attempt): bool {
        global $DB, $USER;
        if ($attempt->userid == $USER->id || !has_capability('mod/palier:managecontests', $attempt->context())) {
            return false;
        }
        [$where, $params] = visible_learners::condition($attempt->context(), 'a', 0, false);
        return $DB->record_exists_sql(
            "SELECT 1 FROM {palier_attempt} a WHERE a.id = :wantedattempt AND $where",
            $params + ['wantedattempt' => $attempt->id]
        );
    }

    /**
     * Whether the present user may print the questions of an attempt: its learner asked for them on paper.
     *
     * @param attempt $attempt
     * @return bool
     */
    public static function may_print(attempt $attempt): bool {
        return self::may_decide($attempt) && contest_repository::find($attempt->id, contest::PAPER) !== null;
    }

    /**
     * Whether the present user may drop the question of an attempt for everybody.
     *
     * @param attempt $attempt
     * @return bool
     */
    public static function may_decide_for_all(attempt $attempt): bool {
        return self::may_decide($attempt) && self::may_correct_all($attempt->cm());
    }

    /**
     * Whether the present user may correct the attempts of everybody: with separate groups only those who see all groups.
     *
     * @param \cm_info $cm
     * @return bool
     */
    public static function may_correct_all(\cm_info $cm): bool {
        return has_capability('mod/palier:managecontests', $cm->context)
            && (groups_get_activity_groupmode($cm) != SEPARATEGROUPS
                || has_capability('moodle/site:accessallgroups', $cm->context));
    }

    /**
     * Whether the present user may read the threads about an attempt.
     *
     * @param attempt $attempt
     * @return bool
     */
    public static function may_read(attempt $attempt): bool {
        global $USER;
        return $attempt->userid == $USER->id || self::may_decide($attempt);
    }

    /**
     * Whom a message of the present user about an attempt reaches, by name: what is promised before it is written.
     *
     * @param attempt $attempt
     * @return string some names; empty where it reaches nobody
     */
    public static function reached(attempt $attempt): string {
        $users = self::may_contest($attempt) ? self::deciders($attempt) : [];
        return implode(', ', array_map('fullname', array_slice($users, 0, self::NAMED)));
    }

    /**
     * Those who may decide in the threads about an attempt.
     *
     * @param attempt $attempt
     * @return \stdClass[] users, for messages
     */
    public static function deciders(attempt $attempt): array {
        $users = get_enrolled_users($attempt->context(), 'mod/palier:managecontests', 0, 'u.*', null, 0, 0, true);
        if (groups_get_activity_groupmode($attempt->cm()) != SEPARATEGROUPS) {
            return array_diff_key($users, [$attempt->userid => true]);
        }
        $groupids = array_keys(groups_get_all_groups($attempt->course()->id, $attempt->userid, $attempt->cm()->groupingid));
        $sees = fn($user) => has_capability('moodle/site:accessallgroups', $attempt->context(), $user)
            || array_intersect($groupids, array_keys(groups_get_all_groups($attempt->course()->id, $user->id)));
        return array_diff_key(array_filter($users, $sees), [$attempt->userid => true]);
    }
}
