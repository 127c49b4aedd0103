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

namespace local_palier\local;

use context;
use context_system;
use core\event\base;
use core\lock\lock;
use core\lock\lock_config;
use local_palier\event\meeting_closed;
use local_palier\event\meeting_viewed;
use moodle_exception;
use stdClass;

/**
 * Rendez-vous between a person and an adviser: at a time that an adviser opened, or a call.
 *
 * What a person asks for, shows and cancels is in no log and on no page of anybody but theirs and the advisers': managers and human
 * resources cannot tell who talks to an adviser. What is cancelled has no row any more. An event names the adviser who
 * reads, and the rendez-vous by its number; the person reads when that was.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class meetings {
    /** @var string it took place. */
    public const HELD = 'held';

    /** @var string it did not. */
    public const MISSED = 'missed';

    /** @var string another one is of use. */
    public const AGAIN = 'again';

    /** @var string[] what can come of one. */
    public const OUTCOMES = [self::HELD, self::AGAIN, self::MISSED];

    /** @var int months that rows are kept, unless the site says otherwise. */
    public const USUAL_MONTHS = 12;

    /** @var int closed ones that advisers are shown. */
    private const MOST_CLOSED = 50;

    /**
     * One of them. Who may read it is for its caller to ask.
     *
     * @param int $id
     * @return stdClass row; of a time with slot
     * @throws moodle_exception nomeeting
     */
    public static function get(int $id): stdClass {
        global $DB;
        $meetings = self::with_slots($DB->get_records('local_palier_meeting', ['id' => $id]));
        return $meetings[$id] ?? throw new moodle_exception('nomeeting', 'local_palier');
    }

    /**
     * The places where the present user can ask for a call: their authorities, or the site where they have none, that have an
     * adviser.
     *
     * @return int[] ids of contexts
     */
    public static function callable_places(): array {
        global $USER;
        $places = authority::of((int) $USER->id) ?: [context_system::instance()->id];
        return array_values(array_filter($places, fn(int $id): bool => (bool) get_users_by_capability(
            context::instance_by_id($id),
            'local/palier:advise',
            'u.id',
            '',
            0,
            1
        )));
    }

    /**
     * The times that the present user can choose.
     *
     * @return stdClass[] rows by id
     */
    public static function free_slots(): array {
        global $USER;
        return slots::coming(authority::around((int) $USER->id), true);
    }

    /**
     * Whether the present user can ask for a rendez-vous.
     *
     * @return bool
     */
    public static function can_ask(): bool {
        return isloggedin() && !isguestuser() && has_capability('local/palier:seekhelp', context_system::instance())
            && (self::callable_places() || self::free_slots());
    }

    /**
     * The present user's, the newest first.
     *
     * @return stdClass[] rows; of a time with slot
     */
    public static function mine(): array {
        global $DB, $USER;
        return self::with_slots($DB->get_records('local_palier_meeting', ['userid' => $USER->id], 'timecreated DESC, id DESC'));
    }

    /**
     * The one of the present user that is still to come.
     *
     * @return stdClass|null
     */
    public static function open_one(): ?stdClass {
        return current(array_filter(self::mine(), self::is_coming(...))) ?: null;
    }

    /**
     * Whether one is still to come.
     *
     * @param stdClass $meeting of with_slots
     * @return bool
     */
    public static function is_coming(stdClass $meeting): bool {
        $now = \core\di::get(\core\clock::class)->time();
        return !$meeting->timeclosed
            && (!$meeting->slot || $meeting->slot->timestart + $meeting->slot->minutes * MINSECS > $now);
    }

    /**
     * The present user chooses a time.
     *
     * @param int $slotid
     * @param int $attemptid result that they show; 0 for none
     */
    public static function book(int $slotid, int $attemptid = 0): void {
        $shown = $attemptid ? shown_result::copy($attemptid) : null;
        $lock = self::lock();
        try {
            $slot = self::free_slots()[$slotid] ?? throw new moodle_exception('slot_taken', 'local_palier');
            self::add(['contextid' => $slot->contextid, 'slotid' => $slotid, 'shown' => $shown]);
        } finally {
            $lock->release();
        }
    }

    /**
     * The present user asks to be called.
     *
     * @param int $contextid whose advisers call
     * @param string $phone
     * @param string $hours when it suits
     * @param int $attemptid result that they show; 0 for none
     */
    public static function ask_call(int $contextid, string $phone, string $hours, int $attemptid = 0): void {
        $phone = trim($phone);
        if (!preg_match('~^[+0-9][0-9 ().\-/]{3,38}$~', $phone)) {
            throw new moodle_exception('call_phonewrong', 'local_palier');
        }
        if (!in_array($contextid, self::callable_places(), true)) {
            throw new moodle_exception('call_nobody', 'local_palier');
        }
        $shown = $attemptid ? shown_result::copy($attemptid) : null;
        $lock = self::lock();
        try {
            $hours = \core_text::substr(trim($hours), 0, 255);
            self::add(['contextid' => $contextid, 'phone' => $phone, 'hours' => $hours, 'shown' => $shown]);
        } finally {
            $lock->release();
        }
    }

    /**
     * The present user cancels theirs, with all that it told.
     *
     * @param int $id
     */
    public static function cancel(int $id): void {
        global $DB, $USER;
        $DB->delete_records('local_palier_meeting', ['id' => $id, 'userid' => $USER->id, 'timeclosed' => 0]);
    }

    /**
     * The present user shows nothing any more.
     *
     * @param int $id
     */
    public static function show_nothing(int $id): void {
        global $DB, $USER;
        $DB->set_field('local_palier_meeting', 'shown', null, ['id' => $id, 'userid' => $USER->id]);
    }

    /**
     * Those of advisers, in the order in which they are to be seen: calls by when they were asked for, then times.
     *
     * @param int[] $contextids
     * @param bool $closed those that are closed, the newest first, instead
     * @return stdClass[] rows with slot, and user
     */
    public static function queue(array $contextids, bool $closed = false): array {
        global $DB;
        [$in, $params] = $DB->get_in_or_equal($contextids, SQL_PARAMS_NAMED, 'place', true, 0);
        $meetings = self::with_slots($DB->get_records_select(
            'local_palier_meeting',
            "contextid $in AND timeclosed " . ($closed ? '>' : '=') . ' 0',
            $params,
            $closed ? 'timeclosed DESC, id DESC' : 'timecreated, id',
            '*',
            0,
            $closed ? self::MOST_CLOSED : 0
        ));
        $users = $DB->get_records_list('user', 'id', array_column($meetings, 'userid'));
        foreach ($meetings as $meeting) {
            $meeting->user = $users[$meeting->userid];
        }
        if (!$closed) {
            usort($meetings, fn($one, $other): int =>
                [$one->slot->timestart ?? 0, $one->id] <=> [$other->slot->timestart ?? 0, $other->id]);
        }
        return array_values($meetings);
    }

    /**
     * An adviser reads one. It is in the log, and its person reads when that was first.
     *
     * @param stdClass $meeting
     */
    public static function read(stdClass $meeting): void {
        global $DB;
        if (!$meeting->timeread) {
            $meeting->timeread = \core\di::get(\core\clock::class)->time();
            $DB->set_field('local_palier_meeting', 'timeread', $meeting->timeread, ['id' => $meeting->id]);
        }
        meeting_viewed::tell(context::instance_by_id($meeting->contextid), ['meetingid' => $meeting->id]);
    }

    /**
     * An adviser closes one. The telephone number and what was shown are gone from then on.
     *
     * @param stdClass $meeting
     * @param string $outcome one of OUTCOMES
     * @param string $note what was agreed; its person reads it
     */
    public static function close(stdClass $meeting, string $outcome, string $note): void {
        global $DB, $USER;
        if (!in_array($outcome, self::OUTCOMES, true)) {
            throw new moodle_exception('outcome_choose', 'local_palier');
        }
        $DB->update_record('local_palier_meeting', (object) [
            'id' => $meeting->id,
            'outcome' => $outcome,
            'note' => trim($note),
            'adviserid' => $USER->id,
            'timeclosed' => \core\di::get(\core\clock::class)->time(),
            'phone' => null,
            'hours' => null,
            'shown' => null,
        ]);
        meeting_closed::tell(context::instance_by_id($meeting->contextid), ['meetingid' => $meeting->id]);
    }

    /**
     * Reminds of those of the day to come, each once. Who booked less than a day before is not reminded.
     */
    public static function remind(): void {
        global $DB;
        $now = \core\di::get(\core\clock::class)->time();
        $rows = $DB->get_records_sql(
            'SELECT m.id, m.userid, s.id AS slotid, s.timestart, s.minutes, s.place
               FROM {local_palier_meeting} m
               JOIN {local_palier_slot} s ON s.id = m.slotid
               JOIN {user} u ON u.id = m.userid AND u.deleted = 0 AND u.suspended = 0
              WHERE m.timeclosed = 0 AND m.timereminded = 0 AND s.timestart > :now AND s.timestart <= :tomorrow
                    AND m.timecreated < s.timestart - ' . DAYSECS . '
           ORDER BY m.id',
            ['now' => $now, 'tomorrow' => $now + DAYSECS]
        );
        foreach ($rows as $row) {
            $DB->set_field('local_palier_meeting', 'timereminded', $now, ['id' => $row->id]);
            advice_messages::send((int) $row->userid, 'reminder', $row);
        }
    }

    /**
     * How many months rows are kept.
     *
     * @return int
     */
    public static function months(): int {
        return max(1, (int) (get_config('local_palier', 'keepmonths') ?: self::USUAL_MONTHS));
    }

    /**
     * Deletes what is older than the site keeps: rendez-vous, times, wishes for workshops and workshops. Groups are the course's.
     */
    public static function forget(): void {
        global $DB;
        $now = \core\di::get(\core\clock::class)->now();
        $before = ['before' => $now->modify('-' . self::months() . ' months')->getTimestamp()];
        $old = 'SELECT id FROM {local_palier_slot} WHERE timestart < :before';
        $DB->delete_records_subquery('local_palier_meeting', 'slotid', 'id', $old, $before);
        $DB->delete_records_select('local_palier_slot', 'timestart < :before', $before);
        $DB->delete_records_select('local_palier_meeting', 'slotid IS NULL AND timecreated < :before', $before);
        $DB->delete_records_select('local_palier_told', "kind = 'workshop' AND timecreated < :before", $before);
        workshops::delete('timecreated < :before', $before);
    }

    /**
     * With a course category go its times and rendez-vous.
     *
     * @param base $event
     */
    public static function category_deleted(base $event): void {
        global $DB;
        $DB->delete_records('local_palier_meeting', ['contextid' => $event->contextid]);
        $DB->delete_records('local_palier_slot', ['contextid' => $event->contextid]);
    }

    /**
     * With an account go its rendez-vous; times that it opened name nobody.
     *
     * @param base $event
     */
    public static function user_deleted(base $event): void {
        self::erase((int) $event->objectid);
    }

    /**
     * Erases what is of a person.
     *
     * @param int $userid
     */
    public static function erase(int $userid): void {
        global $DB;
        $DB->delete_records('local_palier_meeting', ['userid' => $userid]);
        $DB->set_field('local_palier_meeting', 'adviserid', 0, ['adviserid' => $userid]);
        $DB->set_field('local_palier_slot', 'adviserid', 0, ['adviserid' => $userid]);
    }

    /**
     * Waits until nobody else books: a time is not given twice, and nobody has two.
     *
     * @return lock
     */
    public static function lock(): lock {
        return lock_config::get_lock_factory('local_palier_meeting')->get_lock('book', 10)
            ?: throw new moodle_exception('meeting_busy', 'local_palier');
    }

    /**
     * Stores one of the present user.
     *
     * @param array $values columns
     */
    private static function add(array $values): void {
        global $DB, $USER;
        if (self::open_one()) {
            throw new moodle_exception('meeting_already', 'local_palier');
        }
        $DB->insert_record('local_palier_meeting', (object) ($values + [
            'userid' => $USER->id,
            'timecreated' => \core\di::get(\core\clock::class)->time(),
        ]));
    }

    /**
     * Rows with their times.
     *
     * @param stdClass[] $meetings
     * @return stdClass[] the same, each with slot, null for a call
     */
    private static function with_slots(array $meetings): array {
        global $DB;
        $slots = $DB->get_records_list('local_palier_slot', 'id', array_filter(array_column($meetings, 'slotid')));
        foreach ($meetings as $meeting) {
            $meeting->slot = $slots[$meeting->slotid ?? 0] ?? null;
        }
        return $meetings;
    }
}
