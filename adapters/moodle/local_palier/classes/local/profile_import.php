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
 * A CSV file of profiles, read: what it would do, or each of its faults by line and column. A file with a fault does nothing.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class profile_import extends csv_import {
    /** @var int what a weight can be at most. */
    public const HEAVIEST = 10;

    /** @var string[] column of the file => column of the tables. */
    protected const COLUMNS = profile_file::COLUMNS;

    /** @var string[] those of them that it may lack. */
    protected const OPTIONAL = profile_file::OPTIONAL;

    /** @var int[] characters of a field, by column of the file. */
    protected const LONGEST = ['profile' => 40, 'cohort' => 100, 'framework' => 100, 'competence' => 64];

    /** @var string[] columns of numbers. */
    protected const NUMBERS = ['level', 'weight'];

    /** @var profile[] what the file asks, by code; to be used where there is no fault. */
    public array $profiles = [];

    /** @var stdClass[] first line of each profile, by code: line, and what is the same for all its lines. */
    private array $first = [];

    /** @var int[][] line of each competence, by code. */
    private array $lines = [];

    /** @var array[] frameworks that the file names, by id number; empty where there is none. */
    private array $frameworks = [];

    /** @var string[] profile of each cohort in the file, by id number. */
    private array $cohorts = [];

    /**
     * Reads a file.
     *
     * @param string $content
     * @param context $context that the profiles are for
     */
    public function __construct(
        string $content,
        /** @var context that the profiles are for. */
        private readonly context $context
    ) {
        $requirements = [];
        foreach ($this->read($content) as $line => $values) {
            $this->line($line, $values, $requirements);
        }
        foreach ($requirements as $code => $those) {
            $this->profiles[$code] = new profile($this->first[$code], $those);
        }
    }

    /**
     * What will become of each profile.
     *
     * @return array[] profile, and before: the version that it takes the place of, or null; unchanged: whether that asks the same
     */
    public function plan(): array {
        $before = profiles::by_code($this->context);
        return array_map(fn(profile $profile) => [
            'profile' => $profile,
            'before' => $before[$profile->fields['code']] ?? null,
            'unchanged' => isset($before[$profile->fields['code']]) && $before[$profile->fields['code']]->same($profile),
        ], array_values($this->profiles));
    }

    /**
     * Stores what the file asks.
     *
     * @return int how many versions were made
     */
    public function apply(): int {
        if ($this->faults) {
            throw new \coding_exception('A file with faults is not imported');
        }
        return profiles::import($this->context, $this->profiles);
    }

    /**
     * Reads a line.
     *
     * @param int $line
     * @param string[] $values by column of the file
     * @param stdClass[][] $requirements by profile, to be added to
     */
    private function line(int $line, array $values, array &$requirements): void {
        $this->check_texts($line, $values);
        $code = $values['profile'];
        if (!$this->is_code($line, 'profile', $code)) {
            return;
        }
        $fields = $this->fields($line, $values);
        $requirement = $this->requirement($line, $values, $fields);
        if (!isset($this->first[$code])) {
            $this->first[$code] = (object) ($fields + ['line' => $line, 'contextid' => $this->context->id]);
            $this->check_profile($line, $fields);
        }
        $this->check_same($line, $values, $fields);
        $competence = $values['competence'];
        if (isset($this->lines[$code][$competence])) {
            $this->fault($line, 'competence', 'fault_twice', [
                'competence' => $competence,
                'line' => $this->lines[$code][$competence],
            ]);
        }
        $this->lines[$code][$competence] ??= $line;
        $requirements[$code][] = $requirement;
    }

    /**
     * What is the same for all lines of a profile.
     *
     * @param int $line
     * @param string[] $values
     * @return array columns of the table
     */
    private function fields(int $line, array $values): array {
        $fields = [];
        foreach (profile_file::COLUMNS as $column => $field) {
            if (array_key_exists($field, profile::FIELDS)) {
                $fields[$field] = $values[$column];
            }
        }
        foreach (['kind', 'impact'] as $field) {
            $fields[$field] = \core_text::strtolower($fields[$field]);
        }
        $yes = \core_text::strtolower($fields['redeployment']);
        if (!in_array($yes, ['', 'yes', 'no', 'oui', 'non', '1', '0'], true)) {
            $this->fault($line, 'redeployment', 'fault_yesno', $yes);
        }
        $fields['redeployment'] = (int) in_array($yes, ['yes', 'oui', '1'], true);
        return $fields;
    }

    /**
     * What is asked of a competence.
     *
     * @param int $line
     * @param string[] $values
     * @param array $fields of the profile
     * @return stdClass columns of the table
     */
    private function requirement(int $line, array $values, array $fields): stdClass {
        $framework = $this->frameworks[$fields['framework']] ??= api::framework($fields['framework'], $this->context) ?? [];
        if (!$framework) {
            $this->fault($line, 'framework', 'fault_framework', [
                'found' => $fields['framework'],
                'known' => implode(', ', array_keys(api::frameworks())),
            ]);
        } else if (!isset($framework['competences'][$values['competence']])) {
            $this->fault($line, 'competence', 'fault_competence', [
                'found' => $values['competence'],
                'framework' => $fields['framework'],
            ]);
        }
        [$first, $last] = $framework['levels'] ?? [0, PHP_INT_MAX];
        $weight = $values['weight'] === '' ? (string) profile::REQUIREMENT['weight'] : $values['weight'];
        $this->check_number($line, 'level', $values['level'], $first, $last);
        $this->check_number($line, 'weight', $weight, 1, self::HEAVIEST);
        return (object) [
            'competence' => $values['competence'],
            'level' => (int) $values['level'],
            'weight' => (int) $weight,
            'reasonfr' => $values['reason_fr'],
            'reasonen' => $values['reason_en'],
        ];
    }

    /**
     * A profile as its first line has it.
     *
     * @param int $line
     * @param array $fields
     */
    private function check_profile(int $line, array $fields): void {
        $isjob = $fields['kind'] === profile::JOB;
        if (!in_array($fields['kind'], profile::KINDS, true)) {
            $this->fault($line, 'kind', 'fault_choice', ['found' => $fields['kind'], 'known' => implode(', ', profile::KINDS)]);
        } else if ($isjob && !isset(profile::IMPACTS[$fields['impact']])) {
            $known = implode(', ', array_keys(profile::IMPACTS));
            $this->fault($line, 'impact', 'fault_choice', ['found' => $fields['impact'], 'known' => $known]);
        } else if ($isjob && $fields['familyfr'] . $fields['familyen'] === '') {
            $this->fault($line, 'family_fr', 'fault_missing');
        }
        foreach (['familyfr', 'familyen', 'impact', 'redeployment', 'cohort'] as $field) {
            if (!$isjob && $fields[$field]) {
                $this->fault($line, array_search($field, profile_file::COLUMNS, true), 'fault_jobonly');
            }
        }
        if ($fields['namefr'] . $fields['nameen'] === '') {
            $this->fault($line, 'name_fr', 'fault_missing');
        }
        if ($fields['cohort'] !== '') {
            $this->check_cohort($line, $fields['cohort'], $fields['code']);
        }
    }

    /**
     * The cohort of a job is there, once, and is that of no other job.
     *
     * @param int $line
     * @param string $idnumber
     * @param string $code
     */
    private function check_cohort(int $line, string $idnumber, string $code): void {
        $found = job_cohort::find($idnumber, $this->context);
        $taken = isset($this->cohorts[$idnumber]) || $found && job_cohort::is_taken($found[0], $this->context, $code);
        $this->cohorts[$idnumber] = $code;
        if (count($found) !== 1) {
            $this->fault($line, 'cohort', $found ? 'fault_cohorts' : 'fault_cohort', $idnumber);
        } else if ($taken) {
            $this->fault($line, 'cohort', 'fault_cohorttaken', $idnumber);
        }
    }

    /**
     * A later line says of its profile nothing else than the first did; it may leave out what is optional.
     *
     * @param int $line
     * @param string[] $values
     * @param array $fields
     */
    private function check_same(int $line, array $values, array $fields): void {
        $first = $this->first[$fields['code']];
        foreach ($fields as $field => $value) {
            $column = array_search($field, profile_file::COLUMNS, true);
            $leftout = $values[$column] === '' && in_array($column, profile_file::OPTIONAL, true);
            if (!$leftout && $value !== $first->$field) {
                $this->fault($line, $column, 'fault_differs', ['found' => $values[$column], 'line' => $first->line]);
            }
        }
    }
}
