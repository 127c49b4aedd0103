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

use mod_palier\external\get_home;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\sharing;
use mod_palier\local\attempt\step;
use mod_palier\local\bank\bank;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\report\recent_activity;
use mod_palier\tests\failing_engine;
use mod_palier\tests\learner_testcase;

/**
 * What a learner reads.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\output\home_page
 * @covers     \mod_palier\output\question_page
 * @covers     \mod_palier\output\result_page
 * @covers     \mod_palier\output\result_words
 * @covers     \mod_palier\output\story_page
 * @covers     \mod_palier\output\trial_page
 * @covers     \mod_palier\local\attempt\sharing
 */
final class pages_test extends learner_testcase {
    /** @var array A state of the engine. */
    protected const KNOWN = [
        'known' => true, 'n' => 12, 'theta' => 0.4, 'se' => 0.6, 'provisional' => true, 'stop' => 'standard_error',
        'interval' => ['probability' => 0.8, 'theta' => [-0.4, 1.2]],
        'level' => ['number' => 3, 'first' => 0, 'last' => 8, 'name' => ['fr' => 'Indépendant', 'en' => 'Independent']],
        // Levels 3 and 4 have 0.66 - 0.05 = 0.61.
        'level_interval' => [3, 4], 'p_level_at_least' => [1, 0.99, 0.93, 0.66, 0.2, 0.05, 0, 0, 0],
        'threshold' => ['theta' => 0, 'p_above' => 0.74, 'decision' => 'undecided'],
    ];

    public function test_the_level_comes_first_in_words_and_the_margin_always(): void {
        $words = new result_words(self::KNOWN);
        $this->assertSame('Your level: Independent (3 out of 8)', $words->headline());
        $this->assertSame('Six chances in ten that it is between 3 and 4.', $words->margin());
        $this->assertNotSame('', $words->provisional());
        $this->assertSame(['The answers do not tell whether the threshold is reached.'], $words->decisions());
        $map = $words->map();
        $this->assertCount(9, $map);
        $this->assertSame([3], array_column(array_filter($map, fn($level) => $level['mine']), 'number'));
        $this->assertSame(46, $map[3]['percent']);
    }

    public function test_every_decision_of_the_plan_is_told_once(): void {
        $cut = fn(float $theta, string $decision) => ['theta' => $theta, 'p_above' => 0.5, 'decision' => $decision];
        $told = fn(array $known) => (new result_words($known + ['threshold' => null] + self::KNOWN))->decisions();
        $this->assertSame([], $told([]));
        $this->assertSame(['The basic level is reached.'], $told(['floor' => $cut(-1, 'above')]));
        $this->assertSame(
            ['The basic level is not reached yet: some support can help.'],
            $told(['floor' => $cut(-1, 'below')])
        );
        $one = ['cuts' => [$cut(0, 'below')], 'category' => ['number' => 0, 'name' => null]];
        $this->assertSame(['The threshold is not reached yet.'], $told(['classification' => $one]));
        $this->assertSame(
            ['The answers do not tell whether the threshold is reached.'],
            $told(['classification' => $one, 'threshold' => self::KNOWN['threshold']])
        );
        $two = ['cuts' => [$cut(-1, 'above'), $cut(1, 'undecided')], 'category' => null];
        $this->assertSame(['The answers do not yet tell the group.'], $told(['classification' => $two]));
        $two['category'] = ['number' => 1, 'name' => ['fr' => 'À l’aise', 'en' => 'At ease']];
        $this->assertSame(['Group: At ease.'], $told(['classification' => $two]));
        $two['category']['name'] = null;
        $this->assertSame(
            ['Group: 1.', 'The answers do not tell whether the basic level is reached.'],
            $told(['classification' => $two, 'floor' => $cut(-1, 'undecided')])
        );
        $this->assertSame([], $told(['known' => false, 'classification' => $two]));
    }

    public function test_who_tries_first_is_told_how_one_answers_and_nothing_is_kept(): void {
        global $DB, $PAGE;
        $this->make_test(1);
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $told = fn(int $number, string $do, array $answer = []): ?string => (new trial_page($cm, $number, $do, $answer))
            ->export_for_template($PAGE->get_renderer('core'))['said'];
        $right = 'That is how one answers.';
        $this->assertSame($right, $told(1, 'answer', ['a']));
        $this->assertStringContainsString('expected here: Blue.', $told(1, 'answer', ['b']));
        $this->assertSame($right, $told(2, 'answer', ['c', 'a']));
        foreach ([['a'], ['a', 'b', 'c'], ['b', 'd']] as $wrong) {
            $this->assertStringContainsString('Monday, Sunday', $told(2, 'answer', $wrong));
        }
        $this->assertSame($right, $told(3, 'answer', [' Seven ']));
        $this->assertStringContainsString('expected here: 7.', $told(3, 'answer', ['8']));
        $this->assertStringContainsString('a real answer', $told(3, 'unknown', ['8']));
        $this->assertNull($told(3, 'answer', ['  ']), 'it is asked again');
        $this->assertNull($told(99, ''), 'the last one');
        $this->assertSame(0, $DB->count_records('palier_attempt'));
    }

