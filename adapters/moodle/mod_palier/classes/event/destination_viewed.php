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
 * An administrator looked at what waits for a destination of statements, or at how it would be sent.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destination_viewed extends \core\event\base {
    #[\Override]
    protected function init() {
        $this->data['crud'] = 'r';
        $this->data['edulevel'] = self::LEVEL_OTHER;
        $this->data['objecttable'] = 'palier_destination';
    }

    #[\Override]
    public static function get_name() {
        return get_string('eventdestinationviewed', 'mod_palier');
    }

    #[\Override]
    public function get_description() {
        return "The user with id '{$this->userid}' looked at what waits for the destination of statements " .
            "with id '{$this->objectid}'" . (empty($this->other['dryrun']) ? '.' : ', and at how it would be sent.');
    }

    #[\Override]
    public function get_url() {
        return new \moodle_url('/mod/palier/destinations.php', ['id' => $this->objectid]);
    }

    /**
     * Nothing to restore: destinations are the site's.
     *
     * @return bool
     */
    public static function get_other_mapping() {
        return false;
    }

    /**
     * Nothing to restore: destinations are the site's.
     *
     * @return array|int
     */
    public static function get_objectid_mapping() {
        return self::NOT_MAPPED;
    }
}
