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

namespace mod_palier\local\test;

use core_external\external_api;
use mod_palier\external\get_home;
use mod_palier\external\start_attempt;
use mod_palier\form\map_form;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\attempt\self_placement;
use mod_palier\local\attempt\starter;
use mod_palier\local\engine\engine_factory;
use mod_palier\output\competence_map;
use mod_palier\output\home_page;
use mod_palier\output\result_words;
use mod_palier\output\story_page;
use mod_palier\tests\map_testcase;
use stdClass;

/**
 * What a teacher says of the competences of a map: what is wanted of each, and whether learners say where they are.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\test\map_settings
 * @covers     \mod_palier\local\test\plan_levels
 * @covers     \mod_palier\form\map_form
 * @covers     \mod_palier\local\attempt\self_placement
 * @covers     \mod_palier\local\scales\map_plan
 */
final class map_settings_test extends map_testcase {
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
     * Sends the form of the page.
     *
     * @param array $fields
     */
    private function set(array $fields): void {
        (new map_settings($this->row()))->save((object) $fields);
        $this->palier->plan = $this->row()->plan;
    }

    /**
     * What the plan asks of each competence.
     *
     * @return array
     */
    private function wanted(): array {
        $plan = json_decode($this->row()->plan, true);
        return array_map(fn($scale) => $scale['required_theta'] ?? null, array_column($plan['scales'], null, 'id'));
    }

    public function test_a_level_is_wanted_of_each_competence_and_the_engine_is_asked_for_its_beginning(): void {
        $this->make_map();
        $cuts = plan_builder::crcn()['cuts'];
        $this->set(['profileall' => map_settings::EACH, 'profile' => ['3', '', '5', '1']]);
        $this->assertEquals(
            ['crcn:1.1' => $cuts[2], 'crcn:1.2' => null, 'crcn:4.1' => $cuts[4], 'crcn:4.3' => $cuts[0]],
            $this->wanted()
        );
        engine_factory::get()->plan($this->row()->plan);
        $fields = (new map_settings($this->row()))->fields();
        $this->assertSame(map_settings::EACH, $fields['profileall']);
        $this->assertSame(
            ['3', '', '5', '1'],
            [$fields['profile[0]'], $fields['profile[1]'], $fields['profile[2]'], $fields['profile[3]']]
        );
        $this->set(['profileall' => '2']);
        $this->assertEquals(array_fill(0, 4, $cuts[1]), array_values($this->wanted()));
        $this->assertSame('2', (new map_settings($this->row()))->fields()['profileall']);
        $this->set(['profileall' => '']);
        $this->assertSame([null, null, null, null], array_values($this->wanted()));
        $this->assertSame('', (new map_settings($this->row()))->fields()['profileall']);
    }

    public function test_each_competence_is_asked_about_up_to_a_level_and_a_choice_that_cannot_be_is_refused(): void {
        $this->make_map(40, ['maxitems' => 8]);
        $this->setAdminUser();
        $tops = fn(): array => array_column(json_decode($this->row()->plan, true)['scales'], 'top_level', 'id');
        $page = function (array $sent): array {
            $settings = new map_settings($this->row());
            map_form::mock_submit($sent + ['profileall' => '', 'profile' => ['', '', '', '']]);
            $form = new map_form(null, ['cmid' => $this->palier->cmid, 'settings' => $settings] + $settings->choices());
            $data = $form->get_data();
            if ($data) {
                $settings->save($data);
            }
            return [(bool) $data, $form->told(), $form->render()];
        };
        [$saved, $told] = $page(['top' => ['3', '8', '5', '8']]);
        $this->assertTrue($saved);
        $this->assertGreaterThan(0, $told->feasibility['expected_items']);
        $this->assertSame(['crcn:1.1' => 3, 'crcn:4.1' => 5], $tops());
        $fields = (new map_settings($this->row()))->fields();
        $this->assertSame(['3', '8', '5', '8'], array_map(fn(int $place): string => $fields["top[$place]"], range(0, 3)));
        // Whoever knows all has level 3 at least: the report names no level above which they could not be.
        $attempt = $this->take(fn(): bool => true);
        $rows = array_column(scale_results::of([$attempt->id])[$attempt->id] ?? [], null, 'scale');
        $known = array_column($attempt->known()['scales'], null, 'id')['crcn:1.1'];
        $this->assertSame([3, 3], [$known['top_level'], $known['level_interval'][1]]);
        $this->assertSame(8, (int) $rows['crcn:1.1']->levelhigh);
        $this->assertCount(4, $known['p_level_at_least']);
        $this->assertStringContainsString('or higher', json_encode((new result_words($attempt->known()))->competences()));
        $this->setAdminUser();
        // A level is wanted that could not be told.
        [$saved, , $html] = $page(['top' => ['3', '8', '5', '8'], 'profileall' => '4']);
        $this->assertFalse($saved);
        $this->assertStringContainsString(s(get_string('toplevel_beyond', 'mod_palier')), $html);
        // Too few questions: each competence has ten, and some of them are above level 2.
        $this->save_form(['ownitems' => 10, 'maxitems' => 8]);
        [$saved, $told, $html] = $page(['top' => ['2', '8', '8', '8']]);
        $this->assertFalse($saved);
        $this->assertFalse($told->canrun);
        $this->assertStringContainsString('up to level 2, at least 10 are needed', $html);
    }

