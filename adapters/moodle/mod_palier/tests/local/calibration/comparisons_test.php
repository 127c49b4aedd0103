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

namespace mod_palier\local\calibration;

use mod_palier\local\engine\json_text;
use mod_palier\tests\calibration_testcase;
use mod_palier\tests\opens_pages;
use stdClass;

/**
 * Who is compared with whom, and what is told of it.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\calibration\comparisons
 * @covers     \mod_palier\local\calibration\collection
 * @covers     \mod_palier\output\fairness_words
 */
final class comparisons_test extends calibration_testcase {
    use opens_pages;

    /**
     * Four hundred persons, every other one French, for whom the third question is much harder.
     *
     * @return int[] persons
     */
    private function make_unfair_test(): array {
        $this->make_test(8, [], ['shortanswer']);
        $users = $this->make_persons(400, fn($n) => intdiv($n, 20) % 2 ? 'fr' : 'en');
        $harder = fn(int $person, int $question): float => intdiv($person, 20) % 2 && $question === 2 ? 2 : 0;
        $this->make_rows($this->make_quiz(), $this->lines(8, 400, $harder), $users);
        return $users;
    }

    /**
     * What was found of a question.
     *
     * @param stdClass $row of palier_calibration
     * @param int $number from 0
     * @return array
     */
    private function found(stdClass $row, int $number): array {
        $entryid = $this->entries()[$number];
        foreach (calibration::items((int) $row->id) as $item) {
            if ((int) $item->questionbankentryid === $entryid) {
                return json_text::decode($item->found);
            }
        }
        $this->fail('It was not calibrated.');
    }

    public function test_a_question_that_is_harder_in_one_language_needs_a_look(): void {
        $this->make_unfair_test();
        $row = $this->calibrate(['hold' => 'none']);
        $this->assertSame(calibration::DONE, $row->state, (string) $row->message);
        $fairness = calibration::outcome($row)['fairness'];
        $this->assertSame([], $fairness['few']);
        $this->assertSame(['c0'], array_keys($fairness['compared']));
        $compared = $fairness['compared']['c0'];
        $this->assertSame(['language', [200, 200]], [$compared['kind'], $compared['persons']]);
        $this->assertSame(['en', 'fr'], [$compared['reference'], $compared['focal']]);
        $this->assertArrayNotHasKey('side', $compared);
        $found = $this->found($row, 2);
        $this->assertSame('C', $found['groups']['c0']['class']);
        $this->assertLessThan(0, $found['groups']['c0']['delta']);
        $this->assertContains('unfair', $found['reasons']);
        $this->assertNotContains('unfair', $this->found($row, 5)['reasons']);
        $shown = $this->open('calibration', ['calibration' => $row->id]);
        $this->assertStringContainsString('Language: French beside English', $shown);
        $this->assertStringContainsString('200 / 200', $shown);
        $this->assertStringContainsString(get_string('calibration_reason_unfair', 'mod_palier'), $shown);
        $this->assertMatchesRegularExpression('/harder for “French[^”]*” \\(C; difference \\d+\\.\\d ± \\d\\.\\d on ETS/', $shown);
    }

    public function test_nothing_is_told_of_nine_persons(): void {
        $this->make_test(4, [], ['shortanswer']);
        $users = $this->make_persons(60, fn($n) => $n < 9 ? 'fr' : 'en');
        $this->make_rows($this->make_quiz(), $this->lines(4), $users);
        $row = $this->calibrate(['hold' => 'experts']);
        $fairness = calibration::outcome($row)['fairness'];
        $this->assertSame(['compared' => [], 'few' => ['language']], $fairness);
        $this->assertStringNotContainsString('fr', json_text::encode($fairness));
        $shown = $this->open('calibration', ['calibration' => $row->id]);
        $this->assertStringContainsString(get_string('fairness_few_language', 'mod_palier', 10), $shown);
        $this->assertStringNotContainsString('French', $shown);
    }

    public function test_two_groups_are_compared_and_who_is_in_both_counts_for_neither(): void {
        global $DB;
        $users = $this->make_unfair_test();
        $groups = [];
        foreach ([array_slice($users, 0, 50), array_slice($users, 45, 60)] as $members) {
            $group = $this->getDataGenerator()->create_group(['courseid' => $this->course->id]);
            $DB->insert_records('groups_members', array_map(
                fn($user) => (object) ['groupid' => $group->id, 'userid' => $user],
                $members
            ));
            $groups[] = (int) $group->id;
        }
        $collection = $this->collect(['compared' => $groups]);
        $comparisons = new comparisons($this->choice(['compared' => $groups]), $collection->modes());
        $compared = $comparisons->outcome([])['compared'];
        $this->assertSame(['language', 'group'], array_column($compared, 'kind'));
        $this->assertSame([45, 55], $compared['c1']['persons']);
        $sides = array_column($comparisons->for_engine($users), 'side', 'name')['c1'];
        $this->assertSame([0, null, 1, null], [$sides[44], $sides[45], $sides[50], $sides[105]]);
        // The pairs, their order in time and the sides are of the same persons.
        $asked = $collection->for_engine(array_flip($this->entries()));
        $this->assertSame($users, array_keys($collection->modes()));
        $this->assertSame([400, 400, 400], array_map('count', array_values($asked)));
        $this->assertSame(array_fill(0, 8, 1700000003), $asked['when'][3]);
        $this->assertSame(array_fill(0, 8, null), $asked['ms'][3]);
    }

