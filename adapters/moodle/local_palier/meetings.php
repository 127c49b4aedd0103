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
 * One's own rendez-vous with an adviser. Nobody else opens this page.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use core\output\notification;
use local_palier\local\meetings;
use local_palier\output\meetings_page;
use local_palier\output\places;

require_login(null, false);
$title = get_string('meetings', 'local_palier');
$url = new moodle_url('/local/palier/meetings.php');
places::open(context_system::instance(), 'local/palier:seekhelp', $url, $title);
if (isguestuser()) {
    throw new moodle_exception('noguest');
}
$typed = [];
$do = optional_param('do', '', PARAM_ALPHA);
if ($do !== '') {
    require_sesskey();
    $typed = [
        'choice' => optional_param('choice', '', PARAM_ALPHANUMEXT),
        'phone' => optional_param('phone', '', PARAM_TEXT),
        'hours' => optional_param('hours', '', PARAM_TEXT),
        'show' => optional_param('show', 0, PARAM_INT),
    ];
    try {
        [$kind, $id] = explode('-', "{$typed['choice']}-");
        match ($do) {
            'cancel' => meetings::cancel(required_param('id', PARAM_INT)),
            'hide' => meetings::show_nothing(required_param('id', PARAM_INT)),
            'ask' => match ($kind) {
                'slot' => meetings::book((int) $id, $typed['show']),
                'call' => meetings::ask_call((int) $id, $typed['phone'], $typed['hours'], $typed['show']),
                default => throw new moodle_exception('meeting_choose', 'local_palier'),
            },
            default => throw new moodle_exception('invalidaction', 'error'),
        };
        redirect($url, get_string("meeting_done_$do", 'local_palier'), null, notification::NOTIFY_SUCCESS);
    } catch (moodle_exception $e) {
        if ($e->module !== 'local_palier') {
            throw $e;
        }
        \core\notification::error($e->getMessage());
    }
}
places::show($title, new meetings_page($typed));
