<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Of moodle_load.sh. "make N": N learners of the demonstration course, signed in, as JSON. "check FILE": whether each answer
// that a learner was told to be saved is in the log of the attempt, once.
define('CLI_SCRIPT', true);
require(getcwd() . '/config.php');
require_once($CFG->dirroot . '/user/lib.php');
[, $action, $given] = $argv;
$cm = $DB->get_record('course_modules', ['idnumber' => 'palier-demo-fr'], '*', MUST_EXIST);
if ($action === 'make') {
    $enrol = enrol_get_plugin('manual');
    $instance = $DB->get_record('enrol', ['courseid' => $cm->course, 'enrol' => 'manual'], '*', MUST_EXIST);
    $student = $DB->get_field('role', 'id', ['shortname' => 'student']);
    $password = 'P' . bin2hex(random_bytes(8)) . '-1';
    // The cheapest hash: signing in is not what is measured.
    $hash = password_hash($password, PASSWORD_BCRYPT, ['cost' => 4]);
    $run = bin2hex(random_bytes(4));
    $names = [];
    for ($i = 0; $i < $given; $i++) {
        $user = ['username' => "load$run-$i", 'firstname' => 'Load', 'lastname' => "No $i", 'email' => "load$run-$i@example.invalid",
            'confirmed' => 1, 'mnethostid' => $CFG->mnet_localhost_id, 'password' => $hash, 'lang' => 'fr'];
        $id = user_create_user($user, false, false);
        $enrol->enrol_user($instance, $id, $student);
        $names[] = "load$run-$i";
    }
    echo json_encode(['cmid' => (int) $cm->id, 'password' => $password, 'learners' => $names]), "\n";
    exit;
}
$lost = $doubled = $more = 0;
$said = json_decode(file_get_contents($given), true);
foreach ($said as $attempt => $number) {
    $rows = $DB->get_records_sql("SELECT slot, COUNT(*) AS n FROM {palier_event}
        WHERE attemptid = ? AND type IN ('answered', 'unknown') GROUP BY slot", [$attempt]);
    $lost += max(0, $number - count($rows));
    // One more may have been saved whose answer did not come any more.
    $more += max(0, count($rows) - $number);
    $doubled += count(array_filter($rows, fn($row) => $row->n > 1));
}
printf("%d attempts, %d answers acknowledged; lost %d, twice in a log %d, saved though the learner was told nothing %d\n",
    count($said), array_sum($said), $lost, $doubled, $more);
exit($lost || $doubled ? 1 : 0);
