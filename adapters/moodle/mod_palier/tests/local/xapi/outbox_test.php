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

namespace mod_palier\local\xapi;

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\sharing;
use mod_palier\local\attempt\step;
use mod_palier\tests\learner_testcase;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../../classes/learner_testcase.php');

/**
 * Statements are written with the step that they tell of.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\xapi\outbox
 * @covers     \mod_palier\local\xapi\context_builder
 */
final class outbox_test extends learner_testcase {
    /**
     * The statements of an attempt, decoded, with the columns of their rows.
     *
     * @param attempt $attempt
     * @return stdClass[]
     */
    private function statements(attempt $attempt): array {
        global $DB;
        $rows = array_values($DB->get_records('palier_statement', ['attemptid' => $attempt->id], 'id'));
        foreach ($rows as $row) {
            $row->decoded = json_decode($row->statement, true, 512, JSON_THROW_ON_ERROR);
        }
        return $rows;
    }

    public function test_a_session_becomes_statements_in_order(): void {
        global $CFG;
        $this->make_test(3);
        $attempt = $this->start();
        $this->assertSame(['initialized'], array_column($this->statements($attempt), 'verb'));
        $this->answer($attempt, true);
        $this->answer($attempt, false);
        $this->answer($attempt, true);
        $rows = $this->statements($attempt);
        $this->assertSame(
            ['initialized', 'answered', 'answered', 'answered', 'scored', 'completed', 'terminated'],
            array_column($rows, 'verb'),
        );
        foreach ($rows as $row) {
            $this->assertSame($row->uuid, $row->decoded['id']);
            $this->assertSame('pending', $row->state);
            $this->assertSame((int) $this->learner->id, (int) $row->userid);
            $this->assertSame($CFG->wwwroot, $row->decoded['actor']['account']['homePage']);
        }
        $answered = $rows[1]->decoded;
        $this->assertSame('http://adlnet.gov/expapi/verbs/answered', $answered['verb']['id']);
        $this->assertTrue($answered['result']['success']);
        $this->assertFalse($rows[2]->decoded['result']['success']);
        $this->assertStringStartsWith($CFG->wwwroot . '/question/entry/', $answered['object']['id']);
        $this->assertStringStartsWith('Question ', $answered['object']['definition']['name']['en']);
        $this->assertArrayHasKey(sentence::EXTENSIONS . 'theta', $answered['result']['extensions']);
        $this->assertArrayHasKey(sentence::EXTENSIONS . 'se', $answered['result']['extensions']);
        $activity = $CFG->wwwroot . '/mod/palier/view.php?id=' . $this->palier->cmid;
        $this->assertSame($activity, $rows[0]->decoded['object']['id']);
        $this->assertSame($activity, $answered['context']['contextActivities']['parent'][0]['id']);
        $course = $CFG->wwwroot . '/course/view.php?id=' . $this->course->id;
        $this->assertSame($course, $rows[0]->decoded['context']['contextActivities']['parent'][0]['id']);
        $this->assertCount(1, array_unique(array_map(fn($row) => $row->decoded['context']['registration'], $rows)));
    }

    public function test_the_right_answer_is_told_where_the_test_shows_it_and_nowhere_else(): void {
        $told = function (array $record): array {
            $this->make_test(1, $record, ['truefalse']);
            $attempt = $this->start();
            $this->answer($attempt, false);
            $answered = array_filter($this->statements($attempt), fn($row) => $row->verb === 'answered');
            $this->assertCount(1, $answered);
            return reset($answered)->decoded['object']['definition'];
        };
        $this->assertArrayNotHasKey('correctResponsesPattern', $told([]));
        $shown = ['plan' => ['report' => ['correctness' => 'shown']]];
        $this->assertSame(['true'], $told($shown)['correctResponsesPattern']);
        $practice = ['purpose' => 'practice', 'gradepractice' => 1, 'plan' => ['purpose' => 'practice']];
        $this->assertSame(['true'], $told($practice)['correctResponsesPattern']);
    }

