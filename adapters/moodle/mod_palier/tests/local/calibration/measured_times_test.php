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
use mod_palier\local\test\check;
use mod_palier\local\test\duration;
use mod_palier\tests\calibration_testcase;
use mod_palier\tests\opens_pages;

/**
 * How long questions take: told to the keeper, and what is promised of it.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\calibration\measured_times
 * @covers     \mod_palier\local\test\check
 * @covers     \mod_palier\output\parameters_page
 * @covers     \mod_palier\output\calibration_page
 */
final class measured_times_test extends calibration_testcase {
    use opens_pages;

    /**
     * Persons take a test of four questions; the last tenth of them click through it.
     *
     * @param int $persons
     * @return \stdClass row of palier_calibration
     */
    private function calibrate_timed(int $persons): \stdClass {
        global $DB;
        $this->make_test(4, [], ['shortanswer']);
        foreach ($this->lines(4, $persons) as $n => $line) {
            $this->setUser($this->getDataGenerator()->create_and_enrol($this->course));
            $attempt = $this->start();
            for ($k = 0; $attempt->is_open(); $k++) {
                $this->answer($attempt, (bool) $line[$k]);
                $attempt = \mod_palier\local\attempt\attempt_repository::load($attempt->id);
            }
            foreach ($DB->get_records('palier_event', ['attemptid' => $attempt->id, 'type' => 'answered']) as $event) {
                $data = ['ms' => $n < 0.9 * $persons ? 80000 : 1000] + json_text::decode($event->data);
                $DB->set_field('palier_event', 'data', json_text::encode($data), ['id' => $event->id]);
            }
        }
        $row = $this->calibrate(['hold' => 'experts']);
        $this->assertSame(calibration::DONE, $row->state, (string) $row->message);
        return $row;
    }

    public function test_median_times_and_rapid_guesses_are_told(): void {
        $row = $this->calibrate_timed(20);
        $times = calibration::outcome($row)['times'];
        $this->assertSame(4, $times['questions']);
        // All but the rapid ones took 80 seconds, and two of twenty were below a tenth of the mean, 72.1 seconds.
        $this->assertEqualsWithDelta(80, $times['seconds'], 0.1);
        $this->assertEqualsWithDelta(0.1, $times['rapid'], 1e-9);
        $shown = $this->open('calibration', ['calibration' => $row->id]);
        $this->assertStringContainsString('80 s usually; 10% rapid guesses (below 7.2 s)', $shown);
        $this->assertStringContainsString('10.0', $shown);
        // Eighteen answers are too few to promise anything by.
        $this->assertSame([], measured_times::medians($this->entries()));
        $this->assertStringNotContainsString('usually', $this->open('parameters', []));
        [$items, $minutes] = $this->promised();
        $this->assertEquals(max(1, round($items * 50 / 60)), $minutes);
    }

    /**
     * What the check of the activity promises.
     *
     * @return array questions and minutes
     */
    private function promised(): array {
        global $DB;
        $palier = $DB->get_record('palier', ['id' => $this->palier->id], '*', MUST_EXIST);
        $found = check::of_instance($palier, \context_module::instance($this->palier->cmid))->feasibility;
        $this->assertGreaterThan(1, $found['expected_items']);
        $this->assertStringContainsString("{$found['expected_minutes']} minute", duration::announce($palier));
        return [$found['expected_items'], $found['expected_minutes']];
    }

    public function test_minutes_rest_on_measured_times_where_there_are_enough_answers(): void {
        global $DB;
        // What the plan says is a guess, and gives way.
        $this->calibrate_timed(40);
        $medians = measured_times::medians($this->entries());
        $this->assertEqualsCanonicalizing($this->entries(), array_keys($medians));
        $this->assertEqualsWithDelta(80, $medians[$this->entries()[0]], 0.1);
        $this->assertSame(4, substr_count($this->open('parameters', []), 'usually 80 seconds'));
        [$items, $minutes] = $this->promised();
        $this->assertEquals(max(1, round($items * 80 / 60)), $minutes);
        // Half of four questions do, and one does not.
        $DB->set_field_select('palier_calibration_item', 'timed', 29, 'questionbankentryid = ?', [$this->entries()[0]]);
        $DB->set_field_select('palier_calibration_item', 'timed', 29, 'questionbankentryid = ?', [$this->entries()[1]]);
        $this->assertEquals($minutes, $this->promised()[1]);
        $DB->set_field_select('palier_calibration_item', 'timed', 29, 'questionbankentryid = ?', [$this->entries()[2]]);
        [$items, $minutes] = $this->promised();
        $this->assertEquals(max(1, round($items * 50 / 60)), $minutes);
        calibration::delete((int) $this->palier->id);
        $this->assertEquals($minutes, $this->promised()[1]);
    }

    public function test_without_times_nothing_is_told(): void {
        $this->make_test(4, [], ['shortanswer']);
        $this->make_rows($this->make_quiz(), $this->lines(4));
        $row = $this->calibrate(['hold' => 'experts']);
        $this->assertNull(calibration::outcome($row)['times']);
        $this->assertSame([], measured_times::medians($this->entries()));
    }
}
