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
 * Somebody went back to earlier parameters of a question.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class parameters_restored extends \core\event\base {
    #[\Override]
    protected function init() {
        $this->data['crud'] = 'u';
        $this->data['edulevel'] = self::LEVEL_TEACHING;
        $this->data['objecttable'] = 'palier_param';
    }

    #[\Override]
    public static function get_name() {
        return get_string('eventparametersrestored', 'mod_palier');
    }

    #[\Override]
    public function get_description() {
        return "The user with id '{$this->userid}' went back to the parameters with id '{$this->objectid}' of the question " .
            "bank entry with id '{$this->other['entryid']}' in the adaptive test with course module id " .
            "'{$this->contextinstanceid}'.";
    }

    #[\Override]
    public function get_url() {
        return new \moodle_url('/mod/palier/history.php', [
            'id' => $this->contextinstanceid,
            'entry' => $this->other['entryid'],
        ]);
    }

    #[\Override]
    protected function validate_data() {
        parent::validate_data();
        if (!isset($this->other['entryid'])) {
            throw new \coding_exception('The \'entryid\' value must be set in other.');
        }
    }

    /**
     * Nothing to restore: versions of parameters get no new ids by a backup.
     *
     * @return int
     */
    public static function get_objectid_mapping() {
        return self::NOT_MAPPED;
    }

    /**
     * Of the question bank entry.
     *
     * @return array
     */
    public static function get_other_mapping() {
        return ['entryid' => ['db' => 'question_bank_entries', 'restore' => 'question_bank_entry']];
    }
}
