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

namespace mod_palier\reportbuilder\datasource;

use core_reportbuilder\local\filters\number;
use core_reportbuilder\local\filters\text;
use core_reportbuilder_generator;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\parameters\item_parameters;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\makes_records;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->dirroot . '/reportbuilder/tests/helpers.php');

/**
 * Custom reports about attempts and statements.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\reportbuilder\datasource\answers
 * @covers     \mod_palier\reportbuilder\datasource\attempts
 * @covers     \mod_palier\reportbuilder\datasource\statements
 * @covers     \mod_palier\reportbuilder\local\entities\answer
 * @covers     \mod_palier\reportbuilder\local\entities\attempt
 * @covers     \mod_palier\reportbuilder\local\entities\question
 * @covers     \mod_palier\reportbuilder\local\entities\statement
 */
final class datasources_test extends \core_reportbuilder_testcase {
    use makes_records;

    #[\Override]
    protected function tearDown(): void {
        engine_factory::restore();
        parent::tearDown();
    }

    /**
     * A shared attempt, one that is not, and a preview, with a statement each.
     */
    private function make(): void {
        $this->resetAfterTest();
        learner_testcase::use_engine();
        $this->setAdminUser();
        $course = $this->getDataGenerator()->create_course(['fullname' => 'Digital skills']);
        $palier = $this->make_activity($course);
        $user = $this->getDataGenerator()->create_and_enrol($course, 'student', ['firstname' => 'Amina', 'lastname' => 'Benali']);
        foreach ([[], ['visibility' => 'after_sharing'], ['preview' => 1]] as $over) {
            $this->make_statement($this->make_attempt($palier, (int) $user->id, $over), ['result' => ['success' => true]]);
        }
    }

    /**
     * The rows of a report with the default columns.
     *
     * @param string $source
     * @return array[]
     */
    private function rows(string $source): array {
        /** @var core_reportbuilder_generator $generator */
        $generator = $this->getDataGenerator()->get_plugin_generator('core_reportbuilder');
        $report = $generator->create_report(['name' => 'Report', 'source' => $source, 'default' => 1]);
        return array_map('array_values', $this->get_custom_report_content($report->get('id')));
    }

    public function test_custom_reports_hold_shared_attempts(): void {
        $this->make();
        $rows = $this->rows(attempts::class);
        $this->assertCount(1, $rows);
        $this->assertSame(['Digital skills', 'Amina Benali', '3 (between 2 and 4)'], array_slice($rows[0], 0, 3));
    }

    public function test_custom_reports_know_group_cohort_and_activity(): void {
        global $DB;
        $this->make();
        $user = $DB->get_record('user', ['firstname' => 'Amina']);
        $course = $DB->get_record('course', ['fullname' => 'Digital skills']);
        groups_add_member($this->getDataGenerator()->create_group(['courseid' => $course->id, 'name' => 'North']), $user);
        $cohort = $this->getDataGenerator()->create_cohort(['name' => 'Agents 2026']);
        cohort_add_member($cohort->id, $user->id);
        $DB->set_field('palier', 'name', 'Accueil', []);
        /** @var core_reportbuilder_generator $generator */
        $generator = $this->getDataGenerator()->get_plugin_generator('core_reportbuilder');
        $report = $generator->create_report(['name' => 'Report', 'source' => attempts::class, 'default' => 0]);
        $columns = ['user:firstname', 'group:name', 'cohort:name', 'activity:name', 'activity:purpose', 'attempt:levelvalue'];
        foreach ($columns as $column) {
            $generator->create_column(['reportid' => $report->get('id'), 'uniqueidentifier' => $column]);
        }
        $rows = array_map('array_values', $this->get_custom_report_content($report->get('id')));
        $purpose = get_string('purpose_positioning', 'mod_palier');
        $this->assertEquals([['Amina', 'North', 'Agents 2026', 'Accueil', $purpose, 3]], $rows);
    }

    /**
     * An answer, wrong at first and right since its key was mended, of each attempt that make() made; and one "I don't know".
     */
    private function make_answers(): void {
        global $DB;
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $category = $generator->create_question_category([]);
        $question = $generator->create_question('truefalse', null, ['category' => $category->id, 'name' => 'Padlock']);
        item_parameters::save([get_question_bank_entry($question->id)->id => [
            'model' => 'rasch', 'b' => '0.5', 'level' => 3, 'status' => 'operational', 'source' => 'expert',
        ]]);
        foreach ($DB->get_fieldset_select('palier_attempt', 'id', '1 = 1 ORDER BY id') as $attemptid) {
            $events = [
                ['answered', 1, ['response' => 'Faux', 'fraction' => 0.0, 'ms' => 5300]],
                ['unknown', 2, ['ms' => 1000]],
                ['rescored', 1, ['fraction' => 1.0, 'reason' => 'key']],
            ];
            foreach ($events as $seq => [$type, $slot, $data]) {
                $DB->insert_record('palier_event', (object) [
                    'attemptid' => $attemptid, 'seq' => $seq, 'type' => $type, 'slot' => $slot, 'questionid' => $question->id,
                    'data' => json_encode(['type' => $type, 'item' => 'q1'] + $data), 'timecreated' => 1760000000 + $seq,
                ]);
            }
        }
    }

