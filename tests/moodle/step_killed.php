<?php
// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * A process that does a step is killed in the middle of its transaction: nothing is half-written, the lock is free,
 * and the same step can be done again.
 *
 * php tests/moodle/step_killed.php MOODLE_FOLDER   (a disposable site with the demonstration course)
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

// phpcs:disable moodle.Files.MoodleInternal, moodle.Files.RequireLogin

define('CLI_SCRIPT', true);
$moodle = realpath($argv[1]);
require($moodle . '/config.php');

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\starter;
use mod_palier\local\attempt\step;
use mod_palier\local\engine\engine_factory;

/**
 * Rows of everything that a step writes.
 *
 * @return array
 */
function rows(): array {
    global $DB;
    $rows = [];
    foreach (['question_attempts', 'question_attempt_steps', 'question_attempt_step_data', 'palier_event', 'palier_statement'] as $t) {
        $rows[$t] = $DB->count_records($t);
    }
    return $rows;
}

$cm = $DB->get_record_sql("SELECT cm.* FROM {course_modules} cm JOIN {modules} m ON m.id = cm.module AND m.name = 'palier'
                            ORDER BY cm.id", [], IGNORE_MULTIPLE);
$palier = $DB->get_record('palier', ['id' => $cm->instance]);
$user = $DB->get_record('user', ['username' => 'hoa'], '*', MUST_EXIST);
\core\session\manager::set_user($user);
$attempt = (new starter($palier, \core\context\module::instance($cm->id), $user->id))->start();

if (isset($argv[2])) {
    // The child dies after everything is written and before it is committed: this transaction is around the step's.
    $transaction = $DB->start_delegated_transaction();
    $result = step::post($attempt->id, 'unknown', $attempt->slot);
    if ($result->outcome !== 'saved') {
        exit(1);
    }
    posix_kill(getmypid(), SIGKILL);
}

$before = rows();
$command = [PHP_BINARY, __FILE__, $moodle, 'child'];
$process = proc_open($command, [1 => STDOUT, 2 => STDERR], $pipes);
do {
    usleep(50000);
    $status = proc_get_status($process);
} while ($status['running']);
$problems = [];
if (!$status['signaled'] || $status['termsig'] !== SIGKILL) {
    $problems[] = 'The process was not killed: ' . json_encode($status);
}
if (rows() !== $before) {
    $problems[] = 'Rows were left: ' . json_encode([$before, rows()]);
}
$again = attempt_repository::load($attempt->id);
if ($again->seq !== $attempt->seq || $again->slot !== $attempt->slot) {
    $problems[] = 'The attempt moved on';
}
// A lock that outlives its process would keep the next step waiting in vain.
$lock = \core\lock\lock_config::get_lock_factory('mod_palier_attempt')->get_lock((string) $attempt->id, 0);
if (!$lock) {
    echo "The lock of the killed process is still held\n";
    exit(1);
}
$lock->release();
$result = step::post($attempt->id, 'unknown', $attempt->slot);
if ($result->outcome !== 'saved' && $result->outcome !== 'finished') {
    $problems[] = 'The step could not be done again: ' . $result->outcome;
}
$whole = attempt_repository::load($attempt->id);
$verified = engine_factory::get()->verify($whole->bank(), $whole->plan_json(), $whole->log()->json());
if (!$verified['same']) {
    $problems[] = json_encode($verified);
}
step::post($attempt->id, 'stop');
echo $problems ? implode("\n", $problems) . "\n" : "ok: killed, nothing left, done again\n";
exit($problems ? 1 : 0);
