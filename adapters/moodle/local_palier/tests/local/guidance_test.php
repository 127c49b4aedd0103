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

namespace local_palier\local;

use context_coursecat;
use context_system;
use local_palier\output\gaps_page;
use local_palier\output\mine_page;
use local_palier\tests\programme_testcase;
use mod_palier\hook\next_steps_below;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * No result ends without anything to do: trainings of the right level and why, one click to take part, somebody to talk to.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\guidance
 * @covers     \local_palier\local\catalogue_lack
 * @covers     \local_palier\local\enrolment
 * @covers     \local_palier\local\learning_plan
 * @covers     \local_palier\next_steps
 * @covers     \local_palier\output\guidance_list
 */
final class guidance_test extends programme_testcase {
    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->setAdminUser();
    }

    public function test_who_is_at_the_target_gets_no_training(): void {
        $this->catalogue('A,Titre,CRCN-2019,1.1,2,4,1,,');
        $comparison = $this->compare($this->profile(['1.1']), ['crcn:1.1' => [1, 1, 0.95, 0.1, 0, 0, 0, 0]]);
        $this->assertSame([], (new guidance($comparison, [context_system::instance()->id]))->recommendations);
    }

    /**
     * Chances of somebody who is at a level: a curve that is steep enough to be sure of it.
     *
     * @param int $true from 0 to 8
     * @return float[] of levels 1 to 8
     */
    private static function sure(int $true): array {
        return array_map(fn(int $level): float => 1 / (1 + exp(6 * ($level - $true - 0.5))), range(1, 8));
    }

    public function test_of_a_thousand_profiles_none_ends_without_anything_and_no_training_is_of_a_wrong_level(): void {
        global $PAGE;
        (new catalogue_import(file_get_contents(__DIR__ . '/../fixtures/catalogue.csv'), context_system::instance()))->apply();
        $PAGE->set_url('/local/palier/mine.php');
        $output = $PAGE->get_renderer('core');
        mt_srand(20261130);
        $numbers = ['1.1', '1.2', '2.1', '3.1', '4.1', '5.1'];
        $contexts = [context_system::instance()->id];
        $recommended = 0;
        for ($i = 0; $i < 1000; $i++) {
            $levels = [];
            $chances = [];
            foreach ($numbers as $number) {
                $levels[$number] = mt_rand(0, 9);
                $chances["crcn:$number"] = $levels[$number] === 9 ? null : self::sure($levels[$number]);
            }
            $comparison = $this->compare($this->profile($numbers), $chances);
            $guidance = new guidance($comparison, $contexts);
            foreach ($guidance->recommendations as $one) {
                $recommended++;
                foreach (array_keys($one->gaps) as $number) {
                    $this->assertLessThan(3, $levels[$number], 'what is asked is not reached');
                    $this->assertLessThanOrEqual($levels[$number], $one->entry->fromlevel ?? 0);
                    $this->assertGreaterThan($levels[$number], $one->entry->tolevel);
                }
            }
            $open = array_keys(array_filter($levels, fn(int $level): bool => $level < 3));
            $served = array_merge([], ...array_map(fn($one) => array_keys($one->gaps), $guidance->recommendations));
            $this->assertEqualsCanonicalizing($open, array_map('strval', array_unique([...$served, ...$guidance->without])));
            $this->assertNotSame('', trim(strip_tags(guidance::rendezvous())));
        }
        $this->assertGreaterThan(500, $recommended);
    }

    public function test_a_person_reads_why_and_whom_to_talk_to(): void {
        $this->catalogue('A,<b>Fichiers</b>,CRCN-2019,1.2,,3,2,https://example.org/a,', 'ASK,À demander,CRCN-2019,1.2,,3,4,,');
        set_config('rendezvous', "Le service formation\n<script>01", 'local_palier');
        $profile = $this->profile(['1.2', '4.1'], ['id' => 7], ['1.2' => 3]);
        $course = $this->getDataGenerator()->create_course();
        $learner = $this->getDataGenerator()->create_and_enrol($course);
        $this->has($this->make_activity($course), $learner->id, ['crcn:1.2' => 0.04, 'crcn:4.1' => 0.04]);
        $this->setUser($learner);
        $comparison = comparison::of_user($profile, (int) $learner->id);
        $guidance = new guidance($comparison, [context_system::instance()->id]);
        $html = $this->html(new mine_page([7 => $profile], $comparison, $guidance));
        $words = trim(preg_replace('/\s+/u', ' ', html_entity_decode(strip_tags($html))));
        $because = '1.2 Manage data: 96 chances in a hundred that level 3, which is asked, is not reached yet; it weighs 3 of 10.';
        $this->assertStringContainsString($because, $words);
        $this->assertStringContainsString('Up to level 3 · 2 days', $words);
        $this->assertStringContainsString('Ask for it by its code: ASK', $words);
        $without = 'The catalogue has nothing that is right for this yet: 4.1 Secure the digital environment';
        $this->assertStringContainsString($without, $words);
        $this->assertStringContainsString('Le service formation', $words);
        $this->assertStringNotContainsString('<script', $html);
        $this->assertStringNotContainsString('<b>', $html);
        set_config('rendezvous', '', 'local_palier');
        $this->assertStringContainsString('whoever invited you', guidance::rendezvous());
    }

    /**
     * A page as a browser gets it.
     *
     * @param \templatable $page
     * @return string
     */
    private function html(\templatable $page): string {
        global $PAGE;
        $PAGE->set_url('/local/palier/mine.php');
        $output = $PAGE->get_renderer('core');
        $name = (new \ReflectionClass($page))->getShortName();
        $html = $output->render_from_template("local_palier/$name", $page->export_for_template($output));
        $this->assertDoesNotMatchRegularExpression('/\[\[|\{\{|\{\$a/', $html);
        return $html;
    }

    /**
     * A course with self enrolment.
     *
     * @param array $over fields of the enrolment
     * @return int course
     */
    private function open_course(array $over = []): int {
        global $DB;
        $course = $this->getDataGenerator()->create_course();
        $instance = $DB->get_record('enrol', ['courseid' => $course->id, 'enrol' => 'self'], '*', MUST_EXIST);
        enrol_get_plugin('self')->update_status($instance, ENROL_INSTANCE_ENABLED);
        $DB->update_record('enrol', (object) (['id' => $instance->id, 'customint6' => 1] + $over));
        return (int) $course->id;
    }

    public function test_one_click_enrols_where_the_course_lets_people_in(): void {
        $open = $this->open_course();
        $key = $this->open_course(['password' => 'secret']);
        $closed = (int) $this->getDataGenerator()->create_course()->id;
        $hidden = (int) $this->getDataGenerator()->create_course(['visible' => 0])->id;
        $this->setUser($this->getDataGenerator()->create_user());
        $this->assertSame(
            [enrolment::OPEN, enrolment::ASK, enrolment::ASK, null],
            array_map(enrolment::way(...), [$open, $key, $closed, $hidden])
        );
        enrolment::enrol($open);
        $this->assertSame(enrolment::IN, enrolment::way($open));
        \core\notification::fetch();
        $this->expectException(\moodle_exception::class);
        enrolment::enrol($key);
    }

    public function test_a_learning_plan_is_made_by_the_api_for_who_may_have_one(): void {
        global $DB;
        \core_competency\api::is_enabled();
        \mod_palier\local\scales\framework_import::import('crcn', 'fr');
        $this->catalogue('A,Titre,CRCN-2019,1.1|1.2,,3,1,,');
        $entry = current(catalogue::of(context_system::instance()));
        $learner = $this->getDataGenerator()->create_user();
        $this->setUser($learner);
        $this->assertSame([], learning_plan::missing($entry, ['1.1']), 'who may not make a plan is offered none');
        $role = $DB->get_field('role', 'id', ['shortname' => 'user']);
        assign_capability('moodle/competency:planmanageowndraft', CAP_ALLOW, $role, context_system::instance());
        assign_capability('moodle/competency:planviewowndraft', CAP_ALLOW, $role, context_system::instance());
        $missing = learning_plan::missing($entry, ['1.1']);
        $this->assertCount(1, $missing);
        learning_plan::add($missing);
        $this->assertSame([], learning_plan::missing($entry, ['1.1']));
        learning_plan::add(learning_plan::missing($entry, ['1.2']));
        $plans = \core_competency\plan::get_records(['userid' => $learner->id]);
        $this->assertCount(1, $plans, 'one plan takes all');
        $this->assertSame(\core_competency\plan::STATUS_DRAFT, (int) $plans[0]->get('status'));
        $in = array_map(fn($one) => $one->get('idnumber'), $plans[0]->get_competencies());
        $this->assertEqualsCanonicalizing(['CRCN-1.1', 'CRCN-1.2'], array_values($in));
    }

    public function test_below_a_result_stand_the_first_trainings_and_at_the_target_none(): void {
        $this->catalogue('A,Fichiers,CRCN-2019,1.2,,3,2,,', 'B,Encore,CRCN-2019,1.2,,3,3,,', 'C,Aussi,CRCN-2019,1.2,,3,4,,');
        $head = 'profile,kind,name_fr,framework,competence,level';
        (new profile_import("$head\nbase,socle,Socle,CRCN-2019,1.2,3", context_system::instance()))->apply();
        $course = $this->getDataGenerator()->create_course();
        $palier = $this->make_activity($course);
        $learner = $this->getDataGenerator()->create_and_enrol($course);
        $this->has($palier, $learner->id, ['crcn:1.2' => 0.05]);
        $this->setUser($learner);
        $steps = next_steps_below::ask($palier->cmid, (int) $learner->id);
        $this->assertSame(
            ['Training: Fichiers (Up to level 3).', 'Training: Encore (Up to level 3).'],
            array_column($steps, 'text')
        );
        $this->assertSame('1.2 Manage data', $steps[0]['competence']);
        $this->assertStringContainsString('/local/palier/mine.php', $steps[0]['link']);
        $there = $this->getDataGenerator()->create_and_enrol($course);
        $this->has($palier, $there->id, ['crcn:1.2' => 0.95]);
        $this->setUser($there);
        $this->assertSame([], next_steps_below::ask($palier->cmid, (int) $there->id));
    }

    public function test_what_the_catalogue_lacks_is_told_from_published_counts_alone(): void {
        $place = context_coursecat::instance($this->getDataGenerator()->create_category()->id);
        $palier = $this->make_activity($this->getDataGenerator()->create_course(['category' => $place->instanceid]));
        $this->job($place, 'desk', ['1.1' => 1, '1.2' => 1]);
        foreach (array_slice($this->people('desk', 36), 0, 24) as $position => $id) {
            $this->has($palier, $id, ['crcn:1.1' => $position < 10 ? 0.95 : 0.05, 'crcn:1.2' => $position < 22 ? 0.95 : 0.05]);
        }
        gap_counting::run($place);
        $lacks = fn(): array => array_map(fn($lack) => [$lack['competence'], $lack['people']], catalogue_lack::of($place));
        // Fourteen have not reached 1.1; the two who have not reached 1.2 are hidden, and so not told here either.
        $this->assertSame([['1.1', 14]], $lacks());
        $this->assertStringContainsString('What the catalogue lacks', $this->html(new gaps_page($place)));
        $this->catalogue('FAR,Trop haut,CRCN-2019,1.1,3,5,1,,', 'LOW,Trop peu,CRCN-2019,1.1,,2,1,,');
        $this->assertSame([['1.1', 14]], $lacks(), 'neither leads to level 3');
        $this->catalogue('TO,Y mène,CRCN-2019,1.1,2,3,1,,');
        $this->assertSame([], $lacks());
    }
}
