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
use mod_palier\reportbuilder\local\entities\attempt;
use mod_palier\reportbuilder\local\entities\scale_result;

/**
 * Attempts and their results, for custom reports.
 *
 * What learners have not shared is in no report, whoever makes it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class attempts extends datasource {
    use around_attempts;

    #[\Override]
    public static function get_name(): string {
        return get_string('datasource_attempts', 'mod_palier');
    }

    #[\Override]
    protected function initialise(): void {
        $entity = new attempt();
        $attempt = $entity->get_table_alias('palier_attempt');
        $this->set_main_table('palier_attempt', $attempt);
        $this->add_entity($entity);
        $around = $this->add_around($attempt);
        $resultentity = new scale_result();
        $result = $resultentity->get_table_alias('palier_attempt_scale');
        $this->add_entity($resultentity->add_join(
            "LEFT JOIN {palier_attempt_scale} {$result} ON {$result}.attemptid = {$attempt}.id"
        ));
        $this->add_all_from_entities([$entity->get_entity_name(), ...$around, $resultentity->get_entity_name()]);
    }

    #[\Override]
    public function get_default_columns(): array {
        return ['course:fullname', 'user:fullname', 'attempt:level', 'attempt:timefinish'];
    }

    #[\Override]
    public function get_default_column_sorting(): array {
        return ['attempt:timefinish' => SORT_DESC];
    }

    #[\Override]
    public function get_default_filters(): array {
        return ['user:fullname', 'attempt:level', 'attempt:timefinish'];
    }

    #[\Override]
    public function get_default_conditions(): array {
        return ['course:fullname'];
    }
}
