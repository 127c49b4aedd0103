<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use PalierBank;
use PalierPlan;

/** Banks, plans and learners for the tests: made by arithmetic, the same on every run. */
final class Material
{
    /** @return list<array<string, mixed>> two-parameter items, b from -3 to 3 logits, a from 0.6 to 1.8 */
    public static function items(int $count): array
    {
        return array_map(self::item(...), range(0, $count - 1));
    }

    /** @return array<string, mixed> */
    private static function item(int $number): array
    {
        return [
            'item' => "q$number",
            'scale' => 'main',
            'model' => '2pl',
            'a' => 0.6 + 1.2 * self::fraction("a$number"),
            'b' => -3 + 6 * self::fraction("b$number"),
        ];
    }

    public static function bank(int $count = 60): PalierBank
    {
        return PalierBank::compile(self::json(self::items($count)));
    }

    /** A plan as an array; `$changes` replace whole keys. */
    public static function plan(array $changes = []): array
    {
        return $changes + [
            'palier_plan' => 1,
            'stop' => ['standard_error' => 0.4, 'min_items' => 5, 'max_items' => 25],
            'selection' => ['criterion' => 'mfi', 'randomesque' => 3],
            'levels' => ['cuts' => [-1, 0, 1], 'first' => 0],
        ];
    }

    public static function parsedPlan(array $changes = []): PalierPlan
    {
        return PalierPlan::parse(self::json(self::plan($changes)));
    }

    /** What a learner at 0.4 logits answers to an item, always the same. */
    public static function answer(string $item, int $time): array
    {
        $parameters = self::item((int) substr($item, 1));
        $probability = 1 / (1 + exp(-$parameters['a'] * (0.4 - $parameters['b'])));
        $right = self::fraction("answer of $item") < $probability;
        return [
            'type' => 'answered', 'item' => $item, 'response' => $right ? 'right' : 'wrong',
            'fraction' => $right ? 1 : 0, 'ms' => 4000 + (int) (3000 * self::fraction("ms of $item")), 'time' => $time,
        ];
    }

    public static function json(mixed $value): string
    {
        return json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }

    public static function read(string $json): mixed
    {
        return json_decode($json, true, 512, JSON_THROW_ON_ERROR);
    }

    /** A number from 0 to 1 that hangs on the name alone. */
    private static function fraction(string $name): float
    {
        return hexdec(substr(md5($name), 0, 8)) / 0xffffffff;
    }
}
