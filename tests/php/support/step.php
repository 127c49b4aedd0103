<?php
// SPDX-License-Identifier: GPL-3.0-or-later

// One request of a web host: opens the bank by its hash, goes on from the log, says what it knows.

declare(strict_types=1);

try {
    $bank = PalierBank::open($_GET['path'], $_GET['hash']);
    $plan = PalierPlan::parse($_GET['plan']);
    $session = isset($_GET['log'])
        ? PalierSession::resume($bank, $plan, $_GET['log'])
        : PalierSession::start($bank, $plan, 5, '{}');
    if (isset($_GET['event'])) {
        $session->record($_GET['event']);
    }
    $decision = $session->advance(1_760_000_000_000);
    $answer = ['decision' => $decision, 'state' => $session->state(), 'log' => $session->log()];
} catch (Throwable $e) {
    $answer = ['error' => get_class($e) . ': ' . $e->getMessage()];
}
echo json_encode($answer + ['worker' => getmypid(), 'opcache' => function_exists('opcache_get_status')
    && (opcache_get_status(false)['opcache_enabled'] ?? false)]);
