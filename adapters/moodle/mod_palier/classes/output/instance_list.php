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

/**
 * The adaptive tests of a course, as a table.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

namespace mod_palier\output;

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use stdClass;

/**
 * The list of a course's adaptive tests.
 */
class instance_list implements named_templatable, renderable {
    /**
     * The list of a course.
     *
     * @param stdClass $course
     */
    public function __construct(
        /** @var stdClass the course */
        protected stdClass $course,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/instance_list';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $modinfo = get_fast_modinfo($this->course);
        $rows = [];
        foreach ($modinfo->get_instances_of('palier') as $cm) {
            if ($cm->uservisible) {
                $rows[] = [
                    'name' => $cm->get_formatted_name(),
                    'url' => $cm->url->out(false),
                    'section' => get_section_name($this->course, $cm->sectionnum),
                    'dimmed' => !$cm->visible,
                ];
            }
        }
        return ['tests' => $rows, 'any' => (bool) $rows];
    }
}
