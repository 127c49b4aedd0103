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

use core\lock\lock_config;
use mod_palier\local\report\result_publisher;
use moodle_exception;

/**
 * Something that somebody other than the learner does to an attempt: in its lock and one transaction, and what comes of it
 * is noted in them and published after.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class attempt_change {
    /**
     * Does it.
     *
     * @param int $attemptid
     * @param \Closure $work is given the attempt, gives what is due of result_publisher's, or null for nothing
     * @return attempt as it is after it
     */
    public static function make(int $attemptid, \Closure $work): attempt {
        global $DB;
        $lock = lock_config::get_lock_factory('mod_palier_attempt')->get_lock((string) $attemptid, step::LOCK_SECONDS);
        if (!$lock) {
            throw new moodle_exception('busy', 'mod_palier');
        }
        try {
            $transaction = $DB->start_delegated_transaction();
            try {
                $attempt = attempt_repository::load($attemptid);
                $due = $work($attempt);
                if ($due !== null) {
                    result_publisher::note($attempt, $due);
                }
                $transaction->allow_commit();
            } catch (\Throwable $e) {
                $transaction->rollback($e);
            }
        } finally {
            $lock->release();
        }
        if ($due !== null) {
            result_publisher::publish($attempt, $due);
        }
        return $attempt;
    }
}
