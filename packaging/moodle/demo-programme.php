<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Who is who, of the JSON that local/palier/cli/demo.php ends with.
// Usage: php demo-programme.php FILE
$lines = file($argv[1], FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
$made = json_decode((string) end($lines), true);
if (!is_array($made)) {
    echo implode("\n", $lines), "\n";
    exit;
}
$agents = [];
foreach ($made['accounts'] as $account) {
    if (str_starts_with($account['username'], 'agent')) {
        $agents[$account['place']][] = $account['username'];
    } else {
        printf("  %-20s %s\n", $account['username'], $account['name']);
    }
}
foreach ($agents as $place => $names) {
    printf("  %-20s agents of: %s\n", $names[0] . '-' . substr((string) end($names), strlen('agent')), $place);
}
echo "\n";
foreach ($made['campaigns'] as $campaign) {
    printf("  campaign    %s (%s)\n  its link    %s\n", $campaign['url'], $campaign['name'], $campaign['link']);
}
foreach ($made['authorities'] as $authority) {
    printf("  campaigns   %s (%s)\n", $authority['campaigns'], $authority['name']);
}
printf("  maps        %s\n", $made['maps']);
