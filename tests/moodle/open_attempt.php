<?php
// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * An attempt that stays open over an upgrade, or goes from one web node to another. "begin" answers five questions of the
 * demonstration course's first test and leaves the sixth on the screen, "step" one more; "finish" goes on to the end.
 *
 * php tests/moodle/open_attempt.php MOODLE_FOLDER begin|step|finish   (a disposable site with the demonstration course)
 *
 * It prints one JSON line. It uses only what version 0.1.0 has, too.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

// phpcs:disable moodle.Files.MoodleInternal, moodle.Files.RequireLogin

define('CLI_SCRIPT', true);
require(realpath($argv[1]) . '/config.php');
require_once($CFG->libdir . '/questionlib.php');

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\starter;
use mod_palier\local\attempt\step;
use mod_palier\local\engine\engine_factory;

/**
 * Answers what is on the screen: every third question is not known, the others are right.
 *
 * @param attempt $attempt
 * @param int $number
 * @return attempt as it is after that
 */
function answer(attempt $attempt, int $number): attempt {
    $quba = $attempt->quba();
    $response = $quba->get_question($attempt->slot)->get_correct_response();
    $fields = [];
    foreach ($number % 3 === 2 || !$response ? [] : $response as $name => $value) {
        $fields[$quba->get_field_prefix($attempt->slot) . $name] = (string) $value;
    }
    step::post($attempt->id, $fields ? 'answer' : 'unknown', $attempt->slot, $fields);
    return attempt_repository::load($attempt->id);
}

/**
 * What was answered so far, in order, as the log has it.
 *
 * @param attempt $attempt
 * @return array
 */
function answered(attempt $attempt): array {
    $log = json_decode($attempt->log()->json(), true);
    $events = array_filter($log['events'], fn($event) => in_array($event['type'], ['answered', 'unknown']));
    return array_map(fn($event) => [$event['item'], $event['type'], $event['category'] ?? null], array_values($events));
}

$cm = $DB->get_record_sql("SELECT cm.* FROM {course_modules} cm JOIN {modules} m ON m.id = cm.module AND m.name = 'palier'
                            ORDER BY cm.id", [], IGNORE_MULTIPLE);
$user = $DB->get_record('user', ['username' => 'hoa'], '*', MUST_EXIST);
\core\session\manager::set_user($user);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
// The learner comes back: what is open is gone on with.
$attempt = (new starter($palier, \core\context\module::instance($cm->id), $user->id))->start();
$before = answered($attempt);
$until = count($before) + ['begin' => 5, 'step' => 1, 'finish' => 200][$argv[2]];
for ($number = count($before); $attempt->is_open() && $attempt->slot !== null && $number < $until; $number++) {
    $attempt = answer($attempt, $number);
}
$log = json_decode($attempt->log()->json(), true);
$engine = engine_factory::get();
echo json_encode([
    'attempt' => $attempt->id,
    'open' => $attempt->is_open(),
    'pending' => $attempt->is_open() ? end($log['events'])['item'] : null,
    'engine' => (new ReflectionClass($engine))->getShortName(),
    'begun_by' => $log['engine'],
    'before' => $before,
    'answered' => answered($attempt),
    'level' => $attempt->level,
    'statements' => $DB->count_records('palier_statement', ['attemptid' => $attempt->id]),
    'same' => $engine->verify($attempt->bank(), $attempt->plan_json(), $attempt->log()->json())['same'],
]), "\n";
