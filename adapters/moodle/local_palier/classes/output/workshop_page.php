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

use local_palier\local\slots;
use local_palier\local\workshops;
use moodle_url;
use renderable;
use renderer_base;
use stdClass;
use templatable;

/**
 * The sessions of a workshop, to be printed: name, date, place, people.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class workshop_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param stdClass $workshop
     */
    public function __construct(
        /** @var stdClass row. */
        private readonly stdClass $workshop
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        global $DB;
        $workshop = $this->workshop;
        $sessions = workshops::sessions((int) $workshop->id);
        $course = $DB->get_record('course', ['id' => $workshop->courseid]);
        $place = $course ? \context_course::instance($course->id) : null;
        return [
            'competence' => helpers_page::name(
                $workshop->framework,
                $workshop->competence,
                \context::instance_by_id($workshop->contextid)
            ),
            'level' => get_string('level', 'local_palier', $workshop->level),
            'course' => $course ? format_string($course->fullname, true, ['context' => $place, 'escape' => false]) : '',
            'sessions' => array_map(fn(array $session): array => [
                'when' => $session['timestart']
                    ? slots::when((object) ['timestart' => $session['timestart']]) : get_string('session_later', 'local_palier'),
                'haspeople' => (bool) $session['people'],
            ] + $session, $sessions),
            'has' => (bool) $sessions,
            'back' => (new moodle_url('/local/palier/workshops.php', ['contextid' => $workshop->contextid]))->out(false),
        ];
    }
}
