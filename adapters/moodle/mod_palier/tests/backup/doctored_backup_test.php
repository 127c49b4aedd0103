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

use mod_palier\local\attempt\sharing;
use mod_palier\local\bank\question_filter;
use mod_palier\local\test\next_steps;
use mod_palier\local\test\plan_builder;
use mod_palier\local\xapi\outbox;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\makes_backups;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/learner_testcase.php');

/**
 * A backup is a file that anybody may have written: it gives nobody what the restorer may not have.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \restore_palier_activity_structure_step
 */
final class doctored_backup_test extends learner_testcase {
    use makes_backups;

    /**
     * Questions of a course where the restorer is nobody.
     *
     * @param int $count
     * @return stdClass ['category', 'questions']
     */
    private function strange_questions(int $count = 2): stdClass {
        $course = $this->getDataGenerator()->create_course();
        return $this->getDataGenerator()->get_plugin_generator('mod_palier')
            ->create_questions($count, \core\context\course::instance($course->id));
    }

    public function test_a_category_that_the_restorer_may_not_use_is_not_asked_from(): void {
        $this->make_test(2);
        $this->setAdminUser();
        $strange = $this->strange_questions();
        $category = (int) $this->palier->category->id;
        $from = function (?stdClass $teacher) use ($category, $strange): array {
            $id = $this->back_up(false);
            $this->doctor($id, "/(&quot;values&quot;|\"values\"):\\[\"?$category\"?\\]/", "\$1:[{$strange->category->id}]");
            return question_filter::load((int) $this->restore($id, false, $teacher)->id);
        };
        $filter = $from($this->getDataGenerator()->create_user());
        $this->assertSame([], $filter['filter']['category']['values']);
        $this->assertSame([], question_filter::question_ids($filter));
        // Who may use them is led to them.
        $this->assertEquals([$strange->category->id], $from(null)['filter']['category']['values']);
    }

    public function test_parameters_come_in_for_questions_that_the_restorer_may_edit(): void {
        global $DB;
        $this->make_test(2);
        $this->setAdminUser();
        $strange = $this->strange_questions()->questions[0];
        $entry = get_question_bank_entry($strange->id)->id;
        $DB->delete_records('palier_param', ['questionbankentryid' => $entry]);
        $from = function (?stdClass $teacher) use ($strange): void {
            $id = $this->back_up(false);
            $known = $this->palier->questions[0]->id;
            $this->doctor($id, "~<questionid>{$known}</questionid>~", "<questionid>$strange->id</questionid>");
            $this->restore($id, false, $teacher);
        };
        $from($this->getDataGenerator()->create_user());
        $this->assertFalse($DB->record_exists('palier_param', ['questionbankentryid' => $entry]));
        $from(null);
        $this->assertTrue($DB->record_exists('palier_param', ['questionbankentryid' => $entry]));
    }

    public function test_parameters_that_no_table_could_give_are_left_out_and_nothing_else(): void {
        global $DB;
        $this->make_test(2);
        $this->setAdminUser();
        $id = $this->back_up(false);
        $this->doctor($id, "~(<questionid>{$this->palier->questions[0]->id}</questionid>.*?<steps>).*?</steps>~s", '$1x</steps>');
        $before = $DB->count_records('palier_param');
        $restored = $this->restore($id, true);
        $this->assertSame($before + 1, $DB->count_records('palier_param'));
        $this->assertCount(1, $this->entries($restored));
    }

