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
 * A package of the test was made: its questions may leave the site with their answers.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class package_made extends \core\event\base {
    #[\Override]
    protected function init() {
        $this->data['crud'] = 'c';
        $this->data['edulevel'] = self::LEVEL_TEACHING;
        $this->data['objecttable'] = 'palier_package';
    }

    #[\Override]
    public static function get_name() {
        return get_string('eventpackagemade', 'mod_palier');
    }

    #[\Override]
    public function get_description() {
        return "The user with id '{$this->userid}' made the package with id '{$this->objectid}' ({$this->other['format']}, " .
            "{$this->other['percent']} percent of the questions) of the adaptive test with course module id " .
            "'{$this->contextinstanceid}'.";
    }

    #[\Override]
    public function get_url() {
        return new \moodle_url('/mod/palier/package.php', ['id' => $this->contextinstanceid, 'package' => $this->objectid]);
    }

    /**
     * Packages are in no backup.
     *
     * @return array
     */
    public static function get_objectid_mapping() {
        return ['db' => 'palier_package', 'restore' => self::NOT_MAPPED];
    }

    /**
     * Nothing to restore: the values name nothing.
     *
     * @return bool
     */
    public static function get_other_mapping() {
        return false;
    }
}
