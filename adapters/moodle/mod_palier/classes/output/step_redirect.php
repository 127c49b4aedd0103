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

namespace mod_palier\output;

use core\output\notification;
use core\url;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\outcome;
use mod_palier\local\attempt\step_result;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_access;

/**
 * Where a post leads, and what is said there.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class step_redirect {
    /**
     * Sends the learner on. Does not return.
     *
     * @param attempt $attempt
     * @param step_result $result
     * @param bool $ajax whether the page's script asks, which then opens the next page
     * @param bool $draft whether only a draft was to be kept, of which nothing is said
     */
    public static function go(attempt $attempt, step_result $result, bool $ajax = false, bool $draft = false): void {
        [$url, $message, $type] = self::target($attempt, $result);
        self::send($url, $draft ? '' : $message, $type, $ajax, $result->outcome);
    }

    /**
     * Sends a learner who is not in the network of the own open attempt to the first page of the test, which says so.
     *
     * @param attempt $attempt
     */
    public static function leave_unless_here(attempt $attempt): void {
        $reason = $attempt->access()->reason_not_from_here();
        if ($reason !== null) {
            redirect($attempt->cm()->url, $reason, null, notification::NOTIFY_INFO);
        }
    }

    /**
     * Sends on to a page, or tells a script which. Does not return.
     *
     * @param url $url
     * @param string $message to show there
     * @param string $type of notification
     * @param bool $ajax
     * @param string $outcome
     */
    public static function send(url $url, string $message, string $type, bool $ajax, string $outcome = ''): void {
        if (!$ajax) {
            redirect($url, $message, null, $type ?: notification::NOTIFY_INFO);
        }
        if ($message !== '') {
            \core\notification::add($message, $type);
        }
        header('Content-Type: application/json; charset=utf-8');
        header('Cache-Control: no-store');
        echo json_encode(['url' => $url->out(false), 'outcome' => $outcome]);
        die();
    }

    /**
     * Where to, with which words.
     *
     * @param attempt $attempt
     * @param step_result $result
     * @return array{url, string, string}
     */
    public static function target(attempt $attempt, step_result $result): array {
        $question = new url('/mod/palier/attempt.php', ['attempt' => $attempt->id]);
        $end = new url('/mod/palier/result.php', ['attempt' => $attempt->id]);
        $open = $result->attempt?->is_open() ?? $attempt->is_open();
        $info = notification::NOTIFY_INFO;
        $say = fn(string $string) => get_string($string, 'mod_palier');
        return match ($result->outcome) {
            outcome::SAVED => [self::next($question, $result), '', $info],
            outcome::STALE => [$open ? $question : $end, $say($open ? 'staleanswer' : 'stalefinished'), $info],
            outcome::KEPT => [$question, '', $info],
            outcome::FLAGGED => [
                $question,
                $say(contest_access::reached($attempt) === '' ? 'flagged_nobody' : 'flagged_notice'),
                notification::NOTIFY_SUCCESS,
            ],
            outcome::UNFLAGGED => [$question, $say('unflagged_notice'), $info],
            outcome::ANSWERED => [$question, $say('contestkept_notice'), $info],
            outcome::TOOLONG => [
                $question,
                get_string('contesttoolong', 'mod_palier', contest::MAX_LENGTH),
                notification::NOTIFY_WARNING,
            ],
            outcome::TOGETHER => [$attempt->cm()->url, self::asked($attempt, 'together'), notification::NOTIFY_SUCCESS],
            outcome::PAPER => [$attempt->cm()->url, self::asked($attempt, 'paper'), notification::NOTIFY_SUCCESS],
            outcome::PLACES => [$question, $say('placesonce'), notification::NOTIFY_WARNING],
            outcome::PAUSED => [$attempt->cm()->url, $say('keptonpause'), $info],
            outcome::WITHDRAWN => [$question, $say('questiongone'), $info],
            outcome::FINISHED => [self::end($end, $result), '', $info],
            outcome::CLOSED => [$end, $say('closedmeanwhile'), $info],
            outcome::ENGINE => [$question, $say('engineaway'), notification::NOTIFY_WARNING],
            outcome::STORAGE => [$question, $say('storagefailed'), notification::NOTIFY_WARNING],
            outcome::BUSY => [$question, $say('busy'), $info],
            outcome::INVALID, outcome::RESUMED => [$question, '', $info],
        };
    }

    /**
     * Who was asked to help, by name; where nobody can be, what to do.
     *
     * @param attempt $attempt
     * @param string $kind together or paper
     * @return string
     */
    protected static function asked(attempt $attempt, string $kind): string {
        $names = contest_access::reached($attempt);
        return get_string($names === '' ? 'asked_nobody' : "asked_$kind", 'mod_palier', $names);
    }

    /**
     * The page after the last answer.
     *
     * @param url $end
     * @param step_result $result
     * @return url
     */
    protected static function end(url $end, step_result $result): url {
        return self::feedback($result) ?? $end;
    }

    /**
     * In a practice, what was right in the answer just given.
     *
     * @param step_result $result
     * @return url|null
     */
    protected static function feedback(step_result $result): ?url {
        if (!$result->slot || !$result->attempt?->is_practice()) {
            return null;
        }
        $calm = $result->calm ? ['calm' => 1] : [];
        return new url('/mod/palier/feedback.php', ['attempt' => $result->attempt->id, 'slot' => $result->slot] + $calm);
    }

    /**
     * The page after an answer that was saved.
     *
     * @param url $question
     * @param step_result $result
     * @return url
     */
    protected static function next(url $question, step_result $result): url {
        $feedback = self::feedback($result);
        if ($feedback) {
            return $feedback;
        }
        $question->param('saved', 1);
        if ($result->calm) {
            $question->param('calm', 1);
        }
        return $question;
    }
}
