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
use mod_palier\local\calibration\calibration;
use mod_palier\local\calibration\calibrator;

/**
 * Makes a calibration: no page waits for it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class calibrate extends adhoc_task {
    #[\Override]
    public function get_name() {
        return get_string('task_calibrate', 'mod_palier');
    }

    /**
     * Has it made by the next run of tasks.
     *
     * @param int $id of palier_calibration
     * @param int $userid who may read the answers
     */
    public static function queue(int $id, int $userid): void {
        $task = new self();
        $task->set_component('mod_palier');
        $task->set_custom_data(['id' => $id]);
        $task->set_userid($userid);
        manager::queue_adhoc_task($task);
    }

    #[\Override]
    public function execute() {
        global $DB;
        $row = $DB->get_record('palier_calibration', ['id' => $this->get_custom_data()->id]);
        // One that was deleted meanwhile is no fault, and one that failed is not made again.
        if ($row && in_array($row->state, [calibration::WAITING, calibration::RUNNING])) {
            raise_memory_limit(MEMORY_HUGE);
            (new calibrator($row))->run();
        }
    }
}
