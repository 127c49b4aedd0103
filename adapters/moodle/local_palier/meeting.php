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
 * A rendez-vous, for the advisers of its place.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\local\meetings;
use local_palier\output\meeting_page;
use local_palier\output\places;

require_login(null, false);
$id = required_param('id', PARAM_INT);
$url = new moodle_url('/local/palier/meeting.php', ['id' => $id]);
$meeting = meetings::get($id);
$context = context::instance_by_id($meeting->contextid);
// The name of the person is known to nobody before it is known that they may read it.
places::open($context, 'local/palier:advise', $url, get_string('meeting', 'local_palier'));
$back = new moodle_url('/local/palier/advice.php', ['contextid' => $context->id]);
if (optional_param('close', false, PARAM_BOOL) && !$meeting->timeclosed) {
    require_sesskey();
    meetings::close($meeting, required_param('outcome', PARAM_ALPHA), optional_param('note', '', PARAM_TEXT));
    redirect($back, get_string('meeting_isclosed', 'local_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
}
meetings::read($meeting);
places::show(fullname(core_user::get_user($meeting->userid)), new meeting_page($meeting));
