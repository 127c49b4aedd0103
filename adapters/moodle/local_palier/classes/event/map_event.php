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

namespace local_palier\event;

use local_palier\local\campaign;

/**
 * An act on a map. It names no person but who acted.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class map_event extends programme_event {
    /** @var string page that it belongs to. */
    protected const PAGE = 'maps';

    /**
     * Tells of it.
     *
     * @param campaign $campaign
     * @param int $snapshotid
     */
    public static function tell_of(campaign $campaign, int $snapshotid): void {
        static::tell($campaign->context(), ['campaignid' => $campaign->id, 'snapshotid' => $snapshotid]);
    }

    #[\Override]
    public function get_description() {
        $what = static::DONE;
        return "The user with id '{$this->userid}' $what the map with id '{$this->other['snapshotid']}' "
            . "of the campaign with id '{$this->other['campaignid']}'.";
    }
}
