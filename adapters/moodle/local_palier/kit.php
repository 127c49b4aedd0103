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
 * The documents of a campaign: messages, guides, checklist, calendar, and the file for staff representatives.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\event\kit_exported;
use local_palier\local\campaigns;
use local_palier\local\kit;
use local_palier\local\odt;
use local_palier\output\kit_document_page;
use local_palier\output\kit_page;
use local_palier\output\places;

require_login(null, false);
$campaign = campaigns::get(required_param('id', PARAM_INT));
$name = optional_param('document', '', PARAM_ALPHA);
$format = optional_param('format', '', PARAM_ALPHA);
$language = optional_param('language', '', PARAM_ALPHA);
if (!in_array($language, kit::languages(), true)) {
    $language = str_starts_with(current_language(), 'fr') ? 'fr' : 'en';
}
$title = get_string('kit', 'local_palier');
$all = new moodle_url('/local/palier/kit.php', ['id' => $campaign->id, 'language' => $language]);
$url = new moodle_url($all, $name === '' ? [] : ['document' => $name]);
places::open($campaign->context(), 'local/palier:managecampaigns', $url, $title);
$kit = new kit($campaign);
$document = $name === '' ? null : kit::in_language($language, fn() => $kit->document($name));
if ($document && $format === 'odt') {
    kit_exported::tell_of($campaign);
    places::send("palier-$name-$language.odt", odt::of($document, $language), odt::TYPE);
}
if ($name === 'calendar' && $format === 'ics') {
    kit_exported::tell_of($campaign);
    places::send("palier-$name-$language.ics", kit::in_language($language, $kit->diary(...)), 'text/calendar');
}
if ($document) {
    $PAGE->set_pagelayout('print');
    places::show(s($document->title), new kit_document_page($document, $language, $all), 1);
} else {
    places::show($title, new kit_page($kit, $language));
}
