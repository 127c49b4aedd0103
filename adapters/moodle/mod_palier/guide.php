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
 * The guides: for teachers, trainers, keepers of a bank, administrators.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use mod_palier\local\guide;

$page = optional_param('page', 'teacher', PARAM_ALPHANUMEXT);
$id = optional_param('id', 0, PARAM_INT);
if ($id) {
    // From an activity's menu: the way back is that activity's.
    [$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
    require_login($course, false, $cm);
    $PAGE->set_pagelayout('incourse');
    $PAGE->activityheader->disable();
} else {
    require_login(null, false);
    $PAGE->set_context(\core\context\system::instance());
    $PAGE->set_pagelayout('standard');
    $PAGE->set_heading($SITE->fullname);
}
$guide = new guide($page);
$more = $id ? ['id' => $id] : [];
$PAGE->set_url('/mod/palier/guide.php', ['page' => $page] + $more);
$PAGE->set_title($guide->title);

$choices = [];
foreach (array_keys(guide::PAGES) as $other) {
    $choices[$other] = (new guide($other))->title;
}

echo $OUTPUT->header();
echo $OUTPUT->heading(s($guide->title));
if ($page === 'data-protection' && has_capability('moodle/site:config', \core\context\system::instance())) {
    echo $OUTPUT->render(new \mod_palier\output\data_protection_page());
}
if (!$guide->isthere) {
    $lacking = get_string('guidenotthere', 'mod_palier', "docs/{$guide->name}.md");
    echo $OUTPUT->notification($lacking, \core\output\notification::NOTIFY_INFO, false);
} else {
    $select = new \single_select(new \core\url('/mod/palier/guide.php', $more), 'page', $choices, $page, null);
    $select->set_label(get_string('guides', 'mod_palier'));
    echo $OUTPUT->render($select);
    echo html_writer::div($guide->html(), 'mod_palier_guide', ['lang' => $guide->language]);
}
echo $OUTPUT->footer();
