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
 * What is behind the link, the code and the QR code of a campaign: what it is for, who sees what, begin or rather not.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\local\campaigns;
use local_palier\local\participation;
use local_palier\output\join_page;
use local_palier\output\places;

require_login(null, false);
$code = optional_param('code', '', PARAM_ALPHANUMEXT);
$url = new moodle_url('/local/palier/join.php', $code === '' ? [] : ['code' => $code]);
$title = get_string('join', 'local_palier');
places::open(context_system::instance(), 'local/palier:takepart', $url, $title);
if (isguestuser()) {
    throw new moodle_exception('noguest');
}
$campaign = $code === '' ? null : campaigns::by_code($code);
if ($campaign && !participation::is_offered($campaign)) {
    throw new moodle_exception('campaign_notforyou', 'local_palier');
}
if ($campaign && data_submitted() && confirm_sesskey()) {
    if (required_param('do', PARAM_ALPHA) === 'begin') {
        redirect(participation::join($campaign));
    }
    participation::refuse($campaign);
    redirect(new moodle_url('/local/palier/mycampaigns.php'), get_string('refused', 'local_palier'));
}
places::show($campaign ? format_string($campaign->name) : $title, new join_page($campaign));
