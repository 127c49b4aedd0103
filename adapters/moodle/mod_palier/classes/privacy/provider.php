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

namespace mod_palier\privacy;

use context;
use context_module;
use core_privacy\local\metadata\collection;
use core_privacy\local\request\approved_contextlist;
use core_privacy\local\request\approved_userlist;
use core_privacy\local\request\contextlist;
use core_privacy\local\request\core_userlist_provider;
use core_privacy\local\request\helper;
use core_privacy\local\request\transform;
use core_privacy\local\request\userlist;
use core_privacy\local\request\writer;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_repository;
use mod_palier\local\report\grader;
use mod_palier\local\test\overrides;
use mod_palier\local\xapi\deliveries;
use mod_palier\local\xapi\sentence;
use stdClass;

/**
 * What the activity keeps of people, how they get it, and how it is erased.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class provider implements
    core_userlist_provider,
    \core_privacy\local\metadata\provider,
    \core_privacy\local\request\plugin\provider {
    /** @var array Table to its columns that are about people. */
    private const TABLES = [
        'palier_attempt' => ['userid', 'attempt', 'state', 'theta', 'se', 'level', 'levellow', 'levelhigh', 'stopreason',
            'result', 'timestart', 'timefinish', 'timeshared', 'packageid', 'differences', 'device'],
        'palier_event' => ['type', 'data', 'timecreated'],
        'palier_attempt_scale' => ['scale', 'state', 'answers', 'theta', 'se', 'level', 'levellow', 'levelhigh', 'required'],
        'palier_statement' => ['userid', 'statement', 'state', 'timesent'],
        'palier_delivery' => ['state', 'timesent'],
        'palier_destination' => ['usermodified'],
        'palier_contest' => ['userid', 'kind', 'status', 'timecreated', 'timedecided'],
        'palier_contest_message' => ['userid', 'message', 'decision', 'timecreated'],
        'palier_former' => ['level', 'result', 'reason', 'usermodified', 'timereplaced'],
        'palier_package' => ['usermodified', 'timecreated'],
        'palier_param' => ['usermodified'],
        'palier_calibration' => ['usermodified'],
        'palier_calibration_item' => ['usermodified'],
        'palier_override' => ['userid', 'timeopen', 'timeclose', 'attempts', 'extratime', 'reason', 'usermodified'],
        'palier_nextstep' => ['target', 'text'],
    ];

    #[\Override]
    public static function get_metadata(collection $collection): collection {
        foreach (self::TABLES as $table => $columns) {
            $fields = [];
            foreach ($columns as $column) {
                $fields[$column] = "privacy:metadata:$table:$column";
            }
            $collection->add_database_table($table, $fields, "privacy:metadata:$table");
        }
        $collection->add_subsystem_link('core_question', [], 'privacy:metadata:core_question');
        $collection->add_subsystem_link('core_competency', [], 'privacy:metadata:core_competency');
        $collection->add_subsystem_link('core_message', [], 'privacy:metadata:core_message');
        $collection->add_external_location_link('lrs', [
            'actor' => 'privacy:metadata:lrs:actor',
            'statement' => 'privacy:metadata:lrs:statement',
        ], 'privacy:metadata:lrs');
        return $collection;
    }

    #[\Override]
    public static function get_contexts_for_userid(int $userid): contextlist {
        $contextlist = new contextlist();
        $joins = [
            'JOIN {palier_attempt} p ON p.palierid = cm.instance',
            'JOIN {palier_override} p ON p.palierid = cm.instance',
            // Those who wrote in threads of others, or decided them.
            'JOIN {palier_contest} t ON t.palierid = cm.instance JOIN {palier_contest_message} p ON p.contestid = t.id',
            "JOIN (SELECT palierid, target AS userid FROM {palier_nextstep} WHERE kind = 'person') p ON p.palierid = cm.instance",
        ];
        foreach ($joins as $join) {
            $contextlist->add_from_sql(
                "SELECT c.id
                   FROM {context} c
                   JOIN {course_modules} cm ON cm.id = c.instanceid AND c.contextlevel = :level
                   JOIN {modules} m ON m.id = cm.module AND m.name = 'palier'
                   $join
                  WHERE p.userid = :userid",
                ['level' => CONTEXT_MODULE, 'userid' => $userid],
            );
        }
        return $contextlist;
    }

    #[\Override]
    public static function get_users_in_context(userlist $userlist) {
        $palierid = self::instance_of($userlist->get_context());
        if ($palierid) {
            $userlist->add_from_sql(
                'userid',
                'SELECT userid FROM {palier_attempt} WHERE palierid = :palierid',
                ['palierid' => $palierid],
            );
            $userlist->add_from_sql(
                'userid',
                'SELECT userid FROM {palier_override} WHERE palierid = :palierid AND userid IS NOT NULL',
                ['palierid' => $palierid],
            );
            $userlist->add_from_sql(
                'userid',
                'SELECT w.userid
                   FROM {palier_contest_message} w
                   JOIN {palier_contest} t ON t.id = w.contestid
                  WHERE t.palierid = :palierid AND w.userid <> 0',
                ['palierid' => $palierid],
            );
            $userlist->add_from_sql(
                'target',
                "SELECT target FROM {palier_nextstep} WHERE palierid = :palierid AND kind = 'person'",
                ['palierid' => $palierid],
            );
        }
    }

    #[\Override]
    public static function export_user_data(approved_contextlist $contextlist) {
        global $DB;

        $user = $contextlist->get_user();
        foreach ($contextlist->get_contexts() as $context) {
            $palierid = self::instance_of($context);
            if (!$palierid) {
                continue;
            }
            writer::with_context($context)->export_data([], helper::get_context_data($context, $user));
            helper::export_context_files($context, $user);
            self::export_overrides($context, $palierid, (int) $user->id);
            $attempts = $DB->get_records('palier_attempt', ['palierid' => $palierid, 'userid' => $user->id], 'attempt');
            foreach ($attempts as $attempt) {
                self::export_attempt($context, $attempt, $user);
            }
            self::export_written($context, $palierid, $user);
            $named = $DB->get_records('palier_nextstep', ['palierid' => $palierid, 'kind' => 'person', 'target' => $user->id]);
            if ($named) {
                writer::with_context($context)->export_data(
                    [get_string('nextsteps', 'mod_palier')],
                    (object) ['proposed' => array_values(array_map(fn($step) => (string) $step->text, $named))],
                );
            }
        }
    }

    /**
     * Exports what was other for a person.
     *
     * @param context $context
     * @param int $palierid
     * @param int $userid
     */
    private static function export_overrides(context $context, int $palierid, int $userid): void {
        global $DB;
        $rows = $DB->get_records('palier_override', ['palierid' => $palierid, 'userid' => $userid], 'id');
        $date = fn($time) => $time ? transform::datetime($time) : null;
        if ($rows) {
            writer::with_context($context)->export_data([get_string('overrides', 'mod_palier')], (object) [
                'overrides' => array_values(array_map(fn($row) => [
                    'opens' => $date($row->timeopen),
                    'closes' => $date($row->timeclose),
                    'attempts' => $row->attempts,
                    'extratime' => $row->extratime,
                    'reason' => $row->reason,
                ], $rows)),
            ]);
        }
    }

    /**
     * Exports an attempt: the result, what happened, the answers, the statements and where they are.
     *
     * @param context $context
     * @param stdClass $attempt row of palier_attempt
     * @param stdClass $user
     */
    private static function export_attempt(context $context, stdClass $attempt, stdClass $user): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/question/engine/lib.php');

        $path = [get_string('privacy:attempts', 'mod_palier'), $attempt->attempt];
        $date = fn($time) => $time ? transform::datetime($time) : null;
        $number = fn($value) => $value === null ? null : format_float((float) $value, 3);
        $events = [];
        foreach ($DB->get_records('palier_event', ['attemptid' => $attempt->id], 'seq') as $event) {
            $events[] = ['what' => $event->type, 'when' => $date($event->timecreated), 'data' => json_decode($event->data, true)];
        }
        writer::with_context($context)->export_data($path, (object) [
            'number' => (int) $attempt->attempt,
            'preview' => transform::yesno($attempt->preview),
            'progress' => get_string(
                $attempt->state === attempt::FINISHED ? 'attemptfinished' : 'attemptinprogress',
                'mod_palier',
            ),
            'level' => sentence::level_with_margin(
                $attempt->level === null ? null : (int) $attempt->level,
                $attempt->levellow === null ? null : (int) $attempt->levellow,
                $attempt->levelhigh === null ? null : (int) $attempt->levelhigh,
            ),
            'ability' => $number($attempt->theta),
            'standarderror' => $number($attempt->se),
            'whyitstopped' => $attempt->stopreason,
            'started' => $date($attempt->timestart),
            'finished' => $date($attempt->timefinish),
            'shared' => $date($attempt->timeshared),
            'device' => $attempt->device,
            'result' => json_decode((string) $attempt->result, true),
            'competences' => self::competences((int) $attempt->id),
            'events' => $events,
        ]);
        // Retention may have erased the answers before.
        if ($DB->record_exists('question_usages', ['id' => $attempt->qubaid])) {
            $options = new \question_display_options();
            $options->context = $context;
            \core_question\privacy\provider::export_question_usage(
                (int) $user->id,
                $context,
                $path,
                (int) $attempt->qubaid,
                $options,
                true,
            );
        }
        self::export_statements($context, $attempt, $user, $path);
        self::export_contests($context, $attempt, $user, $path);
    }

    /**
     * What an attempt found of each competence.
     *
     * @param int $attemptid
     * @return array[]
     */
    private static function competences(int $attemptid): array {
        $number = fn($value) => $value === null ? null : format_float((float) $value, 3);
        return array_map(fn(stdClass $row): array => [
            'competence' => scale_results::name($row),
            'state' => get_string("scale_{$row->state}", 'mod_palier'),
            'answers' => (int) $row->answers,
            'level' => sentence::level_with_margin(
                $row->level === null ? null : (int) $row->level,
                $row->levellow === null ? null : (int) $row->levellow,
                $row->levelhigh === null ? null : (int) $row->levelhigh,
            ),
            'ability' => $number($row->theta),
            'standarderror' => $number($row->se),
            'asked' => $row->required === null ? null : get_string("required_{$row->required}", 'mod_palier'),
        ], scale_results::of([$attemptid])[$attemptid] ?? []);
    }

    /**
     * Exports the threads of an attempt, and the results that a correction replaced.
     *
     * @param context $context
     * @param stdClass $attempt
     * @param stdClass $user
     * @param array $path
     */
    private static function export_contests(context $context, stdClass $attempt, stdClass $user, array $path): void {
        $threads = [];
        foreach (contest_repository::of_attempt((int) $attempt->id) as $contest) {
            $threads[] = [
                'about' => contest::title($contest->kind, $contest->slot),
                'status' => get_string("contest_status_{$contest->status}", 'mod_palier'),
                'messages' => array_map(
                    fn($message) => [
                        'fromyou' => transform::yesno($message->userid == $user->id),
                        'when' => transform::datetime($message->timecreated),
                        'message' => $message->message,
                    ],
                    contest_repository::messages($contest->id),
                ),
            ];
        }
        $former = array_map(
            fn($row) => [
                'level' => $row->level,
                'result' => json_decode((string) $row->result, true),
                'reason' => $row->reason,
                'replaced' => transform::datetime($row->timereplaced),
            ],
            contest_repository::former((int) $attempt->id),
        );
        if ($threads || $former) {
            writer::with_context($context)->export_data(
                [...$path, get_string('privacy:contests', 'mod_palier')],
                (object) ['threads' => $threads, 'formerresults' => $former],
            );
        }
    }

    /**
     * Exports what somebody wrote in threads of others.
     *
     * @param context $context
     * @param int $palierid
     * @param stdClass $user
     */
    private static function export_written(context $context, int $palierid, stdClass $user): void {
        global $DB;

        $written = $DB->get_records_sql(
            'SELECT w.id, w.message, w.decision, w.timecreated
               FROM {palier_contest_message} w
               JOIN {palier_contest} t ON t.id = w.contestid
              WHERE t.palierid = :palierid AND w.userid = :userid AND t.userid <> w.userid
           ORDER BY w.id',
            ['palierid' => $palierid, 'userid' => $user->id],
        );
        if ($written) {
            writer::with_context($context)->export_data([get_string('privacy:contests', 'mod_palier')], (object) [
                'messages' => array_map(
                    fn($row) => [
                        'message' => $row->message,
                        'decision' => $row->decision,
                        'when' => transform::datetime($row->timecreated),
                    ],
                    array_values($written),
                ),
            ]);
        }
    }

    /**
     * Exports the statements of an attempt as sentences, and says which of them an LRS holds.
     *
     * @param context $context
     * @param stdClass $attempt
     * @param stdClass $user
     * @param array $path
     */
    private static function export_statements(context $context, stdClass $attempt, stdClass $user, array $path): void {
        global $DB;

        $statements = [];
        $holders = deliveries::holders((int) $attempt->id);
        foreach ($DB->get_records('palier_statement', ['attemptid' => $attempt->id], 'id') as $row) {
            $statements[] = array_filter([
                'sentence' => sentence::of($row->statement, $row->verb, fullname($user)),
                'when' => transform::datetime($row->timecreated),
                'id' => $row->uuid,
                'sent' => $row->timesent ? transform::datetime($row->timesent) : null,
                'heldby' => array_map(
                    fn(string $holder): string => get_string('privacy:heldbylrs', 'mod_palier', $holder),
                    $holders[$row->id] ?? [],
                ),
                'statement' => json_decode($row->statement, true),
            ]);
        }
        if ($statements) {
            writer::with_context($context)->export_data(
                [...$path, get_string('privacy:statements', 'mod_palier')],
                (object) ['statements' => $statements],
            );
        }
    }

    #[\Override]
    public static function delete_data_for_all_users_in_context(context $context) {
        global $DB;

        $palierid = self::instance_of($context);
        if ($palierid) {
            global $DB;
            $DB->delete_records_select('palier_override', 'palierid = ? AND userid IS NOT NULL', [$palierid]);
            overrides::changed($DB->get_record('palier', ['id' => $palierid], '*', MUST_EXIST));
            attempt_repository::delete_all('palierid = ?', [$palierid]);
            $DB->delete_records('palier_nextstep', ['palierid' => $palierid, 'kind' => 'person']);
            self::withdraw_grades($palierid);
        }
    }

    #[\Override]
    public static function delete_data_for_user(approved_contextlist $contextlist) {
        foreach ($contextlist->get_contexts() as $context) {
            self::erase($context, [(int) $contextlist->get_user()->id]);
        }
    }

    #[\Override]
    public static function delete_data_for_users(approved_userlist $userlist) {
        self::erase($userlist->get_context(), $userlist->get_userids());
    }

    /**
     * Erases the attempts of people in an activity.
     *
     * @param context $context
     * @param int[] $userids
     */
    private static function erase(context $context, array $userids): void {
        global $DB;

        $palierid = self::instance_of($context);
        if ($palierid && $userids) {
            [$insql, $params] = $DB->get_in_or_equal($userids);
            attempt_repository::delete_all("palierid = ? AND userid $insql", [$palierid, ...$params]);
            if ($DB->record_exists_select('palier_override', "palierid = ? AND userid $insql", [$palierid, ...$params])) {
                $DB->delete_records_select('palier_override', "palierid = ? AND userid $insql", [$palierid, ...$params]);
                overrides::changed($DB->get_record('palier', ['id' => $palierid], '*', MUST_EXIST));
            }
            // What they wrote to others is part of those persons' records: it stays, and whose it was goes.
            $DB->execute(
                "UPDATE {palier_contest_message}
                    SET userid = 0
                  WHERE contestid IN (SELECT id FROM {palier_contest} WHERE palierid = ?) AND userid $insql",
                [$palierid, ...$params],
            );
            $DB->execute(
                "UPDATE {palier_former}
                    SET usermodified = 0
                  WHERE attemptid IN (SELECT id FROM {palier_attempt} WHERE palierid = ?) AND usermodified $insql",
                [$palierid, ...$params],
            );
            $named = "palierid = ? AND kind = 'person' AND target $insql";
            $DB->delete_records_select('palier_nextstep', $named, [$palierid, ...$params]);
            self::withdraw_grades($palierid, $userids);
        }
    }

    /**
     * Takes the grades that came from erased attempts out of the gradebook.
     *
     * @param int $palierid
     * @param int[]|null $userids null for all
     */
    private static function withdraw_grades(int $palierid, ?array $userids = null): void {
        global $DB;

        $palier = $DB->get_record('palier', ['id' => $palierid]);
        if (!$palier || !$palier->grade) {
            return;
        }
        if ($userids === null) {
            grader::item_update($palier, 'reset');
            return;
        }
        foreach ($userids as $userid) {
            grader::update($palier, (int) $userid, true);
        }
    }

    /**
     * The activity of a context; 0 when it is none of ours.
     *
     * @param context $context
     * @return int
     */
    private static function instance_of(context $context): int {
        if (!$context instanceof context_module) {
            return 0;
        }
        return (int) (get_coursemodule_from_id('palier', $context->instanceid)->instance ?? 0);
    }
}
