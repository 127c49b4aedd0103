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

namespace local_palier\output;

use context;
use local_palier\local\templates;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * The tests of a place, and which of them organisations below it may make campaigns of.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class templates_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param context $context
     */
    public function __construct(
        /** @var context a course category's or the system's. */
        private readonly context $context
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $own = templates::own($this->context);
        $shared = templates::shared($this->context);
        return [
            'rows' => array_map(fn(int $cmid, string $name): array => [
                'cmid' => $cmid,
                'name' => $name,
                'shared' => in_array($cmid, $shared, true),
            ], array_keys($own), $own),
            'action' => (new moodle_url('/local/palier/templates.php'))->out(false),
            'contextid' => $this->context->id,
            'sesskey' => sesskey(),
            'back' => (new moodle_url('/local/palier/campaigns.php', ['contextid' => $this->context->id]))->out(false),
        ];
    }
}
