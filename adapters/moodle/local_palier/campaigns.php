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
 * The campaigns of a course category or of the site.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\local\profiles;
use local_palier\local\transversal;
use local_palier\output\campaigns_page;
use local_palier\output\places;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$title = get_string('campaigns', 'local_palier');
$url = new moodle_url('/local/palier/campaigns.php', ['contextid' => $context->id]);
places::open($context, 'local/palier:managecampaigns', $url, $title);
$way = optional_param('transversal', '', PARAM_ALPHA);
if (in_array($way, transversal::WAYS, true)) {
    require_sesskey();
    // Nothing has to be typed: all of it is shown, and may be launched or changed.
    $campaign = transversal::begin($context, $way);
    redirect(new moodle_url('/local/palier/editcampaign.php', ['id' => $campaign->id, 'step' => 'launch']));
}
places::show($title, new campaigns_page($context));
