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

namespace mod_palier\local\attempt;

use mod_palier\local\engine\json_text;
use question_attempt;

/**
 * The question on screen: which it is, since when, and what a form says about it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class shown_question {
    /**
     * The question on screen of an attempt.
     *
     * @param attempt $attempt
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
    ) {
    }

    /**
     * Whether it no longer exists.
     *
     * @return bool
     */
    public function is_missing(): bool {
        $quba = $this->attempt->quba();
        return !in_array($this->attempt->slot, $quba->get_slots())
            || $quba->get_question($this->attempt->slot, false)->get_type_name() === 'missingtype';
    }

    /**
     * Its item.
     *
     * @return string
     */
    public function item(): string {
        return json_text::decode($this->attempt->log()->last(['asked'])->data)['item'];
    }

    /**
     * Its version.
     *
     * @return int question id
     */
    public function question_id(): int {
        return (int) $this->attempt->log()->last(['asked'])->questionid;
    }

    /**
     * Milliseconds that it was on screen, pauses left out.
     *
     * @param int $timems now, in milliseconds
     * @return int
     */
    public function elapsed(int $timems): int {
        $elapsed = 0;
        $until = $timems;
        foreach (array_reverse($this->attempt->log()->events()) as $event) {
            if (!in_array($event->type, ['asked', 'paused', 'resumed'])) {
                continue;
            }
            $time = (int) (json_text::decode($event->data)['time'] ?? $until);
            if ($event->type === 'paused') {
                $until = $time;
                continue;
            }
            $elapsed += max(0, $until - $time);
            $until = $time;
            if ($event->type === 'asked') {
                break;
            }
        }
        return $elapsed;
    }

    /**
     * Has Moodle's question engine mark a response.
     *
     * @param array $fields of the form
     * @param int $now in seconds
     * @return question_attempt
     */
    public function submit(array $fields, int $now): question_attempt {
        $quba = $this->attempt->quba();
        $quba->process_action($this->attempt->slot, ['-submit' => 1] + $this->response($fields), $now);
        return $quba->get_question_attempt($this->attempt->slot);
    }

    /**
     * Ends it without a response.
     *
     * @param int $now in seconds
     */
    public function give_up(int $now): void {
        $quba = $this->attempt->quba();
        if ($quba->get_question_attempt($this->attempt->slot)->get_last_qt_data()) {
            // What was typed before does not count: a blank response is given up, a half-written one might be marked.
            $quba->process_action($this->attempt->slot, [], $now);
        }
        $quba->finish_question($this->attempt->slot, $now);
    }

    /**
     * Puts the response so far in the question usage, to be saved with it.
     *
     * @param array $fields of the form
     * @param int $now in seconds
     */
    public function keep(array $fields, int $now): void {
        $response = $this->response($fields);
        if (array_filter($response, fn($value) => (string) $value !== '')) {
            $this->attempt->quba()->process_action($this->attempt->slot, $response, $now);
        }
    }

    /**
     * Puts the response so far in the question usage as a draft, which the next one replaces.
     *
     * @param array $fields of the form
     * @param int $now in seconds
     * @return bool whether there is anything to save
     */
    public function keep_draft(array $fields, int $now): bool {
        $response = $this->response($fields);
        if (!array_filter($response, fn($value) => (string) $value !== '')) {
            return false;
        }
        $this->attempt->quba()->process_autosave($this->attempt->slot, $response, $now);
        return true;
    }

    /**
     * The response in a form: the fields that the question expects, and none of its behaviour's.
     *
     * @param array $fields
     * @return array
     */
    protected function response(array $fields): array {
        $data = $this->attempt->quba()->extract_responses($this->attempt->slot, $fields);
        $data = array_filter($data, fn($name) => $name[0] !== '-' && $name[0] !== ':', ARRAY_FILTER_USE_KEY);
        $places = $this->places($fields);
        if ($places) {
            asort($places);
            $question = $this->attempt->quba()->get_question($this->attempt->slot, false);
            $data[$question->get_response_fieldname()] = implode(',', array_keys($places));
        }
        return $data;
    }

    /**
     * Whether items that a page without scripts puts in order have a place each.
     *
     * @param array $fields
     * @return bool
     */
    public function has_each_place_once(array $fields): bool {
        $places = $this->places($fields);
        return !$places || !array_diff(range(1, count($places)), $places);
    }

    /**
     * Items of an ordering with the places that a page without scripts gives them: only there the form has them.
     *
     * @param array $fields
     * @return int[] by the item's key, in the order on screen; 0 for none
     */
    protected function places(array $fields): array {
        $places = [];
        foreach ($this->items_to_order() as $key => $text) {
            if (isset($fields["palier_place_$key"])) {
                $places[$key] = max(0, (int) $fields["palier_place_$key"]);
            }
        }
        return count($places) === count($this->items_to_order()) ? $places : [];
    }

    /**
     * The items of an ordering, as they stand on screen.
     *
     * @return string[] plain text by key; none of another type
     */
    public function items_to_order(): array {
        $quba = $this->attempt->quba();
        if ($quba->get_question($this->attempt->slot, false)->get_type_name() !== 'ordering') {
            return [];
        }
        $question = $quba->get_question($this->attempt->slot);
        $order = $question->currentresponse;
        $given = $quba->get_question_attempt($this->attempt->slot)->get_last_qt_var($question->get_response_fieldname(), '');
        $keys = array_flip(array_map(fn($answer) => $answer->md5key, $question->answers));
        $given = array_filter(array_map(fn($key) => $keys[$key] ?? null, explode(',', $given)));
        if (count($given) === count($order)) {
            $order = $given;
        }
        $items = [];
        foreach ($order as $id) {
            $answer = $question->answers[$id];
            $items[$answer->md5key] = trim(html_to_text(format_text($answer->answer, $answer->answerformat), 0, false));
        }
        return $items;
    }

    /**
     * Whether a page without scripts has no way to answer it: core moves the parts of these types by script alone.
     *
     * @return bool
     */
    public function needs_script(): bool {
        $type = $this->attempt->quba()->get_question($this->attempt->slot, false)->get_type_name();
        return in_array($type, ['ddwtos', 'ddimageortext', 'ddmarker']);
    }
}
