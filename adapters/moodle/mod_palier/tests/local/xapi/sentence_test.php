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

use mod_palier\local\engine\engine_factory;
use mod_palier\tests\learner_testcase;

/**
 * Statements as sentences.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\xapi\sentence
 */
final class sentence_test extends \advanced_testcase {
    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        learner_testcase::use_engine();
    }

    #[\Override]
    protected function tearDown(): void {
        engine_factory::restore();
        parent::tearDown();
    }

    /**
     * Results of an answer, and the sentence.
     *
     * @return array
     */
    public static function answers(): array {
        $level = ['level' => 3, 'level-low' => 2, 'level-high' => 4];
        $sure = ['level' => 3, 'level-low' => 3, 'level-high' => 3];
        return [
            'right' => [['success' => true], $level, 'Amina answered “Spot a fraud”: right. Estimated level: 3 (between 2 and 4).'],
            'wrong' => [
                ['success' => false],
                $level,
                'Amina answered “Spot a fraud”: wrong. Estimated level: 3 (between 2 and 4).',
            ],
            'partly' => [
                ['success' => false, 'score' => ['scaled' => 0.5]],
                $sure,
                'Amina answered “Spot a fraud”: partly right. Estimated level: 3 (margin below one level).',
            ],
            'no levels' => [['success' => true], [], 'Amina answered “Spot a fraud”: right.'],
            'not known' => [
                ['success' => false],
                ['outcome' => 'unknown'] + $level,
                'Amina answered “I don’t know” to “Spot a fraud”. Estimated level: 3 (between 2 and 4).',
            ],
            'skipped' => [[], ['outcome' => 'skipped'], 'Amina skipped “Spot a fraud”.'],
            'out of time' => [['success' => false], ['outcome' => 'timed_out'], 'Time ran out for Amina on “Spot a fraud”.'],
        ];
    }

    public function test_statements_of_before_the_profile_had_its_address_are_read(): void {
        $former = ['result' => ['extensions' => ['https://w3id.org/palier/xapi/v1/extensions/level' => 3]]];
        $this->assertSame(3, sentence::extension($former, 'level'));
        $present = ['result' => ['extensions' => [sentence::EXTENSIONS . 'level' => 4]]];
        $this->assertSame(4, sentence::extension(array_merge_recursive($former, $present), 'level'));
        $this->assertNull(sentence::extension([], 'level'));
    }

    /**
     * An answer says whether it was right and what is known after it, always with the margin.
     *
     * @dataProvider answers
     * @param array $result
     * @param array $extensions
     * @param string $expected
     */
    public function test_an_answer_is_a_sentence(array $result, array $extensions, string $expected): void {
        $this->assertSame($expected, sentence::of($this->statement($result, $extensions), 'answered', 'Amina'));
    }

    public function test_a_result_is_never_without_its_margin(): void {
        $json = $this->statement([], ['level' => 3, 'level-low' => 2, 'level-high' => 4, 'items-administered' => 12], 'scored');
        $this->assertSame(
            'Amina has a result: level 3 (between 2 and 4), after 12 questions.',
            sentence::of($json, 'scored', 'Amina'),
        );
        $this->assertSame(
            'Amina has a result, after 12 questions.',
            sentence::of($this->statement([], ['items-administered' => 12], 'scored'), 'scored', 'Amina'),
        );
    }

    public function test_the_end_says_why(): void {
        $this->assertSame(
            'Amina left the test: the result was sure enough.',
            sentence::of($this->statement([], ['stop-reason' => 'standard_error'], 'terminated'), 'terminated', 'Amina'),
        );
        $this->assertSame('Amina left the test.', sentence::of($this->statement([], [], 'terminated'), 'terminated', 'Amina'));
    }

    public function test_every_verb_has_a_sentence_in_both_languages(): void {
        global $SESSION;
        foreach (['en', 'fr'] as $language) {
            $SESSION->forcelang = $language;
            $told = [];
            foreach (sentence::VERBS as $verb) {
                $told[] = sentence::of($this->statement([], [], $verb), $verb, 'Amina');
                $this->assertStringContainsString('Amina', end($told));
                $this->assertStringNotContainsString('–', end($told), 'its own words are not needed');
            }
            $this->assertSame($told, array_unique($told));
        }
    }

    public function test_questions_are_counted_as_the_language_does(): void {
        global $SESSION;
        // Unicode CLDR: in French none and one are singular, in English one alone.
        $counts = [
            'fr' => [0 => '0 question', 1 => '1 question', 2 => '2 questions', 21 => '21 questions'],
            'en' => [0 => '0 questions', 1 => '1 question', 2 => '2 questions', 21 => '21 questions'],
        ];
        $sentences = ['fr' => 'Amina a un résultat, après %s.', 'en' => 'Amina has a result, after %s.'];
        foreach ($counts as $language => $told) {
            $SESSION->forcelang = $language;
            foreach ($told as $n => $count) {
                $statement = $this->statement([], ['items-administered' => $n], 'scored');
                $this->assertSame(sprintf($sentences[$language], $count), sentence::of($statement, 'scored', 'Amina'));
            }
        }
    }

    public function test_an_unknown_verb_falls_back_to_its_own_words(): void {
        $json = json_encode([
            'verb' => [
                'id' => 'https://example.org/verbs/bookmarked',
                'display' => ['de' => 'merkte sich', 'en-GB' => 'bookmarked'],
            ],
            'object' => ['definition' => ['name' => ['en' => 'Spot a fraud']]],
        ]);
        $this->assertSame('Amina – merkte sich – Spot a fraud', sentence::of($json, 'bookmarked', 'Amina'));
        $this->assertSame('Amina – bookmarked', sentence::of('not JSON', 'bookmarked', 'Amina'));
    }

    /**
     * A statement.
     *
     * @param array $result
     * @param array $extensions
     * @param string $verb
     * @return string
     */
    private function statement(array $result, array $extensions, string $verb = 'answered'): string {
        foreach ($extensions as $name => $value) {
            $result['extensions'][sentence::EXTENSIONS . $name] = $value;
        }
        return json_encode([
            'verb' => [
                'id' => ($verb === 'achieved' ? 'https://w3id.org/xapi/tla' : 'http://adlnet.gov/expapi') . "/verbs/$verb",
                'display' => ['en' => 'has a result in', 'fr' => 'a un résultat en'],
            ],
            'result' => $result,
            'object' => ['definition' => ['name' => ['en' => 'Spot a fraud', 'fr' => 'Reconnaître une fraude']]],
        ]);
    }
}
