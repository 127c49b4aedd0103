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

namespace mod_palier\privacy;

use core_privacy\local\metadata\collection;
use core_privacy\local\request\approved_contextlist;
use core_privacy\local\request\approved_userlist;
use core_privacy\local\request\userlist;
use core_privacy\local\request\writer;
use core_privacy\tests\provider_testcase;
use mod_palier\local\engine\engine_factory;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\makes_records;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');

/**
 * What people get of their data, and how it is erased.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\privacy\provider
 */
final class provider_test extends provider_testcase {
    use makes_records;

    /** @var stdClass The activity. */
    private stdClass $palier;

    /** @var stdClass[] Two learners. */
    private array $learners = [];

    /** @var stdClass[] An attempt of each. */
    private array $attempts = [];

    #[\Override]
    protected function setUp(): void {
        global $DB;
        parent::setUp();
        $this->resetAfterTest();
        learner_testcase::use_engine();
        $this->setAdminUser();
        $destination = $this->make_destination('https://lrs.example.org/xapi');
        $course = $this->getDataGenerator()->create_course();
        $this->palier = $this->make_activity($course, ['grade' => 100]);
        for ($i = 0; $i < 2; $i++) {
            $this->learners[$i] = $this->getDataGenerator()->create_and_enrol($course);
            $this->attempts[$i] = $this->make_attempt($this->palier, (int) $this->learners[$i]->id);
            $DB->insert_record('palier_event', [
                'attemptid' => $this->attempts[$i]->id,
                'seq' => 0,
                'type' => 'answered',
                'data' => '{"type":"answered","item":"q1","response":"my words"}',
                'timecreated' => 1800000000,
            ]);
            $sent = $this->make_statement($this->attempts[$i], [
                'state' => 'sent',
                'timesent' => 1800000000,
                'result' => ['success' => true],
            ]);
            $DB->insert_record('palier_delivery', [
                'destinationid' => $destination,
                'statementid' => $sent->id,
                'attemptid' => $this->attempts[$i]->id,
                'state' => 'sent',
                'timesent' => 1800000000,
            ]);
            $this->make_statement($this->attempts[$i]);
        }
        \mod_palier\local\report\grader::update($this->palier);
    }

    #[\Override]
    public function tearDown(): void {
        engine_factory::restore();
        parent::tearDown();
    }

    /**
     * The activity's context.
     *
     * @return \context_module
     */
    private function context(): \context_module {
        return \context_module::instance($this->palier->cmid);
    }

    /**
     * How many rows of each table are about an attempt.
     *
     * @param stdClass $attempt
     * @return int[]
     */
    private function rows(stdClass $attempt): array {
        global $DB;
        return [
            'attempts' => $DB->count_records('palier_attempt', ['id' => $attempt->id]),
            'events' => $DB->count_records('palier_event', ['attemptid' => $attempt->id]),
            'statements' => $DB->count_records('palier_statement', ['attemptid' => $attempt->id]),
            'deliveries' => $DB->count_records('palier_delivery', ['attemptid' => $attempt->id]),
            'usages' => $DB->count_records('question_usages', ['id' => $attempt->qubaid]),
        ];
    }

    public function test_every_table_and_the_lrs_are_told_of(): void {
        $items = provider::get_metadata(new collection('mod_palier'))->get_collection();
        $names = array_map(fn($item) => $item->get_name(), $items);
        $this->assertSame(
            ['palier_attempt', 'palier_event', 'palier_attempt_scale', 'palier_statement', 'palier_delivery',
                'palier_destination', 'palier_contest', 'palier_contest_message', 'palier_former', 'palier_package',
                'palier_param', 'palier_calibration', 'palier_calibration_item', 'palier_override', 'palier_nextstep',
                'core_question', 'core_competency', 'core_message', 'lrs'],
            $names,
        );
        $manager = get_string_manager();
        foreach ($items as $item) {
            $this->assertTrue($manager->string_exists($item->get_summary(), 'mod_palier'), $item->get_summary());
            foreach ($item->get_privacy_fields() ?? [] as $string) {
                $this->assertTrue($manager->string_exists($string, 'mod_palier'), $string);
            }
        }
    }

    public function test_a_learner_is_found_by_their_attempts(): void {
        $contexts = provider::get_contexts_for_userid((int) $this->learners[0]->id);
        $this->assertEquals([$this->context()->id], $contexts->get_contextids());
        $nobody = $this->getDataGenerator()->create_user();
        $this->assertCount(0, provider::get_contexts_for_userid((int) $nobody->id));
        $userlist = new userlist($this->context(), 'mod_palier');
        provider::get_users_in_context($userlist);
        $this->assertEqualsCanonicalizing(array_column($this->learners, 'id'), $userlist->get_userids());
    }

    public function test_the_export_is_plain_and_says_what_the_lrs_holds(): void {
        $this->export_context_data_for_user((int) $this->learners[0]->id, $this->context(), 'mod_palier');
        $writer = writer::with_context($this->context());
        $path = [get_string('privacy:attempts', 'mod_palier'), 1];
        $data = $writer->get_data($path);
        $this->assertSame('3 (between 2 and 4)', $data->level);
        $this->assertSame('Finished', $data->progress);
        $this->assertSame('my words', $data->events[0]['data']['response']);
        $statements = $writer->get_data([...$path, get_string('privacy:statements', 'mod_palier')])->statements;
        $this->assertCount(2, $statements);
        $name = fullname($this->learners[0]);
        $this->assertSame("$name answered “Question 0”: right.", $statements[0]['sentence']);
        $this->assertStringContainsString('The store (https://lrs.example.org/xapi)', $statements[0]['heldby'][0]);
        $this->assertArrayNotHasKey('heldby', $statements[1]);
    }

