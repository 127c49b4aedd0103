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

use mod_palier\local\calibration\decisions;

/**
 * Somebody accepted, refused or took back what a calibration proposes.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class calibration_decided extends calibration_event {
    #[\Override]
    public static function get_name() {
        return get_string('eventcalibrationdecided', 'mod_palier');
    }

    #[\Override]
    public function get_description() {
        return "The user with id '{$this->userid}' decided '{$this->other['action']}' on {$this->other['count']} proposals " .
            "of the calibration with id '{$this->objectid}' in the adaptive test with course module id " .
            "'{$this->contextinstanceid}'.";
    }

    #[\Override]
    protected function validate_data() {
        parent::validate_data();
        if (!array_key_exists($this->other['action'] ?? '', decisions::ACTIONS) || !isset($this->other['count'])) {
            throw new \coding_exception('The values \'action\' and \'count\' must be set in other.');
        }
    }
}
