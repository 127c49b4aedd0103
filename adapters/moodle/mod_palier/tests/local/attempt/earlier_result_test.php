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

namespace mod_palier\local\attempt;

use mod_palier\external\get_home;
use mod_palier\local\contest\contest;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\report\result_download;
use mod_palier\local\test\map_settings;
use mod_palier\output\home_page;
use mod_palier\output\result_page;
use mod_palier\output\story_page;
use mod_palier\tests\map_testcase;
use stdClass;

/**
 * An attempt begins with what the last result said, where the teacher wants it and where that result counts.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\earlier_result
 * @covers     \mod_palier\local\attempt\starter
 */
final class earlier_result_test extends map_testcase {
    /** @var string what the engine says of a result that an earlier one is in. */
    private const SAID = 'What an earlier test said counts in this result as well.';

    /**
     * Makes a map that may be taken again and again with the same questions.
     */
    private function make(): void {
        $this->make_map(24, ['seenpolicy' => 'allow']);
    }

    /**
     * What the teacher says on the page of the map.
     *
     * @param string $value
     */
    private function set(string $value = '1'): void {
        (new map_settings($this->row()))->save((object) ['fromlast' => $value]);
    }

    /**
     * The activity as it is stored.
     *
     * @return stdClass
     */
    private function row(): stdClass {
        global $DB;
        return $DB->get_record('palier', ['id' => $this->palier->id], '*', MUST_EXIST);
    }

    /**
     * What counts now.
     *
     * @return earlier_result
     */
    private function earlier(): earlier_result {
        $attempts = attempt_repository::of_user((int) $this->palier->id, (int) $this->learner->id);
        return new earlier_result($this->row(), $attempts);
    }

    /**
     * The priors that an attempt has to begin with after another one, by the formula of docs/measurement.md: normal with the
     * earlier mean and min(s, sqrt(se^2 + 0.5^2)), s the plan's standard deviation.
     *
     * @param attempt $last
     * @param string[]|null $scales of these alone
     * @return array[]
     */
    private function priors(attempt $last, ?array $scales = null): array {
        $sd = array_column(array_column($last->plan()['scales'], 'prior', 'id'), 'sd') ?: [1.0];
        $this->assertCount(1, array_unique($sd));
        $priors = [];
        foreach (scale_results::of([$last->id])[$last->id] as $row) {
            if ($row->kind === 'scale' && $row->state === 'measured' && ($scales === null || in_array($row->scale, $scales))) {
                $priors[$row->scale] = [(float) $row->theta, min((float) $sd[0], hypot((float) $row->se, 0.5))];
            }
        }
        $this->assertNotEmpty($priors);
        return $priors;
    }

    /**
     * Asserts that an attempt began with these priors.
     *
     * @param array[] $priors
     * @param attempt $attempt
     */
    private function assert_began(array $priors, attempt $attempt): void {
        $started = $this->event($attempt, 'started');
        $this->assertEqualsCanonicalizing(array_keys($priors), array_keys($started['priors'] ?? []));
        foreach ($priors as $scale => [$mean, $sd]) {
            $this->assertEqualsWithDelta($mean, $started['priors'][$scale]['mean'], 1e-9, $scale);
            $this->assertEqualsWithDelta($sd, $started['priors'][$scale]['sd'], 1e-9, $scale);
        }
    }

    public function test_an_attempt_begins_with_the_last_result_where_the_teacher_wants_it_and_says_so(): void {
        global $PAGE;
        $this->make();
        $first = $this->take();
        $second = $this->take(fn(): bool => false);
        $this->assertArrayNotHasKey('priors', $this->event($second, 'started'), 'off at first');
        $this->assertArrayNotHasKey('earlier', $second->known());
        $this->set();
        $third = $this->take();
        $this->assert_began($this->priors($second), $third);
        $this->assertNotEquals($this->priors($first), $this->priors($second));
        $this->assert_whole($third);
        $this->assertTrue($third->known()['earlier']);
        // It is said wherever the result is.
        $PAGE->set_url('/mod/palier/result.php');
        $output = $PAGE->get_renderer('core');
        $this->assertStringContainsString(self::SAID, (new result_page($third))->export_for_template($output)['provisional']);
        $story = (new story_page($third, engine_factory::get()))->export_for_template($output);
        $this->assertStringContainsString(self::SAID, $story['summary']);
        $this->assertStringContainsString(self::SAID, (new result_download($third))->text());
        $this->assertStringNotContainsString(self::SAID, (new result_download($second))->text());
        // And of the next one it is the start in its turn.
        $this->assert_began($this->priors($third), $this->start());
    }

    public function test_the_page_of_the_map_keeps_what_the_teacher_says(): void {
        $this->make();
        foreach (['1' => '1', '2' => '1', '0' => '0'] as $said => $kept) {
            $this->set((string) $said);
            $this->assertSame($kept, (new map_settings($this->row()))->fields()['fromlast']);
        }
    }

    public function test_where_nothing_came_before_nothing_is_told(): void {
        $this->make();
        $this->set();
        $attempt = $this->take();
        $this->assertArrayNotHasKey('priors', $this->event($attempt, 'started'));
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
        $this->assertArrayNotHasKey('priors', $this->event($this->start(), 'started'), 'the result is another person’s');
        $this->setAdminUser();
        $this->assertArrayNotHasKey('priors', $this->event($this->start(true), 'started'));
    }

