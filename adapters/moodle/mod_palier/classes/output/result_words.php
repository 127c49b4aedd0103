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

namespace mod_palier\output;

use mod_palier\local\attempt\attempt;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\language;
use mod_palier\local\plain_name;
use mod_palier\local\xapi\sentence;

/**
 * A result in words: the level first, the number second, the margin always.
 *
 * The sentences are the engine's (its call "words"), the same as in packages and in palier serve. While there is no
 * engine, the level is told with its margin as the report tells it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class result_words {
    /** @var array|null What the engine says of it. */
    protected ?array $told = null;

    /**
     * The words for what is known.
     *
     * @param array $known the engine's state
     * @param bool $other whether somebody else than the learner reads it
     */
    public function __construct(
        /** @var array the engine's state */
        protected array $known,
        /** @var bool whether somebody else than the learner reads it */
        protected bool $other = false,
    ) {
    }

    /**
     * The words of an attempt for the present user.
     *
     * @param attempt $attempt
     * @return self
     */
    public static function of(attempt $attempt): self {
        global $USER;
        return new self(self::named($attempt), $attempt->userid != $USER->id);
    }

    /**
     * What is known, with the names of questions as this reader sees them: a bank has them as they are stored.
     *
     * @param attempt $attempt
     * @return array the engine's state
     */
    private static function named(attempt $attempt): array {
        $known = $attempt->known();
        foreach (['achieved', 'begin_with'] as $list) {
            if (!empty($known[$list])) {
                $context = $attempt->context();
                $known[$list] = array_map(fn(string $name): string => plain_name::of($name, $context), $known[$list]);
            }
        }
        return $known;
    }

    /**
     * The engine's language for this reader: fr or en.
     *
     * @return string
     */
    public static function language(): string {
        return language::of(current_language());
    }

    /**
     * Whether there is a result to tell.
     *
     * @return bool
     */
    public function any(): bool {
        return !empty($this->known['known']);
    }

    /**
     * The first line.
     *
     * @return string
     */
    public function headline(): string {
        return $this->told()['headline'];
    }

    /**
     * The margin.
     *
     * @return string
     */
    public function margin(): string {
        return $this->told()['margin'] ?? '';
    }

    /**
     * Whether the result rests on the judgement of experts.
     *
     * @return string
     */
    public function provisional(): string {
        return $this->told()['provisional'] ?? '';
    }

    /**
     * What the plan's threshold, classification and floor say, where it has them.
     *
     * @return string[] a sentence each
     */
    public function decisions(): array {
        return $this->told()['decisions'];
    }

    /**
     * What the person can do: the level's description, what was answered, what is next.
     *
     * @return string[] a sentence each
     */
    public function can(): array {
        return $this->told()['you_can'] ?? [];
    }

    /**
     * Why the test stopped.
     *
     * @return string
     */
    public function stop(): string {
        return $this->told()['stop'] ?? '';
    }

    /**
     * All of it in one line.
     *
     * @return string
     */
    public function sentence(): string {
        return $this->margin() === '' ? $this->headline() : $this->headline() . '. ' . $this->margin();
    }

    /**
     * Headline, margin, decisions and whether it is provisional, one after the other.
     *
     * @return string
     */
    public function summary(): string {
        return $this->told()['summary'] ?? $this->sentence();
    }

    /**
     * How likely each level is.
     *
     * @return array of ['number', 'percent', 'text', 'mine', 'height']
     */
    public function map(): array {
        return array_map(fn($share) => $share + ['height' => max(2, $share['percent'])], $this->told()['shares']);
    }

    /**
     * A result of several competences, domain by domain, in words and as bars to draw.
     *
     * @return array|null of the call's `map` (docs/host-calls.md); null of one scale
     */
    public function competences(): ?array {
        return $this->told()['map'] ?? null;
    }

    /**
     * What the engine says.
     *
     * @return array an element of the call's answer (docs/host-calls.md)
     */
    protected function told(): array {
        if ($this->told === null) {
            $request = ['states' => [(object) $this->known], 'lang' => self::language()]
                + ($this->other ? ['reader' => 'other'] : []);
            try {
                $this->told = engine_factory::find()?->call('words', $request)['words'][0] ?? $this->stored();
            } catch (engine_exception $e) {
                debugging($e->getMessage(), DEBUG_DEVELOPER);
                $this->told = $this->stored();
            }
        }
        return $this->told;
    }

    /**
     * What can be said without an engine: the level or the measure, and the margin.
     *
     * @return array
     */
    private function stored(): array {
        $number = $this->known['level']['number'] ?? null;
        if (!$this->any()) {
            $headline = get_string('toofewanswers', 'mod_palier');
        } else if ($number !== null) {
            $level = sentence::level_with_margin($number, ...($this->known['level_interval'] ?? [null, null]));
            $headline = $this->other ? $level : get_string('mylevel', 'mod_palier', $level);
        } else {
            $round = fn($theta) => format_float($theta, 1);
            [$low, $high] = array_map($round, $this->known['interval']['theta'] ?? [null, null]);
            $a = ['level' => $round($this->known['theta']), 'low' => $low, 'high' => $high];
            $headline = get_string('mymeasure', 'mod_palier', get_string('levelbetween', 'mod_palier', $a));
        }
        return ['headline' => $headline, 'decisions' => [], 'shares' => []];
    }
}
