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
use mod_palier\local\bank\exposure_counts;
use mod_palier\local\bank\gradable;
use mod_palier\local\calibration\measured_times;
use mod_palier\local\counted;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\language;
use mod_palier\local\scales\map_plan;
use stdClass;

/**
 * Can this test keep its promise with these very questions? The engine answers by simulation.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class check {
    /** @var int simulated learners. */
    private const PERSONS = 400;

    /** @var int simulated learners of a map, where each tells something of every competence. */
    private const PERSONS_OF_MAP = 200;

    /** @var bool whether a learner may start. */
    public bool $canrun = false;

    /** @var int questions that the filter gives. */
    public int $questions = 0;

    /** @var int questions without parameters. */
    public int $missing = 0;

    /** @var int questions that were set aside. */
    public int $aside = 0;

    /** @var int questions that belong to no competence of the map. */
    public int $noscale = 0;

    /** @var string[] why some questions cannot be asked by a machine => how many they are. */
    public array $ungradable = [];

    /** @var array code and message of what forbids the test. */
    public array $problems = [];

    /** @var array code and message of what should be known. */
    public array $warnings = [];

    /** @var array the engine's answer (shape "feasibility"), empty when it was not asked. */
    public array $feasibility = [];

    /** @var array[] what would make it keep its promise, or end a warning: field, value, text and the warning's code. */
    public array $ways = [];

    /** @var array the plan with its defaults. */
    public array $plan = [];

    /**
     * Checks a set of questions and a plan.
     *
     * @param bank_builder $builder
     * @param string $planjson
     * @return self
     */
    public static function run(bank_builder $builder, string $planjson): self {
        $check = new self();
        $engine = engine_factory::find();
        if (!$engine) {
            return $check->problem('noengine', get_string('noengine', 'mod_palier'));
        }
        try {
            $plan = $engine->plan($planjson);
        } catch (engine_exception $e) {
            return $check->problem('plan', $e->enginemessage);
        }
        $check->plan = json_decode($plan['normalised'], true);
        $check->questions = count($builder->questions());
        $check->missing = count($builder->missing());
        $check->aside = count($builder->set_aside());
        foreach ($builder->ungradable() as $question) {
            $reason = gradable::reason($question->qtype);
            $check->ungradable[$reason] = ($check->ungradable[$reason] ?? 0) + 1;
        }
        if (!$check->questions && $builder->is_category_gone()) {
            return $check->problem('categorygone', get_string('categorygone', 'mod_palier'));
        }
        if (!$check->questions) {
            return $check->problem('noquestions', get_string('checknoquestions', 'mod_palier'));
        }
        $check->noscale = count($builder->without_scale());
        if (!$builder->usable()) {
            if ($check->noscale === $check->questions - count($builder->ungradable()) && $check->noscale) {
                return $check->problem('noscale', get_string('checknoscale_all', 'mod_palier'));
            }
            if (!$check->missing && $check->ungradable) {
                return $check->problem('ungradable', get_string('checkallungradable', 'mod_palier'));
            }
            return $check->problem('noparameters', get_string('checknoparameters', 'mod_palier'));
        }
        if ($check->missing) {
            $check->warnings[] = [
                'code' => 'missing',
                'message' => counted::text('checkmissing', $check->missing),
            ];
        }
        $check->warn_of_scales($builder);
        if ($empty = $check->empty_scales($builder)) {
            return $check->problem('emptyscale', get_string('checkemptyscale', 'mod_palier', implode(', ', $empty)));
        }
        try {
            $bank = $builder->bank();
            $check->feasibility = measured_times::promised(
                self::feasibility($bank, $planjson, $plan),
                $bank,
                $builder->entries(...)
            );
        } catch (engine_exception $e) {
            return $check->problem('engine', $e->enginemessage);
        }
        $check->problems = $check->feasibility['problems'] ?? [];
        array_unshift($check->warnings, ...$check->feasibility['warnings'] ?? []);
        $check->canrun = !$check->problems && !empty($check->feasibility['can_run']);
        $check->ways = ways_out::of($check, fn(string $other, string $warning = ''): bool =>
            self::keeps($bank, $other, $warning));
        return $check;
    }

    /**
     * Checks an activity as it is saved.
     *
     * @param stdClass $palier
     * @param context_module $context
     * @return self
     */
    public static function of_instance(stdClass $palier, context_module $context): self {
        $check = self::run(bank_builder::for_instance((int) $palier->id, $context, $palier->plan), $palier->plan);
        last_check::remember($palier, $check->canrun, $check->feasibility, $check->is_whole());
        if (!(new next_steps((int) $palier->id))->all()) {
            $check->warnings[] = ['code' => 'nonextsteps', 'message' => get_string('checknonextsteps', 'mod_palier')];
        }
        return $check;
    }

    /**
     * Whether a learner may start, and if not, why. For a bank that was made already this costs a
     * look in a cache: the same bank and plan are simulated once. Where they were not (the caches were purged, and a class
     * begins), one learner's start simulates them, and those who come meanwhile are told what bank and plan alone say.
     *
     * @param stdClass $palier row of palier
     * @param bank $bank
     * @return array ['can' => bool, 'problems' => string[]]
     */
    public static function can_run(stdClass $palier, bank $bank): array {
        $plan = engine_factory::get()->plan($palier->plan);
        $lock = null;
        if (!self::is_known($bank, $plan)) {
            $lock = \core\lock\lock_config::get_lock_factory('mod_palier_check')
                ->get_lock(self::key($bank, $plan), 0, HOURSECS);
        }
        try {
            $simulates = $lock || self::is_known($bank, $plan);
            $feasibility = self::feasibility($bank, $palier->plan, $plan, $simulates);
        } finally {
            if ($lock) {
                $lock->release();
            }
        }
        $problems = array_column($feasibility['problems'] ?? [], 'message');
        $can = !$problems && !empty($feasibility['can_run']);
        if ($simulates) {
            last_check::remember($palier, $can, measured_times::promised($feasibility, $bank, $bank->entries(...)));
        }
        return ['can' => $can, 'problems' => $problems];
    }

    /**
     * Whether nothing is left for a teacher to do.
     *
     * @return bool
     */
    public function is_whole(): bool {
        return $this->canrun && !$this->missing;
    }

    /**
     * Whether there is nothing at all to ask.
     *
     * @return bool
     */
    public function is_empty(): bool {
        return !$this->feasibility;
    }

    /**
     * Whether another plan can run with the same questions, and a warning does not come.
     *
     * @param bank $bank
     * @param string $planjson
     * @param string $warning its code, empty for none
     * @return bool
     */
    private static function keeps(bank $bank, string $planjson, string $warning): bool {
        try {
            $answer = self::feasibility($bank, $planjson, engine_factory::get()->plan($planjson));
        } catch (engine_exception $e) {
            return false;
        }
        return !empty($answer['can_run']) && empty($answer['problems'])
            && !in_array($warning, array_column($answer['warnings'], 'code'), true);
    }

    /**
     * In one line, what the test will be like.
     *
     * @return string plain text, empty when it is not known
     */
    public function summary(): string {
        if (!isset($this->feasibility['expected_items'])) {
            return '';
        }
        $levels = $this->feasibility['margin_levels'] ?? null;
        $string = match (true) {
            isset($this->feasibility['scales']) => 'checksummarymap',
            $levels === null => 'checksummarylogits',
            default => 'checksummary',
        };
        return counted::text($string, $this->feasibility['items'], [
            'bank' => $this->feasibility['items'],
            'items' => counted::text('count_questions', (int) round($this->feasibility['expected_items'])),
            'scales' => counted::text('count_competences', count($this->feasibility['scales'] ?? [])),
            'margin' => format_float($levels ?? $this->feasibility['margin'] ?? 0, 1),
            'minutes' => max(1, round($this->feasibility['expected_minutes'])),
        ]);
    }

    /**
     * The engine's answer, from the cache where it was asked before, as it is in Moodle, which passes the counts that
     * a limit on exposure needs.
     *
     * @param bank $bank
     * @param string $planjson
     * @param array $plan what the engine says of it: hash and normalised
     * @param bool $simulates otherwise, where the cache has nothing, what bank and plan say without a simulation
     * @return array
     */
    private static function feasibility(bank $bank, string $planjson, array $plan, bool $simulates = true): array {
        $cache = \cache::make('mod_palier', 'checks');
        $key = self::key($bank, $plan);
        $answer = $cache->get($key);
        if (!is_array($answer)) {
            $persons = isset(json_decode($plan['normalised'], true)['map']) ? self::PERSONS_OF_MAP : self::PERSONS;
            $answer = engine_factory::get()->feasibility($bank, $planjson, [
                'persons' => $simulates ? $persons : 0,
                'seed' => 1,
                'lang' => language::of(current_language()),
            ]);
            if ($simulates) {
                $cache->set($key, $answer);
            }
        }
        $problem = exposure_counts::problem(json_decode($plan['normalised'], true));
        if ($problem !== '') {
            $answer['problems'][] = ['code' => 'segments', 'message' => $problem];
        }
        $answer['warnings'] = array_values(array_filter(
            $answer['warnings'] ?? [],
            fn($warning) => $warning['code'] !== 'exposure_needs_counts'
        ));
        return $answer;
    }

    /**
     * What names the engine's answer in the cache.
     *
     * @param bank $bank
     * @param array $plan what the engine says of it
     * @return string
     */
    private static function key(bank $bank, array $plan): string {
        $engine = engine_factory::get();
        return sha1(implode(' ', [$bank->hash, $plan['hash'], language::of(current_language()), $engine->version()]));
    }

    /**
     * Whether the cache has the engine's answer.
     *
     * @param bank $bank
     * @param array $plan what the engine says of it
     * @return bool
     */
    private static function is_known(bank $bank, array $plan): bool {
        return is_array(\cache::make('mod_palier', 'checks')->get(self::key($bank, $plan)));
    }

    /**
     * Warns of questions that are not asked because they belong to no competence of the map, and of those that belong to
     * several.
     *
     * @param bank_builder $builder
     */
    private function warn_of_scales(bank_builder $builder): void {
        $many = count($builder->with_many_scales());
        foreach (['noscale' => $this->noscale, 'manyscales' => $many] as $code => $count) {
            if ($count) {
                $this->warnings[] = ['code' => $code, 'message' => counted::text("check{$code}", $count)];
            }
        }
    }

    /**
     * The competences of the map that have no question left to ask: their tags or levels are gone, or were never given.
     *
     * @param bank_builder $builder
     * @return string[] names
     */
    private function empty_scales(bank_builder $builder): array {
        if (!map_plan::is($this->plan)) {
            return [];
        }
        $there = array_flip(array_map(fn($question) => (string) $builder->scale_of($question), $builder->usable()));
        $empty = array_filter($this->plan['scales'], fn($scale) => !isset($there[$scale['id']]));
        return array_map(fn($scale) => plan_text::of($scale['name'] ?? null) ?: $scale['id'], array_values($empty));
    }

    /**
     * Adds a reason why the test cannot run.
     *
     * @param string $code
     * @param string $message plain text
     * @return self
     */
    private function problem(string $code, string $message): self {
        $this->problems[] = ['code' => $code, 'message' => $message];
        return $this;
    }
}
