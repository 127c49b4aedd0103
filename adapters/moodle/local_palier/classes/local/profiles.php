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
use context_coursecat;
use context_system;
use core\event\course_category_deleted;
use local_palier\event\profile_retired;
use local_palier\event\profiles_imported;

/**
 * The profiles that are stored, and who may read which.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class profiles {
    /**
     * The versions that count, by name.
     *
     * @param int[] $contextids
     * @return profile[] by id
     */
    public static function active(array $contextids): array {
        return self::read('active = 1', [], $contextids);
    }

    /**
     * All versions of a context, those that count no more too: code by code, the newest first.
     *
     * @param context $context
     * @return profile[] by id
     */
    public static function all(context $context): array {
        $profiles = self::read('1 = 1', [], [$context->id]);
        uasort($profiles, fn($one, $other) => [$one->fields['code'], $other->version] <=> [$other->fields['code'], $one->version]);
        return $profiles;
    }

    /**
     * The levels that an organisation asks of everybody, or of those who begin: lines of its profiles and of the site's that a
     * test may ask for.
     *
     * @param context $context
     * @return array[] profile, competence and level, by id of the line
     */
    public static function floors(context $context): array {
        global $DB;
        $kinds = [profile::SOCLE, profile::FLOOR];
        $profiles = array_filter(
            self::active($context->get_parent_context_ids(true)),
            fn(profile $profile): bool => in_array($profile->fields['kind'], $kinds, true)
        );
        if (!$profiles) {
            return [];
        }
        [$in, $params] = $DB->get_in_or_equal(array_keys($profiles));
        $floors = [];
        foreach ($DB->get_records_select('local_palier_requirement', "profileid $in", $params) as $line) {
            $floors[(int) $line->id] = [
                'profile' => $profiles[$line->profileid],
                'competence' => $line->competence,
                'level' => (int) $line->level,
            ];
        }
        $order = fn($floor) => [$floor['profile']->name(), $floor['profile']->id];
        uasort($floors, fn($one, $other) => $order($one) <=> $order($other)
            ?: strnatcmp($one['competence'], $other['competence']));
        return $floors;
    }

    /**
     * Versions.
     *
     * @param int[] $ids
     * @return profile[] by id, in the order of their names
     */
    public static function those(array $ids): array {
        global $DB;
        [$in, $params] = $DB->get_in_or_equal($ids, SQL_PARAMS_NAMED, 'profile', true, 0);
        return self::read("id $in", $params);
    }

    /**
     * A version.
     *
     * @param int $id
     * @return profile
     * @throws \moodle_exception noprofile
     */
    public static function get(int $id): profile {
        $found = self::read('id = :id', ['id' => $id]);
        return reset($found) ?: throw new \moodle_exception('noprofile', 'local_palier');
    }

    /**
     * The profiles that the present user may compare their own results with: those of {@see self::my_contexts()}. Nobody reads
     * those of another organisation.
     *
     * @return profile[] by id, those of one's own cohorts first
     */
    public static function for_me(): array {
        $mine = array_filter(array_column(self::my_cohorts(), 'idnumber'), fn($idnumber) => (string) $idnumber !== '');
        $profiles = self::active(self::my_contexts());
        $ismine = fn(profile $profile): bool => in_array($profile->fields['cohort'], $mine, true);
        uasort($profiles, fn($one, $other) => $ismine($other) <=> $ismine($one));
        return $profiles;
    }

    /**
     * Where the present user belongs: the site, the course categories that they learn in, and those of their cohorts.
     *
     * @return int[] ids of contexts
     */
    public static function my_contexts(): array {
        $contextids = [context_system::instance()->id];
        foreach (enrol_get_my_courses(['category']) as $course) {
            array_push($contextids, ...\context_course::instance($course->id)->get_parent_context_ids());
        }
        foreach (self::my_cohorts() as $cohort) {
            array_push($contextids, $cohort->contextid, ...context::instance_by_id($cohort->contextid)->get_parent_context_ids());
        }
        return array_values(array_unique($contextids));
    }

    /**
     * The cohorts of the present user.
     *
     * @return \stdClass[] rows
     */
    private static function my_cohorts(): array {
        global $CFG, $USER;
        require_once($CFG->dirroot . '/cohort/lib.php');
        return cohort_get_user_cohorts($USER->id);
    }

    /**
     * Stores profiles as the versions that count from now on. One that asks the same as the version before makes none.
     *
     * @param context $context a course category's or the system's
     * @param profile[] $profiles
     * @return int how many versions were made
     */
    public static function import(context $context, array $profiles): int {
        global $DB;
        $transaction = $DB->start_delegated_transaction();
        $before = self::by_code($context);
        $made = 0;
        foreach ($profiles as $profile) {
            $code = $profile->fields['code'];
            if (isset($before[$code]) && $before[$code]->same($profile)) {
                continue;
            }
            $DB->set_field('local_palier_profile', 'active', 0, ['contextid' => $context->id, 'code' => $code]);
            $version = 1 + (int) $DB->get_field('local_palier_profile', 'MAX(version)', [
                'contextid' => $context->id,
                'code' => $code,
            ]);
            $id = $DB->insert_record('local_palier_profile', (object) ([
                'contextid' => $context->id,
                'version' => $version,
                'active' => 1,
                'timecreated' => time(),
            ] + $profile->fields));
            $DB->insert_records('local_palier_requirement', array_map(
                fn(array $requirement) => (object) (['profileid' => $id] + $requirement),
                array_values($profile->requirements)
            ));
            $made++;
        }
        $transaction->allow_commit();
        profiles_imported::tell($context, ['count' => $made]);
        return $made;
    }

    /**
     * A profile counts no more. What it said stays.
     *
     * @param profile $profile
     */
    public static function retire(profile $profile): void {
        global $DB;
        $DB->set_field('local_palier_profile', 'active', 0, ['id' => $profile->id]);
        profile_retired::tell($profile->context(), ['code' => $profile->fields['code']]);
    }

    /**
     * The versions of a context that count.
     *
     * @param context $context
     * @return profile[] by code
     */
    public static function by_code(context $context): array {
        $profiles = [];
        foreach (self::active([$context->id]) as $profile) {
            $profiles[$profile->fields['code']] = $profile;
        }
        return $profiles;
    }

    /**
     * With a course category go its profiles and counts.
     *
     * @param course_category_deleted $event
     */
    public static function category_deleted(course_category_deleted $event): void {
        global $DB;
        $of = ['contextid' => $event->contextid];
        $DB->delete_records('local_palier_count', $of);
        $DB->delete_records_subquery(
            'local_palier_requirement',
            'profileid',
            'id',
            'SELECT id FROM {local_palier_profile} WHERE contextid = :contextid',
            $of
        );
        $DB->delete_records('local_palier_profile', $of);
    }

    /**
     * The context that a page is about: a course category's, or the system's.
     *
     * @param int $contextid 0 for the system's
     * @return context
     */
    public static function place(int $contextid): context {
        $context = $contextid ? context::instance_by_id($contextid) : context_system::instance();
        if (!$context instanceof context_coursecat && !$context instanceof context_system) {
            throw new \moodle_exception('invalidcontext', 'error');
        }
        return $context;
    }

    /**
     * Profiles of the database.
     *
     * @param string $where
     * @param array $params named
     * @param int[]|null $contextids of these contexts alone
     * @return profile[] by id, by name
     */
    private static function read(string $where, array $params, ?array $contextids = null): array {
        global $DB;
        if ($contextids !== null) {
            [$in, $more] = $DB->get_in_or_equal($contextids, SQL_PARAMS_NAMED, 'context', true, 0);
            $where .= " AND contextid $in";
            $params += $more;
        }
        $rows = $DB->get_records_select('local_palier_profile', $where, $params);
        $requirements = [];
        foreach ($DB->get_records_list('local_palier_requirement', 'profileid', array_keys($rows)) as $requirement) {
            $requirements[$requirement->profileid][] = $requirement;
        }
        $profiles = array_map(fn($row) => new profile($row, $requirements[$row->id] ?? []), $rows);
        $names = array_map(fn($profile) => $profile->name(), $profiles);
        \core_collator::asort($names);
        return array_replace($names, $profiles);
    }
}
