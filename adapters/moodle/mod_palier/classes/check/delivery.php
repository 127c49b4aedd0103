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

namespace mod_palier\check;

use core\check\check;
use core\check\result;
use core\clock;
use core\di;
use mod_palier\local\counted;
use mod_palier\local\xapi\destinations;
use mod_palier\local\xapi\outbox;
use mod_palier\local\xapi\queue;

/**
 * Tells the administrator how sending of statements goes.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class delivery extends check {
    /** @var int Seconds that a statement may wait before it is worth a word. */
    private const PATIENCE = 6 * HOURSECS;

    #[\Override]
    public function get_name(): string {
        return get_string('checkdelivery', 'mod_palier');
    }

    #[\Override]
    public function get_action_link(): ?\action_link {
        return new \action_link(
            new \moodle_url('/mod/palier/destinations.php'),
            get_string('destinations', 'mod_palier'),
        );
    }

    #[\Override]
    public function get_result(): result {
        [$status, $summary] = $this->judge();
        return new result($status, $summary, get_string('checkdelivery_details', 'mod_palier'));
    }

    /**
     * The status and its sentence: of the destination that most needs somebody.
     *
     * @return string[]
     */
    private function judge(): array {
        global $DB;

        $destinations = destinations::all();
        if (!$destinations) {
            return [result::NA, get_string('checkdelivery_none', 'mod_palier')];
        }
        $queues = queue::all();
        foreach ($destinations as $destination) {
            if ($destination->paused !== null) {
                return [result::ERROR, get_string('checkdelivery_paused', 'mod_palier', [
                    'name' => s($destination->name),
                    'why' => get_string("paused_{$destination->paused}", 'mod_palier'),
                    'error' => s($destination->lasterror ?: '-'),
                ])];
            }
        }
        $now = di::get(clock::class)->time();
        $oldest = (int) $DB->get_field('palier_statement', 'MIN(timecreated)', ['state' => outbox::PENDING]);
        if ($oldest && $now - $oldest > self::PATIENCE) {
            return [result::WARNING, get_string('checkdelivery_notrun', 'mod_palier', format_time($now - $oldest))];
        }
        foreach ($destinations as $destination) {
            $queue = $queues[$destination->id] ?? null;
            if ($destination->enabled && $queue?->waiting && $now - $queue->oldest > self::PATIENCE) {
                return [result::WARNING, counted::text('checkdelivery_fallenbehind', $queue->waiting, [
                    'name' => s($destination->name),
                    'count' => $queue->waiting,
                    'since' => format_time($now - $queue->oldest),
                    'error' => s($destination->lasterror ?: '-'),
                ])];
            }
        }
        foreach ($destinations as $destination) {
            if ($parked = $queues[$destination->id]->parked ?? 0) {
                return [result::WARNING, counted::text('checkdelivery_parked', $parked, [
                    'name' => s($destination->name),
                    'count' => $parked,
                ])];
            }
        }
        return [result::OK, get_string('checkdelivery_ok', 'mod_palier')];
    }
}
