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

use core_component;
use mod_palier\local\engine\json_text;
use question_engine;
use stdClass;

/**
 * Which answers a calibration is made of, and how it is made: what a person chose.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class choice {
    /** @var array fields of one of several values, the first of which is proposed. */
    public const ONE_OF = [
        'which' => ['first', 'last'],
        'versions' => ['all', 'present'],
        'marks' => ['first', 'final'],
        'blank' => ['wrong', 'out'],
        'hold' => ['known', 'link', 'experts', 'none'],
        'link' => ['stocking_lord', 'haebara', 'mean_sigma', 'mean_mean'],
        'model' => ['2pl', 'rasch', '3pl'],
    ];

    /** @var string[] behaviours whose marks are a person's, or none. */
    private const NO_BEHAVIOURS = ['manualgraded', 'informationitem', 'missing'];

    /** @var int[] courses. */
    public readonly array $courses;

    /** @var bool whether answers of core's quizzes count. */
    public readonly bool $quizzes;

    /** @var bool whether answers of adaptive tests count. */
    public readonly bool $tests;

    /** @var bool whether answers count that the learner's device marked: those of packages that came back. */
    public readonly bool $packages;

    /** @var int attempts that began from then on, 0 for all. */
    public readonly int $from;

    /** @var int attempts that began before, 0 for all. */
    public readonly int $to;

    /** @var int question category, 0 for all of the test's. */
    public readonly int $category;

    /** @var string of several answers of a person to a question: first or last. */
    public readonly string $which;

    /** @var string versions of a question that count as one: all, or the present one alone. */
    public readonly string $versions;

    /** @var string the mark of a question's first try, or the final one with its penalties. */
    public readonly string $marks;

    /** @var string what was left blank in a quiz: wrong or out. */
    public readonly string $blank;

    /** @var string[] behaviours of questions in quizzes. */
    public readonly array $behaviours;

    /** @var int[] groups whose members are left out. */
    public readonly array $groups;

    /** @var int[] two groups whose answers are compared, the reference first; empty for none. */
    public readonly array $compared;

    /** @var bool whether groups are compared by likelihood ratio, too. */
    public readonly bool $ratio;

    /** @var string what holds the scale: known parameters, which stay; a link to them; experts' word alone; or none. */
    public readonly string $hold;

    /** @var string how a link is made. */
    public readonly string $link;

    /** @var string model of questions that are right or wrong. */
    public readonly string $model;

    /**
     * From a form or from what was stored. What is absent or unknown is as it is proposed.
     *
     * @param array $values
     */
    public function __construct(array $values) {
        $ids = fn(string $name): array => array_values(array_filter(array_map('intval', (array) ($values[$name] ?? []))));
        $this->courses = $ids('courses');
        $this->groups = $ids('groups');
        $compared = array_values(array_unique($ids('compared')));
        $this->compared = count($compared) === 2 ? $compared : [];
        $this->quizzes = (bool) ($values['quizzes'] ?? true);
        $this->tests = (bool) ($values['tests'] ?? true);
        $this->packages = (bool) ($values['packages'] ?? false);
        $this->ratio = (bool) ($values['ratio'] ?? false);
        $this->from = (int) ($values['from'] ?? 0);
        $this->to = (int) ($values['to'] ?? 0);
        $this->category = (int) ($values['category'] ?? 0);
        $known = array_keys(self::behaviours());
        $this->behaviours = array_values(array_intersect($known, (array) ($values['behaviours'] ?? []) ?: $known));
        foreach (self::ONE_OF as $name => $choices) {
            $this->$name = in_array($values[$name] ?? '', $choices, true) ? $values[$name] : $choices[0];
        }
    }

    /**
     * As it was stored, or shown.
     *
     * @param string $json
     * @return self
     */
    public static function read(string $json): self {
        return new self((array) json_decode($json, true));
    }

    /**
     * That of the latest calibration.
     *
     * @param stdClass[] $calibrations of calibration::all()
     * @return self|null null where there is none
     */
    public static function of_last(array $calibrations): ?self {
        return $calibrations ? self::read(reset($calibrations)->choice) : null;
    }

    /**
     * As it is stored.
     *
     * @return string JSON
     */
    public function json(): string {
        return json_text::encode($this->values());
    }

    /**
     * Its fields.
     *
     * @return array
     */
    public function values(): array {
        return get_object_vars($this);
    }

    /**
     * The behaviours to choose from.
     *
     * @return string[] name => what it is called
     */
    public static function behaviours(): array {
        global $CFG;
        require_once($CFG->dirroot . '/question/engine/lib.php');
        $names = array_diff(array_keys(core_component::get_plugin_list('qbehaviour')), self::NO_BEHAVIOURS);
        return array_combine($names, array_map(question_engine::get_behaviour_name(...), $names));
    }

    /**
     * Whether somebody is in one of the groups that are left out.
     *
     * @return bool[] by user
     */
    public function left_out_members(): array {
        return self::members($this->groups);
    }

    /**
     * Who is in one of some groups.
     *
     * @param int[] $groups
     * @return bool[] by user
     */
    public static function members(array $groups): array {
        global $DB;
        if (!$groups) {
            return [];
        }
        [$insql, $params] = $DB->get_in_or_equal($groups);
        return array_fill_keys($DB->get_fieldset_select('groups_members', 'userid', "groupid {$insql}", $params), true);
    }
}
