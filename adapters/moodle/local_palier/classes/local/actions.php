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
use local_palier\event\actions_imported;
use stdClass;

/**
 * The plans of action that are stored: one of a course category, and one of the site. A file is the whole plan.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class actions {
    /**
     * The plan of a context.
     *
     * @param context $context
     * @return action[] in the order of its file
     */
    public static function of(context $context): array {
        global $DB;
        $rows = $DB->get_records('local_palier_action', ['contextid' => $context->id], 'place');
        return array_map(fn(stdClass $row): action => new action($row), array_values($rows));
    }

    /**
     * Puts a plan in the place of the one that is there.
     *
     * @param context $context
     * @param action[] $actions
     */
    public static function replace(context $context, array $actions): void {
        global $DB;
        $transaction = $DB->start_delegated_transaction();
        $DB->delete_records('local_palier_action', ['contextid' => $context->id]);
        $DB->insert_records('local_palier_action', array_map(
            fn(action $action, int $place): array => ['contextid' => $context->id, 'place' => $place] + get_object_vars($action),
            $actions,
            array_keys($actions)
        ));
        $transaction->allow_commit();
        actions_imported::tell($context, ['count' => count($actions)]);
    }

    /**
     * A course category is deleted: so is its plan.
     *
     * @param course_category_deleted $event
     */
    public static function category_deleted(course_category_deleted $event): void {
        global $DB;
        $DB->delete_records('local_palier_action', ['contextid' => $event->contextid]);
    }
}
