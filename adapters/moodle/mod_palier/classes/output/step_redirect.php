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
     */
    public static function go(attempt $attempt, step_result $result): void {
        [$url, $message, $type] = self::target($attempt, $result);
        redirect($url, $message, null, $type);
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
            outcome::KEPT => [$question, $say('flagged_notice'), $info],
            outcome::PAUSED => [$attempt->cm()->url, $say('keptonpause'), $info],
            outcome::WITHDRAWN => [$question, $say('questiongone'), $info],
            outcome::FINISHED => [$end, '', $info],
            outcome::CLOSED => [$end, $say('closedmeanwhile'), $info],
            outcome::ENGINE => [$question, $say('engineaway'), notification::NOTIFY_WARNING],
            outcome::STORAGE => [$question, $say('storagefailed'), notification::NOTIFY_WARNING],
            outcome::BUSY => [$question, $say('busy'), $info],
            outcome::INVALID, outcome::RESUMED => [$question, '', $info],
        };
    }

    /**
     * The page after an answer that was saved.
     *
     * @param url $question
     * @param step_result $result
     * @return url
     */
    protected static function next(url $question, step_result $result): url {
        $question->param('saved', 1);
        if ($result->calm) {
            $question->param('calm', 1);
        }
        return $question;
    }
}
