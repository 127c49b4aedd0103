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

namespace mod_palier\local\calibration;

/**
 * The activities of a choice's courses whose answers the present user may read.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class sources {
    /** @var array what may be read with which capability. */
    private const MODULES = ['quiz' => 'mod/quiz:viewreports', 'palier' => 'mod/palier:viewreports'];

    /** @var int courses that may be chosen at most: the menu is searched by typing. */
    private const MAXCOURSES = 2000;

    /** @var int[][] instances by module. */
    public array $instances = ['quiz' => [], 'palier' => []];

    /** @var int activities whose answers the user may not read. */
    public int $closed = 0;

    /**
     * Of a choice.
     *
     * @param choice $choice
     */
    public function __construct(choice $choice) {
        $wanted = array_filter(['quiz' => $choice->quizzes, 'palier' => $choice->tests]);
        foreach ($choice->courses as $courseid) {
            foreach (array_intersect_key(self::MODULES, $wanted) as $module => $capability) {
                foreach (self::activities($module, $courseid) as $contextid => $instance) {
                    if (has_capability($capability, \context::instance_by_id($contextid))) {
                        $this->instances[$module][] = $instance;
                    } else {
                        $this->closed++;
                    }
                }
            }
        }
    }

    /**
     * Courses to choose from.
     *
     * @return string[] id => name
     */
    public static function courses(): array {
        $names = [];
        foreach (self::MODULES as $capability) {
            $courses = get_user_capability_course($capability, null, true, 'fullname', 'sortorder', self::MAXCOURSES) ?: [];
            foreach ($courses as $course) {
                $context = \context_course::instance($course->id);
                $names[$course->id] = format_string($course->fullname, true, ['context' => $context]);
            }
        }
        return $names;
    }

    /**
     * Groups of courses.
     *
     * @param int[] $courses
     * @return string[] id => name
     */
    public static function groups(array $courses): array {
        $names = [];
        $open = array_intersect_key(self::courses(), array_flip($courses));
        foreach ($open as $courseid => $course) {
            foreach (groups_get_all_groups($courseid) as $group) {
                $name = format_string($group->name, true, ['context' => \context_course::instance($courseid)]);
                $names[$group->id] = count($open) > 1 ? "$name ($course)" : $name;
            }
        }
        return $names;
    }

    /**
     * The activities of a course.
     *
     * @param string $module
     * @param int $courseid
     * @return int[] instances by context
     */
    private static function activities(string $module, int $courseid): array {
        global $DB;
        return array_map('intval', $DB->get_records_sql_menu(
            'SELECT c.id, cm.instance
               FROM {course_modules} cm
               JOIN {modules} m ON m.id = cm.module AND m.name = :module
               JOIN {context} c ON c.instanceid = cm.id AND c.contextlevel = :level
              WHERE cm.course = :course AND cm.deletioninprogress = 0
           ORDER BY cm.id',
            ['module' => $module, 'level' => CONTEXT_MODULE, 'course' => $courseid]
        ));
    }
}
