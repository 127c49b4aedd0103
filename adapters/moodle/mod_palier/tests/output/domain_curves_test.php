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

namespace mod_palier\output;

use mod_palier\local\attempt\scale_results;
use mod_palier\local\engine\engine_factory;
use mod_palier\tests\map_testcase;

/**
 * The story of a map has a curve for each domain, and the same as a table.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\output\domain_curves
 * @covers     \mod_palier\output\story_curve
 * @covers     \mod_palier\output\story_page
 */
final class domain_curves_test extends map_testcase {
    /**
     * A step of a record.
     *
     * @param int $n
     * @param string $scale
     * @param array[] $domains level, low and high of each
     * @param array $more
     * @return array
     */
    private function step(int $n, string $scale, array $domains, array $more = []): array {
        return $more + ['n' => $n, 'scale' => $scale, 'domains' => array_map(
            fn(array $one): array => ['id' => 'x', 'level' => $one[0], 'level_interval' => [$one[1], $one[2]]],
            $domains
        )];
    }

    public function test_a_domain_has_its_own_questions_and_the_end(): void {
        $plan = [
            'scales' => [['id' => 'a', 'domain' => '1'], ['id' => 'b', 'domain' => '2'], ['id' => 'c', 'domain' => '3']],
            'map' => ['domains' => [['id' => '1', 'name' => ['en' => 'Data']], ['id' => '2'], ['id' => '3']]],
        ];
        $none = [null, 0, 8];
        $curves = (new domain_curves($plan, [
            $this->step(1, 'a', [[null, 1, 5], [null, 0, 6], $none]),
            $this->step(2, 'b', [[3, 2, 4], [null, 1, 4], $none]),
            $this->step(3, 'a', [[7, 7, 7], [4, 4, 4], $none], ['dropped' => true]),
            $this->step(4, 'b', [[3, 3, 4], [2, 2, 3], $none]),
        ]))->export();
        $points = fn(array $points): array => array_map(
            fn($one) => "{$one['n']}: {$one['told']} {$one['low']}-{$one['high']}",
            $points
        );
        $this->assertSame(['Data', '2'], array_column($curves, 'name'), 'nothing was asked about the third');
        $this->assertSame(['1: too unsure 1-5', 'end: 3 3-4'], $points($curves[0]['points']));
        $this->assertSame(['2: too unsure 1-4', '4: 2 2-3'], $points($curves[1]['points']));
        // The same levels in all: 1 to 5. A dot for each level that is told.
        foreach ($curves as $curve) {
            $this->assertSame(5, substr_count($curve['curve'], 'class="grid"'));
            $this->assertSame(2, substr_count($curve['curve'], 'class="margin"'));
            $this->assertSame(1, substr_count($curve['curve'], '<circle'));
        }
        $this->assertSame([], (new domain_curves($plan, []))->export());
        $this->assertSame([], (new domain_curves(['scales' => [['id' => 'main']]], [['n' => 1, 'level' => 3]]))->export());
        // Records of an engine that did not tell domains.
        $this->assertSame([], (new domain_curves($plan, [['n' => 1, 'scale' => 'a'], ['n' => 2, 'scale' => 'a']]))->export());
    }

    public function test_it_ends_with_the_result(): void {
        global $PAGE;
        $this->make_map(24);
        $attempt = $this->take(fn(string $tag): bool => str_starts_with($tag, 'crcn:1'));
        $this->setUser($this->learner);
        $PAGE->set_url('/mod/palier/story.php');
        $renderer = $PAGE->get_renderer('core');
        $story = new story_page($attempt, engine_factory::get());
        $domains = array_column($story->export_for_template($renderer)['domains'], null, 'name');
        $rows = array_filter(scale_results::of([$attempt->id])[$attempt->id], fn($row) => $row->kind === 'domain');
        $this->assertCount(2, $rows);
        foreach ($rows as $row) {
            $points = $domains[scale_results::name($row)]['points'];
            $last = end($points);
            $this->assertEquals([$row->levellow, $row->levelhigh], [$last['low'], $last['high']]);
            $this->assertEquals($row->level, $last['level']);
        }
        $html = $renderer->render($story);
        $this->assertSame(2, substr_count($html, 'palier-small-curve'));
    }
}
