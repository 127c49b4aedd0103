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

use cm_info;
use core\output\named_templatable;
use core\url;
use mod_palier\local\test\level_walk;
use mod_palier\local\test\plan_text;
use qbank_previewquestion\helper;
use question_bank;
use question_engine;
use renderable;
use renderer_base;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * A simulated learner's test, question by question, with the trace of each choice beside it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class walk_page implements named_templatable, renderable {
    /** @var int Candidates that are listed. */
    protected const CANDIDATES = 5;

    /**
     * The page of a walk.
     *
     * @param level_walk $walk
     * @param cm_info $cm
     */
    public function __construct(
        /** @var level_walk the walk */
        protected level_walk $walk,
        /** @var cm_info the activity */
        protected cm_info $cm,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/walk_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $walk = $this->walk;
        $choices = $walk->choices();
        $chosen = $walk->level ?? array_keys($choices)[intdiv(count($choices), 2)];
        $options = [];
        foreach ($choices as $value => $text) {
            $options[] = ['value' => $value, 'text' => $text, 'selected' => $value === $chosen];
        }
        $curve = new story_curve($walk->record['steps'] ?? []);
        return [
            'id' => $this->cm->id,
            'action' => (new url('/mod/palier/walk.php'))->out(false),
            'label' => get_string($walk->has_levels() ? 'walklevel' : 'walkabilitylabel', 'mod_palier'),
            'options' => $options,
            'taken' => $walk->level !== null,
            'who' => $walk->level !== null ? get_string('walkof', 'mod_palier', $choices[$walk->level]) : '',
            'againurl' => $walk->level !== null && $walk->seed < level_walk::MOST_DRAWS
                ? (new url('/mod/palier/walk.php', [
                    'id' => $this->cm->id,
                    'level' => $walk->level,
                    'seed' => $walk->seed + 1,
                ]))->out(false) : '',
            'summary' => $walk->story['summary'] ?? '',
            'stop' => $walk->story['stop']['why'] ?? '',
            'curve' => $walk->level !== null ? $curve->svg() : '',
            'steps' => $this->steps(),
        ];
    }

    /**
     * The questions with their traces.
     *
     * @return array[]
     */
    protected function steps(): array {
        $record = array_column($this->walk->record['steps'] ?? [], null, 'n');
        $lines = [];
        foreach ($this->walk->story['steps'] ?? [] as $step) {
            $made = $record[$step['n']] ?? [];
            $candidates = $this->candidates($step);
            $lines[] = $this->shown($step['item']) + [
                'n' => $step['n'],
                'outcome' => $this->outcome($made),
                'before' => $this->known($step['before']),
                'after' => $this->known($step['after']),
                'told' => $step['told'],
                'why' => $step['why'],
                'choice' => $step['choice'],
                'candidates' => $candidates,
                'hascandidates' => (bool) $candidates,
            ];
        }
        return $lines;
    }

    /**
     * A question as text, with the way to core's preview of it.
     *
     * @param string $item
     * @return array name, text, previewurl
     */
    protected function shown(string $item): array {
        $row = $this->walk->question($item);
        if (!$row) {
            return ['name' => $item, 'text' => '', 'previewurl' => ''];
        }
        $text = '';
        try {
            // A usage that is never saved: the words of the question as an attempt would have them.
            $quba = question_engine::make_questions_usage_by_activity('mod_palier', $this->cm->context);
            $quba->set_preferred_behaviour('deferredfeedback');
            $slot = $quba->add_question(question_bank::load_question($row->questionid));
            $quba->start_question($slot);
            $text = (string) $quba->get_question_attempt($slot)->get_question_summary();
        } catch (\Throwable $e) {
            debugging("Question {$row->questionid}: " . $e->getMessage(), DEBUG_DEVELOPER);
        }
        $may = question_has_capability_on((int) $row->questionid, 'use');
        return [
            'name' => format_string($row->name, true, ['context' => $this->cm->context]),
            'text' => shorten_text($text, 600),
            'previewurl' => $may
                ? helper::question_preview_url($row->questionid, null, null, null, null, $this->cm->context)->out(false) : '',
        ];
    }

    /**
     * What the simulated learner answered.
     *
     * @param array $made step of the record
     * @return string
     */
    protected function outcome(array $made): string {
        $fraction = $made['fraction'] ?? 0;
        return get_string(match (true) {
            $fraction >= 1 => 'outcome_right',
            $fraction <= 0 => 'outcome_wrong',
            default => 'outcome_partly',
        }, 'mod_palier');
    }

    /**
     * What was known, in levels or, without them, in logits.
     *
     * @param array $known of the story
     * @return string
     */
    protected function known(array $known): string {
        if (!isset($known['level'])) {
            return get_string('walkknownlogits', 'mod_palier', [
                'theta' => format_float($known['theta'], 2),
                'se' => format_float($known['se'], 2),
            ]);
        }
        $first = $this->walk->plan['levels']['first'] ?? 0;
        [$low, $high] = $known['level_interval'];
        return get_string($low === $high ? 'walkknownsure' : 'walkknown', 'mod_palier', [
            'level' => plan_text::level($known['level'], $this->walk->plan['levels']['names'][$known['level'] - $first] ?? null),
            'low' => $low,
            'high' => $high,
        ]);
    }

    /**
     * The best questions that could have come, best first.
     *
     * @param array $step of the story
     * @return array[] name, value, mine
     */
    protected function candidates(array $step): array {
        $list = [];
        foreach (array_slice($step['candidates'] ?? [], 0, self::CANDIDATES) as $candidate) {
            $row = $this->walk->question($candidate['item']);
            $list[] = [
                'name' => $row ? format_string($row->name, true, ['context' => $this->cm->context]) : $candidate['item'],
                'value' => format_float($candidate['value'], 3),
                'mine' => $candidate['item'] === $step['item'],
            ];
        }
        return $list;
    }
}
