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

namespace mod_palier\output;

use mod_palier\hook\next_steps_below;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\sharing;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\report\outline;
use mod_palier\local\report\result_download;
use mod_palier\local\report\result_publisher;
use mod_palier\local\test\level_descriptions;
use mod_palier\local\test\next_steps;
use mod_palier\local\test\plan_builder;
use mod_palier\local\xapi\outbox;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/gradelib.php');

/**
 * The result leads on: what one can do, what comes next, sharing and taking that back; and its story.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\output\result_page
 * @covers     \mod_palier\output\story_page
 * @covers     \mod_palier\output\story_curve
 * @covers     \mod_palier\local\test\next_steps
 * @covers     \mod_palier\local\test\level_descriptions
 * @covers     \mod_palier\local\attempt\sharing
 */
final class result_page_test extends learner_testcase {
    /**
     * Takes a test of five questions, the first ones right.
     *
     * @param array $record
     * @param int $right
     * @return attempt finished
     */
    private function take(array $record = [], int $right = 3): attempt {
        $plan = ($record['plan'] ?? []) + ['stop' => ['max_items' => 5]];
        $this->make_test(12, ['plan' => $plan] + $record);
        return $this->answers($right);
    }

    /**
     * Takes the test that is there.
     *
     * @param int $right
     * @return attempt
     */
    private function answers(int $right): attempt {
        $attempt = $this->start();
        for ($n = 0; $attempt->is_open(); $n++) {
            $this->answer($attempt, $n < $right);
            $attempt = attempt_repository::load($attempt->id);
        }
        return $attempt;
    }

    /**
     * What a page's template gets.
     *
     * @param result_page|story_page $page
     * @return array
     */
    private function exported(result_page|story_page $page): array {
        global $PAGE;
        $PAGE->set_url('/mod/palier/result.php');
        return $page->export_for_template($PAGE->get_renderer('core'));
    }

    public function test_the_sentence_and_the_bars_agree(): void {
        $words = ['Eight' => 80, 'Nine' => 90, 'More than nine' => 95];
        foreach (range(0, 5) as $right) {
            $page = $this->exported(new result_page($this->take([], $right)));
            $percents = array_column($page['map'], 'percent', 'number');
            $mine = array_column(array_filter($page['map'], fn($bar) => $bar['mine']), 'number');
            $this->assertSame([max($percents)], [$percents[$mine[0]]], 'the headline is the tallest bar');
            if ($mine[0] > 0) {
                $this->assertStringContainsString("({$mine[0]} out of 8)", $page['headline']);
            } else {
                $this->assertStringNotContainsString('out of', $page['headline']);
            }
            $this->assertMatchesRegularExpression('/^(Eight|Nine|More than nine) chances in ten that it is /', $page['margin']);
            preg_match('/^(.+?) chances .*?(?:(?:between (\d) and|at most) (\d)|this level)\.$/', $page['margin'], $found);
            $run = isset($found[2]) ? range((int) $found[2], (int) $found[3]) : $mine;
            $sum = array_sum(array_intersect_key($percents, array_flip($run)));
            // Bars are whole percents.
            $this->assertEqualsWithDelta($words[$found[1]] + 5, $sum, 8, $page['margin'] . json_encode($percents));
            $this->assertContains($mine[0], $run);
        }
    }

    public function test_it_says_what_one_can_do(): void {
        global $DB;
        $this->make_test(12, ['plan' => ['stop' => ['max_items' => 5]]]);
        $row = $DB->get_record('palier', ['id' => $this->palier->id]);
        $texts = [];
        foreach (range(0, 8) as $level) {
            $texts[$level] = "People of level $level sort files.";
        }
        level_descriptions::save($row, $texts);
        $attempt = $this->answers(3);
        $page = $this->exported(new result_page($attempt));
        $this->assertSame("People of level {$attempt->level} sort files.", $page['can'][0]);
        $this->assertMatchesRegularExpression('/^Among the hardest successes: (“Question \d+”(, )?){3}\.$/u', $page['can'][1]);
        $next = $attempt->level + 1;
        $this->assertSame("At level $next: People of level $next sort files.", $page['can'][2]);
        $this->assertSame('People of level 3 sort files.', $page['levels'][3]['description']);
        $this->assertStringContainsString('before level 1', $page['levels'][0]['name']);
        // The form's plan keeps them, and its levels stay the framework's.
        $form = plan_builder::to_form($row->plan);
        $this->assertSame('crcn', $form['levelscheme']);
        $again = json_decode(plan_builder::from_form((object) $form), true);
        $this->assertSame('People of level 8 sort files.', $again['levels']['descriptions'][8]);
    }

