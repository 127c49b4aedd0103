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

namespace mod_palier\grades;

use core_grades\local\gradeitem\fieldname_mapping;
use core_grades\local\gradeitem\itemnumber_mapping;

/**
 * The activity's grade items, for core's forms.
 *
 * Item 0 is the result as a whole. Of a map there may be one more for each competence or domain, numbered from 1
 * ({@see \mod_palier\local\report\scale_grades}); which they are is another thing in each activity. Core's forms offer each
 * item that is listed here, with its category, its grade to pass and as a condition of completion, in every activity: so
 * only item 0 is listed, and the fields of the others have names that no form has.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class gradeitems implements fieldname_mapping, itemnumber_mapping {
    /** @var int from here on numbers are those of outcomes, which are core's. */
    public const OUTCOMES = 1000;

    #[\Override]
    public static function get_itemname_mapping_for_component(): array {
        return [0 => ''];
    }

    #[\Override]
    public static function get_field_name_for_itemnumber(string $component, int $itemnumber, string $fieldname): string {
        return $itemnumber > 0 && $itemnumber < self::OUTCOMES ? "scale{$itemnumber}{$fieldname}" : $fieldname;
    }
}
