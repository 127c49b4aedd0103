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
use mod_palier\reportbuilder\local\around_attempts;
use mod_palier\reportbuilder\local\entities\answer;
use mod_palier\reportbuilder\local\entities\attempt;
use mod_palier\reportbuilder\local\entities\question;

/**
 * Answers to the questions of tests, for custom reports.
 *
 * What learners have not shared is in no report, whoever makes it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class answers extends datasource {
    use around_attempts;

    #[\Override]
    public static function get_name(): string {
        return get_string('datasource_answers', 'mod_palier');
    }

    #[\Override]
    protected function initialise(): void {
        global $DB;
        $entity = new answer();
        $answer = $entity->get_table_alias('palier_event');
        $this->set_main_table('palier_event', $answer);
        $this->add_entity($entity);
        [$types, $params] = $DB->get_in_or_equal(
            answer::TYPES,
            SQL_PARAMS_NAMED,
            \core_reportbuilder\local\helpers\database::generate_param_name() . '_'
        );
        $this->add_base_condition_sql("{$answer}.type {$types} AND {$answer}.questionid IS NOT NULL", $params);

        $questionentity = new question();
        $this->add_entity($questionentity->add_joins($questionentity->joins_to("{$answer}.questionid")));
        $attemptentity = new attempt();
        $attempt = $attemptentity->get_table_alias('palier_attempt');
        $join = "JOIN {palier_attempt} {$attempt} ON {$attempt}.id = {$answer}.attemptid";
        $this->add_join($join);
        $this->add_entity($attemptentity);
        $this->add_all_from_entities([
            $entity->get_entity_name(),
            $questionentity->get_entity_name(),
            $attemptentity->get_entity_name(),
            ...$this->add_around($attempt),
        ]);
    }

    #[\Override]
    public function get_default_columns(): array {
        return ['user:fullname', 'question:name', 'answer:words', 'answer:outcome', 'answer:time'];
    }

    #[\Override]
    public function get_default_column_sorting(): array {
        return ['answer:time' => SORT_DESC];
    }

    #[\Override]
    public function get_default_filters(): array {
        return ['user:fullname', 'question:name', 'question:level', 'answer:time'];
    }

    #[\Override]
    public function get_default_conditions(): array {
        return ['course:fullname'];
    }
}
