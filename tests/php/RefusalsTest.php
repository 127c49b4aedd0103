<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use Closure;
use Palier;
use PalierBank;
use PalierException;
use PalierPlan;
use PalierSession;
use PHPUnit\Framework\TestCase;
use RuntimeException;

/** What the engine refuses reaches PHP as one family of exceptions, each naming what is at fault. */
final class RefusalsTest extends TestCase
{
    /**
     * @dataProvider refusals
     */
    public function test_bad_input_is_refused_with_its_place(Closure $call, string $class, string $named): void
    {
        try {
            $call();
            $this->fail('accepted');
        } catch (PalierException $e) {
            $this->assertSame($class, get_class($e), $e->getMessage());
            $this->assertStringContainsString($named, $e->getMessage());
            $this->assertSame(0, $e->getCode());
        }
    }

    public static function refusals(): iterable
    {
        $compile = fn(array $change) => function () use ($change) {
            $items = Material::items(3);
            $items[1] = $change + $items[1];
            PalierBank::compile(Material::json($items));
        };
        yield 'items that are no JSON' => [fn() => PalierBank::compile('[{'), 'PalierBankException', ''];
        yield 'items that are no list' => [fn() => PalierBank::compile('{}'), 'PalierBankException', ''];
        yield 'an unknown model' => [$compile(['model' => '5pl']), 'PalierBankException', 'q1'];
        yield 'a missing difficulty' => [$compile(['b' => null]), 'PalierBankException', 'q1'];
        yield 'a difficulty that is text' => [$compile(['b' => 'hard']), 'PalierBankException', 'q1'];
        yield 'an item twice' => [$compile(['item' => 'q0']), 'PalierBankException', 'q0'];
        yield 'bytes of something else' => [fn() => PalierBank::fromBytes('not a bank'), 'PalierBankException', ''];
        yield 'no bytes' => [fn() => PalierBank::fromBytes(''), 'PalierBankException', ''];

        $parse = fn(array $change) => fn() => PalierPlan::parse(Material::json(Material::plan($change)));
        yield 'a plan that is no JSON' => [fn() => PalierPlan::parse('{"palier_plan":1'), 'PalierPlanException', ''];
        yield 'a plan that is no UTF-8' => [
            fn() => PalierPlan::parse("{\"palier_plan\":1,\"title\":{\"fr\":\"\xff\"}}"), 'PalierPlanException', '',
        ];
        yield 'an unknown key of a plan' => [$parse(['stopping' => []]), 'PalierPlanException', 'stopping'];
        yield 'an unknown key inside' => [$parse(['stop' => ['max' => 3]]), 'PalierPlanException', 'max'];
        yield 'a value out of range' => [
            $parse(['stop' => ['standard_error' => -1]]), 'PalierPlanException', 'standard_error',
        ];
        yield 'rules that cannot hold together' => [
            $parse(['stop' => ['min_items' => 9, 'max_items' => 3]]), 'PalierPlanException', 'items',
        ];

        $session = function (): PalierSession {
            $session = PalierSession::start(Material::bank(20), Material::parsedPlan(), 1, '{}');
            $session->advance(1);
            return $session;
        };
        $record = fn(array $event) => fn() => $session()->record(Material::json($event));
        yield 'an event that is no JSON' => [fn() => $session()->record('{'), 'PalierLogException', ''];
        yield 'an unknown event' => [$record(['type' => 'guessed']), 'PalierLogException', 'guessed'];
        yield 'an event that only the engine makes' => [
            $record(['type' => 'asked', 'item' => 'q1']), 'PalierLogException', 'asked',
        ];
        yield 'an answer to an item that is not on screen' => [
            $record(['type' => 'answered', 'item' => 'nowhere', 'fraction' => 1]), 'PalierLogException', 'nowhere',
        ];
        yield 'an answer without a mark' => [
            function () use ($session) {
                $running = $session();
                $item = Material::read($running->state())['pending'];
                $running->record(Material::json(['type' => 'answered', 'item' => $item]));
            },
            'PalierLogException', 'fraction',
        ];

        $resume = fn(Closure $change) => function () use ($session, $change) {
            $log = Material::read($session()->log());
            $change($log);
            PalierSession::resume(Material::bank(20), Material::parsedPlan(), Material::json($log));
        };
        yield 'a log that is no JSON' => [
            fn() => PalierSession::resume(Material::bank(3), Material::parsedPlan(), 'log'), 'PalierLogException', '',
        ];
        yield 'a log of another bank' => [
            $resume(function (array &$log) { $log['bank'] = str_repeat('0', 64); }), 'PalierLogException', 'bank',
        ];
        yield 'a log of another plan' => [
            $resume(function (array &$log) { $log['plan'] = str_repeat('0', 64); }), 'PalierLogException', 'plan',
        ];
        yield 'a log with an unknown item' => [
            $resume(function (array &$log) { $log['events'][1]['item'] = 'nowhere'; }), 'PalierLogException', 'nowhere',
        ];
        yield 'a log without events' => [
            $resume(function (array &$log) { $log['events'] = []; }), 'PalierLogException', 'events',
        ];

        yield 'another language' => [fn() => $session()->explain('de'), 'PalierArgumentException', 'de'];
        yield 'an unknown call' => [fn() => Palier::call('{"call":"divine"}'), 'PalierArgumentException', 'divine'];
        yield 'a call that is no JSON' => [fn() => Palier::call('divine'), 'PalierArgumentException', ''];
        yield 'parameters with an unknown option' => [
            fn() => Palier::parameters("item,b\nq,0\n", '{"language":"fr"}'), 'PalierArgumentException', 'lang',
        ];
        yield 'statements of no object' => [fn() => Palier::statements('[]'), 'PalierArgumentException', ''];
        yield 'a call whose plan is refused' => [
            fn() => Palier::call('{"call":"plan","plan":{"palier_plan":1,"stopping":{}}}'),
            'PalierPlanException', 'stopping',
        ];
    }

