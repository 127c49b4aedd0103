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

use core\event\user_deleted;
use mod_palier\api;
use mod_palier\api\result;
use mod_palier\hook\before_reminder;
use moodle_exception;
use stdClass;

/**
 * What a person did in a campaign: invited, begun, finished, shared. To everybody else who refused and who has not begun are
 * the same: refusing is told to nobody, and is in no log.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class participation {
    /** @var string[] what a participation can be, for its person alone. */
    public const STATES = ['invited', 'refused', 'begun', 'finished', 'shared'];

    /**
     * Constructor.
     *
     * @param campaign $campaign
     * @param stdClass|null $row
     */
    private function __construct(
        /** @var campaign what it is about. */
        public readonly campaign $campaign,
        /** @var stdClass|null its row; null where the person did nothing yet. */
        public readonly ?stdClass $row
    ) {
    }

    /**
     * That of a person.
     *
     * @param campaign $campaign
     * @param int $userid
     * @return self
     */
    public static function of(campaign $campaign, int $userid): self {
        global $DB;
        $row = $DB->get_record('local_palier_participation', ['campaignid' => $campaign->id, 'userid' => $userid]);
        return new self($campaign, $row ?: null);
    }

    /**
     * All of the present user, with those that wait for an answer, the newest campaign first.
     *
     * @return self[]
     */
    public static function mine(): array {
        global $DB, $USER;
        $rows = $DB->get_records_sql(
            'SELECT c.*
               FROM {local_palier_campaign} c
          LEFT JOIN {local_palier_participation} p ON p.campaignid = c.id AND p.userid = :me
          LEFT JOIN {cohort_members} m ON m.cohortid = c.cohortid AND m.userid = :myself
              WHERE c.state <> :draft AND (p.id IS NOT NULL OR m.id IS NOT NULL)
           ORDER BY c.timelaunched DESC, c.id DESC',
            ['me' => $USER->id, 'myself' => $USER->id, 'draft' => campaign::DRAFT]
        );
        $mine = array_column($DB->get_records('local_palier_participation', ['userid' => $USER->id]), null, 'campaignid');
        return array_map(fn(stdClass $row) => new self(new campaign($row), $mine[$row->id] ?? null), array_values($rows));
    }

    /**
     * What it is, for its person alone.
     *
     * @return string one of STATES
     */
    public function state(): string {
        return match (true) {
            !$this->row => 'invited',
            $this->row->timeshared > 0 => 'shared',
            $this->row->timefinished > 0 => 'finished',
            $this->row->timebegun > 0 => 'begun',
            $this->row->timerefused > 0 => 'refused',
            default => 'invited',
        };
    }

    /**
     * The present user goes to the test; who refused before may.
     *
     * @param campaign $campaign
     * @return \moodle_url where the test begins
     * @throws moodle_exception where it is not open, or not for them
     */
    public static function join(campaign $campaign): \moodle_url {
        global $USER;
        self::must_be_open($campaign);
        [$course, $cm] = get_course_and_cm_from_cmid($campaign->cmid, 'palier');
        if (!is_enrolled($cm->context, $USER, '', true) && !enrol_try_internal_enrol($course->id, $USER->id, self::role())) {
            throw new moodle_exception('campaign_noenrol', 'local_palier');
        }
        self::set($campaign, (int) $USER->id, ['timerefused' => 0]);
        return api::start_url($campaign->cmid);
    }

    /**
     * The present user would rather not. It is kept for them alone, and may be taken back while the campaign is open.
     *
     * @param campaign $campaign
     */
    public static function refuse(campaign $campaign): void {
        global $USER;
        self::must_be_open($campaign);
        self::set($campaign, (int) $USER->id, ['timerefused' => \core\di::get(\core\clock::class)->time()]);
    }

    /**
     * Whether a campaign is offered to the present user.
     *
     * @param campaign $campaign
     * @return bool
     */
    public static function is_offered(campaign $campaign): bool {
        global $CFG, $USER;
        require_once($CFG->dirroot . '/cohort/lib.php');
        return !$campaign->is_draft()
            && ($campaign->cohortid === null || cohort_is_member($campaign->cohortid, $USER->id));
    }

    /**
     * An attempt began, ended, was shared, or that was taken back.
     *
     * @param \core\event\base $event one of {@see api::EVENTS}
     */
    public static function attempt_changed(\core\event\base $event): void {
        global $DB;
        $row = $DB->get_record('local_palier_campaign', ['cmid' => $event->contextinstanceid]);
        if (!$row || $event->other['preview']) {
            return;
        }
        $campaign = new campaign($row);
        $userid = (int) $event->relateduserid;
        $before = self::of($campaign, $userid)->row;
        [$started, $finished, $shared, $withdrawn] = api::EVENTS;
        $now = \core\di::get(\core\clock::class)->time();
        $first = fn(string $time): array => [$time => $before && $before->$time ? $before->$time : $now];
        $values = match (true) {
            $event instanceof $started => $first('timebegun'),
            $event instanceof $finished => $first('timefinished'),
            $event instanceof $shared => [
                'timeshared' => $now,
                'attemptid' => $event->objectid,
                ...self::told(self::results($userid)[$campaign->cmid] ?? null),
            ],
            $event instanceof $withdrawn && $before?->attemptid == $event->objectid =>
                ['timeshared' => 0, 'attemptid' => null, ...self::told(null)],
            default => null,
        };
        if ($values !== null) {
            self::set($campaign, $userid, $values);
        }
    }

    /**
     * Whoever is about to be reminded of the test of a campaign is led to its page, where they may say that they would rather not.
     * Who said so, or is not asked, gets nothing; nor does anybody once it was ended.
     *
     * @param before_reminder $hook
     */
    public static function reminded(before_reminder $hook): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/cohort/lib.php');
        $row = $DB->get_record('local_palier_campaign', ['cmid' => $hook->cmid]);
        if (!$row) {
            return;
        }
        $campaign = new campaign($row);
        $own = self::of($campaign, $hook->userid);
        $isasked = $campaign->cohortid === null ? $own->row !== null : cohort_is_member($campaign->cohortid, $hook->userid);
        if ($isasked && $campaign->is_open() && $own->state() !== 'refused') {
            $hook->lead_to($campaign->join_url());
        } else {
            $hook->leave_out();
        }
    }

    /**
     * Who is deleted took part in nothing.
     *
     * @param user_deleted $event
     */
    public static function user_deleted(user_deleted $event): void {
        global $DB;
        $DB->delete_records('local_palier_participation', ['userid' => $event->objectid]);
        $DB->delete_records('local_palier_answered', ['userid' => $event->objectid]);
    }

    /**
     * A person's results, where the present user may see them.
     *
     * @param int $userid
     * @return result[] by course module, which is that of one campaign at most
     */
    public static function results(int $userid): array {
        return array_column(api::results_of_user($userid), null, 'cmid');
    }

    /**
     * Its level, as the engine told it.
     *
     * @param result|null $result
     * @return int|null null where none is told
     */
    public static function level(?result $result): ?int {
        return $result?->known ? $result->state['level']['number'] ?? null : null;
    }

    /**
     * What is kept of a result while it is shared.
     *
     * @param result|null $result
     * @return array columns
     */
    private static function told(?result $result): array {
        return [
            'level' => self::level($result),
            'decision' => $result?->known ? $result->state['floor']['decision'] ?? null : null,
        ];
    }

    /**
     * The role that people have in the course of a test.
     *
     * @return int
     */
    public static function role(): int {
        $roles = get_archetype_roles('student');
        return (int) reset($roles)->id;
    }

    /**
     * Stores what somebody did.
     *
     * @param campaign $campaign
     * @param int $userid
     * @param array $values columns
     */
    private static function set(campaign $campaign, int $userid, array $values): void {
        global $DB;
        $key = ['campaignid' => $campaign->id, 'userid' => $userid];
        $id = $DB->get_field('local_palier_participation', 'id', $key);
        if ($id) {
            $DB->update_record('local_palier_participation', (object) (['id' => $id] + $values));
        } else {
            $DB->insert_record('local_palier_participation', (object) ($key + $values));
        }
    }

    /**
     * Refuses what is not to be done now, or not by the present user.
     *
     * @param campaign $campaign
     */
    private static function must_be_open(campaign $campaign): void {
        if (!$campaign->is_open() || !self::is_offered($campaign)) {
            throw new moodle_exception('campaign_notopen', 'local_palier');
        }
    }
}
