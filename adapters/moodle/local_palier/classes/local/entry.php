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

use context;
use mod_palier\api;
use stdClass;

/**
 * A training of the catalogue: which competences it teaches, from which level to which.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class entry {
    /** @var string[] how it is held. */
    public const MODALITIES = ['onsite', 'online', 'blended'];

    /** @var array column of the table => value where a row has none. */
    public const FIELDS = [
        'code' => '', 'title' => '', 'framework' => '', 'fromlevel' => null, 'tolevel' => 0, 'modality' => '', 'days' => null,
        'place' => '', 'dates' => '', 'url' => '', 'courseid' => null,
    ];

    /** @var int|null its row; null where it is not stored. */
    public readonly ?int $id;

    /** @var int context of a course category, or the system's. */
    public readonly int $contextid;

    /** @var string the same whenever it is imported. */
    public readonly string $code;

    /** @var string its name. To be escaped. */
    public readonly string $title;

    /** @var string id number of the framework of its competences. */
    public readonly string $framework;

    /** @var int|null level that it needs in each of its competences; null where it needs none. */
    public readonly ?int $fromlevel;

    /** @var int level that it leads to. */
    public readonly int $tolevel;

    /** @var string one of MODALITIES; empty where it is not said. */
    public readonly string $modality;

    /** @var float|null how long it is; null where it is not said. */
    public readonly ?float $days;

    /** @var string where. To be escaped. */
    public readonly string $place;

    /** @var string when. To be escaped. */
    public readonly string $dates;

    /** @var string its page; empty where it has none. */
    public readonly string $url;

    /** @var int|null course of this site. */
    public readonly ?int $courseid;

    /** @var string[] numbers of its competences in the framework, in their order. */
    public readonly array $competences;

    /**
     * Constructor.
     *
     * @param stdClass $row with the columns of the table that are known
     * @param string[] $competences
     */
    public function __construct(stdClass $row, array $competences) {
        $this->id = isset($row->id) ? (int) $row->id : null;
        $this->contextid = (int) $row->contextid;
        foreach (['code', 'title', 'framework', 'modality', 'place', 'dates', 'url'] as $field) {
            $this->$field = (string) ($row->$field ?? '');
        }
        $this->fromlevel = isset($row->fromlevel) ? (int) $row->fromlevel : null;
        $this->tolevel = (int) $row->tolevel;
        $this->days = isset($row->days) ? (float) $row->days : null;
        $this->courseid = isset($row->courseid) ? (int) $row->courseid : null;
        sort($competences, SORT_NATURAL);
        $this->competences = $competences;
    }

    /**
     * Its values.
     *
     * @return array by column of the table
     */
    public function fields(): array {
        return array_combine(array_keys(self::FIELDS), array_map(fn($field) => $this->$field, array_keys(self::FIELDS)));
    }

    /**
     * Whether it says the same as another one.
     *
     * @param self $other
     * @return bool
     */
    public function same(self $other): bool {
        return $this->fields() === $other->fields() && $this->competences === $other->competences;
    }

    /**
     * Whether it leads somebody who lacks a level of a competence to it or beyond: it begins below, and ends there or above.
     *
     * @param string $framework
     * @param string $competence
     * @param int $level
     * @return bool
     */
    public function leads_to(string $framework, string $competence, int $level): bool {
        return $this->begins_below($framework, $competence, $level) && $this->tolevel >= $level;
    }

    /**
     * Whether it teaches a competence, and begins below a level.
     *
     * @param string $framework
     * @param string $competence
     * @param int $level
     * @return bool
     */
    public function begins_below(string $framework, string $competence, int $level): bool {
        return $this->framework === $framework && in_array($competence, $this->competences, true)
            && ($this->fromlevel === null || $this->fromlevel < $level);
    }

    /**
     * Its levels in words.
     *
     * @return string
     */
    public function levels(): string {
        return $this->fromlevel === null
            ? get_string('catalogue_tolevel', 'local_palier', $this->tolevel)
            : get_string('catalogue_levels', 'local_palier', ['from' => $this->fromlevel, 'to' => $this->tolevel]);
    }

    /**
     * How long it is, in words.
     *
     * @return string empty where it is not said
     */
    public function duration(): string {
        return match (true) {
            $this->days === null => '',
            $this->days === 1.0 => get_string('catalogue_daycount_one', 'local_palier'),
            default => get_string('catalogue_daycount', 'local_palier', format_float($this->days, 2, true, true)),
        };
    }

    /**
     * How, how long, where and when, in one line.
     *
     * @return string empty where nothing of it is said. To be escaped
     */
    public function about(): string {
        $modality = $this->modality === '' ? '' : get_string("modality_$this->modality", 'local_palier');
        return implode(' · ', array_filter(
            [$modality, $this->duration(), $this->place, $this->dates],
            fn(string $part): bool => $part !== ''
        ));
    }

    /**
     * What its competences are called.
     *
     * @param context $place where it is used
     * @return string[] name with number by number; the number alone where the framework is not known any more
     */
    public function names(context $place): array {
        $language = str_starts_with(current_language(), 'fr') ? 'fr' : 'en';
        $known = api::framework($this->framework, $place)['competences'] ?? [];
        $names = [];
        foreach ($this->competences as $number) {
            $names[$number] = $known[$number][$language] ?? $number;
        }
        return $names;
    }
}