    public function test_descriptions_keep_other_languages(): void {
        global $DB;
        $this->make_test(4);
        $plan = json_decode($this->palier->plan, true);
        $plan['levels']['descriptions'] = array_fill(0, 9, ['fr' => 'On sait.', 'en' => 'One can.']);
        $DB->set_field('palier', 'plan', json_encode($plan), ['id' => $this->palier->id]);
        $row = $DB->get_record('palier', ['id' => $this->palier->id]);
        level_descriptions::save($row, array_fill(0, 9, 'One can more.'));
        $saved = json_decode($DB->get_field('palier', 'plan', ['id' => $row->id]), true)['levels']['descriptions'];
        $this->assertEquals(['fr' => 'On sait.', 'en' => 'One can more.'], $saved[4]);
        level_descriptions::save($row, []);
        $saved = json_decode($DB->get_field('palier', 'plan', ['id' => $row->id]), true)['levels']['descriptions'];
        $this->assertSame('On sait.', $saved[4]['fr']);
        engine_factory::get()->plan($row->plan);
    }

    public function test_next_steps_are_for_the_level_and_for_what_one_may_open(): void {
        $attempt = $this->take();
        $generator = $this->getDataGenerator();
        $this->setAdminUser();
        $course = $generator->create_course(['fullname' => 'Files and folders']);
        $hidden = $generator->create_course(['visible' => 0]);
        $page = $generator->create_module('page', ['course' => $this->course->id, 'name' => 'Help sheet']);
        $secret = $generator->create_module('page', ['course' => $this->course->id, 'visible' => 0]);
        $trainer = $generator->create_and_enrol($this->course, 'editingteacher', ['firstname' => 'Ada', 'lastname' => 'Diop']);
        $this->setUser($this->learner);
        $level = $attempt->level;
        $step = fn($low, $high, $kind, $target, $text) => (object) [
            'levellow' => $low, 'levelhigh' => $high, 'kind' => $kind, 'target' => $target, 'text' => $text,
        ];
        $steps = new next_steps((int) $this->palier->id);
        $steps->save([
            $step($level + 1, null, 'text', 0, 'too high'),
            $step(null, $level - 1, 'text', 0, 'too low'),
            $step(null, null, 'course', $hidden->id, 'hidden course'),
            $step(null, null, 'activity', $secret->cmid, 'hidden activity'),
            $step(null, null, 'course', 999999, 'gone'),
            $step($level, $level, 'course', $course->id, 'Take the course'),
            $step($level, null, 'activity', $page->cmid, ''),
            $step(null, $level, 'person', $trainer->id, 'Ask'),
            $step(null, null, 'text', 0, 'fourth'),
        ]);
        $shown = $this->exported(new result_page($attempt))['next'];
        $this->assertSame(['Take the course', '', 'Ask'], array_column($shown, 'text'));
        $this->assertSame(['Files and folders', 'Help sheet', 'Ada Diop'], array_column($shown, 'linktext'));
        $this->assertSame(['fourth'], array_column($steps->shown(null), 'text'), 'without a level');
        $this->assertSame(3, count($steps->shown($level)));
    }

    public function test_what_other_plugins_propose_comes_after_the_teachers_steps_three_in_all(): void {
        $asked = 0;
        $this->redirectHook(next_steps_below::class, function (next_steps_below $hook) use (&$asked): void {
            global $USER;
            $asked++;
            $this->assertSame([(int) $this->palier->cmid, (int) $USER->id], [$hook->cmid, $hook->userid]);
            $hook->add('first', 'https://example.org/', 'there', '1.1');
            $hook->add('second');
            $hook->add('third');
        });
        $attempt = $this->take();
        $texts = fn(): array => array_column($this->exported(new result_page($attempt))['next'], 'text');
        $this->assertSame(['first', 'second', 'third'], $texts(), 'nobody is sent back to the course then');
        $step = fn(string $text): object => (object) [
            'levellow' => null, 'levelhigh' => null, 'kind' => 'text', 'target' => 0, 'text' => $text,
        ];
        (new next_steps((int) $this->palier->id))->save([$step('one'), $step('two')]);
        $this->assertSame(['one', 'two', 'first'], $texts());
        (new next_steps((int) $this->palier->id))->save(array_map($step, ['one', 'two', 'three']));
        $asked = 0;
        $this->assertSame(['one', 'two', 'three'], $texts());
        $this->assertSame(0, $asked);
    }

