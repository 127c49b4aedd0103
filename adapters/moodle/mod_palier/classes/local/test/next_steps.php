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

namespace mod_palier\local\test;

use core\context\module as context_module;
use core\url;
use stdClass;

/**
 * What to do next, by level: one to three things that the teacher proposes below a result.
 *
 * Each is a text, with a course, an activity of this course or a person where it says so. A learner sees only what that
 * learner may open.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class next_steps {
    /** @var string[] kinds. */
    public const KINDS = ['text', 'course', 'activity', 'person'];

    /** @var int how many are shown below a result. */
    public const SHOWN = 3;

    /** @var int how many an activity may have. */
    public const MOST = 60;

    /**
     * Of an activity.
     *
     * @param int $palierid
     */
    public function __construct(
        /** @var int the activity */
        protected int $palierid,
    ) {
    }

    /**
     * All of them, in order.
     *
     * @return stdClass[] rows of palier_nextstep
     */
    public function all(): array {
        global $DB;
        return array_values($DB->get_records('palier_nextstep', ['palierid' => $this->palierid], 'sortorder, id'));
    }

    /**
     * Replaces them.
     *
     * @param stdClass[] $steps levellow and levelhigh (null: any level), kind, target, text
     */
    public function save(array $steps): void {
        global $DB;
        $transaction = $DB->start_delegated_transaction();
        $DB->delete_records('palier_nextstep', ['palierid' => $this->palierid]);
        $rows = [];
        foreach (array_slice(array_values($steps), 0, self::MOST) as $place => $step) {
            $rows[] = (object) [
                'palierid' => $this->palierid,
                'sortorder' => $place,
                'levellow' => $step->levellow,
                'levelhigh' => $step->levelhigh,
                'kind' => in_array($step->kind, self::KINDS, true) ? $step->kind : 'text',
                'target' => $step->kind === 'text' ? 0 : (int) $step->target,
                'text' => trim((string) $step->text),
            ];
        }
        if ($rows) {
            $DB->insert_records('palier_nextstep', $rows);
        }
        $transaction->allow_commit();
    }

    /**
     * What is shown to a reader below a result: the first ones that are for its level and that the reader may open.
     *
     * @param int|null $level null without levels or without a result: then only what is for any level
     * @return array of ['text', 'link', 'linktext']
     */
    public function shown(?int $level): array {
        $shown = [];
        foreach ($this->all() as $step) {
            $any = $step->levellow === null && $step->levelhigh === null;
            $within = $level !== null && ($step->levellow === null || $level >= $step->levellow)
                && ($step->levelhigh === null || $level <= $step->levelhigh);
            if (!$any && !$within) {
                continue;
            }
            $one = $this->one($step);
            if ($one && count($shown) < self::SHOWN) {
                $shown[] = $one;
            }
        }
        return $shown;
    }

    /**
     * One of them as the reader sees it.
     *
     * @param stdClass $step
     * @return array|null null where the reader cannot use it
     */
    private function one(stdClass $step): ?array {
        $link = match ($step->kind) {
            'course' => self::course((int) $step->target),
            'activity' => $this->activity((int) $step->target),
            'person' => self::person((int) $step->target),
            default => ['', ''],
        };
        $text = trim((string) $step->text);
        if (!$link || ($text === '' && $link[1] === '')) {
            return null;
        }
        return ['text' => $text, 'link' => $link[0], 'linktext' => $link[1]];
    }

    /**
     * A course that the reader may open, or see.
     *
     * @param int $id
     * @return array|null
     */
    private static function course(int $id): ?array {
        global $DB;
        $course = $id > SITEID ? $DB->get_record('course', ['id' => $id]) : false;
        if (!$course || !\core_course_category::can_view_course_info($course) && !can_access_course($course)) {
            return null;
        }
        $name = format_string($course->fullname, true, ['context' => \core\context\course::instance($id)]);
        return [(new url('/course/view.php', ['id' => $id]))->out(false), $name];
    }

    /**
     * An activity of this course that the reader may open.
     *
     * @param int $cmid
     * @return array|null
     */
    private function activity(int $cmid): ?array {
        global $DB;
        $courseid = $DB->get_field('palier', 'course', ['id' => $this->palierid]);
        $cm = get_fast_modinfo($courseid)->cms[$cmid] ?? null;
        return $cm && $cm->uservisible && $cm->url ? [$cm->url->out(false), $cm->get_formatted_name()] : null;
    }

    /**
     * A person, with a way to write where the site has one.
     *
     * @param int $userid
     * @return array|null
     */
    private static function person(int $userid): ?array {
        global $CFG, $USER;
        $person = $userid ? \core_user::get_user($userid) : false;
        if (!$person || $person->deleted || $person->suspended) {
            return null;
        }
        $link = empty($CFG->messaging) || $userid == $USER->id
            ? '' : (new url('/message/index.php', ['id' => $userid]))->out(false);
        return [$link, fullname($person)];
    }

    /**
     * The people whom a teacher may name: those who see the results of learners here.
     *
     * @param context_module $context
     * @return string[] name by user id
     */
    public static function people(context_module $context): array {
        $fields = \core_user\fields::for_name()->get_sql('u', false, '', '', false)->selects;
        $people = get_users_by_capability($context, 'mod/palier:viewreports', "u.id, $fields", 'u.lastname, u.firstname');
        return array_map(fn($person) => fullname($person), $people);
    }
}
