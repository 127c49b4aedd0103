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
 * A plan of action with its indicators, of a course category or of the site.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\event\actions_exported;
use local_palier\event\actions_viewed;
use local_palier\local\action_file;
use local_palier\local\actions;
use local_palier\local\profiles;
use local_palier\output\actions_page;
use local_palier\output\places;
use mod_palier\api;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$url = new moodle_url('/local/palier/actions.php', ['contextid' => $context->id]);
$title = get_string('actions', 'local_palier');
places::open($context, 'local/palier:viewmaps', $url, $title);
$download = optional_param('download', '', PARAM_ALPHA);
if ($download === 'plan') {
    actions_exported::tell($context);
    places::send('palier-plan.csv', action_file::text(actions::of($context)));
}
$page = new actions_page($context);
if ($download === 'figures') {
    actions_exported::tell($context);
    places::send('palier-indicators.csv', api::spreadsheet($page->rows()));
}
actions_viewed::tell($context);
places::show($title, $page);
