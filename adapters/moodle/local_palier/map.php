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
 * A map of a campaign, as it was published.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\event\map_exported;
use local_palier\event\map_viewed;
use local_palier\local\campaigns;
use local_palier\local\snapshots;
use local_palier\output\map_page;
use local_palier\output\places;
use mod_palier\api;

require_login(null, false);
$snapshot = snapshots::get(required_param('id', PARAM_INT));
$campaign = campaigns::get($snapshot->campaignid);
$context = $campaign->context();
$line = optional_param('line', -1, PARAM_INT);
$row = optional_param('row', -1, PARAM_INT);
$page = new map_page($campaign, $snapshot, $line, $row);
$url = new moodle_url('/local/palier/map.php', ['id' => $snapshot->id, 'line' => $line, 'row' => $row]);
$list = new moodle_url('/local/palier/maps.php', ['contextid' => $context->id]);
places::open($context, 'local/palier:viewmaps', $url, $page->title());

if (optional_param('delete', false, PARAM_BOOL)) {
    require_capability('local/palier:makemaps', $context);
    if (optional_param('confirm', false, PARAM_BOOL)) {
        require_sesskey();
        snapshots::delete($snapshot, $campaign);
        redirect($list, get_string('map_deleted', 'local_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
    }
    $yes = new moodle_url('/local/palier/map.php', ['id' => $snapshot->id, 'delete' => 1, 'confirm' => 1]);
    echo $OUTPUT->header(), $OUTPUT->heading($page->title());
    echo $OUTPUT->confirm(get_string('map_deletesure', 'local_palier'), $yes, $url);
    echo $OUTPUT->footer();
    die;
}
if ($snapshot->table === null) {
    redirect($list);
}
if (optional_param('download', false, PARAM_BOOL)) {
    map_exported::tell_of($campaign, $snapshot->id);
    places::send('palier-map.csv', api::spreadsheet($page->rows()));
}
map_viewed::tell_of($campaign, $snapshot->id);
places::show($page->title(), $page);
