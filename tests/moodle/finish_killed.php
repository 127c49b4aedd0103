<?php
// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * Of web-nodes.sh: what workers that were killed while a test ended left undone is done by the task.
 *
 * php tests/moodle/finish_killed.php MOODLE_FOLDER prepare          the demonstration's French test gets a grade and completion
 * php tests/moodle/finish_killed.php MOODLE_FOLDER check FILE       FILE: {"attempt": 5, "after": 31, "told": 502} for each
 *
 * An attempt is either open as it was before, and its learner ends it again, or it is over, and has its grade, its completion
 * and its event after the task if not before. Nothing is half-written.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

// phpcs:disable moodle.Files.MoodleInternal, moodle.Files.RequireLogin

define('CLI_SCRIPT', true);
require(realpath($argv[1]) . '/config.php');
require_once($CFG->libdir . '/completionlib.php');
require_once($CFG->libdir . '/gradelib.php');
require_once($CFG->libdir . '/questionlib.php');

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\step;
use mod_palier\local\engine\engine_factory;

$cm = $DB->get_record('course_modules', ['idnumber' => 'palier-demo-fr'], '*', MUST_EXIST);
if ($argv[2] === 'prepare') {
    $palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
    $plan = json_decode($palier->plan, true);
    // So short that a few answers are a result.
    $plan['stop']['min_items'] = 3;
    $DB->update_record('palier', ['id' => $palier->id, 'grade' => 100, 'completionresult' => 1, 'plan' => json_encode($plan)]);
    $DB->update_record('course_modules', ['id' => $cm->id, 'completion' => COMPLETION_TRACKING_AUTOMATIC]);
    $DB->set_field('course', 'enablecompletion', 1, ['id' => $cm->course]);
    rebuild_course_cache($cm->course, true);
    exit(0);
}

/**
 * What there is of an attempt's end.
 *
 * @param int $id
 * @param stdClass $cm
 * @return array
 */
function found(int $id, stdClass $cm): array {
    global $DB;
    $attempt = attempt_repository::load($id);
    $grades = grade_get_grades($cm->course, 'mod', 'palier', $cm->instance, $attempt->userid);
    return [
        'open' => $attempt->is_open(),
        'due' => $DB->get_field('palier_attempt', 'due', ['id' => $id]),
        'known' => !empty($attempt->known()['known']),
        'grade' => (reset($grades->items)->grades[$attempt->userid]->grade ?? null) !== null,
        'complete' => (int) $DB->get_field(
            'course_modules_completion',
            'completionstate',
            ['coursemoduleid' => $cm->id, 'userid' => $attempt->userid]
        ) === COMPLETION_COMPLETE,
        'events' => $DB->count_records('logstore_standard_log', [
            'eventname' => '\mod_palier\event\attempt_finished',
            'objectid' => $id,
        ]),
        'statements' => $DB->count_records('palier_statement', ['attemptid' => $id, 'verb' => 'terminated']),
        'replays' => engine_factory::get()->verify($attempt->bank(), $attempt->plan_json(), $attempt->log()->json())['same'],
    ];
}

$rows = json_decode(file_get_contents($argv[3]), true);
$problems = [];
$count = ['open as before' => 0, 'over, something left undone' => 0, 'over, all done' => 0, 'told twice' => 0];
foreach ($rows as ['attempt' => $id, 'after' => $after, 'told' => $told]) {
    $before = found($id, $cm);
    $undone = $before['due'] !== null || !$before['grade'] || !$before['complete'] || !$before['events'];
    $count[$before['open'] ? 'open as before' : ($undone ? 'over, something left undone' : 'over, all done')]++;
    if ($before['open'] && ($before['grade'] || $before['complete'] || $before['events'] || $before['due'] !== null)) {
        $problems[] = "attempt $id is open and half-published: " . json_encode($before);
    }
    if ($before['open'] && $told >= 300 && $told < 400) {
        $problems[] = "attempt $id: the learner was told that it is over, and it is open";
    }
    if (!$before['open'] && $before['due'] === null && $undone) {
        $problems[] = "attempt $id, killed after $after ms: nothing knows any more what is undone: " . json_encode($before);
    }
    if (!$before['replays']) {
        $problems[] = "attempt $id: its log does not replay";
    }
    if ($before['open']) {
        // The learner presses again.
        \core\session\manager::set_user(\core_user::get_user(attempt_repository::load($id)->userid));
        step::post($id, 'stop');
        \core\session\manager::set_user(get_admin());
    }
}
get_log_manager(true);
// The task leaves a request its time: as much has passed.
$DB->execute('UPDATE {palier_attempt} SET timemodified = timemodified - 3600');
$task = escapeshellarg('\mod_palier\task\finish_attempts');
exec(PHP_BINARY . ' ' . escapeshellarg($CFG->dirroot . '/admin/cli/scheduled_task.php') . " --execute=$task 2>&1", $output, $status);
if ($status !== 0) {
    $problems[] = implode("\n", $output);
}
foreach ($rows as ['attempt' => $id, 'after' => $after]) {
    $now = found($id, $cm);
    $count['told twice'] += (int) ($now['events'] > 1);
    if (
        $now['open'] || $now['due'] !== null || !$now['known'] || !$now['grade'] || !$now['complete'] || !$now['events']
            || $now['statements'] !== 1 || !$now['replays']
    ) {
        $problems[] = "attempt $id, killed after $after ms: " . json_encode($now);
    }
}
echo count($rows), ' kills: ', implode(', ', array_map(fn($what, $n) => "$what $n", array_keys($count), $count)), "\n";
echo $problems ? implode("\n", $problems) . "\n" : "ok: what was left undone is done by the task\n";
exit($problems ? 1 : 0);
