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
use mod_palier\tests\learner_testcase;

/**
 * The engine as a program.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\engine\executable_engine
 * @covers    \mod_palier\local\engine\engine_factory
 * @covers    \mod_palier\local\engine\answer_shape
 * @covers    \mod_palier\local\engine\engine_away
 * @covers    \mod_palier\local\engine\speed
 */
final class executable_engine_test extends \advanced_testcase {
    /** @var string a plan. */
    private const PLAN = '{"palier_plan":1,"stop":{"max_items":3}}';

    #[\Override]
    protected function tearDown(): void {
        engine_factory::restore();
        parent::tearDown();
    }

    /**
     * A program that does what a shell script says.
     *
     * @param string $body
     * @return executable_engine
     */
    private function program(string $body): executable_engine {
        $path = make_request_directory() . '/palier';
        file_put_contents($path, "#!/bin/sh\n{$body}\n");
        chmod($path, 0700);
        return new executable_engine($path);
    }

    /**
     * The site's own program.
     *
     * @return executable_engine
     */
    private function real(): executable_engine {
        $this->resetAfterTest();
        learner_testcase::use_engine();
        return executable_engine::find() ?? $this->markTestSkipped('No program palier');
    }

    /**
     * A small bank.
     *
     * @return bank
     */
    private function bank(): bank {
        $items = [];
        foreach ([-1.5, -0.5, 0.1 + 0.2, 1.5] as $number => $b) {
            $items[] = ['item' => "i{$number}", 'scale' => 'main', 'model' => 'rasch', 'b' => $b];
        }
        return new bank(0, bank::compile($items), json_text::encode($items));
    }

    public function test_a_refusal_keeps_its_type_and_its_words(): void {
        $engine = $this->program('cat > /dev/null; echo \'{"error":{"type":"PlanError","message":"stop.max_items: no"}}\'; exit 1');
        try {
            $engine->plan('{}');
            $this->fail('No exception');
        } catch (engine_exception $e) {
            $this->assertSame('PlanError', $e->type);
            $this->assertSame('stop.max_items: no', $e->enginemessage);
        }
    }

    public function test_an_answer_that_is_no_answer_is_an_error(): void {
        $answers = [
            'nonsense', '<html>', '{"foo":1}', '{"version":', '{"version":3}', '[]', '{"error":1}',
            '{"error":{"type":[],"message":2}}',
        ];
        $bodies = array_map(fn(string $answer) => "cat > /dev/null; printf '%s' '{$answer}'", $answers);
        foreach ([...$bodies, 'exit 3', 'kill -9 $$'] as $body) {
            try {
                $this->program($body)->version();
                $this->fail('No exception');
            } catch (engine_exception $e) {
                $this->assertStringContainsString('palier', $e->enginemessage);
            }
        }
    }

    public function test_a_step_that_is_not_whole_is_an_error(): void {
        $good = '{"events":[],"next":null,"result":{"status":"stopped","known":true},"statements":[]}';
        $this->assertSame([], $this->begin($good)['events']);
        $wrong = [
            '{"foo":1}', '{"events":[{"type":', str_replace('"next":null', '"next":{}', $good),
            str_replace('"events":[]', '"events":[{"type":"asked"}]', $good),
            str_replace('"statements":[]', '"statements":[7]', $good),
            str_replace('"known":true', '"known":"yes"', $good),
        ];
        foreach ($wrong as $answer) {
            try {
                $this->begin($answer);
                $this->fail($answer);
            } catch (engine_exception $e) {
                $this->assertSame('Error', $e->type);
            }
        }
    }

    public function test_the_programs_answers_have_their_shapes_and_a_member_of_another_type_is_refused(): void {
        $engine = $this->real();
        $bank = $this->bank();
        $plan = '{"palier_plan":1,"stop":{"max_items":3},"levels":{"cuts":[-1,1]}}';
        $walk = $engine->call('walk', ['plan' => $plan, 'level' => 1, 'lang' => 'en'], $bank);
        $state = array_diff_key($walk['record'], ['steps' => 1]);
        $answers = [
            'walk' => $walk,
            'words' => $engine->call('words', ['states' => [$state], 'lang' => 'en']),
            'explain' => $walk['story'],
            'replay' => $walk['record'],
            'state' => $state,
            'feasibility' => $engine->feasibility($bank, $plan, ['persons' => 20]),
            'assemble' => $engine->call('assemble', ['plan' => $plan], $bank),
        ];
        $read = [
            'walk' => ['record', 'story'], 'words' => ['words'], 'explain' => ['steps', 'summary', 'stop'],
            'replay' => ['steps', 'level', 'stop'], 'state' => ['status', 'known', 'theta', 'level_interval'],
            'feasibility' => ['can_run', 'items', 'problems', 'margin'], 'assemble' => ['forms'],
        ];
        foreach ($answers as $call => $answer) {
            $this->assertNotNull(answer_shape::read($call, json_text::encode($answer)), $call);
            foreach ($read[$call] as $member) {
                foreach ([['a' => 1], [[1]], [7.5]] as $value) {
                    $this->assertNull(answer_shape::read($call, json_text::encode([$member => $value] + $answer)), "$call $member");
                }
            }
        }
        foreach ([['words', 0, 'headline'], ['words', 0, 'shares', 0, 'number'], ['words', 0, 'stop'], ['words', 0]] as $path) {
            foreach ([7.5, ['a' => 1], [[1]]] as $value) {
                $changed = $answers['words'];
                $place = &$changed;
                foreach ($path as $key) {
                    $place = &$place[$key];
                }
                $place = $value;
                unset($place);
                $this->assertNull(answer_shape::read('words', json_text::encode($changed)), implode('.', $path));
            }
        }
    }

