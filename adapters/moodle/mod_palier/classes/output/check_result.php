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
use mod_palier\local\test\check;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * What the check found, in words, with its figures as a table and a curve.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class check_result implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param check $check
     * @param int $cmid the activity, 0 while it is being made
     * @param bool $details whether to show the table and the curve
     * @param bool $inform whether it stands in the activity's form, where no other form can
     */
    public function __construct(
        /** @var check what was found. */
        private readonly check $check,
        /** @var int the activity, 0 while it is being made. */
        private readonly int $cmid = 0,
        /** @var bool whether to show the table and the curve. */
        private readonly bool $details = false,
        /** @var bool whether it stands in the activity's form. */
        private readonly bool $inform = false
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $check = $this->check;
        $interval = $check->feasibility['items_interval'] ?? null;
        $data = [
            'canrun' => $check->canrun,
            'summary' => $check->summary(),
            'interval' => $interval
                ? get_string(round($interval[0]) < round($interval[1]) ? 'checkinterval' : 'checkintervalsame', 'mod_palier', [
                    'low' => round($interval[0]),
                    'high' => round($interval[1]),
                ]) : '',
            'problems' => array_map($this->message(...), $check->problems),
            'warnings' => array_map($this->message(...), $check->warnings),
            'ways' => $this->ways(),
            'hasways' => (bool) $check->ways,
            'waysof' => get_string(count($check->ways) === 1 ? 'wayoutone' : 'wayout', 'mod_palier'),
            'promise' => $this->promise(),
            'ungradable' => $this->ungradable(),
            'aside' => $check->aside ? get_string('checkaside', 'mod_palier', $check->aside) : '',
            'details' => false,
        ];
        if ($this->details && $check->feasibility) {
            $data['details'] = true;
            $data['levels'] = $this->levels();
            $data['haslevels'] = (bool) $data['levels'];
            $data['chart'] = $this->chart($output);
        }
        return $data;
    }

    /**
     * A message with what can be done about it.
     *
     * @param array $message code and message
     * @return array
     */
    private function message(array $message): array {
        $actions = [];
        if ($this->cmid && in_array($message['code'], ['missing', 'noparameters'])) {
            $url = new moodle_url('/mod/palier/levels.php', ['id' => $this->cmid, 'show' => 'missing']);
            $actions[] = ['url' => $url->out(false), 'text' => get_string('checkgivelevel', 'mod_palier')];
        }
        if ($this->cmid && !$this->inform && in_array($message['code'], ['noquestions', 'categorygone', 'ungradable', 'plan'])) {
            $url = new moodle_url('/course/modedit.php', ['update' => $this->cmid]);
            $actions[] = ['url' => $url->out(false), 'text' => get_string('checksettings', 'mod_palier')];
        }
        if ($message['code'] === 'noengine' && has_capability('moodle/site:config', \context_system::instance())) {
            $url = new moodle_url('/report/status/index.php', ['detail' => 'mod_palier_engine']);
            $actions[] = ['url' => $url->out(false), 'text' => get_string('enginestatuslink', 'mod_palier')];
        }
        return ['text' => $message['message'], 'actions' => $actions, 'hasactions' => (bool) $actions];
    }

    /**
     * What would make the test keep its promise, one click each: on its pages a small form, in its form a button that
     * changes the field.
     *
     * @return array[]
     */
    private function ways(): array {
        $form = $this->check->ways && $this->cmid && !$this->inform && has_capability(
            'moodle/course:manageactivities',
            \context_module::instance($this->cmid)
        );
        return array_map(fn(array $way): array => $way + [
            'action' => $form ? (new moodle_url('/mod/palier/adjust.php'))->out(false) : '',
            'id' => $this->cmid,
            'sesskey' => sesskey(),
            'inform' => $this->inform,
        ], $this->check->ways);
    }

    /**
     * The promise that can be kept, in words.
     *
     * @return string
     */
    private function promise(): string {
        $margin = $this->check->feasibility['margin_levels'] ?? null;
        return !$this->check->canrun || $margin === null || !isset($this->check->plan['stop']['max_items'])
            ? get_string('checkcanrun', 'mod_palier')
            : get_string('checkcanrun_margin', 'mod_palier', [
                'margin' => format_float($margin, 1),
                'most' => min($this->check->plan['stop']['max_items'], $this->check->feasibility['items']),
            ]);
    }

    /**
     * Questions that cannot be asked, counted by their reason.
     *
     * @return string[]
     */
    private function ungradable(): array {
        return array_map(
            fn(string $reason, int $count): string => get_string($count === 1 ? 'ungradableone' : 'ungradable', 'mod_palier', [
                'count' => $count,
                'reason' => $reason,
            ]),
            array_keys($this->check->ungradable),
            $this->check->ungradable
        );
    }

    /**
     * Rows of the table: one a level.
     *
     * @return array
     */
    private function levels(): array {
        $rows = [];
        $names = $this->check->plan['levels']['names'] ?? [];
        $first = $this->check->plan['levels']['first'] ?? 0;
        foreach ($this->check->feasibility['by_level'] ?? [] as $level) {
            if (!isset($level['level'])) {
                continue;
            }
            $rows[] = [
                'name' => \mod_palier\local\test\plan_text::level($level['level'], $names[$level['level'] - $first] ?? null),
                'inbank' => $level['items_in_bank'],
                'expected' => format_float($level['expected_items'], 0),
                'margin' => '± ' . format_float($level['margin_levels'] ?? $level['se'], 1),
                'kept' => !empty($level['kept']),
            ];
        }
        return $rows;
    }

    /**
     * The curve of the bank's information, core's chart with its table of data.
     *
     * @param renderer_base $output
     * @return string HTML
     */
    private function chart(renderer_base $output): string {
        $points = $this->check->feasibility['information'] ?? [];
        if (!$points) {
            return '';
        }
        $chart = new chart_line();
        $chart->set_smooth(true);
        $chart->set_labels(array_map(fn($point) => format_float($point['theta'], 1), $points));
        $chart->add_series(new chart_series(
            get_string('checkinformation', 'mod_palier'),
            array_map(fn($point) => round($point['value'], 3), $points)
        ));
        $chart->get_xaxis(0, true)->set_label(get_string('checkability', 'mod_palier'));
        $chart->get_yaxis(0, true)->set_label(get_string('checkinformation', 'mod_palier'));
        $chart->get_yaxis(0, true)->set_min(0);
        return $output->render($chart);
    }
}
