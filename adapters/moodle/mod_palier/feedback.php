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
 * In a practice: what was right in an answer, and what helps.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\local\attempt\attempt_repository;
use mod_palier\output\feedback_page;
use mod_palier\output\step_redirect;

$id = required_param('attempt', PARAM_INT);
$slot = required_param('slot', PARAM_INT);
$calm = optional_param('calm', false, PARAM_BOOL);
$attempt = attempt_repository::load($id);
require_login($attempt->course(), false, $attempt->cm());
step_redirect::leave_unless_here($attempt);
if (!$attempt->access()->may_see_feedback($slot)) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url);
}
$name = $attempt->name();
$PAGE->set_url('/mod/palier/feedback.php', ['attempt' => $attempt->id, 'slot' => $slot]);
$PAGE->set_pagelayout('secure');
$PAGE->set_cacheable(false);
$PAGE->set_title(get_string('feedback_title', 'mod_palier', $slot) . moodle_page::TITLE_SEPARATOR . $name);
$PAGE->set_heading($name);
$PAGE->activityheader->disable();

$content = $OUTPUT->render(new feedback_page($attempt, $slot, $calm));
echo $OUTPUT->header();
echo $content;
echo $OUTPUT->footer();
