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

use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use question_bank;
use question_definition;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * The questions that are printed for somebody who goes on with a test on paper.
 *
 * A small bank is printed whole, so that whatever the test asks next is on the paper; of a larger one the engine takes a
 * form as long as the test at its longest. What was answered already is left out.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class paper {
    /** @var int A bank of so many questions is printed whole. */
    public const WHOLE = 40;

    /** @var bool Whether all questions of the bank are there. */
    public readonly bool $whole;

    /** @var string[] Items, in the bank's order. */
    private array $items;

    /**
     * For an attempt.
     *
     * @param attempt $attempt
     */
    public function __construct(
        /** @var attempt the attempt */
        private readonly attempt $attempt,
    ) {
        $items = array_column($attempt->bank()->items(), 'item');
        $this->whole = count($items) <= self::WHOLE;
        if (!$this->whole) {
            $form = engine_factory::get()->call(
                'assemble',
                ['plan' => $attempt->plan_json(), 'thetas' => $this->abilities()],
                $attempt->bank()
            )['forms'][0];
            $items = array_intersect($items, array_map(fn($entry) => $entry['item'] ?? $entry, $form['items']));
        }
        // The question on screen waits for its answer.
        $asked = array_map(fn($event) => json_text::decode($event->data)['item'], array_filter(
            $attempt->log()->events(),
            fn($event) => $event->type === 'asked' && $event->slot != $attempt->slot
        ));
        $this->items = array_values(array_diff($items, $asked));
    }

    /**
     * Where the form measures: what is known of the learner, where that may be read, else all levels of the plan alike.
     *
     * @return float[] abilities, in logits
     */
    private function abilities(): array {
        $known = $this->attempt->known();
        if ($this->attempt->access()->may_review() && isset($known['theta'], $known['interval']['theta'])) {
            return [$known['interval']['theta'][0], $known['theta'], $known['interval']['theta'][1]];
        }
        return array_slice($this->attempt->plan()['levels']['cuts'] ?? [], 0, 32) ?: [0.0];
    }

    /**
     * The questions, as they are now.
     *
     * @return question_definition[]
     */
    public function questions(): array {
        $questions = [];
        foreach ($this->items as $item) {
            $entryid = $this->attempt->bank()->entry_of($item);
            $questionid = $entryid ? engine_step::latest_question($entryid) : null;
            if ($questionid === null) {
                continue;
            }
            try {
                $questions[] = question_bank::load_question($questionid);
            } catch (\dml_missing_record_exception | \coding_exception $e) {
                debugging("Question $questionid is not printed: " . $e->getMessage(), DEBUG_DEVELOPER);
            }
        }
        return $questions;
    }
}
