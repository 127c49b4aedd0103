<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Makes, or checks, the table that the grader is held to: Moodle's own question engine grades responses.
//
//   php moodle_table.php --moodle DIR --output responses.json FILE.xml…   writes the table
//   php moodle_table.php --moodle DIR --check responses.json FILE.xml…    plays them again; 1 if a row differs
//
// DIR is the moodle folder of a disposable site (packaging/dev-site): the questions are imported into it.
// A response is posted as a browser posts it, saved, and the attempt finished with deferred feedback.

define('CLI_SCRIPT', true);
$options = getopt('', ['moodle:', 'output:', 'check:'], $rest);
$files = array_map('realpath', array_slice($argv, $rest));
$table = $options['output'] ?? $options['check'] ?? null;
if (empty($options['moodle']) || $table === null || !$files || in_array(false, $files, true)) {
    fwrite(STDERR, "usage: php moodle_table.php --moodle DIR (--output|--check) TABLE FILE.xml…\n");
    exit(2);
}
$table = (str_starts_with($table, '/') ? '' : getcwd() . '/') . $table;
require($options['moodle'] . '/config.php');
require_once($CFG->dirroot . '/question/format/xml/format.php');
require_once($CFG->dirroot . '/question/engine/lib.php');
require_once(__DIR__ . '/moodle_cases.php');
require_once(__DIR__ . '/moodle_play.php');
\core\session\manager::set_user(get_admin());
force_current_language('en');
$CFG->debug = E_ALL & ~E_WARNING & ~E_NOTICE & ~E_DEPRECATED;   // A response may lack the unit that Moodle reads.
$CFG->debugdisplay = 1;
error_reporting($CFG->debug);

$rows = [];
foreach ($files as $file) {
    $xml = simplexml_load_file($file, SimpleXMLElement::class, LIBXML_NOCDATA | LIBXML_NONET);
    $loaded = import_questions($file);
    foreach ($xml->question as $question) {
        $idnumber = (string)$question->idnumber;
        $cases = in_array((string)$question['type'], ['category', 'essay', 'description'], true) ? [] : cases($question);
        foreach ($cases as $i => $case) {
            mt_srand(crc32("$idnumber $i"));   // The same draw each time, where Moodle draws items.
            $rows[] = ['question' => $idnumber] + play($loaded[$idnumber], identifiers($question), $case);
        }
    }
}
$source = ['made_by' => 'tests/formats/moodle_table.php', 'moodle' => $CFG->release, 'version' => (string)$CFG->version,
    'behaviour' => 'deferredfeedback', 'files' => array_map('basename', $files)];

if (isset($options['check'])) {
    $kept = json_decode(file_get_contents($table), true)['rows'];
    $made = json_decode(json_encode($rows), true);
    $differ = array_keys(array_filter($made + $kept, fn($i) => ($made[$i] ?? null) !== ($kept[$i] ?? null), ARRAY_FILTER_USE_KEY));
    foreach (array_slice($differ, 0, 20) as $i) {
        echo "row $i: the table has ", json_encode($kept[$i] ?? null, JSON_UNESCAPED_UNICODE), "\n  Moodle ", $CFG->release, ' gives ',
            json_encode($made[$i] ?? null, JSON_UNESCAPED_UNICODE), "\n";
    }
    echo count($made), ' rows played, ', count($differ), " differ\n";
    exit($differ ? 1 : 0);
}
$lines = array_map(fn($row) => json_encode($row, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), $rows);
file_put_contents($table, "{\"source\": " . json_encode($source, JSON_UNESCAPED_SLASHES) . ",\n\"rows\": [\n" . implode(",\n", $lines) . "\n]}\n");
echo count($rows), " rows written\n";
