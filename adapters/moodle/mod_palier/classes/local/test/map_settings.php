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

use mod_palier\local\attempt\self_placement;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\engine\json_text;
use mod_palier\local\report\grader;
use mod_palier\local\report\scale_grades;
use mod_palier\local\scales\map_plan;
use stdClass;

/**
 * What a teacher may say of the competences of a map, once they are known: it is on a page of its own.
 *
 * The level that is wanted of each (a profile) is a part of the plan, so that the engine tells who reached it; attempts keep
 * the plan that they were begun with. The rest is the activity's.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class map_settings {
    /** @var string of each competence another level is wanted. */
    public const EACH = 'each';

    /** @var string what is wanted is no level's beginning: somebody wrote it into the plan. */
    public const OTHER = 'other';

    /** @var array the plan. */
    private array $plan;

    /**
     * Of an activity.
     *
     * @param stdClass $palier row of palier; cmidnumber where it is known
     */
    public function __construct(
        /** @var stdClass the activity */
        protected stdClass $palier,
    ) {
        $this->plan = json_text::decode($palier->plan);
    }

    /**
     * Whether an activity is a map.
     *
     * @param int $palierid
     * @return bool
     */
    public static function has_map(int $palierid): bool {
        global $DB;
        return map_plan::is(json_decode((string) $DB->get_field('palier', 'plan', ['id' => $palierid]), true) ?: []);
    }

    /**
     * What the form is made of.
     *
     * @return array levels, scales (name, and whether another ability than a level's is wanted), domains, graded
     */
    public function choices(): array {
        $levels = $this->plan['levels'] ?? null;
        $scales = [];
        foreach ($this->scales() as $place => $scale) {
            $wanted = $scale['required_theta'] ?? null;
            $other = $wanted !== null && plan_levels::of_cut($levels, (float) $wanted) === null;
            $scales[$place] = [plan_text::of($scale['name'] ?? '') ?: $scale['id'], $other];
        }
        return [
            'levels' => plan_levels::are_abilities($levels) ? plan_text::levels($this->plan) : [],
            'scales' => $scales,
            'domains' => !empty($this->plan['map']['domains']),
            'graded' => (bool) $this->palier->grade,
        ];
    }

    /**
     * The form's fields as they are.
     *
     * @return array
     */
    public function fields(): array {
        $profile = array_map(fn(array $scale): string => $this->wanted($scale), $this->scales());
        $alike = count(array_unique($profile)) === 1 && reset($profile) !== self::OTHER;
        $fields = [
            'profileall' => $alike ? reset($profile) : self::EACH,
            'fromlast' => (string) $this->palier->fromlast,
            'selfplacement' => (string) $this->palier->selfplacement,
            'scalegrades' => (string) $this->palier->scalegrades,
        ];
        foreach ($profile as $place => $level) {
            $fields["profile[$place]"] = $level;
        }
        [, $last] = plan_levels::ends($this->plan['levels'] ?? null) ?? [0, 0];
        foreach ($this->scales() as $place => $scale) {
            $fields["top[$place]"] = (string) ($scale['top_level'] ?? $last);
        }
        return $fields;
    }

    /**
     * Writes them, and makes the grades what they say.
     *
     * @param stdClass $data of the form; what is not there stays as it is
     */
    public function save(stdClass $data): void {
        global $DB;
        if (isset($data->profileall) || isset($data->top)) {
            $this->plan = $this->plan_of((array) $data);
            $this->palier->plan = json_text::encode($this->plan);
        }
        $choices = [
            'fromlast' => ['0', '1'],
            'selfplacement' => self_placement::CHOICES,
            'scalegrades' => scale_grades::CHOICES,
        ];
        foreach ($choices as $field => $values) {
            if (in_array($data->$field ?? null, $values, true)) {
                $this->palier->$field = $data->$field;
            }
        }
        $this->palier->timemodified = \core\di::get(\core\clock::class)->time();
        $fields = ['id' => 1, 'plan' => 1, 'timemodified' => 1] + $choices;
        $DB->update_record('palier', array_intersect_key((array) $this->palier, $fields));
        grader::update($this->palier);
    }

    /**
     * What it would be like with what was sent: whether it can run, with what length and precision.
     *
     * @param array $data of the form
     * @return check
     */
    public function check(array $data): check {
        $plan = json_text::encode($this->plan_of($data));
        $context = \context_module::instance(get_coursemodule_from_instance('palier', $this->palier->id)->id);
        return check::run(bank_builder::for_instance((int) $this->palier->id, $context, $plan), $plan);
    }

    /**
     * The competences of which a level is wanted that is above what is asked, by what was sent.
     *
     * @param array $data of the form
     * @return int[] their places in the plan
     */
    public function beyond_top(array $data): array {
        $beyond = map_plan::beyond_top($this->plan_of($data));
        return array_keys(array_filter($this->scales(), fn(array $scale): bool => in_array($scale['id'], $beyond, true)));
    }

    /**
     * The plan with what is wanted of each competence, and up to which level each is asked about.
     *
     * @param array $data profileall: a level's number for all, '' for none, EACH; profile, of each: a level's number, '' for none,
     *     OTHER; top, of each: a level's number
     * @return array
     */
    private function plan_of(array $data): array {
        $plan = $this->plan;
        $thetas = $tops = [];
        foreach ($this->scales() as $place => $scale) {
            $all = (string) ($data['profileall'] ?? '');
            $level = $all === self::EACH ? (string) ($data['profile'][$place] ?? '') : $all;
            $thetas[$scale['id']] = $level === self::OTHER
                ? $scale['required_theta'] ?? null
                : plan_levels::cut($this->plan['levels'] ?? null, $level);
            $tops[$scale['id']] = $data['top'][$place] ?? null;
        }
        if (isset($data['profileall'])) {
            map_plan::require($plan, $thetas);
        }
        if (isset($data['top'])) {
            map_plan::tops($plan, array_filter($tops, is_numeric(...)));
        }
        return $plan;
    }

    /**
     * What is wanted of a competence, as the form has it.
     *
     * @param array $scale
     * @return string
     */
    private function wanted(array $scale): string {
        $theta = $scale['required_theta'] ?? null;
        return $theta === null ? '' : (string) (plan_levels::of_cut($this->plan['levels'] ?? null, (float) $theta) ?? self::OTHER);
    }

    /**
     * The competences that are told, by their place in the plan.
     *
     * @return array[]
     */
    private function scales(): array {
        return array_filter($this->plan['scales'] ?? [], fn(array $scale): bool => $scale['reported'] ?? true);
    }
}
