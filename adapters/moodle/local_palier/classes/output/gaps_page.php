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

namespace local_palier\output;

use context;
use local_palier\local\catalogue_lack;
use local_palier\local\decision;
use local_palier\local\gap_counting;
use local_palier\local\job_gap;
use local_palier\local\suppression;
use local_palier\task\count_gaps;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * How many people reach what their jobs ask.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class gaps_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param context $context
     */
    public function __construct(
        /** @var context a course category's or the system's. */
        private readonly context $context
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $url = new moodle_url('/local/palier/gaps.php', ['contextid' => $this->context->id]);
        $last = gap_counting::last($this->context);
        $gaps = job_gap::all($this->context);
        $jobs = array_map($this->job(...), $gaps);
        $counted = gap_counting::jobs($this->context);
        $lacks = array_map(fn(array $lack): array => [
            'competence' => $lack['profile']->competence($lack['competence']),
            'level' => get_string('level', 'local_palier', $lack['level']),
            'job' => $lack['profile']->name(),
            'people' => $lack['people'],
        ], catalogue_lack::of($this->context, $gaps));
        $waiting = count_gaps::is_waiting($this->context);
        return [
            'explained' => get_string('gaps_explained', 'local_palier', suppression::least()),
            'counted' => $last ? get_string('gaps_counted', 'local_palier', self::month($last)) : '',
            'jobs' => $jobs,
            'hasjobs' => (bool) $jobs,
            'lacks' => $lacks,
            'haslacks' => (bool) $lacks,
            'catalogue' => (places::of($this->context)['catalogue'] ?? null)?->out(false),
            'waiting' => $waiting,
            'cancount' => !$waiting && ($last ?? 0) < gap_counting::month() && $counted,
            'nojobs' => !$jobs && !$counted,
            'action' => $url->out_omit_querystring(),
            'contextid' => $this->context->id,
            'sesskey' => sesskey(),
            'download' => (new moodle_url($url, ['download' => 1]))->out(false),
            'guide' => api::guide_url('human-resources')->out(false),
        ];
    }

    /**
     * The same table for a spreadsheet: what the page shows, and nothing more.
     *
     * @return array[] the first row has the titles
     */
    public function rows(): array {
        $text = fn(string $key): string => get_string($key, 'local_palier');
        $counts = array_map(fn($decision) => $text("count_$decision"), decision::ALL);
        $titles = ['kind_job', 'family', 'impact', 'people', 'gap', 'remarks', 'competence', 'asked'];
        $rows = [[...array_map($text, $titles), ...$counts]];
        foreach (array_map($this->job(...), job_gap::all($this->context)) as $job) {
            $remarks = array_filter([$job['risky'] ? $text('risky') : '', $job['old'] ? $text('gaps_old') : '']);
            $common = [$job['name'], $job['family'], $job['impact'], $job['people'], $job['gap'], implode(' ', $remarks)];
            foreach ($job['lines'] as $line) {
                $cells = array_map(fn($cell) => $cell['hidden'] ? $text('hidden') : (int) $cell['count'], $line['cells']);
                $rows[] = [...$common, $line['competence'], $line['level'], ...$cells];
            }
        }
        return $rows;
    }

    /**
     * A job.
     *
     * @param job_gap $gap
     * @return array
     */
    private function job(job_gap $gap): array {
        $profile = $gap->profile;
        $lines = [];
        foreach ($gap->counts as $count) {
            $cells = [];
            foreach (decision::ALL as $decision) {
                $cells[] = [
                    'label' => get_string("count_$decision", 'local_palier'),
                    'count' => $count->$decision,
                    'hidden' => $count->$decision === null,
                ];
            }
            $lines[] = [
                'competence' => $profile->competence($count->competence),
                'level' => get_string('level', 'local_palier', $profile->requirements[$count->competence]['level']),
                'cells' => $cells,
            ];
        }
        return [
            'id' => $profile->id,
            'name' => $profile->name(),
            'family' => $profile->family(),
            'impact' => get_string('impact_' . $profile->fields['impact'], 'local_palier'),
            'people' => $gap->people,
            'gap' => self::share($gap),
            'risky' => $gap->is_risky_target(),
            'old' => !$profile->active,
            'lines' => $lines,
        ];
    }

    /**
     * The gap of a job, with its margin.
     *
     * @param job_gap $gap
     * @return string
     */
    private static function share(job_gap $gap): string {
        if ($gap->low === null) {
            return get_string('gap_hidden', 'local_palier');
        }
        [$low, $high] = [(int) floor(100 * $gap->low), (int) ceil(100 * $gap->high)];
        return get_string($low === $high ? 'gap_one' : 'gap_between', 'local_palier', ['low' => $low, 'high' => $high]);
    }

    /**
     * A month in words.
     *
     * @param int $month such as 202611
     * @return string
     */
    public static function month(int $month): string {
        $time = make_timestamp(intdiv($month, 100), $month % 100, 15);
        return userdate($time, get_string('strftimemonthyear', 'langconfig'));
    }
}
