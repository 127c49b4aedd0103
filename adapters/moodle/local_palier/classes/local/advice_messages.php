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

namespace local_palier\local;

use core\message\message;
use core_user;
use moodle_url;
use stdClass;

/**
 * Messages to a person about their own rendez-vous or workshop. They come from nobody, so that no log tells that an adviser wrote
 * to them, and pop up in Moodle: nobody needs an e-mail address.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class advice_messages {
    /**
     * Sends one.
     *
     * @param int $userid
     * @param string $what reminder, withdrawn, workshop
     * @param stdClass $of timestart, minutes, place; name of a workshop
     */
    public static function send(int $userid, string $what, stdClass $of): void {
        $user = core_user::get_user($userid);
        if (!$user || $user->deleted || $user->suspended) {
            return;
        }
        $before = force_current_language($user->lang);
        try {
            $a = [
                'when' => $of->timestart ? slots::when($of, $user) : get_string('session_later', 'local_palier'),
                'place' => (string) $of->place,
                'name' => $of->name ?? '',
            ];
            $text = get_string("message_$what", 'local_palier', $a);
            $url = new moodle_url('/local/palier/meetings.php');
            $link = get_string('meetings', 'local_palier');
            $message = new message();
            $message->component = 'local_palier';
            $message->name = 'advice';
            $message->courseid = SITEID;
            $message->userfrom = core_user::get_noreply_user();
            $message->userto = $user;
            $message->subject = get_string("message_{$what}_subject", 'local_palier', $a);
            $message->fullmessage = "$text\n\n$link\n" . $url->out(false);
            $message->fullmessageformat = FORMAT_PLAIN;
            $message->fullmessagehtml = '<p>' . s($text) . '</p><p><a href="' . $url->out() . '">' . s($link) . '</a></p>';
            $message->smallmessage = $text;
            $message->notification = 1;
            $message->contexturl = $url->out(false);
            $message->contexturlname = $link;
            message_send($message);
        } finally {
            force_current_language($before);
        }
    }
}
