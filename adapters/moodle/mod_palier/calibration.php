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
 * What a calibration proposes, question by question, to accept or refuse.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use core\output\notification;
use mod_palier\local\calibration\calibration;
use mod_palier\local\calibration\decisions;
use mod_palier\local\counted;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\test\last_check;
use mod_palier\output\calibration_page;

$id = required_param('id', PARAM_INT);
$calibrationid = required_param('calibration', PARAM_INT);
$show = optional_param('show', 'all', PARAM_ALPHA);
$page = max(0, optional_param('page', 0, PARAM_INT));
$do = optional_param('do', '', PARAM_ALPHA);
$show = in_array($show, calibration::SHOW) ? $show : 'all';

[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
$context = context_module::instance($cm->id);
require_capability('mod/palier:calibrate', $context);
$calibration = calibration::load($calibrationid, (int) $cm->instance);

$url = new moodle_url('/mod/palier/calibration.php', ['id' => $cm->id, 'calibration' => $calibration->id]);
$back = new moodle_url('/mod/palier/calibrate.php', ['id' => $cm->id]);
$here = new moodle_url($url, ['show' => $show, 'page' => $page]);
$PAGE->set_url($here);
$PAGE->set_title(get_string('calibration', 'mod_palier') . moodle_page::TITLE_SEPARATOR . $cm->get_formatted_name());
$PAGE->set_heading($course->fullname);
$PAGE->set_pagelayout('report');
$PAGE->activityheader->disable();
navigation_node::override_active_url(new moodle_url('/mod/palier/parameters.php', ['id' => $cm->id]));

if ($do === 'delete') {
    require_sesskey();
    calibration::delete((int) $cm->instance, (int) $calibration->id);
    redirect($back, get_string('calibration_deleted', 'mod_palier'), null, notification::NOTIFY_SUCCESS);
}
if (array_key_exists($do, decisions::ACTIONS)) {
    require_sesskey();
    require_capability('mod/palier:manageparameters', $context);
    $items = calibration::items((int) $calibration->id, $show);
    if (!optional_param('whole', false, PARAM_BOOL)) {
        $items = array_intersect_key($items, array_flip(optional_param_array('items', [], PARAM_INT)));
    }
    $status = optional_param('status', '', PARAM_ALPHA);
    $decisions = new decisions($calibration, $context);
    $count = $decisions->decide($do, $items, in_array($status, item_parameters::STATUSES) ? $status : '');
    last_check::forget($DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST));
    $said = counted::text("calibration_did_$do", $count);
    $passed = $decisions->passed ? ' ' . counted::text('calibration_passed', $decisions->passed) : '';
    redirect($here, $said . $passed, null, $passed || !$count ? notification::NOTIFY_INFO : notification::NOTIFY_SUCCESS);
}

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('calibration', 'mod_palier'));
$maydecide = has_capability('mod/palier:manageparameters', $context);
echo $OUTPUT->render(new calibration_page($calibration, $url, $show, $page, $maydecide));
echo $OUTPUT->footer();
