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

namespace local_palier;

use local_palier\local\meetings;
use local_palier\local\suppression;
use local_palier\local\told;
use mod_palier\hook\data_protection_sheet;

/**
 * What the programme adds to the data protection sheet of adaptive tests.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class data_protection {
    /**
     * Tells the least number of people, and what counts, campaigns and people who help keep.
     *
     * @param data_protection_sheet $sheet
     */
    public static function tell(data_protection_sheet $sheet): void {
        global $DB;
        $text = fn(string $key, mixed $a = null): string => get_string("protection_$key", 'local_palier', $a);
        $least = suppression::least();
        $sheet->add_setting(get_string('least', 'local_palier'), (string) $least);
        $sheet->add_setting($text('campaigns'), (string) $DB->count_records('local_palier_campaign'));
        $sheet->add_setting(get_string('helplevel', 'local_palier'), (string) told::help_level());
        $sheet->add_setting(get_string('keepmonths', 'local_palier'), (string) meetings::months());
        foreach (['counts' => $least, 'participation' => $least, 'surveys' => $least, 'help' => meetings::months()] as $row => $number) {
            $sheet->add_processing(...array_map(
                fn(string $column): string => $text("{$row}_$column", $number),
                ['purpose', 'data', 'who', 'howlong', 'where', 'risk', 'measure']
            ));
        }
    }
}