    public function test_custom_reports_hold_answers_in_words_with_the_mark_that_counts(): void {
        $this->make();
        $this->make_answers();
        $this->assertCount(2, $this->rows(answers::class));
        /** @var core_reportbuilder_generator $generator */
        $generator = $this->getDataGenerator()->get_plugin_generator('core_reportbuilder');
        $report = $generator->create_report(['name' => 'Report', 'source' => answers::class, 'default' => 0]);
        $columns = ['answer:position', 'user:firstname', 'activity:purpose', 'attempt:levelvalue', 'question:name',
            'question:qtype', 'question:level', 'answer:words', 'answer:outcome', 'answer:mark', 'answer:seconds'];
        foreach ($columns as $column) {
            $generator->create_column(['reportid' => $report->get('id'), 'uniqueidentifier' => $column]);
        }
        $rows = array_map('array_values', $this->get_custom_report_content($report->get('id')));
        sort($rows);
        $type = get_string('pluginname', 'qtype_truefalse');
        $about = ['Amina', get_string('purpose_positioning', 'mod_palier'), 3, 'Padlock', $type, 3];
        $unknown = get_string('analysis_dontknow', 'mod_palier');
        $this->assertEquals([
            [1, ...$about, 'Faux', get_string('outcome_right', 'mod_palier'), '1.00', '5.3'],
            [2, ...$about, $unknown, $unknown, '', '1.0'],
        ], $rows);
    }

    public function test_custom_reports_hold_their_statements(): void {
        $this->make();
        $rows = $this->rows(statements::class);
        $this->assertCount(1, $rows);
        $this->assertSame('Amina Benali answered “Question 0”: right.', $rows[0][2]);
    }

    public function test_custom_reports_of_statements_know_whose_of_which_activity_question_and_competence(): void {
        global $DB;
        $this->make();
        $this->make_answers();
        $statement = $DB->get_record('palier_statement', ['id' => $DB->get_field_sql('SELECT MIN(id) FROM {palier_statement}')]);
        $DB->update_record('palier_statement', (object) ['id' => $statement->id, 'scale' => 'crcn:4.3', 'eventseq' => 0]);
        $DB->insert_record('palier_attempt_scale', (object) [
            'attemptid' => $statement->attemptid, 'scale' => 'crcn:4.3', 'kind' => 'scale', 'name' => 'Protect', 'level' => 2,
            'levellow' => 2, 'levelhigh' => 2, 'state' => 'measured', 'answers' => 1, 'sortorder' => 0,
        ]);
        // Of the whole attempt, about no question and no competence.
        $copy = ['uuid' => \core\uuid::generate(), 'verb' => 'completed', 'scale' => null, 'eventseq' => 9];
        $DB->insert_record('palier_statement', (object) ($copy + array_diff_key((array) $statement, ['id' => 1])));
        $user = $DB->get_record('user', ['firstname' => 'Amina']);
        $course = $DB->get_record('course', ['fullname' => 'Digital skills']);
        groups_add_member($this->getDataGenerator()->create_group(['courseid' => $course->id, 'name' => 'North']), $user);
        $cohort = $this->getDataGenerator()->create_cohort(['name' => 'Agents 2026']);
        cohort_add_member($cohort->id, $user->id);
        $DB->set_field('palier', 'name', 'Accueil', []);

        /** @var core_reportbuilder_generator $generator */
        $generator = $this->getDataGenerator()->get_plugin_generator('core_reportbuilder');
        $report = $generator->create_report(['name' => 'Report', 'source' => statements::class, 'default' => 0]);
        $columns = ['statement:verb', 'group:name', 'cohort:name', 'activity:name', 'question:name', 'scale_result:scaleid',
            'attempt:levelvalue'];
        foreach ($columns as $column) {
            $generator->create_column(['reportid' => $report->get('id'), 'uniqueidentifier' => $column]);
        }
        $rows = fn(array $filters = []): array => array_map(
            'array_values',
            $this->get_custom_report_content($report->get('id'), 30, $filters)
        );
        $whole = $rows();
        sort($whole);
        $answered = [get_string('verb_answered', 'mod_palier'), 'North', 'Agents 2026', 'Accueil', 'Padlock', 'crcn:4.3', 3];
        $completed = [get_string('verb_completed', 'mod_palier'), 'North', 'Agents 2026', 'Accueil', '', '', 3];
        $this->assertEquals([$answered, $completed], $whole);
        foreach (['statement:scaleid', 'scale_result:level', 'attempt:level'] as $filter) {
            $generator->create_filter(['reportid' => $report->get('id'), 'uniqueidentifier' => $filter]);
        }
        $this->assertEquals([$answered], $rows([
            'statement:scaleid_operator' => text::IS_EQUAL_TO, 'statement:scaleid_value' => 'crcn:4.3',
        ]));
        $level = fn(string $of, int $number): array => $rows([
            "$of:level_operator" => number::LESS_THAN, "$of:level_value1" => $number,
        ]);
        $this->assertEquals([$answered], $level('scale_result', 3));
        $this->assertSame([], $level('scale_result', 2));
        $this->assertCount(2, $level('attempt', 4));
        $this->assertSame([], $level('attempt', 3));
    }

    public function test_every_column_and_condition_works(): void {
        if (!PHPUNIT_LONGTEST) {
            $this->markTestSkipped('PHPUNIT_LONGTEST is not defined');
        }
        $this->make();
        $this->make_answers();
        foreach ([attempts::class, statements::class, answers::class] as $source) {
            $this->datasource_stress_test_columns($source);
            $this->datasource_stress_test_columns_aggregation($source);
            $this->datasource_stress_test_conditions($source, match ($source) {
                attempts::class => 'attempt:level',
                answers::class => 'answer:position',
                default => 'statement:verb',
            });
        }
    }
}
