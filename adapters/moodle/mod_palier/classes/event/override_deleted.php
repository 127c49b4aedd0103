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

namespace mod_palier\event;

/**
 * An exception for a person or a group was deleted.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class override_deleted extends override_event {
    #[\Override]
    protected function init() {
        parent::init();
        $this->data['crud'] = 'd';
    }

    #[\Override]
    public static function get_name() {
        return get_string('eventoverridedeleted', 'mod_palier');
    }

    #[\Override]
    public function get_description() {
        return "The user with id '{$this->userid}' deleted the override with id '{$this->objectid}' for " . $this->whom() .
            " in the adaptive test with course module id '{$this->contextinstanceid}'.";
    }
}
