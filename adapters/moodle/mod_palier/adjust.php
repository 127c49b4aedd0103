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
 * One click on a way out: a test that cannot keep its promise gets a lower precision or more questions.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once('../../config.php');

use mod_palier\local\test\adjustment;

$id = required_param('id', PARAM_INT);
$field = required_param('field', PARAM_ALPHA);
$value = required_param('value', PARAM_RAW_TRIMMED);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
require_sesskey();
require_capability('moodle/course:manageactivities', $cm->context);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
$PAGE->set_url('/mod/palier/adjust.php', ['id' => $cm->id]);

adjustment::apply($palier, $cm, $field, $value);
redirect(
    new moodle_url('/mod/palier/view.php', ['id' => $cm->id]),
    get_string('adjusted', 'mod_palier'),
    null,
    \core\output\notification::NOTIFY_SUCCESS
);
