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

namespace mod_palier\task;

use core\task\adhoc_task;
use core\task\manager;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\correction;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_actions;
use mod_palier\local\contest\contest_messages;
use mod_palier\local\contest\contest_repository;

/**
 * Drops a question that one learner contested from all attempts of the activity in which it was asked. Done again after
 * a failure, it goes on with those that still have it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class drop_question extends adhoc_task {
    /**
     * Has it done by the next run of tasks.
     *
     * @param contest $contest about the question
     * @param int $userid who decided
     * @param string $reason
     */
    public static function queue(contest $contest, int $userid, string $reason): void {
        $task = new self();
        $task->set_component('mod_palier');
        $task->set_custom_data([
            'palierid' => $contest->palierid,
            'entryid' => $contest->attempt()->bank()->entry_of((string) $contest->item),
            'userid' => $userid,
            'reason' => $reason,
        ]);
        manager::queue_adhoc_task($task, true);
    }

    #[\Override]
    public function get_name() {
        return get_string('task_drop_question', 'mod_palier');
    }

    #[\Override]
    public function execute() {
        global $DB;
        $data = $this->get_custom_data();
        $asked = $DB->get_recordset_sql(
            "SELECT a.id, e.slot, i.item
               FROM {palier_attempt} a
               JOIN {palier_event} e ON e.attemptid = a.id AND e.type = 'asked'
               JOIN {question_versions} v ON v.questionid = e.questionid AND v.questionbankentryid = :entryid
               JOIN {palier_bank_item} i ON i.bankid = a.bankid AND i.questionbankentryid = v.questionbankentryid
              WHERE a.palierid = :palierid AND a.preview = 0
           ORDER BY a.id",
            ['palierid' => $data->palierid, 'entryid' => $data->entryid]
        );
        $failed = null;
        foreach ($asked as $row) {
            try {
                $this->drop((int) $row->id, (int) $row->slot, $row->item, (int) $data->userid, $data->reason);
            } catch (\Throwable $e) {
                // One that cannot be corrected now keeps no other from it.
                mtrace("Attempt $row->id: " . $e->getMessage());
                $failed = $e;
            }
        }
        $asked->close();
        if ($failed) {
            throw $failed;
        }
    }

    /**
     * Drops it from one attempt: by the learner's own thread where there is one.
     *
     * @param int $attemptid
     * @param int $slot
     * @param string $item
     * @param int $userid
     * @param string $reason
     */
    private function drop(int $attemptid, int $slot, string $item, int $userid, string $reason): void {
        $contest = contest_repository::find($attemptid, contest::QUESTION, $slot);
        if ($contest) {
            if ($contest->status !== contest::DROPPED) {
                contest_actions::decide($contest, $userid, contest::DROPPED, $reason);
            }
        } else if (correction::drop($attemptid, $item, $slot, $reason, $userid)) {
            contest_messages::corrected(attempt_repository::load($attemptid), $slot, $userid, $reason);
        }
    }
}
