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
use mod_palier\local\attempt\slot_usage;
use mod_palier\local\engine\json_text;
use mod_palier\local\test\next_steps;
use question_state;

/**
 * In a practice, after an answer: right or wrong, the question's feedback, the right answer, a resource, and the way on.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class feedback_page implements named_templatable, renderable {
    /**
     * For a question that was answered.
     *
     * @param attempt $attempt a practice
     * @param int $slot
     * @param bool $calm whether a calm choice comes next
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
        /** @var int the slot */
        protected int $slot,
        /** @var bool whether a calm choice comes next */
        protected bool $calm = false,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/feedback_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $attempt = $this->attempt;
        $qa = slot_usage::load($attempt->qubaid, $this->slot)->get_question_attempt($this->slot);
        $options = attempt_access::feedback_options($qa);
        $options->context = $attempt->context();
        $page = $output->get_page();
        $renderer = new question_renderer($page, RENDERER_TARGET_GENERAL);
        $resource = $this->resource();
        $next = $attempt->is_open()
            ? new url('/mod/palier/attempt.php', ['attempt' => $attempt->id] + ($this->calm ? ['calm' => 1] : []))
            : new url('/mod/palier/result.php', ['attempt' => $attempt->id]);
        return [
            'number' => $this->slot,
            'outcome' => $this->outcome($qa),
            'right' => $qa->get_state() == question_state::$gradedright,
            'question' => $qa->get_behaviour()->render($options, null, $renderer, $qa->get_question()->get_renderer($page)),
            'hasresource' => (bool) $resource,
            'resource' => $resource ? [$resource] : [],
            'nexturl' => $next->out(false),
            'open' => $attempt->is_open(),
        ];
    }

    /**
     * What the teacher proposes for the question's competence and what is known of the learner.
     *
     * @return array|null of {@see next_steps::after_question()}
     */
    protected function resource(): ?array {
        $known = $this->attempt->known();
        $items = array_column($this->attempt->bank()->items(), 'scale', 'item');
        foreach ($this->attempt->log()->events() as $event) {
            if ($event->type === 'asked' && (int) $event->slot === $this->slot) {
                $item = json_text::decode($event->data)['item'];
            }
        }
        $level = !empty($known['known']) ? $this->attempt->level : null;
        return (new next_steps($this->attempt->palierid))->after_question($items[$item ?? ''] ?? '', $level, $known);
    }

    /**
     * Right or wrong, in words.
     *
     * @param \question_attempt $qa
     * @return string
     */
    protected function outcome(\question_attempt $qa): string {
        return match ($qa->get_state()) {
            question_state::$gradedright => get_string('outcome_right', 'mod_palier'),
            question_state::$gradedpartial => get_string('outcome_partly', 'mod_palier'),
            question_state::$gaveup => get_string('feedback_gaveup', 'mod_palier'),
            default => get_string('outcome_wrong', 'mod_palier'),
        };
    }
}
