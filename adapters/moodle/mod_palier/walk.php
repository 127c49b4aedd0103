<?php
// This file is part of Moodle - https://moodle.org/
//
// Moodle is free software: you can redistribute it and/or modify
// it under the terms of the GNU General Public License as published by
// the Free Software Foundation, either version 3 of the License, or
// (at your option) any later version.
//
// Moodle is distributed in the hope that it will be useful,
// but WITHOUT ANY WARRANTY; without even the implied warranty of
// MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
// GNU General Public License for more details.
//
// You should have received a copy of the GNU General Public License
// along with Moodle.  If not, see <https://www.gnu.org/licenses/>.

/**
 * A test as a learner of a chosen level would take it, with the trace of every choice. Nothing of it is kept.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\local\engine\engine_exception;
use mod_palier\local\test\level_walk;
use mod_palier\output\walk_page;

$id = required_param('id', PARAM_INT);
$level = optional_param('level', null, PARAM_INT);
$seed = optional_param('seed', 1, PARAM_INT);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_capability('mod/palier:preview', $cm->context);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);

$title = get_string('walk', 'mod_palier');
$PAGE->set_url('/mod/palier/walk.php', ['id' => $cm->id]);
$PAGE->set_title($title . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading($course->fullname);
$PAGE->activityheader->disable();

echo $OUTPUT->header();
echo $OUTPUT->heading($title);
try {
    $walk = new level_walk($palier, $cm->context);
    if ($level !== null) {
        $walk->take($level, $seed);
    }
    echo $OUTPUT->render(new walk_page($walk, $cm));
} catch (engine_exception | moodle_exception $e) {
    if (!$e instanceof engine_exception && $e->module !== 'mod_palier') {
        throw $e;
    }
    $message = $e instanceof engine_exception ? $e->enginemessage : $e->getMessage();
    echo $OUTPUT->notification($message, \core\output\notification::NOTIFY_INFO);
}
echo $OUTPUT->footer();
