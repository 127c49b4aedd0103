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
 * Rendez-vous for the advisers of a place: who asked for one, and the times that are open.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\event\queue_viewed;
use local_palier\local\profiles;
use local_palier\local\slots;
use local_palier\output\advice_page;
use local_palier\output\places;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$title = get_string('advice', 'local_palier');
$url = new moodle_url('/local/palier/advice.php', ['contextid' => $context->id]);
places::open($context, 'local/palier:advise', $url, $title);
if ($withdraw = optional_param('withdraw', 0, PARAM_INT)) {
    require_sesskey();
    $slot = slots::get($withdraw);
    require_capability('local/palier:advise', context::instance_by_id($slot->contextid));
    slots::withdraw($slot);
    redirect($url, get_string('slot_iswithdrawn', 'local_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
}
queue_viewed::tell($context);
places::show($title, new advice_page($context));
