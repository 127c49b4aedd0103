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

use stdClass;

/**
 * Gives each statement to the destinations that it is for: a row of palier_delivery each.
 *
 * A step only writes its statements; this is done by the task that sends them, so that a learner waits for none of it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class distribution {
    /** @var int Statements handled at once. */
    private const CHUNK = 1000;

    /** @var string What is read of a statement. */
    private const COLUMNS = 'id, attemptid, palierid, verb, timecreated';

    /**
     * Gives out what was written since the last time, and looks at older statements for destinations that are new.
     *
     * @param int $until when to leave the rest to the next run
     */
    public static function run(int $until): void {
        $destinations = destinations::all();
        if (!$destinations) {
            return;
        }
        foreach ($destinations as $destination) {
            self::backfill($destination, $until);
        }
        do {
            $count = self::give_out($destinations);
        } while ($count === self::CHUNK && time() < $until);
    }

    /**
     * Gives out the oldest of what was written.
     *
     * @param destination[] $destinations
     * @return int how many statements
     */
    private static function give_out(array $destinations): int {
        global $DB;

        $ids = array_keys($DB->get_records('palier_statement', ['state' => outbox::PENDING], 'id', 'id', 0, self::CHUNK));
        if (!$ids) {
            return 0;
        }
        $transaction = $DB->start_delegated_transaction();
        // A learner may take the sharing back at this moment: what they held is not touched.
        [$insql, $params] = $DB->get_in_or_equal($ids);
        $DB->execute(
            "UPDATE {palier_statement} SET state = ? WHERE id $insql AND state = ?",
            [outbox::QUEUED, ...$params, outbox::PENDING],
        );
        $rows = $DB->get_records_select(
            'palier_statement',
            "id $insql AND state = ?",
            [...$params, outbox::QUEUED],
            'id',
            self::COLUMNS,
        );
        self::store($rows, $destinations);
        $transaction->allow_commit();
        return count($ids);
    }

    /**
     * Looks at older statements for a destination that is new, or was changed.
     *
     * @param destination $destination
     * @param int $until
     */
    private static function backfill(destination $destination, int $until): void {
        global $DB;

        $from = $destination->backfill;
        while ($from !== null && time() < $until) {
            $rows = $DB->get_records_select(
                'palier_statement',
                'id > ? AND state NOT IN (?, ?) AND error IS NULL AND timecreated >= ?',
                [$from, outbox::HELD, outbox::PENDING, $destination->since],
                'id',
                self::COLUMNS,
                0,
                self::CHUNK,
            );
            $transaction = $DB->start_delegated_transaction();
            self::store($rows, [$destination]);
            $from = count($rows) < self::CHUNK ? null : (int) array_key_last($rows);
            destinations::looked_at($destination->id, $from);
            $transaction->allow_commit();
        }
    }

    /**
     * Stores for which destinations statements are.
     *
     * @param stdClass[] $rows of palier_statement, by id
     * @param destination[] $destinations
     */
    private static function store(array $rows, array $destinations): void {
        global $DB;
        if (!$rows) {
            return;
        }
        [$insql, $params] = $DB->get_in_or_equal(array_keys($rows));
        $there = [];
        $set = $DB->get_recordset_select('palier_delivery', "statementid $insql", $params, '', 'statementid, destinationid');
        foreach ($set as $delivery) {
            $there[$delivery->statementid][$delivery->destinationid] = true;
        }
        $set->close();
        $new = [];
        foreach ((new recipients(array_values($rows), $destinations))->find() as $statementid => $ids) {
            foreach ($ids as $destinationid) {
                if (!isset($there[$statementid][$destinationid])) {
                    $new[] = [
                        'destinationid' => $destinationid,
                        'statementid' => $statementid,
                        'attemptid' => $rows[$statementid]->attemptid,
                        'state' => outbox::PENDING,
                    ];
                }
            }
        }
        $DB->insert_records('palier_delivery', $new);
        outbox::refresh(array_keys($rows));
    }
}
