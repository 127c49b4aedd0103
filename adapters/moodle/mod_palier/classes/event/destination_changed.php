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
 * An administrator added, changed, paused, resumed, tried or removed a destination of statements, or had some sent again.
 *
 * Its key and secret are in no log.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destination_changed extends \core\event\base {
    /** @var string[] What can be done. */
    public const ACTIONS = ['added', 'changed', 'paused', 'resumed', 'resent', 'tried', 'removed'];

    #[\Override]
    protected function init() {
        $this->data['crud'] = 'u';
        $this->data['edulevel'] = self::LEVEL_OTHER;
        $this->data['objecttable'] = 'palier_destination';
    }

    /**
     * Notes what somebody did.
     *
     * @param int $id
     * @param string $action one of ACTIONS
     * @param string $name of the destination
     */
    public static function note(int $id, string $action, string $name): void {
        self::create([
            'objectid' => $id,
            'context' => \context_system::instance(),
            'other' => ['action' => $action, 'name' => $name],
        ])->trigger();
    }

    #[\Override]
    public static function get_name() {
        return get_string('eventdestinationchanged', 'mod_palier');
    }

    #[\Override]
    public function get_description() {
        return "The user with id '{$this->userid}': the destination of statements with id '{$this->objectid}' " .
            "('{$this->other['name']}') was {$this->other['action']}.";
    }

    #[\Override]
    public function get_url() {
        return new \moodle_url('/mod/palier/destinations.php');
    }

    #[\Override]
    protected function validate_data() {
        parent::validate_data();
        if (!in_array($this->other['action'] ?? '', self::ACTIONS)) {
            throw new \coding_exception('The \'action\' value must be set in other.');
        }
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
