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
use mod_palier\hook\next_steps_below;
use mod_palier\local\attempt\attempt;
use mod_palier\local\contest\contest_access;
use mod_palier\local\scales\map_plan;
use mod_palier\local\scales\urgent_scales;
use stdClass;

/**
 * What to do next, by level: one to three things that the teacher proposes below a result. Of a map some are for a competence:
 * those of the most urgent ones come first ({@see urgent_scales}), of each its first, then of each its second, and after
 * them those for all together.
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
     * @param stdClass[] $steps scale (null: all together), levellow and levelhigh (null: any level),
     *     kind, target, text
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
                'scale' => ($step->scale ?? '') === '' ? null : $step->scale,
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
     * @param int|null $level null without levels or a result, or where it is not told: then only what is for any level
     * @param array $known of a map, the engine's state
     * @return array of ['text', 'link', 'linktext', 'competence' (its name, empty where it is for all)], plain text
     */
    public function shown(?int $level, array $known = []): array {
        $all = $this->all();
        $rounds = [];
        foreach (urgent_scales::of($known) as $id => $scale) {
            foreach (self::those_for($all, (string) $id, $scale['low'], $scale['high']) as $round => $step) {
                $rounds[$round][] = [$step, $scale['name']];
            }
        }
        ksort($rounds);
        $together = array_map(fn(stdClass $step): array => [$step, ''], self::those_for($all, null, $level, $level));
        $shown = [];
        foreach (array_merge(...$rounds, ...[$together]) as [$step, $name]) {
            $one = $this->one($step);
            if ($one && count($shown) < self::SHOWN) {
                $shown[] = $one + ['competence' => $name];
            }
        }
        return $shown;
    }

    /**
     * What is shown after a question of a practice: the first step for its competence that the reader may open, else the first
     * for all together.
     *
     * @param string $scale of the question
     * @param int|null $level as in {@see shown()}
     * @param array $known the engine's state
     * @return array|null ['text', 'link', 'linktext']
     */
    public function after_question(string $scale, ?int $level, array $known): ?array {
        $all = $this->all();
        $found = empty($known['known']) ? [] : array_column($known['scales'], null, 'id')[$scale] ?? [];
        $steps = [
            ...self::those_for($all, $scale, ...urgent_scales::levels($found)),
            ...self::those_for($all, null, $level, $level),
        ];
        foreach ($steps as $step) {
            if ($one = $this->one($step)) {
                return $one;
            }
        }
        return null;
    }

    /**
     * What is below the result of an attempt: the teacher's steps, then those that other plugins propose. A result is no dead end:
     * where there is none for this learner, it says whom to talk to, or leads back to the course.
     *
     * @param attempt $attempt
     * @return array as of {@see shown()}; nothing for other readers
     */
    public static function below(attempt $attempt): array {
        global $USER;
        if ($attempt->userid != $USER->id && !$attempt->preview) {
            return [];
        }
        $known = $attempt->known();
        $shown = (new self($attempt->palierid))->shown(!empty($known['known']) ? $attempt->level : null, $known);
        if (count($shown) < self::SHOWN && !$attempt->preview) {
            array_push($shown, ...next_steps_below::ask((int) $attempt->cm()->id, $attempt->userid));
        }
        if ($shown) {
            return array_slice($shown, 0, self::SHOWN);
        }
        $names = array_map('fullname', array_slice(contest_access::deciders($attempt), 0, self::SHOWN));
        if ($names) {
            $text = get_string('nextstep_talk', 'mod_palier', implode(', ', $names));
            return [['text' => $text, 'link' => '', 'linktext' => '', 'competence' => '']];
        }
        $course = $attempt->course();
        return [[
            'text' => get_string('nextstep_backtocourse', 'mod_palier'),
            'link' => (new url('/course/view.php', ['id' => $course->id]))->out(false),
            'linktext' => self::name($course),
            'competence' => '',
        ]];
    }

    /**
     * The steps for a competence and the levels that are likely.
     *
     * @param stdClass[] $steps
     * @param string|null $scale null for all together
     * @param int|null $low null where no level is known
     * @param int|null $high
     * @return stdClass[]
     */
    private static function those_for(array $steps, ?string $scale, ?int $low, ?int $high): array {
        return array_values(array_filter(
            $steps,
            fn(stdClass $step) => $step->scale === $scale && self::is_for($step, $low, $high)
        ));
    }

    /**
     * Whether a step is for levels that are likely.
     *
     * @param stdClass $step
     * @param int|null $low null where no level is known
     * @param int|null $high
     * @return bool
     */
    private static function is_for(stdClass $step, ?int $low, ?int $high): bool {
        if ($step->levellow === null && $step->levelhigh === null) {
            return true;
        }
        return $low !== null && ($step->levellow === null || $low >= $step->levellow)
            && ($step->levelhigh === null || $high <= $step->levelhigh);
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
        $name = self::name($course);
        return [(new url('/course/view.php', ['id' => $id]))->out(false), $name];
    }

    /**
     * The name of a course.
     *
     * @param stdClass $course
     * @return string plain text
     */
    private static function name(stdClass $course): string {
        $options = ['context' => \core\context\course::instance($course->id), 'escape' => false];
        return format_string($course->fullname, true, $options);
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
        return $cm && $cm->uservisible && $cm->url ? [$cm->url->out(false), $cm->get_formatted_name(['escape' => false])] : null;
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
     * The competences of a map, for a menu. One that has left the plan stays there as long as a step is for it.
     *
     * @param array $plan
     * @param stdClass[] $steps rows of palier_nextstep
     * @return string[] name by id; none where it is no map
     */
    public static function scales(array $plan, array $steps): array {
        if (!map_plan::is($plan)) {
            return [];
        }
        $scales = [];
        foreach ($plan['scales'] as $scale) {
            if ($scale['reported'] ?? true) {
                $scales[$scale['id']] = plan_text::of($scale['name'] ?? '') ?: $scale['id'];
            }
        }
        foreach (array_filter(array_column($steps, 'scale'), fn(?string $id) => $id !== null) as $id) {
            $scales[$id] ??= $id;
        }
        return $scales;
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
