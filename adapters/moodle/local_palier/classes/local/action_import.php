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
use moodle_exception;

/**
 * A CSV file of a plan of action, read: its lines, or each of its faults by line and column. A file with a fault changes nothing.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class action_import extends csv_import {
    /** @var string[] column of the file => column of the table. */
    protected const COLUMNS = action_file::COLUMNS;

    /** @var string[] those of them that it may lack. */
    protected const OPTIONAL = action_file::OPTIONAL;

    /** @var int[] characters of a field, by column of the file. */
    protected const LONGEST = ['competence' => 100, 'question' => 10];

    /** @var string[] columns of numbers. */
    protected const NUMBERS = ['level', 'target', 'date'];

    /** @var string[] measures in French => those of action::MEASURES. */
    private const MEASURES = ['niveau' => action::LEVEL, 'contexte' => action::CONTEXT];

    /** @var action[] the lines without a fault. */
    public array $actions = [];

    /** @var array[] what the tests of campaigns measure, by course module. */
    private array $tests = [];

    /**
     * Reads a file.
     *
     * @param string $content
     * @param context $context that the plan is for
     */
    public function __construct(
        string $content,
        /** @var context that the plan is for. */
        private readonly context $context
    ) {
        foreach ($this->read($content) as $line => $values) {
            $this->actions[] = $this->line($line, $values);
        }
        if ($this->faults) {
            $this->actions = [];
        }
    }

    /**
     * Stores it.
     */
    public function apply(): void {
        actions::replace($this->context, $this->actions);
    }

    /**
     * Reads a line.
     *
     * @param int $line
     * @param string[] $values by column of the file
     * @return action to be used where there was no fault
     */
    private function line(int $line, array $values): action {
        $this->check_texts($line, $values);
        foreach (['axis', 'action', 'indicator'] as $column) {
            if ($values[$column] === '') {
                $this->fault($line, $column, 'fault_nothing');
            }
        }
        $measure = \core_text::strtolower($values['measure']);
        $measure = self::MEASURES[$measure] ?? $measure;
        $this->check_choice($line, 'measure', $measure, action::MEASURES);
        $campaign = $this->campaign($line, $values['campaign']);
        $islevel = $measure === action::LEVEL;
        $competence = $islevel && $campaign ? $this->competence($line, $campaign, $values) : null;
        if ($measure === action::CONTEXT) {
            $this->check_choice($line, 'question', $values['question'], survey::QUESTIONS[survey::CONTEXT]);
            if ($campaign && !in_array(survey::CONTEXT, survey::of($campaign), true)) {
                $this->fault($line, 'campaign', 'fault_nosurvey', $campaign->row->code);
            }
        }
        $this->check_number($line, 'target', $values['target'], 1, 100);
        return new action((object) [
            'axis' => $values['axis'],
            'action' => $values['action'],
            'indicator' => $values['indicator'],
            'campaignid' => $campaign->series ?? 0,
            'measure' => $measure,
            'competence' => $competence,
            'level' => $islevel ? $values['level'] : null,
            'question' => $measure === action::CONTEXT ? $values['question'] : null,
            'target' => $values['target'],
            'duedate' => $this->date($line, $values['date']),
        ]);
    }

    /**
     * A value is one of a list.
     *
     * @param int $line
     * @param string $column
     * @param string $found
     * @param string[] $known
     */
    private function check_choice(int $line, string $column, string $found, array $known): void {
        if (!in_array($found, $known, true)) {
            $this->fault($line, $column, 'fault_choice', ['found' => $found, 'known' => implode(', ', $known)]);
        }
    }

    /**
     * The campaign of this place that has a code.
     *
     * @param int $line
     * @param string $code
     * @return campaign|null
     */
    private function campaign(int $line, string $code): ?campaign {
        try {
            $campaign = $code === '' ? null : campaigns::by_code($code);
        } catch (moodle_exception) {
            $campaign = null;
        }
        if ($campaign && $campaign->contextid === (int) $this->context->id) {
            return $campaign;
        }
        $this->fault($line, 'campaign', 'fault_campaign', $code);
        return null;
    }

    /**
     * The competence of a line, whose level has to be the first one of a band of the test: a map tells bands.
     *
     * @param int $line
     * @param campaign $campaign
     * @param string[] $values
     * @return string|null
     */
    private function competence(int $line, campaign $campaign, array $values): ?string {
        $of = $this->tests[$campaign->cmid] ??= api::scales_of_activity($campaign->cmid);
        $ids = array_map('strval', array_column([...$of['scales'], ...$of['domains']], 'id'));
        $this->check_choice($line, 'competence', $values['competence'], $ids);
        $firsts = array_map('strval', array_column(array_slice($of['bands'], 1), 'first'));
        $this->check_choice($line, 'level', $values['level'], $firsts);
        return $values['competence'];
    }

    /**
     * A day, as computers write it or as in France.
     *
     * @param int $line
     * @param string $value 2026-12-31 or 31/12/2026
     * @return int 20261231
     */
    private function date(int $line, string $value): int {
        [$year, $month, $day] = match (true) {
            (bool) preg_match('/^(\d{4})-(\d\d?)-(\d\d?)$/', $value, $found) => array_slice($found, 1),
            (bool) preg_match('~^(\d\d?)/(\d\d?)/(\d{4})$~', $value, $found) => array_reverse(array_slice($found, 1)),
            default => [0, 0, 0],
        };
        if (!checkdate((int) $month, (int) $day, (int) $year)) {
            $this->fault($line, 'date', 'fault_date', $value);
        }
        return 10000 * (int) $year + 100 * (int) $month + (int) $day;
    }
}
