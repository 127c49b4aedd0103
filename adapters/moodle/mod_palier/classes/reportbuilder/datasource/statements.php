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

namespace mod_palier\reportbuilder\datasource;

use core_reportbuilder\datasource;
use core_reportbuilder\local\entities\course;
use core_reportbuilder\local\entities\user;
use core_reportbuilder\local\helpers\database;
use mod_palier\local\report\visible_learners;
use mod_palier\local\xapi\outbox;
use mod_palier\reportbuilder\local\entities\statement;

/**
 * Statements, for custom reports.
 *
 * What learners have not shared is in no report, whoever makes it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class statements extends datasource {
    #[\Override]
    public static function get_name(): string {
        return get_string('datasource_statements', 'mod_palier');
    }

    #[\Override]
    protected function initialise(): void {
        global $DB;

        $entity = new statement();
        $statement = $entity->get_table_alias('palier_statement');
        $this->set_main_table('palier_statement', $statement);
        $this->add_entity($entity);
        $attempt = database::generate_alias();
        $this->add_join("JOIN {palier_attempt} {$attempt} ON {$attempt}.id = {$statement}.attemptid");
        $prefix = database::generate_param_name() . '_';
        [$readable, $readableparams] = $DB->get_in_or_equal(outbox::READABLE, SQL_PARAMS_NAMED, $prefix);
        $this->add_base_condition_sql("{$statement}.state $readable", $readableparams);
        // The sentence needs the name: both use one join.
        $user = $entity->get_table_alias('user');
        $person = (new user())->set_table_alias('user', $user);
        $this->add_entity($person->add_join($entity->get_user_join()));
        $activity = database::generate_alias();
        $courseentity = new course();
        $course = $courseentity->get_table_alias('course');
        $this->add_entity($courseentity->add_joins([
            "JOIN {palier} {$activity} ON {$activity}.id = {$attempt}.palierid",
            "JOIN {course} {$course} ON {$course}.id = {$activity}.course",
        ]));
        [$shared, $params] = visible_learners::shared_condition($attempt);
        $this->add_base_condition_sql("{$attempt}.preview = 0 AND $shared", $params);
        $this->add_all_from_entities();
    }

    #[\Override]
    public function get_default_columns(): array {
        return ['course:fullname', 'statement:timecreated', 'statement:sentence'];
    }

    #[\Override]
    public function get_default_column_sorting(): array {
        return ['statement:timecreated' => SORT_DESC];
    }

    #[\Override]
    public function get_default_filters(): array {
        return ['user:fullname', 'statement:verb', 'statement:final', 'statement:timecreated'];
    }

    #[\Override]
    public function get_default_conditions(): array {
        return ['course:fullname'];
    }
}
