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

namespace mod_palier\local\xapi;

use core\message\message;
use core\url;

/**
 * Tells the administrators, by Moodle's messages, that a destination paused by itself.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class alert {
    /**
     * A destination paused. An alert that cannot be sent changes nothing: the status report says it, too.
     *
     * @param destination $destination
     */
    public static function paused(destination $destination): void {
        $strings = get_string_manager();
        $page = new url('/mod/palier/destinations.php', ['id' => $destination->id]);
        foreach (get_admins() as $admin) {
            $subject = $strings->get_string('alert_paused', 'mod_palier', $destination->name, $admin->lang);
            $reason = $strings->get_string("paused_{$destination->paused}", 'mod_palier', null, $admin->lang);
            $words = $strings->get_string('lrswords', 'mod_palier', $destination->lasterror, $admin->lang);
            $link = $strings->get_string('alert_link', 'mod_palier', null, $admin->lang);
            $message = new message();
            $message->component = 'mod_palier';
            $message->name = 'destinationpaused';
            $message->userfrom = \core_user::get_noreply_user();
            $message->userto = $admin;
            $message->subject = $subject;
            $message->fullmessage = "$subject\n\n$reason\n$words\n\n$link\n" . $page->out(false);
            $message->fullmessageformat = FORMAT_PLAIN;
            $message->fullmessagehtml = '<p>' . s($subject) . '</p><p>' . s($reason) . '<br>' . s($words) .
                '</p><p><a href="' . $page->out() . '">' . s($link) . '</a></p>';
            $message->smallmessage = $subject;
            $message->notification = 1;
            $message->contexturl = $page->out(false);
            $message->contexturlname = $destination->name;
            try {
                message_send($message);
            } catch (\Throwable $e) {
                debugging('Administrators were not told of a paused destination: ' . $e->getMessage(), DEBUG_NORMAL);
            }
        }
    }
}
