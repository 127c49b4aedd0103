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

use mod_palier\event\attempt_corrected;
use mod_palier\local\contest\contest_repository;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\report\question_analysis;
use mod_palier\task\rescore_question;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\opens_pages;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/tests/classes/learner_testcase.php');
require_once($CFG->dirroot . '/mod/palier/tests/classes/opens_pages.php');

/**
 * Answers marked anew after a wrong key.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\correction
 * @covers     \mod_palier\local\attempt\marking
 * @covers     \mod_palier\task\rescore_question
 */
final class rescore_test extends learner_testcase {
    use opens_pages;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->preventResetByRollback();
    }

    /**
     * Turns the key of the true-false question that a slot has: a new version of it.
     *
     * @param attempt $attempt
     * @param int $slot
     * @return int question bank entry
     */
    private function turn_key(attempt $attempt, int $slot): int {
        $question = $attempt->full_quba()->get_question($slot);
        $this->setAdminUser();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $data = \question_bank::load_question_data($question->id);
        $generator->update_question($data, null, ['correctanswer' => (string) (int) !$question->rightanswer]);
        $this->setUser($this->learner);
        return (int) $question->questionbankentryid;
    }

    /**
     * An attempt of six true-false questions, all answered as the key says, that is over.
     *
     * @param array $record of the activity
     * @return attempt
     */
    private function finished(array $record = []): attempt {
        $this->make_test(6, $record, ['truefalse']);
        $attempt = $this->start();
        for ($i = 0; $i < 6; $i++) {
            $this->answer($attempt);
        }
        return attempt_repository::load($attempt->id);
    }

    public function test_a_mended_key_makes_the_result_again_and_keeps_both(): void {
        global $DB;
        $attempt = $this->finished(['grade' => 100]);
        $this->assertFalse($attempt->is_open());
        $entry = $this->turn_key($attempt, 2);
        $before = grade_get_grades($this->course->id, 'mod', 'palier', $this->palier->id, $this->learner->id);
        $teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher');
        $sink = $this->redirectMessages();
        $events = $this->redirectEvents();
        rescore_question::queue((int) $this->palier->id, $entry, (int) $teacher->id, 'Le corrigé était faux.');
        $this->runAdhocTasks(rescore_question::class);

        $after = attempt_repository::load($attempt->id);
        $told = $this->event($attempt, 'rescored');
        $this->assertEqualsWithDelta(0.0, $told['fraction'], 1e-9);
        $this->assertSame('key', $told['reason']);
        $this->assertLessThan($attempt->theta, $after->theta);
        $this->assertFalse($after->is_open());
        $this->assertSame($attempt->timefinish, $after->timefinish);
        $this->assert_whole($attempt);
        // The engine's estimate is that of a log in which the answer had this mark.
        $log = json_decode($attempt->log()->json(), true);
        foreach ($log['events'] as $place => $event) {
            if ($event['type'] === 'answered' && $event['item'] === $told['item']) {
                $log['events'][$place] = ['fraction' => 0] + array_diff_key($event, ['category' => 0]);
            }
        }
        $expected = engine_factory::get()->state($attempt->bank(), $attempt->plan_json(), json_encode($log));
        $this->assertEqualsWithDelta($expected['theta'], $after->theta, 1e-12);

        $former = contest_repository::former($attempt->id);
        $this->assertCount(1, $former);
        $this->assertSame('Le corrigé était faux.', $former[0]->reason);
        $this->assertEqualsWithDelta($attempt->theta, (float) $former[0]->theta, 1e-12);
        $this->assertSame($attempt->timefinish, (int) $former[0]->timecreated);
        $messages = $sink->get_messages();
        $this->assertCount(1, $messages);
        $this->assertEquals($this->learner->id, $messages[0]->useridto);
        $this->assertStringContainsString('Le corrigé était faux.', $messages[0]->fullmessage);
        $this->assertCount(1, array_filter($events->get_events(), fn($event) => $event instanceof attempt_corrected));

        // The answer as it was marked is taken back, and so is the result; both are told anew.
        $verbs = $DB->get_fieldset_select('palier_statement', 'verb', 'attemptid = ? AND eventseq = ? ORDER BY id', [
            $attempt->id, $after->seq - 1,
        ]);
        $this->assertSame(['answered', 'scored', 'voided', 'voided'], $verbs);

        $grades = grade_get_grades($this->course->id, 'mod', 'palier', $this->palier->id, $this->learner->id);
        $grade = fn($of) => (float) $of->items[0]->grades[$this->learner->id]->grade;
        $this->assertLessThanOrEqual($grade($before), $grade($grades));
        $this->assertEqualsWithDelta($after->known()['grade'], $grade($grades), 0.001);

        // In what became of the questions it is an answer that was not right.
        $line = question_analysis::of($attempt->context())[$entry];
        $this->assertSame(1, $line->asked);
        $this->assertEqualsWithDelta(0.0, $line->right, 1e-9);
        $answers = question_analysis::answers($attempt->context(), $entry);
        $this->assertCount(1, $answers);
        $this->assertEqualsWithDelta(0.0, $answers[0]->right, 1e-9);

        // Done again it does nothing.
        rescore_question::queue((int) $this->palier->id, $entry, (int) $teacher->id, 'Encore.');
        $this->runAdhocTasks(rescore_question::class);
        $this->assertSame($after->seq, attempt_repository::load($attempt->id)->seq);
        $this->assertCount(1, $sink->get_messages());

        // A copy of the course may come without the version that was answered.
        $DB->set_field('palier_event', 'questionid', null, ['attemptid' => $attempt->id, 'type' => 'answered']);
        $this->assertArrayNotHasKey($entry, question_analysis::of($attempt->context()));
        $this->assertSame([], question_analysis::answers($attempt->context(), $entry));
    }

    public function test_an_attempt_under_way_keeps_its_question(): void {
        $this->make_test(6, [], ['truefalse']);
        $attempt = $this->start();
        $this->answer($attempt);
        $attempt = attempt_repository::load($attempt->id);
        $this->turn_key($attempt, 1);
        $this->assertTrue(correction::rescore($attempt->id, 1, 'Le corrigé était faux.', 2));
        $after = attempt_repository::load($attempt->id);
        $this->assertTrue($after->is_open());
        $this->assertSame($attempt->slot, $after->slot);
        $this->assertLessThan($attempt->known()['theta'], $after->known()['theta']);
        $this->assertSame([], contest_repository::former($attempt->id));
        $this->answer($attempt);
        $this->assert_whole($attempt);
    }

    public function test_an_answer_whose_key_did_not_change_stays(): void {
        $attempt = $this->finished();
        $this->assertFalse(correction::rescore($attempt->id, 2, 'Pour voir.', 2));
        $this->assertSame($attempt->seq, attempt_repository::load($attempt->id)->seq);
        $this->assertSame([], contest_repository::former($attempt->id));
        // Nor does a question that nobody answered.
        $this->assertFalse(correction::rescore($attempt->id, 99, 'Pour voir.', 2));
    }

    public function test_retention_counts_from_the_end_and_not_from_a_correction(): void {
        global $DB;
        $attempt = $this->finished();
        $this->turn_key($attempt, 1);
        $old = time() - 40 * 31 * DAYSECS;
        $DB->set_field('palier_attempt', 'timefinish', $old, ['id' => $attempt->id]);
        $this->assertTrue(correction::rescore($attempt->id, 1, 'Le corrigé était faux.', 2));
        $this->assertGreaterThan($old, attempt_repository::load($attempt->id)->timemodified);
        $this->assertSame(1, retention::purge()['results']);
        $this->assertFalse($DB->record_exists('palier_attempt', ['id' => $attempt->id]));
    }

    public function test_with_separate_groups_it_is_offered_to_those_who_see_all_groups(): void {
        $attempt = $this->finished();
        $generator = $this->getDataGenerator();
        $tutor = $generator->create_and_enrol($this->course, 'teacher');
        $group = $generator->create_group(['courseid' => $this->course->id]);
        foreach ([$this->learner, $tutor] as $member) {
            $generator->create_group_member(['groupid' => $group->id, 'userid' => $member->id]);
        }
        $entry = ['entry' => (int) $attempt->full_quba()->get_question(1)->questionbankentryid];
        $this->setUser($tutor);
        $this->assertStringContainsString('rescore.php', $this->open('questions', $entry));
        set_coursemodule_groupmode($this->palier->cmid, SEPARATEGROUPS);
        rebuild_course_cache($this->course->id, true);
        $this->assertStringNotContainsString('rescore.php', $this->open('questions', $entry));
        $this->setUser($generator->create_and_enrol($this->course, 'editingteacher'));
        $this->assertStringContainsString('rescore.php', $this->open('questions', $entry));
    }
}
