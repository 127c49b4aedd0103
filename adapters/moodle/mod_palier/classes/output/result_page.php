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

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use core\url;
use mod_palier\local\attempt\attempt;
use mod_palier\local\test\next_steps;
use mod_palier\local\test\plan_text;

/**
 * The result.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class result_page implements named_templatable, renderable {
    /**
     * The result of an attempt.
     *
     * @param attempt $attempt
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/result_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        global $USER;
        $attempt = $this->attempt;
        $own = $attempt->userid == $USER->id;
        $words = result_words::of($attempt);
        $map = $words->map();
        $competences = $words->competences();
        $aftersharing = ($attempt->plan()['visibility'] ?? 'course') === 'after_sharing' && !$attempt->preview;
        $url = fn(string $page, array $params = []) =>
            (new url("/mod/palier/$page.php", ['attempt' => $attempt->id] + $params))->out(false);
        $next = next_steps::below($attempt);
        return [
            'preview' => $attempt->preview,
            'who' => $own ? '' : fullname(\core_user::get_user($attempt->userid)),
            'package' => package_notice::of($attempt),
            'headline' => $words->headline(),
            'margin' => $words->margin(),
            'decisions' => $words->decisions(),
            'provisional' => $words->provisional(),
            'stop' => $words->stop(),
            'can' => $words->can(),
            'hascan' => (bool) $words->can(),
            'next' => $next,
            'hasnext' => (bool) $next,
            'map' => $map,
            'hasmap' => (bool) $map,
            'levels' => $map || $competences ? $this->levels() : [],
            'competences' => $competences ? (new competence_map($competences, $attempt->plan()))->export() : false,
            'correspondence' => $competences ? (new correspondence_map($competences))->export() : false,
            'canshare' => $own && $aftersharing && !$attempt->timeshared,
            'shared' => $aftersharing && $attempt->timeshared ? userdate($attempt->timeshared) : '',
            'canwithdraw' => $own && $aftersharing && $attempt->timeshared,
            'shareurl' => $url('share'),
            'storyurl' => $url('story'),
            'texturl' => $url('result', ['download' => 'text']),
            'dataurl' => $url('result', ['download' => 'data']),
            'homeurl' => $attempt->cm()->url->out(false),
        ];
    }

    /**
     * What the levels of the chart are called, and what somebody of each can do.
     *
     * @return array of ['name', 'description']; none where levels are numbers alone
     */
    protected function levels(): array {
        $plan = $this->attempt->plan();
        $descriptions = $plan['levels']['descriptions'] ?? [];
        if (!$descriptions && empty($plan['levels']['names'])) {
            return [];
        }
        $levels = [];
        foreach (array_values(plan_text::all_levels($plan)) as $place => $name) {
            $levels[] = ['name' => $name, 'description' => plan_text::of($descriptions[$place] ?? '')];
        }
        return $levels;
    }
}
