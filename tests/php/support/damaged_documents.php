<?php
// SPDX-License-Identifier: GPL-3.0-or-later

// php damaged_documents.php ROUNDS: valid documents with a part removed, doubled or changed, by structure
// and by byte. Each is accepted or refused with a PalierException; a session that was accepted goes on.

declare(strict_types=1);

require_once __DIR__ . '/bootstrap.php';

use Palier\Tests\Material;

mt_srand(8220);
$rounds = (int) $argv[1];

$bank = Material::bank(12);
$plan = Material::parsedPlan();
$session = PalierSession::start($bank, $plan, 1, '{"seen":["q1"]}');
for ($step = 0; $step < 5; $step++) {
    $session->record(Material::json(Material::answer(Material::read($session->advance(1))['decision']['next'], 1)));
}
$pending = Material::read($session->advance(1))['decision']['next'];
$documents = [
    'items' => Material::read($bank->itemsJson()),
    'plan' => Material::read($plan->normalised()),
    'log' => Material::read($session->log()),
    'event' => Material::answer($pending, 2),
    'context' => ['prior' => ['distribution' => 'normal', 'mean' => 0.5, 'sd' => 1.2], 'seen' => ['q2'], 'time' => 1],
    'options' => ['persons' => 3, 'seed' => 1, 'lang' => 'en'],
];
$use = [
    'items' => fn($json) => PalierBank::compile($json)->information([-1.0, 0.0, 1.0]),
    'plan' => fn($json) => continueSession(PalierSession::start($bank, PalierPlan::parse($json), 1, '{}')),
    'log' => fn($json) => continueSession(PalierSession::resume($bank, $plan, $json)),
    'event' => function ($json) use ($bank, $plan, $session) {
        $copy = PalierSession::resume($bank, $plan, $session->log());
        $copy->record($json);
        continueSession($copy);
    },
    'context' => fn($json) => continueSession(PalierSession::start($bank, $plan, 1, $json)),
    'options' => fn($json) => Palier::feasibility($bank, $plan, $json),
    'study' => fn($json) => Palier::simulate($bank, $plan, $json),
];

function continueSession(PalierSession $session): void
{
    for ($step = 0; $step < 3; $step++) {
        $item = Material::read($session->advance(3))['decision']['next'] ?? null;
        if ($item === null) {
            break;
        }
        $session->record(Material::json(['type' => 'answered', 'item' => $item, 'fraction' => $step % 2]));
    }
    $session->state();
    $session->replay();
    $session->verify();
    $session->explain('fr');
}

/** The document with one change somewhere inside. */
function damage(mixed $document): mixed
{
    $values = [null, true, -1, 0, 1, 1e308, 17, PHP_INT_MAX, 0.5, '', 'q0', 'é', [], [[]], ['a' => 1]];
    if (!is_array($document) || !$document || !mt_rand(0, 4)) {
        return $values[mt_rand(0, count($values) - 1)];
    }
    $key = array_rand($document);
    switch (mt_rand(0, 5)) {
        case 0:
            unset($document[$key]);
            return array_is_list($document) ? array_values($document) : $document;
        case 1:
            if (array_is_list($document)) {
                $document[] = $document[$key];
            } else {
                $document['unknown'] = $document[$key];
            }
            return $document;
        default:
            $document[$key] = damage($document[$key]);
            return $document;
    }
}

$answered = $refused = 0;
for ($round = 0; $round < $rounds; $round++) {
    $kind = array_rand($documents);
    $json = json_encode(damage($documents[$kind]), JSON_PARTIAL_OUTPUT_ON_ERROR);
    if (!mt_rand(0, 3)) {
        $json[mt_rand(0, strlen($json) - 1)] = chr(mt_rand(0, 255));
    }
    try {
        $use[$kind]($json);
        $answered++;
    } catch (PalierException $e) {
        if ($e->getMessage() === 'unknown C++ exception' || $e->getMessage() === '') {
            fwrite(STDERR, "no reason given for the $kind $json\n");
            exit(1);
        }
        $refused++;
    } catch (JsonException $e) {
        fwrite(STDERR, "an answer that is no JSON, for the $kind $json\n");
        exit(1);
    }
}
echo "$rounds calls: $answered answered, $refused refused\n";
