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
use mod_palier\local\engine\engine_factory;
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
        // Nobody is told a level above 5, and whoever is told 5 has it at least: the levels stay what they are.
        $this->assertSame($whole['levels'], $plan['levels']);
        $this->assertSame([5, 5], array_column($plan['scales'], 'top_level'));
        $this->assertSame(8, $plan['stop']['max_items']);
        $scope = ['scales' => ['crcn:4.1', 'crcn:4.3'], 'top' => 5, 'questions' => 8];
        $check = api::check_test_of((int) $this->palier->cmid, $scope);
        $this->assertSame([true, []], [$check['can'], $check['problems']]);
        $this->assertLessThanOrEqual(8, $check['questions']);
        $margins = '/margin ± [\d.]+ level over all, up to ± [\d.]+ for a competence$/';
        $this->assertMatchesRegularExpression($margins, $check['summary']);
        $cmid = api::make_test_of((int) $this->palier->cmid, $scope, 'A part', 100, 2000000000);
        $of = api::scales_of_activity($cmid);
        $this->assertSame(['plan', 'positioning', [0, 8]], [$of['source'], $of['purpose'], $of['levels']]);
        $this->assertSame([5, 5], array_column($of['scales'], 'top_level'));
        // Half of the 24 questions belong to these two.
        $this->assertSame(12, api::bank_of_activity($cmid)['items']);
    }

    public function test_each_competence_has_a_top_level_of_its_own(): void {
        global $DB;
        $this->make_map(40, ['maxitems' => 8]);
        $this->setAdminUser();
        $wanted = json_decode($this->palier->plan, true);
        // Level 4 begins at the fourth cut: more than a top of 3 lets be told, and what a top of 4 does.
        foreach ($wanted['scales'] as &$scale) {
            $scale['required_theta'] = $wanted['levels']['cuts'][3];
        }
        $DB->set_field('palier', 'plan', json_encode($wanted), ['id' => $this->palier->id]);
        $tops = ['crcn:1.1' => 3, 'crcn:4.1' => 4, 'crcn:4.3' => 8];
        $plan = $this->plan(['tops' => $tops]);
        $this->assertSame(['crcn:1.1' => 3, 'crcn:4.1' => 4], array_column($plan['scales'], 'top_level', 'id'));
        $this->assertSame(['crcn:1.2', 'crcn:4.1', 'crcn:4.3'], array_column(array_filter(
            $plan['scales'],
            fn(array $scale): bool => isset($scale['required_theta'])
        ), 'id'));
        // The engine takes it, and a test that is made of it goes no higher.
        engine_factory::get()->plan(json_encode($plan));
        $DB->set_field('palier', 'plan', json_encode($plan), ['id' => $this->palier->id]);
        $again = $this->plan(['tops' => ['crcn:1.1' => 5, 'crcn:1.2' => 2]]);
        $expected = ['crcn:1.1' => 3, 'crcn:1.2' => 2, 'crcn:4.1' => 4];
        $this->assertSame($expected, array_column($again['scales'], 'top_level', 'id'));
        // As many questions of its own as it has, up to a top above which some of them are: too few.
        $thin = $wanted;
        $thin['scales'] = array_map(fn(array $scale): array => ['min_items' => 10] + $scale, $wanted['scales']);
        $DB->set_field('palier', 'plan', json_encode($thin), ['id' => $this->palier->id]);
        $check = api::check_test_of((int) $this->palier->cmid, ['tops' => ['crcn:1.1' => 3]]);
        $this->assertFalse($check['can']);
        $this->assertMatchesRegularExpression('/up to level 3, at least 10 are needed/', implode(' ', $check['problems']));
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
            'the level before the first, of one competence' => [['tops' => ['crcn:1.1' => 0]]],
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
