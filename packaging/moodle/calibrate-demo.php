<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a calibration of the demonstration test from the answers of its course, as its trainer, at once.
// Usage, inside a site of packaging/dev-site: php calibrate-demo.php --demo=JSON [--directory=MOODLE]
// JSON is the last line of mod/palier/cli/demo.php.
define('CLI_SCRIPT', true);
$options = getopt('', ['demo:', 'directory:']);
require(($options['directory'] ?? getcwd()) . '/config.php');

use mod_palier\local\calibration\calibration;
use mod_palier\local\calibration\calibrator;
use mod_palier\local\calibration\choice;

$demo = json_decode($options['demo']);
\core\session\manager::set_user(core_user::get_user_by_username($demo->trainer));
[$course, $cm] = get_course_and_cm_from_cmid($demo->tests->fr->cmid, 'palier');
$id = calibration::start((int) $cm->instance, new choice([
    // A few persons say too little of slopes.
    'courses' => [$course->id], 'hold' => 'experts', 'model' => 'rasch',
]));
(new calibrator(calibration::load($id, (int) $cm->instance)))->run();
echo calibration::load($id, (int) $cm->instance)->state, "\n";
