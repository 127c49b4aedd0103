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
 * How many people reach what their jobs ask: counts, and never a person.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\event\gaps_exported;
use local_palier\event\gaps_viewed;
use local_palier\local\profiles;
use local_palier\output\gaps_page;
use local_palier\output\places;
use local_palier\task\count_gaps;
use mod_palier\api;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$url = new moodle_url('/local/palier/gaps.php', ['contextid' => $context->id]);
$title = get_string('gaps', 'local_palier');
places::open($context, 'local/palier:viewgaps', $url, $title);

if (optional_param('count', false, PARAM_BOOL)) {
    require_sesskey();
    count_gaps::request($context);
    redirect($url, get_string('gaps_requested', 'local_palier'), null, \core\output\notification::NOTIFY_INFO);
}
$page = new gaps_page($context);
if (optional_param('download', false, PARAM_BOOL)) {
    gaps_exported::tell($context);
    places::send('palier-jobs.csv', api::spreadsheet($page->rows()));
}
gaps_viewed::tell($context);
places::show($title, $page);
