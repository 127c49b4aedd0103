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
 * The activity was viewed.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

namespace mod_palier\event;

/**
 * The home page of an adaptive test was viewed.
 */
class course_module_viewed extends \core\event\course_module_viewed {
    /**
     * The event for an activity.
     *
     * @param \stdClass $palier row of palier
     * @param \stdClass $course
     * @param \cm_info $cm
     * @return self
     */
    public static function of(\stdClass $palier, \stdClass $course, \cm_info $cm): self {
        $event = self::create(['objectid' => $palier->id, 'context' => $cm->context]);
        $event->add_record_snapshot('course', $course);
        $event->add_record_snapshot('palier', $palier);
        return $event;
    }

    #[\Override]
    protected function init() {
        $this->data['crud'] = 'r';
        $this->data['edulevel'] = self::LEVEL_PARTICIPATING;
        $this->data['objecttable'] = 'palier';
    }

    /**
     * How the object is restored.
     *
     * @return array
     */
    public static function get_objectid_mapping() {
        return ['db' => 'palier', 'restore' => 'palier'];
    }
}
