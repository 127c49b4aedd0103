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
 * The catalogue of trainings of a course category or of the site.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\event\catalogue_exported;
use local_palier\local\catalogue;
use local_palier\local\catalogue_file;
use local_palier\local\profiles;
use local_palier\output\catalogue_page;
use local_palier\output\places;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$remove = optional_param('remove', 0, PARAM_INT);
$url = new moodle_url('/local/palier/catalogue.php', ['contextid' => $context->id]);
$title = get_string('catalogue', 'local_palier');
places::open($context, 'local/palier:managecatalogue', $url, $title);

if ($remove) {
    require_sesskey();
    $entry = catalogue::get($remove);
    if ($entry->contextid !== (int) $context->id) {
        throw new moodle_exception('noentry', 'local_palier');
    }
    catalogue::remove($entry);
    $removed = get_string('catalogue_removed', 'local_palier', s($entry->title));
    redirect($url, $removed, null, \core\output\notification::NOTIFY_SUCCESS);
}
if (optional_param('download', false, PARAM_BOOL)) {
    $entries = catalogue::of($context);
    catalogue_exported::tell($context, ['count' => count($entries)]);
    places::send('palier-catalogue.csv', catalogue_file::text($entries));
}
places::show($title, new catalogue_page($context, optional_param('page', 0, PARAM_INT)));
