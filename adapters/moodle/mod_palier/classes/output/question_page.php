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
use mod_palier\local\attempt\attempt_access;
use mod_palier\local\attempt\shown_question;
use mod_palier\local\attempt\unsent;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_access;
use mod_palier\local\contest\contest_repository;
use mod_palier\local\attempt\step;
use mod_palier\local\counted;
use mod_palier\local\test\duration;
use question_state;

/**
 * The question on screen.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class question_page implements named_templatable, renderable {
    /**
     * The question of an attempt.
     *
     * @param attempt $attempt
     * @param bool $saved whether to say that an answer was saved
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
        /** @var bool whether to say that an answer was saved */
        protected bool $saved,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/question_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $attempt = $this->attempt;
        $shown = new shown_question($attempt);
        $missing = $shown->is_missing();
        $qa = $missing ? null : $attempt->quba()->get_question_attempt($attempt->slot);
        $invalid = $qa && $qa->get_state() == question_state::$invalid;
        return [
            'action' => (new url('/mod/palier/step.php'))->out(false),
            'attempt' => $attempt->id,
            'slot' => $attempt->slot,
            'seq' => $attempt->seq,
            'sesskey' => sesskey(),
            'name' => $attempt->name(),
            'number' => $attempt->slot,
            'preview' => $attempt->preview,
            'missing' => $missing,
            'question' => $qa ? $this->question($output) : '',
            'invalid' => $invalid,
            'validation' => $invalid ? $this->validation($qa) : '',
            'saved' => $this->saved && $attempt->slot > 1 ? $attempt->slot - 1 : null,
            'mark' => unsent::mark($attempt->id, (int) $attempt->slot, $attempt->userid),
            'needsscript' => $qa && $shown->needs_script(),
            'places' => $qa ? $this->places($shown) : [],
            'toorder' => $qa && $shown->items_to_order(),
            'doubt' => self::doubt($attempt->known()),
            'timeleft' => $this->time_left($missing),
        ] + $this->report();
    }

    /**
     * What a learner can report, or has reported.
     *
     * @return array
     */
    protected function report(): array {
        if (!contest_access::may_contest($this->attempt)) {
            return ['canreport' => false];
        }
        $contest = contest_repository::find($this->attempt->id, contest::QUESTION, (int) $this->attempt->slot);
        return [
            'canreport' => true,
            'flagged' => (bool) $contest,
            'threadurl' => $contest?->url()->out(false),
            'status' => $contest ? get_string("contest_status_{$contest->status}", 'mod_palier') : '',
            'maxlength' => contest::MAX_LENGTH,
        ];
    }

    /**
     * Items to put in order without scripts: a menu each.
     *
     * @param shown_question $shown
     * @return array[]
     */
    protected function places(shown_question $shown): array {
        $items = $shown->items_to_order();
        $place = 0;
        $lines = [];
        foreach ($items as $key => $text) {
            $place++;
            $lines[] = [
                'key' => $key,
                'text' => $text,
                'options' => array_map(fn($n) => ['n' => $n, 'selected' => $n === $place], range(1, count($items))),
            ];
        }
        return $lines;
    }

    /**
     * How much time is left, where the plan has a limit.
     *
     * @param bool $missing whether the question is gone
     * @return string
     */
    protected function time_left(bool $missing): string {
        $plan = $this->attempt->plan();
        if ($missing || duration::limit($plan) === null) {
            return '';
        }
        $ms = (new shown_question($this->attempt))->elapsed(step::now_ms());
        return duration::left($plan, (float) ($this->attempt->known()['minutes'] ?? 0), $ms);
    }

    /**
     * The question, shown by its type.
     *
     * @param renderer_base $output
     * @return string HTML
     */
    protected function question(renderer_base $output): string {
        $page = $output->get_page();
        $qa = $this->attempt->quba()->get_question_attempt($this->attempt->slot);
        $options = attempt_access::display_options();
        $options->context = $this->attempt->context();
        $renderer = new question_renderer($page, RENDERER_TARGET_GENERAL);
        return $qa->get_behaviour()->render($options, null, $renderer, $qa->get_question()->get_renderer($page));
    }

    /**
     * What the question's type says is missing.
     *
     * @param \question_attempt $qa
     * @return string
     */
    protected function validation(\question_attempt $qa): string {
        $question = $qa->get_question();
        if ($question instanceof \question_with_responses || method_exists($question, 'get_validation_error')) {
            return trim(strip_tags((string) $question->get_validation_error($qa->get_last_qt_data())));
        }
        return '';
    }

    /**
     * The bar of doubt: it grows with what is known, and never goes back.
     *
     * @param array $known the engine's state
     * @return array
     */
    public static function doubt(array $known): array {
        $remaining = isset($known['expected_remaining']) ? (int) ceil($known['expected_remaining']) : null;
        $text = match (true) {
            $remaining === null => '',
            $remaining <= 0 => get_string('remaining_last', 'mod_palier'),
            default => counted::text('remaining', $remaining),
        };
        return [
            'percent' => max(0, min(100, (int) round(100 * ($known['progress'] ?? 0)))),
            'text' => $text,
        ];
    }
}