    public function test_a_result_is_no_dead_end_where_no_next_step_is_written(): void {
        $attempt = $this->take();
        $next = $this->exported(new result_page($attempt))['next'];
        $this->assertCount(1, $next);
        $this->assertSame(get_string('nextstep_backtocourse', 'mod_palier'), $next[0]['text']);
        $this->assertSame($this->course->fullname, $next[0]['linktext']);
        $this->assertStringEndsWith("/course/view.php?id={$this->course->id}", $next[0]['link']);

        $trainer = ['firstname' => 'Ada', 'lastname' => 'Diop'];
        $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher', $trainer);
        $next = $this->exported(new result_page($attempt))['next'];
        $this->assertSame([get_string('nextstep_talk', 'mod_palier', 'Ada Diop')], array_column($next, 'text'));
        // A step for other levels is none for this learner.
        (new next_steps((int) $this->palier->id))->save([(object) [
            'levellow' => $attempt->level + 1, 'levelhigh' => null, 'kind' => 'text', 'target' => 0, 'text' => 'too high',
        ]]);
        $this->assertSame($next, $this->exported(new result_page($attempt))['next']);
    }

    public function test_a_threshold_is_named(): void {
        $plan = json_decode(plan_builder::from_form((object) ['purpose' => 'threshold', 'thresholdlevel' => 3]), true);
        $plan['stop'] = ['max_items' => 5];
        foreach ([5, 0] as $right) {
            $page = $this->exported(new result_page($this->take(['plan' => $plan], $right)));
            $this->assertCount(1, $page['decisions']);
            $this->assertStringContainsString('Independent (3 out of 8)', $page['decisions'][0]);
        }
    }

    public function test_sharing_is_taken_back(): void {
        global $DB;
        $attempt = $this->take([
            'visibility' => 'after_sharing', 'grade' => 100,
            'plan' => ['visibility' => 'after_sharing', 'stop' => ['max_items' => 5]],
        ]);
        $grade = function () {
            $grades = grade_get_grades($this->course->id, 'mod', 'palier', $this->palier->id, $this->learner->id);
            return reset($grades->items)->grades[$this->learner->id]->grade ?? null;
        };
        $page = $this->exported(new result_page($attempt));
        $this->assertSame([true, false], [$page['canshare'], $page['canwithdraw']]);
        $this->assertFalse(sharing::withdraw($attempt->id), 'nothing to take back');
        $this->assertTrue(sharing::share($attempt->id));
        $this->assertNotNull($grade());
        $page = $this->exported(new result_page(attempt_repository::load($attempt->id)));
        $this->assertSame([false, true], [$page['canshare'], $page['canwithdraw']]);
        $sink = $this->redirectEvents();
        $this->assertTrue(sharing::withdraw($attempt->id));
        $events = array_map(fn($event) => get_class($event), $sink->get_events());
        $this->assertContains(\mod_palier\event\attempt_withdrawn::class, $events);
        $this->assertNull($grade());
        $states = $DB->get_fieldset_sql('SELECT DISTINCT state FROM {palier_statement} WHERE attemptid = ?', [$attempt->id]);
        $this->assertSame([outbox::HELD], $states);
        $this->assertSame(0, $DB->count_records_select('palier_attempt', 'due IS NOT NULL'));
        $this->assertTrue(sharing::share($attempt->id), 'and it can be shared again');
        $this->assertNotNull($grade());
    }

    public function test_a_withdrawal_that_a_failure_left_undone_is_done_by_the_task(): void {
        global $DB;
        $attempt = $this->take([
            'visibility' => 'after_sharing', 'plan' => ['visibility' => 'after_sharing', 'stop' => ['max_items' => 5]],
        ]);
        sharing::share($attempt->id);
        $DB->set_field('palier_attempt', 'timeshared', 0, ['id' => $attempt->id]);
        $DB->set_field('palier_attempt', 'due', result_publisher::WITHDRAWN, ['id' => $attempt->id]);
        $this->assertSame([1, 0], result_publisher::publish_due(time() + HOURSECS));
    }

