<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// What a Moodle site holds of attempts, in a form that does not change when they are backed up and restored elsewhere:
// one JSON line an attempt. Usage: php facts.php MOODLE_DIR [verify]
define('CLI_SCRIPT', true);
require($argv[1] . '/config.php');
require_once($CFG->libdir . '/questionlib.php');

$lines = [];
$rows = $DB->get_records_sql('SELECT a.id, u.username, p.name
                                FROM {palier_attempt} a
                                JOIN {user} u ON u.id = a.userid
                                JOIN {palier} p ON p.id = a.palierid
                               WHERE a.preview = 0');
foreach ($rows as $row) {
    $attempt = \mod_palier\local\attempt\attempt_repository::load((int) $row->id);
    $quba = question_engine::load_questions_usage_by_activity($attempt->qubaid);
    $answers = [];
    foreach ($quba->get_slots() as $slot) {
        $answers[] = [$quba->get_question($slot, false)->name, $quba->get_response_summary($slot), $quba->get_question_state($slot)];
    }
    $entries = $DB->get_records_sql('SELECT i.item, i.questionbankentryid, e.id, p.id AS param
                                       FROM {palier_bank_item} i
                                  LEFT JOIN {question_bank_entries} e ON e.id = i.questionbankentryid
                                  LEFT JOIN {palier_param} p ON p.questionbankentryid = e.id AND p.iscurrent = 1
                                      WHERE i.bankid = ?', [$attempt->bankid]);
    $statements = $DB->get_fieldset_select('palier_statement', 'uuid', 'attemptid = ? ORDER BY id', [$attempt->id]);
    $fact = [
        'test' => $row->name,
        'learner' => $row->username,
        'state' => $attempt->state,
        'theta' => $attempt->theta,
        'level' => $attempt->level,
        'log' => sha1($attempt->log()->json()),
        'bank' => $attempt->bank()->hash,
        'answers' => sha1(json_encode($answers)),
        'answered' => count($answers),
        'statements' => sha1(json_encode($statements)),
        'items' => count($entries),
        'items_without_question' => count(array_filter($entries, fn($entry) => $entry->id === null)),
        'items_without_parameters' => count(array_filter($entries, fn($entry) => $entry->param === null)),
    ];
    if (in_array('verify', $argv)) {
        $fact['verified'] = \mod_palier\local\engine\engine_factory::get()
            ->verify($attempt->bank(), $attempt->plan_json(), $attempt->log()->json())['same'];
    }
    $lines[] = json_encode($fact, JSON_UNESCAPED_UNICODE);
}
sort($lines);
echo implode("\n", $lines), "\n";
