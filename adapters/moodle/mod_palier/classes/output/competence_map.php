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

use mod_palier\local\test\plan_levels;
use mod_palier\local\test\plan_text;

/**
 * A result of several competences, domain by domain: each with its words and a bar. The words and the places of the bars
 * are the engine's; nothing is computed here.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class competence_map {
    /** @var string[] the level that is wanted, in words, by competence. */
    private array $wanted = [];

    /**
     * Of what the engine says.
     *
     * @param array $map the call's `map` (docs/host-calls.md)
     * @param array $plan the plan, which says the level that is wanted of a competence
     */
    public function __construct(
        /** @var array the call's `map` */
        protected array $map,
        array $plan = [],
    ) {
        $levels = plan_text::levels($plan);
        foreach ($plan['scales'] ?? [] as $scale) {
            $theta = $scale['required_theta'] ?? null;
            $number = $theta === null ? null : plan_levels::of_cut($plan['levels'] ?? null, (float) $theta);
            if ($number !== null) {
                $this->wanted[$scale['id']] = get_string('profile_wanted', 'mod_palier', $levels[$number]);
            }
        }
    }

    /**
     * For the template.
     *
     * @return array
     */
    public function export(): array {
        $domains = [];
        foreach ($this->map['domains'] as $domain) {
            $bars = array_filter(array_column([$domain['row'] ?? [], ...$domain['scales']], 'bar'));
            $domains[] = [
                'hasbars' => (bool) $bars,
                'row' => $domain['row'] ? $this->row($domain['row']) : false,
                'scales' => array_map($this->row(...), $domain['scales']),
            ];
        }
        return [
            'title' => $this->map['title'],
            'reading' => $this->map['reading'],
            'ticks' => $this->map['ticks'],
            'domains' => $domains,
            'table' => $this->map['table'],
        ];
    }

    /**
     * In lines of text: domains, and below each its competences.
     *
     * @return string[]
     */
    public function lines(): array {
        $colon = get_string('colon', 'mod_palier');
        $said = function (array $row) use ($colon): string {
            $required = $this->required($row);
            return "{$row['name']}$colon {$row['text']}" . ($required === '' ? '' : "; $required");
        };
        $lines = [$this->map['title']];
        foreach ($this->map['domains'] as $domain) {
            if ($domain['row']) {
                $lines[] = $said($domain['row']);
            }
            foreach ($domain['scales'] as $scale) {
                $lines[] = '   ' . $said($scale);
            }
        }
        return [...$lines, ...$this->map['reading']];
    }

    /**
     * A line of it.
     *
     * @param array $row
     * @return array
     */
    private function row(array $row): array {
        $bar = $row['bar'];
        $part = fn(?array $ends) => $ends ? ['x' => $ends[0], 'width' => $ends[1] - $ends[0]] : false;
        return [
            'name' => $row['name'],
            'text' => $row['text'],
            'required' => $this->required($row),
            'n' => $row['n'],
            'questions' => $row['questions'] ?? '',
            'bar' => $bar ? [
                'margin' => $part($bar['margin']),
                'mark' => $part($bar['mark']),
                'borrowed' => $bar['borrowed'],
            ] : false,
        ];
    }
    /**
     * Whether what is wanted is reached, and what that is.
     *
     * @param array $row
     * @return string empty where nothing is wanted
     */
    private function required(array $row): string {
        $said = (string) ($row['required'] ?? '');
        $wanted = $this->wanted[$row['id'] ?? ''] ?? '';
        return $said === '' || $wanted === '' ? $said : "$said ($wanted)";
    }
}
