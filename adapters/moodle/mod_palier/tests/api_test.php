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

namespace mod_palier;

use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\executable_engine;
use mod_palier\local\engine\extension_engine;
use mod_palier\local\parameters\item_parameters;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\makes_records;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/classes/learner_testcase.php');

/**
 * What other plugins may ask, and who gets an answer.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\api
 * @covers     \mod_palier\api\result
 */
final class api_test extends learner_testcase {
    use makes_records;

    /**
     * The attempts of results.
     *
     * @param iterable $results
     * @return int[]
     */
    private function attempts(iterable $results): array {
        $ids = [];
        foreach ($results as $result) {
            $ids[] = $result->attemptid;
        }
        return $ids;
    }

    public function test_a_learner_reads_their_own_last_results_shared_or_not(): void {
        $one = $this->make_activity($this->course);
        $other = $this->make_activity($this->course);
        $id = (int) $this->learner->id;
        $this->make_attempt($one, $id, ['timefinish' => 100]);
        $last = $this->make_attempt($one, $id, ['timefinish' => 200]);
        $this->make_attempt($one, $id, ['state' => 'inprogress', 'timefinish' => 0]);
        $this->make_attempt($one, $id, ['preview' => 1, 'timefinish' => 300]);
        $hidden = $this->make_attempt($other, $id, ['visibility' => 'after_sharing', 'timefinish' => 150]);
        $this->setUser($this->learner);
        $results = api::results_of_user($id);
        $this->assertSame([(int) $hidden->id, (int) $last->id], $this->attempts($results));
        $this->assertSame([false, true], array_column($results, 'shared'));
        $this->assertSame([(int) $other->cmid, (int) $one->cmid], array_column($results, 'cmid'));
        $this->assertSame([true, true], array_column($results, 'known'));
        $this->assertSame([1, 2], array_column($results, 'attempt'));
        $this->assertSame(hash('sha256', 'bank'), $results[0]->bankhash);
        $this->assertSame(hash('sha256', $this->plan(['visibility' => 'course'])), $results[1]->planhash);
        $this->assertFalse($results[1]->state['provisional']);
    }

    public function test_the_results_of_many_are_read_some_at_a_time_each_once_and_in_order(): void {
        global $DB;
        $palier = $this->make_activity($this->course);
        $first = $this->make_attempt($palier, (int) $this->learner->id);
        $rows = [];
        foreach (range(1, 520) as $place) {
            // Two attempts of each, so that none is torn apart between two readings.
            $rows[] = (object) ([
                'userid' => 900000 + intdiv($place - 1, 2),
                'attempt' => 1 + $place % 2,
                'qubaid' => 900000 + $place,
                'timefinish' => 1000 + $place,
            ] + array_diff_key((array) $first, ['id' => 0]));
        }
        $DB->insert_records('palier_attempt', $rows);
        $this->setAdminUser();
        $results = iterator_to_array(api::results_of_activity($palier->cmid), false);
        $this->assertSame([(int) $this->learner->id, ...range(900000, 900259)], array_column($results, 'userid'));
        $last = $DB->get_fieldset_sql(
            'SELECT MAX(id) FROM {palier_attempt} WHERE palierid = ? GROUP BY userid ORDER BY userid',
            [$palier->id]
        );
        $this->assertSame(array_map('intval', $last), $this->attempts($results));
    }