    public function test_an_ability_that_somebody_wrote_into_the_plan_stays(): void {
        global $DB;
        $this->make_map();
        $plan = json_decode($this->row()->plan, true);
        $plan['scales'][1]['required_theta'] = 0.123;
        $DB->set_field('palier', 'plan', json_encode($plan), ['id' => $this->palier->id]);
        $settings = new map_settings($this->row());
        $this->assertSame([false, true, false, false], array_column($settings->choices()['scales'], 1));
        $this->assertSame(map_settings::OTHER, $settings->fields()['profile[1]']);
        $this->set(['profileall' => map_settings::EACH, 'profile' => ['1', map_settings::OTHER, '', '']]);
        $this->assertSame(0.123, $this->wanted()['crcn:1.2']);
    }

    public function test_the_activitys_form_leaves_a_profile_alone(): void {
        $this->make_map();
        foreach ([['profileall' => '5'], ['profileall' => map_settings::EACH, 'profile' => ['3', '', '5', '1']]] as $fields) {
            $this->set($fields);
            $before = $this->wanted();
            $form = plan_builder::to_form($this->row()->plan);
            $this->assertSame(plan_builder::DEFAULTS['thresholdlevel'], $form['thresholdlevel']);
            $this->save_form(['planjson' => $this->row()->plan, 'precision' => '0.5']);
            $this->assertSame($before, $this->wanted());
        }
        // A threshold is wanted of all, of a competence that came later too, and goes with the purpose.
        $this->set(['profileall' => '']);
        $this->save_form(['planjson' => $this->row()->plan, 'purpose' => 'threshold', 'thresholdlevel' => 4]);
        $cut = plan_builder::crcn()['cuts'][3];
        $this->assertEquals(array_fill(0, 4, $cut), array_values($this->wanted()));
        $this->setAdminUser();
        $this->tag($this->palier->questions[0], 'crcn:2.2');
        $this->save_form(['planjson' => $this->row()->plan, 'purpose' => 'threshold', 'thresholdlevel' => 4]);
        $this->assertEquals(array_fill(0, 5, $cut), array_values($this->wanted()));
        $this->save_form(['planjson' => $this->row()->plan]);
        $this->assertSame([], array_filter($this->wanted(), fn($theta) => $theta !== null));
    }

    public function test_result_story_and_rows_say_what_was_reached(): void {
        global $PAGE;
        $this->make_map(24, ['maxitems' => 20]);
        $this->set(['profileall' => map_settings::EACH, 'profile' => ['1', '8', '', '1']]);
        $attempt = $this->take(fn(string $tag): bool => $tag === 'crcn:1.1' || $tag === 'crcn:4.1');
        $this->assertSame(attempt::FINISHED, $attempt->state);
        $rows = array_column(scale_results::of([$attempt->id])[$attempt->id], null, 'scale');
        $this->assertSame('reached', $rows['crcn:1.1']->required);
        $this->assertSame('not_reached', $rows['crcn:1.2']->required);
        $this->assertNull($rows['crcn:4.1']->required);
        $this->assertSame('undecided', $rows['crcn:4.3']->required);
        $known = $attempt->known();
        $this->assertSame('not_reached', $known['profile']['decision']);
        $words = new result_words($known);
        $domains = $words->competences()['domains'];
        $lines = array_column(array_merge(...array_column($domains, 'scales')), 'required');
        $this->assertStringContainsString('is reached', $lines[0]);
        $this->assertStringContainsString('not reached yet', $lines[1]);
        $this->assertEmpty($lines[2]);
        $this->assertMatchesRegularExpression(
            '/\(\d\d chances in a hundred\)/',
            $lines[3],
            'what is not decided is told with its probability'
        );
        $this->assertNotSame([], $words->decisions());
        $map = (new competence_map($words->competences(), $attempt->plan()))->lines();
        $this->assertNotEmpty(preg_grep('/1\.1 .*is reached \(wanted: 1 – Novice\)$/u', $map));
        $this->assertNotEmpty(preg_grep('/1\.2 .*not reached yet \(wanted: 8 – Expert\)$/u', $map));
        $this->assertCount(3, preg_grep('/wanted:/', $map));
        $PAGE->set_url('/mod/palier/story.php');
        $this->setUser($this->learner);
        $story = html_entity_decode($PAGE->get_renderer('core')->render(new story_page($attempt, engine_factory::get())));
        $this->assertStringContainsString($words->decisions()[0], $story);
    }

