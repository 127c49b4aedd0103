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
 * One step: takes a post, and sends on to the page that shows what comes next.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

// phpcs:ignore moodle.Files.RequireLogin.Missing -- below, after what a session that is over had typed is held.
require_once(__DIR__ . '/../../config.php');

use core\url;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\outcome;
use mod_palier\local\attempt\step;
use mod_palier\local\attempt\step_result;
use mod_palier\local\attempt\unsent;
use mod_palier\output\step_redirect;

$id = required_param('attempt', PARAM_INT);
$action = optional_param('do', '', PARAM_ALPHA);
$slot = optional_param('slot', 0, PARAM_INT);
$ajax = optional_param('ajax', false, PARAM_BOOL);
$attempt = attempt_repository::load($id);
$page = new url('/mod/palier/attempt.php', ['attempt' => $attempt->id]);
$PAGE->set_url('/mod/palier/step.php', ['attempt' => $attempt->id]);
$fields = data_submitted();
if ($fields && !isloggedin()) {
    // The session is over: what was typed waits for the person to sign in again.
    unsent::hold($attempt->id, $slot, (array) $fields);
    $SESSION->wantsurl = $page->out(false);
    step_redirect::send(new url(get_login_url()), '', '', $ajax);
}
require_login($attempt->course(), false, $attempt->cm());
if (!$attempt->access()->may_answer()) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url);
}
if (!$fields) {
    redirect($page);
}
if (($reason = $attempt->access()->reason_not_from_here()) !== null) {
    unsent::hold($attempt->id, $slot, (array) $fields);
    step_redirect::send($attempt->cm()->url, $reason, \core\output\notification::NOTIFY_INFO, $ajax);
}
if (!confirm_sesskey()) {
    unsent::hold($attempt->id, $slot, (array) $fields);
    step_redirect::send($page, get_string('tryagain', 'mod_palier'), \core\output\notification::NOTIFY_INFO, $ajax);
}
try {
    $result = step::post($attempt->id, $action, $slot, (array) $fields);
} catch (dml_exception $e) {
    // A full disk, a database that went away: nothing of the step was written.
    debugging($e->getMessage() . ' ' . $e->debuginfo, DEBUG_NORMAL, $e->getTrace());
    $result = new step_result(outcome::STORAGE);
}
step_redirect::go($attempt, $result, $ajax, $action === 'draft');
