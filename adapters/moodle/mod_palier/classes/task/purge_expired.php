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

use mod_palier\local\attempt\retention;
use mod_palier\local\bank\leftovers;

/**
 * Erases answers and results that are past the time that the site keeps them, and what belongs to nothing any more.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class purge_expired extends \core\task\scheduled_task {
    #[\Override]
    public function get_name() {
        return get_string('taskpurgeexpired', 'mod_palier');
    }

    #[\Override]
    public function execute() {
        $done = retention::purge();
        mtrace("{$done['results']} attempts erased, the answers of {$done['answers']} more.");
        $gone = leftovers::purge();
        mtrace("{$gone['parameters']} parameters of questions that are gone, {$gone['banks']} banks and {$gone['plans']} plans.");
    }
}
