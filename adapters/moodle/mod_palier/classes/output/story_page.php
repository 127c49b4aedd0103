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

use core\chart_line;
use core\chart_series;
use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use core\url;
use mod_palier\local\attempt\attempt;
use mod_palier\local\engine\engine;

/**
 * The test as a story: one line a question, why it came and what the answer changed.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class story_page implements named_templatable, renderable {
    /** @var array The engine's story. */
    protected array $story;

    /** @var array The engine's record. */
    protected array $record;

    /**
     * The story of an attempt.
     *
     * @param attempt $attempt
     * @param engine $engine
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
        engine $engine,
    ) {
        $log = $attempt->log()->json();
        $this->story = $engine->explain($attempt->bank(), $attempt->plan_json(), $log, result_words::language());
        $this->record = $engine->replay($attempt->bank(), $attempt->plan_json(), $log);
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/story_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $chart = $this->chart();
        return [
            'summary' => $this->story['summary'] ?? '',
            'chart' => $chart ? $output->render_chart($chart) : '',
            'steps' => $this->steps(),
            'any' => (bool) ($this->story['steps'] ?? []),
            'stop' => $this->story['stop']['why'] ?? '',
            'resulturl' => (new url('/mod/palier/result.php', ['attempt' => $this->attempt->id]))->out(false),
        ];
    }

    /**
     * The lines.
     *
     * @return array
     */
    public function steps(): array {
        $record = array_column($this->record['steps'] ?? [], null, 'n');
        $contest = contest_panel::urls_by_item($this->attempt);
        $lines = [];
        foreach ($this->story['steps'] ?? [] as $step) {
            $made = $record[$step['n']] ?? [];
            $level = $made['level'] ?? null;
            $lines[] = [
                'n' => $step['n'],
                'label' => $step['label'] ?? $step['item'],
                'why' => $step['why'] ?? '',
                'changed' => $step['changed'] ?? '',
                'outcome' => $step['outcome'] ?? '',
                'contesturl' => $contest[$step['item']] ?? '',
                'level' => $level === null ? '' : self::level($level, $made['level_interval'] ?? null),
            ];
        }
        return $lines;
    }

    /**
     * A level with its margin.
     *
     * @param int $level
     * @param int[]|null $interval
     * @return string
     */
    protected static function level(int $level, ?array $interval): string {
        if (!$interval || $interval[0] === $interval[1]) {
            return (string) $level;
        }
        return "$level (" . get_string('about_range', 'mod_palier', ['low' => $interval[0], 'high' => $interval[1]]) . ')';
    }

    /**
     * The curve: the level after each question, between the ends of its margin. Its table is the text twin.
     *
     * @return chart_line|null
     */
    protected function chart(): ?chart_line {
        $steps = array_values(array_filter($this->record['steps'] ?? [], fn(array $step) => empty($step['dropped'])));
        if (count($steps) < 2) {
            return null;
        }
        $levels = isset($steps[0]['level'], $steps[0]['level_interval']);
        $take = fn(\Closure $of) => array_map(fn($step) => round($of($step), 2), $steps);
        $chart = new chart_line();
        $chart->set_title(get_string('chart_title', 'mod_palier'));
        $chart->set_labels(array_map(fn($step) => (string) $step['n'], $steps));
        $low = new chart_series(
            get_string('chart_low', 'mod_palier'),
            $take(fn($step) => $levels ? $step['level_interval'][0] : $step['interval'][0])
        );
        $middle = new chart_series(
            get_string('chart_level', 'mod_palier'),
            $take(fn($step) => $levels ? $step['level'] : $step['theta'])
        );
        $high = new chart_series(
            get_string('chart_high', 'mod_palier'),
            $take(fn($step) => $levels ? $step['level_interval'][1] : $step['interval'][1])
        );
        $low->set_color('#8f959e');
        $middle->set_color('#0f6cbf');
        $high->set_color('#8f959e');
        foreach ([$high, $middle, $low] as $series) {
            $chart->add_series($series);
        }
        return $chart;
    }
}
