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

namespace mod_palier\output;

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use mod_palier\local\test\override_store;
use moodle_url;
use stdClass;

/**
 * What is other for people and groups, as a table.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class overrides_page implements named_templatable, renderable {
    /**
     * The page.
     *
     * @param override_store $store
     * @param moodle_url $url this page
     */
    public function __construct(
        /** @var override_store */
        private readonly override_store $store,
        /** @var moodle_url this page. */
        private readonly moodle_url $url
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/overrides_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $rows = array_values($this->store->all());
        return [
            'rows' => array_map($this->row(...), $rows),
            'hasrows' => (bool) $rows,
            'addurl' => (new moodle_url($this->url, ['edit' => 0]))->out(false),
            'action' => $this->url->out(false),
            'sesskey' => sesskey(),
        ];
    }

    /**
     * One thing that is other.
     *
     * @param string $what key of its name
     * @param string $value
     * @return string
     */
    private static function line(string $what, string $value): string {
        return get_string('overrideline', 'mod_palier', ['what' => get_string($what, 'mod_palier'), 'value' => $value]);
    }

    /**
     * One row.
     *
     * @param stdClass $row
     * @return array
     */
    private function row(stdClass $row): array {
        $format = get_string('strftimedatetimeshort', 'core_langconfig');
        $said = [];
        foreach (['timeopen', 'timeclose'] as $date) {
            if ($row->$date !== null) {
                $said[] = self::line($date, $row->$date ? userdate($row->$date, $format) : '–');
            }
        }
        if ($row->attempts !== null) {
            $said[] = self::line('maxattempts', $row->attempts ?: get_string('unlimited'));
        }
        if ($row->extratime !== null) {
            $said[] = self::line('overrideextratime', get_string('overridepercent', 'mod_palier', $row->extratime));
        }
        if ($row->password !== null) {
            $said[] = get_string('overrideownpassword', 'mod_palier');
        }
        return [
            'id' => $row->id,
            'name' => $row->userid === null ? get_string('overridegroup', 'mod_palier', $row->name) : $row->name,
            'said' => array_map(fn($text) => ['text' => $text], $said),
            'reason' => (string) $row->reason,
            'editurl' => (new moodle_url($this->url, ['edit' => $row->id]))->out(false),
        ];
    }
}
