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

namespace mod_palier\local\engine;

use mod_palier\local\bank\bank;
use mod_palier\local\test\plan_builder;
use mod_palier\tests\learner_testcase;

/**
 * The engine as an extension: the same answers as the program's.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\engine\extension_engine
 */
final class extension_engine_test extends \advanced_testcase {
    /**
     * The extension, or the test is skipped.
     *
     * @return extension_engine
     */
    private function extension(): extension_engine {
        $this->resetAfterTest();
        return extension_engine::find() ?? $this->markTestSkipped('The PHP extension palier is not loaded');
    }

    /**
     * A bank.
     *
     * @return bank
     */
    private function bank(): bank {
        $items = [];
        for ($number = 0; $number < 40; $number++) {
            $items[] = [
                'item' => "i{$number}", 'scale' => 'main', 'model' => '3pl', 'a' => 1 + $number / 70, 'b' => -2 + $number / 9,
                'c' => 0.05, 'se_b' => 0.6, 'label' => "Question « {$number} »",
            ];
        }
        return new bank(0, bank::compile($items), json_text::encode($items));
    }

    public function test_it_answers_as_the_program_does(): void {
        $extension = $this->extension();
        learner_testcase::use_engine();
        $program = executable_engine::find() ?? $this->markTestSkipped('No program palier');
        $this->assertSame($program->version(), $extension->version());
        $bank = $this->bank();
        $plan = plan_builder::from_form((object) ['maxitems' => 12]);
        $this->assertSame($program->plan($plan), $extension->plan($plan));

        $events = [];
        $feasibilities = [];
        foreach ([$program, $extension] as $engine) {
            $begun = $engine->start($bank, $plan, 2 ** 53 - 1, ['seen' => ['i3']], 1760000000000);
            $answers = [$begun];
            $list = array_column($begun['events'], 'data');
            $next = $begun['next'];
            for ($step = 0; $next !== null && $step < 12; $step++) {
                $log = json_text::object([
                    'palier_log' => '1',
                    'seed' => (string) (2 ** 53 - 1),
                    'bank' => json_text::encode($bank->hash),
                    'events' => json_text::list($list),
                ]);
                $event = ['type' => 'answered', 'item' => $next, 'fraction' => $step % 3 ? 1 : 0, 'ms' => 5000];
                $done = $engine->step($bank, $plan, $log, [$event], 1760000000000 + $step);
                $answers[] = $done;
                array_push($list, ...array_column($done['events'], 'data'));
                $next = $done['next'];
            }
            $log = json_text::object(['palier_log' => '1', 'seed' => (string) (2 ** 53 - 1), 'events' => json_text::list($list)]);
            $answers[] = $engine->state($bank, $plan, $log);
            $answers[] = $engine->replay($bank, $plan, $log);
            $answers[] = $engine->verify($bank, $plan, $log);
            $answers[] = $engine->explain($bank, $plan, $log, 'fr');
            $feasibilities[] = $engine->feasibility($bank, $plan, ['persons' => 60, 'seed' => 1, 'lang' => 'en']);
            $answers[] = $engine->information($bank, [-1.0, 0.0, 2.5]);
            $events[] = $answers;
        }
        $this->assertEquals($events[0], $events[1]);
        $this->assertEqualsWithDelta($feasibilities[0], $feasibilities[1], 1e-9);
    }

    public function test_a_refusal_keeps_its_type_and_its_words(): void {
        $extension = $this->extension();
        try {
            $extension->plan('{"palier_plan":1,"colour":1}');
            $this->fail('No exception');
        } catch (engine_exception $e) {
            $this->assertSame('PlanError', $e->type);
            $this->assertStringContainsString('colour', $e->enginemessage);
        }
    }

    public function test_a_damaged_bank_file_is_made_again(): void {
        $extension = $this->extension();
        $bank = $this->bank();
        file_put_contents($bank->path(), 'rubbish');
        $this->assertCount(1, $extension->information($bank, [0.0]));
    }
}
