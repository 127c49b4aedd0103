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

namespace local_palier\local;

use context_system;
use local_palier\tests\programme_testcase;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * When a training is recommended, and in which order.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\trigger
 * @covers     \local_palier\local\recommendation
 */
final class recommendation_test extends programme_testcase {
    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->setAdminUser();
    }

    /**
     * The truth table: what is asked is level 3, the training leads from 2 to 4. Chances of levels 2, 3 and 4.
     *
     * @return array
     */
    public static function truths(): array {
        return [
            'ready, and has to learn' => [[0.8, 0.1, 0.05], 'measured', true],
            'not ready' => [[0.79, 0.1, 0.05], 'measured', false],
            'ready, and not certain yet' => [[0.95, 0.6, 0.3], 'measured', true],
            'ready, and perhaps there' => [[0.95, 0.6, 0.5], 'measured', false],
            'what is asked is reached' => [[0.99, 0.9, 0.3], 'measured', false],
            'neither' => [[0.3, 0.1, 0.5], 'measured', false],
            'of a domain alone' => [[0.95, 0.1, 0.05], 'reported_as_domain', false],
            'not assessed' => [null, 'measured', false],
        ];
    }

    /**
     * A training is recommended where all of its conditions hold.
     *
     * @dataProvider truths
     * @param float[]|null $chances
     * @param string $state
     * @param bool $fires
     */
    public function test_it_is_recommended_where_all_conditions_hold(?array $chances, string $state, bool $fires): void {
        $all = $chances === null ? null : [1, ...$chances, 0, 0, 0, 0];
        $finding = $this->compare($this->profile(['1.1']), ['crcn:1.1' => $all], $state)->finding('1.1');
        $this->assertSame($fires, trigger::fires($finding, 3, 2, 4));
    }

    public function test_a_training_without_a_prerequisite_is_for_whoever_has_to_learn(): void {
        $comparison = $this->compare($this->profile(['1.1']), ['crcn:1.1' => [0.2, 0.1, 0.05, 0, 0, 0, 0, 0]]);
        $finding = $comparison->finding('1.1');
        $this->assertTrue(trigger::fires($finding, 3, null, 2));
        $this->assertFalse(trigger::fires($finding, 3, 1, 2));
        $this->assertFalse(trigger::fires(null, 3, null, 2), 'Not assessed never fires');
        $this->assertFalse(trigger::fires($finding, 3, null, 9), 'The test has no such level');
    }

    public function test_a_training_that_begins_where_the_goal_is_leads_too_far(): void {
        $finding = $this->compare($this->profile(['1.1']), ['crcn:1.1' => [1, 0.99, 0.85, 0.1, 0, 0, 0, 0]])->finding('1.1');
        $this->assertFalse(trigger::fires($finding, 3, 3, 5));
        $this->assertTrue(trigger::fires($finding, 3, 2, 4));
    }

    public function test_the_order_is_gap_times_weight_by_one_and_days(): void {
        $this->catalogue(
            'LONG,Trois jours,CRCN-2019,1.1,,3,3,,',
            'SHORT,Une journée,CRCN-2019,1.1,,3,1,,',
            'HEAVY,Ce qui pèse,CRCN-2019,1.2,,3,1,,',
            'BOTH,Les deux,CRCN-2019,1.1|1.2,,3,3,,',
            'UNSAID,Sans durée,CRCN-2019,1.1,,3,,,',
            'OTHER,Autre chose,CRCN-2019,5.1,,3,1,,'
        );
        $profile = $this->profile(['1.1', '1.2', '5.1'], [], ['1.1' => 2, '1.2' => 5]);
        $low = fn(float $chance): array => [0.9, 0.5, $chance, 0, 0, 0, 0, 0];
        $comparison = $this->compare($profile, ['crcn:1.1' => $low(0.1), 'crcn:1.2' => $low(0.2), 'crcn:5.1' => null]);
        $found = recommendation::for($comparison, [context_system::instance()->id]);
        // By hand: 0.9 × 2 ÷ 4, 0.9 × 2 ÷ 2, 0.8 × 5 ÷ 2, (0.9 × 2 + 0.8 × 5) ÷ 4, and as a day where nothing is said.
        $expected = ['HEAVY' => 2.0, 'BOTH' => 1.45, 'SHORT' => 0.9, 'UNSAID' => 0.9, 'LONG' => 0.45];
        $scores = array_combine(array_map(fn($one) => $one->entry->code, $found), array_column($found, 'score'));
        $this->assertSame(array_keys($expected), array_keys($scores));
        foreach ($expected as $code => $score) {
            $this->assertEqualsWithDelta($score, $scores[$code], 1e-9, $code);
        }
        $best = array_map(fn($one) => $one->entry->code, recommendation::best($found, 1));
        $this->assertSame(['HEAVY', 'BOTH'], $best, 'of each gap the best, each once');
    }
}
