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

namespace mod_palier\local\package;

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\calibration\choice;
use mod_palier\local\calibration\collection;
use mod_palier\local\report\results;
use mod_palier\output\package_notice;
use mod_palier\output\story_page;
use mod_palier\tests\package_testcase;
use stdClass;

/**
 * What learners did with packages comes back as attempts.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @category   test
 * @covers     \mod_palier\local\package\returned_records
 * @covers     \mod_palier\local\package\returned_attempt
 * @covers     \mod_palier\local\package\record_people
 * @covers     \mod_palier\local\package\scorm_records
 * @covers     \mod_palier\output\package_notice
 */
final class returned_test extends package_testcase {
    /**
     * Reads a table of records.
     *
     * @param string $table
     * @param string[] $fields that name people
     * @return returned_records and its lines
     */
    private function read(string $table, array $fields = ['username', 'idnumber', 'email']): array {
        global $DB;
        [, $cm] = get_course_and_cm_from_cmid($this->palier->cmid, 'palier');
        $palier = $DB->get_record('palier', ['id' => $this->palier->id], '*', MUST_EXIST);
        $records = new returned_records($palier, $cm->context, $this->program, (new record_people($cm, $fields))->id(...));
        return [$records, $records->keep($table)];
    }

    /**
     * The attempts of the learner.
     *
     * @return stdClass[] rows
     */
    private function attempts(): array {
        global $DB;
        return array_values($DB->get_records('palier_attempt', ['userid' => $this->learner->id], 'id'));
    }

    /**
     * A learner who knows the first half.
     *
     * @return \Closure
     */
    private static function half(): \Closure {
        return fn(int $number) => $number % 2 ? ['toad', 0.8] : ['frog', 1];
    }

    public function test_a_record_becomes_an_attempt_with_the_result_of_the_engine_once(): void {
        $this->make_test(6, [], ['shortanswer']);
        $this->setAdminUser();
        $package = $this->make_package();
        $table = "person,suspend_data\n{$this->learner->username},\"{$this->record($package, self::half())}\"\n";
        [, $lines] = $this->read($table);
        $this->assertSame([returned_records::IN], array_column($lines, 'became'), json_encode($lines));
        $this->assertSame([false], array_column($lines, 'differs'));

        [$row] = $this->attempts();
        $this->assertEquals($package->id, $row->packageid);
        $attempt = attempt_repository::load((int) $row->id);
        $this->assertSame(['told' => [], 'unchecked' => 0], $attempt->differences);
        $replayed = \mod_palier\local\engine\engine_factory::get()
            ->replay($attempt->bank(), $attempt->plan_json(), $attempt->log()->json());
        $this->assertSame($replayed['theta'], $attempt->known()['theta']);
        $this->assertSame(1700000000, $attempt->timefinish);
        $this->assertFalse(package_notice::of($attempt)['differs']);

        // Its story has every question with what was typed; the questions are those of the bank.
        $story = (new story_page($attempt, \mod_palier\local\engine\engine_factory::get()))->steps();
        $this->assertSame(['frog', 'toad', 'frog', 'toad', 'frog', 'toad'], array_column($story, 'response'));
        $questions = $this->maker()->questions();
        $first = array_key_first($questions);
        $this->assertSame($first, $attempt->bank()->entry_of($questions[$first]->item));

        // It counts for nothing, and is there once.
        $this->assertSame([], results::of((int) $this->palier->id));
        $this->assertFalse(results::exists((int) $this->palier->id, (int) $this->learner->id));
        [, $again] = $this->read($table);
        $this->assertSame([returned_records::THERE], array_column($again, 'became'));
        $this->assertCount(1, $this->attempts());
        $this->setUser($this->learner);
        $this->assertSame(2, $this->start()->attempt);
    }

    public function test_its_answers_are_calibrated_with_where_that_is_chosen(): void {
        $this->make_test(6, [], ['shortanswer']);
        $this->setAdminUser();
        $package = $this->make_package();
        $this->read("person,suspend_data\n{$this->learner->username},\"{$this->record($package, self::half())}\"\n");
        $builder = bank_builder::for_instance((int) $this->palier->id, \core\context\module::instance($this->palier->cmid));
        $collect = fn(array $over): collection => new collection(
            new choice($over + ['courses' => [$this->course->id], 'quizzes' => false]),
            $builder->questions()
        );

        $proposed = $collect([]);
        $this->assertSame([0, ['package' => 6]], [$proposed->answers, $proposed->leftout]);
        $chosen = $collect(['packages' => true, 'versions' => 'present']);
        $this->assertSame([6, []], [$chosen->answers, $chosen->leftout]);
        $means = array_column($chosen->by_question(), 'mean');
        sort($means);
        $this->assertSame([0.8, 0.8, 0.8, 1.0, 1.0, 1.0], array_map(fn($mean) => round($mean, 4), $means));
    }

