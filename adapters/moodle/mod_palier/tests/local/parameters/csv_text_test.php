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

namespace mod_palier\local\parameters;

/**
 * CSV texts.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\parameters\csv_text
 */
final class csv_text_test extends \basic_testcase {
    public function test_no_text_becomes_a_formula_and_each_comes_back(): void {
        foreach (['=1+1', '+x', '-x', '@x', "\tx", "'=1", "''x", "'x", 'plain', ''] as $text) {
            $safe = csv_text::safe($text);
            $this->assertDoesNotMatchRegularExpression('/^[=+\-@\t\r]/', $safe);
            $this->assertSame($text, csv_text::unsafe($safe));
        }
        $this->assertSame("a,\"b,\"\"c\"\"\"\r\n", csv_text::line(['a', 'b,"c"']));
    }

    public function test_a_line_for_a_spreadsheet_has_the_decimal_sign_of_the_reader(): void {
        $sign = get_string('decsep', 'langconfig');
        $this->assertSame("a,b;0{$sign}123457;3\r\n", csv_text::spreadsheet_line(['a,b', 0.1234567, 3]));
    }
}
