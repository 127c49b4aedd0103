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

use core\clock;
use core\di;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use mod_palier\local\scales\map_plan;
use stdClass;

/**
 * Changes one field of an activity's plan: what a click on a way out does.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class adjustment {
    /** @var string[] fields that a test of one level has not. */
    private const OF_MAPS = ['correlation', 'ownitems'];

    /**
     * Changes a field.
     *
     * @param stdClass $palier row of palier
     * @param \cm_info $cm
     * @param string $field one of ways_out::FIELDS
     * @param string $value
     */
    public static function apply(stdClass $palier, \cm_info $cm, string $field, string $value): void {
        global $DB;
        $plan = json_text::decode($palier->plan);
        if (!self::is_possible($field, $value) || (in_array($field, self::OF_MAPS, true) && !map_plan::is($plan))) {
            throw new \invalid_parameter_exception("'{$field}' cannot become '{$value}'");
        }
        $plan = json_text::encode(ways_out::with($plan, $field, $value));
        engine_factory::get()->plan($plan);
        $DB->update_record('palier', (object) [
            'id' => $palier->id,
            'plan' => $plan,
            'timemodified' => di::get(clock::class)->time(),
        ]);
        last_check::forget((object) ['id' => $palier->id, 'plan' => $plan]);
        \core\event\course_module_updated::create_from_cm($cm, $cm->context)->trigger();
    }

    /**
     * Whether a way out may give a field this value.
     *
     * @param string $field
     * @param string $value
     * @return bool
     */
    private static function is_possible(string $field, string $value): bool {
        return match ($field) {
            'precision' => in_array($value, plan_builder::PRECISIONS, true),
            'correlation' => preg_match('/^0(\.\d{1,4})?$/', $value) === 1,
            'maxitems', 'ownitems' => ctype_digit($value) && (int) $value > 0 && (int) $value <= plan_builder::MAXITEMS,
            'minitems' => ctype_digit($value) && (int) $value <= plan_builder::MAXITEMS,
            default => false,
        };
    }
}
