<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Prints "passed failed skipped" of JUnit reports. Usage: php count-junit.php FILE…
$passed = $failed = $skipped = 0;
foreach (array_slice($argv, 1) as $file) {
    $report = is_file($file) ? simplexml_load_file($file, SimpleXMLElement::class, LIBXML_PARSEHUGE) : false;
    if ($report === false) {
        fwrite(STDERR, "count-junit: '$file' is no JUnit report\n");
        $failed++;
        continue;
    }
    foreach ($report->xpath('//testcase') as $case) {
        $bad = isset($case->failure) || isset($case->error) || (string) $case['status'] === 'fail';
        if (isset($case->skipped)) {
            $skipped++;
            continue;
        }
        // Boost.Test: `55 test cases out of 58 passed`, `2 test cases out of 58 failed`, `1 test case out of 58 skipped`.
        $cases = ['passed' => 0, 'failed' => 0, 'aborted' => 0, 'skipped' => 0];
        preg_match_all('/(\d+) test cases? out of \d+ (passed|failed|aborted|skipped)/', (string) $case->{'system-out'}, $found, PREG_SET_ORDER);
        foreach ($found as [, $number, $outcome]) {
            $cases[$outcome] += (int) $number;
        }
        if (!$found) {
            $cases[$bad ? 'failed' : 'passed'] = 1;
        } else if ($bad && !$cases['failed'] && !$cases['aborted']) {
            $cases['failed'] = 1;
        }
        $passed += $cases['passed'];
        $failed += max($cases['failed'], $cases['aborted']); // An aborted case is a failed one as well.
        $skipped += $cases['skipped'];
    }
}
echo "$passed $failed $skipped\n";
