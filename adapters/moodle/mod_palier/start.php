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
 * Begins an attempt, or goes on with the one under way.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use core\url;
use mod_palier\local\attempt\self_placement;
use mod_palier\local\attempt\starter;

$id = required_param('id', PARAM_INT);
$preview = optional_param('preview', false, PARAM_BOOL);
[$course, $cm] = get_course_and_cm_from_cmid($id, 'palier');
require_login($course, false, $cm);
$PAGE->set_url('/mod/palier/start.php', ['id' => $cm->id]);

if (!data_submitted() || !confirm_sesskey()) {
    redirect($cm->url);
}
require_capability($preview ? 'mod/palier:preview' : 'mod/palier:attempt', $cm->context);
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);

$placement = (new self_placement($palier))->context(optional_param_array('placement', [], PARAM_RAW));
$password = optional_param('password', '', PARAM_RAW);

try {
    $attempt = (new starter($palier, $cm->context, $USER->id, $preview, $password, $placement))->start();
} catch (moodle_exception $e) {
    if ($e->module !== 'mod_palier') {
        throw $e;
    }
    redirect($cm->url, $e->getMessage(), null, \core\output\notification::NOTIFY_INFO);
}
redirect(new url('/mod/palier/attempt.php', ['attempt' => $attempt->id]));
