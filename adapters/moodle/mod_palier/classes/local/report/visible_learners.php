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

namespace mod_palier\local\report;

use core\context\module as context_module;

/**
 * Whose attempts a trainer may read.
 *
 * Who needs to: the capability mod/palier:viewreports, and with separate groups those in a common group only. What a
 * learner was promised stands: where the plan of an attempt says after_sharing, nothing of it is read before the
 * learner shares, whatever the activity says today. Previews are nobody's results.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class visible_learners {
    /**
     * The condition on attempts, for the present user.
     *
     * @param context_module $context
     * @param string $attempt alias of palier_attempt in the query
     * @param int $groupid only this group; 0 for all that may be seen
     * @param bool $sharedonly false to count what is not shared as well
     * @return array{string, array} SQL and its parameters
     */
    public static function condition(
        context_module $context,
        string $attempt,
        int $groupid = 0,
        bool $sharedonly = true,
    ): array {
        [, $cm] = get_course_and_cm_from_cmid($context->instanceid, 'palier');
        $where = "$attempt.preview = 0";
        $params = [];
        if ($sharedonly) {
            [$shared, $params] = self::shared_condition($attempt);
            $where .= " AND $shared";
        }

        $groups = self::groups($cm, $groupid);
        if ($groups !== null) {
            [$members, $memberparams] = self::members_condition($attempt, $groups);
            $where .= " AND $members";
            $params += $memberparams;
        }
        return [$where, $params];
    }

    /**
     * Whether the present user may read an attempt.
     *
     * @param context_module $context
     * @param int $attemptid
     * @return bool
     */
    public static function may_read(context_module $context, int $attemptid): bool {
        global $DB;

        if (!has_capability('mod/palier:viewreports', $context)) {
            return false;
        }
        [$where, $params] = self::condition($context, 'a');
        return $DB->record_exists_sql("SELECT 1 FROM {palier_attempt} a WHERE a.id = :wantedattempt AND $where", $params + [
            'wantedattempt' => $attemptid,
        ]);
    }

    /**
     * Only attempts whose learner has shared, where the attempt's plan asks for it.
     *
     * @param string $attempt alias of palier_attempt
     * @return array{string, array}
     */
    public static function shared_condition(string $attempt): array {
        global $DB;

        $after = \core_reportbuilder\local\helpers\database::generate_param_name();
        $plan = \core_reportbuilder\local\helpers\database::generate_alias();
        // The value stands alone in a plan; a title that happens to be this word hides too much, never too little.
        $like = $DB->sql_like("$plan.plan", ":$after", false);
        $sql = "($attempt.timeshared > 0 OR NOT EXISTS (
                    SELECT 1 FROM {palier_plan} $plan WHERE $plan.id = $attempt.planid AND $like))";
        return [$sql, [$after => '%"' . $DB->sql_like_escape('after_sharing') . '"%']];
    }

    /**
     * The groups whose members the present user may see when one is asked for or none.
     *
     * @param \cm_info $cm
     * @param int $groupid 0 for all that may be seen
     * @return int[]|null null for no limit, empty for nobody
     */
    public static function groups(\cm_info $cm, int $groupid = 0): ?array {
        $groups = self::allowed_groups($cm, $cm->context);
        return $groupid ? ($groups === null || in_array($groupid, $groups) ? [$groupid] : []) : $groups;
    }

    /**
     * The groups that the present user is kept to, or null for no limit.
     *
     * @param \cm_info $cm
     * @param context_module $context
     * @return int[]|null
     */
    private static function allowed_groups(\cm_info $cm, context_module $context): ?array {
        if (
            groups_get_activity_groupmode($cm) != SEPARATEGROUPS ||
            has_capability('moodle/site:accessallgroups', $context)
        ) {
            return null;
        }
        return array_map('intval', array_keys(groups_get_activity_allowed_groups($cm) ?: []));
    }

    /**
     * Only attempts of members of these groups.
     *
     * @param string $attempt alias of palier_attempt
     * @param int[] $groups
     * @return array{string, array}
     */
    private static function members_condition(string $attempt, array $groups): array {
        global $DB;

        if (!$groups) {
            return ['1 = 0', []];
        }
        $prefix = \core_reportbuilder\local\helpers\database::generate_param_name() . '_';
        $member = \core_reportbuilder\local\helpers\database::generate_alias();
        [$insql, $params] = $DB->get_in_or_equal($groups, SQL_PARAMS_NAMED, $prefix);
        $sql = "EXISTS (SELECT 1 FROM {groups_members} $member WHERE $member.userid = $attempt.userid AND $member.groupid $insql)";
        return [$sql, $params];
    }
}