    /**
     * The first question of an attempt.
     *
     * @param array|null $placement
     * @return array its position among the questions, by difficulty, and the started event
     */
    private function first(?array $placement): array {
        global $DB, $USER;
        $context = \core\context\module::instance($this->palier->cmid);
        $attempt = (new starter($this->row(), $context, (int) $USER->id, false, '', $placement))->start();
        $name = $attempt->quba()->get_question($attempt->slot)->name;
        $started = json_decode($DB->get_field('palier_event', 'data', ['attemptid' => $attempt->id, 'type' => 'started']), true);
        return [(int) substr($name, strlen('Question ')), $started];
    }

    public function test_a_learner_who_says_where_begins_there(): void {
        $this->make_map(24);
        $this->assertSame([], (new self_placement($this->row()))->questions(), 'nobody is asked unless the teacher wants it');
        $this->set(['selfplacement' => 'overall']);
        $placement = new self_placement($this->row());
        $this->assertSame([['place' => 0, 'name' => '']], $placement->questions());
        $this->assertSame(range(0, 8), array_keys($placement->levels()));
        $this->assertSame(['overall' => 7], $placement->context(['7']));
        foreach ([[], [''], ['9'], ['x'], ['1.5'], [['7']], ['-1']] as $posted) {
            $this->assertNull($placement->context($posted));
        }
        // The questions are sorted by difficulty: who is at level 7 begins with harder ones than who says nothing, or 1.
        [$high, $started] = $this->first($placement->context(['7']));
        $this->assertSame(['overall' => 7], $started['self_placement']);
        $begin = function (?array $said): int {
            $this->learner = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
            $this->setUser($this->learner);
            return $this->first($said)[0];
        };
        $this->assertGreaterThan($begin(null), $high);
        $this->assertLessThan($begin(null), $begin($placement->context(['1'])));
        $this->set(['selfplacement' => 'domain']);
        $placement = new self_placement($this->row());
        $this->assertSame(
            ['1. Information and data', '4. Protection and security'],
            array_column($placement->questions(), 'name')
        );
        $this->assertSame(['domains' => ['crcn:4' => 6]], $placement->context(['', '6']));
        $begin($placement->context(['', '6']));
        // The app asks the same, and says it by its service.
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
        $home = external_api::clean_returnvalue(get_home::execute_returns(), get_home::execute((int) $this->palier->cmid));
        $this->assertSame(array_column($placement->questions(), 'name'), array_column($home['placement'], 'name'));
        $this->assertSame(range(0, 8), array_column($home['placement'][1]['levels'], 'number'));
        $said = [['place' => 1, 'level' => 6], ['place' => 7, 'level' => 3]];
        $id = start_attempt::execute((int) $this->palier->cmid, '', $said)['attempt'];
        $this->assertSame(['domains' => ['crcn:4' => 6]], $this->event(attempt_repository::load($id), 'started')['self_placement']);
    }

    public function test_the_page_before_the_test_asks_and_only_once(): void {
        $this->make_map(12);
        $this->set(['selfplacement' => 'domain']);
        $page = function (): string {
            global $PAGE;
            $PAGE = new \moodle_page();
            $PAGE->set_url('/mod/palier/view.php');
            $cm = get_fast_modinfo($this->course)->get_cm($this->palier->cmid);
            $home = new home_page($this->row(), $cm, (int) $this->learner->id);
            return $PAGE->get_renderer('core')->render($home);
        };
        $html = $page();
        $this->assertStringContainsString('name="placement[0]"', $html);
        $this->assertStringContainsString('name="placement[1]"', $html);
        $this->assertStringContainsString('I don’t know', $html);
        $this->start();
        $this->assertStringNotContainsString('placement[', $page());
    }
}