    public function test_devices_are_compared_where_they_are_known(): void {
        $modes = array_fill(1, 60, ['test' => 'test']);
        $devices = array_fill(1, 15, ['computer' => 'computer']) + array_fill(16, 12, ['phone' => 'phone'])
            + array_fill(28, 20, ['both' => 'both']) + [48 => ['computer' => 'computer', 'phone' => 'phone']];
        $comparisons = new comparisons(new choice([]), $modes, $devices);
        $compared = $comparisons->outcome([])['compared'];
        $this->assertSame(['device', 'computer', 'phone', [15, 12]], [
            $compared['c0']['kind'], $compared['c0']['reference'], $compared['c0']['focal'], $compared['c0']['persons'],
        ]);
        $this->assertCount(1, $compared);
        $this->assertSame([0, 1, null, null, null], $comparisons->for_engine([1, 16, 28, 48, 49])[0]['side']);
        $few = new comparisons(new choice([]), $modes, array_slice($devices, 0, 24, true));
        $this->assertSame(['compared' => [], 'few' => ['device']], $few->outcome([]));
    }

    public function test_groups_are_compared_by_likelihood_ratio_where_it_was_chosen(): void {
        $this->make_unfair_test();
        $row = $this->calibrate(['hold' => 'none', 'ratio' => true]);
        $this->assertSame(calibration::DONE, $row->state, (string) $row->message);
        $harder = $this->found($row, 2)['groups']['c0']['likelihood_ratio'];
        $this->assertSame(2, $harder['degrees']);
        $this->assertLessThan(0.001, $harder['p']);
        foreach ([0, 1, 3, 4, 5, 6, 7] as $alike) {
            $found = $this->found($row, $alike)['groups']['c0']['likelihood_ratio'];
            $this->assertLessThan($harder['chi_square'], $found['chi_square']);
        }
        $shown = $this->open('calibration', ['calibration' => $row->id]);
        $this->assertMatchesRegularExpression('/Likelihood ratio: χ² \d+\.\d \(2\), p &lt; 0\.001\./', $shown);
        $row = $this->calibrate(['hold' => 'none']);
        $this->assertArrayNotHasKey('likelihood_ratio', $this->found($row, 2)['groups']['c0']);
    }

    public function test_who_answered_in_several_kinds_of_activities_is_on_no_side(): void {
        $modes = array_fill(1, 20, ['quiz' => 'quiz']) + array_fill(21, 12, ['practice' => 'practice'])
            + array_fill(33, 7, ['quiz' => 'quiz', 'test' => 'test']) + array_fill(40, 3, ['test' => 'test']);
        $comparisons = new comparisons(new choice([]), $modes);
        $this->assertSame(['mode'], $comparisons->outcome([])['few']);
        $compared = $comparisons->outcome([])['compared'];
        $this->assertSame(['quiz', 'practice', [20, 12]], [
            $compared['c0']['reference'], $compared['c0']['focal'], $compared['c0']['persons'],
        ]);
        $sides = $comparisons->for_engine([1, 21, 33, 40]);
        $this->assertSame([['name' => 'c0', 'side' => [0, 1, null, null]]], $sides);
    }

    public function test_groups_are_two_or_none(): void {
        $this->assertSame([], $this->choice_of([7])->compared);
        $this->assertSame([], $this->choice_of([7, 7])->compared);
        $this->assertSame([], $this->choice_of([7, 8, 9])->compared);
        $this->assertSame([8, 7], $this->choice_of(['8', '7'])->compared);
    }

    /**
     * A choice of groups to compare.
     *
     * @param array $compared
     * @return choice
     */
    private function choice_of(array $compared): choice {
        return new choice(['compared' => $compared]);
    }

    public function test_times_are_of_answers_in_adaptive_tests(): void {
        $this->make_test(2, [], ['shortanswer']);
        $this->setUser($this->learner);
        $this->answer_all($this->start());
        $collection = $this->collect();
        $this->assertSame([(int) $this->learner->id => ['test' => 'test']], $collection->modes());
        foreach ($collection->for_engine(array_flip($this->entries()))['ms'][0] as $ms) {
            $this->assertIsInt($ms);
            $this->assertGreaterThanOrEqual(0, $ms);
        }
    }
}
