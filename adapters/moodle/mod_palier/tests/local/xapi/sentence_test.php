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
        $json = $this->statement([], ['level' => 3, 'level-low' => 2, 'level-high' => 4, 'items-administered' => 12]);
        $this->assertSame(
            'Amina has a result: level 3 (between 2 and 4), after 12 questions.',
            sentence::of($json, 'scored', 'Amina'),
        );
        $this->assertSame(
            'Amina has a result, after 12 questions.',
            sentence::of($this->statement([], ['items-administered' => 12]), 'scored', 'Amina'),
        );
    }

    public function test_the_end_says_why(): void {
        $this->assertSame(
            'Amina left the test: the result was sure enough.',
            sentence::of($this->statement([], ['stop-reason' => 'standard_error']), 'terminated', 'Amina'),
        );
        $this->assertSame('Amina left the test.', sentence::of($this->statement([], []), 'terminated', 'Amina'));
    }

    public function test_every_verb_has_a_sentence_in_both_languages(): void {
        global $CFG;
        foreach (['en', 'fr'] as $language) {
            $string = [];
            include($CFG->dirroot . "/mod/palier/lang/$language/palier.php");
            foreach (sentence::VERBS as $verb) {
                $this->assertArrayHasKey("sentence_$verb", $string, $language);
                $this->assertArrayHasKey("verb_$verb", $string, $language);
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
     * @return string
     */
    private function statement(array $result, array $extensions): string {
        foreach ($extensions as $name => $value) {
            $result['extensions'][sentence::EXTENSIONS . $name] = $value;
        }
        return json_encode([
            'result' => $result,
            'object' => ['definition' => ['name' => ['en' => 'Spot a fraud', 'fr' => 'Reconnaître une fraude']]],
        ]);
    }
}
