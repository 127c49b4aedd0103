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
 * A campaign for whoever manages it: its link, and counts.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\event\campaign_exported;
use local_palier\event\campaign_viewed;
use local_palier\local\campaigns;
use local_palier\output\campaign_page;
use local_palier\output\places;
use mod_palier\api;

require_login(null, false);
$campaign = campaigns::get(required_param('id', PARAM_INT));
$title = format_string($campaign->name, true, ['context' => $campaign->context()]);
$url = new moodle_url('/local/palier/campaign.php', ['id' => $campaign->id]);
places::open($campaign->context(), 'local/palier:managecampaigns', $url, $title);
if ($campaign->is_draft()) {
    redirect(new moodle_url('/local/palier/editcampaign.php', ['id' => $campaign->id]));
}
if (optional_param('close', false, PARAM_BOOL)) {
    require_sesskey();
    campaigns::close($campaign);
    redirect($url);
}
if (optional_param('next', false, PARAM_BOOL)) {
    require_sesskey();
    // Nothing has to be typed: all of it is shown, and may be launched or changed.
    $wave = campaigns::next_wave($campaign);
    redirect(new moodle_url('/local/palier/editcampaign.php', ['id' => $wave->id, 'step' => 'launch']));
}
$page = new campaign_page($campaign);
if (optional_param('download', false, PARAM_BOOL)) {
    campaign_exported::tell_of($campaign);
    places::send('palier-campaign.csv', api::spreadsheet($page->rows()));
}
campaign_viewed::tell_of($campaign);
places::show($title, $page);