    public function test_others_are_read_by_those_who_may_and_shared_results_alone(): void {
        global $DB;
        $palier = $this->make_activity($this->course);
        $second = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
        $shared = $this->make_attempt($palier, (int) $this->learner->id);
        $hidden = $this->make_attempt($palier, (int) $second->id, ['visibility' => 'after_sharing']);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'teacher'));
        $this->assertSame([(int) $shared->id], $this->attempts(api::results_of_user((int) $this->learner->id)));
        $this->assertSame([], api::results_of_user((int) $second->id));
        $this->assertSame([(int) $shared->id], $this->attempts(api::results_of_activity((int) $palier->cmid)));
        $this->assertSame([(int) $shared->id], $this->attempts(api::results_of_course((int) $this->course->id)));
        $DB->set_field('palier_attempt', 'timeshared', time(), ['id' => $hidden->id]);
        $this->assertCount(2, $this->attempts(api::results_of_activity((int) $palier->cmid)));
        // Other learners see nobody, whichever way they ask.
        $this->setUser($this->learner);
        $this->assertSame([], api::results_of_user((int) $second->id));
        $this->assertSame([], $this->attempts(api::results_of_course((int) $this->course->id)));
        $this->expectException(\required_capability_exception::class);
        api::results_of_activity((int) $palier->cmid);
    }

    public function test_an_older_shared_result_stands_while_the_newer_is_not_shared(): void {
        $palier = $this->make_activity($this->course);
        $old = $this->make_attempt($palier, (int) $this->learner->id, ['timefinish' => 100]);
        $this->make_attempt($palier, (int) $this->learner->id, ['visibility' => 'after_sharing', 'timefinish' => 200]);
        $this->setAdminUser();
        $this->assertSame([(int) $old->id], $this->attempts(api::results_of_activity((int) $palier->cmid)));
    }

    public function test_separate_groups_are_kept_apart(): void {
        $generator = $this->getDataGenerator();
        $palier = $this->make_activity($this->course, ['groupmode' => SEPARATEGROUPS]);
        $teacher = $generator->create_and_enrol($this->course, 'teacher');
        $second = $generator->create_and_enrol($this->course, 'student');
        $groups = [];
        foreach ([$this->learner, $second] as $learner) {
            $groups[] = (int) $generator->create_group(['courseid' => $this->course->id])->id;
            $generator->create_group_member(['groupid' => end($groups), 'userid' => $learner->id]);
        }
        $generator->create_group_member(['groupid' => $groups[0], 'userid' => $teacher->id]);
        $mine = $this->make_attempt($palier, (int) $this->learner->id);
        $this->make_attempt($palier, (int) $second->id);
        $this->setUser($teacher);
        $this->assertSame([(int) $mine->id], $this->attempts(api::results_of_activity((int) $palier->cmid)));
        $this->assertSame([], $this->attempts(api::results_of_activity((int) $palier->cmid, $groups[1])));
        $this->assertSame([], api::results_of_user((int) $second->id));
    }

    public function test_too_few_answers_are_no_result(): void {
        $this->make_test(12, ['plan' => ['stop' => ['min_items' => 3, 'max_items' => 12]]]);
        $attempt = $this->start();
        $this->answer($attempt);
        local\attempt\step::post($attempt->id, 'stop', 0);
        [$result] = api::results_of_user((int) $this->learner->id);
        $this->assertFalse($result->known);
        $this->assertNull($result->state['level']);
    }

    public function test_the_bank_is_counted_by_scale_status_and_content(): void {
        $this->make_test(6);
        $entries = array_map(fn($question) => get_question_bank_entry($question->id)->id, $this->palier->questions);
        $row = ['model' => 'rasch', 'b' => '0', 'status' => 'operational'];
        item_parameters::save([
            $entries[0] => ['status' => 'pretest'] + $row,
            $entries[1] => ['content' => '1.1'] + $row,
            $entries[2] => ['content' => '1.1', 'status' => 'retired'] + $row,
            $entries[3] => ['b' => null, 'status' => 'retired'] + $row,
        ]);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $counts = api::bank_of_activity((int) $this->palier->cmid);
        $this->assertSame([6, 5], [$counts['questions'], $counts['items']]);
        $this->assertEquals(['main' => ['pretest' => 1, 'operational' => 3, 'retired' => 1]], $counts['scales']);
        $this->assertEquals(['' => 2, '1.1' => 1], $counts['contents']);
        $this->setUser($this->learner);
        $this->expectException(\required_capability_exception::class);
        api::bank_of_activity((int) $this->palier->cmid);
    }

    /**
     * The engine answers by call name, with a bank where an activity is named, whichever way it is reached.
     *
     * @dataProvider ways_to_the_engine
     * @param bool $executable
     */
    public function test_the_engine_is_asked_by_the_name_of_a_call(bool $executable): void {
        $engine = $executable ? executable_engine::find() : extension_engine::find();
        if (!$engine) {
            $this->markTestSkipped('The engine is not there in this way');
        }
        engine_factory::replace($engine);
        $this->make_test(3);
        $this->setAdminUser();
        $this->assertSame($engine->version(), api::ask_engine('version')['version']);
        // The information of a Rasch item is p (1 - p), and the difficulties of the three are -3, 0 and 3.
        $expected = array_sum(array_map(fn($b) => exp($b) / (1 + exp($b)) ** 2, [-3, 0, 3]));
        $answer = api::ask_engine('information', ['thetas' => [0.0]], (int) $this->palier->cmid);
        $this->assertEqualsWithDelta($expected, $answer['information'][0], 1e-12);
        $this->assertFalse(api::ask_engine('feasibility', [
            'plan' => ['palier_plan' => 1, 'stop' => ['min_items' => 10, 'max_items' => 20]],
            'options' => ['persons' => 10],
        ], (int) $this->palier->cmid)['can_run']);
        $this->expectException(engine_exception::class);
        api::ask_engine('plan', ['plan' => ['palier_plan' => 1, 'stop' => ['max_items' => 0]]]);
    }

    /**
     * The two ways to the engine.
     *
     * @return array
     */
    public static function ways_to_the_engine(): array {
        return ['the extension' => [false], 'the program' => [true]];
    }

    /**
     * Requests that name a file, or a call that is not for others.
     *
     * @return array
     */
    public static function refused_requests(): array {
        return [
            'a call that writes' => ['compile', ['items' => []]],
            'a step of a person' => ['step', []],
            'a file to read' => ['information', ['bank_file' => '/etc/passwd', 'thetas' => [0]]],
            'a file to write' => ['plan', ['output' => '/tmp/x']],
            'another call inside' => ['version', ['call' => 'compile']],
        ];
    }

    /**
     * No request reaches a file or another person's test.
     *
     * @dataProvider refused_requests
     * @param string $call
     * @param array $request
     */
    public function test_a_request_reaches_no_file(string $call, array $request): void {
        $this->expectException(\coding_exception::class);
        api::ask_engine($call, $request);
    }

    public function test_the_engine_shows_no_bank_to_a_learner(): void {
        $this->make_test(3);
        $this->expectException(\required_capability_exception::class);
        api::ask_engine('information', ['thetas' => [0.0]], (int) $this->palier->cmid);
    }

    public function test_the_events_that_are_named_tell_of_an_attempt(): void {
        $this->make_test(1, ['plan' => ['visibility' => 'after_sharing']]);
        $sink = $this->redirectEvents();
        $attempt = $this->start();
        $this->answer($attempt);
        local\attempt\sharing::share($attempt->id);
        local\attempt\sharing::withdraw($attempt->id);
        $events = array_values(array_filter($sink->get_events(), fn($event) => in_array($event::class, api::EVENTS)));
        $this->assertSame(api::EVENTS, array_map(fn($event) => $event::class, $events));
        foreach ($events as $event) {
            $this->assertSame([(int) $this->learner->id, $attempt->id], [(int) $event->relateduserid, (int) $event->objectid]);
            $this->assertSame((int) $this->palier->cmid, (int) $event->contextinstanceid);
        }
    }

    public function test_a_test_begins_at_a_page_that_may_be_sent(): void {
        $palier = $this->make_activity($this->course);
        $this->assertSame(
            "https://www.example.com/moodle/mod/palier/view.php?id={$palier->cmid}",
            api::start_url((int) $palier->cmid)->out(false)
        );
    }
}
