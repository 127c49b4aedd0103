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

namespace mod_palier\local\xapi;

use question_attempt;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/question/engine/tests/helpers.php');

/**
 * Every question type has an interaction type, and answers are written in its syntax.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\xapi\interaction
 * @covers     \mod_palier\local\attempt\answer_words
 */
final class interaction_test extends \advanced_testcase {
    /**
     * Questions of core with an answer each.
     *
     * @return array type, test question, response, interaction type, pattern of the answer
     */
    public static function questions(): array {
        return [
            'true or false' => ['truefalse', 'true', ['answer' => '1'], 'true-false', '/^true$/'],
            'one choice' => ['multichoice', 'one_of_four', null, 'choice', '/^\d+$/'],
            'several choices' => ['multichoice', 'two_of_four', null, 'choice', '/^\d+\[,\]\d+$/'],
            'number' => ['numerical', 'pi', ['answer' => '3,14'], 'numeric', '/^3\.14$/'],
            'short text' => ['shortanswer', 'frogtoad', ['answer' => 'frog'], 'fill-in', '/^frog$/'],
            'pairs' => ['match', 'foursubq', null, 'matching', '/^(\d+\[\.\]\d+)(\[,\]\d+\[\.\]\d+){2}$/'],
            'order' => ['ordering', 'moodle', null, 'sequencing', '/^Modular\[,\]Object\[,\]Oriented/'],
            'gaps' => ['gapselect', 'missingchoiceno', null, 'performance', '/^1\[\.\]/'],
            'drag words' => ['ddwtos', 'fox', null, 'performance', '/^1\[\.\]quick\[,\]2\[\.\]fox/'],
            'cloze' => ['multianswer', 'twosubq', null, 'performance', '/^1\[\.\]Owl\[,\]2\[\.\]Pussy-cat$/'],
            'calculated' => ['calculated', 'sum', null, 'numeric', '/^\d+(\.\d+)?$/'],
            'calculated, simple' => ['calculatedsimple', 'sum', null, 'numeric', '/^\d+(\.\d+)?$/'],
            'calculated, one choice' => ['calculatedmulti', 'singleresponse', null, 'choice', '/^\d+$/'],
            'calculated, several choices' => ['calculatedmulti', 'multiresponse', null, 'choice', '/^\d+\[,\]\d+/'],
            'words on an image' => ['ddimageortext', 'fox', null, 'other', '/quick.*fox/'],
            'markers on an image' => ['ddmarker', 'fox', null, 'other', '/quick|fox|lazy/'],
        ];
    }