    /**
     * What makes that a result does not count.
     *
     * @return array
     */
    public static function no_result(): array {
        return [
            'it came from a package' => [['packageid' => 1], []],
            'it was broken off' => [['theta' => null], []],
            'it was a practice' => [[], ['purpose' => 'practice']],
            'it is the learner’s alone' => [[], ['visibility' => 'after_sharing']],
            'it was a preview' => [['preview' => 1], []],
        ];
    }

    /**
     * A result that does not count gives way to the one before it.
     *
     * @dataProvider no_result
     * @param array $row columns of the attempt
     * @param array $plan members of its plan
     */
    public function test_a_result_that_does_not_count_is_no_start(array $row, array $plan): void {
        global $DB;
        $this->make();
        $this->set();
        $first = $this->take();
        $second = $this->take();
        $this->assertSame($second->id, $this->earlier()->attempt->id);
        $other = starter::plan_row(engine_factory::get(), json_encode($plan + $second->plan()));
        $DB->update_record('palier_attempt', (object) ($row + ['id' => $second->id, 'planid' => $other->id]));
        $this->assertSame($first->id, $this->earlier()->attempt->id);
        $this->assert_began($this->priors($first), $this->start());
    }

    public function test_a_result_that_was_shared_counts_and_one_that_a_new_test_was_granted_for_does_not(): void {
        global $DB;
        $this->make();
        $this->set();
        $attempt = $this->take();
        $private = starter::plan_row(engine_factory::get(), json_encode(['visibility' => 'after_sharing'] + $attempt->plan()));
        $DB->set_field('palier_attempt', 'planid', $private->id, ['id' => $attempt->id]);
        $this->assertNull($this->earlier()->attempt);
        $this->assertSame([], $this->earlier()->scales);
        $DB->set_field('palier_attempt', 'timeshared', 1, ['id' => $attempt->id]);
        $this->assertSame($attempt->id, $this->earlier()->attempt->id);
        $thread = [
            'palierid' => $this->palier->id, 'attemptid' => $attempt->id, 'userid' => $this->learner->id, 'slot' => 0,
            'kind' => contest::RESULT, 'status' => contest::OPEN,
        ];
        $thread['id'] = $DB->insert_record('palier_contest', (object) $thread);
        $this->assertSame($attempt->id, $this->earlier()->attempt->id);
        $DB->update_record('palier_contest', (object) (['status' => contest::RETEST] + $thread));
        $this->assertNull($this->earlier()->attempt);
    }

    public function test_competences_that_are_no_more_are_left_out_and_those_that_were_not_measured(): void {
        global $DB;
        $this->make();
        $this->set();
        $attempt = $this->take();
        $this->setAdminUser();
        foreach ($this->palier->questions as $position => $question) {
            $this->tag($question, ['crcn:1.1', 'crcn:2.1', 'crcn:4.1'][$position % 3]);
        }
        $this->save_form(['seenpolicy' => 'allow']);
        $this->setUser($this->learner);
        $this->assert_began($this->priors($attempt, ['crcn:1.1', 'crcn:4.1']), $this->start());
        // What is told of a competence without enough answers of its own is its domain's.
        $rows = ['attemptid' => $attempt->id, 'kind' => scale_results::SCALE];
        $DB->set_field('palier_attempt_scale', 'state', scale_results::AS_DOMAIN, $rows + ['scale' => 'crcn:1.1']);
        $this->assertSame(['crcn:4.1'], array_keys($this->earlier()->scales));
        $DB->set_field('palier_attempt_scale', 'answers', 0, $rows + ['scale' => 'crcn:4.1']);
        $this->assertSame([], $this->earlier()->scales);
    }

    public function test_the_last_result_counts_and_the_first_question_is_where_the_learner_says(): void {
        $this->make();
        $this->set();
        $last = $this->take();
        $placement = (new self_placement((object) (['selfplacement' => 'overall'] + (array) $this->row())))->context(['7']);
        $context = \core\context\module::instance($this->palier->cmid);
        $attempt = (new starter($this->row(), $context, (int) $this->learner->id, false, '', $placement))->start();
        $this->assertSame(['overall' => 7], $this->event($attempt, 'started')['self_placement']);
        $this->assert_began($this->priors($last), $attempt);
    }

    public function test_the_page_before_the_test_says_which_result_counts(): void {
        global $DB, $PAGE;
        $about = function (): array {
            global $PAGE;
            $cm = get_fast_modinfo($this->course)->get_cm($this->palier->cmid);
            $PAGE = new \moodle_page();
            $PAGE->set_url('/mod/palier/view.php');
            $page = new home_page($this->row(), $cm, (int) $this->learner->id);
            return array_column($page->export_for_template($PAGE->get_renderer('core'))['about'], 'text', 'term');
        };
        $this->make();
        $attempt = $this->take();
        $DB->set_field('palier_attempt', 'timefinish', strtotime('2026-11-03T12:00:00Z'), ['id' => $attempt->id]);
        $this->assertArrayNotHasKey('What is known already', $about());
        $this->set();
        $this->assertStringContainsString('Your result of 3 November 2026 counts as a start.', $about()['What is known already']);
        $home = get_home::execute((int) $this->palier->cmid);
        $this->assertContains('What is known already', array_column($home['about'], 'term'), 'in the app, too');
        $this->start();
        $this->assertArrayNotHasKey('What is known already', $about(), 'the test under way began as it did');
    }
}
