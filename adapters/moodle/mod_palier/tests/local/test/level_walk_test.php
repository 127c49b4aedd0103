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

use core\context\module as context_module;
use mod_palier\output\walk_page;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/tests/classes/learner_testcase.php');

/**
 * A simulated learner's test with its trace.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\test\level_walk
 * @covers     \mod_palier\output\walk_page
 */
final class level_walk_test extends learner_testcase {
    public function test_a_learner_of_a_high_level_does_better_and_nothing_is_kept(): void {
        global $DB, $PAGE;
        $this->make_test(24);
        $this->setAdminUser();
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        $context = context_module::instance($this->palier->cmid);
        $tables = ['palier_attempt', 'palier_event', 'palier_bank', 'palier_plan', 'palier_statement', 'question_usages',
            'question_attempts'];
        $counts = array_map($DB->count_records(...), $tables);
        $levels = [];
        foreach (['low' => 0, 'high' => 1] as $which => $last) {
            $walk = new level_walk($palier, $context);
            $choices = array_keys($walk->choices());
            $walk->take($last ? max($choices) : min($choices), 1);
            $levels[$which] = $walk->record['theta'];
            $this->assertSameSize($walk->story['steps'], $walk->record['steps']);
            $this->assertSame('stopped', $walk->record['status']);
            $cm = get_fast_modinfo($this->course)->get_cm($context->instanceid);
            $html = $PAGE->get_renderer('core')->render(new walk_page($walk, $cm));
            $this->assertStringContainsString(s($walk->story['summary']), $html);
            $this->assertStringStartsWith('Level: ', $walk->story['summary']);
            $words = str_replace(get_string('walk_intro', 'mod_palier'), '', strip_tags($html));
            $this->assertDoesNotMatchRegularExpression('/\byour?\b/i', $words, 'it is about a simulated learner');
            foreach ($walk->story['steps'] as $step) {
                $this->assertStringContainsString(s($step['told']), $html);
                $this->assertStringContainsString(s($walk->question($step['item'])->name), $html);
            }
        }
        $this->assertLessThan($levels['high'], $levels['low']);
        $this->assertSame($counts, array_map($DB->count_records(...), $tables));
    }

    public function test_the_same_draw_is_the_same_test_and_another_is_another(): void {
        global $DB;
        $this->make_test(24);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        $context = context_module::instance($this->palier->cmid);
        $answers = function (int $seed) use ($palier, $context): array {
            $walk = new level_walk($palier, $context);
            $choices = array_keys($walk->choices());
            $walk->take($choices[intdiv(count($choices), 2)], $seed);
            return array_column($walk->record['steps'], 'category', 'item');
        };
        $this->assertSame($answers(1), $answers(1));
        $this->assertNotSame($answers(1), $answers(2));
    }

    public function test_a_plan_without_levels_offers_abilities_and_a_choice_out_of_range_is_the_nearest(): void {
        global $DB;
        $this->make_test(12, ['plan' => ['levels' => null]]);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        $plan = json_decode($palier->plan, true);
        unset($plan['levels']);
        $palier->plan = json_encode($plan);
        $walk = new level_walk($palier, context_module::instance($this->palier->cmid));
        $this->assertSame(level_walk::ABILITIES, array_keys($walk->choices()));
        $walk->take(99, 0);
        $this->assertSame(3, $walk->level);
        $this->assertSame(1, $walk->seed);
        $this->assertNotEmpty($walk->record['steps']);
    }
}
