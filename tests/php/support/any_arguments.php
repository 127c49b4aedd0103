<?php
// SPDX-License-Identifier: GPL-3.0-or-later

// php any_arguments.php ROUNDS: calls every method with arguments of any type and number. A method
// may answer or throw; it may not crash, warn, or throw what is neither an Error nor a PalierException.

declare(strict_types=1);

require_once __DIR__ . '/bootstrap.php';

use Palier\Tests\Material;

set_error_handler(fn($level, $message) => throw new ErrorException($message));
mt_srand(82);
$rounds = (int) $argv[1];

$bank = Material::bank(8);
$plan = Material::parsedPlan();
$session = PalierSession::start($bank, $plan, 1, '{}');
$session->advance(1);
$cycle = [1.0];
$cycle[] = &$cycle;
$closed = fopen('php://memory', 'r');
fclose($closed);
$values = [
    null, true, false, 0, 1, -1, PHP_INT_MAX, PHP_INT_MIN, 2 ** 53 - 1, 2 ** 53, 0.0, -0.0, 2.7, NAN, INF, PHP_FLOAT_MAX,
    '', '0', "\0", "\xff\xfe", '/tmp', str_repeat('a', 64), str_repeat('x', 100_000), '{}', '[]', 'null', '{"call":"version"}',
    [], [0.5], [0, 1, '2'], ['a' => 1], [[[]]], $cycle, range(-6, 6), new stdClass(), new ArrayObject([1]), fn() => 1, STDIN, $closed,
    $bank, $plan, $session, $bank->bytes(), $bank->hash(), $bank->itemsJson(), $plan->normalised(), $session->log(),
    Material::json(['type' => 'paused']),
];
$methods = [];
foreach ((new ReflectionExtension('palier'))->getClasses() as $class) {
    if (!$class->isSubclassOf(Throwable::class)) {
        array_push($methods, ...array_filter($class->getMethods(), fn($method) => !$method->isConstructor()));
    }
}
$objects = ['PalierBank' => $bank, 'PalierPlan' => $plan, 'PalierSession' => $session];

$answered = $refused = 0;
for ($round = 0; $round < $rounds; $round++) {
    $method = $methods[mt_rand(0, count($methods) - 1)];
    $count = mt_rand(0, 5) ? $method->getNumberOfParameters() : mt_rand(0, 6);
    $arguments = [];
    for ($i = 0; $i < $count; $i++) {
        // Half of the arguments are of the right class, so that the others are reached.
        $type = (string) ($method->getParameters()[$i] ?? null)?->getType();
        $arguments[] = isset($objects[$type]) && mt_rand(0, 1) ? $objects[$type] : $values[mt_rand(0, count($values) - 1)];
    }
    try {
        $result = $method->invokeArgs($method->isStatic() ? null : $objects[$method->class], $arguments);
        if (is_object($result)) {
            $objects[get_class($result)] = $result;
        }
        $answered++;
    } catch (Error | PalierException) {
        $refused++;
    }
}
echo "$rounds calls: $answered answered, $refused refused\n";
