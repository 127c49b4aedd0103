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

use context;

/**
 * An act in the organisation's programme: who did it, and in which course category or the system.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class programme_event extends \core\event\base {
    /**
     * Tells of it.
     *
     * @param context $context
     * @param array $other
     */
    public static function tell(context $context, array $other = []): void {
        static::create(['context' => $context, 'other' => $other])->trigger();
    }

    #[\Override]
    protected function init() {
        $this->data['crud'] = static::CRUD;
        $this->data['edulevel'] = self::LEVEL_OTHER;
    }

    #[\Override]
    public function get_url() {
        return new \moodle_url('/local/palier/' . static::PAGE . '.php', ['contextid' => $this->contextid]);
    }

    /**
     * Nothing to restore: it is in no course.
     *
     * @return bool
     */
    public static function get_other_mapping() {
        return false;
    }
}
