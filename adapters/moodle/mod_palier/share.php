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
 * Shares a result: an act of the learner.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require(__DIR__ . '/../../config.php');

use core\url;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\sharing;

$id = required_param('attempt', PARAM_INT);
$attempt = attempt_repository::load($id);
require_login($attempt->course(), false, $attempt->cm());
$PAGE->set_url('/mod/palier/share.php', ['attempt' => $attempt->id]);
if ($attempt->userid != $USER->id) {
    throw new moodle_exception('notyourattempt', 'mod_palier', $attempt->cm()->url);
}
if (data_submitted() && confirm_sesskey()) {
    sharing::share($attempt->id);
}
redirect(new url('/mod/palier/result.php', ['attempt' => $attempt->id]));
