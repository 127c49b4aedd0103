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

namespace mod_palier\local\attempt;

use core\clock;
use core\di;
use core\lock\lock_config;
use mod_palier\local\report\result_publisher;
use mod_palier\local\xapi\outbox;

/**
 * Sharing a result: from then on trainers see it, and its statements are sent.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class sharing {
    /**
     * Shares the result of an attempt that is over. Sharing twice is sharing once.
     *
     * @param int $attemptid
     * @return bool whether it is shared now and was not before
     */
    public static function share(int $attemptid): bool {
        return self::change(
            $attemptid,
            fn(attempt $attempt) => !$attempt->is_open() && !$attempt->preview && !$attempt->timeshared,
            di::get(clock::class)->time(),
            outbox::release(...),
            result_publisher::SHARED,
        );
    }

    /**
     * Takes the sharing back: trainers see the result no more, its grade goes, and what was not sent yet stays here.
     *
     * @param int $attemptid
     * @return bool whether it was shared and is no more
     */
    public static function withdraw(int $attemptid): bool {
        return self::change(
            $attemptid,
            fn(attempt $attempt) => $attempt->timeshared && attempt::is_private_plan($attempt->plan()),
            0,
            outbox::hold(...),
            result_publisher::WITHDRAWN,
        );
    }

    /**
     * Changes whether an attempt is shared, with its statements and what is to be published, at once or not at all.
     *
     * @param int $attemptid
     * @param callable $may whether this attempt may be changed so
     * @param int $time of the sharing, 0 for none
     * @param callable $statements what becomes of the attempt's statements
     * @param string $due what is to be published
     * @return bool whether it was changed
     */
    private static function change(int $attemptid, callable $may, int $time, callable $statements, string $due): bool {
        global $DB;
        $lock = lock_config::get_lock_factory('mod_palier_attempt')->get_lock((string) $attemptid, step::LOCK_SECONDS);
        if (!$lock) {
            return false;
        }
        try {
            $attempt = attempt_repository::load($attemptid);
            if (!$may($attempt)) {
                return false;
            }
            $transaction = $DB->start_delegated_transaction();
            try {
                $attempt->timeshared = $time;
                $DB->set_field('palier_attempt', 'timeshared', $time, ['id' => $attempt->id]);
                $statements($attempt);
                result_publisher::note($attempt, $due);
                $transaction->allow_commit();
            } catch (\Throwable $e) {
                $transaction->rollback($e);
            }
        } finally {
            $lock->release();
        }
        result_publisher::publish($attempt, $due);
        return true;
    }
}
