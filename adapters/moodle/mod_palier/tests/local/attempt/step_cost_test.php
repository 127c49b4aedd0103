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

namespace mod_palier\local\attempt;

use mod_palier\output\question_page;
use mod_palier\tests\learner_testcase;
use stdClass;

/**
 * What a step costs: flat in the number of steps, in the size of the bank and in the size of the site.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\step
 * @covers     \mod_palier\local\attempt\slot_usage
 */
final class step_cost_test extends learner_testcase {
    /** @var int Most writes of a step. */
    protected const WRITES = 10;

    /** @var int Most reads of a step and of the page after it, together. */
    protected const READS = 24;

    /** @var int Most rows that the database reads for a step and the page after it, however large the site is. */
    protected const ROWS = 5000;

    public function test_a_step_costs_the_same_at_step_1_and_at_step_20_with_32_questions(): void {
        $this->make_test(32);
        $this->assert_flat($this->costs(20));
    }

    public function test_a_start_costs_the_same_with_8_and_with_80_questions(): void {
        global $DB;
        $costs = [];
        foreach ([8, 80] as $count) {
            $this->make_test($count);
            // The first learner makes the bank.
            $this->start();
            $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
            $before = [$DB->perf_get_reads(), $DB->perf_get_writes()];
            $this->start();
            $costs[] = [$DB->perf_get_reads() - $before[0], $DB->perf_get_writes() - $before[1]];
        }
        // The first one fills caches of the request.
        $this->assertLessThanOrEqual($costs[0][0], $costs[1][0], 'reads');
        $this->assertSame($costs[0][1], $costs[1][1], 'writes');
        $this->assertLessThanOrEqual(self::WRITES, $costs[1][1]);
    }

    public function test_the_activitys_page_asks_neither_the_engine_nor_the_bank(): void {
        global $DB, $PAGE;
        $this->make_test(40);
        $palier = $DB->get_record('palier', ['id' => $this->palier->id]);
        $cm = get_fast_modinfo($this->course->id)->get_cm($this->palier->cmid);
        $show = function () use ($palier, $cm, $PAGE): string {
            $data = (new \mod_palier\output\home_page($palier, $cm, $this->learner->id))
                ->export_for_template($PAGE->get_renderer('core'));
            return json_encode($data['about'], JSON_UNESCAPED_UNICODE);
        };
        $PAGE->set_url('/mod/palier/view.php', ['id' => $cm->id]);
        $PAGE->set_context($cm->context);
        // A mock without expectations answers nothing that could be shown.
        $engine = $this->createMock(\mod_palier\local\engine\engine::class);
        foreach (['plan', 'version', 'compile', 'feasibility'] as $call) {
            $engine->expects($this->never())->method($call);
        }
        \mod_palier\local\engine\engine_factory::replace($engine);
        $this->assertStringContainsString('questions', $show());
        $reads = $DB->perf_get_reads();
        $show();
        $this->assertLessThanOrEqual(4, $DB->perf_get_reads() - $reads);
        \mod_palier\local\engine\engine_factory::restore();
        // Once somebody began, the page says what the simulation found.
        $this->start();
        $feasibility = \mod_palier\local\test\check::of_instance($palier, $cm->context)->feasibility;
        $minutes = max(1, (int) round($feasibility['expected_minutes']));
        $this->assertStringContainsString("$minutes minute", \mod_palier\local\test\duration::announce($palier));
    }

    /**
     * The same with a large bank.
     *
     * @group slow
     */
    public function test_a_step_costs_the_same_with_1000_questions(): void {
        $this->make_test(1000, ['plan' => ['stop' => ['max_items' => 25]]]);
        $this->assert_flat($this->costs(20));
    }

    /**
     * The same on a large site: question versions of others.
     *
     * @group slow
     */
    public function test_a_step_costs_the_same_on_a_site_with_200000_other_questions(): void {
        $this->make_test(32);
        $this->make_other_questions(200000);
        $costs = $this->costs(20);
        $this->assert_flat($costs);
        $this->assertGreaterThan(0, min(array_column($costs, 'rows')));
        $this->assertLessThan(self::ROWS, max(array_column($costs, 'rows')), 'rows that the database reads for a step');
    }

    public function test_after_a_purge_a_step_reads_the_slot_on_screen_alone(): void {
        global $DB;
        $this->make_test(32);
        $attempt = $this->start();
        $cold = [];
        foreach ([1, 15] as $at) {
            while (attempt_repository::load($attempt->id)->slot < $at) {
                $this->answer($attempt);
            }
            $fields = $this->fields($attempt);
            \cache_helper::purge_all();
            $reads = $DB->perf_get_reads();
            $result = step::post($attempt->id, 'answer', attempt_repository::load($attempt->id)->slot, $fields);
            $cold[$at] = $DB->perf_get_reads() - $reads;
            $this->assertSame(outcome::SAVED, $result->outcome);
        }
        // What the course and the module need after a purge is the same at any step.
        $this->assertLessThanOrEqual($cold[1] + 2, $cold[15]);
    }

    public function test_after_a_purge_a_slot_costs_at_most_six_reads_more(): void {
        global $DB;
        $this->make_test(8, [], ['shortanswer', 'truefalse', 'multichoice']);
        $attempt = $this->start();
        for ($slot = 1; $slot < 8; $slot++) {
            $load = function () use ($DB, $attempt, $slot): int {
                $reads = $DB->perf_get_reads();
                slot_usage::load($attempt->qubaid, $slot)->get_question($slot);
                return $DB->perf_get_reads() - $reads;
            };
            $load();
            $warm = $load();
            $this->assertLessThanOrEqual(3, $warm, 'warm');
            \cache::make('core', 'questiondata')->purge();
            $this->assertLessThanOrEqual($warm + 6, $load(), 'cold');
            $this->answer($attempt);
        }
    }

