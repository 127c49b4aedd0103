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
 * Somebody took a document of a campaign's kit away as a file.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class kit_exported extends campaign_event {
    /** @var string what it does with what it is about. */
    protected const CRUD = 'r';

    /** @var string what was done, in a sentence of the log. */
    protected const DONE = 'took away a document of';

    #[\Override]
    public static function get_name() {
        return get_string('event_kit_exported', 'local_palier');
    }
}