    /**
     * Begins a session with a program that gives an answer.
     *
     * @param string $answer
     * @return array
     */
    private function begin(string $answer): array {
        $bank = new bank(0, 'any');
        file_put_contents(make_localcache_directory('mod_palier/banks') . '/any.bank', 'bytes');
        return $this->program("cat > /dev/null; printf '%s' '{$answer}'")->start($bank, self::PLAN, 1, [], 1000);
    }

    public function test_a_program_that_hung_is_left_alone_for_a_minute_and_then_tried_by_one(): void {
        $this->resetAfterTest();
        $path = make_request_directory() . '/palier';
        $away = new engine_away($path);
        $this->assertFalse($away->is_away());
        $away->note();
        $this->assertTrue($away->is_away());
        file_put_contents($path, "#!/bin/sh\ncat > /dev/null; echo '{\"version\":\"1\"}'\n");
        chmod($path, 0700);
        $engine = new executable_engine($path);
        try {
            $engine->version();
            $this->fail('No exception');
        } catch (engine_exception $e) {
            $this->assertSame(get_string('enginenotyetagain', 'mod_palier', 'palier'), $e->enginemessage);
        }
        // A minute later the first caller tries, and the next is told until that one knows.
        touch(make_localcache_directory('mod_palier/away') . '/' . sha1($path), time() - engine_away::SECONDS - 1);
        $this->assertFalse($away->is_away());
        $this->assertTrue($away->is_away());
        touch(make_localcache_directory('mod_palier/away') . '/' . sha1($path), time() - engine_away::SECONDS - 1);
        $this->assertSame('1', $engine->version());
        $this->assertFalse($away->is_away());
    }

    public function test_a_teachers_slow_call_keeps_no_learner_away(): void {
        $this->resetAfterTest();
        $path = make_request_directory() . '/palier';
        file_put_contents($path, "#!/bin/sh\nexec sleep 30\n");
        chmod($path, 0700);
        $run = new \ReflectionMethod(executable_engine::class, 'run');
        foreach (['walk' => false, 'explain' => false, 'step' => true] as $call => $away) {
            try {
                $run->invoke(new executable_engine($path), $call, '{}', 1);
                $this->fail('No exception');
            } catch (engine_exception $e) {
                $this->assertSame($away, (new engine_away($path))->is_away(), $call);
            }
        }
    }

    public function test_large_requests_and_answers_pass_at_once(): void {
        $title = str_repeat('x', 400000);
        $echo = 'printf \'{"hash":"h","text":"[\\\\"\'; tr -d \'"\'; printf \'\\\\"]"}\'';
        $answer = $this->program($echo)->plan("{\"title\":\"{$title}\"}");
        $this->assertSame('h', $answer['hash']);
        $this->assertStringContainsString($title, $answer['normalised']);
    }

    public function test_nothing_of_a_request_reaches_a_shell(): void {
        $engine = $this->program('printf \'{"version":"%s %s"}\' "$#" "$1"');
        $this->assertSame('1 call', $engine->version());
    }

    public function test_the_factory_finds_nothing_where_nothing_is(): void {
        $this->resetAfterTest();
        if (extension_engine::find()) {
            $this->markTestSkipped('The extension is loaded');
        }
        set_config('pathtopalier', '/nowhere/palier', 'mod_palier');
        $this->assertNull(engine_factory::find());
        $this->assertSame('none', engine_factory::describe()['way']);
        $this->assertStringContainsString('/nowhere/palier', engine_factory::describe()['error']);
        $this->expectException(\moodle_exception::class);
        $this->expectExceptionMessage(get_string('noengine', 'mod_palier'));
        engine_factory::get();
    }

    public function test_a_session_goes_from_start_to_stop_and_verifies(): void {
        $engine = $this->real();
        $bank = $this->bank();
        $plan = $engine->plan(self::PLAN);
        $begun = $engine->start($bank, self::PLAN, 7, [], 1000);
        $events = array_column($begun['events'], 'data');
        $this->assertContainsOnly('string', $events);
        $this->assertSame(['started', 'asked'], array_column($begun['events'], 'type'));
        $next = $begun['next'];
        for ($step = 0; $step < 3; $step++) {
            $log = json_text::object([
                'palier_log' => '1', 'seed' => '7', 'events' => json_text::list($events),
                'bank' => json_text::encode($bank->hash), 'plan' => json_text::encode($plan['hash']),
            ]);
            $event = ['type' => 'answered', 'item' => $next, 'fraction' => 1];
            $done = $engine->step($bank, self::PLAN, $log, [$event], 2000 + $step);
            array_push($events, ...array_column($done['events'], 'data'));
            $this->assertSame($step + 1, $done['result']['n']);
            $next = $done['next'];
        }
        $this->assertNull($next);
        $this->assertSame('max_items', $done['result']['stop']);
        $log = json_text::object(['palier_log' => '1', 'seed' => '7', 'events' => json_text::list($events)]);
        $this->assertTrue($engine->verify($bank, self::PLAN, $log)['same']);
        $this->assertSame('stopped', $engine->state($bank, self::PLAN, $log)['status']);
        $this->assertCount(2, $engine->information($bank, [-1, 1.5]));
    }

    public function test_a_damaged_bank_file_is_made_again(): void {
        $engine = $this->real();
        $bank = $this->bank();
        $before = $engine->information($bank, [0.0]);
        file_put_contents($bank->path(), 'rubbish');
        $this->assertSame($before, $engine->information($bank, [0.0]));
        $bank->forget_file();
        $this->assertFalse(bank::has_file($bank->hash));
        $this->assertSame($before, $engine->information($bank, [0.0]));
    }

    public function test_a_step_is_measured(): void {
        $this->real();
        $this->assertGreaterThan(0, speed::step());
    }
}
