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
 * An adviser opens times for rendez-vous.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\form\slots_form;
use local_palier\local\profiles;
use local_palier\local\slots;
use local_palier\output\places;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$title = get_string('slots_open', 'local_palier');
$url = new moodle_url('/local/palier/openslots.php', ['contextid' => $context->id]);
$list = new moodle_url('/local/palier/advice.php', ['contextid' => $context->id]);
places::open($context, 'local/palier:advise', $url, $title);
$form = new slots_form($url);
if ($form->is_cancelled()) {
    redirect($list);
}
if ($data = $form->get_data()) {
    slots::open($context, [
        'timestart' => (int) $data->timestart,
        'minutes' => (int) $data->minutes,
        'place' => $data->place,
        'people' => (int) $data->people,
    ], (int) $data->times);
    redirect($list, get_string('slots_opened', 'local_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
}
echo $OUTPUT->header(), $OUTPUT->heading($title);
$form->display();
echo $OUTPUT->footer();
