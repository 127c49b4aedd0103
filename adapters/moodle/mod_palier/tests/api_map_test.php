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

namespace mod_palier;

use mod_palier\tests\map_testcase;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/classes/map_testcase.php');

/**
 * What other plugins read of a map and of the frameworks that come along.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\api
 * @covers     \mod_palier\api\result
 */
final class api_map_test extends map_testcase {
    public function test_the_chance_of_a_level_is_the_one_that_the_engine_decides_by(): void {
        $this->make_map(16, ['purpose' => 'threshold', 'thresholdlevel' => 3]);
        $this->take();
        [$result] = api::results_of_user((int) $this->learner->id);
        $this->assertSame('threshold', $result->purpose);
        foreach ($result->state['scales'] as $scale) {
            $this->assertEqualsWithDelta($scale['required']['p_reached'], $result->chance($scale['id'], 3), 1e-9);
        }
        [$scale] = $result->state['scales'];
        ['first' => $first, 'last' => $last] = $result->state['levels'];
        $this->assertEquals(1, $result->chance($scale['id'], $first));
        $this->assertNull($result->chance($scale['id'], $first - 1));
        $this->assertNull($result->chance($scale['id'], $last + 1));
        $this->assertNull($result->chance('crcn:5.1', 3), 'not in this test');
    }

    public function test_bands_are_runs_of_levels_with_one_name(): void {
        $this->make_map();
        ['bands' => $bands, 'levels' => $levels] = api::scales_of_activity((int) $this->palier->cmid);
        $this->assertSame($levels, [$bands[0]['first'], end($bands)['last']]);
        foreach ($bands as $place => $band) {
            $this->assertSame($place ? $bands[$place - 1]['last'] + 1 : $levels[0], $band['first']);
            $this->assertNotSame($bands[$place - 1]['name'] ?? '', $band['name']);
        }
        $this->take();
        [$result] = api::results_of_user((int) $this->learner->id);
        foreach (array_filter(array_column($result->state['scales'], 'band')) as $band) {
            $this->assertContainsEquals($band, $bands);
        }
    }

    public function test_change_is_what_the_engine_says_of_the_estimates(): void {
        $this->make_map();
        $this->take();
        [$result] = api::results_of_user((int) $this->learner->id);
        $measured = array_filter($result->state['scales'], fn(array $scale): bool => $scale['state'] === 'measured');
        $estimates = $result->estimates();
        $this->assertSame(array_column($measured, 'id'), array_map('strval', array_keys($estimates)));
        $same = ['before' => $estimates, 'after' => $estimates];
        $gains = api::gains($result->planhash, array_fill(0, 5, $same), 0.95);
        $this->assertEqualsCanonicalizing(array_column($result->state['scales'], 'id'), array_map('strval', array_keys($gains)));
        foreach (array_intersect_key($gains, $estimates) as $gain) {
            // Too small a reliability is compared with nothing.
            $this->assertContains($gain['compared'], [0, 5]);
            $this->assertEquals($gain['compared'] ? 0 : null, $gain['mean']['levels']['value'] ?? null);
        }
        $this->assertContains(5, array_column($gains, 'compared'));
        $this->expectException(\dml_missing_record_exception::class);
        api::gains(str_repeat('0', 64), [], 0.95);
    }

    public function test_frameworks_are_known_with_their_version_and_how_they_correspond(): void {
        $frameworks = api::frameworks();
        $this->assertSame(['CRCN-2019', 'DIGCOMP-2.2'], array_keys($frameworks));
        // Décret n° 2019-919: 16 competences on 8 levels. EUR 31006 EN: 21 competences on 8 levels.
        $this->assertSame([16, 21], array_map(fn($one) => count($one['competences']), array_values($frameworks)));
        $this->assertSame([[1, 8], [1, 8]], array_column($frameworks, 'levels'));
        $this->assertSame('3.4 Programmer', $frameworks['CRCN-2019']['competences']['3.4']['fr']);
        foreach (['crcn:1.1', 'CRCN-1.1', 'crcn 1.1'] as $id) {
            $this->assertSame(['CRCN-2019', '1.1'], api::competence_of_scale($id));
        }
        foreach (['1.1', 'crcn:9.9', 'crcn:1', 'reading', 'level:3', ''] as $id) {
            $this->assertNull(api::competence_of_scale($id), $id);
        }
        $this->assertSame(['4.3', '4.4'], api::corresponding('CRCN-2019', 'DIGCOMP-2.2')['4.3']);
        $this->assertSame(['4.3'], api::corresponding('DIGCOMP-2.2', 'CRCN-2019')['4.4']);
        $this->assertSame([], api::corresponding('CRCN-2031', 'CRCN-2019'));
        $this->assertSame([], api::corresponding('CRCN-2019', 'CRCN-2019'));
    }
}
