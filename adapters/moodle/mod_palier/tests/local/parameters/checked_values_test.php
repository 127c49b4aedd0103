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

use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../../classes/learner_testcase.php');

/**
 * Rows of parameters that come from outside.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\parameters\checked_values
 */
final class checked_values_test extends learner_testcase {
    /** @var string[] a row that is right. */
    private const RIGHT = ['model' => '2pl', 'a' => '1.25', 'b' => '0.50000000000000000000', 'status' => 'operational',
        'source' => 'calibration', 'level' => null, 'steps' => null, 'content' => 'text'];

    /**
     * Values that no table of parameters could give.
     *
     * @return array[] the row's columns that are other
     */
    public static function false_values(): array {
        return array_map(fn(array $columns): array => [$columns], [
            ['status' => 'asked twice'], ['model' => 'rash'], ['b' => 'x'], ['b' => '1e400'], ['b' => '20000'], ['a' => '-1'],
            ['seb' => '1e300'], ['seb' => '20000'], ['seb' => '-1'],
            ['level' => '12'], ['source' => 'me'], ['content' => str_repeat('c', 256)],
            ['model' => 'gpcm', 'b' => null, 'steps' => 'x'], ['model' => 'gpcm', 'b' => null, 'steps' => '{"b1":"x"}'],
            ['model' => 'gpcm', 'b' => null, 'steps' => '{"b2":1}'],
        ]);
    }

    /**
     * A false value is told of, and leaves the others alone.
     *
     * @dataProvider false_values
     * @param array $columns
     */
    public function test_a_false_value_is_refused_alone(array $columns): void {
        $checked = new checked_values([7 => self::RIGHT, 8 => $columns + self::RIGHT, 9 => self::RIGHT]);
        $this->assertSame([8], array_keys($checked->faults));
        $this->assertSame([7, 9], array_keys($checked->rows));
    }

    public function test_values_are_kept_with_the_numbers_of_their_model_alone(): void {
        $rows = (new checked_values([
            7 => ['c' => '0.2', 'd' => 'NULL'] + self::RIGHT,
            8 => ['d' => '0.9', 'c' => '0.2', 'seb' => '0.25'] + self::RIGHT,
            9 => ['status' => 'retired', 'b' => null] + self::RIGHT,
        ]))->rows;
        $this->assertSame([8, 9], array_keys($rows));
        $this->assertSame(['1.25', '0.5', null, null, '0.25'], array_map(fn($name) => $rows[8][$name], item_parameters::NUMBERS));
        $this->assertSame([null, 'retired'], [$rows[9]['a'], $rows[9]['status']]);
    }
}
