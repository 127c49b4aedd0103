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

namespace mod_palier\local\test;

use mod_palier\api;
use mod_palier\tests\map_testcase;

/**
 * A test made of another one keeps its questions and its scale, and its results belong to the learner.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\test\derived_test
 * @covers     \mod_palier\api
 */
final class derived_test_test extends map_testcase {
    /**
     * The plan of a test made of the map.
     *
     * @param array $scope
     * @return array
     */
    private function plan(array $scope): array {
        return json_decode((new derived_test((int) $this->palier->cmid, $scope))->plan, true);
    }

    public function test_some_competences_and_a_top_level_are_asked_and_nothing_else(): void {
        $this->make_map(24, ['maxitems' => 30]);
        $this->setAdminUser();
        $whole = $this->plan([]);
        $this->assertSame('after_sharing', $whole['visibility']);
        $expected = ['visibility' => 'after_sharing'] + json_decode($this->palier->plan, true);
        $this->assertSame($expected, ['visibility' => 'after_sharing'] + $whole);
        $plan = $this->plan(['scales' => ['crcn:4.1', 'crcn:4.3'], 'top' => 5, 'questions' => 8]);
        $this->assertSame(['crcn:4.1', 'crcn:4.3'], array_column($plan['scales'], 'id'));
        $this->assertSame(['crcn:4'], array_column($plan['map']['domains'], 'id'));
        // Levels 0 to 5: five cuts, the first ones.
        $this->assertSame(array_slice($whole['levels']['cuts'], 0, 5), $plan['levels']['cuts']);
        $this->assertCount(6, $plan['levels']['names']);
        $this->assertSame(8, $plan['stop']['max_items']);
        $scope = ['scales' => ['crcn:4.1', 'crcn:4.3'], 'top' => 5, 'questions' => 8];
        $check = api::check_test_of((int) $this->palier->cmid, $scope);
        $this->assertSame([true, []], [$check['can'], $check['problems']]);
        $this->assertLessThanOrEqual(8, $check['questions']);
        $margins = '/margin ± [\d.]+ level over all, up to ± [\d.]+ for a competence$/';
        $this->assertMatchesRegularExpression($margins, $check['summary']);
        $cmid = api::make_test_of((int) $this->palier->cmid, $scope, 'A part', 100, 2000000000);
        $of = api::scales_of_activity($cmid);
        $this->assertSame(['plan', 'positioning', [0, 5]], [$of['source'], $of['purpose'], $of['levels']]);
        // Half of the 24 questions belong to these two.
        $this->assertSame(12, api::bank_of_activity($cmid)['items']);
    }

    /**
     * Scopes that make no sense.
     *
     * @return array[]
     */
    public static function wrong_scopes(): array {
        return [
            'one competence' => [['scales' => ['crcn:1.1']]],
            'an unknown competence' => [['scales' => ['crcn:1.1', 'crcn:1.2', 'crcn:9.9']]],
            'no competence' => [['scales' => ['']]],
            'a level above the last' => [['top' => 9]],
            'the level before the first' => [['top' => 0]],
            'whether a level is reached, of several competences' => [['floor' => 3]],
        ];
    }

    /**
     * Each is told, and makes nothing.
     *
     * @dataProvider wrong_scopes
     * @param array $scope
     */
    public function test_what_makes_no_sense_is_refused(array $scope): void {
        global $DB;
        $this->make_map();
        $this->setAdminUser();
        $check = api::check_test_of((int) $this->palier->cmid, $scope);
        $this->assertFalse($check['can']);
        $this->assertCount(1, $check['problems']);
        try {
            api::make_test_of((int) $this->palier->cmid, $scope, 'No', 0, 0);
            $this->fail('It was made');
        } catch (\moodle_exception $e) {
            $this->assertSame('derived_cannot', $e->errorcode);
        }
        $this->assertSame(1, $DB->count_records('palier'));
    }

    public function test_a_matrix_of_correlations_loses_rows_and_columns(): void {
        global $DB;
        $this->make_map();
        $plan = json_decode($this->palier->plan, true);
        $plan['map']['correlation'] = [[1, 0.1, 0.2, 0.3], [0.1, 1, 0.4, 0.5], [0.2, 0.4, 1, 0.6], [0.3, 0.5, 0.6, 1]];
        $DB->set_field('palier', 'plan', json_encode($plan), ['id' => $this->palier->id]);
        $this->assertEquals([[1, 0.5], [0.5, 1]], $this->plan(['scales' => ['crcn:1.2', 'crcn:4.3']])['map']['correlation']);
    }

    public function test_a_learner_makes_none_and_a_practice_is_none(): void {
        $this->make_map(24, ['purpose' => 'practice']);
        $this->setAdminUser();
        $this->assertFalse(api::check_test_of((int) $this->palier->cmid, [])['can']);
        $this->setUser($this->learner);
        $this->expectException(\required_capability_exception::class);
        api::check_test_of((int) $this->palier->cmid, []);
    }
}