    /**
     * Every question type has an interaction type, and the answer its syntax.
     *
     * @dataProvider questions
     * @param string $qtype
     * @param string $which the test question
     * @param array|null $response the right one when null
     * @param string $type
     * @param string $pattern
     */
    public function test_answers_take_the_form_of_their_interaction(
        string $qtype,
        string $which,
        ?array $response,
        string $type,
        string $pattern,
    ): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $qa = $this->answered($qtype, $which, $response);
        $this->assertSame($type, interaction::type($qa->get_question()));
        $this->assertMatchesRegularExpression($pattern, interaction::response($qa));
    }

    /**
     * No answer is a riddle: it is told in words, and each identifier in it is explained.
     *
     * @dataProvider questions
     * @param string $qtype
     * @param string $which the test question
     * @param array|null $response the right one when null
     * @param string $type
     */
    public function test_answers_are_told_in_words_and_identifiers_explained(
        string $qtype,
        string $which,
        ?array $response,
        string $type,
    ): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $told = interaction::described($this->answered($qtype, $which, $response));
        $this->assertSame($type, $told['interaction']);
        $this->assertNotSame('', $told['description']);
        $this->assertStringNotContainsString('<', $told['description']);
        // Neither core's marks of gaps nor the names of a calculated question's numbers.
        $this->assertDoesNotMatchRegularExpression('/\{|\}|\[\[|\]\]/', $told['description']);
        if ($type === 'performance') {
            foreach (array_column($told['steps'], 'description') as $gap) {
                $this->assertStringContainsString($gap, $told['description']);
            }
        }
        $this->assertNotSame('', $told['answer']);
        $this->assertStringNotContainsString('[,]', $told['answer']);
        $lists = ['choice' => ['choices'], 'sequencing' => ['choices'], 'matching' => ['source', 'target'],
            'performance' => ['steps']][$type] ?? [];
        $this->assertSame($lists, array_values(array_intersect(['choices', 'source', 'target', 'steps'], array_keys($told))));
        $composed = in_array($type, ['choice', 'sequencing', 'matching', 'performance']);
        foreach ($composed ? explode('[,]', $told['response']) : [] as $part) {
            foreach (array_slice(explode('[.]', $part), 0, $type === 'performance' ? 1 : 2) as $i => $id) {
                $explained = array_column($told[$lists[$i]], 'description', 'id');
                $this->assertArrayHasKey($id, $explained);
                $this->assertNotSame('', $explained[$id]);
            }
        }
    }

    /**
     * Core's summaries of these are ten letters an item and gaps in braces.
     */
    public function test_an_answer_in_words_is_whole_and_says_which_part_is_which(): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $words = fn(...$arguments): string => interaction::described($this->answered(...$arguments))['answer'];
        $this->assertStringStartsWith('1. Modular; 2. Object; 3. Oriented; 4. Dynamic', $words('ordering', 'moodle', null));
        $this->assertSame('[1] quick; [2] fox; [3] assiduous', $words('ddwtos', 'fox', ['p1' => '1', 'p2' => '1', 'p3' => '2']));
        $this->assertSame('[2] fox', $words('ddwtos', 'fox', ['p1' => '0', 'p2' => '1', 'p3' => '0']));
        $this->assertSame('[1] Owl; [2] Pussy-cat', $words('multianswer', 'twosubq', null));
    }

    /**
     * Core's classes of responses end after 100 bytes, within a letter if need be; an identifier that is cut is in no list.
     */
    public function test_long_items_of_an_ordering_keep_their_text(): void {
        global $DB;
        $this->resetAfterTest();
        $this->setAdminUser();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $category = $generator->create_question_category();
        $made = $generator->create_question('ordering', 'moodle', ['category' => $category->id]);
        $long = str_repeat('Préparer à l’étage ', 8);
        foreach ($DB->get_records('question_answers', ['question' => $made->id]) as $answer) {
            $DB->set_field('question_answers', 'answer', $long . $answer->answer, ['id' => $answer->id]);
        }
        $told = interaction::described($this->attempted(\question_bank::load_question($made->id), null));
        $this->assertStringStartsWith("1. {$long}Modular; 2. {$long}Object", $told['answer']);
        $named = explode('[,]', $told['response']);
        $this->assertCount(6, $named);
        $this->assertSame([], array_diff($named, array_column($told['choices'], 'id')));
    }

    /**
     * The right answer is written in the same notation: the pattern of a right answer is that answer.
     *
     * @dataProvider questions
     * @param string $qtype
     * @param string $which the test question
     * @param array|null $response not used here
     * @param string $type
     */
    public function test_the_right_answer_is_in_the_notation_of_answers(
        string $qtype,
        string $which,
        ?array $response,
        string $type,
    ): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $qa = $this->answered($qtype, $which, null);
        $correct = interaction::correct($qa);
        $this->assertNotSame([], $correct);
        $response = interaction::response($qa);
        if (str_contains($correct[0], '[:]')) {
            [$low, $high] = array_map('floatval', explode('[:]', $correct[0]));
            $this->assertTrue($low <= (float) $response && (float) $response <= $high, "$response: $correct[0]");
            $this->assertLessThan($high, $low);
        } else if ($type === 'numeric') {
            // What core gives as the right answer of a calculated question is rounded to two decimals.
            $this->assertEqualsWithDelta((float) $response, (float) $correct[0], 0.005);
        } else {
            $this->assertContains($response, $correct);
        }
    }

    public function test_several_right_answers_are_all_told_and_no_wildcards(): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $correct = fn(...$arguments): array => interaction::correct($this->answered(...$arguments));
        // Of core's test questions: pi is 3.14 with no tolerance; "frog" has full marks, "toad" 80%, "*" none.
        $this->assertSame(['3.14'], $correct('numerical', 'pi', null));
        $this->assertSame(['frog'], $correct('shortanswer', 'frogtoad', null));
        $this->assertSame([], $correct('essay', 'plain', ['answer' => 'My life', 'answerformat' => FORMAT_PLAIN]));
    }

    public function test_essays_stay_in_moodle(): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $qa = $this->answered('essay', 'plain', ['answer' => 'My life', 'answerformat' => FORMAT_PLAIN]);
        $this->assertSame('long-fill-in', interaction::type($qa->get_question()));
        $this->assertSame('', interaction::response($qa));
    }

    public function test_no_answer_is_an_empty_one(): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $this->assertSame('', interaction::response($this->answered('shortanswer', 'frogtoad', [])));
    }

    /**
     * A question that was answered.
     *
     * @param string $qtype
     * @param string $which
     * @param array|null $response
     * @return question_attempt
     */
    private function answered(string $qtype, string $which, ?array $response): question_attempt {
        if (str_starts_with($qtype, 'calculated') || in_array($qtype, ['ddimageortext', 'ddmarker'])) {
            // Core's helpers make these without the database alone.
            $question = \test_question_maker::make_question($qtype, $which);
        } else {
            $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
            $category = $generator->create_question_category();
            $made = $generator->create_question($qtype, $which, ['category' => $category->id]);
            $question = \question_bank::load_question($made->id);
        }
        return $this->attempted($question, $response);
    }

    /**
     * An attempt at a question.
     *
     * @param \question_definition $question
     * @param array|null $response the right one when null
     * @return question_attempt
     */
    private function attempted(\question_definition $question, ?array $response): question_attempt {
        $quba = \question_engine::make_questions_usage_by_activity('mod_palier', \context_system::instance());
        $quba->set_preferred_behaviour('deferredfeedback');
        $slot = $quba->add_question($question, 1);
        $quba->start_question($slot);
        $response ??= $quba->get_question($slot)->get_correct_response();
        if ($response) {
            $quba->process_action($slot, $response);
            $quba->finish_question($slot);
        }
        return $quba->get_question_attempt($slot);
    }
}
