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

use core\clock;
use core\di;
use stdClass;

/**
 * Sends one destination what waits for it, in the order in which it was written.
 *
 * A statement leaves the queue only when the LRS says that it has it, or refuses it for good. Whatever else happens
 * the rest of the queue waits, so that the order within an attempt stands. Ids are fixed when a statement is written:
 * sending again what the LRS already has changes nothing there.
 *
 * | answer                    | what happens                                                                 |
 * |---------------------------|------------------------------------------------------------------------------|
 * | 200 with the ids          | sent                                                                         |
 * | 200 or 204 without some   | sent, when the LRS gives one of those back: it had them                      |
 * | 400, 409, 422             | the batch is halved until the one at fault is alone, which is parked         |
 * | 400 to the version itself | nothing is parked, the destination pauses and the administrators are told    |
 * | 400, 403 or 422 to ten,   | they are parked, the destination pauses and the administrators are told:     |
 * | one after another         | more than these may be at fault                                              |
 * | 413                       | the batch is halved; a single one is parked                                  |
 * | 401                       | the destination pauses and the administrators are told                       |
 * | 403                       | as 400 where another is taken in the same run (a key may be forbidden to     |
 * |                           | void what another one sent), else as 401                                     |
 * | anything else, or nothing | sending is tried again later, never before Retry-After                       |
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class delivery {
    /** @var int Statements sent at once. */
    public const BATCH = 50;

    /** @var int Statements that may be refused one after another before it is the destination that is at fault. */
    public const MOST_REFUSED = 10;

    /** @var int[] Answers that put the blame on a statement. */
    private const BLAMES_STATEMENT = [400, 403, 409, 422];

    /** @var int[] Of those, the ones that say nothing of what the LRS has. */
    private const REFUSES_STATEMENT = [400, 403, 422];

    /** @var int Statements sent in this run. */
    private int $sent = 0;

    /** @var int The present size of a batch. */
    private int $size = self::BATCH;

    /** @var bool|null Whether the LRS refuses our version; null while nobody asked. */
    private ?bool $refusesversion = null;

    /** @var bool Whether the LRS took or knew a statement in this run. */
    private bool $taken = false;

    /** @var array[] Statements that it forbade in this run, with its answers, before it took any. */
    private array $forbidden = [];

    /** @var int Refusals one after another, those of earlier runs included. */
    private int $refusals;

    /** @var int Statements parked in this run. */
    private int $parked = 0;

    /** @var lrs_client What speaks to the LRS. */
    private lrs_client $client;

    /** @var outgoing What makes the texts. */
    private outgoing $outgoing;

    /**
     * A delivery to a destination.
     *
     * @param destination $destination
     */
    public function __construct(
        /** @var destination Where to. */
        private readonly destination $destination,
    ) {
        $this->client = new lrs_client($destination);
        $this->outgoing = new outgoing($destination);
        $this->refusals = $destination->refusals;
    }

    /**
     * Sends all that waits, until there is nothing left, the LRS does not take it, or time is up.
     *
     * @param int $until
     * @return array{sent: int, parked: int}
     */
    public function run(int $until): array {
        if ($this->destination->secret === null) {
            destinations::pause($this->destination, destination::SECRET, get_string('paused_secret', 'mod_palier'));
            return ['sent' => 0, 'parked' => 0];
        }
        while (time() < $until && destinations::is_current($this->destination)) {
            $rows = self::waiting($this->destination, $this->size);
            if (!$rows || !$this->send($rows) || ($this->forbidden && !$this->pause_forbidden())) {
                break;
            }
        }
        return ['sent' => $this->sent, 'parked' => $this->parked];
    }

    /**
     * What waits for a destination, the oldest first.
     *
     * @param destination $destination
     * @param int $count
     * @return stdClass[] delivery's id and tries; statementid, uuid, verb, userid, statement
     */
    public static function waiting(destination $destination, int $count): array {
        global $DB;
        // While older statements are still looked at, newer ones of the same attempts wait for them.
        [$where, $params] = $destination->backfill === null ? ['', []] : ['AND d.statementid <= :upto', [
            'upto' => $destination->backfill,
        ]];
        return array_values($DB->get_records_sql(
            "SELECT d.id, d.tries, d.statementid, s.uuid, s.verb, s.userid, s.statement
               FROM {palier_delivery} d
               JOIN {palier_statement} s ON s.id = d.statementid
              WHERE d.destinationid = :destinationid AND d.state = :pending $where
           ORDER BY d.statementid",
            ['destinationid' => $destination->id, 'pending' => outbox::PENDING] + $params,
            0,
            $count,
        ));
    }

    /**
     * Sends a batch.
     *
     * @param stdClass[] $rows
     * @return bool whether to go on with the next
     */
    private function send(array $rows): bool {
        $answer = $this->client->post($this->outgoing->texts($rows));
        if ($this->has_all($answer, array_column($rows, 'uuid'))) {
            $this->mark_sent($rows);
            return true;
        }
        if ($answer->status === 401) {
            return $this->pause($rows, destination::KEY, $answer->text());
        }
        $toolarge = $answer->status === 413;
        if ($toolarge || in_array($answer->status, self::BLAMES_STATEMENT)) {
            if ($answer->status === 400 && !$this->taken && $this->refuses_version($rows[0]->uuid)) {
                return $this->pause($rows, destination::VERSION, $answer->text());
            }
            if (count($rows) === 1 && $answer->status === 403 && !$this->taken) {
                $this->forbidden[] = [$rows[0], $answer];
                return count($this->forbidden) < self::MOST_REFUSED || $this->pause_forbidden();
            }
            if (count($rows) === 1) {
                return $this->park($rows[0], $answer);
            }
            $half = intdiv(count($rows) + 1, 2);
            if ($toolarge) {
                $this->size = $half;
            }
            return $this->send(array_slice($rows, 0, $half)) && $this->send(array_slice($rows, $half));
        }
        $reason = in_array($answer->status, [200, 204]) ? get_string('lrsnoids', 'mod_palier') : $answer->text();
        $this->mark_failed($rows, $reason);
        destinations::failed($this->destination->id, $reason, $answer->retryafter);
        return false;
    }

    /**
     * Whether the LRS has these statements now.
     *
     * @param lrs_answer $answer
     * @param string[] $ids
     * @return bool
     */
    private function has_all(lrs_answer $answer, array $ids): bool {
        if ($answer->stored($ids)) {
            return true;
        }
        $unlisted = $answer->unlisted($ids);
        if (!$unlisted) {
            return false;
        }
        $one = $this->client->get($unlisted[0]);
        if ($one->status === 200) {
            return strtolower((string) (json_decode($one->body, true)['id'] ?? '')) === $unlisted[0];
        }
        // A key that may only write: this LRS has shown before that it is one.
        return in_array($one->status, [401, 403]) && $this->destination->lastsent > 0;
    }

    /**
     * Whether the LRS refuses our version. Asked once a run.
     *
     * @param string $uuid
     * @return bool
     */
    private function refuses_version(string $uuid): bool {
        return $this->refusesversion ??= $this->client->refuses_version($uuid);
    }

    /**
     * Pauses the destination; what waits goes on waiting.
     *
     * @param stdClass[] $rows that were sent
     * @param string $kind
     * @param string $reason
     * @return bool false: not to go on
     */
    private function pause(array $rows, string $kind, string $reason): bool {
        $this->mark_failed($rows, $reason);
        destinations::pause($this->destination, $kind, $reason);
        return false;
    }

    /**
     * Pauses the destination: it forbade these one after another, and took none.
     *
     * @return bool false: not to go on
     */
    private function pause_forbidden(): bool {
        return $this->pause(array_column($this->forbidden, 0), destination::KEY, end($this->forbidden)[1]->text());
    }

    /**
     * Notes that the LRS has these.
     *
     * @param stdClass[] $rows
     */
    private function mark_sent(array $rows): void {
        global $DB;

        $now = di::get(clock::class)->time();
        $transaction = $DB->start_delegated_transaction();
        [$insql, $params] = $DB->get_in_or_equal(array_column($rows, 'id'), SQL_PARAMS_NAMED);
        $DB->execute(
            "UPDATE {palier_delivery} SET state = :sent, timesent = :now, error = NULL WHERE id $insql",
            $params + ['sent' => outbox::SENT, 'now' => $now],
        );
        $ids = array_column($rows, 'statementid');
        [$insql, $params] = $DB->get_in_or_equal($ids, SQL_PARAMS_NAMED);
        $DB->execute(
            "UPDATE {palier_statement} SET timesent = :now WHERE timesent = 0 AND id $insql",
            $params + ['now' => $now],
        );
        outbox::refresh($ids);
        destinations::succeeded($this->destination->id);
        $transaction->allow_commit();
        $this->sent += count($rows);
        $this->taken = true;
        $this->refusals = 0;
        // It takes these by our key: what it forbade before was forbidden for what it is.
        foreach ($this->forbidden as [$row, $answer]) {
            $this->park($row, $answer);
        }
        $this->forbidden = [];
    }

    /**
     * Notes that these were tried without success.
     *
     * @param stdClass[] $rows
     * @param string $reason
     */
    private function mark_failed(array $rows, string $reason): void {
        global $DB;

        [$insql, $params] = $DB->get_in_or_equal(array_column($rows, 'id'), SQL_PARAMS_NAMED);
        $DB->execute(
            "UPDATE {palier_delivery} SET tries = tries + 1, error = :reason WHERE id $insql",
            $params + ['reason' => $reason],
        );
    }

    /**
     * Takes a statement out of the queue, with what the LRS said of it. Where it says so of one after another, and takes
     * none between, the destination pauses: what is at fault may be more than these.
     *
     * @param stdClass $row
     * @param lrs_answer $answer
     * @return bool whether to go on with the next
     */
    private function park(stdClass $row, lrs_answer $answer): bool {
        global $DB;

        $DB->update_record('palier_delivery', [
            'id' => $row->id,
            'state' => outbox::PARKED,
            'tries' => $row->tries + 1,
            'error' => $answer->text(),
        ]);
        outbox::refresh([$row->statementid]);
        $this->parked++;
        if (!in_array($answer->status, self::REFUSES_STATEMENT)) {
            return true;
        }
        destinations::refused($this->destination->id, ++$this->refusals);
        if ($this->refusals < self::MOST_REFUSED) {
            return true;
        }
        destinations::pause($this->destination, destination::REFUSING, $answer->text());
        return false;
    }
}
