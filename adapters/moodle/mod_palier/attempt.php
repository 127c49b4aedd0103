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
 * The question on screen. It only shows: nothing is written.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use core\url;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\shown_question;
use mod_palier\local\attempt\unsent;
use mod_palier\output\calm_page;
use mod_palier\output\question_page;
use mod_palier\output\step_redirect;

$id = required_param('attempt', PARAM_INT);
$saved = optional_param('saved', false, PARAM_BOOL);
$calm = optional_param('calm', false, PARAM_BOOL);
$attempt = attempt_repository::load($id);
require_login($attempt->course(), false, $attempt->cm());
if (!$attempt->access()->may_answer()) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url);
}
if (!$attempt->is_open()) {
    redirect(new url('/mod/palier/result.php', ['attempt' => $attempt->id]));
}
if ($attempt->log()->is_paused()) {
    redirect($attempt->cm()->url);
}
step_redirect::leave_unless_here($attempt);
if (unsent::restore($attempt)) {
    \core\notification::info(get_string('answerback', 'mod_palier'));
    $attempt = attempt_repository::load($attempt->id);
}

$name = $attempt->name();
$PAGE->set_url('/mod/palier/attempt.php', ['attempt' => $attempt->id]);
$PAGE->set_pagelayout('secure');
$PAGE->set_cacheable(false);
$PAGE->set_title(get_string('questionn', 'mod_palier', $attempt->slot) . moodle_page::TITLE_SEPARATOR . $name);
$PAGE->set_heading($name);
$PAGE->activityheader->disable();

if ($calm) {
    $screen = new calm_page($attempt);
} else {
    $screen = new question_page($attempt, $saved);
    $PAGE->requires->js_call_amd('core_question/question_engine', 'initForm', ['#responseform']);
    $PAGE->requires->js_call_amd('mod_palier/question', 'init', ['responseform']);
    if (!(new shown_question($attempt))->is_missing()) {
        $attempt->quba()->render_question_head_html($attempt->slot);
    }
}
$content = $OUTPUT->render($screen);
echo $OUTPUT->header();
echo $content;
echo $OUTPUT->footer();
