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

use core_competency\api as competency_api;
use core_competency\plan;
use core_competency\plan_competency;
use mod_palier\api;

/**
 * A competence in a learning plan of the present user, which is core's: made and kept by its API, under its rules.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class learning_plan {
    /**
     * The competencies of this site that a person could put into a plan of theirs, and has not.
     *
     * @param entry $entry
     * @param string[] $competences numbers
     * @return int[] ids; none where the site has no such competency, or does not let people make plans
     */
    public static function missing(entry $entry, array $competences): array {
        global $DB, $USER;
        if (!competency_api::is_enabled() || !plan::can_manage_user($USER->id) && !plan::can_manage_user_draft($USER->id)) {
            return [];
        }
        $ids = array_filter(array_map(
            fn(string $number): ?int => api::competency_of($entry->framework, $number),
            array_map('strval', $competences)
        ));
        if (!$ids) {
            return [];
        }
        [$in, $params] = $DB->get_in_or_equal($ids, SQL_PARAMS_NAMED);
        $there = $DB->get_fieldset_sql(
            "SELECT pc.competencyid
               FROM {" . plan_competency::TABLE . "} pc
               JOIN {" . plan::TABLE . "} p ON p.id = pc.planid
              WHERE p.userid = :userid AND p.status <> :complete AND pc.competencyid $in",
            $params + ['userid' => $USER->id, 'complete' => plan::STATUS_COMPLETE]
        );
        return array_values(array_diff($ids, array_map('intval', $there)));
    }

    /**
     * Puts competencies into the present user's plan of that name, which is made where there is none.
     *
     * @param int[] $ids
     * @return \moodle_url of the plan
     */
    public static function add(array $ids): \moodle_url {
        global $USER;
        $name = get_string('plan_name', 'local_palier');
        $open = array_filter(
            plan::get_records(['userid' => $USER->id, 'name' => $name]),
            fn(plan $plan): bool => !$plan->is_based_on_template() && $plan->can_be_edited() && $plan->can_manage()
        );
        $plan = reset($open) ?: competency_api::create_plan((object) [
            'userid' => $USER->id,
            'name' => $name,
            'description' => get_string('plan_description', 'local_palier'),
            'descriptionformat' => FORMAT_PLAIN,
            'status' => plan::can_manage_user($USER->id) ? plan::STATUS_ACTIVE : plan::STATUS_DRAFT,
        ]);
        foreach ($ids as $id) {
            competency_api::add_competency_to_plan($plan->get('id'), $id);
        }
        return new \moodle_url('/admin/tool/lp/plan.php', ['id' => $plan->get('id')]);
    }
}
