<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Questions of others, as Moodle imports and grades them, beside what Palier carried of the same file.
//
//   php foreign_table.php --moodle DIR --report REPORT --bundle BUNDLE --items ITEMS.json --table TABLE.json FILE.xml
//
// REPORT is what `palier questions FILE` says and BUNDLE what `palier bundle` made of it. Each question is imported into the
// disposable site DIR by itself. Writes the items and the table for wasm_table.js, and prints one JSON object: what was
// carried, and what either side refused.

define('CLI_SCRIPT', true);
$options = getopt('', ['moodle:', 'report:', 'bundle:', 'items:', 'table:'], $rest);
$file = realpath($argv[$rest] ?? '');
if (count($options) !== 5 || $file === false) {
    fwrite(STDERR, "usage: php foreign_table.php --moodle DIR --report REPORT --bundle BUNDLE --items ITEMS.json --table TABLE.json FILE.xml\n");
    exit(2);
}
$report = json_decode(file_get_contents($options['report']), true);
$bundle = json_decode(file_get_contents($options['bundle']));
foreach (['items', 'table'] as $written) {
    $options[$written] = (str_starts_with($options[$written], '/') ? '' : getcwd() . '/') . $options[$written];
}
require($options['moodle'] . '/config.php');
require_once($CFG->dirroot . '/question/format/xml/format.php');
require_once($CFG->dirroot . '/question/engine/lib.php');
require_once(__DIR__ . '/moodle_cases.php');
require_once(__DIR__ . '/foreign_cases.php');
require_once(__DIR__ . '/moodle_play.php');
\core\session\manager::set_user(get_admin());
force_current_language('en');
raise_memory_limit(MEMORY_HUGE);
$CFG->debug = E_ALL & ~E_WARNING & ~E_NOTICE & ~E_DEPRECATED;
error_reporting($CFG->debug);

$items = [];
foreach (current((array)$bundle->variants)->contents as $content) {
    $items[$content->presentation->id] = $content;
}
$document = new DOMDocument();
$document->load($file, LIBXML_NONET | LIBXML_PARSEHUGE);
$place = -1;
$seen = ['questions' => 0, 'carried' => 0, 'refused' => [], 'refused by Moodle alone' => [], 'not compared' => []];
$rows = [];
foreach ($document->documentElement->childNodes as $node) {
    if ($node->nodeName !== 'question' || $node->getAttribute('type') === 'category') {
        continue;
    }
    $said = $report[++$place];
    $seen['questions']++;
    $one = make_request_directory() . '/question.xml';
    file_put_contents($one, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n" . $document->saveXML($node) . "\n</quiz>\n");
    ob_start();
    try {
        $id = current(import_questions($one));
        $problem = '';
    } catch (Throwable $error) {
        $id = false;
        $problem = $error->getMessage();
    }
    $problem = trim(preg_replace('/\s+/', ' ', strip_tags(ob_get_clean() . ' ' . $problem)));
    $what = [$said['type'], $said['line'], $said['name']];
    // A question that could never count as right is carried by itself and left out of a test, as its notes say.
    if (!$said['carried'] || !isset($items[$said['item']])) {
        $seen['refused'][] = [...$what, $said['notes'], $id ? 'imported by Moodle' : 'refused by Moodle too: ' . $problem];
        continue;
    }
    $seen['carried']++;
    if (!$id) {
        $seen['refused by Moodle alone'][] = [...$what, $problem];
        continue;
    }
    try {
        $xml = simplexml_load_file($one, SimpleXMLElement::class, LIBXML_NOCDATA | LIBXML_NONET | LIBXML_PARSEHUGE)->question[0];
        $played = [];
        foreach (foreign_cases($xml, question_bank::load_question($id, false)) as $i => $case) {
            mt_srand(crc32("{$said['item']} $i"));
            $played[] = ['question' => $said['item']] + play($id, identifiers($xml), $case);
        }
        array_push($rows, ...$played);
    } catch (Throwable $error) {
        $seen['not compared'][] = [...$what, get_class($error) . ': ' . $error->getMessage() . ' ' . basename($error->getFile()) . ':' . $error->getLine()];
    }
}
$seen['answers'] = count($rows);
file_put_contents($options['items'], json_encode($items, JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION));
file_put_contents($options['table'], json_encode(['rows' => $rows], JSON_UNESCAPED_UNICODE));
echo json_encode($seen, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRETTY_PRINT), "\n";
