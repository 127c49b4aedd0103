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

use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/tests/classes/learner_testcase.php');

/**
 * What was typed is not lost: drafts, a session that is over, a page without scripts.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\unsent
 * @covers     \mod_palier\local\attempt\shown_question
 * @covers     \mod_palier\local\attempt\step
 */
final class unsent_test extends learner_testcase {
    /**
     * What is on screen of an attempt's text field.
     *
     * @param attempt $attempt
     * @return string|null
     */
    private function typed(attempt $attempt): ?string {
        $attempt = attempt_repository::load($attempt->id);
        return $attempt->quba()->get_question_attempt($attempt->slot)->get_last_qt_var('answer');
    }

    public function test_a_draft_is_no_step_and_the_next_replaces_it(): void {
        global $DB;
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        foreach (['f', 'fr', 'frog'] as $text) {
            $this->assertSame(outcome::KEPT, step::post($attempt->id, 'draft', 1, $this->fields($attempt, $text))->outcome);
            $this->assertSame($text, $this->typed($attempt));
        }
        $this->assertSame(['started', 'asked'], $this->types($attempt));
        $steps = $DB->count_records_sql(
            'SELECT COUNT(1) FROM {question_attempt_steps} s JOIN {question_attempts} a ON a.id = s.questionattemptid
              WHERE a.questionusageid = ?',
            [$attempt->qubaid]
        );
        $this->assertSame(2, $steps, 'the first step and one draft');

        // A draft of another question changes nothing; nor does an empty one.
        $this->assertSame(outcome::STALE, step::post($attempt->id, 'draft', 2, $this->fields($attempt, 'other'))->outcome);
        step::post($attempt->id, 'draft', 1, []);
        $this->assertSame('frog', $this->typed($attempt));
        $this->answer($attempt, 'toad');
        $this->assertSame('toad', $this->event($attempt, 'answered')['response']);
        $this->assert_whole($attempt);
    }

    public function test_who_does_not_know_after_a_draft_does_not_know(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        step::post($attempt->id, 'draft', 1, $this->fields($attempt, true));
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'unknown', 1)->outcome);
        $this->assertSame(['started', 'asked', 'unknown', 'asked'], $this->types($attempt));
        $qa = attempt_repository::load($attempt->id)->full_quba()->get_question_attempt(1);
        $this->assertEquals(0, (float) $qa->get_fraction());
    }

    public function test_what_a_page_of_this_person_had_comes_back_as_a_draft(): void {
        global $SESSION;
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $mark = unsent::mark($attempt->id, 1, $this->learner->id);
        unsent::hold($attempt->id, 1, $this->fields($attempt, 'frog') + ['mark' => $mark, 'do' => 'answer']);
        $this->assertTrue(unsent::restore(attempt_repository::load($attempt->id)));
        $this->assertSame('frog', $this->typed($attempt));
        $this->assertSame(['started', 'asked'], $this->types($attempt));
        $this->assertFalse(isset($SESSION->mod_palier_unsent));
        $this->assertFalse(unsent::restore(attempt_repository::load($attempt->id)));
    }

    /**
     * What must not come back.
     *
     * @return array
     */
    public static function not_restored(): array {
        return [
            'without a mark' => [''],
            'with a mark of another slot' => ['slot'],
            'with a mark of another person' => ['person'],
            'of another attempt' => ['attempt'],
            'too large' => ['large'],
        ];
    }

    /**
     * Nothing comes back that this person's page did not send.
     *
     * @dataProvider not_restored
     * @param string $case
     */
    public function test_nothing_comes_back_that_another_page_sent(string $case): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $mark = match ($case) {
            '' => '',
            'slot' => unsent::mark($attempt->id, 2, $this->learner->id),
            'person' => unsent::mark($attempt->id, 1, $this->learner->id + 1),
            default => unsent::mark($attempt->id, 1, $this->learner->id),
        };
        $text = $case === 'large' ? str_repeat('x', unsent::MAX_BYTES) : 'frog';
        $id = $case === 'attempt' ? $attempt->id + 1 : $attempt->id;
        unsent::hold($id, 1, $this->fields($attempt, $text) + ['mark' => $mark]);
        $this->assertFalse(unsent::restore(attempt_repository::load($attempt->id)));
        $this->assertNull($this->typed($attempt));
    }

    public function test_a_message_comes_back_to_its_writer_alone(): void {
        $this->make_test(6, [], ['shortanswer']);
        $attempt = $this->start();
        $mark = unsent::mark($attempt->id, unsent::MESSAGE, $this->learner->id);
        unsent::hold($attempt->id, unsent::MESSAGE, ['message' => 'Non.', 'mark' => $mark]);
        $this->assertNull(unsent::take($attempt->id, unsent::MESSAGE, $this->learner->id + 1));
        unsent::hold($attempt->id, unsent::MESSAGE, ['message' => 'Non.', 'mark' => $mark]);
        $this->assertSame('Non.', unsent::take($attempt->id, unsent::MESSAGE, (int) $this->learner->id)['message']);
        $this->assertNull(unsent::take($attempt->id, unsent::MESSAGE, (int) $this->learner->id));
    }

    public function test_items_are_put_in_order_by_menus_where_there_are_no_scripts(): void {
        $this->make_test(4, [], ['ordering']);
        $attempt = $this->start();
        $shown = new shown_question(attempt_repository::load($attempt->id));
        $keys = array_keys($shown->items_to_order());
        $this->assertGreaterThan(2, count($keys));
        $question = attempt_repository::load($attempt->id)->quba()->get_question(1);
        $name = $question->get_response_fieldname();
        $right = explode(',', $question->get_correct_response()[$name]);
        $prefix = $attempt->quba()->get_field_prefix(1);
        // The field that core's script would fill holds the order on screen.
        $fields = [$prefix . $name => implode(',', $keys)];

        $twice = $fields;
        foreach ($keys as $key) {
            $twice["palier_place_$key"] = 1;
        }
        $this->assertSame(outcome::PLACES, step::post($attempt->id, 'answer', 1, $twice)->outcome);
        $this->assertSame(['started', 'asked'], $this->types($attempt));

        $forged = $twice;
        $forged["palier_place_{$keys[0]}"] = 99;
        $this->assertSame(outcome::PLACES, step::post($attempt->id, 'answer', 1, $forged)->outcome);

        foreach ($right as $place => $key) {
            $fields["palier_place_$key"] = $place + 1;
        }
        $this->assertSame(outcome::SAVED, step::post($attempt->id, 'answer', 1, $fields)->outcome);
        $this->assertEquals(1, $this->event($attempt, 'answered')['fraction']);
    }
}
