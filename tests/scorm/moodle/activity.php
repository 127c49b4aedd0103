<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// A package as a SCORM activity of a disposable Moodle, and what came of it.
//
//   php activity.php --moodle DIR --package FILE.zip --password P   a course with the activity and a student; prints JSON
//   php activity.php --moodle DIR --scorm ID --user NAME            what Moodle holds of the student; prints JSON
//   php activity.php --moodle DIR --scorm ID --update FILE.zip      the activity gets another package
//   php activity.php --moodle DIR --sign-out NAME                   the student's sessions end
//   php activity.php --moodle DIR --limits 1|0                      records of SCORM 1.2 have 4,096 characters at most, or not
define('CLI_SCRIPT', true);
$options = getopt('', ['moodle:', 'package:', 'password:', 'scorm:', 'user:', 'update:', 'sign-out:', 'limits:']);
if (empty($options['moodle'])) {
    fwrite(STDERR, "usage: see the head of this file\n");
    exit(2);
}
$file = $options['package'] ?? $options['update'] ?? null;
$package = $file === null ? null : realpath($file);
require($options['moodle'] . '/config.php');
require_once($CFG->libdir . '/testing/generator/lib.php');
require_once($CFG->libdir . '/gradelib.php');
require_once($CFG->dirroot . '/mod/scorm/locallib.php');
\core\session\manager::set_user(get_admin());

if (isset($options['sign-out'])) {
    \core\session\manager::destroy_user_sessions($DB->get_field('user', 'id', ['username' => $options['sign-out']], MUST_EXIST));
    echo "true\n";
    exit;
}
if (isset($options['limits'])) {
    set_config('scormstandard', (int) $options['limits'], 'scorm');
    echo "true\n";
    exit;
}
if (isset($options['update'])) {
    $scorm = $DB->get_record('scorm', ['id' => (int) $options['scorm']], '*', MUST_EXIST);
    $context = context_module::instance(get_coursemodule_from_instance('scorm', $scorm->id, 0, false, MUST_EXIST)->id);
    get_file_storage()->delete_area_files($context->id, 'mod_scorm', 'package');
    get_file_storage()->create_file_from_pathname(['contextid' => $context->id, 'component' => 'mod_scorm', 'filearea' => 'package',
        'itemid' => 0, 'filepath' => '/', 'filename' => $scorm->reference], $package);
    scorm_parse($scorm, true);
    echo "true\n";
    exit;
}
if ($package) {
    $draft = file_get_unused_draft_itemid();
    get_file_storage()->create_file_from_pathname(['contextid' => context_user::instance($USER->id)->id, 'component' => 'user',
        'filearea' => 'draft', 'itemid' => $draft, 'filepath' => '/', 'filename' => 'package.zip'], $package);
    $generator = new testing_data_generator();
    $course = $generator->create_course(['enablecompletion' => 1, 'shortname' => 'palier' . random_string(8)]);
    $name = 'eleve' . random_string(6);
    $user = $generator->create_user(['username' => strtolower($name), 'password' => $options['password'], 'firstname' => 'Camille', 'lastname' => 'Martin']);
    $generator->enrol_user($user->id, $course->id, 'student');
    $scorm = $generator->create_module('scorm', ['course' => $course->id, 'name' => 'Palier', 'packagefile' => $draft,
        'grademethod' => GRADEHIGHEST, 'maxgrade' => 100, 'hidetoc' => 3, 'skipview' => 2,
        'completion' => COMPLETION_TRACKING_AUTOMATIC, 'completionstatusrequired' => 4]);
    $kept = $DB->get_record('scorm', ['id' => $scorm->id], '*', MUST_EXIST);
    $sco = $DB->get_record('scorm_scoes', ['scorm' => $scorm->id, 'scormtype' => 'sco'], '*', MUST_EXIST);
    echo json_encode(['scorm' => (int) $scorm->id, 'cm' => (int) $scorm->cmid, 'course' => (int) $course->id, 'version' => $kept->version,
        'username' => $user->username, 'player' => "/mod/scorm/player.php?a={$scorm->id}&scoid={$sco->id}&currentorg=organization&display=popup"]), "\n";
    exit;
}
$scorm = $DB->get_record('scorm', ['id' => (int) $options['scorm']], '*', MUST_EXIST);
$user = $DB->get_record('user', ['username' => $options['user']], '*', MUST_EXIST);
$grades = grade_get_grades($scorm->course, 'mod', 'scorm', $scorm->id, $user->id);
$tracks = [];
foreach ($DB->get_records('scorm_scoes', ['scorm' => $scorm->id, 'scormtype' => 'sco']) as $sco) {
    $of = scorm_get_tracks($sco->id, $user->id);
    $tracks += $of ? (array) $of : [];
}
$cm = get_coursemodule_from_instance('scorm', $scorm->id, 0, false, MUST_EXIST);
$completion = new completion_info(get_course($scorm->course));
echo json_encode(['grade' => reset($grades->items)->grades[$user->id]->grade ?? null, 'tracks' => $tracks,
    'completion' => (int) $completion->get_data($cm, false, $user->id)->completionstate]), "\n";
