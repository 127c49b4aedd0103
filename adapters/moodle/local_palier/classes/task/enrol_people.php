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

namespace local_palier\task;

use core\task\adhoc_task;
use core\task\manager;
use local_palier\local\campaigns;

/**
 * Enrols the people of a campaign that was launched for many.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class enrol_people extends adhoc_task {
    /**
     * Has them enrolled soon.
     *
     * @param int $id of the campaign
     */
    public static function request(int $id): void {
        $task = new self();
        $task->set_custom_data(['id' => $id]);
        manager::queue_adhoc_task($task, true);
    }

    #[\Override]
    public function get_name() {
        return get_string('task_enrol_people', 'local_palier');
    }

    #[\Override]
    public function execute() {
        campaigns::enrol((int) $this->get_custom_data()->id);
    }
}
