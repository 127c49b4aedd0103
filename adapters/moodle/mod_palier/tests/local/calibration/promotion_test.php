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

use mod_palier\local\parameters\item_parameters;
use mod_palier\tests\calibration_testcase;
use mod_palier\tests\opens_pages;
use stdClass;

/**
 * Questions on trial are asked in running tests, and are promoted where no rule speaks against them and a person agrees.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\calibration\calibration
 * @covers     \mod_palier\local\calibration\decisions
 * @covers     \mod_palier\output\calibration_page
 */
final class promotion_test extends calibration_testcase {
    use opens_pages;

    /**
     * Eight questions, the last two of them on trial, answered by so many persons.
     *
     * @param int $persons
     */
    private function make_trial(int $persons): void {
        global $DB;
        $this->make_test(8, [], ['shortanswer']);
        $trial = array_slice($this->entries(), 3, 2);
        foreach ($trial as $entryid) {
            $DB->set_field('palier_param', 'status', 'pretest', ['questionbankentryid' => $entryid]);
        }
        $this->make_rows($this->make_quiz(), $this->lines(8, $persons));
    }

    /**
     * What the questions are for, by their numbers.
     *
     * @return string[]
     */
    private function statuses(): array {
        $current = item_parameters::current($this->entries());
        return array_map(fn($entryid) => $current[$entryid]->status, $this->entries());
    }

    /**
     * The numbers of the questions that are ready for promotion.
     *
     * @param stdClass $row of palier_calibration
     * @return int[]
     */
    private function ready(stdClass $row): array {
        $places = array_flip($this->entries());
        $entries = array_column(calibration::items((int) $row->id, 'promote'), 'questionbankentryid');
        return array_map(fn($entryid) => $places[$entryid], $entries);
    }

    public function test_those_on_trial_with_answers_enough_are_promoted_together(): void {
        $this->make_trial(400);
        $row = $this->calibrate(['hold' => 'experts']);
        $this->assertSame(calibration::DONE, $row->state, (string) $row->message);
        $this->assertEqualsCanonicalizing([3, 4], $this->ready($row));
        $this->assertSame(['pretest', 'pretest'], array_slice($this->statuses(), 3, 2), 'nothing changes before somebody agrees');
        $here = ['calibration' => $row->id];
        $shown = $this->open('calibration', $here + ['show' => 'promote']);
        $this->assertSame(2, substr_count($shown, 'name="items[]"'));
        $this->assertStringContainsString('value="promote"', $shown);
        // All are sent, and those alone that are ready change.
        $sink = $this->redirectEvents();
        $this->open('calibration', $here, ['do' => 'promote', 'whole' => 1]);
        $this->assertSame(array_fill(0, 8, 'operational'), $this->statuses());
        $this->assertSame(2, calibration::counts((int) $row->id)['accepted']);
        $this->assertSame(0, calibration::counts((int) $row->id)['promote']);
        $decided = array_filter($sink->get_events(), fn($event) => $event instanceof \mod_palier\event\calibration_decided);
        $this->assertSame(['promote', 2], array_values(reset($decided)->other));
        // And back.
        $this->open('calibration', $here, ['do' => 'takeback', 'whole' => 1]);
        $this->assertSame(['pretest', 'pretest'], array_slice($this->statuses(), 3, 2));
    }

    public function test_with_few_answers_nothing_is_ready(): void {
        $this->make_trial(60);
        $row = $this->calibrate(['hold' => 'experts']);
        $this->assertSame([], $this->ready($row));
        $this->assertStringNotContainsString('value="promote"', $this->open('calibration', ['calibration' => $row->id]));
        $this->open('calibration', ['calibration' => $row->id], ['do' => 'promote', 'whole' => 1]);
        $this->assertSame(['pretest', 'pretest'], array_slice($this->statuses(), 3, 2));
    }

    public function test_promotion_wants_the_right_to_change_parameters(): void {
        $this->make_trial(400);
        $row = $this->calibrate(['hold' => 'experts']);
        $teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher');
        $role = $this->getDataGenerator()->create_role();
        assign_capability('mod/palier:calibrate', CAP_ALLOW, $role, \context_module::instance($this->palier->cmid));
        assign_capability('mod/palier:manageparameters', CAP_PROHIBIT, $role, \context_module::instance($this->palier->cmid));
        role_assign($role, $teacher->id, \context_module::instance($this->palier->cmid));
        $this->setUser($teacher);
        $this->expectException(\required_capability_exception::class);
        $this->open('calibration', ['calibration' => $row->id], ['do' => 'promote', 'whole' => 1]);
    }

    public function test_a_question_on_trial_is_asked_in_running_tests_and_changes_no_result(): void {
        global $DB;
        $this->make_test(8, ['plan' => [
            'pretest' => ['count' => 2, 'among' => [2, 5]], 'stop' => ['max_items' => 6],
        ]], ['shortanswer']);
        $trial = array_slice($this->entries(), 3, 2);
        foreach ($trial as $entryid) {
            $DB->set_field('palier_param', 'status', 'pretest', ['questionbankentryid' => $entryid]);
        }
        $this->setUser($this->learner);
        $this->answer_all($this->start());
        // The answers to them are there to calibrate by.
        $collection = $this->collect();
        $answered = array_filter($collection->by_question(), fn($one) => $one['answers'] > 0);
        $this->assertSame([], array_diff($trial, array_keys($answered)));
    }
}
