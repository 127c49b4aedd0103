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

use core\task\scheduled_task;
use local_palier\local\meetings;

/**
 * Reminds of the rendez-vous of the day to come, and deletes what is older than the site keeps.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class look_after_help extends scheduled_task {
    #[\Override]
    public function get_name() {
        return get_string('task_look_after_help', 'local_palier');
    }

    #[\Override]
    public function execute() {
        meetings::remind();
        meetings::forget();
    }
}
