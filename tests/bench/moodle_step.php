<?php
// SPDX-License-Identifier: GPL-3.0-or-later

// PALIER_BUILD=DIR php -d extension=DIR/php/palier.so tests/bench/moodle_step.php [REPETITIONS [TREE]]
//
// What the engine costs of one answer in Moodle: from the log as text to events, result, next question and statements
// as PHP values, with a bank of 48 and of 1,000 two-parameter items, at steps 1 and 30; in this process by the
// extension, and by `palier call` (one process; before the call `step` made statements, two). Prints the median of the
// time that passed, and the mean of processor time (this process and those that it started), which other work on the
// machine disturbs less; milliseconds. The bank is a file that the extension has open, as in a PHP worker.
//
// A build without Palier::step (up to e30b697) is driven as the plugin of that time did; TREE is its source, for the
// scanner of JSON that it needed. tests/bench/before_after.sh runs both, one after the other.

declare(strict_types=1);

require_once __DIR__ . '/../php/support/bootstrap.php';

use Palier\Tests\Build;
use Palier\Tests\Material;

$repetitions = max(5, (int) ($argv[1] ?? 200));
$former = !method_exists('Palier', 'step');
if ($former) {
    defined('MOODLE_INTERNAL') || define('MOODLE_INTERNAL', true);
    require_once ($argv[2] ?? '.') . '/adapters/moodle/mod_palier/classes/local/engine/json_text.php';
}

/** Processor time of this process and of the ended ones that it started, in milliseconds. */
$processor = function (): float {
    $sum = 0;
    foreach ([getrusage(0), getrusage(1)] as $usage) {
        foreach (['ru_utime', 'ru_stime'] as $kind) {
            $sum += 1e3 * $usage["$kind.tv_sec"] + $usage["$kind.tv_usec"] / 1e3;
        }
    }
    return $sum;
};

/** What statements are told of the attempt, as mod_palier does for one answer. */
$context = fn(string $item): array => [
    'site' => 'https://moodle.example.org', 'version' => '1.0.3',
    'attempt' => 'https://moodle.example.org/mod/palier/attempt/123',
    'registration' => '3f0a1c1f-3b0e-4a8f-8f1a-7f7a3f0a1c1f',
    'actor' => ['objectType' => 'Agent', 'account' => ['homePage' => 'https://moodle.example.org', 'name' => '17']],
    'activity' => ['id' => 'https://moodle.example.org/mod/palier/view.php?id=45', 'name' => ['en' => 'Digital skills']],
    'parent' => [['id' => 'https://moodle.example.org/course/view.php?id=3', 'name' => ['en' => 'Course']]],
    'language' => 'en',
    'items' => [$item => ['id' => "https://moodle.example.org/question/$item", 'name' => ['en' => $item],
        'interaction' => 'choice']],
];

/** A whole step by the extension, with the calls of this build; how many statements it gave. */
$extension = function (string $file, string $hash, string $plan, string $log, array $event) use ($former, $context): int {
    $bank = PalierBank::open($file, $hash);
    $read = PalierPlan::parse($plan);
    $told = $context($event['item']);
    if (!$former) {
        $answer = Material::read(Palier::step($bank, $read, '{"log":' . $log . ',"events":[' . Material::json($event)
            . '],"time":3,"told":' . Material::json($told) . '}'));
        return count($answer['statements']);
    }
    $session = PalierSession::resume($bank, $read, $log);
    $events = [$session->record(Material::json($event))];
    $advanced = $session->advance(3);
    $events[] = \mod_palier\local\engine\json_text::member($advanced, 'event');
    Material::read(\mod_palier\local\engine\json_text::member($advanced, 'decision'));
    Material::read($session->state());
    $record = Material::read($session->replay());
    array_map(Material::read(...), $events);
    $whole = substr(rtrim($log), 0, -2) . ',' . implode(',', $events) . ']}';
    $from = count(Material::read($whole)['events']) - count($events);
    $request = '{"log":' . $whole . ',"record":' . Material::json($record) . ',"context":'
        . Material::json($told + ['plan' => Material::read($plan), 'bank' => $hash]) . ',"from_event":' . $from . '}';
    $statements = Material::read(Palier::statements($request))['statements'];
    array_map(fn($one) => Material::json($one['statement']), $statements);
    return count($statements);
};

/** The same by the executable. */
$executable = function (string $file, string $hash, string $plan, string $log, array $event) use ($former, $context): int {
    $call = function (string $request): array {
        [$status, $output] = Build::call($request);
        if ($status !== 0) {
            fwrite(STDERR, "palier call: $output\n");
            exit(1);
        }
        return Material::read($output);
    };
    $told = $context($event['item']);
    $answer = $call('{"call":"step","bank_file":' . Material::json($file) . ',"bank_hash":"' . $hash . '","plan":' . $plan
        . ',"log":' . $log . ',"events":[' . Material::json($event) . '],"time":3'
        . ($former ? '' : ',"told":' . Material::json($told)) . '}');
    if (!$former) {
        return count($answer['statements']);
    }
    $whole = substr(rtrim($log), 0, -2) . ',' . implode(',', array_map(Material::json(...), $answer['events'])) . ']}';
    $from = count(Material::read($whole)['events']) - count($answer['events']);
    $statements = $call('{"call":"statements","log":' . $whole . ',"record":' . Material::json($answer['record'])
        . ',"context":' . Material::json($told + ['plan' => Material::read($plan), 'bank' => $hash])
        . ',"from_event":' . $from . '}')['statements'];
    array_map(fn($one) => Material::json($one['statement']), $statements);
    return count($statements);
};

printf("%s, PHP %s, load %.1f, %d repetitions (executable: a quarter); %s\n", Build::directory(), PHP_VERSION,
    sys_getloadavg()[0], $repetitions, $former ? 'calls of e30b697' : 'one call a step');
printf("%6s %5s %-12s %10s %10s %11s\n", 'items', 'step', 'by', 'passed ms', 'CPU ms', 'statements');
foreach ([48, 1000] as $size) {
    $bank = Material::bank($size);
    $planjson = Material::json(Material::plan(['stop' => ['max_items' => 40]]));
    $file = tempnam(sys_get_temp_dir(), 'palier-bench-');
    file_put_contents($file, $bank->bytes());
    $hash = $bank->hash();
    $session = PalierSession::start($bank, PalierPlan::parse($planjson), 1, '{}');
    $logs = [];
    for ($step = 1; $step <= 30; $step++) {
        $event = Material::answer(Material::read($session->advance(1))['decision']['next'], 2);
        // Events last, so that a host can append to the text.
        $log = Material::read($session->log());
        $logs[$step] = [Material::json(array_diff_key($log, ['events' => 1]) + $log), $event];
        $session->record(Material::json($event));
    }
    foreach ([1, 30] as $step) {
        foreach (['extension' => $repetitions, 'executable' => max(5, intdiv($repetitions, 4))] as $by => $times) {
            $run = $$by;
            $made = $run($file, $hash, $planjson, ...$logs[$step]);
            $passed = [];
            $cpu = $processor();
            for ($i = 0; $i < $times; $i++) {
                $begin = hrtime(true);
                $run($file, $hash, $planjson, ...$logs[$step]);
                $passed[] = (hrtime(true) - $begin) / 1e6;
            }
            $cpu = ($processor() - $cpu) / $times;
            sort($passed);
            printf("%6d %5d %-12s %10.3f %10.3f %11d\n", $size, $step, $by, $passed[intdiv($times, 2)], $cpu, $made);
        }
    }
    unlink($file);
}