    /**
     * A statement that a file made up is never sent, and neither when its learner shares the result.
     *
     * @dataProvider states
     * @param string $state in the backup
     * @param string $kept here
     */
    public function test_a_statement_of_a_backup_is_never_sent(string $state, string $kept): void {
        global $DB;
        $plan = ['visibility' => 'after_sharing', 'stop' => ['max_items' => 2]];
        $this->make_test(2, ['visibility' => 'after_sharing', 'plan' => $plan]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        sharing::share($attempt->id);
        $id = $this->back_up(true);
        $this->doctor($id, '~<uuid>.{4}~', '<uuid>0000');
        $this->doctor($id, '~(</statementtext>\s*)<state>.*?</state>~', "\$1<state>$state</state>");
        $this->doctor($id, '~<timeshared>\d+</timeshared>~', '<timeshared>0</timeshared>');
        $copy = (int) $this->only_attempt($this->restore($id))->id;
        $states = fn(): array => array_values(array_unique($DB->get_fieldset('palier_statement', 'state', ['attemptid' => $copy])));
        $this->assertSame([$kept], $states());
        $this->assertTrue(sharing::share($copy));
        $this->assertSame([outbox::PARKED], $states());
    }

    /**
     * States of a statement in a backup, and here.
     *
     * @return string[][]
     */
    public static function states(): array {
        return [[outbox::PENDING, outbox::PARKED], [outbox::KEPT, outbox::PARKED], [outbox::HELD, outbox::HELD]];
    }

    /**
     * What a plan or a bank is called is what the engine calls it: a site-wide table takes no other.
     *
     * @dataProvider false_names
     * @param string $table
     * @param string $pattern what is changed in the backup
     * @param string $with
     */
    public function test_what_goes_by_a_false_name_stays_out(string $table, string $pattern, string $with): void {
        global $DB;
        $this->make_test(2);
        $this->answer($this->start());
        $id = $this->back_up(true);
        $this->doctor($id, $pattern, $with);
        $DB->delete_records($table);
        $restored = $this->restore($id);
        $this->assertSame(0, $DB->count_records($table));
        $this->assertSame(0, $DB->count_records('palier_attempt', ['palierid' => $restored->id]));
    }

    /**
     * Changes after which a plan or a bank is another than its hash says, or none.
     *
     * @return string[][]
     */
    public static function false_names(): array {
        $plan = '~(<usedplan.*?<plan>)(.*?max_items(?:&quot;|"):)\d+~s';
        $bank = '~(<items>.*?b(?:&quot;|"):)[-.\d]+~s';
        return [
            ['palier_plan', $plan, '${1}${2}1'], ['palier_plan', $plan, '${1}x${2}1'],
            ['palier_bank', $bank, '${1}0.125'], ['palier_bank', $bank, '${1}x'],
        ];
    }

    public function test_next_steps_lead_to_no_stranger_and_of_an_unknown_kind_nowhere(): void {
        global $DB;
        $this->make_test(2);
        $stranger = $this->getDataGenerator()->create_user();
        $step = ['levellow' => null, 'levelhigh' => null, 'kind' => 'person', 'text' => 'Talk'];
        (new next_steps((int) $this->palier->id))->save([
            (object) (['target' => $stranger->id] + $step), (object) (['target' => get_admin()->id, 'kind' => 'text'] + $step),
        ]);
        $id = $this->back_up(false);
        $this->doctor($id, '~<kind>text</kind>~', '<kind>rocket</kind>');
        $restored = $this->restore($id);
        $steps = (new next_steps((int) $restored->id))->all();
        $this->assertEquals([['text', 0, 'Talk']], array_map(fn($step) => [$step->kind, $step->target, $step->text], $steps));
    }

    /**
     * What is no JSON, or another kind of JSON than is read from there, is left out alone, and the restore goes on.
     *
     * @dataProvider texts
     * @param string $text as XML has it
     */
    public function test_a_choice_of_questions_that_is_none_is_left_out(string $text): void {
        $this->make_test(2);
        $id = $this->back_up(false);
        $this->doctor($id, '~(<filtercondition>).*?(</filtercondition>)~s', "\${1}$text\${2}");
        $restored = $this->restore($id);
        $this->assertSame($this->palier->name, $restored->name);
        $this->assertSame([], question_filter::load((int) $restored->id));
    }

    /**
     * Texts that are no filter condition.
     *
     * @return string[][]
     */
    public static function texts(): array {
        return array_map(fn(string $text): array => [$text], [
            'no JSON' => 'x',
            'empty' => '',
            'a number' => '5',
            'a text' => '"x"',
            'a list' => '[1]',
            'no filter' => '{"cat":"1,1"}',
            'a filter that is a text' => '{"filter":"x"}',
            'a category that is a text' => '{"filter":{"category":"x"}}',
            'values that are a text' => '{"filter":{"category":{"values":"x"}}}',
            'values that are lists' => '{"filter":{"category":{"values":[1]},"qtagids":{"values":[[1]]}}}',
        ]);
    }

    /**
     * A plan that the engine does not take.
     *
     * @dataProvider plans
     * @param string $plan as XML has it
     */
    public function test_a_plan_that_is_none_becomes_that_of_a_new_activity(string $plan): void {
        $this->make_test(2, ['plan' => ['purpose' => 'practice', 'stop' => ['max_items' => 2]]]);
        $id = $this->back_up(false);
        $this->doctor($id, '~(<palier id="\d+">.*?<plan>).*?(</plan>)~s', "\${1}$plan\${2}");
        $restored = $this->restore($id);
        $form = plan_builder::to_form($restored->plan);
        $this->assertSame(plan_builder::DEFAULTS['maxitems'], $form['maxitems']);
        $this->assertSame('positioning', $restored->purpose);
    }

    /**
     * Plans that are none.
     *
     * @return string[][]
     */
    public static function plans(): array {
        return [['x'], ['5'], ['[]'], ['{"palier_plan":1,"levels":"x"}'], ['{"palier_plan":1,"stop":{"max_items":-3}}']];
    }

    public function test_purpose_and_visibility_are_those_of_the_plan(): void {
        $this->make_test(2, ['plan' => ['visibility' => 'after_sharing', 'stop' => ['max_items' => 2]]]);
        $id = $this->back_up(false);
        $this->doctor($id, '~<visibility>.*?</visibility>~', '<visibility>course</visibility>');
        $this->assertSame('after_sharing', $this->restore($id)->visibility);
    }

    /**
     * An attempt whose result or log is not what is read from there.
     *
     * @dataProvider parts
     * @param string $pattern what is changed in the backup
     * @param string $with
     */
    public function test_an_attempt_that_cannot_be_read_is_left_out_whole(string $pattern, string $with): void {
        global $DB;
        $this->make_test(2, ['plan' => ['stop' => ['max_items' => 2]]]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->answer($attempt);
        $counts = fn(): array => array_map($DB->count_records(...), [
            'palier_attempt', 'palier_event', 'palier_statement', 'question_usages', 'question_attempts',
        ]);
        $before = $counts();
        $id = $this->back_up(true);
        $this->doctor($id, $pattern, $with);
        $restored = $this->restore($id);
        $this->assertSame($this->palier->name, $restored->name);
        $this->assertSame($before, $counts());
    }

    /**
     * Changes of an attempt.
     *
     * @return array[]
     */
    public static function parts(): array {
        $result = '~(<result>)\{.*?(</result>)~s';
        $event = '~(<type>asked</type>.*?<data>).*?(</data>)~s';
        return [
            'a result that is no JSON' => [$result, '${1}x${2}'],
            'a result that is a list' => [$result, '${1}[1]${2}'],
            'a result with a text for its level' => [$result, '${1}{"status":"stopped","known":true,"level":"x"}${2}'],
            'differences that are a text' => ['~<differences>.*?</differences>~', '<differences>"x"</differences>'],
            'differences that tell nothing' => ['~<differences>.*?</differences>~', '<differences>{"told":["x"]}</differences>'],
            'an event that is no JSON' => [$event, '${1}x${2}'],
            'an event that is a number' => [$event, '${1}5${2}'],
            'an event of another type' => [$event, '${1}{"type":"paused"}${2}'],
            'an event about nothing' => [$event, '${1}{"type":"asked"}${2}'],
        ];
    }

    /**
     * Statements that are none, and one that is there already.
     *
     * @dataProvider no_statements
     * @param string $text
     */
    public function test_statements_that_are_none_are_left_out(string $text): void {
        global $DB;
        $this->make_test(2, ['plan' => ['stop' => ['max_items' => 2]]]);
        $this->answer($this->start());
        $id = $this->back_up(true);
        $this->doctor($id, '~(<statementtext>).*?(</statementtext>)~s', "\${1}$text\${2}");
        $restored = $this->restore($id);
        $this->assertSame(1, $DB->count_records('palier_attempt', ['palierid' => $restored->id]));
        $this->assertSame(0, $DB->count_records('palier_statement', ['palierid' => $restored->id]));
    }

    /**
     * What is no statement.
     *
     * @return string[][]
     */
    public static function no_statements(): array {
        return [['x'], ['"x"'], ['5'], ['[]']];
    }
}
