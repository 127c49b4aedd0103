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

namespace mod_palier\local\bank;

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\starter;
use mod_palier\local\engine\engine_factory;
use mod_palier\task\purge_expired;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../../classes/learner_testcase.php');

/**
 * Rows that outlive what they belong to.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\bank\leftovers
 * @covers     \mod_palier\task\purge_expired
 */
final class leftovers_test extends learner_testcase {
    /**
     * Runs the task.
     */
    private function purge(): void {
        ob_start();
        (new purge_expired())->execute();
        ob_end_clean();
    }

    /**
     * How many rows the tables of banks and plans have.
     *
     * @return int[]
     */
    private function rows(): array {
        global $DB;
        return array_map($DB->count_records(...), ['palier_bank', 'palier_bank_item', 'palier_plan']);
    }

    /**
     * The bank of the activity as it is now.
     *
     * @return bank
     */
    private function bank(): bank {
        global $DB;
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        return bank::for_instance($palier, \core\context\module::instance($this->palier->cmid));
    }

    public function test_parameters_go_with_their_question(): void {
        global $DB;
        $this->make_test(3);
        $entries = $DB->get_fieldset_select('palier_param', 'questionbankentryid', '1 = 1');
        $this->assertCount(3, $entries);
        $version = $DB->get_record('question_versions', ['questionbankentryid' => $entries[0]]);
        $this->setAdminUser();
        question_delete_question($version->questionid);
        $this->assertFalse($DB->record_exists('question_bank_entries', ['id' => $entries[0]]));
        $this->purge();
        $this->assertEqualsCanonicalizing(
            array_slice($entries, 1),
            $DB->get_fieldset_select('palier_param', 'questionbankentryid', '1 = 1')
        );
    }

    public function test_a_bank_and_a_plan_go_a_day_after_the_last_attempt_that_used_them(): void {
        $clock = $this->mock_clock_with_frozen();
        $this->make_test(3);
        $attempt = $this->start();
        $this->assertSame([1, 3, 1], $this->rows());
        $clock->bump(2 * DAYSECS);
        $this->purge();
        $this->assertSame([1, 3, 1], $this->rows());
        $bank = attempt_repository::load($attempt->id)->bank();
        $this->assertFileExists($bank->path());

        attempt_repository::delete_all('id = ?', [$attempt->id]);
        $this->purge();
        $this->assertSame([0, 0, 0], $this->rows());
        $this->assertFalse(bank::has_file($bank->hash));
    }

    public function test_an_attempt_that_begins_keeps_its_bank_and_its_plan(): void {
        global $DB;
        $clock = $this->mock_clock_with_frozen();
        $this->make_test(3);
        $attempt = $this->start();
        $clock->bump(2 * DAYSECS);
        attempt_repository::delete_all('id = ?', [$attempt->id]);
        // The next attempt has looked them up, and has no row yet.
        $bank = $this->bank();
        $plan = starter::plan_row(engine_factory::get(), $DB->get_field('palier', 'plan', ['id' => $this->palier->id]));
        $this->purge();
        $this->assertSame([1, 3, 1], $this->rows());
        $this->assertTrue($DB->record_exists('palier_bank', ['id' => $bank->id]));
        $this->assertTrue($DB->record_exists('palier_plan', ['id' => $plan->id]));
    }

    public function test_a_file_stays_while_another_bank_of_copied_questions_has_it(): void {
        global $DB;
        $clock = $this->mock_clock_with_frozen();
        $this->make_test(3);
        $bank = $this->bank();
        $clock->bump(2 * DAYSECS);
        $copies = array_map(fn($item) => $bank->entry_of($item['item']) + 1000, array_column($bank->items(), null, 'item'));
        $other = bank::keep($bank->hash, $bank->items_json(), $copies);
        $this->assertFileExists($other->path());
        $this->purge();
        $this->assertSame([(string) $other->id], array_map(strval(...), $DB->get_fieldset_select('palier_bank', 'id', '1 = 1')));
        $this->assertTrue(bank::has_file($bank->hash));
    }
}
