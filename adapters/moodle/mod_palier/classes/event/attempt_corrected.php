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
 * A result was made again: a question counts no more, or its key was wrong.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class attempt_corrected extends attempt_event {
    #[\Override]
    protected function init() {
        $this->data['crud'] = 'u';
        $this->data['edulevel'] = self::LEVEL_TEACHING;
        $this->data['objecttable'] = 'palier_attempt';
    }

    #[\Override]
    public static function get_name() {
        return get_string('eventattemptcorrected', 'mod_palier');
    }

    #[\Override]
    public function get_description() {
        return "The user with id '{$this->userid}' corrected the attempt with id '{$this->objectid}' " .
            "of the user with id '{$this->relateduserid}' in the adaptive test with course module id '{$this->contextinstanceid}'.";
    }
}
