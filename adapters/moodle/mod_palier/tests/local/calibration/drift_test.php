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

namespace mod_palier\local\calibration;

use mod_palier\local\engine\json_text;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\report\question_analysis;
use mod_palier\tests\calibration_testcase;
use mod_palier\tests\opens_pages;
use stdClass;

/**
 * Questions whose answers have left their parameters, and questions that have become known.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\calibration\calibration
 * @covers     \mod_palier\local\report\question_analysis
 * @covers     \mod_palier\output\calibration_page
 */
final class drift_test extends calibration_testcase {
    use opens_pages;

    /**
     * A test whose parameters are those of four hundred persons, and a later quiz in which questions are otherwise.
     *
     * @param \Closure $harder how much harder, of a person's number and a question's
     * @return stdClass row of palier_calibration, of the later quiz
     */
    private function calibrate_later(\Closure $harder): stdClass {
        global $DB;
        $this->make_test(8, [], ['shortanswer']);
        $first = $this->make_quiz();
        $this->make_rows($first, $this->lines(8, 400));
        $row = $this->calibrate(['hold' => 'none', 'model' => 'rasch']);
        (new decisions($row, \context_module::instance($this->palier->cmid)))
            ->decide('accept', calibration::items((int) $row->id), 'operational');
        // Those answers are not among the later ones.
        $DB->delete_records('quiz_attempts', ['quiz' => $first->id]);
        $this->make_rows($this->make_quiz(), $this->lines(8, 400, $harder));
        $row = $this->calibrate();
        $this->assertSame(calibration::DONE, $row->state, (string) $row->message);
        $this->assertSame('anchors', calibration::outcome($row)['scales'][0]['method']);
        return $row;
    }

    /**
     * The reasons that concern drift, by the number of a question.
     *
     * @param stdClass $row of palier_calibration
     * @return string[][]
     */
    private function reasons(stdClass $row): array {
        $places = array_flip($this->entries());
        $found = [];
        foreach (calibration::items((int) $row->id) as $item) {
            $reasons = array_intersect(['harder', 'easier', 'eased'], json_text::decode($item->found)['reasons']);
            if ($reasons) {
                $found[$places[$item->questionbankentryid]] = array_values($reasons);
            }
        }
        return $found;
    }

    public function test_the_same_answers_again_have_not_moved(): void {
        $this->assertSame([], $this->reasons($this->calibrate_later(fn() => 0.0)));
    }

    public function test_a_question_that_has_become_harder_comes_to_keeper_and_teacher(): void {
        $row = $this->calibrate_later(fn(int $person, int $question): float => $question === 2 ? 1.2 : 0.0);
        $this->assertSame([2 => ['harder']], $this->reasons($row));
        $shown = $this->open('calibration', ['calibration' => $row->id, 'show' => 'look']);
        $this->assertStringContainsString(get_string('calibration_reason_harder', 'mod_palier'), $shown);
        $this->assertMatchesRegularExpression('/shift \+\d\.\d\d ± 0\.\d\d/u', $shown);
        $entryid = $this->entries()[2];
        $this->assertSame([$entryid => 'harder'], calibration::for_teachers((int) $this->palier->id));
        $this->setUser($this->learner);
        $this->answer_all($this->start());
        $this->setAdminUser();
        $lines = question_analysis::of(\context_module::instance($this->palier->cmid));
        $this->assertSame('harder', $lines[$entryid]->verdict);
        $this->assertSame($entryid, array_key_first($lines));
        $this->assertNotEmpty(get_string('analysis_harder', 'mod_palier'));
        // Other parameters: what was found is about those before.
        item_parameters::set_level(array_intersect_key($this->builder()->questions(), [$entryid => 1]), 4);
        $this->assertSame([], calibration::for_teachers((int) $this->palier->id));
    }

    public function test_a_question_that_has_become_known_is_told(): void {
        $row = $this->calibrate_later(fn(int $person, int $question): float => $question === 6 && $person >= 280 ? -4.0 : 0.0);
        $this->assertContains('eased', $this->reasons($row)[6]);
        $this->assertSame('eased', calibration::for_teachers((int) $this->palier->id)[$this->entries()[6]]);
        $shown = $this->open('calibration', ['calibration' => $row->id, 'show' => 'look']);
        $this->assertMatchesRegularExpression('/The latest 100 answers make it -\d\.\d\d logits/', $shown);
        foreach (['en', 'fr'] as $language) {
            foreach (['eased', 'unfair', 'harder', 'easier'] as $reason) {
                $strings = get_string_manager()->load_component_strings('mod_palier', $language);
                $this->assertArrayHasKey("analysis_$reason", $strings);
            }
        }
    }
}
