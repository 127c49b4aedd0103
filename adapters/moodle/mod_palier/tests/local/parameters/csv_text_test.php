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
    /**
     * The same table, written in several ways.
     *
     * @return array
     */
    public static function tables(): array {
        return [
            'comma' => ["item,b\nx,1\n", ','],
            'semicolon' => ["item;b\r\nx;1\r\n", ';'],
            'tabulation' => ["item\tb\nx\t1", "\t"],
            'byte order mark' => [csv_text::BOM . "item;b\nx;1", ';'],
            'old line ends' => ["item,b\rx,1\r", ','],
            'blank lines' => ["\nitem,b\n\n,\nx,1\n\n", ','],
        ];
    }

    /**
     * A table is read.
     *
     * @dataProvider tables
     * @param string $text
     * @param string $delimiter
     */
    public function test_a_table_is_read(string $text, string $delimiter): void {
        $csv = csv_text::parse($text);
        $this->assertSame(['item', 'b'], $csv['header']);
        $this->assertSame([['x', '1']], array_values($csv['records']));
    }

    public function test_records_know_their_line_through_quoted_line_ends(): void {
        $csv = csv_text::parse("item,label\na,\"one\ntwo\"\n\nb,\"say \"\"x\"\"\"\n");
        $this->assertSame([2 => ['a', "one\ntwo"], 5 => ['b', 'say "x"']], $csv['records']);
    }

    public function test_what_is_no_table_is_refused(): void {
        foreach (['', "\n\n", "item,b\n\xff,1", "a,b\n" . str_repeat("x,1\n", csv_text::MAXRECORDS + 1)] as $text) {
            try {
                csv_text::parse($text);
                $this->fail('No exception');
            } catch (\moodle_exception $e) {
                $this->assertStringStartsWith('csv', $e->errorcode);
            }
        }
    }

    public function test_no_text_becomes_a_formula_and_each_comes_back(): void {
        foreach (['=1+1', '+x', '-x', '@x', "\tx", "'=1", "''x", "'x", 'plain', ''] as $text) {
            $safe = csv_text::safe($text);
            $this->assertDoesNotMatchRegularExpression('/^[=+\-@\t\r]/', $safe);
            $this->assertSame($text, csv_text::unsafe($safe));
        }
        $this->assertSame("a,\"b,\"\"c\"\"\"\r\n", csv_text::line(['a', 'b,"c"']));
    }
}
