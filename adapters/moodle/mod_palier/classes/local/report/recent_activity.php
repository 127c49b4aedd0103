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

namespace mod_palier\local\report;

use cm_info;
use core_user\fields;
use mod_palier\local\attempt\attempt;
use mod_palier\output\result_words;
use stdClass;
use user_picture;

/**
 * Tests that ended lately, for the course's page and block of recent activity.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class recent_activity {
    /** @var int Attempts of an activity that are told at most. */
    private const MOST = 200;

    /**
     * The finished attempts of an activity that the reader may read: their own, and for trainers those that are shared.
     *
     * @param cm_info $cm
     * @param int $since
     * @param int $userid only of this person; 0 for all
     * @param int $groupid only of this group; 0 for all
     * @return stdClass[] as core wants them, oldest first
     */
    public static function of(cm_info $cm, int $since, int $userid = 0, int $groupid = 0): array {
        global $DB, $USER;
        $readable = 'a.userid = :reader AND a.preview = 0';
        $params = ['reader' => $USER->id, 'palierid' => $cm->instance, 'since' => $since];
        if (has_capability('mod/palier:viewreports', $cm->context)) {
            [$visible, $more] = visible_learners::condition($cm->context, 'a', $groupid);
            $readable = "(($readable) OR ($visible))";
            $params += $more;
        }
        if ($userid) {
            $readable .= ' AND a.userid = :userid';
            $params['userid'] = $userid;
        }
        $picture = fields::for_userpic()->get_sql('u', false, 'user', 'useridofit', false)->selects;
        $rows = $DB->get_records_sql(
            "SELECT a.*, {$picture}
               FROM {palier_attempt} a
               JOIN {user} u ON u.id = a.userid
              WHERE a.palierid = :palierid AND a.timefinish > :since AND {$readable}
           ORDER BY a.timefinish DESC, a.id DESC",
            $params,
            0,
            self::MOST
        );
        $found = [];
        foreach (array_reverse($rows) as $row) {
            if ($groupid && !groups_is_member($groupid, $row->userid)) {
                continue;
            }
            $attempt = new attempt($row);
            if ($row->userid == $USER->id && !$attempt->access()->may_review()) {
                continue;
            }
            $found[] = (object) [
                'type' => 'palier',
                'cmid' => $cm->id,
                'name' => $cm->get_formatted_name(),
                'sectionnum' => $cm->sectionnum,
                'timestamp' => (int) $row->timefinish,
                'user' => user_picture::unalias($row, null, 'useridofit', 'user'),
                'content' => (object) [
                    'attemptid' => (int) $row->id,
                    'attempt' => (int) $row->attempt,
                    'result' => (new result_words($attempt->known(), $row->userid != $USER->id))->sentence(),
                ],
            ];
        }
        return $found;
    }

    /**
     * One of them, as a line.
     *
     * @param stdClass $activity
     * @param int $courseid
     * @param bool $detail whether to name the activity
     * @param string[] $names of the kinds of activity
     * @return string HTML
     */
    public static function html(stdClass $activity, int $courseid, bool $detail, array $names): string {
        global $OUTPUT;
        $lines = [];
        if ($detail) {
            $url = new \core\url('/mod/palier/view.php', ['id' => $activity->cmid]);
            $lines[] = $OUTPUT->image_icon('monologo', $names[$activity->type] ?? '', 'mod_palier') .
                \html_writer::link($url, $activity->name);
        }
        $lines[] = \html_writer::link(
            new \core\url('/mod/palier/result.php', ['attempt' => $activity->content->attemptid]),
            get_string('attempt', 'mod_palier') . ' ' . $activity->content->attempt
        ) . get_string('colon', 'mod_palier') . ' ' . s($activity->content->result);
        $person = new \core\url('/user/view.php', ['id' => $activity->user->id, 'course' => $courseid]);
        $lines[] = \html_writer::link($person, fullname($activity->user)) . ' – ' . userdate($activity->timestamp);
        return \html_writer::div(
            $OUTPUT->user_picture($activity->user, ['courseid' => $courseid]) .
                implode('', array_map(fn(string $line) => \html_writer::div($line), $lines)),
            'palier-recent d-flex mb-2'
        );
    }
}
