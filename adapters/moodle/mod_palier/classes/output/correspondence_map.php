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

use mod_palier\local\scales\correspondence;
use mod_palier\local\scales\framework_data;
use mod_palier\local\test\plan_text;

/**
 * A result of several competences, read by another framework: below each of its competences those that were measured, with the
 * words that the result has of them. Nothing is computed, and nothing put together.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class correspondence_map {
    /** @var array[] rows of the result, by the id of a competence. */
    private array $rows;

    /** @var correspondence|null which competences correspond. */
    private ?correspondence $correspondence;

    /**
     * Of what the engine says.
     *
     * @param array $map the call's `map` (docs/host-calls.md)
     */
    public function __construct(array $map) {
        $this->rows = array_column(array_merge(...array_column($map['domains'], 'scales')), null, 'id');
        $this->correspondence = correspondence::of(array_map('strval', array_keys($this->rows)));
    }

    /**
     * What it is called.
     *
     * @return string empty where the competences are of no framework that corresponds to another
     */
    public function title(): string {
        return $this->correspondence
            ? get_string('correspondence', 'mod_palier', framework_data::title($this->correspondence->to)) : '';
    }

    /**
     * For the template.
     *
     * @return array|null null where the result's competences are of no framework that corresponds to another
     */
    public function export(): ?array {
        if (!$this->correspondence) {
            return null;
        }
        [$from, $to] = [framework_data::title($this->correspondence->from), framework_data::title($this->correspondence->to)];
        $names = framework_data::names($this->correspondence->from);
        return [
            'title' => $this->title(),
            'note' => get_string('correspondence_note', 'mod_palier', ['from' => $from, 'to' => $to]),
            'show' => get_string('correspondence_show', 'mod_palier', $to),
            'areas' => array_map(fn(array $area): array => [
                'name' => plan_text::of($area['name']),
                'competences' => array_map(fn(array $competence): array => [
                    'name' => plan_text::of($competence['name']),
                    'none' => $competence['related'] ? '' : get_string('correspondence_none', 'mod_palier', $from),
                    'related' => array_map(fn($number, ?string $id): array => [
                        'name' => "$from " . plan_text::of($names[$number]),
                        'text' => $this->rows[$id]['text'] ?? get_string('scale_not_assessed', 'mod_palier'),
                    ], array_keys($competence['related']), $competence['related']),
                ], $area['competences']),
            ], $this->correspondence->areas()),
            'sources' => [
                framework_data::source($this->correspondence->from),
                framework_data::source($this->correspondence->to),
            ],
        ];
    }

    /**
     * In lines of text.
     *
     * @return string[]
     */
    public function lines(): array {
        $told = $this->export();
        if (!$told) {
            return [];
        }
        $colon = get_string('colon', 'mod_palier');
        $lines = [$told['title'], $told['note']];
        foreach ($told['areas'] as $area) {
            $lines[] = $area['name'];
            foreach ($area['competences'] as $competence) {
                $lines[] = "   {$competence['name']}" . ($competence['none'] === '' ? '' : "$colon {$competence['none']}");
                foreach ($competence['related'] as $one) {
                    $lines[] = "      {$one['name']}$colon {$one['text']}";
                }
            }
        }
        return [...$lines, ...array_column($told['sources'], 'text')];
    }
}
