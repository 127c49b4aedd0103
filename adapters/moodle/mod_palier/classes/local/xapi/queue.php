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

namespace mod_palier\local\xapi;

/**
 * How much waits for a destination, how much it has, and how much it refused.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class queue {
    /**
     * A destination's queue.
     *
     * @param int $waiting
     * @param int $oldest
     * @param int $sent
     * @param int $parked
     */
    public function __construct(
        /** @var int Statements that wait. */
        public readonly int $waiting = 0,
        /** @var int When the oldest of them was written; 0 when none waits. */
        public readonly int $oldest = 0,
        /** @var int Statements that it has. */
        public readonly int $sent = 0,
        /** @var int Statements that it refused. */
        public readonly int $parked = 0,
    ) {
    }

    /**
     * The queues of all destinations, removed ones included.
     *
     * @return self[] by destination
     */
    public static function all(): array {
        global $DB;

        $counts = [];
        $rows = $DB->get_recordset_sql(
            'SELECT destinationid, state, COUNT(*) AS number, MIN(statementid) AS firstid
               FROM {palier_delivery}
           GROUP BY destinationid, state',
        );
        foreach ($rows as $row) {
            $counts[(int) $row->destinationid][$row->state] = $row;
        }
        $rows->close();
        $queues = [];
        foreach ($counts as $id => $states) {
            // Written in the order of their ids: the first that waits is the oldest.
            $first = $states[outbox::PENDING]->firstid ?? 0;
            $queues[$id] = new self(
                (int) ($states[outbox::PENDING]->number ?? 0),
                $first ? (int) $DB->get_field('palier_statement', 'timecreated', ['id' => $first]) : 0,
                (int) ($states[outbox::SENT]->number ?? 0),
                (int) ($states[outbox::PARKED]->number ?? 0),
            );
        }
        return $queues;
    }
}
