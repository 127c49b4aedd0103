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

namespace mod_palier\backup;

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\attempt\sharing;
use mod_palier\local\bank\question_filter;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_actions;
use mod_palier\local\contest\contest_repository;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\parameters\item_parameters;
use mod_palier\tests\makes_backups;
use mod_palier\tests\map_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once(__DIR__ . '/../classes/learner_testcase.php');
require_once($CFG->libdir . '/gradelib.php');

/**
 * A restored test is the same test, with the same attempts.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \backup_palier_activity_structure_step
 * @covers     \backup_palier_activity_task
 * @covers     \restore_palier_activity_structure_step
 * @covers     \restore_palier_activity_task
 */
final class restore_test extends map_testcase {
    use makes_backups;

    public function test_without_people_a_test_can_be_taken_again_elsewhere(): void {
        global $DB;
        $this->make_test(4, [
            'name' => 'Positionnement', 'completionresult' => 1, 'grademethod' => 'average',
            'evidence' => 1, 'evidencerelated' => 1, 'fromlast' => 1,
        ]);
        $this->answer($this->start());
        $restored = $this->restore($this->back_up(false));
        $original = $DB->get_record('palier', ['id' => $this->palier->id]);
        $kept = [
            'name', 'plan', 'purpose', 'visibility', 'grade', 'grademethod', 'completionresult', 'completionlevel',
            'evidence', 'evidencerelated', 'fromlast',
        ];
        foreach ($kept as $field) {
            $this->assertSame($original->$field, $restored->$field, $field);
        }
        $this->assertEquals([1, 1], [$restored->evidencerelated, $restored->fromlast]);
        $this->assertSame(0, $DB->count_records('palier_attempt', ['palierid' => $restored->id]));
        $this->assertCount(4, $this->entries($restored));
        $this->palier = $restored;
        $this->setUser($this->getDataGenerator()->create_and_enrol((object) ['id' => $restored->course], 'student'));
        $attempt = $this->start();
        $this->answer($attempt);
        $this->assert_whole($attempt);
    }

    public function test_calibrated_parameters_come_along_and_the_calibration_does_not(): void {
        global $DB, $USER;
        $this->make_test(2);
        $this->setAdminUser();
        $id = $DB->insert_record('palier_calibration', [
            'palierid' => $this->palier->id, 'state' => 'done', 'choice' => '{"groups":[]}', 'usermodified' => $USER->id,
        ]);
        $entryid = $this->entries($this->palier)[0];
        $DB->insert_record('palier_calibration_item', [
            'calibrationid' => $id, 'questionbankentryid' => $entryid, 'scale' => 'main', 'found' => '{}',
        ]);
        item_parameters::save([$entryid => ['model' => '2pl', 'a' => '1.25', 'b' => '0.5', 'source' => 'calibration']]);
        $restored = $this->restore($this->back_up(true));
        $this->assertSame(0, $DB->count_records('palier_calibration', ['palierid' => $restored->id]));
        $this->assertSame(1, $DB->count_records('palier_calibration_item'));
        $sources = array_column(item_parameters::current($this->entries($restored)), 'source');
        $this->assertContains('calibration', $sources);
    }

