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
 * A version of a profile, line by line.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\local\profiles;
use local_palier\output\places;
use local_palier\output\profile_page;

require_login(null, false);
$profile = profiles::get(required_param('id', PARAM_INT));
$title = format_string($profile->name(), true, ['context' => $profile->context()]);
$url = new moodle_url('/local/palier/profile.php', ['id' => $profile->id]);
places::open($profile->context(), 'local/palier:manageprofiles', $url, $title);
places::show($title, new profile_page($profile));
