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

use mod_palier\local\attempt\attempt;
use stdClass;

/**
 * The statements of a session, written in the same transaction as the step that they tell of.
 *
 * They stay here when they are sent: trainers read them from this table, whether or not the site has an LRS.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class outbox {
    /** @var string The learner has not shared: neither trainers nor the LRS have it. */
    public const HELD = 'held';

    /** @var string Of a statement: was not given to the destinations yet. Of a delivery: waits to be sent. */
    public const PENDING = 'pending';

    /** @var string Of a statement: at least one destination has not got it yet. */
    public const QUEUED = 'queued';

    /** @var string Every destination that it is for has it. */
    public const SENT = 'sent';

    /** @var string Will not be sent: refused by an LRS, in whose row the reason stands, or a copy. */
    public const PARKED = 'parked';

    /** @var string Of a statement: is for no destination. */
    public const KEPT = 'kept';

    /** @var string[] The states in which a statement waits. */
    public const WAITING = [self::PENDING, self::QUEUED];

    /** @var string[] The states in which a trainer may read a statement. */
    public const READABLE = [self::PENDING, self::QUEUED, self::SENT, self::PARKED, self::KEPT];

    /** @var int How statements are encoded: as the reader and the LRS see them. */
    private const JSON = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR;

    /**
     * What the engine needs to tell of some events; null where nothing is told: previews give no statements, and a practice
     * gives none unless it counts.
     *
     * @param attempt $attempt
     * @param array $events the events that will be recorded
     * @return array|null
     */
    public static function context(attempt $attempt, array $events): ?array {
        return $attempt->preview || !$attempt->counts() ? null : context_builder::build($attempt, $events);
    }

    /**
     * Stores the statements of a session's newest events, with one insert.
     *
     * Must be called inside the step's transaction.
     *
     * @param attempt $attempt
     * @param array[] $statements of the engine's answer: ['id', 'event', 'verb', 'scale' (of a map), 'statement' => JSON text]
     */
    public static function append(attempt $attempt, array $statements): void {
        global $DB;

        // What the learner was told at the start counts: the plan of the attempt, not what the activity says today.
        $state = $attempt->is_shared() ? self::PENDING : self::HELD;
        $now = \core\di::get(\core\clock::class)->time();
        $rows = [];
        foreach ($statements as $built) {
            $rows[] = [
                'attemptid' => $attempt->id,
                'palierid' => $attempt->palierid,
                'userid' => $attempt->userid,
                'uuid' => $built['id'],
                'eventseq' => $built['event'],
                'verb' => $built['verb'],
                'scale' => $built['scale'] ?? null,
                'statement' => $built['statement'],
                'state' => $state,
                'error' => null,
                'timecreated' => $now,
                'timesent' => 0,
            ];
        }
        if ($rows) {
            $DB->insert_records('palier_statement', $rows);
        }
    }

    /**
     * Lets go what was held for an attempt: the learner shares it.
     *
     * @param attempt $attempt
     */
    public static function release(attempt $attempt): void {
        global $DB;

        // A restored copy says so in its error: it is not sent.
        $DB->execute(
            'UPDATE {palier_statement}
                SET state = CASE WHEN error IS NULL THEN :pending ELSE :parked END
              WHERE attemptid = :attemptid AND state = :held',
            ['pending' => self::PENDING, 'parked' => self::PARKED, 'held' => self::HELD, 'attemptid' => $attempt->id],
        );
        $DB->set_field('palier_delivery', 'state', self::PENDING, ['attemptid' => $attempt->id, 'state' => self::HELD]);
    }

    /**
     * Holds again what was not sent yet: the learner takes the sharing back.
     *
     * @param attempt $attempt
     */
    public static function hold(attempt $attempt): void {
        global $DB;
        $DB->execute(
            'UPDATE {palier_delivery} SET state = :held WHERE attemptid = :attemptid AND state <> :sent',
            ['held' => self::HELD, 'attemptid' => $attempt->id, 'sent' => self::SENT],
        );
        $DB->execute(
            'UPDATE {palier_statement} SET state = :held WHERE attemptid = :attemptid AND state <> :sent',
            ['held' => self::HELD, 'attemptid' => $attempt->id, 'sent' => self::SENT],
        );
    }

    /**
     * Whether any statement of an attempt has left the site.
     *
     * @param attempt $attempt
     * @return bool
     */
    public static function was_sent(attempt $attempt): bool {
        global $DB;
        return $DB->record_exists_select('palier_statement', 'attemptid = ? AND timesent > 0', [$attempt->id]);
    }

    /**
     * Notes what became of statements over all destinations: what a trainer reads.
     *
     * @param int[]|null $statementids null for all that wait or were refused
     */
    public static function refresh(?array $statementids = null): void {
        global $DB;

        $is = fn(string $state): string => "EXISTS (SELECT 1
                                                     FROM {palier_delivery} d
                                                    WHERE d.statementid = {palier_statement}.id AND d.state = '$state')";
        $sql = "UPDATE {palier_statement}
                   SET state = CASE WHEN {$is(self::PENDING)} THEN :queued
                                    WHEN {$is(self::PARKED)} THEN :parked
                                    WHEN {$is(self::SENT)} THEN :sent
                                    WHEN timesent > 0 THEN :sentbefore
                                    ELSE :kept END
                 WHERE error IS NULL AND state IN ";
        $params = ['queued' => self::QUEUED, 'parked' => self::PARKED, 'sent' => self::SENT, 'sentbefore' => self::SENT,
            'kept' => self::KEPT];
        if ($statementids === null) {
            $DB->execute("$sql ('" . self::QUEUED . "', '" . self::PARKED . "')", $params);
            return;
        }
        foreach (array_chunk($statementids, 1000) as $chunk) {
            [$insql, $more] = $DB->get_in_or_equal($chunk, SQL_PARAMS_NAMED);
            $states = implode("', '", [self::QUEUED, self::PARKED, self::SENT, self::KEPT]);
            $DB->execute("$sql ('$states') AND id $insql", $params + $more);
        }
    }

    /**
     * A statement as JSON text.
     *
     * @param array|stdClass $statement
     * @return string
     */
    public static function encode(array|stdClass $statement): string {
        // A decoded answer does not tell an empty object from an empty list; xAPI has no use for an empty object here.
        return json_encode($statement, self::JSON);
    }
}
