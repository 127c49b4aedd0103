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

namespace mod_palier\local\report;

use mod_palier\output\question_analysis_page;
use mod_palier\output\report_summary;
use mod_palier\reportbuilder\local\systemreports\attempts;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\makes_records;

/**
 * What a trainer follows: who has not begun, sums by level and group, what became of the questions, files.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\report\participation
 * @covers    \mod_palier\local\report\level_sums
 * @covers    \mod_palier\local\report\question_analysis
 * @covers    \mod_palier\local\report\report_counts
 * @covers    \mod_palier\local\report\report_file
 * @covers    \mod_palier\output\report_summary
 * @covers    \mod_palier\output\question_analysis_page
 * @covers    \mod_palier\reportbuilder\local\code_title
 */
final class report_test extends learner_testcase {
    use makes_records;

    /** @var \stdClass[] learners by name. */
    private array $people = [];

    /** @var \stdClass[] groups by name. */
    private array $groups = [];

    /**
     * Four learners in two groups: Amina and Bruno have finished, Chloé has begun, Driss has not.
     *
     * @param int $groupmode
     */
    private function make(int $groupmode = NOGROUPS): void {
        $this->setAdminUser();
        $generator = $this->getDataGenerator();
        $course = $this->course = $generator->create_course();
        $this->palier = $this->make_activity($course, ['groupmode' => $groupmode]);
        foreach (['North', 'South'] as $name) {
            $this->groups[$name] = $generator->create_group(['courseid' => $course->id, 'name' => $name]);
        }
        foreach (['Amina' => 'North', 'Bruno' => 'South', 'Chloé' => 'South', 'Driss' => 'North'] as $name => $group) {
            $this->people[$name] = $generator->create_and_enrol($course, 'student', ['firstname' => $name, 'lastname' => 'Test']);
            groups_add_member($this->groups[$group], $this->people[$name]);
        }
        $result = ['result' => '{"known":true,"provisional":true,"score":{"value":50}}'];
        $this->make_attempt($this->palier, (int) $this->people['Amina']->id, [
            'result' => '{"known":true,"provisional":true,"earlier":true,"score":{"value":50}}', 'level' => 3, 'theta' => 0.25,
        ]);
        $this->make_attempt($this->palier, (int) $this->people['Bruno']->id, $result + ['level' => 1]);
        $this->make_attempt($this->palier, (int) $this->people['Chloé']->id, ['state' => 'inprogress', 'timefinish' => 0,
            'level' => null, 'result' => null, 'theta' => null]);
        // A preview begins nothing.
        $this->make_attempt($this->palier, (int) $this->people['Driss']->id, ['preview' => 1]);
    }

    /**
     * The summary as HTML.
     *
     * @param int $groupid
     * @return string
     */
    private function summary(int $groupid = 0): string {
        global $PAGE;
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        return $PAGE->get_renderer('core')->render(new report_summary($cm, $groupid));
    }

    public function test_who_has_not_begun_is_named(): void {
        $this->make();
        $page = $this->summary();
        $this->assertStringContainsString('4 learners are to take this test. 3 have begun. 2 have finished.', $page);
        $this->assertStringContainsString('1 has not begun', $page);
        $this->assertStringContainsString('Driss Test', $page);
        $this->assertStringNotContainsString('Chloé Test', $page);
        $page = $this->summary((int) $this->groups['South']->id);
        $this->assertStringContainsString('2 learners are to take this test. 2 have begun. One has finished.', $page);
        $this->assertStringNotContainsString('not begun', $page);
    }

    public function test_who_has_left_is_told_apart(): void {
        $this->make();
        enrol_get_plugin('manual')->unenrol_user(
            array_values(enrol_get_instances($this->course->id, true))[0],
            $this->people['Bruno']->id
        );
        $page = $this->summary();
        $this->assertStringContainsString('3 learners are to take this test. 2 have begun. One has finished. ', $page);
        $this->assertStringContainsString(get_string('counts_others_one', 'mod_palier'), $page);
        $this->assertStringContainsString('1 has not begun', $page);
    }

    public function test_sums_by_level_are_bars_and_a_table_and_go_by_group(): void {
        $this->make();
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $this->assertSame([1 => 1, 2 => 0, 3 => 1, 4 => 0, 5 => 0], level_sums::of($cm));
        $names = array_column($this->groups, 'name', 'id');
        $this->assertSame([
            $this->groups['North']->id => [1 => 0, 2 => 0, 3 => 1, 4 => 0, 5 => 0],
            $this->groups['South']->id => [1 => 1, 2 => 0, 3 => 0, 4 => 0, 5 => 0],
        ], level_sums::by_group($cm, $names));
        $page = $this->summary();
        $this->assertSame(5, substr_count($page, 'palier-sumbar'));
        $this->assertStringContainsString('group=' . $this->groups['North']->id, $page);
    }

    public function test_a_trainer_in_separate_groups_sees_the_own_group_alone(): void {
        $this->make(SEPARATEGROUPS);
        $trainer = $this->getDataGenerator()->create_and_enrol($this->course, 'teacher');
        $this->setUser($trainer);
        $this->assertStringContainsString('Nobody is to take this test yet. Nobody has begun.', $this->summary());
        groups_add_member($this->groups['North'], $trainer);
        $page = $this->summary();
        $this->assertStringContainsString('2 learners are to take this test. One has begun. One has finished.', $page);
        $this->assertStringContainsString('Driss', $page);
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $this->assertSame([1 => 0, 2 => 0, 3 => 1, 4 => 0, 5 => 0], level_sums::of($cm));
        $this->assertSame(0, array_sum(level_sums::of($cm, (int) $this->groups['South']->id)));
    }

