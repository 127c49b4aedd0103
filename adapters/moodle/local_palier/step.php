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
 * One click on a training: into its course, or into one's own learning plan.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use core\output\notification;
use local_palier\local\catalogue;
use local_palier\local\comparison;
use local_palier\local\enrolment;
use local_palier\local\guidance;
use local_palier\local\learning_plan;
use local_palier\local\profiles;
use local_palier\output\places;

require_login(null, false);
$entry = catalogue::get(required_param('entry', PARAM_INT));
$profileid = required_param('profile', PARAM_INT);
$do = required_param('do', PARAM_ALPHA);
$back = new moodle_url('/local/palier/mine.php', ['id' => $profileid]);
$url = new moodle_url('/local/palier/step.php', ['entry' => $entry->id, 'profile' => $profileid, 'do' => $do]);
places::open(context_system::instance(), 'local/palier:compareown', $url, get_string('mine', 'local_palier'));
require_sesskey();
if (isguestuser()) {
    throw new moodle_exception('noguest');
}

$profile = profiles::for_me()[$profileid] ?? throw new moodle_exception('noprofile', 'local_palier');
$guidance = new guidance(comparison::of_user($profile, (int) $USER->id), profiles::my_contexts());
$recommended = array_column($guidance->recommendations, null, 'entryid')[$entry->id]
    ?? throw new moodle_exception('noentry', 'local_palier');
if ($do === 'enrol' && $entry->courseid !== null) {
    enrolment::enrol($entry->courseid);
    redirect(new moodle_url('/course/view.php', ['id' => $entry->courseid]));
}
if ($do === 'plan' && $missing = learning_plan::missing($entry, array_keys($recommended->gaps))) {
    redirect(learning_plan::add($missing), get_string('plan_added', 'local_palier'), null, notification::NOTIFY_SUCCESS);
}
redirect($back, get_string('step_cannot', 'local_palier'), null, notification::NOTIFY_WARNING);
