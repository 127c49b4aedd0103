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
 * A CSV file of trainings, read: what it would do, and each of its faults by line and column. A line with a fault is left out,
 * the others can come in: a catalogue has thousands of lines, and one of them holds back no other.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class catalogue_import extends csv_import {
    /** @var int bytes that a file may have. */
    public const MOST_BYTES = 4 * 1024 * 1024;

    /** @var int lines that a file may have. */
    public const MOST_LINES = 10000;

    /** @var string[] column of the file => column of the tables. */
    protected const COLUMNS = catalogue_file::COLUMNS;

    /** @var string[] those of them that it may lack. */
    protected const OPTIONAL = catalogue_file::OPTIONAL;

    /** @var int[] characters of a field, by column of the file. */
    protected const LONGEST = ['code' => 40, 'framework' => 100, 'competences' => 2000, 'url' => 1333];

    /** @var string[] columns of numbers. */
    protected const NUMBERS = ['from_level', 'to_level', 'days'];

    /** @var string[] words for how a training is held, as people write them => those of entry::MODALITIES. */
    private const MODALITIES = [
        '' => '', 'onsite' => 'onsite', 'online' => 'online', 'blended' => 'blended', 'présentiel' => 'onsite',
        'presentiel' => 'onsite', 'distanciel' => 'online', 'à distance' => 'online', 'mixte' => 'blended', 'hybride' => 'blended',
    ];

    /** @var int days that a training may last. */
    private const LONGEST_DAYS = 365;

    /** @var entry[] the lines without a fault, by code. */
    public array $entries = [];

    /** @var int[] line of each code. */
    private array $lines = [];

    /** @var array[] frameworks that the file names, by id number; empty where there is none. */
    private array $frameworks = [];

    /**
     * Reads a file.
     *
     * @param string $content
     * @param context $context that the entries are for
     */
    public function __construct(
        string $content,
        /** @var context that the entries are for. */
        private readonly context $context
    ) {
        foreach ($this->read($content) as $line => $values) {
            $before = count($this->faults);
            $entry = $this->line($line, $values);
            if (count($this->faults) === $before) {
                $this->entries[$entry->code] = $entry;
            }
        }
    }

    /**
     * What will become of each line without a fault.
     *
     * @return array{new: entry[], changed: entry[], same: entry[]}
     */
    public function plan(): array {
        $before = catalogue::by_code($this->context);
        $plan = ['new' => [], 'changed' => [], 'same' => []];
        foreach ($this->entries as $code => $entry) {
            $old = $before[$code] ?? null;
            $plan[$old === null ? 'new' : ($old->same($entry) ? 'same' : 'changed')][] = $entry;
        }
        return $plan;
    }

    /**
     * How many lines have a fault.
     *
     * @return int
     */
    public function faulty(): int {
        return count(array_unique(array_column($this->faults, 'line')));
    }

    /**
     * Stores the lines without a fault.
     *
     * @return int how many entries were new or changed
     */
    public function apply(): int {
        return catalogue::import($this->context, $this->entries);
    }

    /**
     * Reads a line.
     *
     * @param int $line
     * @param string[] $values by column of the file
     * @return entry to be used where there was no fault
     */
    private function line(int $line, array $values): entry {
        $this->check_texts($line, $values);
        $code = $values['code'];
        if ($this->is_code($line, 'code', $code) && isset($this->lines[$code])) {
            $this->fault($line, 'code', 'fault_codetwice', ['code' => $code, 'line' => $this->lines[$code]]);
        }
        $this->lines[$code] ??= $line;
        if ($values['title'] === '') {
            $this->fault($line, 'title', 'fault_title');
        }
        $modality = self::MODALITIES[\core_text::strtolower($values['modality'])] ?? null;
        if ($modality === null) {
            $known = implode(', ', entry::MODALITIES);
            $this->fault($line, 'modality', 'fault_choice', ['found' => $values['modality'], 'known' => $known]);
        }
        $url = $values['url'];
        if ($url !== '' && (!preg_match('~^https?://~i', $url) || clean_param($url, PARAM_URL) !== $url)) {
            $this->fault($line, 'url', 'fault_url', $url);
        }
        $competences = $this->competences($line, $values);
        return new entry((object) ([
            'contextid' => $this->context->id,
            'code' => $code,
            'title' => $values['title'],
            'framework' => $values['framework'],
            'modality' => (string) $modality,
            'days' => $this->days($line, $values['days']),
            'place' => $values['place'],
            'dates' => $values['dates'],
            'url' => $url,
            'courseid' => $values['course'] === '' ? null : $this->course($line, $values['course']),
        ] + $this->levels($line, $values)), $competences);
    }

    /**
     * The competences of a line.
     *
     * @param int $line
     * @param string[] $values
     * @return string[]
     */
    private function competences(int $line, array $values): array {
        $name = $values['framework'];
        $framework = $this->frameworks[$name] ??= api::framework($name, $this->context) ?? [];
        $numbers = array_unique(array_map('trim', explode(catalogue_file::BETWEEN, $values['competences'])));
        if (!$framework) {
            $known = implode(', ', array_keys(api::frameworks()));
            $this->fault($line, 'framework', 'fault_framework', ['found' => $name, 'known' => $known]);
            return $numbers;
        }
        foreach ($numbers as $number) {
            if (!isset($framework['competences'][$number])) {
                $this->fault($line, 'competences', 'fault_competence', ['found' => $number, 'framework' => $name]);
            }
        }
        return $numbers;
    }

    /**
     * The levels of a line.
     *
     * @param int $line
     * @param string[] $values
     * @return array fromlevel and tolevel
     */
    private function levels(int $line, array $values): array {
        [$first, $last] = ($this->frameworks[$values['framework']] ?? [])['levels'] ?? [0, PHP_INT_MAX];
        $before = count($this->faults);
        $this->check_number($line, 'to_level', $values['to_level'], $first, $last);
        if ($values['from_level'] !== '') {
            $this->check_number($line, 'from_level', $values['from_level'], $first, $last);
        }
        if (count($this->faults) === $before && $values['from_level'] !== '' && $values['from_level'] >= $values['to_level']) {
            $this->fault($line, 'to_level', 'fault_order', ['from' => $values['from_level'], 'to' => $values['to_level']]);
        }
        return [
            'fromlevel' => $values['from_level'] === '' ? null : (int) $values['from_level'],
            'tolevel' => (int) $values['to_level'],
        ];
    }

    /**
     * How long a training is, with a decimal point or comma.
     *
     * @param int $line
     * @param string $value
     * @return float|null
     */
    private function days(int $line, string $value): ?float {
        if ($value === '') {
            return null;
        }
        $days = str_replace(',', '.', $value);
        if (!preg_match('/^\d{1,3}(\.\d{1,2})?$/', $days) || $days > self::LONGEST_DAYS) {
            $this->fault($line, 'days', 'fault_days', ['found' => $value, 'most' => self::LONGEST_DAYS]);
            return null;
        }
        return (float) $days;
    }

    /**
     * The course that is meant, by its id number or its short name: one in this course category, or one that the present user
     * may see anyway.
     *
     * @param int $line
     * @param string $name
     * @return int|null
     */
    private function course(int $line, string $name): ?int {
        global $DB;
        $found = $DB->get_records_select('course', '(idnumber = :idnumber OR shortname = :shortname) AND id <> :site', [
            'idnumber' => $name,
            'shortname' => $name,
            'site' => SITEID,
        ]);
        $seen = array_filter($found, fn(stdClass $course): bool =>
            in_array($this->context->id, \context_course::instance($course->id)->get_parent_context_ids())
            || \core_course_category::can_view_course_info($course));
        if (count($seen) !== 1) {
            $this->fault($line, 'course', $seen ? 'fault_courses' : 'fault_course', $name);
            return null;
        }
        return (int) reset($seen)->id;
    }
}