    public function test_what_a_learner_has_not_shared_is_in_no_file(): void {
        global $DB;
        $this->make_test(3, ['visibility' => 'after_sharing', 'plan' => ['visibility' => 'after_sharing']]);
        $attempts = [];
        foreach (['own', 'shared'] as $who) {
            $learner = $this->getDataGenerator()->create_and_enrol($this->course, 'student', ['username' => $who]);
            $this->setUser($learner);
            $attempts[$who] = $this->start();
            foreach ([true, false, true] as $right) {
                $this->answer($attempts[$who], $right);
            }
        }
        sharing::share($attempts['shared']->id);
        $id = $this->back_up(true);
        $cm = $DB->get_field('course_modules', 'id', ['id' => $this->palier->cmid]);
        $xml = simplexml_load_file(make_backup_temp_directory($id) . "/activities/palier_$cm/palier.xml");
        $this->assertSame([(string) $attempts['shared']->userid], array_map('strval', $xml->xpath('//attempt/userid')));
        $this->assertNotEmpty($xml->xpath('//attempt/statements/statement'));
        $uuid = $DB->get_field('palier_statement', 'MAX(uuid)', ['attemptid' => $attempts['own']->id]);
        $files = new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(
            make_backup_temp_directory($id),
            \FilesystemIterator::SKIP_DOTS
        ));
        $this->assertNotEmpty($uuid);
        foreach ($files as $file) {
            $this->assertStringNotContainsString($uuid, file_get_contents($file->getPathname()));
        }
        $this->assertSame('shared', $DB->get_field('user', 'username', ['id' => $this->only_attempt($this->restore($id))->userid]));
    }

    public function test_attempts_come_back_whole(): void {
        global $DB;
        $this->make_test(3, ['grade' => 100]);
        $attempt = $this->start();
        foreach ([true, false, true] as $right) {
            $this->answer($attempt, $right);
        }
        $original = attempt_repository::load($attempt->id);
        $restored = $this->only_attempt($this->restore($this->back_up(true)));
        $this->assertNotSame($original->id, $restored->id);
        $fields = ['userid', 'attempt', 'seed', 'state', 'seq', 'theta', 'se', 'level', 'stopreason', 'result', 'timefinish'];
        foreach ($fields as $field) {
            $this->assertSame($original->$field, $restored->$field, $field);
        }
        $this->assertSame($original->log()->json(), $restored->log()->json());
        $this->assertSame($original->plan_json(), $restored->plan_json());
        $this->assertSame($original->bank()->hash, $restored->bank()->hash);
        $this->assertNotSame($original->qubaid, $restored->qubaid);
        $this->assertSame($original->full_quba()->get_slots(), $restored->full_quba()->get_slots());
        $verified = engine_factory::get()->verify($restored->bank(), $restored->plan_json(), $restored->log()->json());
        $this->assertTrue($verified['same']);
        foreach ($restored->log()->events() as $event) {
            if ($event->questionid) {
                $slot = $restored->full_quba()->get_question_attempt($event->slot);
                $this->assertSame((int) $event->questionid, (int) $slot->get_question_id());
            }
        }
    }

    public function test_a_copy_on_the_same_site_is_never_sent_again(): void {
        global $DB;
        $this->make_test(2);
        $attempt = $this->start();
        $this->answer($attempt);
        $restored = $this->only_attempt($this->restore($this->back_up(true)));
        $originals = $DB->get_fieldset('palier_statement', 'uuid', ['attemptid' => $attempt->id]);
        $copies = $DB->get_records('palier_statement', ['attemptid' => $restored->id]);
        $this->assertSameSize($originals, $copies);
        foreach ($copies as $copy) {
            $this->assertSame('parked', $copy->state);
            $this->assertNotContains($copy->uuid, $originals);
            $this->assertSame($copy->uuid, json_decode($copy->statement)->id);
            $this->assertStringContainsString('copy', $copy->error);
        }
    }

    public function test_on_another_site_questions_are_new_and_items_follow_them(): void {
        global $DB;
        $this->make_test(3);
        $attempt = $this->start();
        foreach ([true, true, false] as $right) {
            $this->answer($attempt, $right);
        }
        $log = attempt_repository::load($attempt->id)->log()->json();
        $uuids = $DB->get_fieldset_select('palier_statement', 'uuid', 'attemptid = ? ORDER BY id', [$attempt->id]);
        $username = $this->learner->username;
        $entry = (int) $DB->get_field_sql('SELECT MIN(questionbankentryid) FROM {palier_param}');
        $enemy = (int) $DB->get_field_sql('SELECT MAX(questionbankentryid) FROM {palier_param}');
        $about = ['enemies' => (string) $enemy, 'itemset' => 'text A'];
        item_parameters::save([$entry => ['model' => 'gpcm', 'a' => '1', 'steps' => '{"b1":-0.5,"b2":0.5}'] + $about]);
        $id = $this->back_up(true);
        // The other site knows none of it: neither course nor questions nor parameters nor learner.
        delete_course($this->course, false);
        $this->assertSame(0, $DB->count_records('palier_attempt'));
        $DB->delete_records('palier_param');
        $DB->delete_records('palier_bank');
        $DB->delete_records('palier_bank_item');
        $DB->delete_records('palier_plan');
        $old = $DB->get_fieldset('question_bank_entries', 'id', []);
        delete_user($this->learner);
        $DB->delete_records('user', ['id' => $this->learner->id]);

        $palier = $this->restore($id, true);
        $restored = $this->only_attempt($palier);
        $this->assertSame($username, $DB->get_field('user', 'username', ['id' => $restored->userid]));
        $this->assertSame($log, $restored->log()->json());
        $entries = $DB->get_fieldset('palier_bank_item', 'questionbankentryid', ['bankid' => $restored->bankid]);
        $this->assertCount(3, $entries);
        $this->assertSame([], array_intersect($entries, $old));
        $this->assertSame(3, $DB->count_records('palier_param'));
        $this->assertSame('{"b1":-0.5,"b2":0.5}', $DB->get_field_select('palier_param', 'steps', 'steps IS NOT NULL'));
        $stepped = $DB->get_record_select('palier_param', 'steps IS NOT NULL', [], '*', MUST_EXIST);
        $this->assertSame(['text A', (string) max($entries)], [$stepped->itemset, $stepped->enemies]);
        $verified = engine_factory::get()->verify($restored->bank(), $restored->plan_json(), $restored->log()->json());
        $this->assertTrue($verified['same']);
        // Statements keep their names, and are not sent: they are what a file says.
        $rows = array_values($DB->get_records('palier_statement', ['attemptid' => $restored->id], 'id'));
        $this->assertSame($uuids, array_column($rows, 'uuid'));
        $this->assertSame(['parked'], array_values(array_unique(array_column($rows, 'state'))));
        $this->assertEqualsCanonicalizing(array_map('intval', $entries), $this->entries($palier));
    }

    public function test_an_attempt_under_way_goes_on(): void {
        $this->make_test(4);
        $attempt = $this->start();
        $this->answer($attempt);
        $restored = $this->restore($this->back_up(true));
        $this->setUser($this->learner);
        $attempt = $this->only_attempt($restored);
        $this->answer($attempt);
        $this->answer($attempt, false);
        $this->assert_whole($attempt);
    }

    public function test_a_copy_has_questions_of_its_own_although_the_bank_is_the_same(): void {
        global $DB;
        $this->make_test(3);
        $attempt = $this->start();
        $this->answer($attempt);
        // On the same site Moodle 5.0 lets the copy use the questions that are there.
        $restored = $this->restore($this->back_up(true), true);
        $copy = $this->only_attempt($restored);
        $original = attempt_repository::load($attempt->id);
        $this->assertSame($original->bank()->hash, $copy->bank()->hash);
        $this->assertNotSame($original->bankid, $copy->bankid);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        $palier->cmid = $this->palier->cmid;
        $this->assertSame([], array_intersect($this->entries($palier), $this->entries($restored)));
    }

    public function test_a_duplicated_activity_works(): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/course/lib.php');
        $this->make_test(3);
        $this->setAdminUser();
        $cm = duplicate_module($this->course, get_fast_modinfo($this->course)->get_cm($this->palier->cmid));
        $copy = $DB->get_record('palier', ['id' => $cm->instance]);
        $copy->cmid = $cm->id;
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        $palier->cmid = $this->palier->cmid;
        // In the same course the questions are the same ones.
        $this->assertSame($this->entries($palier), $this->entries($copy));
    }

    public function test_attempts_whose_answers_were_erased_come_back(): void {
        global $DB;
        $this->make_test(2);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        \question_engine::delete_questions_usage_by_activity(attempt_repository::load($attempt->id)->qubaid);
        $restored = $this->only_attempt($this->restore($this->back_up(true)));
        $this->assertSame(attempt_repository::load($attempt->id)->result, $restored->result);
        $this->assertTrue($DB->record_exists('question_usages', ['id' => $restored->qubaid]));
    }

    public function test_previews_are_left_out(): void {
        global $DB;
        $this->make_test(2);
        $this->setAdminUser();
        $this->start(true);
        $restored = $this->restore($this->back_up(true));
        $this->assertSame(0, $DB->count_records('palier_attempt', ['palierid' => $restored->id]));
    }

    public function test_tags_and_more_categories_of_the_choice_are_mapped(): void {
        global $DB;
        $this->make_test(2);
        $this->setAdminUser();
        $generator = $this->getDataGenerator()->get_plugin_generator('mod_palier');
        $second = $generator->create_questions(2, \context_course::instance($this->course->id));
        foreach ([...$this->palier->questions, ...$second->questions] as $question) {
            $context = \context_course::instance($this->course->id);
            \core_tag_tag::set_item_tags('core_question', 'question', $question->id, $context, ['web']);
        }
        $tag = \core_tag_tag::get_by_name(\core_tag_area::get_collection('core_question', 'question'), 'web');
        $categories = [(int) $this->palier->category->id, (int) $second->category->id];
        question_filter::save(
            (int) $this->palier->id,
            \context_module::instance($this->palier->cmid),
            question_filter::make($categories, true, [$tag->id]),
        );
        $restored = $this->restore($this->back_up(false), true);
        $filter = question_filter::load((int) $restored->id);
        $this->assertCount(2, $filter['filter']['category']['values']);
        $this->assertCount(4, question_filter::question_ids($filter));
        $found = \core_tag_tag::get($filter['filter']['qtagids']['values'][0], 'id, name');
        $this->assertSame('web', $found->name);
        // Up to Moodle 4.5 the questions are the course's, then those of a question bank in it.
        $contextid = $DB->get_field('question_categories', 'contextid', ['id' => $filter['filter']['category']['values'][1]]);
        $course = \core\context::instance_by_id($contextid)->get_course_context();
        $this->assertEquals($restored->course, $course->instanceid);
    }

    public function test_threads_and_former_results_come_along(): void {
        global $DB;
        $this->make_test(4);
        $teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher');
        $attempt = $this->start();
        for ($i = 0; $i < 4; $i++) {
            $this->answer($attempt, $i !== 1);
        }
        $attempt = attempt_repository::load($attempt->id);
        $contest = contest_actions::open($attempt, contest::QUESTION, 2, 'La réponse est fausse.');
        contest_actions::decide($contest, (int) $teacher->id, contest::DROPPED, 'C’est vrai.');
        $restored = $this->only_attempt($this->restore($this->back_up(true)));
        $threads = contest_repository::of_attempt($restored->id);
        $this->assertCount(1, $threads);
        $this->assertSame(contest::DROPPED, $threads[0]->status);
        $this->assertSame($contest->item, $threads[0]->item);
        $messages = contest_repository::messages($threads[0]->id);
        $this->assertSame(['La réponse est fausse.', 'C’est vrai.'], array_column($messages, 'message'));
        $this->assertEquals([$this->learner->id, $teacher->id], array_column($messages, 'userid'));
        $former = contest_repository::former($restored->id);
        $this->assertSame($attempt->result, $former[0]->result);
        $this->assertSame(attempt_repository::load($attempt->id)->result, $restored->result);
        $this->assertNotNull($DB->get_field('palier_contest', 'questionid', ['id' => $threads[0]->id]));
    }

    public function test_results_by_competence_come_along(): void {
        global $DB;
        $this->make_map(12);
        $attempt = $this->take();
        $this->setAdminUser();
        $restored = $this->restore($this->back_up(true));
        $row = $DB->get_record('palier', ['id' => $restored->id]);
        $this->assertSame('tags:crcn', $row->scalesource);
        $copy = $DB->get_record('palier_attempt', ['palierid' => $restored->id], '*', MUST_EXIST);
        $without = fn(array $rows): array => array_map(
            fn($row) => array_diff_key((array) $row, ['id' => 1, 'attemptid' => 1]),
            $rows
        );
        $rows = scale_results::of([$attempt->id, (int) $copy->id]);
        $this->assertCount(7, $rows[$copy->id]);
        $this->assertSame($without($rows[$attempt->id]), $without($rows[$copy->id]));
    }

    public function test_grades_of_competences_come_along_and_are_the_same_items(): void {
        global $DB;
        $this->make_map(12);
        $DB->update_record('palier', (object) ['id' => $this->palier->id, 'grade' => 8, 'scalegrades' => 'scale']);
        (new \mod_palier\local\test\next_steps((int) $this->palier->id))->save([
            (object) ['scale' => 'crcn:4.1', 'levellow' => 1, 'levelhigh' => 3, 'kind' => 'text', 'target' => 0, 'text' => 'Read'],
        ]);
        $this->take();
        $this->setAdminUser();
        $grades = function (int $palierid): array {
            $courseid = $this->course($palierid);
            $found = [];
            foreach (grade_get_grades($courseid, 'mod', 'palier', $palierid, $this->learner->id)->items as $number => $item) {
                $found[$number] = [$item->name, $item->grades[$this->learner->id]->grade];
            }
            return $found;
        };
        $before = $grades((int) $this->palier->id);
        $this->assertCount(5, $before);
        $restored = $this->restore($this->back_up(true));
        $this->assertSame($before, $grades((int) $restored->id));
        // And from now on they are updated, not made once more.
        $row = $DB->get_record('palier', ['id' => $restored->id]);
        $this->assertSame('scale', $row->scalegrades);
        $step = (new \mod_palier\local\test\next_steps((int) $restored->id))->all()[0];
        $this->assertSame(['crcn:4.1', 'Read'], [$step->scale, $step->text]);
        \mod_palier\local\report\grader::update($row);
        $this->assertSame($before, $grades((int) $restored->id));
        $this->assertSame([], array_values(array_diff(
            $DB->get_fieldset('palier_gradeitem', 'scale', ['palierid' => $restored->id]),
            self::TAGS
        )));
    }

    /**
     * The course of an activity.
     *
     * @param int $palierid
     * @return int
     */
    private function course(int $palierid): int {
        global $DB;
        return (int) $DB->get_field('palier', 'course', ['id' => $palierid], MUST_EXIST);
    }
}
