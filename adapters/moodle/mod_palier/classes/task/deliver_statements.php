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

use core\clock;
use core\di;
use mod_palier\local\xapi\delivery;
use mod_palier\local\xapi\destination;
use mod_palier\local\xapi\destinations;
use mod_palier\local\xapi\distribution;

/**
 * Sends xAPI statements to the site's destinations.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class deliver_statements extends \core\task\scheduled_task {
    /** @var int Seconds after which a run leaves the rest to the next. */
    private const MAX_SECONDS = 240;

    #[\Override]
    public function get_name() {
        return get_string('taskdeliverstatements', 'mod_palier');
    }

    #[\Override]
    public function execute() {
        $destinations = destinations::all();
        if (!$destinations) {
            mtrace('No LRS is set: statements stay in Moodle.');
            return;
        }
        $until = time() + self::MAX_SECONDS;
        distribution::run($until);
        // As they are now that older statements were looked at.
        $destinations = destinations::all();
        $left = count($destinations);
        foreach ($destinations as $destination) {
            // A slow one leaves time to those after it.
            $this->deliver($destination, time() + intdiv(max(0, $until - time()), $left--));
        }
    }

    /**
     * Sends one destination what waits for it.
     *
     * @param destination $destination
     * @param int $until
     */
    private function deliver(destination $destination, int $until): void {
        if (!$destination->is_active()) {
            mtrace("{$destination->name}: paused. {$destination->lasterror}");
            return;
        }
        if ($destination->nexttry > di::get(clock::class)->time()) {
            mtrace("{$destination->name}: the next try is at " . userdate($destination->nexttry, '%H:%M:%S') . '.');
            return;
        }
        $done = (new delivery($destination))->run($until);
        mtrace("{$destination->name}: {$done['sent']} sent, {$done['parked']} refused by the LRS.");
        $error = destinations::find($destination->id)->lasterror ?? '';
        if ($error !== '') {
            mtrace("{$destination->name}: stopped: $error");
        }
    }
}
