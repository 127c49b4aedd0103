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

namespace mod_palier\local\attempt;

use mod_palier\local\engine\json_text;
use mod_palier\local\scales\map_plan;
use mod_palier\local\test\plan_text;
use stdClass;

/**
 * Where a learner believes to be: the first questions of a map come from there. It is no part of any estimate
 * (docs/host-calls.md, `self_placement`).
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class self_placement {
    /** @var string nobody is asked. */
    public const NONE = '';

    /** @var string one question for all competences. */
    public const OVERALL = 'overall';

    /** @var string one for each domain. */
    public const DOMAIN = 'domain';

    /** @var string[] what a teacher can choose. */
    public const CHOICES = [self::NONE, self::OVERALL, self::DOMAIN];

    /** @var array the plan. */
    private array $plan;

    /**
     * Of an activity.
     *
     * @param stdClass $palier row of palier
     */
    public function __construct(
        /** @var stdClass the activity */
        protected stdClass $palier,
    ) {
        $this->plan = json_text::decode($palier->plan);
    }

    /**
     * What learners are asked before they begin.
     *
     * @return array of ['place', 'name'], none where nobody is asked; the name is empty where one question is about all
     */
    public function questions(): array {
        $choice = (string) ($this->palier->selfplacement ?? '');
        if ($choice === self::NONE || !map_plan::is($this->plan) || !$this->levels()) {
            return [];
        }
        $domains = $choice === self::DOMAIN ? $this->plan['map']['domains'] ?? [] : [];
        return array_map(
            fn(int $place): array => [
                'place' => $place,
                'name' => isset($domains[$place]) ? plan_text::of($domains[$place]['name'] ?? '') ?: $domains[$place]['id'] : '',
            ],
            array_keys($domains ?: [null])
        );
    }

    /**
     * The answers to choose from.
     *
     * @return string[] name by number
     */
    public function levels(): array {
        return plan_text::all_levels($this->plan);
    }

    /**
     * What the engine is told of the answers.
     *
     * @param array $posted level by place of the question; empty where somebody does not know
     * @return array|null null where nothing was said
     */
    public function context(array $posted): ?array {
        $levels = $this->levels();
        $domains = array_column($this->plan['map']['domains'] ?? [], 'id');
        $said = [];
        foreach ($this->questions() as $question) {
            $level = $posted[$question['place']] ?? '';
            if (!is_string($level) || !preg_match('/^-?\d{1,4}$/', $level) || !isset($levels[(int) $level])) {
                continue;
            }
            if ($question['name'] === '') {
                return ['overall' => (int) $level];
            }
            $said['domains'][$domains[$question['place']]] = (int) $level;
        }
        return $said ?: null;
    }
}
