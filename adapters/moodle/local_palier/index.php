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
 * The profiles of a course category or of the site.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\event\profiles_exported;
use local_palier\local\profile_file;
use local_palier\local\profiles;
use local_palier\output\places;
use local_palier\output\profiles_page;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$retire = optional_param('retire', 0, PARAM_INT);
$url = new moodle_url('/local/palier/index.php', ['contextid' => $context->id]);
$title = get_string('profiles', 'local_palier');
places::open($context, 'local/palier:manageprofiles', $url, $title);

if ($retire) {
    require_sesskey();
    $profile = profiles::get($retire);
    if ($profile->contextid !== (int) $context->id) {
        throw new moodle_exception('noprofile', 'local_palier');
    }
    profiles::retire($profile);
    redirect($url, get_string('retired', 'local_palier', s($profile->name())), null, \core\output\notification::NOTIFY_SUCCESS);
}
if (optional_param('download', false, PARAM_BOOL)) {
    $profiles = profiles::by_code($context);
    profiles_exported::tell($context, ['count' => count($profiles)]);
    places::send('palier-profiles.csv', profile_file::text($profiles));
}
places::show($title, new profiles_page($context));
