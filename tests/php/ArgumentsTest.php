<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use Closure;
use Palier;
use PalierBank;
use PalierPlan;
use PalierSession;
use PHPUnit\Framework\TestCase;
use stdClass;
use Throwable;

/** Arguments are never converted, and a refusal names the argument. */
final class ArgumentsTest extends TestCase
{
    /**
     * @dataProvider refusals
     */
    public function test_a_wrong_argument_is_refused(Closure $call, string $class, string $message): void
    {
        try {
            $call(Material::bank(3), Material::parsedPlan());
            $this->fail('accepted');
        } catch (Throwable $e) {
            $this->assertSame("$class: $message", get_class($e) . ': ' . $e->getMessage());
        }
    }

    public static function refusals(): iterable
    {
        $start = fn($seed) => fn($bank, $plan) => PalierSession::start($bank, $plan, $seed, '{}');
        $seed = 'PalierSession::start(): Argument #3 ($seed) must be of type int, ';
        yield 'a numeric string for an int' => [$start('0'), 'TypeError', $seed . 'string given'];
        yield 'a fraction for an int' => [$start(2.7), 'TypeError', $seed . 'float given'];
        yield 'a whole float for an int' => [$start(2.0), 'TypeError', $seed . 'float given'];
        yield 'a boolean for an int' => [$start(true), 'TypeError', $seed . 'bool given'];
        yield 'null for an int' => [$start(null), 'TypeError', $seed . 'null given'];
        yield 'a negative seed' => [$start(-1), 'ValueError', 'seed: expected 0 to 9007199254740991, got -1'];
        yield 'a seed above 2^53 - 1' => [
            $start(9_007_199_254_740_992), 'ValueError', 'seed: expected 0 to 9007199254740991, got 9007199254740992',
        ];
        yield 'a string for a time' => [
            fn($bank, $plan) => PalierSession::start($bank, $plan, 1, '{}')->advance('now'),
            'TypeError', 'PalierSession::advance(): Argument #1 ($time) must be of type int, string given',
        ];

        yield 'an int for a string' => [
            fn() => PalierPlan::parse(3),
            'TypeError', 'PalierPlan::parse(): Argument #1 ($planJson) must be of type string, int given',
        ];
        yield 'an array for JSON text' => [
            fn() => PalierPlan::parse(['palier_plan' => 1]),
            'TypeError', 'PalierPlan::parse(): Argument #1 ($planJson) must be of type string, array given',
        ];
        yield 'an object that could be a string' => [
            fn() => PalierPlan::parse(new \SimpleXMLElement('<a>text</a>')),
            'TypeError', 'PalierPlan::parse(): Argument #1 ($planJson) must be of type string, SimpleXMLElement given',
        ];

        yield 'a plan for a bank' => [
            fn($bank, $plan) => PalierSession::start($plan, $bank, 1, '{}'),
            'TypeError', 'PalierSession::start(): Argument #1 ($bank) must be of type PalierBank, PalierPlan given',
        ];
        yield 'null for a plan' => [
            fn($bank) => PalierSession::resume($bank, null, '{}'),
            'TypeError', 'PalierSession::resume(): Argument #2 ($plan) must be of type PalierPlan, null given',
        ];
        yield 'another object for a bank' => [
            fn($bank, $plan) => Palier::feasibility(new stdClass(), $plan, '{}'),
            'TypeError', 'Palier::feasibility(): Argument #1 ($bank) must be of type PalierBank, stdClass given',
        ];

        $information = fn($thetas) => fn($bank) => $bank->information($thetas);
        $thetas = 'PalierBank::information(): Argument #1 ($thetas) must be ';
        yield 'a number for an array' => [$information(0.5), 'TypeError', $thetas . 'of type array, float given'];
        yield 'an object for an array' => [
            $information(new \ArrayObject([0.5])), 'TypeError', $thetas . 'of type array, ArrayObject given',
        ];
        yield 'a map' => [$information(['low' => -1.0, 'high' => 1.0]), 'ValueError', $thetas . 'a list'];
        yield 'a list with a gap' => [$information([0 => 0.5, 2 => 1.0]), 'ValueError', $thetas . 'a list'];
        yield 'a string in an array' => [
            $information([0, 1, 2, '3']), 'TypeError', 'thetas[3]: expected a number, got string',
        ];
        yield 'null in an array' => [
            $information([null]), 'TypeError', 'thetas[0]: expected a number, got null',
        ];
        yield 'a boolean in an array' => [
            $information([0.0, true]), 'TypeError', 'thetas[1]: expected a number, got bool',
        ];
        yield 'an array in an array' => [
            $information([[0.0]]), 'TypeError', 'thetas[0]: expected a number, got array',
        ];
        yield 'not a number' => [
            $information([0.0, NAN]), 'ValueError', 'thetas[1]: expected a finite number, got NAN',
        ];
        yield 'infinity' => [$information([-INF]), 'ValueError', 'thetas[0]: expected a finite number, got -INF'];

        yield 'too few arguments' => [
            fn() => PalierBank::open('/tmp'),
            'ArgumentCountError', 'PalierBank::open() expects exactly 2 arguments, 1 given',
        ];
        yield 'too many arguments' => [
            fn($bank) => $bank->hash(1),
            'ArgumentCountError', 'PalierBank::hash() expects exactly 0 arguments, 1 given',
        ];
        yield 'an unknown named argument' => [
            fn() => PalierPlan::parse(json: '{}'), 'Error', 'Unknown named parameter $json',
        ];
        yield 'an argument named twice' => [
            fn() => PalierPlan::parse('{}', planJson: '{}'),
            'Error', 'Named parameter $planJson overwrites previous argument',
        ];
    }

    public function test_arguments_may_be_named(): void
    {
        $session = PalierSession::start(
            contextJson: '{}', seed: 1, plan: Material::parsedPlan(), bank: Material::bank(10)
        );
        $this->assertSame('open', Material::read($session->state())['status']);
    }

    public function test_elements_that_are_references_and_ints_are_numbers(): void
    {
        $theta = 1;
        $thetas = [0.5, &$theta];
        $bank = Material::bank(5);
        $this->assertSame($bank->information([0.5, 1.0]), $bank->information($thetas));
        $this->assertSame([0.5, 1], $thetas);
    }

    public function test_an_argument_is_left_as_it_was(): void
    {
        $json = Material::json(Material::plan());
        $copy = $json;
        PalierPlan::parse($json);
        $this->assertSame($copy, $json);
    }
}
