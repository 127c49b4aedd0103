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

use mod_palier\local\bank\bank_builder;
use mod_palier\local\contest\contest_access;
use mod_palier\output\paper_page;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/lib.php');
require_once($CFG->dirroot . '/mod/palier/tests/classes/learner_testcase.php');

/**
 * Who goes on with a test on paper gets questions that can be answered on paper.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\paper
 * @covers     \mod_palier\output\paper_page
 */
final class paper_test extends learner_testcase {
    /**
     * The page as a trainer gets it.
     *
     * @param attempt $attempt
     * @return string HTML
     */
    private function page(attempt $attempt): string {
        global $PAGE;
        $PAGE->set_url('/mod/palier/paper.php', ['attempt' => $attempt->id]);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $attempt = attempt_repository::load($attempt->id);
        $this->assertTrue(contest_access::may_decide($attempt));
        return $PAGE->get_renderer('core')->render(new paper_page($attempt, new paper($attempt)));
    }

    public function test_a_small_bank_is_printed_whole_but_for_what_was_answered(): void {
        $this->make_test(6, [], ['shortanswer', 'truefalse', 'match', 'multianswer', 'multichoice', 'numerical']);
        $attempt = $this->start();
        $first = $attempt->quba()->get_question_attempt(1)->get_question();
        step::post($attempt->id, 'unknown', 1);
        $attempt = attempt_repository::load($attempt->id);
        $paper = new paper($attempt);
        $this->assertTrue($paper->whole);
        $names = array_column($paper->questions(), 'name');
        $this->assertCount(5, $names);
        $this->assertNotContains($first->name, $names);
        $this->assertContains($attempt->quba()->get_question_attempt(2)->get_question()->name, $names, 'the one on screen');
        $html = $this->page($attempt);
        $this->assertSame(5, substr_count($html, 'palier-paper-question'));
        $this->assertStringContainsString(fullname($this->learner), $html);
    }

    public function test_menus_are_written_out_and_nothing_tells_the_answer(): void {
        $this->make_test(2, [], ['match', 'multianswer']);
        $html = $this->page($this->start());
        $this->assertStringNotContainsString('<select', $html);
        // What core's examples offer: of an animal its class; whom the owl went to sea with.
        $this->assertMatchesRegularExpression('~… \([^)]*amphibian[^)]*\)~', $html);
        $this->assertMatchesRegularExpression('~… \([^)]*Wiggly worm / [^)]*\)~', $html);
        $this->assertStringNotContainsString('disabled', $html);
        $this->assertStringNotContainsString('sequencecheck', $html);
        foreach (['correct', 'rightanswer', 'feedback'] as $class) {
            $this->assertStringNotContainsString("class=\"$class", $html);
        }
    }

    public function test_pictures_come_along(): void {
        global $DB;
        $this->make_test(1, [], ['truefalse']);
        $attempt = $this->start();
        $question = $attempt->quba()->get_question_attempt(1)->get_question();
        $context = $DB->get_field('question_categories', 'contextid', ['id' => $question->category]);
        // One pixel.
        $picture = base64_decode(implode('', ['iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
            '+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==']));
        get_file_storage()->create_file_from_string(['contextid' => $context, 'component' => 'question',
            'filearea' => 'questiontext', 'itemid' => $question->id, 'filepath' => '/', 'filename' => 'été 1.png'], $picture);
        $DB->set_field('question', 'questiontext', '<p>Look: <img src="@@PLUGINFILE@@/%C3%A9t%C3%A9%201.png" alt="a dot">'
            . '<img src="@@PLUGINFILE@@/gone.png" alt="gone"></p>', ['id' => $question->id]);
        \question_bank::notify_question_edited($question->id);
        $html = $this->page($attempt);
        $this->assertStringContainsString('data:image/png;base64,' . base64_encode($picture), $html);
        $this->assertStringNotContainsString('pluginfile.php', $html);
    }

    /**
     * A text may have the address of any file of the site: only those of its question are printed.
     *
     * @dataProvider strange_files
     * @param string $area
     * @param bool $samecontext
     */
    public function test_files_of_others_are_not_printed(string $area, bool $samecontext): void {
        global $CFG, $DB;
        $this->make_test(1, [], ['truefalse']);
        $attempt = $this->start();
        $question = $attempt->quba()->get_question_attempt(1)->get_question();
        $context = $samecontext ? $question->contextid : \core\context\user::instance(get_admin()->id)->id;
        $itemid = $question->id + ($area === 'questiontext' && $samecontext ? 1 : 0);
        $picture = base64_decode('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7');
        get_file_storage()->create_file_from_string(['contextid' => $context, 'component' => 'question', 'filearea' => $area,
            'itemid' => $itemid, 'filepath' => '/', 'filename' => 'dot.gif'], $picture);
        $address = "$CFG->wwwroot/pluginfile.php/$context/question/$area/1/1/$itemid/dot.gif";
        $DB->set_field('question', 'questiontext', "<p><img src=\"$address\" alt=\"a dot\"></p>", ['id' => $question->id]);
        \question_bank::notify_question_edited($question->id);
        $html = $this->page($attempt);
        $this->assertStringContainsString('a dot', $html);
        $this->assertStringNotContainsString(base64_encode($picture), $html);
    }

    /**
     * Areas of files, and whether they are of the question's context.
     *
     * @return array[]
     */
    public static function strange_files(): array {
        return [['questiontext', false], ['questiontext', true], ['response_attachments', true], ['generalfeedback', true]];
    }

    public function test_the_paper_is_for_who_asked_for_it(): void {
        $this->make_test(2, [], ['truefalse']);
        $attempt = $this->start();
        $teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher');
        $may = function (\stdClass $user) use ($attempt): bool {
            $this->setUser($user);
            return contest_access::may_print(attempt_repository::load($attempt->id));
        };
        $this->assertFalse($may($teacher));
        $this->setUser($this->learner);
        step::post($attempt->id, 'paper', $attempt->slot);
        $this->assertTrue($may($teacher));
        $this->assertFalse($may($this->learner));
    }

    public function test_of_a_large_bank_the_engine_takes_a_form(): void {
        $this->make_test(paper::WHOLE + 5, ['plan' => ['stop' => ['max_items' => 12]]], ['truefalse']);
        $attempt = $this->start();
        $paper = new paper($attempt);
        $this->assertFalse($paper->whole);
        $most = $attempt->plan()['stop']['max_items'];
        $this->assertContains(count($paper->questions()), [$most - 1, $most, $most + 1]);
        $this->assertLessThan(paper::WHOLE, $most);
        $this->assertStringContainsString(get_string('paper_some', 'mod_palier'), $this->page($attempt));
    }

    public function test_a_question_that_is_gone_is_left_out(): void {
        global $DB;
        $this->make_test(5, [], ['truefalse']);
        $attempt = $this->start();
        $others = array_filter(
            bank_builder::for_instance((int) $this->palier->id, $attempt->context())->questions(),
            fn($row) => $row->questionid != $attempt->quba()->get_question_attempt(1)->get_question_id()
        );
        $DB->set_field('question_versions', 'status', 'draft', ['questionid' => reset($others)->questionid]);
        $this->assertCount(4, (new paper($attempt))->questions());
    }
}
