<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use Palier;
use PalierBank;
use PalierPlan;
use PalierSession;
use PHPUnit\Framework\TestCase;

/** A session in PHP is the session of `palier call`. */
final class SessionTest extends TestCase
{
    private const SEED = 20_261_124;
    private const START = 1_760_000_000_000;

    private static string $bankFile;
    private static PalierBank $bank;

    public static function setUpBeforeClass(): void
    {
        self::$bank = Material::bank(60);
        self::$bankFile = tempnam(sys_get_temp_dir(), 'palier-bank-');
        file_put_contents(self::$bankFile, self::$bank->bytes());
    }

    public static function tearDownAfterClass(): void
    {
        unlink(self::$bankFile);
    }

    /**
     * @dataProvider plans
     */
    public function test_a_whole_session_is_the_same_by_extension_and_by_executable(array $changes): void
    {
        $plan = Material::parsedPlan($changes);
        $context = ['seen' => ['q3', 'q7'], 'time' => self::START];
        $session = PalierSession::start(self::$bank, $plan, self::SEED, Material::json($context));
        $advanced = Material::read($session->advance(self::START));

        $begun = ['seed' => self::SEED, 'context' => $context, 'time' => self::START];
        $answer = $this->executable('step', $changes, $begun);
        $this->assertSame($answer, Material::read(Palier::step(self::$bank, $plan, Material::json($begun))));
        $log = $answer['log'] + ['events' => self::events($answer)];
        $this->assertSame($advanced['decision']['next'], $answer['next']);
        $this->assertSame(Material::read($session->state()), $answer['result']);
        $this->assertEquals(Material::read($session->log()), $log);

        $step = 0;
        while (isset($advanced['decision']['next'])) {
            $step++;
            $time = self::START + 10_000 * $step;
            $events = self::outcome($advanced['decision']['next'], $step, $time);
            $recorded = array_map(fn($event) => Material::read($session->record(Material::json($event))), $events);
            $advanced = Material::read($session->advance($time));

            $request = ['log' => $log, 'events' => $events, 'time' => $time];
            $answer = $this->executable('step', $changes, $request);
            $this->assertSame($answer, Material::read(Palier::step(self::$bank, $plan, Material::json($request))));
            $this->assertSame([...$recorded, $advanced['event']], self::events($answer), "events of step $step");
            $this->assertSame($advanced['decision']['next'] ?? null, $answer['next'], "next of step $step");
            $this->assertSame(Material::read($session->state()), $answer['result'], "result after step $step");
            array_push($log['events'], ...self::events($answer));
            $this->assertEquals(Material::read($session->log()), $log, "log after step $step");
        }

        $this->assertGreaterThanOrEqual(5, $step);
        $this->assertSame(Material::read($session->replay()), $this->executable('replay', $changes, ['log' => $log]));
        $this->assertSame(Material::read($session->state()), $this->executable('state', $changes, ['log' => $log]));
        $verified = $this->executable('verify', $changes, ['log' => $log]);
        $this->assertSame(['first_difference' => null, 'same' => true], $verified);
        $this->assertSame($verified, Material::read($session->verify()));
    }

    /** The new events of a step. */
    private static function events(array $answer): array
    {
        return array_map(fn($event) => Material::read($event['data']), $answer['events']);
    }

    public static function plans(): iterable
    {
        yield 'EAP to a standard error' => [[]];
        yield 'MAP, the best item' => [['estimation' => ['estimator' => 'map'], 'selection' => ['criterion' => 'mfi']]];
        yield 'WLE, items drawn' => [['estimation' => ['estimator' => 'wle'], 'selection' => ['criterion' => 'random']]];
        yield 'ML, twelve items' => [['estimation' => ['estimator' => 'ml'], 'stop' => ['max_items' => 12]]];
    }

    public function test_a_session_resumed_before_every_step_takes_the_same_path_as_one_that_was_kept(): void
    {
        $plan = Material::parsedPlan();
        $kept = PalierSession::start(self::$bank, $plan, 7, '{}');
        $kept->advance(self::START);
        $log = $kept->log();
        for ($step = 1; $step <= 12; $step++) {
            $resumed = PalierSession::resume(self::$bank, $plan, $log);
            foreach ([$kept, $resumed] as $session) {
                $event = Material::answer(Material::read($session->state())['pending'], self::START + $step);
                $session->record(Material::json($event));
                $session->advance(self::START + $step);
            }
            $this->assertSame($kept->state(), $resumed->state());
            $this->assertSame($kept->replay(), $resumed->replay());
            $this->assertSame($kept->log(), $log = $resumed->log());
        }
    }

    public function test_advancing_with_an_item_on_screen_appends_nothing(): void
    {
        $session = PalierSession::start(self::$bank, Material::parsedPlan(), 1, '{}');
        $first = Material::read($session->advance(self::START));
        $log = $session->log();
        $second = Material::read($session->advance(self::START + 1));
        $this->assertNull($second['event']);
        $this->assertSame($first['decision']['next'], $second['decision']['next']);
        $this->assertTrue($second['decision']['pending']);
        $this->assertSame($log, $session->log());
    }