    public function test_a_downloaded_result_parts_the_story_however_much_the_plan_decides(): void {
        $all = ['floor' => ['theta' => -1], 'threshold' => ['theta' => 0], 'classification' => ['cuts' => [-1, 1]]];
        foreach ([[], $all] as $decides) {
            $this->make_test(1, ['plan' => $decides]);
            $attempt = $this->start(true);
            $this->answer($attempt);
            $text = (new \mod_palier\local\report\result_download(attempt_repository::load($attempt->id)))->text();
            $this->assertStringContainsString("\n\n" . get_string('story', 'mod_palier') . "\n1. ", $text);
            $this->assertStringContainsString("\n\n" . get_string('result_next', 'mod_palier') . "\n- ", $text);
            $this->assertSame(3, substr_count($text, "\n\n"));
        }
    }

    public function test_a_result_is_downloaded_while_the_engine_is_away(): void {
        $this->make_test(1);
        $attempt = $this->start();
        $this->answer($attempt);
        $attempt = attempt_repository::load($attempt->id);
        $broken = new class (engine_factory::get()) extends failing_engine {
            #[\Override]
            public function explain(bank $bank, string $planjson, string $logjson, string $lang): array {
                throw new engine_exception('Error', 'not in time');
            }
        };
        foreach ([$broken, null] as $engine) {
            engine_factory::replace($engine);
            $text = (new \mod_palier\local\report\result_download($attempt))->text();
            $this->assertStringContainsString(get_string('engineaway_story', 'mod_palier'), $text);
            $this->assertStringContainsString($attempt->name(), $text);
        }
    }

    public function test_no_level_is_told_without_an_answer(): void {
        $words = new result_words(['known' => false] + self::KNOWN);
        $this->assertSame('', $words->margin());
        $this->assertSame([], $words->map());
        $this->assertSame(get_string('toofewanswers', 'mod_palier'), $words->headline());
    }

    public function test_the_bar_of_doubt_says_about_how_many_more(): void {
        $doubt = question_page::doubt(['expected_remaining' => 6.3, 'progress' => 0.55]);
        $this->assertSame('About 7 more questions', $doubt['text']);
        $this->assertSame(55, $doubt['percent']);
        $this->assertSame('About one more question', question_page::doubt(['expected_remaining' => 1])['text']);
        $this->assertSame('', question_page::doubt([])['text']);
    }

    public function test_the_question_page_says_nothing_of_right_and_wrong(): void {
        global $PAGE;
        $this->make_test(4, [], ['multichoice', 'shortanswer']);
        $attempt = $this->start();
        for ($i = 0; $i < 3; $i++) {
            $attempt = attempt_repository::load($attempt->id);
            $PAGE->set_url('/mod/palier/attempt.php', ['attempt' => $attempt->id]);
            $html = $PAGE->get_renderer('core')->render(new question_page($attempt, $i > 0));
            $this->assertDoesNotMatchRegularExpression('/class="[^"]*\b(correct|incorrect|feedback|outcome|grade)\b/', $html);
            $this->assertStringNotContainsString('-submit"', $html);
            $saved = get_string('answersaved_n', 'mod_palier', $attempt->slot - 1);
            $this->assertSame($i > 0 && $attempt->slot > 1, str_contains($html, $saved));
            $this->answer($attempt, false);
        }
    }

    public function test_the_home_page_offers_one_button(): void {
        global $DB, $PAGE;
        $this->make_test(4);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        [, $cm] = get_course_and_cm_from_instance($palier->id, 'palier');
        $export = fn() => (new home_page($palier, $cm, $this->learner->id))->export_for_template($PAGE->get_renderer('core'));
        $this->assertSame(get_string('begin', 'mod_palier'), $export()['label']);
        $this->assertTrue($export()['canbegin']);
        $this->assertFalse($export()['canpreview']);
        $attempt = $this->start();
        $this->assertSame(get_string('resumeattempt', 'mod_palier'), $export()['label']);
        step::post($attempt->id, 'stop', 1);
        $this->assertTrue($export()['hasresults']);
        engine_factory::replace(null);
        $this->assertFalse($export()['canbegin']);
        $this->assertSame(get_string('engineaway_start', 'mod_palier'), $export()['reason']);
    }

