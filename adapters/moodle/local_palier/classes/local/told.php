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
use core\event\base;
use mod_palier\api;
use moodle_exception;
use stdClass;

/**
 * What people tell others of a competence of theirs, of their own accord: that they help colleagues of their authority with it, or,
 * to its advisers, that they would like a workshop on it. It is told to their own authority alone. Taken back it is gone at once.
 * Whoever leaves the authority is told of no more, and has to say it anew to come back. No event tells of it.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class told {
    /** @var string colleagues of the authority read it. */
    public const HELP = 'help';

    /** @var string advisers of the authority read it. */
    public const WORKSHOP = 'workshop';

    /** @var int level from which somebody may offer help, unless the site says otherwise. */
    public const USUAL_LEVEL = 4;

    /**
     * The level from which somebody may offer help.
     *
     * @return int
     */
    public static function help_level(): int {
        return (int) (get_config('local_palier', 'helplevel') ?: self::USUAL_LEVEL);
    }

    /**
     * A competence as a form sends it.
     *
     * @param string $framework
     * @param string $competence
     * @return string
     */
    public static function key(string $framework, string $competence): string {
        return json_encode([$framework, $competence]);
    }

    /**
     * What a form sent.
     *
     * @param string $key
     * @return string[] framework and competence, empty where it is none
     */
    public static function read_key(string $key): array {
        $read = array_filter((array) json_decode($key), is_string(...));
        return count($read) === 2 ? array_values($read) : ['', ''];
    }

    /**
     * The competences in which the present user may offer help: measured for themselves, and the level reached by the rule that
     * holds everywhere ({@see decision}).
     *
     * @return string[][] numbers by framework
     */
    public static function able(): array {
        global $USER;
        $results = api::results_of_user((int) $USER->id);
        $found = [];
        foreach ($results as $result) {
            foreach ($result->state['scales'] ?? [] as $scale) {
                if ($competence = api::competence_of_scale((string) $scale['id'], $result->source)) {
                    $found[$competence[0]][$competence[1]] = true;
                }
            }
        }
        $able = [];
        foreach ($found as $framework => $numbers) {
            $asked = fn($number): stdClass => (object) ['competence' => (string) $number, 'level' => self::help_level()];
            $profile = new profile((object) ['framework' => $framework], array_map($asked, array_keys($numbers)));
            $comparison = new comparison($profile);
            array_map($comparison->add(...), $results);
            $reached = array_filter($comparison->findings(), fn(?finding $finding): bool =>
                $finding?->basis === finding::MEASURED && $finding->decision() === decision::REACHED);
            if ($reached) {
                $able[$framework] = array_map('strval', array_keys($reached));
            }
        }
        return $able;
    }

    /**
     * What the present user tells.
     *
     * @param string $kind
     * @return string[][] numbers by framework
     */
    public static function mine(string $kind): array {
        global $DB, $USER;
        $mine = [];
        foreach ($DB->get_records('local_palier_told', ['userid' => $USER->id, 'kind' => $kind], 'id') as $row) {
            // In each authority of theirs.
            $mine[$row->framework][$row->competence] = $row->competence;
        }
        return array_map('array_values', $mine);
    }

    /**
     * The present user says with what they help from now on, and takes back the rest.
     *
     * @param string[][] $wanted numbers by framework; those that they may not offer stay out
     */
    public static function set_help(array $wanted): void {
        global $DB, $USER;
        $able = $wanted ? self::able() : [];
        $keep = [];
        foreach ($wanted as $framework => $numbers) {
            foreach (array_intersect($able[$framework] ?? [], $numbers) as $number) {
                $keep[$framework][$number] = true;
                self::tell(self::HELP, (string) $framework, $number);
            }
        }
        foreach ($DB->get_records('local_palier_told', ['userid' => $USER->id, 'kind' => self::HELP]) as $row) {
            if (!isset($keep[$row->framework][$row->competence])) {
                $DB->delete_records('local_palier_told', ['id' => $row->id]);
            }
        }
    }

    /**
     * The present user would like a workshop on a competence, and shows the advisers what was measured of it.
     *
     * @param comparison $comparison of their own results
     * @param string $competence
     * @throws moodle_exception where nothing was measured of it, or there is no gap
     */
    public static function want_workshop(comparison $comparison, string $competence): void {
        $finding = $comparison->findings()[$competence] ?? null;
        if (!self::may_want($finding)) {
            throw new moodle_exception('workshop_nothing', 'local_palier');
        }
        $levels = range(...$comparison->profile->framework()['levels']);
        $chances = array_filter(array_combine($levels, array_map(
            fn(int $level): ?float => $finding->at($level)[0] ?? null,
            $levels
        )), fn(?float $chance): bool => $chance !== null);
        self::tell(self::WORKSHOP, $comparison->profile->fields['framework'], $competence, [
            'chances' => json_encode($chances),
            'cmid' => $finding->cmid,
            'timeresult' => $finding->time,
        ]);
    }

    /**
     * Whether somebody may ask for a workshop by what is known of a competence.
     *
     * @param finding|null $finding
     * @return bool
     */
    public static function may_want(?finding $finding): bool {
        return $finding?->basis === finding::MEASURED && trigger::gap($finding) !== null;
    }

    /**
     * The present user takes the wish for a workshop back.
     *
     * @param string $framework
     * @param string $competence
     */
    public static function unwant_workshop(string $framework, string $competence): void {
        global $DB, $USER;
        $DB->delete_records('local_palier_told', [
            'userid' => $USER->id,
            'kind' => self::WORKSHOP,
            'framework' => $framework,
            'competence' => $competence,
        ]);
    }

    /**
     * With what the colleagues of the present user help.
     *
     * @return int[][] how many people by number, by framework
     */
    public static function offered(): array {
        global $DB;
        [$where, $params] = self::colleagues();
        $rows = $DB->get_recordset_sql(
            "SELECT t.framework, t.competence, COUNT(DISTINCT t.userid) AS people
               FROM {local_palier_told} t
              WHERE $where
           GROUP BY t.framework, t.competence",
            $params
        );
        $offered = [];
        foreach ($rows as $row) {
            $offered[$row->framework][$row->competence] = (int) $row->people;
        }
        $rows->close();
        foreach ($offered as $framework => $numbers) {
            uksort($offered[$framework], fn($one, $other) => strnatcmp((string) $one, (string) $other));
        }
        return $offered;
    }

    /**
     * The colleagues of the present user who help with a competence, by name.
     *
     * @param string $framework
     * @param string $competence
     * @return stdClass[] users
     */
    public static function helpers(string $framework, string $competence): array {
        global $DB;
        [$where, $params] = self::colleagues();
        $names = \core_user\fields::for_name()->get_sql('u', false, '', '', false)->selects;
        return $DB->get_records_sql(
            "SELECT u.id, $names
               FROM {user} u
              WHERE EXISTS (SELECT 1
                              FROM {local_palier_told} t
                             WHERE t.userid = u.id AND t.framework = :framework AND t.competence = :competence AND $where)
           ORDER BY u.lastname, u.firstname, u.id",
            $params + ['framework' => $framework, 'competence' => $competence]
        );
    }

    /**
     * A condition on t, the table: help that is told to the present user now.
     *
     * @return array SQL and its parameters
     */
    private static function colleagues(): array {
        global $DB, $USER;
        [$in, $params] = $DB->get_in_or_equal(authority::of((int) $USER->id), SQL_PARAMS_NAMED, 'place', true, 0);
        $where = "t.kind = :kind AND t.userid <> :me AND t.contextid $in AND " . authority::still('t.userid', 't.contextid');
        return [$where, $params + ['kind' => self::HELP, 'me' => $USER->id]];
    }

    /**
     * Tells the authorities of the present user something.
     *
     * @param string $kind
     * @param string $framework
     * @param string $competence
     * @param array $values columns that may change
     * @throws moodle_exception where they belong to none
     */
    private static function tell(string $kind, string $framework, string $competence, array $values = []): void {
        global $DB, $USER;
        $places = authority::of((int) $USER->id);
        if (!$places) {
            throw new moodle_exception('noauthority', 'local_palier');
        }
        foreach ($places as $contextid) {
            $key = ['kind' => $kind, 'userid' => $USER->id, 'contextid' => $contextid]
                + ['framework' => $framework, 'competence' => $competence];
            $id = $DB->get_field('local_palier_told', 'id', $key);
            if (!$id) {
                $time = \core\di::get(\core\clock::class)->time();
                $DB->insert_record('local_palier_told', (object) ($key + $values + ['timecreated' => $time]));
            } else if ($values) {
                $DB->update_record('local_palier_told', (object) ($values + ['id' => $id]));
            }
        }
    }

    /**
     * A cohort lost a member, or is gone: who is no more in any of its place tells its people nothing any longer.
     *
     * @param base $event of core
     */
    public static function left(base $event): void {
        global $DB;
        $where = 'contextid = :place AND NOT EXISTS (SELECT 1
                    FROM {cohort_members} m
                    JOIN {cohort} c ON c.id = m.cohortid
                   WHERE c.contextid = :still AND m.userid = {local_palier_told}.userid)';
        $params = ['place' => $event->contextid, 'still' => $event->contextid];
        if ($event->relateduserid) {
            $where .= ' AND userid = :left';
            $params['left'] = $event->relateduserid;
        }
        $DB->delete_records_select('local_palier_told', $where, $params);
    }

    /**
     * A newer test tells otherwise: help that it does not bear out any more is offered no longer.
     *
     * @param base $event that an attempt ended, of {@see api::EVENTS}
     */
    public static function measured(base $event): void {
        global $USER;
        if ($event->relateduserid == $USER->id && !$event->other['preview'] && $mine = self::mine(self::HELP)) {
            self::set_help($mine);
        }
    }

    /**
     * With a course category go what was told in it.
     *
     * @param base $event
     */
    public static function category_deleted(base $event): void {
        global $DB;
        $DB->delete_records('local_palier_told', ['contextid' => $event->contextid]);
    }

    /**
     * With an account go what it told.
     *
     * @param base $event
     */
    public static function user_deleted(base $event): void {
        self::erase((int) $event->objectid);
    }

    /**
     * Erases what a person told.
     *
     * @param int $userid
     */
    public static function erase(int $userid): void {
        global $DB;
        $DB->delete_records('local_palier_told', ['userid' => $userid]);
    }
}
