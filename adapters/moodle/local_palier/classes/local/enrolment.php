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

namespace local_palier\local;

use context_course;
use core_course_category;

/**
 * How the present user gets into the course of a training. Nobody is enrolled but by their own click.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class enrolment {
    /** @var string already in it. */
    public const IN = 'in';

    /** @var string one click enrols. */
    public const OPEN = 'open';

    /** @var string its page says how: with a key, by asking. */
    public const ASK = 'ask';

    /**
     * The way into a course.
     *
     * @param int $courseid
     * @return string|null one of the constants; null where they may not even see it
     */
    public static function way(int $courseid): ?string {
        global $USER;
        $course = get_course($courseid);
        return match (true) {
            is_enrolled(context_course::instance($courseid), $USER, '', true) =>
                $course->visible || has_capability('moodle/course:viewhiddencourses', context_course::instance($courseid))
                    ? self::IN : null,
            !core_course_category::can_view_course_info($course) => null,
            self::open_instance($courseid) !== null => self::OPEN,
            default => self::ASK,
        };
    }

    /**
     * Enrols the present user.
     *
     * @param int $courseid
     * @throws \moodle_exception where one click does not
     */
    public static function enrol(int $courseid): void {
        if (self::way($courseid) !== self::OPEN) {
            throw new \moodle_exception('step_cannotenrol', 'local_palier');
        }
        enrol_get_plugin('self')->enrol_self(self::open_instance($courseid));
    }

    /**
     * Self enrolment that asks for no key, and is open to the present user now.
     *
     * @param int $courseid
     * @return \stdClass|null
     */
    private static function open_instance(int $courseid): ?\stdClass {
        $open = array_filter(
            enrol_get_instances($courseid, true),
            fn($instance): bool => $instance->enrol === 'self' && !$instance->password
                && enrol_get_plugin('self')->can_self_enrol($instance) === true
        );
        return reset($open) ?: null;
    }
}