    public function test_nobody_reads_of_what_is_not_shared(): void {
        $this->make();
        $this->make_attempt($this->palier, (int) $this->people['Driss']->id, ['visibility' => 'after_sharing', 'level' => 4,
            'result' => '{"known":true,"score":{"value":80}}']);
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $this->assertSame(0, level_sums::of($cm)[4]);
    }

    public function test_a_spreadsheet_gets_numbers_in_columns_of_their_own(): void {
        global $PAGE;
        $this->make();
        $PAGE->set_url('/mod/palier/report.php');
        $PAGE->set_context(\core\context\module::instance($this->palier->cmid));
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $text = $this->written(
            (new report_file($cm, attempts::class, new report_filters(['person' => 'Amina'])))->write_spreadsheet(...)
        );
        $this->assertStringStartsWith("\xEF\xBB\xBF", $text);
        $lines = array_map(fn($line) => str_getcsv($line, ';'), explode("\r\n", trim(substr($text, 3))));
        $this->assertCount(2, $lines);
        $row = array_combine($lines[0], $lines[1]);
        $this->assertSame('3', $row[get_string('level', 'mod_palier')]);
        $this->assertSame('2', $row[get_string('levellow', 'mod_palier')]);
        $this->assertSame('4', $row[get_string('levelhigh', 'mod_palier')]);
        $this->assertSame(get_string('yes'), $row[get_string('provisional', 'mod_palier')]);
        $this->assertSame(get_string('yes'), $row['With an earlier result']);
        $this->assertSame('0.25', $row[get_string('theta', 'mod_palier')]);
    }

    /**
     * What is written into a file.
     *
     * @param callable $write
     * @return string
     */
    private function written(callable $write): string {
        $file = fopen('php://memory', 'w+b');
        $write($file);
        rewind($file);
        return stream_get_contents($file);
    }

    public function test_files_for_programs_have_codes_as_keys(): void {
        global $PAGE;
        $this->make();
        $PAGE->set_url('/mod/palier/report.php');
        $context = \core\context\module::instance($this->palier->cmid);
        $titles = fn(string $format) => array_values(array_map(
            fn($column) => $column->get_title(),
            \core_reportbuilder\system_report_factory::create(
                \mod_palier\reportbuilder\local\systemreports\attempts::class,
                $context,
                'mod_palier',
                $format,
                0,
                ['download' => $format]
            )->get_columns()
        ));
        $this->assertContains('levelvalue', $titles('json'));
        foreach ($titles('json') as $title) {
            $this->assertMatchesRegularExpression('/^[a-z]+$/', $title);
        }
        $this->assertContains(get_string('levellow', 'mod_palier'), $titles('csv'));
    }

    public function test_what_became_of_the_questions_is_told(): void {
        global $DB, $PAGE;
        $this->make_test(3, [], ['shortanswer']);
        for ($i = 0; $i < 11; $i++) {
            $this->learner = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
            $this->setUser($this->learner);
            $attempt = $this->start();
            for ($step = 0; $step < 3; $step++) {
                $name = \mod_palier\local\attempt\attempt_repository::load($attempt->id)->quba()->get_question(
                    \mod_palier\local\attempt\attempt_repository::load($attempt->id)->slot
                )->name;
                if ($name === 'Question 2' && $i < 6) {
                    $slot = \mod_palier\local\attempt\attempt_repository::load($attempt->id)->slot;
                    \mod_palier\local\attempt\step::post($attempt->id, 'unknown', $slot, []);
                } else {
                    $right = $name === 'Question 0' || ($name === 'Question 2' && $i % 2);
                    $this->answer($attempt, $right ? true : "no < $i");
                }
            }
        }
        $this->setAdminUser();
        $context = \core\context\module::instance($this->palier->cmid);
        $lines = array_column(question_analysis::of($context), null, 'name');
        $this->assertSame('easy', $lines['Question 0']->verdict);
        $this->assertSame('hard', $lines['Question 1']->verdict);
        $this->assertSame('unknown', $lines['Question 2']->verdict);
        $this->assertSame([11, 1.0, 0], [$lines['Question 0']->asked, $lines['Question 0']->right, $lines['Question 0']->unknown]);
        $this->assertSame(6, $lines['Question 2']->unknown);
        // It does not wait to be looked for: who opens the results reads of it, and the log is read for that once.
        $this->assertStringContainsString(\mod_palier\local\counted::text('analysis_flagged', 3), $this->summary());
        $reads = $DB->perf_get_reads();
        $this->assertSame(3, question_analysis::flagged($context));
        $this->assertSame($reads, $DB->perf_get_reads());

        $entryid = (int) $lines['Question 1']->entryid;
        $answers = question_analysis::answers($context, $entryid);
        $this->assertContains('no < 3', array_column($answers, 'answer'));
        $this->assertSame(11, array_sum(array_column($answers, 'times')));
        $url = new \moodle_url('/mod/palier/questions.php', ['id' => $this->palier->cmid]);
        $page = new question_analysis_page($url, question_analysis::of($context), [$entryid => $answers]);
        $html = $PAGE->get_renderer('core')->render($page);
        $this->assertStringContainsString(get_string('analysis_easy', 'mod_palier'), $html);
        $this->assertStringContainsString('no &lt; 3', $html);
        $this->setUser($this->learner);
        $this->assertSame([], question_analysis::of($context, 999999));
    }
}