    public function test_the_story_says_answers_in_words_and_levels_in_one_scale(): void {
        $plan = ['report' => ['correctness' => 'shown'], 'stop' => ['max_items' => 5]];
        $attempt = $this->take(['plan' => $plan], 3);
        $page = $this->exported(new story_page($attempt, engine_factory::get()));
        $this->assertSame('', $page['who']);
        $this->assertCount(5, $page['steps']);
        $this->assertSame(3, count(array_filter($page['steps'], fn($step) => $step['outcome'] === 'Right answer')));
        $this->assertSame(2, count(array_filter($page['steps'], fn($step) => $step['outcome'] === 'Wrong answer')));
        foreach ($page['steps'] as $step) {
            $this->assertNotSame('', $step['response']);
            $this->assertDoesNotMatchRegularExpression('/\d[.,]\d/', $step['told'], 'levels, no decimals');
            $this->assertSame(1, substr_count($step['told'], '.'), 'one sentence');
            $this->assertStringNotContainsString('drawn', $step['told']);
            $this->assertStringNotContainsStringIgnoringCase('your', $step['told'], 'whoever reads it');
        }
        // The last line, the table, the summary and the result name the same level.
        $last = end($page['points']);
        $this->assertSame($attempt->level, $last['level']);
        $this->assertSame([$attempt->levellow, $attempt->levelhigh], [$last['low'], $last['high']]);
        $this->assertStringContainsString("({$attempt->level} out of 8)", $page['summary']);
        $this->assertSame(5, substr_count($page['curve'], '<circle'));
        $html = $this->html($page);
        $this->assertSame(1, substr_count($html, 'out of 8'), 'the level once');
        $this->assertSame(1, substr_count($html, 'The test stopped'), 'one reason');
    }

    /**
     * A story as HTML.
     *
     * @param array $page
     * @return string
     */
    private function html(array $page): string {
        global $OUTPUT;
        return $OUTPUT->render_from_template('mod_palier/story_page', $page);
    }

    public function test_the_story_says_answered_where_the_plan_hides_right_and_wrong(): void {
        $page = $this->exported(new story_page($this->take(), engine_factory::get()));
        $this->assertSame(['Answered'], array_values(array_unique(array_column($page['steps'], 'outcome'))));
    }

    public function test_a_trainer_reads_whom_it_is_about(): void {
        $attempt = $this->take();
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $page = $this->exported(new story_page(attempt_repository::load($attempt->id), engine_factory::get()));
        $this->assertSame(fullname($this->learner), $page['who']);
        $this->assertStringStartsWith('Level: ', $page['summary']);
        $html = $this->html($page);
        $this->assertStringContainsString(fullname($this->learner), $html);
        $this->assertDoesNotMatchRegularExpression('/\byour?\b/i', strip_tags($html));
        $result = $this->exported(new result_page(attempt_repository::load($attempt->id)));
        $this->assertStringStartsWith('Level: ', $result['headline']);
        $this->assertSame([], $result['next'], 'next steps are for the learner');
        $text = (new result_download(attempt_repository::load($attempt->id)))->text();
        $this->assertStringContainsString("\nResult of " . fullname($this->learner) . "\n", $text);
        $this->assertStringContainsString("\nLevel: ", $text);
        $this->assertDoesNotMatchRegularExpression('/\byour?\b/i', $text);
        $outline = outline::of((int) $this->palier->id, (int) $this->learner->id);
        $this->assertStringStartsWith('Level: ', $outline->info);
    }

    public function test_the_download_has_the_next_steps_of_the_page(): void {
        $attempt = $this->take();
        (new next_steps((int) $this->palier->id))->save([(object) [
            'levellow' => null, 'levelhigh' => null, 'kind' => 'course', 'target' => $this->course->id, 'text' => 'Take the course',
        ]]);
        $text = (new result_download($attempt))->text();
        $this->assertStringNotContainsString(fullname($this->learner), $text);
        $this->assertMatchesRegularExpression(
            "~\nTo go further\n- Take the course {$this->course->fullname} \(\S+/course/view.php\?id={$this->course->id}\)\n~",
            $text
        );
    }

    public function test_a_drawing_needs_two_answers_and_levels(): void {
        $point = ['n' => 1, 'level' => 2, 'level_interval' => [1, 3]];
        $this->assertSame('', (new story_curve([$point]))->svg());
        $this->assertSame('', (new story_curve([['n' => 1, 'level' => null], ['n' => 2, 'level' => null]]))->svg());
        $curve = new story_curve([$point, ['dropped' => true] + $point, ['n' => 3, 'level' => 1, 'level_interval' => [0, 1]]]);
        $this->assertSame([1, 3], array_column($curve->points(), 'n'));
        $this->assertSame(2, substr_count($curve->svg(), 'class="margin"'));
        $this->assertNotFalse(simplexml_load_string($curve->svg()));
    }
}
