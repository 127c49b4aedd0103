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
use mod_palier\local\test\reminders;

/**
 * Reminds those who have not begun one test that closes soon.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class send_reminders extends adhoc_task {
    /**
     * Has it done by the next run of tasks.
     *
     * @param int $palierid
     * @param int $since until when was reminded before
     * @param int $now until when is reminded now
     */
    public static function queue(int $palierid, int $since, int $now): void {
        $task = new self();
        $task->set_component('mod_palier');
        $task->set_custom_data(['palierid' => $palierid, 'since' => $since, 'now' => $now]);
        manager::queue_adhoc_task($task);
    }

    #[\Override]
    public function get_name() {
        return get_string('tasksendreminders', 'mod_palier');
    }

    #[\Override]
    public function execute() {
        $data = $this->get_custom_data();
        mtrace(reminders::send((int) $data->palierid, (int) $data->since, (int) $data->now) . ' people reminded.');
    }
}
