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

namespace mod_palier\form;

use advanced_testcase;

/**
 * The pages' own forms, as they are shown.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\form\import_form
 * @covers     \mod_palier\form\next_steps_form
 * @covers     \mod_palier\form\map_form
 */
final class forms_test extends advanced_testcase {
    public function test_an_import_names_the_columns_that_an_export_writes(): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $shown = (new import_form('/mod/palier/import.php', ['id' => 1]))->render();
        foreach (['item', 'b', 'se_b', 'level', 'status', 'enemies', 'item_set', 'b1'] as $column) {
            $this->assertMatchesRegularExpression("/[ ,>]{$column}[,<]/", $shown);
        }
    }

    public function test_next_steps_are_numbered(): void {
        global $PAGE;
        $this->resetAfterTest();
        $this->setAdminUser();
        $PAGE->set_url('/mod/palier/nextsteps.php');
        $shown = (new next_steps_form('/mod/palier/nextsteps.php', [
            'cmid' => 1,
            'levels' => [1 => 'One', 2 => 'Two'],
            'count' => 3,
            'activities' => [],
            'people' => [],
        ]))->render();
        $this->assertStringNotContainsString('{no}', $shown);
        $this->assertStringContainsString(str_replace('{no}', '3', get_string('nextstep_n', 'mod_palier')), $shown);
    }

    public function test_names_of_a_plan_are_words_and_nothing_else(): void {
        global $PAGE;
        $this->resetAfterTest();
        $this->setAdminUser();
        $PAGE->set_url('/mod/palier/nextsteps.php');
        $name = '<script>alert(1)</script> & more';
        $data = ['cmid' => 1, 'levels' => [1 => $name], 'count' => 1, 'activities' => [], 'people' => [], 'domains' => false,
            'graded' => false];
        $forms = [
            new next_steps_form('/mod/palier/nextsteps.php', ['scales' => ['1.1' => $name]] + $data),
            new map_form('/mod/palier/map.php', ['scales' => [[$name, true]]] + $data),
        ];
        foreach ($forms as $form) {
            $shown = $form->render();
            $this->assertStringNotContainsString('<script>alert', $shown);
            $this->assertStringContainsString(s($name), $shown);
        }
    }
}