    public function test_the_learner_is_nobody_outside_this_site(): void {
        $this->make_test(3);
        $attempt = $this->start();
        $this->answer($attempt);
        foreach ($this->statements($attempt) as $row) {
            foreach (['username', 'email', 'firstname', 'lastname'] as $field) {
                $this->assertStringNotContainsString($this->learner->$field, $row->statement);
            }
            $this->assertSame(actor::opaque_name((int) $this->learner->id), $row->decoded['actor']['account']['name']);
        }
    }

    public function test_a_step_writes_its_statements_with_one_insert(): void {
        global $DB;
        $this->make_test(5);
        $attempt = $this->start();
        $this->answer($attempt);
        $attempt = attempt_repository::load($attempt->id);
        $statements = array_map(
            fn($row) => ['id' => $row->uuid, 'event' => $row->eventseq, 'verb' => $row->verb, 'statement' => $row->statement],
            $this->statements($attempt)
        );
        $DB->delete_records('palier_statement', ['attemptid' => $attempt->id]);
        $writes = $DB->perf_get_writes();
        outbox::append($attempt, $statements);
        $this->assertSame(1, $DB->perf_get_writes() - $writes);
        $this->assertCount(2, $this->statements($attempt));
    }

    public function test_statements_built_again_are_the_same(): void {
        $this->make_test(3);
        $attempt = $this->start();
        $before = $attempt->log()->json();
        $this->answer($attempt);
        $first = array_values($this->statements($attempt));
        $attempt = attempt_repository::load($attempt->id);
        $answered = json_decode($attempt->log()->events()[2]->data, true);
        $attempt->slot--;
        $again = \mod_palier\local\engine\engine_factory::get()->step(
            $attempt->bank(),
            $attempt->plan_json(),
            $before,
            [$answered],
            $answered['time'],
            true,
            outbox::context($attempt, [$answered])
        );
        $this->assertSame([$first[1]->uuid], array_column($again['statements'], 'id'));
        $this->assertEquals($first[1]->decoded, json_decode($again['statements'][0]['statement'], true));
    }

    public function test_a_preview_leaves_none(): void {
        $this->make_test(3);
        $this->setAdminUser();
        $attempt = $this->start(true);
        $this->answer($attempt);
        $this->assertSame([], $this->statements($attempt));
    }

    public function test_what_is_not_shared_is_held_until_the_learner_shares(): void {
        $this->make_test(2, ['plan' => ['visibility' => 'after_sharing']]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        $this->assertSame(['held'], array_values(array_unique(array_column($this->statements($attempt), 'state'))));
        sharing::share($attempt->id);
        $this->assertSame(['pending'], array_values(array_unique(array_column($this->statements($attempt), 'state'))));
    }

    public function test_pauses_are_told(): void {
        $this->make_test(4);
        $attempt = $this->start();
        step::post($attempt->id, 'pause', attempt_repository::load($attempt->id)->slot);
        step::post($attempt->id, 'resume', attempt_repository::load($attempt->id)->slot);
        $this->assertSame(['initialized', 'suspended', 'resumed'], array_column($this->statements($attempt), 'verb'));
    }

    public function test_nothing_is_left_of_a_step_that_fails(): void {
        global $DB;
        $this->preventResetByRollback();
        $this->make_test(3);
        $attempt = $this->start();
        // Another row has the id that the answer's statement will get: the insert fails, and the step with it.
        $url = context_builder::attempt_url($attempt->id);
        $events = attempt_repository::load($attempt->id)->seq;
        $row = $this->statements($attempt)[0];
        unset($row->id, $row->decoded);
        $row->uuid = context_builder::uuid5("$url#$events/answered");
        $DB->insert_record('palier_statement', $row);
        try {
            $this->answer($attempt);
            $failed = false;
        } catch (\Throwable $e) {
            $failed = true;
        }
        $this->resetDebugging();
        $this->assertTrue($failed || attempt_repository::load($attempt->id)->seq === $events);
        $this->assertSame($events, attempt_repository::load($attempt->id)->seq);
        $this->assertCount(2, $this->statements($attempt));
    }
}
