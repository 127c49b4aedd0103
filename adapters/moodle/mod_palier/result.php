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
 * The result of an attempt.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\report\result_download;
use mod_palier\output\contest_panel;
use mod_palier\output\result_page;

$id = required_param('attempt', PARAM_INT);
$download = optional_param('download', '', PARAM_ALPHA);
$attempt = attempt_repository::load($id);
require_login($attempt->course(), false, $attempt->cm());
if (!$attempt->access()->may_review()) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url);
}
if ($attempt->is_open()) {
    redirect($attempt->cm()->url);
}
$PAGE->set_url('/mod/palier/result.php', ['attempt' => $attempt->id]);
if ($download !== '') {
    (new result_download($attempt))->send($download);
}

$name = $attempt->name();
$PAGE->set_title(get_string('result', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $name);
$PAGE->set_heading(format_string($attempt->course()->fullname));
$PAGE->add_body_class('limitedwidth');
$PAGE->activityheader->set_description('');
$PAGE->navbar->add(get_string('result', 'mod_palier'));

echo $OUTPUT->header();
echo $OUTPUT->render(new result_page($attempt));
echo $OUTPUT->render(new contest_panel($attempt));
echo $OUTPUT->footer();
