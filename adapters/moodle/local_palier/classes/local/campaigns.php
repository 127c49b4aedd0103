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

use context;
use context_course;
use core\event\course_category_deleted;
use core\lock\lock_config;
use local_palier\event\campaign_closed;
use local_palier\event\campaign_launched;
use local_palier\task\enrol_people;
use mod_palier\api;
use moodle_exception;
use stdClass;

/**
 * The campaigns that are stored: made in steps, launched once, then never changed but for their end.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class campaigns {
    /** @var string what a code is made of: nothing that is read or said for something else. */
    private const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ346789';

    /** @var int members of a cohort whom a page enrols; of a larger one a task does. */
    public const AT_ONCE = 200;

    /** @var int how long a code is. */
    private const LENGTH = 8;

    /**
     * A campaign.
     *
     * @param int $id
     * @return campaign
     * @throws moodle_exception nocampaign
     */
    public static function get(int $id): campaign {
        return self::one(['id' => $id]);
    }

    /**
     * The campaign of a code, as somebody typed it.
     *
     * @param string $code
     * @return campaign launched ones alone
     * @throws moodle_exception nocampaign
     */
    public static function by_code(string $code): campaign {
        return self::one(['code' => \core_text::strtoupper(preg_replace('/[\s-]+/', '', $code))]);
    }

    /**
     * The campaigns of a context, the newest first.
     *
     * @param context $context
     * @return campaign[]
     */
    public static function of(context $context): array {
        global $DB;
        $rows = $DB->get_records('local_palier_campaign', ['contextid' => $context->id], 'timecreated DESC, id DESC');
        return array_map(fn(stdClass $row) => new campaign($row), array_values($rows));
    }

    /**
     * Begins one.
     *
     * @param context $context
     * @param array $values columns
     * @return campaign
     */
    public static function begin(context $context, array $values): campaign {
        global $DB, $USER;
        $now = \core\di::get(\core\clock::class)->time();
        return self::get($DB->insert_record('local_palier_campaign', (object) ($values + [
            'contextid' => $context->id,
            'state' => campaign::DRAFT,
            'usermodified' => $USER->id,
            'timecreated' => $now,
            'timemodified' => $now,
        ])));
    }

    /**
     * Changes one that is being made.
     *
     * @param campaign $campaign
     * @param array $values columns
     * @return campaign as it is now
     * @throws moodle_exception locked where it was launched
     */
    public static function change(campaign $campaign, array $values): campaign {
        global $DB, $USER;
        self::must_be_draft($campaign);
        $DB->update_record('local_palier_campaign', (object) ($values + [
            'id' => $campaign->id,
            'usermodified' => $USER->id,
            'timemodified' => \core\di::get(\core\clock::class)->time(),
        ]));
        return self::get($campaign->id);
    }

    /**
     * Gives one that is being made its stages.
     *
     * @param campaign $campaign
     * @param array[] $stages level, learner, manager
     */
    public static function set_stages(campaign $campaign, array $stages): void {
        global $DB;
        self::must_be_draft($campaign);
        $transaction = $DB->start_delegated_transaction();
        $DB->delete_records('local_palier_stage', ['campaignid' => $campaign->id]);
        $DB->insert_records('local_palier_stage', array_map(
            fn(array $stage) => (object) (['campaignid' => $campaign->id] + $stage),
            $stages
        ));
        $transaction->allow_commit();
    }

    /**
     * Deletes one that is being made.
     *
     * @param campaign $campaign
     */
    public static function discard(campaign $campaign): void {
        self::must_be_draft($campaign);
        self::delete('id = ?', [$campaign->id]);
    }

    /**
     * Launches one: its test is made, whoever it is offered to may begin in its window, and what it says is locked.
     *
     * Members of a cohort are enrolled all at once, so that an enrolment says nothing of what somebody did. Of a large one a task
     * does it, and nobody begins before.
     *
     * @param campaign $campaign
     * @return campaign as it is now
     * @throws moodle_exception where it is not complete, or its test cannot keep its promise
     */
    public static function launch(campaign $campaign): campaign {
        // Pressed twice, it is launched once.
        $lock = lock_config::get_lock_factory('local_palier_launch')->get_lock((string) $campaign->id, 0);
        if (!$lock) {
            throw new moodle_exception('campaign_locked', 'local_palier');
        }
        try {
            return self::launch_locked($campaign);
        } finally {
            $lock->release();
        }
    }

    /**
     * Launches one while nobody else does.
     *
     * @param campaign $campaign
     * @return campaign as it is now
     */
    private static function launch_locked(campaign $campaign): campaign {
        global $DB;
        self::must_be_draft($campaign);
        if (!$campaign->is_complete()) {
            throw new moodle_exception('campaign_incomplete', 'local_palier');
        }
        $row = $campaign->row;
        if (!$campaign->wave && !isset(self::templates($campaign->context())[$campaign->templateid])) {
            throw new moodle_exception('template_none', 'local_palier');
        }
        $transaction = $DB->start_delegated_transaction();
        $cmid = api::make_test_of(
            $campaign->templateid,
            $campaign->scope(),
            $campaign->name,
            (int) $row->timeopen,
            (int) $row->timeclose
        );
        $islarge = $campaign->cohortid !== null
            && $DB->count_records('cohort_members', ['cohortid' => $campaign->cohortid]) > self::AT_ONCE;
        if ($campaign->cohortid !== null && !$islarge) {
            self::enrol_cohort($cmid, $campaign->cohortid);
        }
        $launched = self::change($campaign, [
            'cmid' => $cmid,
            'code' => self::new_code(),
            'state' => $islarge ? campaign::LAUNCHING : campaign::OPEN,
            'timelaunched' => \core\di::get(\core\clock::class)->time(),
        ]);
        if ($islarge) {
            enrol_people::request($campaign->id);
        }
        $transaction->allow_commit();
        campaign_launched::tell_of($launched);
        return $launched;
    }

    /**
     * Enrols the people of one that is being launched; then they may begin. Done again it goes on where it was.
     *
     * @param int $id nothing is done where it is there no more, or launched
     */
    public static function enrol(int $id): void {
        global $DB;
        $row = $DB->get_record('local_palier_campaign', ['id' => $id, 'state' => campaign::LAUNCHING]);
        if ($row) {
            self::enrol_cohort((int) $row->cmid, (int) $row->cohortid);
            $DB->set_field('local_palier_campaign', 'state', campaign::OPEN, ['id' => $id, 'state' => campaign::LAUNCHING]);
        }
    }

    /**
     * Ends one before its window does.
     *
     * @param campaign $campaign
     */
    public static function close(campaign $campaign): void {
        global $DB;
        $DB->set_field('local_palier_campaign', 'state', campaign::CLOSED, ['id' => $campaign->id, 'state' => campaign::OPEN]);
        campaign_closed::tell_of($campaign);
    }

    /**
     * Begins the next wave: for the same people and purpose, for as long from now on, and by the same test, so on the same scale.
     * It may be launched as it is. Its test is another activity: what was shared before stays as it was.
     *
     * @param campaign $campaign
     * @return campaign
     */
    public static function next_wave(campaign $campaign): campaign {
        global $DB;
        if ($campaign->is_draft()) {
            throw new moodle_exception('campaign_notyet', 'local_palier');
        }
        $waves = $DB->get_fieldset_select('local_palier_campaign', 'wave', 'id = :id OR series = :series', [
            'id' => $campaign->series,
            'series' => $campaign->series,
        ]);
        $same = [
            'purpose', 'cohortid', 'templateid', 'scales', 'toplevel', 'questions', 'floorlevel', 'floorline', 'figures', 'landing',
            'help', 'surveys',
        ];
        $number = max($waves) + 1;
        $now = \core\di::get(\core\clock::class)->time();
        $wave = self::begin($campaign->context(), array_intersect_key((array) $campaign->row, array_flip($same)) + [
            'name' => get_string('campaign_wavename', 'local_palier', [
                'name' => self::get($campaign->series)->name,
                'wave' => $number,
            ]),
            'series' => $campaign->series,
            'wave' => $number,
            'timeopen' => $now,
            'timeclose' => $now + $campaign->row->timeclose - $campaign->row->timeopen,
        ]);
        self::set_stages($wave, array_map(
            fn(stdClass $stage) => array_intersect_key((array) $stage, ['level' => 1, 'learner' => 1, 'manager' => 1]),
            $campaign->stages()
        ));
        // The test of the first wave itself, as it was launched: what its template became since then counts for nothing.
        return self::change($wave, [
            'templateid' => self::get($campaign->series)->cmid,
            'scales' => null,
            'toplevel' => null,
            'questions' => null,
            'courseid' => null,
        ]);
    }

    /**
     * The activities that a test can be made of here, for the present user: those of the place, and those that places above lend.
     *
     * @param context $context
     * @return string[] name with its course or with who lends it, by course module
     */
    public static function templates(context $context): array {
        return templates::own($context) + templates::lent($context);
    }

    /**
     * With a course category go its campaigns.
     *
     * @param course_category_deleted $event
     */
    public static function category_deleted(course_category_deleted $event): void {
        global $DB;
        self::delete('contextid = ?', [$event->contextid]);
        $DB->delete_records('local_palier_template', ['contextid' => $event->contextid]);
    }

    /**
     * Deletes campaigns, with what people did in them and their maps.
     *
     * @param string $where
     * @param array $params
     */
    private static function delete(string $where, array $params): void {
        global $DB;
        $tables = ['stage', 'participation', 'useful', 'answered', 'snapshot', 'action'];
        foreach (array_map(fn(string $name): string => "local_palier_$name", $tables) as $table) {
            $those = "SELECT id FROM {local_palier_campaign} WHERE $where";
            $DB->delete_records_subquery($table, 'campaignid', 'id', $those, $params);
        }
        $DB->delete_records_select('local_palier_campaign', $where, $params);
    }

    /**
     * One campaign.
     *
     * @param array $key
     * @return campaign
     */
    private static function one(array $key): campaign {
        global $DB;
        $row = $DB->get_record('local_palier_campaign', $key);
        return $row ? new campaign($row) : throw new moodle_exception('nocampaign', 'local_palier');
    }

    /**
     * Refuses to change what is locked.
     *
     * @param campaign $campaign
     */
    private static function must_be_draft(campaign $campaign): void {
        if (!self::get($campaign->id)->is_draft()) {
            throw new moodle_exception('campaign_locked', 'local_palier');
        }
    }

    /**
     * Enrols a cohort in the course of a test, and whoever joins it later: those who are not enrolled yet.
     *
     * @param int $cmid
     * @param int $cohortid
     */
    private static function enrol_cohort(int $cmid, int $cohortid): void {
        global $CFG, $DB;
        [$course] = get_course_and_cm_from_cmid($cmid, 'palier');
        $plugin = enrol_is_enabled('cohort') ? enrol_get_plugin('cohort') : null;
        $there = ['enrol' => 'cohort', 'courseid' => $course->id, 'customint1' => $cohortid, 'status' => ENROL_INSTANCE_ENABLED];
        if ($plugin && !$DB->record_exists('enrol', $there)) {
            $plugin->add_instance($course, ['customint1' => $cohortid, 'roleid' => participation::role()]);
        } else if ($plugin) {
            require_once($CFG->dirroot . '/enrol/cohort/locallib.php');
            enrol_cohort_sync(new \null_progress_trace(), $course->id);
        }
    }

    /**
     * A code that no campaign has.
     *
     * @return string
     */
    private static function new_code(): string {
        global $DB;
        do {
            $code = '';
            for ($i = 0; $i < self::LENGTH; $i++) {
                $code .= self::LETTERS[random_int(0, strlen(self::LETTERS) - 1)];
            }
        } while ($DB->record_exists('local_palier_campaign', ['code' => $code]));
        return $code;
    }
}
