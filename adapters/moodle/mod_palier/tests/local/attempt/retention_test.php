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

use mod_palier\task\purge_expired;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../../classes/learner_testcase.php');

/**
 * How long answers and results are kept.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\retention
 * @covers     \mod_palier\task\purge_expired
 */
final class retention_test extends learner_testcase {
    /**
     * A finished attempt of some months ago.
     *
     * @param int $months
     * @return attempt
     */
    private function attempt_of(int $months): attempt {
        global $DB;
        $this->make_test(2);
        $attempt = $this->start();
        $this->answer($attempt, 'some words of mine');
        $this->answer($attempt);
        $then = (new \DateTimeImmutable())->sub(new \DateInterval("P{$months}M"))->getTimestamp() - DAYSECS;
        // A correction since then does not count: the time is that of the end.
        $DB->set_field('palier_attempt', 'timefinish', $then, ['id' => $attempt->id]);
        $DB->set_field('palier_statement', 'timecreated', $then, ['attemptid' => $attempt->id]);
        return attempt_repository::load($attempt->id);
    }

    /**
     * Runs the task.
     */
    private function purge(): void {
        ob_start();
        (new purge_expired())->execute();
        ob_end_clean();
    }

    public function test_after_two_years_the_answers_go_and_the_result_stays(): void {
        global $DB;
        $attempt = $this->attempt_of(24);
        $before = $attempt->result;
        $this->purge();
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame($before, $attempt->result);
        $this->assertStringNotContainsString('words of mine', $attempt->log()->json());
        $this->assertSame(0, $DB->count_records('palier_statement', ['attemptid' => $attempt->id]));
        $this->assertSame(0, $DB->count_records('question_usages', ['id' => $attempt->qubaid]));
        // What is left still replays to the same result.
        $engine = \mod_palier\local\engine\engine_factory::get();
        $replayed = $engine->replay($attempt->bank(), $attempt->plan_json(), $attempt->log()->json());
        $this->assertEqualsWithDelta($attempt->theta, $replayed['theta'], 1e-9);
        $this->purge();
        $this->assertSame($before, attempt_repository::load($attempt->id)->result);
    }

    public function test_after_three_years_the_attempt_goes(): void {
        global $DB;
        $attempt = $this->attempt_of(36);
        $this->purge();
        $this->assertSame(0, $DB->count_records('palier_attempt'));
        $this->assertSame(0, $DB->count_records('palier_event', ['attemptid' => $attempt->id]));
        $this->assertSame(0, $DB->count_records('question_usages', ['id' => $attempt->qubaid]));
    }

    public function test_before_that_nothing_goes(): void {
        global $DB;
        $attempt = $this->attempt_of(23);
        $this->purge();
        $this->assertStringContainsString('words of mine', attempt_repository::load($attempt->id)->log()->json());
        $this->assertGreaterThan(0, $DB->count_records('palier_statement', ['attemptid' => $attempt->id]));
    }

    public function test_the_administrator_sets_the_time_and_zero_is_for_ever(): void {
        global $DB;
        $attempt = $this->attempt_of(50);
        set_config('responsemonths', 0, 'mod_palier');
        set_config('resultmonths', 0, 'mod_palier');
        $this->purge();
        $this->assertStringContainsString('words of mine', attempt_repository::load($attempt->id)->log()->json());
        set_config('resultmonths', 49, 'mod_palier');
        $this->purge();
        $this->assertSame(0, $DB->count_records('palier_attempt'));
    }
}
