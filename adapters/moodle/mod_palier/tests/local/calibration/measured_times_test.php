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
use mod_palier\tests\calibration_testcase;
use mod_palier\tests\opens_pages;

/**
 * How long questions take: told to the keeper.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\calibration\measured_times
 * @covers     \mod_palier\output\calibration_page
 */
final class measured_times_test extends calibration_testcase {
    use opens_pages;

    /**
     * Twenty persons take a test of four questions; the last two of them click through it.
     *
     * @return \stdClass row of palier_calibration
     */
    private function calibrate_timed(): \stdClass {
        global $DB;
        $this->make_test(4, [], ['shortanswer']);
        foreach ($this->lines(4, 20) as $n => $line) {
            $this->setUser($this->getDataGenerator()->create_and_enrol($this->course));
            $attempt = $this->start();
            for ($k = 0; $attempt->is_open(); $k++) {
                $this->answer($attempt, (bool) $line[$k]);
                $attempt = \mod_palier\local\attempt\attempt_repository::load($attempt->id);
            }
            foreach ($DB->get_records('palier_event', ['attemptid' => $attempt->id, 'type' => 'answered']) as $event) {
                $data = ['ms' => $n < 18 ? 80000 : 1000] + json_text::decode($event->data);
                $DB->set_field('palier_event', 'data', json_text::encode($data), ['id' => $event->id]);
            }
        }
        $row = $this->calibrate(['hold' => 'experts']);
        $this->assertSame(calibration::DONE, $row->state, (string) $row->message);
        return $row;
    }

    public function test_median_times_and_rapid_guesses_are_told(): void {
        $row = $this->calibrate_timed();
        $times = calibration::outcome($row)['times'];
        $this->assertSame(4, $times['questions']);
        // All but the rapid ones took 80 seconds, and two of twenty were below a tenth of the mean, 72.1 seconds.
        $this->assertEqualsWithDelta(80, $times['seconds'], 0.1);
        $this->assertEqualsWithDelta(0.1, $times['rapid'], 1e-9);
        $shown = $this->open('calibration', ['calibration' => $row->id]);
        $this->assertStringContainsString('80 s usually; 10% rapid guesses (below 7.2 s)', $shown);
        $this->assertStringContainsString('10.0', $shown);
    }

    public function test_without_times_nothing_is_told(): void {
        $this->make_test(4, [], ['shortanswer']);
        $this->make_rows($this->make_quiz(), $this->lines(4));
        $row = $this->calibrate(['hold' => 'experts']);
        $this->assertNull(calibration::outcome($row)['times']);
    }
}
