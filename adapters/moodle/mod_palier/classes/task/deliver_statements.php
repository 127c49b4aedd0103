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

namespace mod_palier\task;

use mod_palier\local\xapi\delivery;
use mod_palier\local\xapi\destination;
use mod_palier\local\xapi\lrs_client;

/**
 * Sends xAPI statements to the site's LRS.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class deliver_statements extends \core\task\scheduled_task {
    #[\Override]
    public function get_name() {
        return get_string('taskdeliverstatements', 'mod_palier');
    }

    #[\Override]
    public function execute() {
        $destination = destination::configured();
        if ($destination === null) {
            mtrace('No LRS is set.');
            return;
        }
        if ($reason = destination::paused()) {
            mtrace("Sending is paused: $reason");
            return;
        }
        $nexttry = destination::next_try();
        if ($nexttry > \core\di::get(\core\clock::class)->time()) {
            mtrace('The next try is at ' . userdate($nexttry, '%H:%M:%S') . '.');
            return;
        }
        $done = (new delivery(new lrs_client($destination)))->run();
        mtrace("{$done['sent']} sent, {$done['parked']} refused by the LRS.");
        if ($error = destination::last_error()) {
            mtrace("Stopped: $error");
        }
    }
}
