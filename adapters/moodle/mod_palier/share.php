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
 * Shares a result, or takes that back: an act of the learner, who is told first what it means.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use core\url;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\sharing;
use mod_palier\local\xapi\outbox;
use mod_palier\output\result_words;

$id = required_param('attempt', PARAM_INT);
$attempt = attempt_repository::load($id);
require_login($attempt->course(), false, $attempt->cm());
$PAGE->set_url('/mod/palier/share.php', ['attempt' => $attempt->id]);
if ($attempt->userid != $USER->id) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url);
}
$result = new url('/mod/palier/result.php', ['attempt' => $attempt->id]);
if ($attempt->is_open() || $attempt->preview || !attempt::is_private_plan($attempt->plan())) {
    redirect($result);
}
$withdraw = $attempt->timeshared > 0;
if (data_submitted() && confirm_sesskey()) {
    // A page that is out of date does not do the contrary of what it said.
    $do = required_param('do', PARAM_ALPHA);
    if ($do === 'withdraw') {
        sharing::withdraw($attempt->id);
    } else {
        sharing::share($attempt->id);
    }
    redirect($result);
}

$title = get_string($withdraw ? 'share_withdraw' : 'share', 'mod_palier');
$PAGE->set_title($title . moodle_page::TITLE_SEPARATOR . $attempt->name());
$PAGE->set_heading(format_string($attempt->course()->fullname));
$PAGE->add_body_class('limitedwidth');
$PAGE->activityheader->disable();
$PAGE->navbar->add($title);
echo $OUTPUT->header();
echo $OUTPUT->heading($title);
echo $OUTPUT->render_from_template('mod_palier/share_page', [
    'action' => (new url('/mod/palier/share.php'))->out(false),
    'attempt' => $attempt->id,
    'sesskey' => sesskey(),
    'withdraw' => $withdraw,
    'result' => $attempt->access()->may_review() ? (new result_words($attempt->known()))->sentence() : '',
    'sent' => $withdraw && outbox::was_sent($attempt),
    'resulturl' => $result->out(false),
]);
echo $OUTPUT->footer();
