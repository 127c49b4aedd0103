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

namespace local_palier\event;

/**
 * Somebody took a plan of action away as a file.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class actions_exported extends programme_event {
    /** @var string what it does with what it is about. */
    protected const CRUD = 'r';

    /** @var string page that it belongs to. */
    protected const PAGE = 'actions';

    #[\Override]
    public static function get_name() {
        return get_string('event_actions_exported', 'local_palier');
    }

    #[\Override]
    public function get_description() {
        return "The user with id '{$this->userid}' exported the plan of action in the context with id '{$this->contextid}'.";
    }
}
