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
 * Colleagues who help with a competence. They are of one's own authority, and said so themselves.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use core_message\api as messages;
use local_palier\local\told;
use local_palier\output\helpers_page;
use local_palier\output\places;

require_login(null, false);
$framework = optional_param('framework', '', PARAM_RAW_TRIMMED);
$competence = optional_param('competence', '', PARAM_RAW_TRIMMED);
$url = $framework === '' ? new moodle_url('/local/palier/helpers.php') : helpers_page::url($framework, $competence);
$title = get_string('helpers', 'local_palier');
places::open(context_system::instance(), 'local/palier:seekhelp', $url, $title);
if (isguestuser()) {
    throw new moodle_exception('noguest');
}
if ($helper = optional_param('write', 0, PARAM_INT)) {
    require_sesskey();
    // Whoever says that they help lets colleagues write to them: by that they are a contact of each other's in Moodle.
    if (!isset(told::helpers($framework, $competence)[$helper])) {
        throw new moodle_exception('helper_gone', 'local_palier', $url);
    }
    if (!messages::is_contact((int) $USER->id, $helper)) {
        messages::add_contact((int) $USER->id, $helper);
    }
    redirect(helpers_page::message_url($helper));
}
places::show($title, new helpers_page($framework, $competence));
