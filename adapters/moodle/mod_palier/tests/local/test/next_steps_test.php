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

use mod_palier\local\attempt\attempt_repository;
use mod_palier\output\feedback_page;
use mod_palier\output\result_page;
use mod_palier\tests\map_testcase;
use stdClass;

/**
 * What is proposed below the result of a map, by competence.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\test\next_steps
 * @covers     \mod_palier\local\scales\urgent_scales
 * @covers     \mod_palier\form\next_steps_form
 */
final class next_steps_test extends map_testcase {
    /**
     * A step of the teacher.
     *
     * @param string|null $scale
     * @param string $text
     * @param int|null $low
     * @param int|null $high
     * @return stdClass
     */
    private function step(?string $scale, string $text, ?int $low = null, ?int $high = null): stdClass {
        return (object) [
            'scale' => $scale, 'levellow' => $low, 'levelhigh' => $high, 'kind' => 'text', 'target' => 0, 'text' => $text,
        ];
    }

    /**
     * What the engine says of four competences.
     *
     * @param array $over values of a competence, by id
     * @param string[] $urgent the competences that are urgent, in the engine's order
     * @return array
     */
    private function known(array $over, array $urgent = ['a', 'b', 'c', 'd']): array {
        $scales = [];
        foreach (['a', 'b', 'c', 'd'] as $id) {
            $scales[] = ($over[$id] ?? []) + [
                'id' => $id, 'name' => "Competence $id", 'state' => 'measured', 'level' => ['number' => 3],
                'level_interval' => [2, 4], 'required' => null,
            ];
        }
        return ['known' => true, 'scales' => $scales, 'composites' => [['id' => 'overall']], 'urgent' => $urgent];
    }

    /**
     * The texts that are shown.
     *
     * @param stdClass[] $steps
     * @param array $known
     * @param int|null $level
     * @return string[]
     */
    private function texts(array $steps, array $known, ?int $level = 3): array {
        $nextsteps = new next_steps((int) $this->palier->id);
        $nextsteps->save($steps);
        return array_column($nextsteps->shown($level, $known), 'text');
    }

    public function test_the_competences_come_in_the_order_of_the_engine_and_those_that_are_not_urgent_not_at_all(): void {
        $this->make_map(4);
        $this->setAdminUser();
        $of = fn(string ...$ids): array => array_map(fn($id) => $this->step($id, $id), $ids);
        $all = [...$of('a', 'b', 'c', 'd'), $this->step(null, 'together')];
        $this->assertSame(['b', 'd', 'a'], $this->texts($all, $this->known([], ['b', 'd', 'a', 'c'])));
        $this->assertSame(['c', 'together'], $this->texts($all, $this->known([], ['c'])));
        $this->assertSame(['together'], $this->texts($all, $this->known([], [])));
        // Of each its first, then of each its second; equals in the plan's order.
        $twice = [$this->step('b', 'b1'), $this->step('b', 'b2'), $this->step('a', 'a1')];
        $this->assertSame(['a1', 'b1', 'b2'], $this->texts($twice, $this->known([])));
        // Without a result only what is for everybody; in a test of one level nothing of competences.
        $this->assertSame(['together'], $this->texts($all, ['known' => false] + $this->known([])));
        $this->assertSame(['together'], $this->texts($all, ['known' => true, 'scales' => [['id' => 'main']]]));
    }

    public function test_after_a_question_of_a_practice_comes_what_is_for_its_competence(): void {
        global $PAGE;
        $this->make_map(8, ['purpose' => 'practice']);
        (new next_steps((int) $this->palier->id))->save([
            $this->step(null, 'together'),
            ...array_map(fn($scale) => $this->step($scale, "about $scale"), self::TAGS),
        ]);
        $attempt = $this->start();
        $question = $attempt->quba()->get_question($attempt->slot);
        $tag = current(\core_tag_tag::get_item_tags_array('core_question', 'question', $question->id));
        $this->answer($attempt);
        $PAGE->set_url('/mod/palier/feedback.php');
        $page = (new feedback_page(attempt_repository::load($attempt->id), 1))->export_for_template($PAGE->get_renderer('core'));
        $this->assertSame(["about $tag"], array_column($page['resource'], 'text'));
    }