    public function test_every_refusal_is_a_runtime_exception(): void
    {
        $children = ['PalierBankException', 'PalierPlanException', 'PalierLogException', 'PalierArgumentException'];
        $this->assertSame(RuntimeException::class, get_parent_class(PalierException::class));
        foreach ($children as $class) {
            $this->assertSame(PalierException::class, get_parent_class($class));
        }
    }

    public function test_a_refusal_changes_nothing(): void
    {
        $session = PalierSession::start(Material::bank(20), Material::parsedPlan(), 1, '{}');
        $session->advance(1);
        [$log, $record] = [$session->log(), $session->replay()];
        foreach (['{', '{"type":"guessed"}', '{"type":"answered","item":"nowhere","fraction":1}'] as $event) {
            try {
                $session->record($event);
                $this->fail($event);
            } catch (PalierException) {
            }
        }
        $this->assertSame($log, $session->log());
        $this->assertSame($record, $session->replay());
    }

    public function test_extension_and_executable_refuse_with_the_same_words(): void
    {
        $requests = [
            ['call' => 'plan', 'plan' => Material::plan(['stopping' => []])],
            ['call' => 'compile', 'items' => [['item' => 'q', 'model' => '5pl']]],
            ['call' => 'divine'],
        ];
        foreach ($requests as $request) {
            [$status, $output] = Build::call(Material::json($request));
            $this->assertSame(1, $status, $output);
            $error = Material::read($output)['error'];
            try {
                Palier::call(Material::json($request));
                $this->fail($request['call']);
            } catch (PalierException $e) {
                $this->assertSame($error['message'], $e->getMessage());
                $this->assertSame('Palier' . str_replace('Error', 'Exception', $error['type']), get_class($e));
            }
        }
    }
}
