<?php
// SPDX-License-Identifier: GPL-3.0-or-later

// php rounds.php ROUNDS: sessions in which something is refused at every turn, for a search of leaks.

declare(strict_types=1);

require_once __DIR__ . '/bootstrap.php';

use Palier\Tests\Material;

$rounds = (int) $argv[1];
$thrown = 0;
$refused = function (Closure $call) use (&$thrown): void {
    try {
        $call();
    } catch (Error | PalierException) {
        $thrown++;
        return;
    }
    throw new LogicException('accepted');
};

$items = Material::items(20);
$path = tempnam(sys_get_temp_dir(), 'palier-bank-');
for ($round = 0; $round < $rounds; $round++) {
    $items[0]['b'] = $round % 80 / 40;
    $bank = PalierBank::compile(Material::json($items));
    file_put_contents($path, $bank->bytes());
    $bank = PalierBank::open($path, $bank->hash());
    $plan = Material::parsedPlan();
    $session = PalierSession::start($bank, $plan, $round, '{}');
    for ($step = 0; $step < 4; $step++) {
        $item = Material::read($session->advance(1))['decision']['next'];
        $refused(fn() => $session->record('{"type":"answered","item":"nowhere","fraction":1}'));
        $session->record(Material::json(Material::answer($item, 1)));
        $session = PalierSession::resume($bank, $plan, $session->log());
    }
    $session->replay();
    $session->verify();
    $session->explain($round % 2 ? 'fr' : 'en');
    $bank->information([-1, 0.5]);
    $bank->itemsJson();

    $refused(fn() => PalierBank::compile('[{"item":"q"}]'));
    $refused(fn() => PalierBank::fromBytes(substr($bank->bytes(), 0, -3)));
    $refused(fn() => PalierBank::open($path, str_repeat('0', 64)));
    $refused(fn() => PalierPlan::parse('{"palier_plan":1,"stopping":{}}'));
    $refused(fn() => PalierSession::resume($bank, $plan, '{"palier_log":1}'));
    $refused(fn() => PalierSession::start($bank, $plan, -1, '{}'));
    $refused(fn() => PalierSession::start($plan, $bank, 1, '{}'));
    $refused(fn() => $bank->information([0.5, 'x']));
    $refused(fn() => $session->explain('de'));
    $refused(fn() => Palier::call('{"call":"divine"}'));
    $refused(fn() => new PalierSession());
    $refused(fn() => clone $session);
    $refused(fn() => (new ReflectionMethod($session, '__construct'))->invoke($session));
}
unlink($path);
echo "$rounds rounds, $thrown refusals\n";
