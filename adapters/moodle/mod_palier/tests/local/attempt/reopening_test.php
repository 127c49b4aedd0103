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

use mod_palier\event\attempt_reopened;
use mod_palier\local\contest\contest_repository;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/tests/classes/learner_testcase.php');

/**
 * Attempts opened again.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\reopening
 */
final class reopening_test extends learner_testcase {
    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->preventResetByRollback();
    }

    /**
     * An attempt that the learner left after some questions.
     *
     * @param array $record of the activity
     * @param int $answers
     * @return attempt
     */
    private function left(array $record = [], int $answers = 6): attempt {
        $this->make_test(12, $record);
        $attempt = $this->start();
        for ($i = 0; $i < $answers; $i++) {
            $this->answer($attempt, $i % 2 === 0);
        }
        step::post($attempt->id, 'stop');
        return attempt_repository::load($attempt->id);
    }

    public function test_a_test_that_was_left_goes_on_where_it_stopped(): void {
        global $DB;
        $attempt = $this->left(['grade' => 100]);
        $this->assertSame('learner', $attempt->stopreason);
        $left = $attempt->full_quba()->get_slots();
        $events = $this->redirectEvents();
        $open = reopening::reopen($attempt->id, 'Vous aviez une urgence.', 2);
        $this->assertTrue($open->is_open());
        $this->assertTrue($open->log()->is_paused());
        $this->assertSame(0, $open->timefinish);
        $this->assertSame(max($left) + 1, $open->slot);
        $this->assertCount(1, array_filter($events->get_events(), fn($event) => $event instanceof attempt_reopened));
        $former = contest_repository::former($attempt->id);
        $this->assertSame('Vous aviez une urgence.', $former[0]->reason);
        $grades = grade_get_grades($this->course->id, 'mod', 'palier', $this->palier->id, $this->learner->id);
        $this->assertNull($grades->items[0]->grades[$this->learner->id]->grade);
        $verbs = $DB->get_fieldset_select('palier_statement', 'verb', 'attemptid = ? AND eventseq >= ? ORDER BY id', [
            $attempt->id, $attempt->seq,
        ]);
        $this->assertSame(['resumed', 'voided', 'voided', 'suspended'], $verbs);

        // The learner comes back and goes to the end.
        step::post($attempt->id, 'resume');
        do {
            $result = $this->answer($attempt);
        } while ($result->outcome === outcome::SAVED);
        $after = attempt_repository::load($attempt->id);
        $this->assertFalse($after->is_open());
        $this->assertGreaterThan(0, $after->timefinish);
        $this->assert_whole($attempt);
        $grades = grade_get_grades($this->course->id, 'mod', 'palier', $this->palier->id, $this->learner->id);
        $this->assertEqualsWithDelta(
            $after->known()['grade'],
            (float) $grades->items[0]->grades[$this->learner->id]->grade,
            0.001
        );
    }

    public function test_a_test_that_its_rules_ended_stays_so(): void {
        $this->make_test(4, [], ['truefalse']);
        $attempt = $this->start();
        for ($i = 0; $i < 4; $i++) {
            $this->answer($attempt);
        }
        $attempt = attempt_repository::load($attempt->id);
        $this->assertNotContains($attempt->stopreason, reopening::REASONS);
        $this->assertSame('reopen_rule', reopening::reason_not_to($attempt, time()));
        $this->expectExceptionMessage(get_string('reopen_rule', 'mod_palier'));
        try {
            reopening::reopen($attempt->id, 'Encore une fois.', 2);
        } finally {
            $this->assertSame($attempt->seq, attempt_repository::load($attempt->id)->seq);
            $this->assertSame([], contest_repository::former($attempt->id));
        }
    }

    public function test_another_attempt_and_a_closed_test_are_in_the_way(): void {
        global $DB;
        $attempt = $this->left();
        $this->start();
        $this->assertSame('reopen_other', reopening::reason_not_to($attempt, time()));
        $DB->delete_records_select('palier_attempt', 'id <> ?', [$attempt->id]);
        $this->assertNull(reopening::reason_not_to($attempt, time()));
        $DB->set_field('palier', 'timeclose', time() - HOURSECS, ['id' => $this->palier->id]);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame('reopen_closed', reopening::reason_not_to($attempt, time()));
        $later = time() + DAYSECS;
        $DB->insert_record('palier_override', (object) [
            'palierid' => $this->palier->id, 'userid' => $this->learner->id, 'timeclose' => $later,
            'reason' => 'Malade', 'usermodified' => 2, 'timecreated' => time(), 'timemodified' => time(),
        ]);
        $this->assertNull(reopening::reason_not_to(attempt_repository::load($attempt->id), time()));
        $this->assertTrue(reopening::reopen($attempt->id, 'Malade.', 2)->is_open());
        // The task that ends overdue attempts goes by the exception.
        $this->assertEquals($later, $DB->get_field('palier_attempt', 'closes', ['id' => $attempt->id]));
    }

    public function test_who_may_reopen(): void {
        $attempt = $this->left();
        $this->assertFalse(reopening::allowed($attempt));
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'teacher'));
        $this->assertTrue(reopening::allowed($attempt));
    }
}
