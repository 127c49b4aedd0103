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
use core_reportbuilder\local\helpers\database;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\xapi\outbox;
use mod_palier\reportbuilder\local\around_attempts;
use mod_palier\reportbuilder\local\entities\attempt;
use mod_palier\reportbuilder\local\entities\question;
use mod_palier\reportbuilder\local\entities\scale_result;
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
    use around_attempts;

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
        $prefix = database::generate_param_name() . '_';
        [$readable, $readableparams] = $DB->get_in_or_equal(outbox::READABLE, SQL_PARAMS_NAMED, $prefix);
        $this->add_base_condition_sql("{$statement}.state $readable", $readableparams);

        $attemptentity = new attempt();
        $attempt = $attemptentity->get_table_alias('palier_attempt');
        $this->add_join("JOIN {palier_attempt} {$attempt} ON {$attempt}.id = {$statement}.attemptid");
        $this->add_entity($attemptentity);
        // What is not of a statement leaves its line as it is: most are about no competence, and some about no question.
        $resultentity = new scale_result();
        $result = $resultentity->get_table_alias('palier_attempt_scale');
        $this->add_entity($resultentity->add_join(
            "LEFT JOIN {palier_attempt_scale} {$result}
                    ON {$result}.attemptid = {$statement}.attemptid AND {$result}.scale = {$statement}.scale
                       AND {$result}.kind = '" . scale_results::SCALE . "'"
        ));
        $questionentity = new question();
        $event = database::generate_alias();
        $this->add_entity($questionentity->add_joins([
            "LEFT JOIN {palier_event} {$event}
                    ON {$event}.attemptid = {$statement}.attemptid AND {$event}.seq = {$statement}.eventseq",
            ...$questionentity->joins_to("{$event}.questionid", 'LEFT JOIN'),
        ]));
        $this->add_all_from_entities([
            $entity->get_entity_name(),
            $questionentity->get_entity_name(),
            $resultentity->get_entity_name(),
            $attemptentity->get_entity_name(),
            ...$this->add_around($attempt),
        ]);
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
