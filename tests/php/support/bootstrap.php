<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

if (!extension_loaded('palier')) {
    fwrite(STDERR, "The extension is not loaded. Run tests/php/run, or: "
        . "PALIER_BUILD=DIR php -d extension=DIR/php/palier.so phpunit -c tests/php\n");
    exit(1);
}
// Material prints numbers for the engine: every digit of them.
ini_set('serialize_precision', '-1');

require_once __DIR__ . '/Build.php';
require_once __DIR__ . '/Material.php';
