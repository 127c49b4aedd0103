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
 * A thread between a learner and a trainer about a question, a result, or help.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

// phpcs:ignore moodle.Files.RequireLogin.Missing -- below, after what a session that is over had typed is held.
require_once(__DIR__ . '/../../config.php');

use core\url;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\unsent;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_access;
use mod_palier\local\contest\contest_actions;
use mod_palier\local\contest\contest_repository;
use mod_palier\local\engine\engine_exception;
use mod_palier\output\contest_page;
use mod_palier\output\step_redirect;

$id = optional_param('id', 0, PARAM_INT);
$kind = optional_param('kind', contest::RESULT, PARAM_ALPHA);
$slot = optional_param('slot', 0, PARAM_INT);
$action = optional_param('do', '', PARAM_ALPHA);
$contest = $id ? contest_repository::load($id) : null;
$attempt = $contest ? $contest->attempt() : attempt_repository::load(required_param('attempt', PARAM_INT));
if (!isloggedin() && data_submitted()) {
    // The session is over: what was written waits for the person to sign in again.
    unsent::hold($attempt->id, unsent::MESSAGE, (array) data_submitted());
    $SESSION->wantsurl = (new url('/mod/palier/contest.php', $contest ? ['id' => $contest->id]
        : ['attempt' => $attempt->id, 'kind' => $kind, 'slot' => $slot]))->out(false);
    redirect(get_login_url());
}
require_login($attempt->course(), false, $attempt->cm());
step_redirect::leave_unless_here($attempt);
$contest ??= contest_repository::find($attempt->id, $kind, $slot);
$own = contest_access::may_contest($attempt);
$decides = contest_access::may_decide($attempt);
if (!contest_access::may_read($attempt) || (!$contest && !$own)) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url);
}
$page = $contest ? $contest->url()
    : new url('/mod/palier/contest.php', ['attempt' => $attempt->id, 'kind' => $kind, 'slot' => $slot]);
$PAGE->set_url($page);

$typed = '';
$error = '';
if (data_submitted() && $action !== '') {
    $typed = optional_param('message', '', PARAM_RAW);
    if (!confirm_sesskey()) {
        $error = get_string('tryagain', 'mod_palier');
    } else {
        try {
            $said = match (true) {
                $action === 'takeback' && $own && $contest !== null =>
                    contest_actions::take_back($contest) ? 'unflagged_notice' : 'contestkept_notice',
                $action === 'decide' && $decides && $contest !== null => (function () use (&$contest, $USER, $typed) {
                    $everyone = optional_param('everyone', false, PARAM_BOOL)
                        && contest_access::may_decide_for_all($contest->attempt());
                    $decision = optional_param('decision', '', PARAM_ALPHA);
                    $contest = contest_actions::decide($contest, $USER->id, $decision, $typed, $everyone);
                    return 'contestdecided_notice';
                })(),
                $action === 'reply' && ($own || $decides) && $contest !== null => (function () use (&$contest, $USER, $typed) {
                    $contest = contest_actions::reply($contest, $USER->id, $typed);
                    return 'contestsent_notice';
                })(),
                $action === 'open' && $own && in_array($kind, [contest::QUESTION, contest::RESULT]) =>
                    (function () use (&$contest, $attempt, $kind, $slot, $typed) {
                        contest_actions::checked($typed, false);
                        $contest = contest_actions::open($attempt, $kind, $slot, $typed);
                        return 'contestsent_notice';
                    })(),
                default => throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url),
            };
            $next = $said === 'unflagged_notice'
                ? new url($attempt->is_open() ? '/mod/palier/attempt.php' : '/mod/palier/story.php', ['attempt' => $attempt->id])
                : $contest->url();
            redirect($next, get_string($said, 'mod_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
        } catch (engine_exception $e) {
            debugging($e->getMessage(), DEBUG_NORMAL);
            $error = get_string('engineaway_contest', 'mod_palier');
        } catch (moodle_exception $e) {
            $told = ['contestempty', 'contesttoolong', 'contestfull', 'contestnodecision', 'noengine', 'busy'];
            if (!in_array($e->errorcode, $told)) {
                throw $e;
            }
            $error = $e->errorcode === 'noengine' ? get_string('engineaway_contest', 'mod_palier') : $e->getMessage();
        }
    }
}

$held = $typed === '' ? unsent::take($attempt->id, unsent::MESSAGE, $USER->id) : null;
if ($held) {
    $typed = (string) ($held['message'] ?? '');
    $error = get_string('messageback', 'mod_palier');
}
$screen = new contest_page($attempt, $contest, $kind, $slot, $typed, $error);
$PAGE->set_title($screen->title() . moodle_page::TITLE_SEPARATOR . $attempt->name());
$PAGE->set_heading(format_string($attempt->course()->fullname));
$PAGE->add_body_class('limitedwidth');
$PAGE->activityheader->set_attrs(['description' => '', 'hidecompletion' => true]);
if ($decides) {
    $list = new url('/mod/palier/contests.php', ['id' => $attempt->cm()->id]);
    navigation_node::override_active_url($list);
}
$PAGE->navbar->add($screen->title());

echo $OUTPUT->header();
echo $OUTPUT->render($screen);
echo $OUTPUT->footer();