    /**
     * Reads, writes and rows read by the database, for each of some steps and the page after it.
     *
     * @param int $steps
     * @return stdClass[]
     */
    protected function costs(int $steps): array {
        global $DB, $PAGE;
        $this->warm();
        $attempt = $this->start();
        $costs = [];
        for ($i = 1; $i <= $steps; $i++) {
            $fields = $this->fields($attempt, $i % 2 === 0);
            $rows = $this->rows_read();
            $before = [$DB->perf_get_reads(), $DB->perf_get_writes()];
            $slot = attempt_repository::load($attempt->id)->slot;
            $result = step::post($attempt->id, 'answer', $slot, $fields);
            $this->assertSame(outcome::SAVED, $result->outcome);
            $between = [$DB->perf_get_reads(), $DB->perf_get_writes()];
            $PAGE = new \moodle_page();
            $PAGE->set_url('/mod/palier/attempt.php', ['attempt' => $attempt->id]);
            $shown = attempt_repository::load($attempt->id);
            $this->assertFalse($shown->log()->is_paused());
            $PAGE->set_cm($shown->cm());
            $html = $PAGE->get_renderer('core')->render(new question_page($shown, true));
            $this->assertStringContainsString('responseform', $html);
            $costs[$i] = (object) [
                'reads' => $DB->perf_get_reads() - $before[0],
                'writes' => $between[1] - $before[1],
                'pagewrites' => $DB->perf_get_writes() - $between[1],
            ];
            $costs[$i]->rows = $this->rows_read() - $rows;
        }
        if (getenv('PALIER_SHOW_COSTS')) {
            fwrite(STDERR, "\n" . json_encode($costs) . "\n");
        }
        return $costs;
    }

    /**
     * Rows that the database has read so far for this connection.
     *
     * @return int
     */
    protected function rows_read(): int {
        global $DB;
        if ($DB->get_dbfamily() === 'postgres') {
            return (int) $DB->get_field_sql('SELECT SUM(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables');
        }
        $counts = $DB->get_records_sql("SHOW SESSION STATUS LIKE 'Handler_read%'");
        return (int) array_sum(array_map(fn($count) => (int) $count->value, $counts));
    }

    /**
     * Loads every question of the bank once, and the columns of the tables, as a site in use has them in its caches.
     */
    protected function warm(): void {
        global $DB;
        foreach ($DB->get_tables() as $table) {
            if (preg_match('/^(palier|question)/', $table)) {
                $DB->get_columns($table);
            }
        }
        foreach ($this->palier->questions as $question) {
            \question_bank::load_question($question->id);
        }
    }

    /**
     * Asserts that the bars hold and that the last step costs what the first one costs.
     *
     * @param stdClass[] $costs
     */
    protected function assert_flat(array $costs): void {
        foreach ($costs as $i => $cost) {
            $this->assertLessThanOrEqual(self::WRITES, $cost->writes, "writes of step $i");
            $this->assertSame(0, $cost->pagewrites, "writes of the page after step $i");
            $this->assertLessThanOrEqual(self::READS, $cost->reads, "reads of step $i and of the page after it");
        }
        // The first step may fill caches of the request.
        $this->assertLessThanOrEqual($costs[2]->reads, end($costs)->reads);
        $this->assertLessThanOrEqual($costs[2]->writes, end($costs)->writes);
    }

    /**
     * Puts questions of others in the site.
     *
     * @param int $count
     */
    protected function make_other_questions(int $count): void {
        global $DB;
        $category = $this->getDataGenerator()->get_plugin_generator('core_question')->create_question_category();
        $firstentry = $this->make_rows('question_bank_entries', ['questioncategoryid' => $category->id, 'ownerid' => 2], $count);
        $first = $this->make_rows('question', [
            'name' => 'Other', 'questiontext' => '', 'generalfeedback' => '', 'qtype' => 'truefalse', 'stamp' => 'other',
        ], $count);
        $DB->execute(
            "INSERT INTO {question_versions} (questionbankentryid, version, questionid, status)
             SELECT id - ? + ?, 1, id, 'ready'
               FROM {question}
              WHERE id >= ?",
            [$first, $firstentry, $first]
        );
        if ($DB->get_dbfamily() === 'postgres') {
            // A site in use has statistics.
            foreach (['question', 'question_versions', 'question_bank_entries'] as $table) {
                $DB->execute("ANALYZE {{$table}}");
            }
        }
        $this->assertGreaterThanOrEqual($count, $DB->count_records_sql(
            'SELECT COUNT(1) FROM {question_versions} v JOIN {question_bank_entries} e ON e.id = v.questionbankentryid'
        ));
    }

    /**
     * Puts many equal rows in a table: each round doubles them. The same rounds give the same steps between the ids.
     *
     * @param string $table
     * @param array $row
     * @param int $count
     * @return int the first row's id
     */
    protected function make_rows(string $table, array $row, int $count): int {
        global $DB;
        $first = $DB->insert_record($table, (object) $row);
        $columns = implode(', ', array_keys($row));
        for ($made = 1; $made < $count; $made *= 2) {
            $DB->execute("INSERT INTO {{$table}} ($columns) SELECT $columns FROM {{$table}} WHERE id >= ?", [$first]);
        }
        return $first;
    }
}
