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

use context;
use core\task\adhoc_task;
use core\task\manager;
use local_palier\event\gaps_requested;
use local_palier\local\gap_counting;

/**
 * Counts how many people of each job reach what it asks, because somebody wanted it.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class count_gaps extends adhoc_task {
    /**
     * Has it counted soon. Asked twice it is done once.
     *
     * @param context $context
     */
    public static function request(context $context): void {
        manager::queue_adhoc_task(self::of($context), true);
        gaps_requested::tell($context);
    }

    /**
     * Whether it is about to be counted.
     *
     * @param context $context
     * @return bool
     */
    public static function is_waiting(context $context): bool {
        $data = self::of($context)->get_custom_data();
        return (bool) array_filter(manager::get_adhoc_tasks(self::class), fn($task) => $task->get_custom_data() == $data);
    }

    #[\Override]
    public function get_name() {
        return get_string('task_count_gaps', 'local_palier');
    }

    #[\Override]
    public function execute() {
        $context = context::instance_by_id($this->get_custom_data()->contextid, IGNORE_MISSING);
        if ($context) {
            gap_counting::run($context);
        }
    }

    /**
     * The task of a context.
     *
     * @param context $context
     * @return self
     */
    private static function of(context $context): self {
        $task = new self();
        $task->set_custom_data(['contextid' => (int) $context->id]);
        return $task;
    }
}
