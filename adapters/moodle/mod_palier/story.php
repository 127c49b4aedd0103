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
 * The story of an attempt: why each question came, and what its answer changed.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\event\story_viewed;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\engine\engine_factory;
use mod_palier\output\contest_panel;
use mod_palier\output\story_page;

$id = required_param('attempt', PARAM_INT);
$attempt = attempt_repository::load($id);
require_login($attempt->course(), false, $attempt->cm());
if (!$attempt->access()->may_review()) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url);
}
if ($attempt->is_open() && $attempt->access()->may_answer()) {
    redirect($attempt->cm()->url);
}

$name = $attempt->name();
$title = get_string('story', 'mod_palier');
$PAGE->set_url('/mod/palier/story.php', ['attempt' => $attempt->id]);
$PAGE->set_title($title . moodle_page::TITLE_SEPARATOR . $name);
$PAGE->set_heading(format_string($attempt->course()->fullname));
$PAGE->add_body_class('limitedwidth');
$PAGE->activityheader->set_description('');
$PAGE->navbar->add($title);
story_viewed::of($attempt, $attempt->context())->trigger();

echo $OUTPUT->header();
echo $OUTPUT->heading($title);
try {
    echo $OUTPUT->render(new story_page($attempt, engine_factory::get()));
} catch (\mod_palier\local\engine\engine_exception | moodle_exception $e) {
    if (!$e instanceof \mod_palier\local\engine\engine_exception && $e->errorcode !== 'noengine') {
        throw $e;
    }
    echo $OUTPUT->notification(get_string('engineaway_story', 'mod_palier'), \core\output\notification::NOTIFY_INFO);
}
echo $OUTPUT->render(new contest_panel($attempt));
echo $OUTPUT->footer();
