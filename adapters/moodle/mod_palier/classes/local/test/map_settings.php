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

use mod_palier\local\report\grader;
use mod_palier\local\report\scale_grades;
use mod_palier\local\scales\map_plan;
use stdClass;

/**
 * What a teacher may say of the competences of a map, once they are known: it is on a page of its own.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class map_settings {
    /**
     * Whether an activity is a map.
     *
     * @param int $palierid
     * @return bool
     */
    public static function has_map(int $palierid): bool {
        global $DB;
        return map_plan::is(json_decode((string) $DB->get_field('palier', 'plan', ['id' => $palierid]), true) ?: []);
    }

    /**
     * Writes them, and makes the grades what they say.
     *
     * @param stdClass $palier row of palier, with cmidnumber
     * @param stdClass $data of the form
     */
    public static function save(stdClass $palier, stdClass $data): void {
        global $DB;
        if (isset($data->scalegrades)) {
            $palier->scalegrades = in_array($data->scalegrades, scale_grades::CHOICES, true) ? $data->scalegrades : '';
        }
        $palier->timemodified = \core\di::get(\core\clock::class)->time();
        $DB->update_record('palier', array_intersect_key(
            (array) $palier,
            ['id' => 1, 'scalegrades' => 1, 'timemodified' => 1]
        ));
        grader::update($palier);
    }
}