    public function test_who_may_not_take_the_test_reads_why(): void {
        global $DB, $PAGE, $USER;
        $this->make_test(4);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        [, $cm] = get_course_and_cm_from_instance($palier->id, 'palier');
        $output = $PAGE->get_renderer('core');
        $reason = fn() => (new home_page($palier, $cm, (int) $USER->id))->export_for_template($output)['reason'];
        $this->assertNull($reason());
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $this->assertNull($reason());
        $this->setGuestUser();
        $this->assertSame(get_string('notenrolled', 'mod_palier'), $reason());
    }

    public function test_who_may_not_read_results_reads_none_in_passing(): void {
        global $DB, $PAGE;
        $this->make_test(2, ['plan' => ['stop' => ['max_items' => 1]]]);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        [, $cm] = get_course_and_cm_from_instance($palier->id, 'palier');
        $attempt = $this->start();
        $this->answer($attempt);
        $sentence = (new result_words(attempt_repository::load($attempt->id)->known()))->sentence();
        $html = fn() => $PAGE->get_renderer('core')->render(new home_page($palier, $cm, $this->learner->id));
        $app = fn() => get_home::execute($cm->id)['results'];
        $recent = fn() => recent_activity::of($cm, 0);
        $this->assertStringContainsString(s($sentence), $html());
        $this->assertSame($sentence, $app()[0]['result']);
        $this->assertCount(1, $recent());
        $student = $DB->get_field('role', 'id', ['shortname' => 'student']);
        assign_capability('mod/palier:reviewmyattempts', CAP_PROHIBIT, $student, \core\context\system::instance()->id, true);
        $this->assertStringNotContainsString(s($sentence), $html());
        $this->assertStringNotContainsString('/result.php', $html());
        $this->assertSame(['', ''], [$app()[0]['result'], $app()[0]['url']]);
        $this->assertSame([], $recent());
    }

    public function test_the_site_s_notice_is_one_click_away_before_a_test(): void {
        global $DB, $PAGE;
        $this->make_test(4);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        [, $cm] = get_course_and_cm_from_instance($palier->id, 'palier');
        $html = fn() => $PAGE->get_renderer('core')->render(new home_page($palier, $cm, $this->learner->id));
        $words = get_string('about_notice', 'mod_palier');
        $this->assertStringNotContainsString($words, $html());
        set_config('noticeurl', 'https://example.org/notice?a=1&b=2', 'mod_palier');
        $this->assertMatchesRegularExpression(
            '~<a href="https://example\.org/notice\?a=1&amp;b=2"[^>]*>' . preg_quote($words, '~') . '</a>~',
            $html()
        );
    }

    public function test_the_story_has_a_line_for_each_question(): void {
        global $PAGE;
        $this->make_test(4);
        $attempt = $this->start();
        for ($i = 0; $i < 4; $i++) {
            $this->answer($attempt, $i % 2 === 0);
        }
        $attempt = attempt_repository::load($attempt->id);
        $PAGE->set_url('/mod/palier/story.php', ['attempt' => $attempt->id]);
        $story = new story_page($attempt, engine_factory::get());
        $steps = $story->steps();
        $this->assertSame([1, 2, 3, 4], array_column($steps, 'n'));
        foreach ($steps as $step) {
            $this->assertNotSame('', $step['told']);
            $this->assertNotSame('', $step['response']);
            $this->assertMatchesRegularExpression('/^Question \d+$/', $step['label']);
        }
        $html = $PAGE->get_renderer('core')->render($story);
        $this->assertStringNotContainsStringIgnoringCase('theta', strip_tags($html));
    }

    public function test_sharing_is_an_act_of_the_learner_and_done_once(): void {
        $this->make_test(2, ['plan' => ['visibility' => 'after_sharing']]);
        $attempt = $this->start();
        $this->answer($attempt);
        $this->assertFalse(sharing::share($attempt->id), 'not before the end');
        $this->answer($attempt);
        $this->assertFalse(attempt_repository::load($attempt->id)->is_shared());
        $this->setAdminUser();
        $this->assertFalse(attempt_repository::load($attempt->id)->access()->may_review());
        $this->setUser($this->learner);
        $this->assertTrue(attempt_repository::load($attempt->id)->access()->may_review());
        $this->assertTrue(sharing::share($attempt->id));
        $this->assertFalse(sharing::share($attempt->id));
        $this->assertTrue(attempt_repository::load($attempt->id)->is_shared());
        $this->setAdminUser();
        $this->assertTrue(attempt_repository::load($attempt->id)->access()->may_review());
    }
}