    public function test_the_statements_of_cmi5_packages_become_attempts_of_whom_they_name(): void {
        $this->make_test(6, [], ['shortanswer']);
        $this->setAdminUser();
        $package = $this->make_package();
        $statement = fn(string $name, array $result) => [
            'actor' => ['account' => ['homePage' => 'https://lms.example', 'name' => $name]],
            'verb' => ['id' => 'http://adlnet.gov/expapi/verbs/scored'],
            'object' => ['id' => 'https://lms.example/au/1'],
            'result' => $result,
        ];
        $record = ['urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307#extensions/record' => $this->record($package, self::half())];
        $statements = [
            $statement($this->learner->email, ['score' => ['scaled' => 0.5]]),
            $statement($this->learner->email, ['score' => ['scaled' => 0.9999], 'extensions' => $record]),
            $statement('nobody@example.org', ['extensions' => $record]),
        ];
        [, $lines] = $this->read(json_encode($statements, JSON_PRETTY_PRINT));
        $this->assertSame(
            [[2, returned_records::IN, true], [3, returned_records::NOBODY, false]],
            array_map(fn($line) => [$line['line'], $line['became'], $line['differs']], $lines)
        );
        $told = package_notice::of(attempt_repository::load((int) $this->attempts()[0]->id))['differences'];
        $this->assertMatchesRegularExpression('/^Score: 99\.99 in the platform, [\d.]+ by the answers$/', $told[0]);
    }

    public function test_claims_that_are_not_what_the_engine_finds_are_told(): void {
        $this->make_test(6, [], ['shortanswer']);
        $this->setAdminUser();
        $package = $this->make_package();
        // Typed wrongly, and claimed to be right.
        $forged = $this->record($package, fn() => ['nothing', 1]);
        [, $lines] = $this->read("person,score,record\n{$this->learner->email},99.5,\"$forged\"\n");
        $this->assertSame([[returned_records::IN, true]], array_map(fn($line) => [$line['became'], $line['differs']], $lines));
        $attempt = attempt_repository::load((int) $this->attempts()[0]->id);
        $told = package_notice::of($attempt)['differences'];
        $this->assertSameSize($attempt->differences['told'], $told);
        $this->assertMatchesRegularExpression('/^item-\d+-\d+: marked 1, by the key 0$/', $told[0]);
        $this->assertMatchesRegularExpression('/^Score: 99\.5 in the platform, [\d.]+ by the answers$/', end($told));
        $this->assertTrue(package_notice::of($attempt)['differs']);
        $honest = $this->record($package, fn() => ['nothing', 0], 8);
        $this->read("person,record\n{$this->learner->email},\"$honest\"\n");
        $this->assertEqualsWithDelta($this->attempts()[1]->theta, $attempt->theta, 0.2);
    }

    public function test_what_is_unfinished_foreign_of_nobody_or_altered_is_told_and_not_kept(): void {
        $this->make_test(6, [], ['shortanswer']);
        $this->setAdminUser();
        $package = $this->make_package();
        $whole = $this->record($package, self::half());
        $rows = [
            [$this->learner->username, $this->record($package, self::half(), 7, 3)],
            ['nobody at all', $whole],
            [$this->learner->username, substr($whole, 0, -1) . 'x'],
            [$this->learner->username, str_replace(substr($package->bundle, 0, 16), str_repeat('0', 16), $whole)],
        ];
        $table = "person,record\n" . implode('', array_map(fn($row) => "$row[0],\"$row[1]\"\n", $rows));
        [$records, $lines] = $this->read($table);
        $this->assertSame(
            [returned_records::OPEN, returned_records::NOBODY, returned_records::UNREADABLE, returned_records::UNREADABLE],
            array_column($lines, 'became')
        );
        $this->assertSame(1, $records->foreign);
        $this->assertSame([], $this->attempts());
        packages::delete((int) $this->palier->id, \core\context\module::instance($this->palier->cmid), (int) $package->id);
        [$records, $lines] = $this->read($table);
        $this->assertSame([4, []], [$records->foreign, $lines]);
    }

    public function test_records_come_out_of_a_scorm_activity_of_the_course(): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/mod/scorm/locallib.php');
        $this->make_test(6, [], ['shortanswer']);
        $this->setAdminUser();
        $package = $this->make_package();
        $scorm = $this->getDataGenerator()->create_module('scorm', ['course' => $this->course->id]);
        $sco = $DB->get_field('scorm_scoes', 'id', ['scorm' => $scorm->id, 'scormtype' => 'sco'], IGNORE_MULTIPLE);
        $other = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
        scorm_insert_track($this->learner->id, $scorm->id, $sco, 1, 'cmi.suspend_data', $this->record($package, self::half()));
        scorm_insert_track($this->learner->id, $scorm->id, $sco, 1, 'cmi.core.score.raw', '12.34');
        scorm_insert_track($other->id, $scorm->id, $sco, 1, 'cmi.suspend_data', 'of another course');
        [, $cm] = get_course_and_cm_from_instance($scorm->id, 'scorm');
        $this->assertSame([(int) $cm->id => $scorm->name], scorm_records::activities((int) $this->course->id));
        [, $lines] = $this->read(scorm_records::table($cm), ['id']);
        $this->assertSame([[returned_records::IN, true]], array_map(fn($line) => [$line['became'], $line['differs']], $lines));
        $this->assertEquals($package->id, $this->attempts()[0]->packageid);

        // Of people whom a teacher may not see nothing is read.
        $this->setUser($this->learner);
        $this->assertSame([], scorm_records::activities((int) $this->course->id));
        $this->setAdminUser();
        $DB->set_field('course_modules', 'groupmode', SEPARATEGROUPS, ['id' => $cm->id]);
        rebuild_course_cache($this->course->id);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'teacher'));
        [, $cm] = get_course_and_cm_from_instance($scorm->id, 'scorm');
        $this->assertStringNotContainsString('P1;', scorm_records::table($cm));
    }
}
