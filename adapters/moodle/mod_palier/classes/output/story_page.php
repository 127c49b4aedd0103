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
use mod_palier\local\engine\engine;
use mod_palier\local\plain_name;

/**
 * The test as a story: one line a question, why it came, what was answered and what that changed.
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
        global $USER;
        $own = $this->attempt->userid == $USER->id;
        $words = result_words::of($this->attempt);
        $competences = $words->competences();
        $curve = new story_curve($this->record['steps'] ?? []);
        return [
            'who' => $own ? '' : fullname(\core_user::get_user($this->attempt->userid)),
            'package' => package_notice::of($this->attempt),
            'when' => userdate($this->attempt->timefinish ?: $this->attempt->timemodified),
            'summary' => $words->summary(),
            'intro' => get_string($competences ? 'story_intro_map' : 'story_intro', 'mod_palier'),
            'curvetitle' => get_string($competences ? 'chart_title_map' : 'chart_title', 'mod_palier'),
            'curve' => $curve->svg(),
            'points' => $curve->points(),
            'domains' => $domains = (new domain_curves($this->attempt->plan(), $this->record['steps'] ?? []))->export(),
            'hasdomains' => (bool) $domains,
            'steps' => $this->steps(),
            'any' => (bool) ($this->story['steps'] ?? []),
            'stop' => $words->stop(),
            'correspondence' => $competences ? (new correspondence_map($competences))->title() : '',
            'resulturl' => (new url('/mod/palier/result.php', ['attempt' => $this->attempt->id]))->out(false),
        ];
    }

    /**
     * The lines.
     *
     * @return array of ['n', 'label', 'outcome', 'response', 'told']
     */
    public function steps(): array {
        $record = array_column($this->record['steps'] ?? [], null, 'n');
        $contest = contest_panel::urls_by_item($this->attempt);
        $context = $this->attempt->context();
        $lines = [];
        foreach ($this->story['steps'] ?? [] as $step) {
            $made = $record[$step['n']] ?? [];
            $lines[] = [
                'n' => $step['n'],
                'label' => plain_name::of($step['label'] ?? $step['item'], $context),
                'outcome' => $step['outcome'] ?? '',
                'contesturl' => $contest[$step['item']] ?? '',
                'response' => ($made['outcome'] ?? '') === 'answered' ? (string) ($made['response'] ?? '') : '',
                'told' => $step['told'] ?? trim(($step['why'] ?? '') . ' ' . ($step['changed'] ?? '')),
            ];
        }
        return $lines;
    }
}
