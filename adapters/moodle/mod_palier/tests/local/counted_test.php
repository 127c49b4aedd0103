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

namespace mod_palier\local;

/**
 * Sentences with a number of things, in both languages.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\counted
 */
final class counted_test extends \advanced_testcase {
    /** @var string[] things in the plural, by language. */
    private const THINGS = [
        'en' => 'answers|attempts|bytes|categories|characters|competences|faults|learners|levels|lines|messages|minutes|people'
            . '|persons|questions|results|seconds|statements|times',
        'fr' => 'autres|caractères|catégories|compétences|fautes|lignes|messages|minutes|niveaux|octets|passages|personnes'
            . '|premières|questions|réponses|résultats|secondes|traces',
    ];

    /** @var string[] the number is a limit above 1 or is none, or another string says 1. */
    private const NEVER_ONE = [
        'attemptsatonce', 'fairness_few_device', 'fairness_few_group', 'fairness_few_language', 'fairness_few_mode',
        'fairness_small', 'contestfull',
        'contesttoolong', 'csvtoomany', 'importmorefaults', 'levelnameswrong', 'maplarge', 'calibrate_toomany',
        'calibration_latest', 'maplongid', 'message_answered', 'queue_more', 'timeleft',
    ];

    /**
     * The strings of a language.
     *
     * @param string $lang
     * @return string[]
     */
    private static function strings(string $lang): array {
        global $CFG;
        $string = [];
        require("$CFG->dirroot/mod/palier/lang/$lang/palier.php");
        return $string;
    }

    /**
     * The keys of sentences in which a placeholder is a number of things, in one language or the other.
     *
     * @return string[]
     */
    private static function keys(): array {
        $keys = [];
        foreach (self::THINGS as $lang => $things) {
            foreach (self::strings($lang) as $key => $text) {
                if (preg_match("/\\{\\\$a(->\\w+)?\\}\\s+(\\w+\\s+)?($things)\\b/u", $text)) {
                    $keys[] = preg_replace('/_(one|none)$/', '', $key);
                }
            }
        }
        return array_values(array_unique($keys));
    }

    /**
     * A sentence in a language; sites of tests do not have the French pack.
     *
     * @param string $lang
     * @param string $key
     * @param int $count
     * @return string
     */
    private static function say(string $lang, string $key, int $count): string {
        $strings = self::strings($lang);
        $form = counted::form($key, $count, isset($strings["{$key}_none"]), $strings['count_zeroissingular'] === '1');
        return preg_replace('/\{\$a(->\w+)?\}/', (string) $count, $strings[$form]);
    }

    public function test_every_sentence_with_a_number_has_one_for_one(): void {
        $keys = self::keys();
        $this->assertGreaterThan(30, count($keys));
        foreach (array_keys(self::THINGS) as $lang) {
            $strings = self::strings($lang);
            foreach (array_diff($keys, self::NEVER_ONE) as $key) {
                $this->assertArrayHasKey("{$key}_one", $strings, "$lang: $key");
            }
            foreach ($strings as $key => $text) {
                $this->assertStringNotContainsString('(s)', $text, "$lang: $key");
            }
        }
    }

    public function test_none_one_and_two_are_said_rightly(): void {
        foreach (array_diff(self::keys(), self::NEVER_ONE) as $key) {
            foreach (self::THINGS as $lang => $things) {
                $wrong = $lang === 'fr' ? '[01]' : '1';
                foreach ([0, 1] as $count) {
                    $said = self::say($lang, $key, $count);
                    $this->assertDoesNotMatchRegularExpression("/\\b{$wrong}\\s+(\\w+\\s+)?($things)\\b/u", $said, "$lang: $key");
                }
                $this->assertStringContainsString('2', self::say($lang, $key, 2), "$lang: $key");
            }
        }
    }

    public function test_the_words_of_the_test_page_follow_the_number(): void {
        $this->assertSame('1 question', counted::text('count_questions', 1));
        $this->assertSame('0 questions', counted::text('count_questions', 0));
        $this->assertSame('5 to 9 questions', counted::text('count_questions', 9, '5 to 9'));
        $this->assertSame('No question changed.', counted::text('parameters_changed', 0));
        $this->assertSame('Nobody is to take this test yet.', counted::text('counts_expected', 0));
        $this->assertStringStartsWith('With this one question: ', counted::text('checksummary', 1, []));
    }
}
