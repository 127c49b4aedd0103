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
 * What the next run would send a destination, without sending it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class dry_run {
    /** @var int Statements that are shown as they would be sent. */
    private const SHOWN = 5;

    /** @var int Statements not given out yet that are looked at. */
    private const LOOKED_AT = 1000;

    /** @var int[] How many statements would be sent, by verb. */
    public readonly array $verbs;

    /** @var string[] The first of them, as they would be sent. */
    public readonly array $statements;

    /** @var bool Whether there is more than what was looked at. */
    public readonly bool $more;

    /**
     * For a destination.
     *
     * @param destination $destination
     */
    public function __construct(destination $destination) {
        global $DB;

        $counts = $DB->get_records_sql_menu(
            'SELECT s.verb, COUNT(*)
               FROM {palier_delivery} d
               JOIN {palier_statement} s ON s.id = d.statementid
              WHERE d.destinationid = ? AND d.state = ?
           GROUP BY s.verb',
            [$destination->id, outbox::PENDING],
        );
        $rows = delivery::waiting($destination, self::SHOWN);
        // What the next run would give it first.
        $new = $DB->get_records(
            'palier_statement',
            ['state' => outbox::PENDING],
            'id',
            'id, attemptid, palierid, userid, verb, timecreated, statement',
            0,
            self::LOOKED_AT,
        );
        foreach ((new recipients(array_values($new), [$destination]))->find() as $statementid => $unused) {
            $row = $new[$statementid];
            $counts[$row->verb] = ($counts[$row->verb] ?? 0) + 1;
            if (count($rows) < self::SHOWN) {
                $rows[] = $row;
            }
        }
        $this->more = count($new) === self::LOOKED_AT || $destination->backfill !== null;
        $this->verbs = array_map('intval', $counts);
        $this->statements = (new outgoing($destination))->texts($rows);
    }
}
