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

namespace mod_palier\reportbuilder\local;

use core_cohort\reportbuilder\local\entities\cohort;
use core_group\reportbuilder\local\entities\group;
use core_reportbuilder\local\entities\course;
use core_reportbuilder\local\entities\user;
use core_reportbuilder\local\helpers\database;
use mod_palier\local\report\visible_learners;
use mod_palier\reportbuilder\local\entities\activity;

/**
 * What a source about attempts knows around them: the learner with groups and cohorts, the activity, the course.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
trait around_attempts {
    /**
     * Adds learner, activity and course, and the condition that nothing unshared is told.
     *
     * @param string $attempt alias of palier_attempt
     * @param string[] $joins what brings that table in, where it is not the main one
     * @return string[] names of the entities: learner, course, activity
     */
    protected function add_around(string $attempt, array $joins = []): array {
        $person = new user();
        $user = $person->get_table_alias('user');
        $this->add_entity($person->add_joins($joins)->add_join("JOIN {user} {$user} ON {$user}.id = {$attempt}.userid"));
        $activityentity = new activity();
        $activity = $activityentity->get_table_alias('palier');
        $this->add_entity($activityentity->add_joins($joins)
            ->add_join("JOIN {palier} {$activity} ON {$activity}.id = {$attempt}.palierid"));
        $courseentity = new course();
        $course = $courseentity->get_table_alias('course');
        $this->add_entity($courseentity->add_joins([
            ...$activityentity->get_joins(),
            "JOIN {course} {$course} ON {$course}.id = {$activity}.course",
        ]));
        $this->add_memberships($person, $courseentity);
        [$shared, $params] = visible_learners::shared_condition($attempt);
        $this->add_base_condition_sql("{$attempt}.preview = 0 AND $shared", $params);
        return [$person->get_entity_name(), $courseentity->get_entity_name(), $activityentity->get_entity_name()];
    }

    /**
     * The groups of the course and the cohorts that a person is in: a line each where there are several.
     *
     * @param user $person
     * @param course $courseentity
     */
    private function add_memberships(user $person, course $courseentity): void {
        $user = $person->get_table_alias('user');
        $course = $courseentity->get_table_alias('course');
        $groupentity = (new group())->set_table_alias('context', $courseentity->get_table_alias('context'));
        $groups = $groupentity->get_table_alias('groups');
        $this->add_entity($groupentity
            ->add_joins($courseentity->get_joins())
            ->add_join($courseentity->get_context_join())
            ->add_joins($person->get_joins())
            ->add_join("LEFT JOIN (SELECT g.*, m.userid FROM {groups} g JOIN {groups_members} m ON m.groupid = g.id) {$groups}
                               ON {$groups}.courseid = {$course}.id AND {$groups}.userid = {$user}.id"));
        $names = ['name', 'idnumber'];
        $this->add_all_from_entity($groupentity->get_entity_name(), $names, $names, $names);
        $cohortentity = new cohort();
        $cohort = $cohortentity->get_table_alias('cohort');
        $member = database::generate_alias();
        $this->add_entity($cohortentity->add_joins($person->get_joins())->add_joins([
            "LEFT JOIN {cohort_members} {$member} ON {$member}.userid = {$user}.id",
            "LEFT JOIN {cohort} {$cohort} ON {$cohort}.id = {$member}.cohortid",
        ]));
        $this->add_all_from_entity(
            $cohortentity->get_entity_name(),
            ['name', 'idnumber'],
            ['cohortselect', 'name', 'idnumber'],
            ['cohortselect', 'name', 'idnumber']
        );
    }
}
