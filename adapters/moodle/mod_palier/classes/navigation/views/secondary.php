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

namespace mod_palier\navigation\views;

use core\navigation\views\secondary as core_secondary;

/**
 * The order of the activity's pages: what is needed first stands first.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class secondary extends core_secondary {
    #[\Override]
    protected function get_default_module_mapping(): array {
        $mapping = parent::get_default_module_mapping();
        $mapping[self::TYPE_SETTING] = array_merge($mapping[self::TYPE_SETTING], [
            'mod_palier_levels' => 2,
            'mod_palier_report' => 3,
            'mod_palier_statements' => 4,
            'mod_palier_check' => 5,
            'mod_palier_parameters' => 6,
        ]);
        return $mapping;
    }
}
