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
 * Workshops of a place, for its advisers: groups with like gaps are proposed, and made when they are confirmed.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use core\notification;
use local_palier\event\workshop_proposed;
use local_palier\local\profiles;
use local_palier\local\told;
use local_palier\local\workshops;
use local_palier\output\places;
use local_palier\output\workshops_page;

require_login(null, false);
$context = profiles::place(optional_param('contextid', 0, PARAM_INT));
$title = get_string('workshops', 'local_palier');
$url = new moodle_url('/local/palier/workshops.php', ['contextid' => $context->id]);
places::open($context, 'local/palier:advise', $url, $title);
[$framework, $competence] = told::read_key(optional_param('one', '', PARAM_RAW));
$asked = $framework === '' ? [] : [
    'framework' => $framework,
    'competence' => $competence,
    'level' => required_param('level', PARAM_INT),
    'least' => required_param('least', PARAM_INT),
    'most' => min(workshops::MOST_PEOPLE, required_param('most', PARAM_INT)),
    'cmid' => optional_param('cmid', 0, PARAM_INT),
];
$page = new workshops_page($context, $asked);
if ($asked) {
    workshop_proposed::tell($context, ['framework' => $framework, 'competence' => $competence]);
}
if ($page->groups() && optional_param('make', false, PARAM_BOOL)) {
    require_sesskey();
    if (!hash_equals($page->mark(), required_param('mark', PARAM_ALPHANUM))) {
        notification::warning(get_string('workshop_changed', 'local_palier'));
    } else {
        $places = optional_param_array('place', [], PARAM_TEXT);
        $sessions = [];
        foreach (optional_param_array('time', [], PARAM_RAW_TRIMMED) as $number => $time) {
            // As a browser sends it, in the adviser's own time.
            preg_match('/^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/', $time, $parts);
            $sessions[$number] = [
                'timestart' => $parts ? make_timestamp(...array_map('intval', array_slice($parts, 1))) : 0,
                'place' => core_text::substr($places[$number] ?? '', 0, 255),
            ];
        }
        try {
            $id = workshops::make($context, [
                'courseid' => required_param('courseid', PARAM_INT),
                'name' => core_text::substr(trim(required_param('name', PARAM_TEXT)), 0, 200),
                'framework' => $framework,
                'competence' => $competence,
                'level' => $asked['level'],
            ], $page->groups(), $sessions);
            redirect(new moodle_url('/local/palier/workshop.php', ['id' => $id]));
        } catch (moodle_exception $e) {
            if ($e->module !== 'local_palier') {
                throw $e;
            }
            notification::error($e->getMessage());
        }
    }
}
places::show($title, $page);
