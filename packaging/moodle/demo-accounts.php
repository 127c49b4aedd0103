<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// What a person should read of the JSON that mod/palier/cli/demo.php ends with.
// Usage: php demo-accounts.php FILE ADDRESS
[, $file, $address] = $argv;
$lines = file($file, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
$made = json_decode((string) end($lines), true);
if (!is_array($made)) {
    echo implode("\n", $lines), "\n";
    exit;
}
printf("  %-14s trainer\n", $made['trainer']);
foreach ($made['learners'] as $learner) {
    printf("  %-14s learner%s\n", $learner, in_array($learner, $made['newlearners'] ?? [], true) ? ', has not taken the test yet' : '');
}
$link = fn(string $url) => str_starts_with($url, 'http') ? $url : $address . $url;
echo "\n  course      ", $link($made['courseurl'] ?? "/course/view.php?id={$made['course']}"), "\n";
foreach ($made['tests'] ?? [] as $name => $test) {
    foreach (['view' => 'test', 'check' => 'check', 'report' => 'follow', 'statements' => 'statements', 'parameters' => 'parameters'] as $key => $what) {
        if (isset($test[$key])) {
            printf("  %-11s %s%s\n", $what, $link($test[$key]), is_string($name) ? " ($name)" : '');
        }
    }
}
