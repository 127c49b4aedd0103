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
 * The destinations of the site: found, changed, paused, removed, and how sending to them goes.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destinations {
    /** @var int Seconds before the second try; doubled at each failure. */
    private const FIRST_DELAY = 60;

    /** @var int Longest wait that we choose ourselves, in seconds. */
    private const LONGEST_DELAY = 3600;

    /** @var int Longest wait that an LRS may ask for, in seconds. */
    private const LONGEST_RETRY_AFTER = 86400;

    /** @var int Longest text that is kept of an error. */
    private const MAX_ERROR = 2000;

    /** @var string[] Columns that an administrator gives. */
    private const GIVEN = ['name', 'endpoint', 'lrskey', 'version', 'wanted', 'verbs', 'categories', 'courses', 'actorpolicy',
        'enabled', 'since'];

    /**
     * Those in use, in the order in which they were added.
     *
     * @return destination[] by id
     */
    public static function all(): array {
        global $DB;
        return array_map(destination::from_row(...), $DB->get_records('palier_destination', ['timeremoved' => 0], 'id'));
    }

    /**
     * Those that were removed, whose statements are still there.
     *
     * @return destination[] by id
     */
    public static function removed(): array {
        global $DB;
        return array_map(destination::from_row(...), $DB->get_records_select('palier_destination', 'timeremoved > 0', [], 'id'));
    }

    /**
     * Whether the site sends statements anywhere.
     *
     * @return bool
     */
    public static function any(): bool {
        global $DB;
        return $DB->record_exists('palier_destination', ['timeremoved' => 0]);
    }

    /**
     * One destination, as it is now.
     *
     * @param int $id
     * @return destination|null null when it was removed, or never was
     */
    public static function find(int $id): ?destination {
        global $DB;
        $row = $DB->get_record('palier_destination', ['id' => $id, 'timeremoved' => 0]);
        return $row ? destination::from_row($row) : null;
    }

    /**
     * One destination, as it is now.
     *
     * @param int $id
     * @return destination
     */
    public static function get(int $id): destination {
        return self::find($id) ?? throw new \moodle_exception('destinationgone', 'mod_palier');
    }

    /**
     * Whether a destination is as it was read, and nobody paused or removed it: a run that began before sends no more.
     *
     * @param destination $destination
     * @return bool
     */
    public static function is_current(destination $destination): bool {
        $now = self::find($destination->id);
        return $now && $now->is_active() && $now->timemodified === $destination->timemodified;
    }

    /**
     * Adds a destination, or changes one. What it has not got yet is looked at anew, as it is now: nothing leaves that
     * an administrator excluded, and what was refused before is tried again.
     *
     * @param stdClass $given columns of palier_destination; "secret" in clear, absent to leave it as it is
     * @param int $id 0 to add
     * @return int its id
     */
    public static function save(stdClass $given, int $id = 0): int {
        global $DB, $USER;

        $now = self::now();
        $row = (object) array_intersect_key((array) $given, array_flip(self::GIVEN));
        $row->endpoint = rtrim(trim($row->endpoint), '/');
        if (isset($given->secret)) {
            $row->secret = secret::conceal($given->secret);
        }
        $row->timemodified = $now;
        $row->usermodified = (int) $USER->id;
        $row->backfill = 0;
        $transaction = $DB->start_delegated_transaction();
        if ($id) {
            $row->id = self::get($id)->id;
            $DB->update_record('palier_destination', $row);
            self::forget_unsent($id);
            self::resume($id, false);
        } else {
            $row->timecreated = $now;
            $id = (int) $DB->insert_record('palier_destination', $row);
        }
        $transaction->allow_commit();
        return $id;
    }

    /**
     * Takes a destination out of use. Its key goes; which statements it has stays known, for those whom they are about.
     *
     * @param int $id
     */
    public static function remove(int $id): void {
        global $DB, $USER;

        $transaction = $DB->start_delegated_transaction();
        $DB->update_record('palier_destination', [
            'id' => self::get($id)->id,
            'lrskey' => '',
            'secret' => '',
            'paused' => null,
            'lasterror' => null,
            'timeremoved' => self::now(),
            'timemodified' => self::now(),
            'usermodified' => (int) $USER->id,
        ]);
        self::forget_unsent($id);
        $transaction->allow_commit();
    }

    /**
     * Stops sending, because an administrator wants it so. What is written meanwhile waits.
     *
     * @param int $id
     */
    public static function suspend(int $id): void {
        global $DB;
        $DB->set_field('palier_destination', 'enabled', 0, ['id' => $id]);
    }

    /**
     * Takes up sending again, at the next run.
     *
     * @param int $id
     * @param bool $enable also where an administrator paused it
     */
    public static function resume(int $id, bool $enable = true): void {
        self::note($id, [
            'paused' => null,
            'timepaused' => 0,
            'nexttry' => 0,
            'failures' => 0,
            'refusals' => 0,
            'lasterror' => null,
        ] + ($enable ? ['enabled' => 1] : []));
    }

    /**
     * Has what a destination refused sent again.
     *
     * @param int $id
     * @param int $deliveryid one of them; 0 for all
     * @return int how many
     */
    public static function resend(int $id, int $deliveryid = 0): int {
        global $DB;

        $which = ['destinationid' => $id, 'state' => outbox::PARKED] + ($deliveryid ? ['id' => $deliveryid] : []);
        $transaction = $DB->start_delegated_transaction();
        $count = 0;
        do {
            $rows = $DB->get_records('palier_delivery', $which, '', 'id, statementid', 0, 1000);
            if ($rows) {
                [$insql, $params] = $DB->get_in_or_equal(array_keys($rows));
                $DB->execute(
                    "UPDATE {palier_delivery} SET state = ?, error = NULL WHERE id $insql",
                    [outbox::PENDING, ...$params],
                );
                outbox::refresh(array_column($rows, 'statementid'));
            }
            $count += count($rows);
        } while (count($rows) === 1000);
        $transaction->allow_commit();
        return $count;
    }

    /**
     * Stops sending until an administrator has seen to it, and tells them, once.
     *
     * @param destination $destination
     * @param string $kind KEY, VERSION, REFUSING or SECRET
     * @param string $reason in the LRS's words
     */
    public static function pause(destination $destination, string $kind, string $reason): void {
        self::note($destination->id, ['paused' => $kind, 'timepaused' => self::now(), 'lasterror' => self::cut($reason)]);
        if ($paused = self::find($destination->id)) {
            alert::paused($paused);
        }
    }

    /**
     * Notes a failure and sets the next try: twice as late as the last one, give or take a fifth.
     *
     * @param int $id
     * @param string $reason
     * @param int|null $retryafter seconds that the LRS asked to wait
     * @param callable|null $random gives a number from 0 to 1
     * @return int when the next try is
     */
    public static function failed(int $id, string $reason, ?int $retryafter = null, ?callable $random = null): int {
        $failures = (self::find($id)?->failures ?? 0) + 1;
        $delay = min(self::LONGEST_DELAY, self::FIRST_DELAY * 2 ** min($failures - 1, 20));
        $random ??= fn(): float => random_int(0, 1000000) / 1000000;
        $delay = (int) round($delay * (0.8 + 0.4 * $random()));
        if ($retryafter !== null) {
            $delay = max($delay, min($retryafter, self::LONGEST_RETRY_AFTER));
        }
        $nexttry = self::now() + $delay;
        self::note($id, ['failures' => $failures, 'nexttry' => $nexttry, 'lasterror' => self::cut($reason)]);
        return $nexttry;
    }

    /**
     * Notes that sending works.
     *
     * @param int $id
     */
    public static function succeeded(int $id): void {
        self::note($id, ['lastsent' => self::now(), 'nexttry' => 0, 'failures' => 0, 'refusals' => 0, 'lasterror' => null]);
    }

    /**
     * Notes how many statements were refused one after another.
     *
     * @param int $id
     * @param int $count
     */
    public static function refused(int $id, int $count): void {
        self::note($id, ['refusals' => $count]);
    }

    /**
     * Notes how far older statements have been looked at.
     *
     * @param int $id
     * @param int|null $upto null when all have
     */
    public static function looked_at(int $id, ?int $upto): void {
        self::note($id, ['backfill' => $upto]);
    }

    /**
     * Drops from a queue what has not been sent.
     *
     * @param int $id
     */
    private static function forget_unsent(int $id): void {
        global $DB;
        $DB->delete_records_select('palier_delivery', 'destinationid = ? AND state <> ?', [$id, outbox::SENT]);
        outbox::refresh();
    }

    /**
     * Changes columns of a row.
     *
     * @param int $id
     * @param array $columns
     */
    private static function note(int $id, array $columns): void {
        global $DB;
        $DB->update_record('palier_destination', ['id' => $id] + $columns);
    }

    /**
     * A text that fits.
     *
     * @param string $text
     * @return string
     */
    private static function cut(string $text): string {
        return \core_text::substr($text, 0, self::MAX_ERROR);
    }

    /**
     * Now.
     *
     * @return int
     */
    private static function now(): int {
        return di::get(clock::class)->time();
    }
}
