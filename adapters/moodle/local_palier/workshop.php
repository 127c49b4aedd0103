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
 * The sessions of a workshop, to be printed.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\event\workshop_viewed;
use local_palier\local\workshops;
use local_palier\output\places;
use local_palier\output\workshop_page;

require_login(null, false);
$workshop = workshops::get(required_param('id', PARAM_INT));
$context = context::instance_by_id($workshop->contextid);
$url = new moodle_url('/local/palier/workshop.php', ['id' => $workshop->id]);
places::open($context, 'local/palier:advise', $url, get_string('workshops', 'local_palier'));
workshop_viewed::tell($context, ['workshopid' => $workshop->id]);
$PAGE->set_pagelayout('print');
places::show(s($workshop->name), new workshop_page($workshop), 1);
