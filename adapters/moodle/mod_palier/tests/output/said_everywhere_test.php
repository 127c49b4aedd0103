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

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\step;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\xapi\sentence;
use mod_palier\tests\learner_testcase;

/**
 * The same plan and the same answers are told in the same sentences everywhere.
 *
 * tests/reference/said_everywhere.json has the plans, the answers and the sentences. Here they are those of the result,
 * the story and the trainers' report; tests/standalone/said_tests.cpp holds the player's View and the pages of
 * palier serve to the same file.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\output\result_page
 * @covers     \mod_palier\output\result_words
 * @covers     \mod_palier\output\story_page
 * @covers     \mod_palier\output\competence_map
 * @covers     \mod_palier\local\xapi\sentence
 */
final class said_everywhere_test extends learner_testcase {
    /**
     * What Moodle says is what the file says.
     *
     * @dataProvider cases
     * @param array|null $case
     */
    public function test_moodle_says_what_player_and_serve_say(?array $case): void {
        if ($case === null) {
            $this->markTestSkipped('Set PALIER_REFERENCE to the folder tests/reference.');
        }
        $attempt = $this->attempt($case);
        foreach ($case['said'] as $language => $expected) {
            $this->speak($language);
            $said = array_filter($this->said($attempt), fn($text) => $text !== '');
            ksort($said);
            ksort($expected);
            $this->assertSame($expected, $said, $language);
        }
    }

    /**
     * The cases of the file.
     *
     * @return array
     */
    public static function cases(): array {
        $file = getenv('PALIER_REFERENCE') . '/said_everywhere.json';
        if (!is_file($file)) {
            return ['no file' => [null]];
        }
        $cases = [];
        foreach (json_decode(file_get_contents($file), true)['cases'] as $case) {
            $cases[$case['name']] = [$case];
        }
        return $cases;
    }

    public function test_without_an_engine_the_level_is_told_with_its_margin(): void {
        $known = ['known' => true, 'theta' => 0.44, 'level' => ['number' => 3], 'level_interval' => [2, 4]];
        engine_factory::replace(null);
        $words = new result_words($known);
        $this->assertSame('Your level: 3 (between 2 and 4)', $words->sentence());
        $this->assertSame([[], [], ''], [$words->map(), $words->decisions(), $words->stop()]);
        $known = ['known' => true, 'theta' => 0.44, 'level' => null, 'interval' => ['theta' => [-0.41, 1.2]]];
        $this->assertSame('Your result: 0.4 (between -0.4 and 1.2)', (new result_words($known))->sentence());
        $this->assertSame(get_string('toofewanswers', 'mod_palier'), (new result_words([]))->sentence());
        $statement = '{"verb": {"display": {"en": "left"}}, "object": {"definition": {"name": {"en": "Skills"}}}}';
        $this->assertSame('Amina – left – Skills', sentence::of($statement, 'terminated', 'Amina'));
    }

    /**
     * Takes the test of a case to its end.
     *
     * @param array $case
     * @return attempt
     */
    private function attempt(array $case): attempt {
        global $DB;
        $this->make_test(8, [], ['truefalse']);
        $DB->set_field('palier', 'plan', json_encode($case['plan']), ['id' => $this->palier->id]);
        if (isset($case['standard_error_of_b'])) {
            $DB->set_field('palier_param', 'seb', item_parameters::decimal($case['standard_error_of_b']));
        }
        foreach ($case['scales'] ?? [] as $position => $scale) {
            $context = \core\context\course::instance($this->course->id);
            $question = $this->palier->questions[$position];
            \core_tag_tag::set_item_tags('core_question', 'question', $question->id, $context, [$scale]);
        }
        $attempt = $this->start();
        foreach ($case['answers'] as $answer) {
            $attempt = attempt_repository::load($attempt->id);
            if (!$attempt->is_open()) {
                break;
            }
            if (in_array($answer, ['right', 'wrong'])) {
                $this->answer($attempt, $answer === 'right');
            } else {
                step::post($attempt->id, $answer, $attempt->slot);
            }
        }
        return attempt_repository::load($attempt->id);
    }

    /**
     * Reads on in another language.
     *
     * @param string $language
     */
    private function speak(string $language): void {
        global $SESSION;
        $SESSION->forcelang = $language;
    }

    /**
     * A sentence with the answers that Moodle itself names said in the reader's language, as its French pack would: the
     * sites of tests do not have the pack.
     *
     * @param string $sentence
     * @return string
     */
    private function spoken(string $sentence): string {
        $words = current_language() === 'fr' ? ['True' => 'Vrai', 'False' => 'Faux'] : [];
        return strtr($sentence, $words);
    }

    /**
     * What is read of an attempt, in the names of the file.
     *
     * @param attempt $attempt
     * @return array
     */
    private function said(attempt $attempt): array {
        global $DB, $PAGE;
        $output = $PAGE->get_renderer('core');
        $result = (new result_page($attempt))->export_for_template($output);
        $story = (new story_page($attempt, engine_factory::get()))->export_for_template($output);
        $this->assertSame($result['stop'], $story['stop']);
        $levels = array_column(array_filter($result['map'], fn($level) => $level['percent'] > 0), 'text');
        $statements = $DB->get_records('palier_statement', ['attemptid' => $attempt->id], 'id');
        return [
            'map' => $result['competences'] ? $this->map($result['competences']) : '',
            'headline' => $result['headline'],
            'margin' => $result['margin'],
            'can' => $result['can'],
            'decisions' => $result['decisions'],
            'provisional' => $result['provisional'],
            'stop' => $result['stop'],
            'levels' => $levels ? implode('. ', $levels) . '.' : '',
            'summary' => $story['summary'],
            'story' => array_map(fn($step) => [
                'outcome' => $step['outcome'],
                'told' => $step['told'],
            ], $story['steps']),
            'sentences' => array_values(array_map(
                fn($row) => $this->spoken(sentence::of($row->statement, $row->verb, 'Amina')),
                $statements
            )),
        ];
    }

    /**
     * What is read of several competences.
     *
     * @param array $map
     * @return array
     */
    private function map(array $map): array {
        $rows = [];
        foreach ($map['domains'] as $domain) {
            foreach (array_filter([$domain['row'], ...$domain['scales']]) as $row) {
                $rows[] = ['name' => $row['name'], 'text' => $row['text']];
            }
        }
        return ['reading' => $map['reading'], 'rows' => $rows, 'title' => $map['title']];
    }
}
