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

namespace mod_palier\local\engine;

/**
 * JSON texts put together and taken apart.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\engine\json_text
 */
final class json_text_test extends \basic_testcase {
    public function test_an_empty_map_is_an_object_and_texts_are_not_encoded_again(): void {
        $this->assertSame('{}', json_text::encode_object([]));
        $this->assertSame('{"plan":{"x":1.0},"n":2}', json_text::object(['plan' => '{"x":1.0}', 'n' => '2']));
        $this->assertSame('[{"a":1.0},{"b":2}]', json_text::list(['{"a":1.0}', ['b' => 2]]));
    }

    public function test_doubles_are_read_back_as_they_were(): void {
        foreach ([0.1, 1 / 3, 1.0, -2.2, 1e-7, 123456789.123456789, PHP_FLOAT_EPSILON] as $double) {
            $this->assertSame($double, json_text::decode(json_text::encode(['x' => $double]))['x']);
        }
    }
}
