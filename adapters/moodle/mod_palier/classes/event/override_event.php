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

use stdClass;

/**
 * What the events of exceptions have in common.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class override_event extends \core\event\base {
    /**
     * The event of an exception.
     *
     * @param stdClass $row of palier_override
     * @param \core\context\module $context the activity's
     * @return static
     */
    public static function of(stdClass $row, \core\context\module $context): static {
        /** @var static $event */
        $event = self::create([
            'objectid' => $row->id,
            'relateduserid' => $row->userid ?: null,
            'context' => $context,
            'other' => ['palierid' => $row->palierid, 'groupid' => $row->groupid ?: null],
        ]);
        return $event;
    }

    #[\Override]
    protected function init() {
        $this->data['crud'] = 'u';
        $this->data['edulevel'] = self::LEVEL_TEACHING;
        $this->data['objecttable'] = 'palier_override';
    }

    /**
     * For whom it is.
     *
     * @return string
     */
    protected function whom(): string {
        return $this->relateduserid ? "the user with id '{$this->relateduserid}'" : "the group with id '{$this->other['groupid']}'";
    }

    #[\Override]
    public function get_url() {
        return new \core\url('/mod/palier/overrides.php', ['id' => $this->contextinstanceid]);
    }

    #[\Override]
    protected function validate_data() {
        parent::validate_data();
        if (!isset($this->relateduserid) && !isset($this->other['groupid'])) {
            throw new \coding_exception('The \'relateduserid\' or the \'groupid\' must be set.');
        }
    }

    /**
     * An exception is not named in a restore.
     *
     * @return array
     */
    public static function get_objectid_mapping() {
        return ['db' => 'palier_override', 'restore' => \core\event\base::NOT_MAPPED];
    }

    /**
     * How the rest is named in a restore.
     *
     * @return array
     */
    public static function get_other_mapping() {
        return [
            'palierid' => ['db' => 'palier', 'restore' => 'palier'],
            'groupid' => ['db' => 'groups', 'restore' => 'group'],
        ];
    }
}
