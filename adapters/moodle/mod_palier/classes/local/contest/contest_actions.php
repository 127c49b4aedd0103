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

namespace mod_palier\local\contest;

use core\clock;
use core\di;
use core_text;
use mod_palier\event\contest_decided;
use mod_palier\event\contest_opened;
use mod_palier\event\contest_replied;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\correction;
use mod_palier\local\engine\json_text;
use mod_palier\task\drop_question;
use moodle_exception;
use stdClass;

/**
 * What is done in threads: opened, answered, decided, taken back. Who may is asked of {@see contest_access} before.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class contest_actions {
    /**
     * Opens a thread of a learner, or goes on with the one there is. Whoever presses twice has one thread.
     *
     * @param attempt $attempt
     * @param string $kind of contest::KINDS
     * @param int $slot of the question; 0 of none
     * @param string $text may be empty
     * @return contest
     */
    public static function open(attempt $attempt, string $kind, int $slot = 0, string $text = ''): contest {
        global $DB;
        if (!in_array($kind, contest::KINDS) || ($kind === contest::QUESTION) !== ($slot > 0)) {
            throw new moodle_exception('contestgone', 'mod_palier', $attempt->cm()->url);
        }
        $text = self::checked($text, true);
        $contest = contest_repository::find($attempt->id, $kind, $slot);
        if ($contest) {
            return $text === '' ? $contest : self::reply($contest, $attempt->userid, $text);
        }
        $asked = $kind === contest::QUESTION ? self::asked($attempt, $slot) : null;
        $now = di::get(clock::class)->time();
        $row = (object) [
            'palierid' => $attempt->palierid,
            'attemptid' => $attempt->id,
            'userid' => $attempt->userid,
            'kind' => $kind,
            'slot' => $slot,
            'item' => $asked ? json_text::decode($asked->data)['item'] : null,
            'questionid' => $asked?->questionid,
            'status' => contest::OPEN,
            'timecreated' => $now,
            'timemodified' => $now,
            'timedecided' => 0,
        ];
        $transaction = $DB->start_delegated_transaction();
        $row->id = $DB->insert_record('palier_contest', $row);
        if ($text !== '') {
            self::add($row->id, $attempt->userid, $text, $now);
        }
        $transaction->allow_commit();
        $contest = new contest($row);
        contest_opened::of($contest, $attempt->context())->trigger();
        contest_messages::opened($contest, $text);
        return $contest;
    }

    /**
     * Writes in a thread. A decision that the learner answers is open again.
     *
     * @param contest $contest
     * @param int $userid who writes
     * @param string $text
     * @return contest as it is now
     */
    public static function reply(contest $contest, int $userid, string $text): contest {
        global $DB;
        $text = self::checked($text, false);
        if ($DB->count_records('palier_contest_message', ['contestid' => $contest->id]) >= contest::MAX_MESSAGES) {
            throw new moodle_exception('contestfull', 'mod_palier', $contest->url(), contest::MAX_MESSAGES);
        }
        $now = di::get(clock::class)->time();
        $transaction = $DB->start_delegated_transaction();
        self::add($contest->id, $userid, $text, $now);
        $change = ['id' => $contest->id, 'timemodified' => $now];
        if ($userid == $contest->userid && $contest->status === contest::KEPT) {
            $change['status'] = contest::OPEN;
        }
        $DB->update_record('palier_contest', (object) $change);
        $transaction->allow_commit();
        $contest = contest_repository::load($contest->id);
        contest_replied::of($contest, $contest->attempt()->context())->trigger();
        contest_messages::replied($contest, $userid, $text);
        return $contest;
    }

    /**
     * Decides a thread. A question that is dropped counts no more: the engine makes the result again.
     *
     * @param contest $contest
     * @param int $userid who decides
     * @param string $decision of contest::DECISIONS
     * @param string $reason what the learner is told
     * @param bool $everyone whether a question is dropped for all who were asked it in this activity, by a task
     * @return contest as it is now
     */
    public static function decide(
        contest $contest,
        int $userid,
        string $decision,
        string $reason,
        bool $everyone = false
    ): contest {
        global $DB;
        $reason = self::checked($reason, false);
        if (!in_array($decision, $contest->possible_decisions()) || $contest->status === contest::DROPPED) {
            throw new moodle_exception('contestnodecision', 'mod_palier', $contest->url());
        }
        $now = di::get(clock::class)->time();
        $note = function () use ($contest, $userid, $decision, $reason, $now, $everyone): void {
            global $DB;
            if ($decision === contest::DROPPED && $everyone) {
                $entryid = (int) $contest->attempt()->bank()->entry_of((string) $contest->item);
                drop_question::queue((int) $contest->palierid, $entryid, $userid, $reason);
            }
            self::add($contest->id, $userid, $reason, $now, $decision);
            $DB->update_record('palier_contest', (object) [
                'id' => $contest->id, 'status' => $decision, 'timemodified' => $now, 'timedecided' => $now,
            ]);
        };
        if ($decision === contest::DROPPED) {
            correction::drop($contest->attemptid, $contest->item, $contest->slot, $reason, $userid, $note);
        } else {
            $transaction = $DB->start_delegated_transaction();
            $note();
            $transaction->allow_commit();
        }
        $contest = contest_repository::load($contest->id);
        contest_decided::of($contest, $contest->attempt()->context())->trigger();
        contest_messages::decided($contest, $userid, $reason);
        return $contest;
    }

    /**
     * Takes back a thread in which nobody but the learner has written.
     *
     * @param contest $contest
     * @return bool whether it is gone
     */
    public static function take_back(contest $contest): bool {
        global $DB;
        $others = $DB->record_exists_select(
            'palier_contest_message',
            'contestid = ? AND userid <> ?',
            [$contest->id, $contest->userid]
        );
        if ($others || !$contest->is_open()) {
            return false;
        }
        $transaction = $DB->start_delegated_transaction();
        $DB->delete_records('palier_contest_message', ['contestid' => $contest->id]);
        $DB->delete_records('palier_contest', ['id' => $contest->id]);
        $transaction->allow_commit();
        return true;
    }

    /**
     * A message, checked.
     *
     * @param string $text
     * @param bool $mayempty
     * @return string
     */
    public static function checked(string $text, bool $mayempty): string {
        $text = contest::clean($text);
        if ($text === '' && !$mayempty) {
            throw new moodle_exception('contestempty', 'mod_palier');
        }
        if (core_text::strlen($text) > contest::MAX_LENGTH) {
            throw new moodle_exception('contesttoolong', 'mod_palier', '', contest::MAX_LENGTH);
        }
        return $text;
    }

    /**
     * The event by which the question of a slot was asked.
     *
     * @param attempt $attempt
     * @param int $slot
     * @return stdClass row of palier_event
     */
    private static function asked(attempt $attempt, int $slot): stdClass {
        global $DB;
        $event = $DB->get_record('palier_event', ['attemptid' => $attempt->id, 'slot' => $slot, 'type' => 'asked']);
        return $event ?: throw new moodle_exception('contestgone', 'mod_palier', $attempt->cm()->url);
    }

    /**
     * Puts a message into a thread.
     *
     * @param int $contestid
     * @param int $userid
     * @param string $text
     * @param int $now
     * @param string|null $decision
     */
    private static function add(int $contestid, int $userid, string $text, int $now, ?string $decision = null): void {
        global $DB;
        $DB->insert_record('palier_contest_message', (object) [
            'contestid' => $contestid,
            'userid' => $userid,
            'message' => $text,
            'decision' => $decision,
            'timecreated' => $now,
        ]);
    }
}
