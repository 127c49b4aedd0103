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
 * A campaign to be printed: what it is for, who sees what, its address, code and QR code.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\local\campaigns;
use local_palier\output\places;
use local_palier\output\poster_page;

require_login(null, false);
$campaign = campaigns::get(required_param('id', PARAM_INT));
$title = format_string($campaign->name, true, ['context' => $campaign->context()]);
$url = new moodle_url('/local/palier/poster.php', ['id' => $campaign->id]);
places::open($campaign->context(), 'local/palier:managecampaigns', $url, $title);
if ($campaign->is_draft()) {
    throw new moodle_exception('campaign_notyet', 'local_palier');
}
$PAGE->set_pagelayout('print');
places::show($title, new poster_page($campaign), 1);