    public function test_what_is_for_levels_comes_after_a_question_once_one_is_known(): void {
        $this->make_map(4);
        $this->setAdminUser();
        $steps = new next_steps((int) $this->palier->id);
        $steps->save([$this->step('a', 'beginners', null, 2), $this->step('a', 'others', 3), $this->step(null, 'together')]);
        $text = fn(string $scale, array $known): ?string => $steps->after_question($scale, null, $known)['text'] ?? null;
        $this->assertSame('together', $text('a', []));
        $this->assertSame('together', $text('b', $this->known([])));
        $this->assertSame('others', $text('a', $this->known([])));
        $this->assertSame('beginners', $text('a', $this->known(['a' => ['level' => ['number' => 1]]])));
        // While a level is not certain, what is for all levels that are likely.
        $this->assertSame('together', $text('a', $this->known(['a' => ['level' => null, 'level_interval' => [2, 3]]])));
        $steps->save([]);
        $this->assertNull($text('a', $this->known([])));
    }

    public function test_a_step_is_for_the_level_of_its_competence_or_for_all_levels_that_are_likely(): void {
        $this->make_map(4);
        $this->setAdminUser();
        $steps = [
            $this->step('a', 'up to 2', null, 2),
            $this->step('a', '3 and 4', 3, 4),
            $this->step('a', '2 to 5', 2, 5),
            $this->step('a', 'any'),
        ];
        $at = fn(array $a): array => $this->known(['a' => $a], ['a']);
        $this->assertSame(['3 and 4', '2 to 5', 'any'], $this->texts($steps, $at([])));
        $this->assertSame(['up to 2', '2 to 5', 'any'], $this->texts($steps, $at(['level' => ['number' => 2]])));
        // A level that is not told: 2 to 4 are likely.
        $this->assertSame(['2 to 5', 'any'], $this->texts($steps, $at(['level' => null])));
        $this->assertSame(['any'], $this->texts($steps, $at(['level' => null, 'level_interval' => null])));
    }

    public function test_the_order_is_that_of_the_engine(): void {
        global $DB, $PAGE;
        $this->make_map(24);
        $steps = [$this->step(null, 'together')];
        foreach ([...self::TAGS, ...array_reverse(self::TAGS)] as $place => $scale) {
            $steps[] = $this->step($scale, "step $place");
        }
        $plan = json_decode($this->palier->plan, true);
        foreach ($steps as $step) {
            $plan['next_steps'][] = ['text' => $step->text] + ($step->scale ? ['scale' => $step->scale] : []);
        }
        $DB->set_field('palier', 'plan', json_encode($plan), ['id' => $this->palier->id]);
        (new next_steps((int) $this->palier->id))->save($steps);
        $attempt = $this->take(fn(string $tag, int $i): bool => $tag === 'crcn:4.1' || $i % 3 === 0);
        $engine = array_column($attempt->known()['next_steps'], 'text');
        $this->assertGreaterThanOrEqual(next_steps::SHOWN, count($engine));
        $PAGE->set_url('/mod/palier/result.php');
        $this->setUser($this->learner);
        $page = (new result_page($attempt))->export_for_template($PAGE->get_renderer('core'));
        $this->assertSame(array_slice($engine, 0, next_steps::SHOWN), array_column($page['next'], 'text'));
        $this->assertStringContainsString('.', $page['next'][0]['competence']);
    }

    public function test_the_form_offers_the_competences_of_a_map_and_keeps_one_that_left(): void {
        $this->make_map(8);
        $plan = json_decode($this->palier->plan, true);
        $gone = [(object) ['scale' => 'gone'], (object) ['scale' => null]];
        $this->assertSame([...self::TAGS, 'gone'], array_keys(next_steps::scales($plan, $gone)));
        $this->assertSame([], next_steps::scales(['scales' => [['id' => 'main']]], $gone));
    }
}