    public function test_the_export_works_after_the_answers_were_erased(): void {
        \question_engine::delete_questions_usage_by_activity($this->attempts[0]->qubaid);
        $this->export_context_data_for_user((int) $this->learners[0]->id, $this->context(), 'mod_palier');
        $this->assertTrue(writer::with_context($this->context())->has_any_data());
    }

    public function test_one_learner_is_erased_and_the_other_stays(): void {
        $before = $this->rows($this->attempts[1]);
        provider::delete_data_for_user(
            new approved_contextlist($this->learners[0], 'mod_palier', [\context_system::instance()->id, $this->context()->id]),
        );
        $this->assertSame([0], array_values(array_unique($this->rows($this->attempts[0]))));
        $this->assertSame($before, $this->rows($this->attempts[1]));
        $grades = grade_get_grades($this->palier->course, 'mod', 'palier', $this->palier->id, array_column($this->learners, 'id'));
        $grades = reset($grades->items)->grades;
        $this->assertNull($grades[$this->learners[0]->id]->grade);
        $this->assertEquals(50, $grades[$this->learners[1]->id]->grade);
    }

    public function test_some_learners_are_erased(): void {
        $before = $this->rows($this->attempts[0]);
        provider::delete_data_for_users(new approved_userlist($this->context(), 'mod_palier', [$this->learners[1]->id]));
        $this->assertSame([0], array_values(array_unique($this->rows($this->attempts[1]))));
        $this->assertSame($before, $this->rows($this->attempts[0]));
    }

    public function test_everybody_is_erased(): void {
        provider::delete_data_for_all_users_in_context(\context_system::instance());
        $this->assertSame(1, $this->rows($this->attempts[0])['attempts']);
        provider::delete_data_for_all_users_in_context($this->context());
        foreach ($this->attempts as $attempt) {
            $this->assertSame([0], array_values(array_unique($this->rows($attempt))));
        }
    }

    public function test_threads_go_with_the_learner_and_keep_no_name_of_who_answered(): void {
        global $DB;
        $trainer = $this->getDataGenerator()->create_user();
        $threads = [];
        foreach ($this->attempts as $i => $attempt) {
            $threads[$i] = $DB->insert_record('palier_contest', [
                'palierid' => $this->palier->id,
                'attemptid' => $attempt->id,
                'userid' => $this->learners[$i]->id,
                'kind' => 'result',
                'timecreated' => 1800000000,
            ]);
            foreach ([$this->learners[$i]->id => 'I do not agree', $trainer->id => 'You are right'] as $userid => $message) {
                $DB->insert_record('palier_contest_message', [
                    'contestid' => $threads[$i], 'userid' => $userid, 'message' => $message, 'timecreated' => 1800000000,
                ]);
            }
            $DB->insert_record('palier_former', [
                'attemptid' => $attempt->id, 'level' => 2, 'result' => '{"n":5}', 'reason' => 'You are right',
                'usermodified' => $trainer->id, 'timecreated' => 1800000000, 'timereplaced' => 1800000100,
            ]);
        }

        $this->assertEquals([$this->context()->id], provider::get_contexts_for_userid((int) $trainer->id)->get_contextids());
        $userlist = new userlist($this->context(), 'mod_palier');
        provider::get_users_in_context($userlist);
        $this->assertContains((int) $trainer->id, array_map('intval', $userlist->get_userids()));

        $this->export_context_data_for_user((int) $this->learners[0]->id, $this->context(), 'mod_palier');
        $path = [get_string('privacy:attempts', 'mod_palier'), 1, get_string('privacy:contests', 'mod_palier')];
        $data = writer::with_context($this->context())->get_data($path);
        $this->assertSame('I do not agree', $data->threads[0]['messages'][0]['message']);
        $this->assertSame('You are right', $data->formerresults[0]['reason']);
        writer::reset();
        $this->export_context_data_for_user((int) $trainer->id, $this->context(), 'mod_palier');
        $data = writer::with_context($this->context())->get_data([get_string('privacy:contests', 'mod_palier')]);
        $this->assertCount(2, $data->messages);

        $approved = new approved_contextlist($this->learners[0], 'mod_palier', [$this->context()->id]);
        provider::delete_data_for_user($approved);
        $this->assertEquals([$threads[1]], $DB->get_fieldset('palier_contest', 'id'));
        $this->assertSame(2, $DB->count_records('palier_contest_message'));
        $this->assertSame(1, $DB->count_records('palier_former'));
        provider::delete_data_for_user(new approved_contextlist($trainer, 'mod_palier', [$this->context()->id]));
        $this->assertSame(2, $DB->count_records('palier_contest_message'));
        $this->assertSame(0, $DB->count_records('palier_contest_message', ['userid' => $trainer->id]));
        $this->assertSame(0, $DB->count_records('palier_former', ['usermodified' => $trainer->id]));
    }
}
