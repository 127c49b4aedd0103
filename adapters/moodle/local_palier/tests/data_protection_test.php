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

use mod_palier\hook\data_protection_sheet;

/**
 * What the programme adds to the data protection sheet follows its settings.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\data_protection
 */
final class data_protection_test extends \advanced_testcase {
    public function test_the_sheet_tells_the_least_number_of_people_in_a_figure(): void {
        $this->resetAfterTest();
        set_config('least', 17, 'local_palier');
        set_config('keepmonths', 17, 'local_palier');
        $sheet = data_protection_sheet::ask();
        $this->assertContains([get_string('least', 'local_palier'), '17'], $sheet->get_settings());
        $this->assertContains([get_string('protection_campaigns', 'local_palier'), '0'], $sheet->get_settings());
        $this->assertContains([get_string('keepmonths', 'local_palier'), '17'], $sheet->get_settings());
        $this->assertCount(4, $sheet->get_processings());
        foreach ($sheet->get_processings() as $row) {
            $this->assertStringContainsString('17', implode(' ', $row));
            $this->assertStringNotContainsString('[[', implode(' ', $row));
            $this->assertCount(7, array_filter($row));
        }
    }
}
