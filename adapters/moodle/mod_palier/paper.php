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
 * Questions to print for a learner who goes on with the test on paper.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\paper;
use mod_palier\local\contest\contest_access;
use mod_palier\local\engine\engine_exception;
use mod_palier\output\paper_page;

$id = required_param('attempt', PARAM_INT);
$attempt = attempt_repository::load($id);
require_login($attempt->course(), false, $attempt->cm());
$back = new moodle_url('/mod/palier/contests.php', ['id' => $attempt->cm()->id]);
if (!contest_access::may_decide($attempt)) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url);
}
if (!contest_access::may_print($attempt)) {
    redirect($back, get_string('paper_notasked', 'mod_palier'), null, \core\output\notification::NOTIFY_INFO);
}
$PAGE->set_url('/mod/palier/paper.php', ['attempt' => $attempt->id]);
if (!$attempt->is_open()) {
    redirect($back, get_string('paper_over', 'mod_palier'), null, \core\output\notification::NOTIFY_INFO);
}
$PAGE->set_pagelayout('print');
$PAGE->set_title(get_string('paper', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $attempt->name());
$PAGE->set_heading($attempt->name());

try {
    $page = new paper_page($attempt, new paper($attempt));
} catch (engine_exception $e) {
    redirect($back, get_string('paper_none', 'mod_palier', $e->enginemessage), null, \core\output\notification::NOTIFY_ERROR);
}
echo $OUTPUT->header();
echo $OUTPUT->render($page);
echo $OUTPUT->footer();
