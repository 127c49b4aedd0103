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
use mod_palier\local\bank\question_filter;
use mod_palier\local\counted;
use mod_palier\local\test\check;
use mod_palier\local\test\plan_text;
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
    /** @var string[] codes of what is changed in the settings. */
    private const IN_SETTINGS = ['noquestions', 'categorygone', 'ungradable', 'plan', 'emptyscale', 'noscale'];

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
                    'high' => counted::text('count_questions', (int) round($interval[1])),
                ]) : '',
            'problems' => array_map($this->message(...), $check->problems),
            'warnings' => array_map($this->message(...), $check->warnings),
            'promise' => $this->promise(),
            'ungradable' => $this->ungradable(),
            'aside' => $check->aside ? get_string('checkaside', 'mod_palier', $check->aside) : '',
            'scales' => $this->scales(),
            'details' => false,
        ];
        $data += $this->ways('');
        $data['hasscales'] = (bool) $data['scales'];
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
        if ($this->cmid && $message['code'] === 'map_difficulties') {
            $url = new moodle_url('/mod/palier/parameters.php', ['id' => $this->cmid]);
            $actions[] = ['url' => $url->out(false), 'text' => get_string('checkgivedoubt', 'mod_palier')];
        }
        if ($this->cmid && !$this->inform && in_array($message['code'], self::IN_SETTINGS)) {
            $url = new moodle_url('/course/modedit.php', ['update' => $this->cmid]);
            $actions[] = ['url' => $url->out(false), 'text' => get_string('checksettings', 'mod_palier')];
        }
        if ($this->cmid && in_array($message['code'], ['noscale', 'manyscales'])) {
            $actions[] = ['url' => $this->question_bank(), 'text' => get_string('checktagquestions', 'mod_palier')];
        }
        if ($this->cmid && $message['code'] === 'nonextsteps' && $this->may_manage()) {
            $url = new moodle_url('/mod/palier/nextsteps.php', ['id' => $this->cmid]);
            $actions[] = ['url' => $url->out(false), 'text' => get_string('nextsteps', 'mod_palier')];
        }
        if ($message['code'] === 'noengine' && has_capability('moodle/site:config', \context_system::instance())) {
            $url = new moodle_url('/report/status/index.php', ['detail' => 'mod_palier_engine']);
            $actions[] = ['url' => $url->out(false), 'text' => get_string('enginestatuslink', 'mod_palier')];
        }
        return ['text' => $message['message'], 'actions' => $actions, 'hasactions' => (bool) $actions]
            + $this->ways($message['code']);
    }

    /**
     * Core's page of the questions, where tags are given.
     *
     * @return string
     */
    private function question_bank(): string {
        global $DB;
        [$course, $cm] = get_course_and_cm_from_cmid($this->cmid, 'palier');
        $categories = question_filter::load((int) $cm->instance)['filter']['category']['values'] ?? [];
        $contextid = $DB->get_field('question_categories', 'contextid', ['id' => (int) reset($categories)]);
        $context = $contextid ? \context::instance_by_id($contextid, IGNORE_MISSING) : null;
        $where = $context instanceof \context_module ? ['cmid' => $context->instanceid] : ['courseid' => $course->id];
        $category = $context ? ['cat' => reset($categories) . ',' . $context->id] : [];
        return (new moodle_url('/question/edit.php', $where + $category))->out(false);
    }

    /**
     * Whether the reader may change the activity.
     *
     * @return bool
     */
    private function may_manage(): bool {
        return has_capability('moodle/course:manageactivities', \context_module::instance($this->cmid));
    }

    /**
     * What would make the test keep its promise, or end a warning, one click each: on its pages a small form, in its form a
     * button that changes the field.
     *
     * @param string $warning its code, empty for the promise
     * @return array for the template mod_palier/check_ways
     */
    private function ways(string $warning): array {
        $ways = array_values(array_filter($this->check->ways, fn(array $way): bool => ($way['warning'] ?? '') === $warning));
        $form = $ways && $this->cmid && !$this->inform && $this->may_manage();
        $shown = array_map(fn(array $way): array => $way + [
            'action' => $form ? (new moodle_url('/mod/palier/adjust.php'))->out(false) : '',
            'id' => $this->cmid,
            'sesskey' => sesskey(),
            'inform' => $this->inform,
        ], $ways);
        return [
            'ways' => $shown,
            'hasways' => (bool) $shown,
            'waysof' => get_string(count($shown) === 1 ? 'wayout_one' : 'wayout', 'mod_palier'),
        ];
    }

    /**
     * The promise that can be kept, in words.
     *
     * @return string
     */
    private function promise(): string {
        $all = $this->check->feasibility['all'] ?? null;
        if ($this->check->canrun && $all) {
            return isset($all['band']) ? get_string('checkcanrun_map', 'mod_palier', [
                'shown' => self::percent($all['band']['told']),
                'right' => self::percent($all['band']['right']),
            ]) : get_string('checkcanrun_maplogits', 'mod_palier', format_float($all['margin'], 1));
        }
        $margin = $this->check->feasibility['margin_levels'] ?? null;
        return !$this->check->canrun || $margin === null || !isset($this->check->plan['stop']['max_items'])
            ? get_string('checkcanrun', 'mod_palier')
            : get_string('checkcanrun_margin', 'mod_palier', [
                'margin' => format_float($margin, 1),
                'most' => counted::text(
                    'count_questions',
                    min($this->check->plan['stop']['max_items'], $this->check->feasibility['items'])
                ),
            ]);
    }

    /**
     * Questions that cannot be asked, counted by their reason.
     *
     * @return string[]
     */
    private function ungradable(): array {
        return array_map(
            fn(string $reason, int $count): string => counted::text('ungradable', $count, [
                'count' => $count,
                'reason' => $reason,
            ]),
            array_keys($this->check->ungradable),
            $this->check->ungradable
        );
    }

    /**
     * Rows of a map's table: one a competence.
     *
     * @return array[]
     */
    private function scales(): array {
        $rows = [];
        foreach ($this->check->feasibility['scales'] ?? [] as $scale) {
            $margin = $scale['margin_levels'] ?? $scale['margin'];
            $rows[] = [
                'name' => plan_text::of($scale['name']) ?: $scale['id'],
                'inbank' => $scale['items_in_bank'],
                'own' => format_float($scale['own'], 1),
                'margin' => $margin === null ? '–' : '± ' . format_float($margin, 1),
                'shown' => implode(' · ', $this->shown($scale)),
            ];
        }
        return $rows;
    }

    /**
     * What will be told of a competence, to which share of the persons. Who is told a level is told its band, too.
     *
     * @param array $scale of the engine's answer
     * @return string[]
     */
    private function shown(array $scale): array {
        $level = $scale['level']['told'] ?? 0;
        $band = $scale['band']['told'] ?? 0;
        $shares = [
            'level' => $level,
            'band' => max(0, $band - $level),
            'margin' => max(0, $scale['measured'] + $scale['reported_as_domain'] - max($level, $band)),
            'domain' => $scale['reported_as_domain'],
            'none' => $scale['not_assessed'],
        ];
        $texts = [];
        foreach ($shares as $kind => $share) {
            if (round(100 * $share) >= 1) {
                $texts[] = get_string("checkshown_$kind", 'mod_palier', self::percent($share));
            }
        }
        return $texts;
    }

    /**
     * A share as whole percents.
     *
     * @param float $share
     * @return int
     */
    private static function percent(float $share): int {
        return (int) round(100 * $share);
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
                'name' => plan_text::level($level['level'], $names[$level['level'] - $first] ?? null),
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
