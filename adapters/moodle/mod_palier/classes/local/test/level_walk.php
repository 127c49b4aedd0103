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
use mod_palier\local\bank\bank;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\engine\engine;
use mod_palier\local\engine\engine_factory;
use mod_palier\output\result_words;
use stdClass;

/**
 * One test of a simulated learner of a chosen level, with the trace of every choice.
 *
 * The engine gives the answers, chooses and explains; nothing is stored: no attempt, no bank, no question usage.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class level_walk {
    /** @var int[] Abilities that a plan without levels offers, in logits. */
    public const ABILITIES = [-3, -2, -1, 0, 1, 2, 3];

    /** @var int Draws of answers that may be asked for. */
    public const MOST_DRAWS = 1000;

    /** @var array The plan with its defaults. */
    public readonly array $plan;

    /** @var int|null The level, or the ability of a plan without levels; null before a choice. */
    public ?int $level = null;

    /** @var int Which draw of the answers it is, from 1. */
    public int $seed = 1;

    /** @var array The engine's record of the test. */
    public array $record = [];

    /** @var array The engine's story of the test. */
    public array $story = [];

    /** @var engine The engine. */
    private engine $engine;

    /** @var bank The bank of the questions as they are now. */
    private bank $bank;

    /** @var stdClass[] The questions, by item. */
    private array $questions;

    /**
     * For an activity, as it is now.
     *
     * @param stdClass $palier row of palier
     * @param context_module $context
     */
    public function __construct(
        /** @var stdClass row of palier */
        private readonly stdClass $palier,
        context_module $context,
    ) {
        $this->engine = engine_factory::get();
        $this->plan = json_decode($this->engine->plan($palier->plan)['normalised'], true);
        $builder = bank_builder::for_instance((int) $palier->id, $context);
        $this->bank = $builder->bank();
        $this->questions = array_column($builder->usable(), null, 'item');
    }

    /**
     * Takes the test.
     *
     * @param int $level a key of choices()
     * @param int $seed which draw of the answers, from 1
     */
    public function take(int $level, int $seed): void {
        $choices = array_keys($this->choices());
        $this->level = max(min($choices), min(max($choices), $level));
        $this->seed = max(1, min(self::MOST_DRAWS, $seed));
        $answer = $this->engine->call('walk', [
            'plan' => $this->palier->plan,
            $this->has_levels() ? 'level' : 'theta' => $this->level,
            'seed' => $this->seed,
            'lang' => result_words::language(),
        ], $this->bank);
        $this->record = $answer['record'];
        $this->story = $answer['story'];
    }

    /**
     * Whether the plan has levels to choose from.
     *
     * @return bool
     */
    public function has_levels(): bool {
        return !empty($this->plan['levels']['cuts']);
    }

    /**
     * What may be chosen: levels, or abilities where the plan has none.
     *
     * @return string[] number => words
     */
    public function choices(): array {
        if ($this->has_levels()) {
            return plan_text::all_levels($this->plan);
        }
        $words = array_map(
            fn(int $ability): string => get_string('walkability', 'mod_palier', format_float($ability, 0)),
            self::ABILITIES
        );
        return array_combine(self::ABILITIES, $words);
    }

    /**
     * The question that an item is.
     *
     * @param string $item
     * @return stdClass|null with questionid and name
     */
    public function question(string $item): ?stdClass {
        return $this->questions[$item] ?? null;
    }
}
