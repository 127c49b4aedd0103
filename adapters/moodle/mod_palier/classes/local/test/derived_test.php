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

use context_module;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;
use mod_palier\local\engine\json_text;
use mod_palier\local\scales\map_plan;
use mod_palier\local\scales\scale_source;
use moodle_exception;
use stdClass;

/**
 * A test made of another one: with some of its competences, with a top level, shorter, or one that asks whether a level is
 * reached; its results belong to the learner until they are shared.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class derived_test {
    /** @var array columns that the new activity has as the other one. */
    private const SAME = ['scalesource' => '', 'grademethod' => 'last', 'selfplacement' => null];

    /** @var stdClass row of the activity that it is made of. */
    private readonly stdClass $palier;

    /** @var string its plan, JSON. */
    public readonly string $plan;

    /**
     * Constructor.
     *
     * @param int $cmid course module of the activity that it is made of
     * @param array $scope as {@see \mod_palier\api::check_test_of()} takes it
     * @throws moodle_exception where such a test makes no sense, with what would
     */
    public function __construct(
        /** @var int course module of the activity that it is made of. */
        private readonly int $cmid,
        /** @var array what it asks of that one. */
        private readonly array $scope
    ) {
        global $DB;
        [, $cm] = get_course_and_cm_from_cmid($cmid, 'palier');
        $this->palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
        $plan = json_text::decode($this->palier->plan);
        if (($plan['purpose'] ?? '') === 'practice') {
            throw new moodle_exception('derived_practice', 'mod_palier');
        }
        if ($scope['scales'] ?? []) {
            $plan = self::with_scales($plan, $scope['scales']);
        }
        if (isset($scope['top']) && !map_plan::is($plan)) {
            $plan['levels'] = self::with_top($plan['levels'] ?? [], $scope['top']);
        }
        if (map_plan::is($plan) && (isset($scope['top']) || ($scope['tops'] ?? []))) {
            $plan = self::with_tops($plan, $scope);
        }
        if (isset($scope['questions'])) {
            $plan['stop']['max_items'] = $scope['questions'];
            $plan['stop']['min_items'] = min($plan['stop']['min_items'] ?? 0, $scope['questions']);
        }
        if (isset($scope['floor'])) {
            $plan = self::with_floor($plan, $scope['floor']);
        }
        $plan['visibility'] = 'after_sharing';
        $this->plan = json_text::encode($plan);
    }

    /**
     * Whether it can run, and what it would be like.
     *
     * @return check
     */
    public function check(): check {
        $builder = bank_builder::for_instance((int) $this->palier->id, context_module::instance($this->cmid), $this->plan);
        return check::run($builder, $this->plan);
    }

    /**
     * In one line, what it would be like: of several competences with the margin of all together and of the least certain.
     *
     * @param check $check of check()
     * @return string
     */
    public static function summary(check $check): string {
        $overall = array_column($check->feasibility['composites'] ?? [], 'margin_levels', 'kind')['overall'] ?? null;
        $margins = array_filter(array_column($check->feasibility['scales'] ?? [], 'margin_levels'), is_numeric(...));
        return $overall === null || !$margins ? $check->summary() : get_string('derived_summary', 'mod_palier', [
            'summary' => $check->summary(),
            'overall' => format_float($overall, 1),
            'competence' => format_float(max($margins), 1),
        ]);
    }

    /**
     * Makes it, with the same questions and next steps, before which comes whoever helps. In another course what leads to an
     * activity or a person of the first one is left out.
     *
     * @param string $name
     * @param int $timeopen
     * @param int $timeclose
     * @return int course module
     */
    public function make(string $name, int $timeopen, int $timeclose): int {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/course/modlib.php');
        $course = get_course($this->scope['course'] ?? $this->palier->course);
        $module = add_moduleinfo((object) ([
            'modulename' => 'palier',
            'module' => $DB->get_field('modules', 'id', ['name' => 'palier'], MUST_EXIST),
            'course' => $course->id,
            'section' => 0,
            'visible' => 1,
            'visibleoncoursepage' => 1,
            'cmidnumber' => '',
            'groupmode' => NOGROUPS,
            'introeditor' => ['text' => '', 'format' => FORMAT_HTML, 'itemid' => 0],
            'name' => $name,
            'plan' => $this->plan,
            'grade' => 0,
            'timeopen' => $timeopen,
            'timeclose' => $timeclose,
            'completionresult' => 0,
        ] + $this->same()), $course);
        $filter = ['cmid' => (int) $module->coursemodule] + question_filter::load((int) $this->palier->id);
        question_filter::save((int) $module->instance, context_module::instance($module->coursemodule), $filter);
        $steps = array_filter(
            (new next_steps((int) $this->palier->id))->all(),
            fn(stdClass $step): bool => $step->text !== ($this->scope['instead'] ?? null)
                && ($course->id == $this->palier->course || in_array($step->kind, ['text', 'course'], true))
        );
        (new next_steps((int) $module->instance))->save([...$this->help(), ...$steps]);
        return (int) $module->coursemodule;
    }

    /**
     * Whoever helps, as a next step: of a test that asks whether a level is reached for those below it, else for everybody.
     *
     * @return stdClass[] one at most
     */
    private function help(): array {
        $text = trim((string) ($this->scope['help'] ?? ''));
        return $text === '' ? [] : [(object) [
            'levellow' => null,
            'levelhigh' => isset($this->scope['floor']) ? $this->scope['floor'] - 1 : null,
            'kind' => 'text',
            'text' => $text,
        ]];
    }

    /**
     * What it has as the other one. With some of the competences it keeps these, whatever its questions say later.
     *
     * @return array
     */
    private function same(): array {
        $same = array_intersect_key((array) $this->palier, self::SAME);
        return ($this->scope['scales'] ?? [] ? ['scalesource' => scale_source::PLAN] : []) + $same;
    }

    /**
     * A plan of some of its competences.
     *
     * @param array $plan
     * @param string[] $ids
     * @return array
     */
    private static function with_scales(array $plan, array $ids): array {
        $all = map_plan::is($plan) ? $plan['scales'] : [];
        $kept = array_filter($all, fn(array $scale): bool => in_array((string) $scale['id'], $ids, true));
        if (count($kept) < 2 || count($kept) < count($ids)) {
            throw new moodle_exception('derived_scales', 'mod_palier');
        }
        $plan['scales'] = array_values($kept);
        $domains = array_column($kept, 'domain');
        if (isset($plan['map']['domains'])) {
            $plan['map']['domains'] = array_values(array_filter(
                $plan['map']['domains'],
                fn(array $domain): bool => in_array($domain['id'], $domains)
            ));
        }
        $correlation = $plan['map']['correlation'] ?? null;
        if (is_array($correlation) && array_is_list($correlation)) {
            $rows = array_intersect_key($correlation, $kept);
            $plan['map']['correlation'] = array_values(array_map(
                fn(array $row): array => array_values(array_intersect_key($row, $kept)),
                $rows
            ));
        }
        return $plan;
    }

    /**
     * A plan that asks whether a level is reached, and nothing else: it ends when that is decided, or at the length of the
     * plan's section "floor" (docs/plan.md).
     *
     * @param array $plan
     * @param int $level
     * @return array
     */
    private static function with_floor(array $plan, int $level): array {
        $first = $plan['levels']['first'] ?? 0;
        if (map_plan::is($plan)) {
            throw new moodle_exception('derived_floor_map', 'mod_palier');
        }
        if ($level <= $first || $level > $first + count($plan['levels']['cuts'] ?? [])) {
            throw new moodle_exception('derived_floor', 'mod_palier');
        }
        unset($plan['stop'], $plan['threshold'], $plan['classification']);
        $plan['floor'] = ['level' => $level];
        return $plan;
    }

    /**
     * A map that asks about each competence up to its top level, never above that of the map it is made of. What a level above
     * a top was wanted of is wanted no more: it could not be told.
     *
     * @param array $plan
     * @param array $scope top of all, or tops by scale
     * @return array
     */
    private static function with_tops(array $plan, array $scope): array {
        [$first, $last] = plan_levels::ends($plan['levels'] ?? null) ?? [0, 0];
        $before = map_plan::top_levels($plan);
        $tops = [];
        foreach (array_column($plan['scales'], 'id') as $id) {
            $top = $scope['tops'][$id] ?? $scope['top'] ?? $last;
            if ($top <= $first || $top > $last) {
                throw new moodle_exception('derived_top', 'mod_palier');
            }
            $tops[$id] = min($top, $before[$id] ?? $last);
        }
        map_plan::tops($plan, $tops);
        $beyond = map_plan::beyond_top($plan);
        foreach ($plan['scales'] as &$scale) {
            if (in_array($scale['id'], $beyond, true)) {
                unset($scale['required_theta']);
            }
        }
        return $plan;
    }

    /**
     * Levels up to a top: whoever is above it is told the top.
     *
     * @param array $levels
     * @param int $top
     * @return array
     */
    private static function with_top(array $levels, int $top): array {
        $cuts = $levels['cuts'] ?? [];
        $above = $top - ($levels['first'] ?? 0);
        if ($above < 1 || $above > count($cuts)) {
            throw new moodle_exception('derived_top', 'mod_palier');
        }
        $levels['cuts'] = array_slice($cuts, 0, $above);
        foreach (['names', 'descriptions'] as $texts) {
            if (isset($levels[$texts])) {
                $levels[$texts] = array_slice($levels[$texts], 0, $above + 1);
            }
        }
        return $levels;
    }
}
