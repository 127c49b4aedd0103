<?php
// SPDX-License-Identifier: GPL-3.0-or-later

// PALIER_BUILD=DIR php -d extension=DIR/php/palier.so tests/bench/php_step.php [REPETITIONS]
//
// Time of one step of a host (resume, record, advance, state) with a bank of 1,000 two-parameter items,
// at the first and at the twentieth step: in this process by the extension, and by `palier call` with the
// bank in a file. Prints medians in milliseconds, and the parts of the extension's step.
// Limits: 5 ms by the extension, 50 ms by the executable; over a limit, it exits with 1.

declare(strict_types=1);

require_once __DIR__ . '/../php/support/bootstrap.php';

use Palier\Tests\Build;
use Palier\Tests\Material;

$repetitions = max(5, (int) ($argv[1] ?? 200));
$limits = ['extension' => 5.0, 'executable' => 50.0];

/** Median of $values, and their 95th percentile. */
$middle = function (array $values): array {
    sort($values);
    return [$values[intdiv(count($values), 2)], $values[(int) floor(0.95 * (count($values) - 1))]];
};

$bank = Material::bank(1000);
$planArray = Material::plan(['stop' => ['max_items' => 40]]);
$planJson = Material::json($planArray);
$plan = PalierPlan::parse($planJson);
$bankFile = tempnam(sys_get_temp_dir(), 'palier-bench-');
file_put_contents($bankFile, $bank->bytes());
$hash = $bank->hash();

$start = hrtime(true);
PalierBank::open($bankFile, $hash);
$first = (hrtime(true) - $start) / 1e6;

$logs = [];
$session = PalierSession::start($bank, $plan, 1, '{}');
for ($step = 1; $step <= 20; $step++) {
    $item = Material::read($session->advance(1))['decision']['next'];
    $event = Material::answer($item, 2);
    $logs[$step] = [$session->log(), $event];
    $session->record(Material::json($event));
}

printf("Bank of %d items, %d bytes; opened in %.2f ms the first time. %d repetitions.\n",
    $bank->size(), filesize($bankFile), $first, $repetitions);
printf("%-12s %5s %12s %12s %12s\n", 'by', 'step', 'median ms', '95 % ms', 'limit ms');
$over = false;
foreach ([1, 20] as $step) {
    [$log, $event] = $logs[$step];
    $eventJson = Material::json($event);
    $parts = ['open + plan' => [], 'resume' => [], 'record' => [], 'advance' => [], 'state' => []];
    $whole = ['extension' => [], 'executable' => []];
    for ($i = 0; $i < $repetitions; $i++) {
        $t0 = hrtime(true);
        $opened = PalierBank::open($bankFile, $hash);
        $read = PalierPlan::parse($planJson);
        $t1 = hrtime(true);
        $session = PalierSession::resume($opened, $read, $log);
        $t2 = hrtime(true);
        $session->record($eventJson);
        $t3 = hrtime(true);
        $session->advance(3);
        $t4 = hrtime(true);
        $session->state();
        $t5 = hrtime(true);
        foreach ([$t1 - $t0, $t2 - $t1, $t3 - $t2, $t4 - $t3, $t5 - $t4] as $part => $nanoseconds) {
            $parts[array_keys($parts)[$part]][] = $nanoseconds / 1e6;
        }
        $whole['extension'][] = ($t5 - $t0) / 1e6;
    }
    $request = Material::json([
        'call' => 'step', 'bank_file' => $bankFile, 'bank_hash' => $hash, 'plan' => $planArray,
        'log' => Material::read($log), 'events' => [$event], 'time' => 3,
    ]);
    for ($i = 0; $i < max(5, intdiv($repetitions, 4)); $i++) {
        $t0 = hrtime(true);
        [$status, $output] = Build::call($request);
        $whole['executable'][] = (hrtime(true) - $t0) / 1e6;
        if ($status !== 0) {
            fwrite(STDERR, "palier call: $output\n");
            exit(1);
        }
    }
    foreach ($whole as $by => $times) {
        [$median, $high] = $middle($times);
        printf("%-12s %5d %12.3f %12.3f %12.0f\n", $by, $step, $median, $high, $limits[$by]);
        $over = $over || $median > $limits[$by];
    }
    foreach ($parts as $part => $times) {
        [$median, $high] = $middle($times);
        printf("  %-10s %5d %12.3f %12.3f\n", $part, $step, $median, $high);
    }
}
unlink($bankFile);
exit($over ? 1 : 0);
