<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use Palier;
use PalierBank;
use PalierException;
use PalierPlan;
use PalierPlanException;
use PalierSession;
use PHPUnit\Framework\TestCase;

/** A plan's demands on the whole test hold in PHP as anywhere else. */
final class ConstraintsTest extends TestCase
{
    /** 40 items: areas A and B, two key formats that cross them, and a number of words. */
    private static function items(): array
    {
        $items = [];
        for ($k = 0; $k < 40; $k++) {
            $items[] = ['item' => "q$k", 'b' => ($k % 9 - 4) / 2, 'content' => [$k % 2 ? 'A' : 'B'],
                'key_format' => $k % 3 ? 'short' : 'long', 'num.words' => 10 + $k % 5];
        }
        return $items;
    }

    private static function plan(array $constraints): array
    {
        return ['palier_plan' => 1, 'stop' => ['max_items' => 6], 'constraints' => $constraints];
    }

    private const BOUNDS = [
        ['attribute' => 'content', 'value' => 'A', 'min' => 4, 'max' => 4],
        ['attribute' => 'key_format', 'value' => 'long', 'min' => 2],
        ['sum' => 'words', 'max' => 70],
    ];

    public function test_a_shadow_test_keeps_its_bounds_through_the_extension(): void
    {
        $items = array_column(self::items(), null, 'item');
        $bank = PalierBank::compile(json_encode(self::items()));
        $plan = PalierPlan::parse(json_encode(self::plan(['method' => 'shadow', 'bounds' => self::BOUNDS])));
        try {
            $session = PalierSession::start($bank, $plan, 7, '{}');
        } catch (PalierPlanException $refusal) {
            $this->assertStringContainsString('needs a solver', $refusal->getMessage());
            $this->markTestSkipped('this build has no solver');
        }
        $asked = [];
        while (isset(($decision = json_decode($session->advance(1), true)['decision'])['next'])) {
            $asked[] = $items[$decision['next']];
            $session->record(json_encode(['type' => 'answered', 'item' => $decision['next'], 'category' => count($asked) % 2]));
        }
        $this->assertCount(6, $asked);
        $this->assertCount(4, array_filter($asked, fn($item) => $item['content'] === ['A']));
        $this->assertGreaterThanOrEqual(2, count(array_filter($asked, fn($item) => $item['key_format'] === 'long')));
        $this->assertLessThanOrEqual(70, array_sum(array_column($asked, 'num.words')));
        $this->assertTrue(json_decode($session->verify(), true)['same']);
    }

    public function test_forms_and_counts_are_calls(): void
    {
        $bounds = [['attribute' => 'content', 'value' => 'A', 'min' => 4, 'max' => 4]];
        $request = ['items' => self::items(), 'plan' => self::plan(['bounds' => $bounds])];
        $forms = json_decode(Palier::call(json_encode(['call' => 'assemble', 'thetas' => [0.5]] + $request)), true);
        $this->assertCount(6, $forms['forms'][0]['items']);
        $request['plan']['exposure'] = ['control' => 'maximum_rate', 'max_rate' => 0.5];
        $counts = json_decode(Palier::call(json_encode(['call' => 'exposure'] + $request)), true);
        $this->assertSame([0], $counts['counts']['sessions']);
        // An empty PHP array is an empty object.
        $again = json_decode(Palier::call(json_encode(['call' => 'exposure', 'counts' => $counts['counts']] + $request)), true);
        $this->assertSame($counts, $again);
        $this->expectException(PalierException::class);
        $this->expectExceptionMessage("'constraints.bounds[0]'");
        $request['plan']['constraints']['bounds'][0] = ['attribute' => 'content', 'value' => 'A', 'min' => 7];
        Palier::call(json_encode(['call' => 'assemble'] + $request));
    }
}
