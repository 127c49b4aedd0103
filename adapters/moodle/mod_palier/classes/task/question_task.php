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

/**
 * Something done to all attempts of an activity in which a question was asked. Done again after a failure, it goes on with
 * those to which it was not done.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class question_task extends adhoc_task {
    /**
     * Has it done by the next run of tasks.
     *
     * @param int $palierid
     * @param int $entryid question bank entry
     * @param int $userid who decided
     * @param string $reason what the learners are told
     */
    public static function queue(int $palierid, int $entryid, int $userid, string $reason): void {
        $task = new static();
        $task->set_component('mod_palier');
        $task->set_custom_data(['palierid' => $palierid, 'entryid' => $entryid, 'userid' => $userid, 'reason' => $reason]);
        manager::queue_adhoc_task($task, true);
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
                $this->correct((int) $row->id, (int) $row->slot, $row->item, (int) $data->userid, $data->reason);
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
     * Does it to one attempt.
     *
     * @param int $attemptid
     * @param int $slot
     * @param string $item
     * @param int $userid
     * @param string $reason
     */
    abstract protected function correct(int $attemptid, int $slot, string $item, int $userid, string $reason): void;
}
