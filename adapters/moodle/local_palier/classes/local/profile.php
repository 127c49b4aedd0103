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
use context_system;
use mod_palier\api;
use stdClass;

/**
 * A version of a profile: of each competence the level that is asked, its weight, and why.
 *
 * A version that is stored is never changed, so that what was said by it stays true: a change makes the next version.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class profile {
    /** @var string what everybody of an organisation should have. */
    public const SOCLE = 'socle';

    /** @var string what a job asks. */
    public const JOB = 'job';

    /** @var string where those start who begin. */
    public const FLOOR = 'floor';

    /** @var string[] what a profile can be. */
    public const KINDS = [self::SOCLE, self::JOB, self::FLOOR];

    /** @var int[] how much the digital transition changes a job => what it counts for in an order. */
    public const IMPACTS = ['low' => 1, 'medium' => 2, 'strong' => 3];

    /** @var array what is the same for all its competences: column of the table => value where a row has none. */
    public const FIELDS = [
        'code' => '', 'kind' => '', 'namefr' => '', 'nameen' => '', 'familyfr' => '', 'familyen' => '', 'impact' => '',
        'redeployment' => 0, 'cohort' => '', 'framework' => '',
    ];

    /** @var array what is asked of a competence: column of the table => value where a row has none. */
    public const REQUIREMENT = ['competence' => '', 'level' => 0, 'weight' => 1, 'reasonfr' => '', 'reasonen' => ''];

    /** @var array values of FIELDS. */
    public readonly array $fields;

    /** @var array[] values of REQUIREMENT, by competence in the order of their numbers. */
    public readonly array $requirements;

    /** @var int|null its row; null where it is not stored. */
    public readonly ?int $id;

    /** @var int number of the version, from 1; 0 where it is not stored. */
    public readonly int $version;

    /** @var bool whether it is the version that counts. */
    public readonly bool $active;

    /** @var int context of a course category, or the system's. */
    public readonly int $contextid;

    /** @var array|false|null its framework; false where it is not known, null where nobody asked yet. */
    private array|false|null $framework = null;

    /**
     * Constructor.
     *
     * @param stdClass $row with the columns of the table that are known
     * @param stdClass[] $requirements rows of the other table
     */
    public function __construct(stdClass $row, array $requirements) {
        $this->id = isset($row->id) ? (int) $row->id : null;
        $this->version = (int) ($row->version ?? 0);
        $this->active = !empty($row->active);
        $this->contextid = (int) ($row->contextid ?? 0);
        $this->fields = self::values($row, self::FIELDS);
        $found = [];
        foreach ($requirements as $requirement) {
            $found[(string) $requirement->competence] = self::values($requirement, self::REQUIREMENT);
        }
        uksort($found, 'strnatcmp');
        $this->requirements = $found;
    }

    /**
     * Its name in the reader's language, else in the other one. To be escaped.
     *
     * @return string
     */
    public function name(): string {
        return self::in_language($this->fields, 'name');
    }

    /**
     * The family of a job in the reader's language.
     *
     * @return string empty where it has none
     */
    public function family(): string {
        return self::in_language($this->fields, 'family');
    }

    /**
     * Why a level is asked, in the reader's language.
     *
     * @param string $competence
     * @return string empty where nobody said why
     */
    public function reason(string $competence): string {
        return self::in_language($this->requirements[$competence], 'reason');
    }

    /**
     * What a competence is called, with its number; the number alone where its framework is not known any more.
     *
     * @param string $competence
     * @return string
     */
    public function competence(string $competence): string {
        $names = $this->framework()['competences'][$competence] ?? [];
        return $names[self::language()] ?? $competence;
    }

    /**
     * Its framework, in the version that it was written for.
     *
     * @return array|null as {@see \mod_palier\api::framework()} has it; null where this version is not known here
     */
    public function framework(): ?array {
        $this->framework ??= api::framework($this->fields['framework'], $this->context()) ?? false;
        return $this->framework ?: null;
    }

    /**
     * The context that it belongs to; the system's where it is not stored.
     *
     * @return context
     */
    public function context(): context {
        return $this->contextid ? context::instance_by_id($this->contextid) : context_system::instance();
    }

    /**
     * Whether it asks the same as another one.
     *
     * @param self $other
     * @return bool
     */
    public function same(self $other): bool {
        return $this->fields === $other->fields && $this->requirements === $other->requirements;
    }

    /**
     * The values of a row, each of the kind of its default.
     *
     * @param stdClass $row
     * @param array $defaults
     * @return array
     */
    private static function values(stdClass $row, array $defaults): array {
        $values = [];
        foreach ($defaults as $column => $default) {
            $value = $row->$column ?? $default;
            $values[$column] = is_int($default) ? (int) $value : (string) $value;
        }
        return $values;
    }

    /**
     * A text that is there in one language or in both.
     *
     * @param array $values
     * @param string $what its column, without the language
     * @return string
     */
    private static function in_language(array $values, string $what): string {
        $texts = ['fr' => $values["{$what}fr"], 'en' => $values["{$what}en"]];
        return $texts[self::language()] !== '' ? $texts[self::language()] : implode('', $texts);
    }

    /**
     * The language of names for the reader.
     *
     * @return string
     */
    private static function language(): string {
        return str_starts_with(current_language(), 'fr') ? 'fr' : 'en';
    }
}
