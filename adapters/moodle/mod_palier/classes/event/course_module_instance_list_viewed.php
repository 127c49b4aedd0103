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

/**
 * The activity's list was viewed.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

namespace mod_palier\event;

/**
 * The list of a course's adaptive tests was viewed.
 */
class course_module_instance_list_viewed extends \core\event\course_module_instance_list_viewed {
    /**
     * The event for a course.
     *
     * @param \stdClass $course
     * @return self
     */
    public static function create_for(\stdClass $course): self {
        $event = self::create(['context' => \core\context\course::instance($course->id)]);
        $event->add_record_snapshot('course', $course);
        return $event;
    }
}
