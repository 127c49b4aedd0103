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

use mod_palier\local\calibration\calibration;
use mod_palier\local\parameters\item_parameters;
use mod_palier\tests\calibration_testcase;
use mod_palier\tests\opens_pages;

/**
 * The pages of a calibration: what they show, and whom they let in.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\output\calibrate_page
 * @covers     \mod_palier\output\calibration_page
 * @covers     \mod_palier\output\choice_words
 * @covers     \mod_palier\output\item_curve
 * @covers     \mod_palier\output\ability_plot
 * @covers     \mod_palier\output\information_plot
 * @covers     \mod_palier\output\history_page
 * @covers     \mod_palier\form\calibrate_form
 */
final class calibration_pages_test extends calibration_testcase {
    use opens_pages;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->make_test(4, [], ['shortanswer']);
        $this->make_rows($this->make_quiz(), $this->lines(4));
    }

    public function test_the_choice_and_its_counts_come_before_anything_is_computed(): void {
        global $DB;
        $this->setAdminUser();
        $shown = $this->open('calibrate', []);
        $this->assertStringContainsString(get_string('calibrate_intro', 'mod_palier'), $shown);
        $this->assertStringNotContainsString('name="start"', $shown);
        \mod_palier\form\calibrate_form::mock_submit(['courses' => [$this->course->id], 'quizzes' => 1, 'tests' => 1]);
        $sent = $_POST;
        $shown = $this->open('calibrate', [], $sent);
        $this->assertStringContainsString('60 persons, 240 answers, 4 questions.', $shown);
        $this->assertStringContainsString('name="start"', $shown);
        $this->assertSame(0, $DB->count_records('palier_calibration'));
        preg_match('/name="choice" value="([^"]+)"/', $shown, $found);
        $this->open('calibrate', [], ['start' => 1, 'choice' => html_entity_decode($found[1])]);
        $this->assertSame(1, $DB->count_records('palier_calibration', ['state' => calibration::WAITING]));
    }

    public function test_proposals_are_shown_with_what_speaks_against_them(): void {
        $row = $this->calibrate(['hold' => 'experts']);
        $shown = $this->open('calibration', ['calibration' => $row->id]);
        $this->assertSame(4, substr_count($shown, 'name="items[]"'));
        $this->assertStringContainsString(get_string('calibration_reason_few_answers', 'mod_palier'), $shown);
        $this->assertStringContainsString('60 persons, 240 answers, 4 questions.', $shown);
        $this->assertStringContainsString('The estimation has converged', $shown);
        // The question's text beside what speaks against it.
        $this->assertStringContainsString('Name an amphibian: __________', $shown);
        // A curve for each question, and the information of all; each beside its words, and passed over by readers of screens.
        $this->assertSame(5, substr_count($shown, '<svg viewBox="0 0 330 190" aria-hidden="true"'));
        $this->assertSame(4, substr_count($shown, get_string('calibration_curve', 'mod_palier')));
        $information = calibration::outcome($row)['scales'][0]['information'];
        $this->assertStringContainsString(get_string('calibration_information', 'mod_palier'), $shown);
        // Ability 0 is the middle one.
        $this->assertCount(25, $information['proposed']);
        foreach (['present', 'proposed'] as $which) {
            $said = format_float($information[$which][12], 1);
            $this->assertMatchesRegularExpression("/>0\\.0<.*data-label=\"[^\"]+\">$said</s", $shown);
        }
    }

    public function test_values_lie_where_they_should_in_a_drawing(): void {
        $plot = information_plot::of(['from' => -4, 'to' => 4, 'present' => null, 'proposed' => array_fill(0, 25, 5.0)]);
        // The largest value is at the top of the grid, 5 being a number of the axis.
        preg_match('/points="([^"]+)"/', $plot['svg'], $found);
        foreach (explode(' ', $found[1]) as $point) {
            $this->assertStringEndsWith(',6', $point);
        }
        $this->assertSame(1, substr_count($plot['svg'], '<polyline'));
        $this->assertSame(['–', '5.0'], [$plot['rows'][0]['present'], $plot['rows'][0]['proposed']]);
        $this->assertSame(['-3.0', '-2.0', '-1.0', '0.0', '1.0', '2.0', '3.0'], array_column($plot['rows'], 'theta'));
        $this->assertNull(information_plot::of(null));
        $this->assertNull(information_plot::of(['from' => -4, 'to' => 4, 'present' => null, 'proposed' => array_fill(0, 25, 0)]));
    }

    public function test_what_is_decided_comes_from_the_page(): void {
        $row = $this->calibrate(['hold' => 'experts']);
        $items = array_keys(calibration::items((int) $row->id));
        $here = ['calibration' => $row->id];
        $this->open('calibration', $here, ['do' => 'accept', 'items' => [$items[0]]]);
        $this->assertSame(1, calibration::counts((int) $row->id)['accepted']);
        $this->open('calibration', $here, ['do' => 'refuse', 'whole' => 1]);
        $this->assertSame(3, calibration::counts((int) $row->id)['refused']);
        $this->open('calibration', $here, ['do' => 'takeback', 'items' => [$items[0]]]);
        $this->assertSame(0, calibration::counts((int) $row->id)['accepted']);
        $this->open('calibration', $here, ['do' => 'delete']);
        $this->assertSame([], calibration::all((int) $this->palier->id));
    }

    public function test_the_history_leads_back(): void {
        $this->setAdminUser();
        $entryid = $this->entries()[0];
        $before = item_parameters::current([$entryid])[$entryid];
        item_parameters::set_level([$entryid => $this->builder()->questions()[$entryid]], 5);
        $this->assertStringContainsString("value=\"$before->id\"", $this->open('history', ['entry' => $entryid]));
        $sink = $this->redirectEvents();
        $this->open('history', ['entry' => $entryid], ['restore' => $before->id]);
        $this->assertSame($before->b, item_parameters::current([$entryid])[$entryid]->b);
        $this->assertCount(3, item_parameters::history($entryid));
        $restored = array_filter($sink->get_events(), fn($event) => $event instanceof \mod_palier\event\parameters_restored);
        $this->assertCount(1, $restored);
        // A version of another question is none of this one.
        $this->expectException(\moodle_exception::class);
        $other = $this->entries()[1];
        $this->open('history', ['entry' => $entryid], ['restore' => item_parameters::current([$other])[$other]->id]);
    }

    /**
     * What is sent to pages, and may not come from elsewhere.
     *
     * @return array
     */
    public static function entries_of_pages(): array {
        return [
            'start' => ['calibrate', ['start' => 1, 'choice' => '{}']],
            'accept' => ['calibration', ['do' => 'accept', 'whole' => 1]],
            'promote' => ['calibration', ['do' => 'promote', 'whole' => 1]],
            'refuse' => ['calibration', ['do' => 'refuse', 'whole' => 1]],
            'take back' => ['calibration', ['do' => 'takeback', 'whole' => 1]],
            'delete' => ['calibration', ['do' => 'delete']],
            'history' => ['history', ['restore' => 1]],
        ];
    }

    /**
     * Each wants the session's key, and the capability.
     *
     * @dataProvider entries_of_pages
     * @param string $page
     * @param array $posted
     */
    public function test_each_entry_wants_the_key_and_the_capability(string $page, array $posted): void {
        $row = $this->calibrate(['hold' => 'experts']);
        $params = ['calibration' => $row->id, 'entry' => $this->entries()[0]];
        try {
            $this->open($page, $params, ['sesskey' => 'other'] + $posted);
            $this->fail('It went on without the key.');
        } catch (\moodle_exception $e) {
            $this->assertSame('invalidsesskey', $e->errorcode);
        }
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'teacher'));
        foreach ([$posted, null] as $sent) {
            try {
                $this->open($page, $params, $sent);
                $this->fail('It went on without the capability.');
            } catch (\required_capability_exception $e) {
                $this->assertSame('nopermissions', $e->errorcode);
            }
        }
        $this->assertCount(4, calibration::items((int) $row->id));
    }

    public function test_a_calibration_of_another_test_is_not_found(): void {
        $row = $this->calibrate();
        $this->palier = $this->getDataGenerator()->get_plugin_generator('mod_palier')->create_test($this->course, 1);
        $this->expectException(\dml_missing_record_exception::class);
        $this->open('calibration', ['calibration' => $row->id]);
    }
}
