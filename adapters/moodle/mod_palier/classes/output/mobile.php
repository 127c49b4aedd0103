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

use mod_palier\external\get_home;
use mod_palier\external\get_question;
use mod_palier\external\get_result;
use mod_palier\external\process_step;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\contest\contest_access;

/**
 * The activity in Moodle's app: one page, which is home, question or result by the state of the test.
 *
 * Questions are shown by the app's own components; each step is one call of the web services in db/services.php.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class mobile {
    /**
     * The page.
     *
     * @param array $args of the app: cmid; result: an attempt whose result is wanted; feedback: a slot of a practice that
     *                    was answered; calm: whether to offer a calm choice
     * @return array templates, javascript, otherdata
     */
    public static function mobile_view(array $args): array {
        global $CFG, $USER;
        $cmid = (int) ($args['cmid'] ?? 0);
        $then = (int) ($args['result'] ?? 0);
        $home = get_home::execute($cmid);
        $question = $home['attempt'] && !$home['paused'] ? get_question::execute($home['attempt']) : null;
        $result = $question ? null : self::result($cmid, $then, (int) $USER->id);
        $feedback = self::feedback($cmid, $then ?: $home['attempt'], (int) ($args['feedback'] ?? 0));
        $calm = $question && !empty($args['calm']);
        // The app compiles the template: what people wrote is in the data alone.
        return [
            'templates' => [['id' => 'main', 'html' => file_get_contents($CFG->dirroot . '/mod/palier/mobileapp/view.html')]],
            'javascript' => file_get_contents($CFG->dirroot . '/mod/palier/mobileapp/view.js'),
            'otherdata' => ['palier' => json_encode([
                'cmid' => $cmid,
                'attempt' => $home['attempt'],
                'home' => $question || $feedback ? null : $home,
                'result' => $feedback ? null : $result,
                'feedback' => $feedback,
                'then' => $then,
                'calm' => $calm,
                'choices' => $calm ? calm_page::choices(attempt_repository::load($home['attempt'])) : [],
                'canreport' => $question && contest_access::may_contest(attempt_repository::load($home['attempt'])),
                'slot' => $question['slot'] ?? 0,
                'usage' => $question['usage'] ?? 0,
                'percent' => $question['percent'] ?? 0,
                'remaining' => $question['remaining'] ?? '',
                'question' => $question['question'] ?? null,
            ])],
            'files' => [],
        ];
    }

    /**
     * What was right in the answer just given, in a practice.
     *
     * @param int $cmid
     * @param int $attemptid
     * @param int $slot 0 for none
     * @return string HTML, empty where there is none to show
     */
    private static function feedback(int $cmid, int $attemptid, int $slot): string {
        if (!$attemptid || !$slot) {
            return '';
        }
        $attempt = attempt_repository::load($attemptid);
        return (int) $attempt->cm()->id === $cmid ? process_step::feedback($attempt, $slot) : '';
    }

    /**
     * The result to show: the one asked for.
     *
     * @param int $cmid
     * @param int $attemptid 0 for none
     * @param int $userid
     * @return array|null
     */
    private static function result(int $cmid, int $attemptid, int $userid): ?array {
        if (!$attemptid) {
            return null;
        }
        $attempt = attempt_repository::load($attemptid);
        $readable = $attempt->userid === $userid && !$attempt->is_open() && $attempt->access()->may_review();
        if ((int) $attempt->cm()->id !== $cmid || !$readable) {
            return null;
        }
        return get_result::execute($attemptid);
    }
}
