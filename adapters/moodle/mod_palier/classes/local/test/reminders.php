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

namespace mod_palier\local\test;

use core\message\message;
use core_availability\info_module;
use core_user;
use mod_palier\hook\before_reminder;
use mod_palier\task\send_reminders;
use moodle_url;
use stdClass;

/**
 * Reminds those who have not begun a test that closes soon: once, some hours before the date that holds for each of them, or
 * when it opens if that is later. A date that is moved is reminded of again.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class reminders {
    /** @var int Hours before the closing date, where the site says nothing else. */
    public const HOURS = 48;

    /**
     * Seconds before the closing date; 0 where nobody is reminded.
     *
     * @return int
     */
    public static function ahead(): int {
        $hours = get_config('mod_palier', 'reminderhours');
        return HOURSECS * ($hours === false ? self::HOURS : max(0, (int) $hours));
    }

    /**
     * Hands each activity whose learners may have to be reminded to a task of its own. What was due before the first time is
     * left: an upgrade writes to nobody about what is already known.
     *
     * @param int $now
     * @return int how many activities
     */
    public static function queue(int $now): int {
        global $DB;
        $since = (int) get_config('mod_palier', 'remindeduntil');
        $ids = $since && self::ahead() ? self::activities($since, $now) : [];
        // Both or neither: an end of the process in between reminds nobody twice, and nobody is left out.
        $transaction = $DB->start_delegated_transaction();
        foreach ($ids as $id) {
            send_reminders::queue($id, $since, $now);
        }
        set_config('remindeduntil', $now, 'mod_palier');
        $transaction->allow_commit();
        return count($ids);
    }

    /**
     * Activities that close soon for somebody.
     *
     * @param int $since until when was reminded before
     * @param int $now
     * @return int[]
     */
    private static function activities(int $since, int $now): array {
        global $DB;
        $until = $now + self::ahead();
        return array_map('intval', $DB->get_fieldset_sql(
            'SELECT p.id
               FROM {palier} p
              WHERE (p.timeclose > :now AND p.timeclose <= :until AND (p.timeclose > :newclose OR p.timeopen > :newopen))
                 OR EXISTS (SELECT 1 FROM {palier_override} o
                             WHERE o.palierid = p.id AND o.timeclose > :othernow AND o.timeclose <= :otheruntil)
           ORDER BY p.id',
            [
                'now' => $now,
                'until' => $until,
                'newclose' => $since + self::ahead(),
                'newopen' => $since,
                'othernow' => $now,
                'otheruntil' => $until,
            ]
        ));
    }

    /**
     * Reminds the learners of an activity whose time to be reminded lies after one moment and not after another.
     *
     * @param int $palierid
     * @param int $since
     * @param int $now
     * @return int how many
     */
    public static function send(int $palierid, int $since, int $now): int {
        global $DB;
        $palier = $DB->get_record('palier', ['id' => $palierid]);
        if (!$palier) {
            return 0;
        }
        [$course, $cm] = get_course_and_cm_from_instance($palier, 'palier');
        if (!$course->visible || !$cm->visible || $cm->deletioninprogress) {
            return 0;
        }
        $exceptions = $DB->record_exists('palier_override', ['palierid' => $palierid]);
        [$enrolled, $params] = get_enrolled_sql($cm->context, 'mod/palier:attempt', 0, true);
        $users = $DB->get_recordset_sql(
            "SELECT u.*
               FROM {user} u
               JOIN ({$enrolled}) e ON e.id = u.id
              WHERE NOT EXISTS (SELECT 1 FROM {palier_attempt} a
                                 WHERE a.palierid = :palierid AND a.userid = u.id AND a.preview = 0)
           ORDER BY u.id",
            $params + ['palierid' => $palierid]
        );
        $sent = 0;
        foreach ($users as $user) {
            $mine = $exceptions ? overrides::for_user($palier, (int) $user->id) : $palier;
            $moment = max($mine->timeclose - self::ahead(), (int) $mine->timeopen);
            if (
                $mine->timeclose > $now && $moment > $since && $moment <= $now
                && info_module::is_user_visible($cm, (int) $user->id, false)
            ) {
                $url = before_reminder::ask($cm, (int) $user->id);
                $sent += (int) ($url && self::send_one($cm, $user, (int) $mine->timeclose, $url));
            }
        }
        $users->close();
        return $sent;
    }

    /**
     * Sends one message, in the reader's language.
     *
     * @param \cm_info $cm
     * @param stdClass $user
     * @param int $closes
     * @param moodle_url $url where it leads
     * @return bool whether it went
     */
    private static function send_one(\cm_info $cm, stdClass $user, int $closes, moodle_url $url): bool {
        $before = force_current_language($user->lang);
        try {
            $a = [
                'test' => html_to_text(format_string($cm->name, true, ['context' => $cm->context]), 0, false),
                'date' => userdate($closes, '', \core_date::get_user_timezone($user)),
            ];
            $text = get_string('message_closing', 'mod_palier', $a);
            $link = get_string('message_link', 'mod_palier');
            $message = new message();
            $message->component = 'mod_palier';
            $message->name = 'closing';
            $message->courseid = $cm->course;
            $message->userfrom = core_user::get_noreply_user();
            $message->userto = $user;
            $message->subject = get_string('message_closing_subject', 'mod_palier', $a);
            $message->fullmessage = "$text\n\n$link\n" . $url->out(false);
            $message->fullmessageformat = FORMAT_PLAIN;
            $message->fullmessagehtml = '<p>' . s($text) . '</p><p><a href="' . $url->out() . '">' . s($link) . '</a></p>';
            $message->smallmessage = $text;
            $message->notification = 1;
            $message->contexturl = $url->out(false);
            $message->contexturlname = $a['test'];
            return (bool) message_send($message);
        } catch (\Throwable $e) {
            mtrace("User $user->id was not reminded of activity $cm->instance: " . $e->getMessage());
            return false;
        } finally {
            force_current_language($before);
        }
    }
}
