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

namespace mod_palier\local\demo;

use context_module;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\starter;
use mod_palier\local\attempt\step;
use stdClass;

/**
 * Takes a test as a learner would: knows what is below their ability, give or take, and not what is above.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class player {
    /** @var float how far a learner is off on a question, at most, in logits. */
    private const SWAY = 1.2;

    /** @var int posts after which something is wrong. */
    private const LIMIT = 300;

    /**
     * Constructor.
     *
     * @param int $userid
     * @param float $ability
     * @param float[] $difficulties by question
     */
    public function __construct(
        /** @var int who. */
        private readonly int $userid,
        /** @var float how able. */
        private readonly float $ability,
        /** @var float[] by question. */
        private readonly array $difficulties
    ) {
    }

    /**
     * Takes the test from its beginning to its end.
     *
     * @param stdClass $palier
     * @param context_module $context
     * @return attempt
     */
    public function take(stdClass $palier, context_module $context): attempt {
        global $USER;
        $before = $USER;
        \core\session\manager::set_user(\core_user::get_user($this->userid, '*', MUST_EXIST));
        try {
            $attempt = (new starter($palier, $context, $this->userid))->start();
            for ($post = 0; $attempt->is_open() && $attempt->slot !== null; $post++) {
                if ($post > self::LIMIT) {
                    throw new \coding_exception('The test does not end');
                }
                [$action, $fields] = $this->choose($attempt);
                step::post($attempt->id, $action, $attempt->slot, $fields);
                $attempt = attempt_repository::load($attempt->id);
            }
        } finally {
            \core\session\manager::set_user($before);
        }
        return $attempt;
    }

    /**
     * What the learner does with the question on screen.
     *
     * @param attempt $attempt
     * @return array action and fields
     */
    private function choose(attempt $attempt): array {
        $quba = $attempt->quba();
        $slot = $attempt->slot;
        $question = $quba->get_question($slot);
        $response = $question->get_correct_response();
        $sway = ((crc32($this->userid . ' ' . $question->idnumber . $question->id) % 2001) / 1000 - 1) * self::SWAY;
        if (!$response || ($this->difficulties[$question->id] ?? 0) > $this->ability + $sway) {
            $response = $response ? $this->wrong($question, $response) : null;
        }
        if (!$response) {
            return ['unknown', []];
        }
        $prefix = $quba->get_field_prefix($slot);
        $fields = [];
        foreach ($response as $name => $value) {
            $fields[$prefix . $name] = (string) $value;
        }
        return ['answer', $fields];
    }

    /**
     * A wrong answer, or none for those who say that they do not know.
     *
     * @param \question_definition $question
     * @param array $right
     * @return array|null
     */
    private function wrong(\question_definition $question, array $right): ?array {
        $name = array_key_first($right);
        return match ($question->get_type_name()) {
            'truefalse' => ['answer' => 1 - (int) $right['answer']],
            'multichoice' => $question instanceof \qtype_multichoice_single_question
                ? ['answer' => $right['answer'] ? 0 : 1]
                : null,
            'numerical' => ['answer' => '7'] + $right,
            'shortanswer' => ['answer' => '?'],
            'gapselect' => [$name => (int) $right[$name] === 1 ? 2 : 1] + $right,
            default => null,
        };
    }
}
