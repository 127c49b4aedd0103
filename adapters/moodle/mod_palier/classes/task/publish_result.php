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

use mod_palier\local\report\result_publisher;

/**
 * Repeats a publication of a result that failed; Moodle tries again, later and later, until it works.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class publish_result extends \core\task\adhoc_task {
    /**
     * Puts a learner's result in the queue, once.
     *
     * @param int $palierid
     * @param int $userid
     */
    public static function queue(int $palierid, int $userid): void {
        $task = new self();
        $task->set_component('mod_palier');
        $task->set_custom_data(['palierid' => $palierid, 'userid' => $userid]);
        \core\task\manager::queue_adhoc_task($task, true);
    }

    #[\Override]
    public function get_name() {
        return get_string('taskpublishresult', 'mod_palier');
    }

    #[\Override]
    public function execute() {
        $data = $this->get_custom_data();
        result_publisher::publish_now((int) $data->palierid, (int) $data->userid);
    }
}
