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

namespace mod_palier\local\contest;

use core\message\message;
use core\url;
use core_text;
use mod_palier\local\attempt\attempt;
use stdClass;

/**
 * Tells people, by Moodle's messages, what happened in a thread: trainers of what a learner writes, the learner of what
 * they answer. Nothing of a result is said. A message that cannot be sent leaves the thread as it is.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class contest_messages {
    /**
     * A learner opened a thread.
     *
     * @param contest $contest
     * @param string $text perhaps empty
     */
    public static function opened(contest $contest, string $text): void {
        self::to_deciders($contest, "message_opened_{$contest->kind}", $text);
    }

    /**
     * Somebody wrote.
     *
     * @param contest $contest
     * @param int $userid who
     * @param string $text
     */
    public static function replied(contest $contest, int $userid, string $text): void {
        if ($userid == $contest->userid) {
            self::to_deciders($contest, 'message_replied', $text);
        } else {
            self::to_learner($contest, $userid, 'message_answered', $text);
        }
    }

    /**
     * Somebody decided.
     *
     * @param contest $contest
     * @param int $userid who
     * @param string $reason
     */
    public static function decided(contest $contest, int $userid, string $reason): void {
        self::to_learner($contest, $userid, "message_decided_{$contest->status}", $reason);
    }

    /**
     * An attempt was corrected without a thread of its learner: a question that another one contested was dropped, or an
     * answer was marked anew.
     *
     * @param attempt $attempt
     * @param int $slot
     * @param int $userid who decided
     * @param string $reason
     * @param string $string what is said
     */
    public static function corrected(
        attempt $attempt,
        int $slot,
        int $userid,
        string $reason,
        string $string = 'message_decided_dropped'
    ): void {
        $page = new url($attempt->is_open() ? '/mod/palier/view.php' : '/mod/palier/result.php', $attempt->is_open()
            ? ['id' => $attempt->cm()->id] : ['attempt' => $attempt->id]);
        $from = \core_user::get_user($userid);
        $learner = \core_user::get_user($attempt->userid);
        self::send($attempt, $slot, $page, 'contestanswer', $from, $learner, $string, $reason);
    }

    /**
     * To those who may decide.
     *
     * @param contest $contest
     * @param string $string
     * @param string $text
     */
    private static function to_deciders(contest $contest, string $string, string $text): void {
        $learner = \core_user::get_user($contest->userid);
        foreach (contest_access::deciders($contest->attempt()) as $user) {
            self::send($contest->attempt(), $contest->slot, $contest->url(), 'contest', $learner, $user, $string, $text);
        }
    }

    /**
     * To the learner.
     *
     * @param contest $contest
     * @param int $userid of whom
     * @param string $string
     * @param string $text
     */
    private static function to_learner(contest $contest, int $userid, string $string, string $text): void {
        $learner = \core_user::get_user($contest->userid);
        $from = \core_user::get_user($userid);
        self::send($contest->attempt(), $contest->slot, $contest->url(), 'contestanswer', $from, $learner, $string, $text);
    }

    /**
     * Sends one message, in the reader's language.
     *
     * @param attempt $attempt what it is about
     * @param int $slot of the question; 0 of none
     * @param url $page where to read more
     * @param string $provider
     * @param stdClass $from
     * @param stdClass $to
     * @param string $string
     * @param string $text
     */
    private static function send(
        attempt $attempt,
        int $slot,
        url $page,
        string $provider,
        stdClass $from,
        stdClass $to,
        string $string,
        string $text
    ): void {
        $strings = get_string_manager();
        $a = [
            'who' => fullname($from),
            'test' => $attempt->name(),
            'number' => $slot,
        ];
        $subject = html_to_text($strings->get_string($string, 'mod_palier', $a, $to->lang), 0, false);
        $link = $strings->get_string('message_link', 'mod_palier', null, $to->lang);
        $message = new message();
        $message->component = 'mod_palier';
        $message->name = $provider;
        $message->courseid = $attempt->course()->id;
        $message->userfrom = $from;
        $message->userto = $to;
        $message->subject = $subject;
        $url = $page->out(false);
        $message->fullmessage = implode("\n\n", array_filter([$subject, $text, "$link\n$url"], 'strlen'));
        $message->fullmessageformat = FORMAT_PLAIN;
        $message->fullmessagehtml = '<p>' . s($subject) . '</p>' .
            ($text === '' ? '' : '<blockquote>' . nl2br(s($text)) . '</blockquote>') .
            '<p><a href="' . $page->out() . '">' . s($link) . '</a></p>';
        $message->smallmessage = core_text::substr($subject, 0, 200);
        $message->notification = 1;
        $message->contexturl = $url;
        $message->contexturlname = $attempt->name();
        try {
            message_send($message);
        } catch (\Throwable $e) {
            debugging("A message about attempt {$attempt->id} was not sent: " . $e->getMessage(), DEBUG_NORMAL);
        }
    }
}