    public function test_a_session_outlives_the_variables_of_its_bank_and_plan(): void
    {
        $bank = Material::bank(20);
        $plan = Material::parsedPlan();
        $session = PalierSession::start($bank, $plan, 1, '{}');
        unset($bank, $plan);
        gc_collect_cycles();
        $this->assertArrayHasKey('next', Material::read($session->advance(self::START))['decision']);
    }

    public function test_the_same_seed_gives_the_same_session_and_another_seed_another(): void
    {
        $paths = array_map(function (int $seed): string {
            $session = PalierSession::start(
                self::$bank,
                Material::parsedPlan(['selection' => ['criterion' => 'random']]),
                $seed,
                '{}'
            );
            $items = [];
            for ($step = 0; $step < 8; $step++) {
                $items[] = $item = Material::read($session->advance(self::START))['decision']['next'];
                $session->record(Material::json(Material::answer($item, self::START)));
            }
            return implode(' ', $items);
        }, [9_007_199_254_740_991, 9_007_199_254_740_991, 0]);
        $this->assertSame($paths[0], $paths[1]);
        $this->assertNotSame($paths[0], $paths[2]);
    }

    public function test_the_record_holds_every_answer_with_what_was_known_after_it(): void
    {
        $session = PalierSession::start(self::$bank, Material::parsedPlan(), 3, '{}');
        $asked = [];
        for ($step = 0; $step < 6; $step++) {
            $asked[] = $item = Material::read($session->advance(self::START))['decision']['next'];
            $session->record(Material::json(Material::answer($item, self::START)));
        }
        $record = Material::read($session->replay());
        $this->assertSame($asked, array_column($record['steps'], 'item'));
        $this->assertSame($record['theta'], end($record['steps'])['theta']);
        $this->assertSame(Material::read($session->state()), array_diff_key($record, ['steps' => 0]));
    }

    public function test_statements_are_those_of_the_executable(): void
    {
        $session = PalierSession::start(self::$bank, Material::parsedPlan(), 3, Material::json(['time' => self::START]));
        $item = Material::read($session->advance(self::START))['decision']['next'];
        $session->record(Material::json(Material::answer($item, self::START)));
        $request = [
            'log' => Material::read($session->log()),
            'record' => Material::read($session->replay()),
            'context' => [
                'site' => 'https://lms.example.org', 'version' => '1.0.0',
                'attempt' => 'https://lms.example.org/attempt/1',
                'registration' => '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
                'actor' => [
                    'objectType' => 'Agent', 'account' => ['homePage' => 'https://lms.example.org', 'name' => 'learner'],
                ],
                'activity' => [
                    'id' => 'https://lms.example.org/activity/1', 'name' => ['en' => 'A test'],
                    'type' => 'http://adlnet.gov/expapi/activities/assessment',
                ],
                'language' => 'en', 'plan' => Material::plan(), 'bank' => self::$bank->hash(),
                'items' => [$item => ['id' => 'https://lms.example.org/item/1', 'name' => ['en' => 'An item']]],
            ],
        ];
        [$status, $output] = Build::call(Material::json(['call' => 'statements'] + $request));
        $this->assertSame(0, $status, $output);
        $statements = Material::read(\Palier::statements(Material::json($request)));
        $this->assertSame(Material::read($output), $statements);
        $this->assertNotEmpty($statements['statements']);
    }

    public function test_information_is_that_of_the_executable(): void
    {
        $thetas = [-2, -0.5, 0, 1.25];
        [$status, $output] = Build::call(Material::json([
            'call' => 'information', 'bank_file' => self::$bankFile, 'thetas' => $thetas,
        ]));
        $this->assertSame(0, $status, $output);
        $this->assertSame(Material::read($output)['information'], self::$bank->information($thetas));
    }

    public function test_a_call_in_this_process_answers_what_the_executable_prints(): void
    {
        $request = Material::json(['call' => 'plan', 'plan' => Material::plan()]);
        [$status, $output] = Build::call($request);
        $this->assertSame(0, $status);
        $this->assertSame(Material::read($output), Material::read(\Palier::call($request)));
        $this->assertSame(\Palier::version(), Material::read(\Palier::call('{"call":"version"}'))['version']);
    }

    /** What happens to the item of a step: mostly an answer, and each other outcome once. */
    private static function outcome(string $item, int $step, int $time): array
    {
        return match ($step) {
            2 => [['type' => 'unknown', 'item' => $item, 'ms' => 3000, 'time' => $time]],
            3 => [['type' => 'skipped', 'item' => $item, 'ms' => 2000, 'time' => $time]],
            4 => [
                ['type' => 'paused', 'time' => $time - 9000], ['type' => 'resumed', 'time' => $time - 5000],
                ['type' => 'timed_out', 'item' => $item, 'ms' => 5000, 'time' => $time],
            ],
            5 => [
                Material::answer($item, $time),
                ['type' => 'dropped', 'item' => $item, 'reason' => 'appeal', 'time' => $time],
            ],
            default => [Material::answer($item, $time)],
        };
    }

    private function executable(string $call, array $planChanges, array $members): array
    {
        [$status, $output] = Build::call(Material::json([
            'call' => $call, 'bank_file' => self::$bankFile, 'bank_hash' => self::$bank->hash(),
            'plan' => Material::plan($planChanges),
        ] + $members));
        $this->assertSame(0, $status, $output);
        return Material::read($output);
    }
}
