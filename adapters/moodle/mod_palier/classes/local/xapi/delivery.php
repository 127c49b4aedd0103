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
 * Sends what the outbox holds, in the order in which it was written.
 *
 * A statement leaves the queue only when the LRS says that it has it, or refuses it for good. Whatever else happens
 * the rest of the queue waits, so that the order within an attempt stands. Ids are fixed when a statement is written:
 * sending again what the LRS already has changes nothing there.
 *
 * | answer                   | what happens                                                              |
 * |--------------------------|---------------------------------------------------------------------------|
 * | 200 with the ids         | sent                                                                      |
 * | 400, 409, 422            | the batch is halved until the one at fault is alone, which is parked      |
 * | 413                      | the batch is halved; a single one is parked                               |
 * | 401, 403                 | sending pauses and the administrator is told                              |
 * | anything else, or nothing| sending is tried again later, never before Retry-After                    |
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class delivery {
    /** @var int Statements sent at once. */
    public const BATCH = 50;

    /** @var int Seconds after which a run leaves the rest to the next. */
    private const MAX_SECONDS = 240;

    /** @var int[] Answers that put the blame on a statement. */
    private const BLAMES_STATEMENT = [400, 409, 422];

    /** @var int[] Answers that refuse our credentials. */
    private const REFUSES_SITE = [401, 403];

    /** @var int Statements sent in this run. */
    private int $sent = 0;

    /** @var int Statements parked in this run. */
    private int $parked = 0;

    /** @var int The present size of a batch. */
    private int $size = self::BATCH;

    /**
     * A delivery to an LRS.
     *
     * @param lrs_client $client
     */
    public function __construct(
        /** @var lrs_client What speaks to the LRS. */
        private readonly lrs_client $client,
    ) {
    }

    /**
     * Sends all that waits, until there is nothing left, the LRS does not take it, or time is up.
     *
     * @return array{sent: int, parked: int}
     */
    public function run(): array {
        global $DB;

        $until = time() + self::MAX_SECONDS;
        while (time() < $until) {
            $rows = $DB->get_records(
                'palier_statement',
                ['state' => outbox::PENDING],
                'id',
                'id, uuid, statement, tries',
                0,
                $this->size,
            );
            if (!$rows || !$this->send(array_values($rows))) {
                break;
            }
        }
        return ['sent' => $this->sent, 'parked' => $this->parked];
    }

    /**
     * Sends a batch.
     *
     * @param \stdClass[] $rows
     * @return bool whether to go on with the next
     */
    private function send(array $rows): bool {
        $answer = $this->client->post(array_column($rows, 'statement'));
        if ($answer->stored(array_column($rows, 'uuid'))) {
            $this->mark_sent($rows);
            destination::succeeded();
            return true;
        }
        $toolarge = $answer->status === 413;
        if ($toolarge || in_array($answer->status, self::BLAMES_STATEMENT)) {
            if (count($rows) === 1) {
                $this->park($rows[0], $answer->text());
                return true;
            }
            $half = intdiv(count($rows) + 1, 2);
            if ($toolarge) {
                $this->size = $half;
            }
            return $this->send(array_slice($rows, 0, $half)) && $this->send(array_slice($rows, $half));
        }
        $reason = $answer->status === 200 ? get_string('lrsnoids', 'mod_palier') : $answer->text();
        if (in_array($answer->status, self::REFUSES_SITE)) {
            destination::pause($reason);
            $this->mark_failed($rows, $reason, 0);
            return false;
        }
        $this->mark_failed($rows, $reason, destination::failed($reason, $answer->retryafter));
        return false;
    }

    /**
     * Notes that the LRS has these.
     *
     * @param \stdClass[] $rows
     */
    private function mark_sent(array $rows): void {
        global $DB;

        [$insql, $params] = $DB->get_in_or_equal(array_column($rows, 'id'), SQL_PARAMS_NAMED);
        $params += ['sent' => outbox::SENT, 'now' => \core\di::get(\core\clock::class)->time()];
        $DB->execute("UPDATE {palier_statement}
                         SET state = :sent, timesent = :now, error = NULL, nexttry = 0
                       WHERE id $insql", $params);
        $this->sent += count($rows);
    }

    /**
     * Notes that these were tried without success.
     *
     * @param \stdClass[] $rows
     * @param string $reason
     * @param int $nexttry
     */
    private function mark_failed(array $rows, string $reason, int $nexttry): void {
        global $DB;

        [$insql, $params] = $DB->get_in_or_equal(array_column($rows, 'id'), SQL_PARAMS_NAMED);
        $params += ['reason' => $reason, 'nexttry' => $nexttry];
        $DB->execute("UPDATE {palier_statement}
                         SET tries = tries + 1, nexttry = :nexttry, error = :reason
                       WHERE id $insql", $params);
    }

    /**
     * Takes a statement out of the queue, with what the LRS said of it.
     *
     * @param \stdClass $row
     * @param string $reason
     */
    private function park(\stdClass $row, string $reason): void {
        global $DB;

        $DB->update_record('palier_statement', [
            'id' => $row->id,
            'state' => outbox::PARKED,
            'tries' => $row->tries + 1,
            'nexttry' => 0,
            'error' => $reason,
        ]);
        $this->parked++;
    }
}
