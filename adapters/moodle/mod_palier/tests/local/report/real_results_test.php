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

namespace mod_palier\local\report;

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\step;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\makes_records;

/**
 * The results that tests write as rows are those of the engine: each is made anew by answers and compared.
 *
 * A result that the engine tells otherwise by now: PALIER_WRITE_FIXTURES=1 writes tests/fixtures/results.json again.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\attempt
 */
final class real_results_test extends learner_testcase {
    use makes_records;

    /** @var array[] how many of the eight questions are known, easiest first, how many are answered, and more of the plan. */
    private const CASES = [
        '1' => [1, 8, []],
        '2' => [3, 8, []],
        '3' => [4, 8, []],
        '4' => [5, 8, []],
        '5' => [7, 8, []],
        'off' => [1, 1, []],
        'above' => [8, 8, self::THRESHOLD],
        'undecided' => [5, 8, self::THRESHOLD],
        'below' => [0, 8, self::THRESHOLD],
    ];

    /** @var array What a test with a threshold has. */
    private const THRESHOLD = ['purpose' => 'threshold', 'threshold' => ['theta' => 0.5]];

    /**
     * An attempt as answers make it.
     *
     * @param int $known
     * @param int $answered
     * @param array $plan
     * @return attempt
     */
    private function take(int $known, int $answered, array $plan): attempt {
        $plan += ['stop' => ['min_items' => 8, 'max_items' => 8]] + json_decode($this->plan(), true);
        $this->make_test(8, ['plan' => $plan]);
        $attempt = $this->start();
        for ($i = 0; $i < $answered; $i++) {
            $name = $attempt->quba()->get_question($attempt->slot)->name;
            $this->answer($attempt, (int) substr($name, strlen('Question ')) < $known);
            $attempt = attempt_repository::load($attempt->id);
        }
        if ($attempt->is_open()) {
            step::post($attempt->id, 'stop');
        }
        return attempt_repository::load($attempt->id);
    }

    /**
     * What a row keeps of an attempt's result; the time that it took is always the same.
     *
     * @param attempt $attempt
     * @return array
     */
    private function kept(attempt $attempt): array {
        $this->assertFalse($attempt->is_open());
        return [
            'theta' => $attempt->theta,
            'se' => $attempt->se,
            'level' => $attempt->level,
            'levellow' => $attempt->levellow,
            'levelhigh' => $attempt->levelhigh,
            'stopreason' => $attempt->stopreason,
            'result' => array_replace(json_decode($attempt->result, true), ['minutes' => 0]),
        ];
    }

    public function test_rows_of_tests_are_what_the_engine_says(): void {
        $made = [];
        foreach (self::CASES as $name => $case) {
            $made[$name] = $this->kept($this->take(...$case));
        }
        foreach (range(1, 5) as $level) {
            $this->assertSame($level, $made[$level]['level']);
            $this->assertSame(25.0 * ($level - 1), (float) $made[$level]['result']['grade']);
        }
        $this->assertSame([null, false], [$made['off']['theta'], $made['off']['result']['known']]);
        foreach (['above', 'undecided', 'below'] as $side) {
            $this->assertSame($side, $made[$side]['result']['threshold']['decision']);
        }
        if (getenv('PALIER_WRITE_FIXTURES')) {
            $flags = JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION;
            file_put_contents(__DIR__ . '/../../fixtures/results.json', json_encode($made, $flags) . "\n");
        }
        // Numbers to what a last digit of a float can differ by.
        $this->assertEqualsWithDelta(self::real_results(), $made, 1e-9);
    }
}
