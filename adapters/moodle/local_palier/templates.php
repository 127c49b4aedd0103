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
 * The tests that a course category or the site lends to the organisations below it.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\local\profiles;
use local_palier\local\templates;
use local_palier\output\places;
use local_palier\output\templates_page;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$title = get_string('templates', 'local_palier');
$url = new moodle_url('/local/palier/templates.php', ['contextid' => $context->id]);
places::open($context, 'local/palier:managecampaigns', $url, $title);
$do = optional_param('do', '', PARAM_ALPHA);
if ($do !== '') {
    require_sesskey();
    $cmid = required_param('cmid', PARAM_INT);
    if ($do === 'share') {
        templates::share($context, $cmid);
    } else {
        templates::withdraw($context, $cmid);
    }
    redirect($url);
}
places::show($title, new templates_page($context));
