<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use Palier;
use PalierPlan;
use PalierSession;
use PHPUnit\Framework\TestCase;

/** What a session was and what a test will be are told alike by extension and by executable. */
final class ExplanationsTest extends TestCase
{
    /**
     * @dataProvider languages
     */
    public function test_the_story_of_a_session_is_that_of_the_executable(string $language): void
    {
        $session = PalierSession::start(Material::bank(30), Material::parsedPlan(), 4, '{"seen":["q2"]}');
        do {
            $item = Material::read($session->advance(1))['decision']['next'] ?? null;
            if ($item !== null) {
                $session->record(Material::json(Material::answer($item, 1)));
            }
        } while ($item !== null);
        $story = Material::read($session->explain($language));
        $this->assertSame($language, $story['language']);
        $this->assertCount(count(Material::read($session->replay())['steps']), $story['steps']);
        $this->assertSame($this->executable('explain', [
            'items' => Material::items(30), 'log' => Material::read($session->log()), 'lang' => $language,
        ]), $story);
    }

    public static function languages(): iterable
    {
        yield 'French' => ['fr'];
        yield 'English' => ['en'];
    }

    public function test_feasibility_is_that_of_the_executable(): void
    {
        $options = ['persons' => 50, 'seed' => 1, 'lang' => 'en'];
        $this->assertSame(
            $this->executable('feasibility', ['items' => Material::items(60), 'options' => $options]),
            Material::read(Palier::feasibility(Material::bank(60), Material::parsedPlan(), Material::json($options)))
        );
    }

    public function test_feasibility_without_persons_says_what_bank_and_plan_demand(): void
    {
        $check = fn(int $items, string $plan) => Material::read(
            Palier::feasibility(Material::bank($items), PalierPlan::parse($plan), '{"persons":0}')
        );
        $plan = '{"palier_plan":1,"levels":{"cuts":[-1,0,1]},"stop":{"standard_error":0.01,"max_items":30}}';
        // Its promise cannot be kept, which only persons would show.
        $found = $check(60, $plan);
        $this->assertTrue($found['can_run']);
        $this->assertSame([60, 0, null, [], []], [
            $found['items'], $found['persons'], $found['expected_items'], $found['by_level'], $found['problems'],
        ]);
        $this->assertFalse(Material::read(
            Palier::feasibility(Material::bank(60), PalierPlan::parse($plan), '{"persons":50}')
        )['can_run']);
        $few = $check(3, '{"palier_plan":1,"stop":{"min_items":5,"max_items":6}}');
        $this->assertFalse($few['can_run']);
        $this->assertNotEmpty($few['problems']);
    }

    public function test_a_design_study_is_that_of_the_executable(): void
    {
        $options = ['persons' => 50, 'seed' => 3, 'lang' => 'fr', 'population' => ['distribution' => 'uniform', 'low' => -2, 'high' => 2]];
        $study = Material::read(Palier::simulate(Material::bank(60), Material::parsedPlan(), Material::json($options)));
        $this->assertEquals(
            $this->executable('simulate', ['items' => Material::items(60), 'options' => $options]),
            $study
        );
        $this->assertSame(50, $study['persons']);
        $threads = Palier::simulate(Material::bank(60), Material::parsedPlan(), Material::json($options + ['threads' => 3]));
        $this->assertEquals($study, Material::read($threads));
    }

    public function test_an_option_of_a_study_that_is_not_known_is_refused(): void
    {
        $this->expectException(\PalierArgumentException::class);
        $this->expectExceptionMessage("did you mean 'persons'?");
        Palier::simulate(Material::bank(3), Material::parsedPlan(), '{"person":5}');
    }

    public function test_an_option_of_feasibility_of_another_type_is_refused(): void
    {
        $this->expectException(\PalierArgumentException::class);
        $this->expectExceptionMessage('persons');
        Palier::feasibility(Material::bank(3), Material::parsedPlan(), '{"persons":"many"}');
    }

    private function executable(string $call, array $members): array
    {
        [$status, $output] = Build::call(Material::json(['call' => $call, 'plan' => Material::plan()] + $members));
        $this->assertSame(0, $status, $output);
        return Material::read($output);
    }
}
