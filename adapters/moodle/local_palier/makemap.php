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
 * Has a map of a campaign made: of which groups.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\form\map_form;
use local_palier\local\campaigns;
use local_palier\local\job_cohort;
use local_palier\local\snapshots;
use local_palier\local\suppression;
use local_palier\output\places;

require_login(null, false);
$campaign = campaigns::get(required_param('id', PARAM_INT));
$context = $campaign->context();
$title = get_string('map_new', 'local_palier', format_string($campaign->name, true, ['context' => $context]));
$url = new moodle_url('/local/palier/makemap.php', ['id' => $campaign->id]);
$list = new moodle_url('/local/palier/maps.php', ['contextid' => $context->id]);
places::open($context, 'local/palier:makemaps', $url, $title);
$obstacle = snapshots::obstacle($campaign);
if ($obstacle) {
    redirect($list, get_string($obstacle, 'local_palier'), null, \core\output\notification::NOTIFY_INFO);
}
$form = new map_form($url, ['cohorts' => job_cohort::names($context), 'least' => suppression::least()]);
if ($form->is_cancelled()) {
    redirect($list);
}
if ($data = $form->get_data()) {
    snapshots::request($campaign, array_map('intval', $data->cohorts ?? []));
    redirect($list, get_string('map_requested', 'local_palier'), null, \core\output\notification::NOTIFY_INFO);
}
echo $OUTPUT->header(), $OUTPUT->heading($title);
$form->display();
echo $OUTPUT->footer();
