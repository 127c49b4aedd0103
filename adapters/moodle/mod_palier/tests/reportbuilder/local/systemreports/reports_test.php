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

namespace mod_palier\reportbuilder\local\systemreports;

use core_reportbuilder\manager;
use core_reportbuilder\system_report_factory;
use core_reportbuilder\table\system_report_table;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\report\report_file;
use mod_palier\local\report\report_filters;
use mod_palier\local\xapi\sentence;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\makes_records;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');

/**
 * What trainers read.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\reportbuilder\local\systemreports\statements
 * @covers     \mod_palier\reportbuilder\local\systemreports\attempts
 * @covers     \mod_palier\reportbuilder\local\systemreports\trainer_report
 * @covers     \mod_palier\reportbuilder\local\entities\statement
 * @covers     \mod_palier\reportbuilder\local\systemreports\competences
 * @covers     \mod_palier\reportbuilder\local\entities\attempt
 * @covers     \mod_palier\reportbuilder\local\entities\scale_result
 * @covers     \mod_palier\local\report\report_filters
 */
final class reports_test extends \advanced_testcase {
    use makes_records;

    /** @var stdClass The activity. */
    private stdClass $palier;

    /** @var stdClass[] Attempts of Amina and of Bruno. */
    private array $attempts = [];

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        learner_testcase::use_engine();
        $this->setAdminUser();
        $generator = $this->getDataGenerator();
        $course = $generator->create_course();
        $this->palier = $this->make_activity($course);
        foreach (['Amina' => 3, 'Bruno' => 1] as $name => $level) {
            $user = $generator->create_and_enrol($course, 'student', ['firstname' => $name, 'lastname' => 'Test']);
            $attempt = $this->make_attempt($this->palier, (int) $user->id, [
                'level' => $level,
                'levellow' => $level,
                'levelhigh' => $level + 1,
                'timemodified' => 1800000000 + $level,
            ]);
            $this->make_statement($attempt, ['verb' => 'initialized', 'timecreated' => 1700000000]);
            $this->make_statement($attempt, [
                'question' => "Question of $name",
                'result' => ['success' => true, 'extensions' => [
                    sentence::EXTENSIONS . 'level' => $level,
                    sentence::EXTENSIONS . 'level-low' => $level,
                    sentence::EXTENSIONS . 'level-high' => $level + 1,
                ]],
            ]);
            $this->make_statement($attempt, ['verb' => 'scored', 'state' => 'sent', 'timesent' => time()]);
            $this->attempts[$name] = $attempt;
        }
    }

    #[\Override]
    protected function tearDown(): void {
        engine_factory::restore();
        parent::tearDown();
    }

    /**
     * The rows of a report.
     *
     * @param string $source
     * @param array $filters as they stand in the address
     * @param string $sortby alias of a column
     * @param callable|null $read what is made of a cell, null for the text that it shows
     * @return array[]
     */
    private function rows(string $source, array $filters = [], string $sortby = '', ?callable $read = null): array {
        global $PAGE;
        manager::reset_caches();
        $PAGE->set_url('/mod/palier/statements.php');
        $parameters = (new report_filters($filters))->values();
        $context = \context_module::instance($this->palier->cmid);
        $report = system_report_factory::create($source, $context, 'mod_palier', '', 0, $parameters);
        $table = system_report_table::create($report->get_report_persistent()->get('id'), $parameters);
        $table->guess_base_url();
        if ($sortby !== '') {
            $table->set_sortdata([['sortby' => $sortby, 'sortorder' => SORT_ASC]]);
        }
        $table->setup();
        $table->query_db(100, false);
        $columns = $report->get_active_columns_by_alias();
        $rows = [];
        foreach ($table->rawdata as $row) {
            $rows[] = array_values(array_map(
                $read ?? fn($cell) => trim(html_to_text((string) $cell, 0, false)),
                // A column of several fields leaves the others beside its own.
                array_intersect_key($table->format_row($row), $columns),
            ));
        }
        $table->close_recordset();
        return $rows;
    }

    /**
     * The trainer's reports.
     *
     * @return array[]
     */
    public static function sources(): array {
        return [[attempts::class], [statements::class]];
    }

    /**
     * Without scripts a link that sorts leads to this report with its filters, and not to the site's home page.
     *
     * @param string $source
     * @dataProvider sources
     */
    public function test_links_that_sort_lead_here(string $source): void {
        global $PAGE;
        $filters = ['person' => 'Test'];
        $PAGE->set_url('/mod/palier/report.php', ['id' => $this->palier->cmid] + $filters);
        $context = \context_module::instance($this->palier->cmid);
        $html = system_report_factory::create($source, $context, 'mod_palier', '', 0, $filters)->page();
        preg_match_all('/href="([^"]*[?;]tsort=[^"]*)"/', $html, $found);
        $this->assertNotEmpty($found[1]);
        foreach ($found[1] as $address) {
            $this->assertStringStartsWith($PAGE->url->out() . '&amp;', $address);
        }
    }

    /**
     * Each column that offers to sort does so, in every version of Moodle.
     *
     * @param string $source
     * @dataProvider sources
     */
    public function test_every_column_that_can_be_sorted_sorts(string $source): void {
        $parameters = (new report_filters([]))->values();
        $context = \context_module::instance($this->palier->cmid);
        $columns = system_report_factory::create($source, $context, 'mod_palier', '', 0, $parameters)->get_columns();
        $sortable = array_filter($columns, fn($column) => $column->get_is_sortable());
        $this->assertNotEmpty($sortable);
        $number = count($this->rows($source));
        $this->assertGreaterThan(0, $number);
        foreach ($sortable as $column) {
            $this->assertCount($number, $this->rows($source, [], $column->get_column_alias()), $column->get_name());
        }
    }

    /**
     * The sentences, without the headings above the first of each attempt.
     *
     * @param array $filters
     * @return string[]
     */
    private function sentences(array $filters = []): array {
        $cells = array_map(fn($row) => implode(' ', $row), $this->rows(statements::class, $filters));
        return array_map(
            fn($cell) => preg_match('/(Amina|Bruno) Test (started|answered|has a result)[^.]*/', $cell, $match) ? $match[0] : $cell,
            $cells,
        );
    }

    /**
     * The page of statements has the latest attempts and leads to those before them; none is left out, though many changed in
     * the same second; a file has all.
     */
    public function test_earlier_attempts_are_a_page_of_their_own(): void {
        global $DB;
        $template = $DB->get_record('palier_attempt', ['id' => $this->attempts['Bruno']->id]);
        $usage = $DB->get_record('question_usages', ['id' => $template->qubaid]);
        $statement = $DB->get_record('palier_statement', ['attemptid' => $template->id, 'verb' => 'scored']);
        $all = array_column($this->attempts, 'id');
        for ($i = 0; $i < statements::ATTEMPTS + 50; $i++) {
            $attempt = clone $template;
            unset($attempt->id);
            $attempt->attempt = $i + 2;
            $attempt->qubaid = $DB->insert_record('question_usages', array_diff_key((array) $usage, ['id' => 1]));
            // Most of them in one second.
            $attempt->timemodified = 1900000000 + ($i < 20 ? $i : 20);
            $attempt->id = $DB->insert_record('palier_attempt', $attempt);
            $row = clone $statement;
            unset($row->id);
            $row->attemptid = $attempt->id;
            $row->uuid = \core\uuid::generate();
            $DB->insert_record('palier_statement', $row);
            $all[] = $attempt->id;
        }
        $context = \context_module::instance($this->palier->cmid);
        $seen = [];
        $filters = ['final' => 1];
        $sizes = [];
        do {
            $rows = $this->raw($filters);
            $report = system_report_factory::create(statements::class, $context, 'mod_palier', '', 0, $filters);
            $sizes[] = count($rows);
            array_push($seen, ...array_map(fn($row) => (int) $row->attemptid, $rows));
            $filters['before'] = $report->earlier();
        } while ($report->earlier() !== null);
        $this->assertSame([statements::ATTEMPTS, 52], $sizes);
        $this->assertEqualsCanonicalizing($all, $seen);
        // A trainer's choice is applied before: of one person there are as many on a page.
        $this->assertCount(1, $this->raw(['final' => 1, 'person' => 'Amina']));
        // An attempt that is no more is no place to read on from.
        $this->assertCount(statements::ATTEMPTS, $this->raw(['final' => 1, 'before' => 1 + max($all)]));
        $handle = fopen('php://temp', 'w+b');
        $cm = get_fast_modinfo($this->palier->course)->get_cm($this->palier->cmid);
        $filters = (new report_filters(['final' => 1, 'before' => end($all)]))->whole();
        (new report_file($cm, statements::class, $filters))->write_spreadsheet($handle);
        $this->assertSame(count($all) + 1, substr_count(stream_get_contents($handle, offset: 0), "\r\n"));
    }

    /**
     * The rows of the statements' page as the database gives them.
     *
     * @param array $filters as they stand in the address
     * @return stdClass[]
     */
    private function raw(array $filters): array {
        $context = \context_module::instance($this->palier->cmid);
        manager::reset_caches();
        $report = system_report_factory::create(statements::class, $context, 'mod_palier', '', 0, $filters);
        $table = system_report_table::create($report->get_report_persistent()->get('id'), $filters);
        $table->guess_base_url();
        $table->setup();
        $table->query_db(1000, false);
        $rows = array_values(iterator_to_array($table->rawdata, false));
        $table->close_recordset();
        return $rows;
    }

    public function test_sentences_come_newest_first_attempt_by_attempt(): void {
        $this->assertSame([
            'Amina Test has a result, after 0 questions',
            'Amina Test answered “Question of Amina”: right',
            'Amina Test started the test',
            'Bruno Test has a result, after 0 questions',
            'Bruno Test answered “Question of Bruno”: right',
            'Bruno Test started the test',
        ], $this->sentences());
    }

    public function test_each_attempt_is_named_once_with_the_way_to_its_story(): void {
        $rows = array_map(fn($row) => implode(' ', $row), $this->rows(statements::class));
        $headed = array_filter($rows, fn($row) => str_contains($row, 'Story of the test'));
        $this->assertSame([0, 3], array_keys($headed));
    }

    public function test_a_view_is_what_its_address_says(): void {
        $this->assertSame(['Amina Test has a result, after 0 questions'], $this->sentences(['person' => 'aMINA', 'final' => 1]));
        $this->assertCount(2, $this->sentences(['verb' => 'answered']));
        $this->assertCount(2, $this->sentences(['delivery' => 'sent']));
        $this->assertCount(3, $this->sentences(['attempt' => $this->attempts['Bruno']->id]));
        $this->assertCount(3, $this->sentences(['user' => $this->attempts['Bruno']->userid]));
        $this->assertCount(2, $this->sentences(['to' => date('Y-m-d', 1700000000)]));
        $this->assertCount(0, $this->sentences(['person' => '%']));
        $this->assertCount(6, $this->sentences(['verb' => 'nonsense', 'delivery' => 'held', 'from' => 'yesterday']));
        // A day that does not exist is none, not the one that PHP makes of it.
        foreach (['2026-02-31', '2025-02-29', '2026-13-01', "2026-01-31\n"] as $day) {
            $this->assertSame(trim($day) === '2026-01-31', (new report_filters(['from' => $day]))->any(), $day);
        }
        // Days are the reader's own: 31 January of Paris begins at 23:00 UTC, the last Sunday of March has 23 hours.
        $this->setTimezone('Europe/Paris');
        $this->assertSame(strtotime('2026-01-30T23:00:00Z'), (new report_filters(['from' => '2026-01-31']))->day('from'));
        $march = new report_filters(['to' => '2026-03-29']);
        $this->assertSame(23 * HOURSECS, $march->day('to', 1) - $march->day('to'));
    }

    public function test_statements_are_found_by_the_questions_name(): void {
        global $DB;
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $category = $generator->create_question_category();
        $question = $generator->create_question('truefalse', null, ['category' => $category->id, 'name' => 'Spot a 100% fraud']);
        $DB->insert_record('palier_event', [
            'attemptid' => $this->attempts['Amina']->id,
            'seq' => 1,
            'type' => 'answered',
            'questionid' => $question->id,
            'data' => '{}',
        ]);
        $this->assertCount(1, $this->sentences(['question' => '100% FRAUD']));
        $this->assertCount(0, $this->sentences(['question' => 'none']));
    }

    public function test_held_statements_are_not_shown(): void {
        $this->make_statement($this->attempts['Amina'], ['state' => 'held', 'verb' => 'completed']);
        $this->assertCount(6, $this->sentences());
    }

    public function test_attempts_show_level_and_margin(): void {
        $rows = $this->rows(attempts::class);
        $this->assertCount(2, $rows);
        $this->assertContains('3 (between 3 and 4)', array_merge($rows[0], $rows[1]));
        $this->assertContains('1 (between 1 and 2)', array_merge($rows[0], $rows[1]));
    }

    public function test_a_level_says_that_it_is_provisional_and_that_an_earlier_result_counts(): void {
        global $DB;
        $cases = [
            '{"known":true}' => '1 (between 1 and 2)',
            '{"known":true,"earlier":true}' => '1 (between 1 and 2), with an earlier result',
            '{"known":true,"provisional":true,"earlier":true}' => '1 (between 1 and 2), provisional, with an earlier result',
        ];
        foreach ($cases as $result => $said) {
            $DB->set_field('palier_attempt', 'result', $result, ['id' => $this->attempts['Bruno']->id]);
            $this->assertContains($said, $this->rows(attempts::class, ['person' => 'Bruno'])[0]);
        }
    }

    public function test_the_level_of_the_statements_filter_is_said_to_be_that_of_the_attempt(): void {
        global $PAGE;
        $page = new \moodle_url('/mod/palier/statements.php');
        $PAGE->set_url($page);
        $labels = ['atmost' => get_string('filter_attemptatmost', 'mod_palier')];
        $filters = new report_filters([]);
        $form = new \mod_palier\output\report_filter_form($page, $filters, ['atmost' => null, 'from' => null], $labels);
        $fields = $form->export_for_template($PAGE->get_renderer('core'))['fields'];
        $this->assertSame([...$labels, 'from' => get_string('filter_from', 'mod_palier')], array_column($fields, 'label', 'name'));
        // All that an attempt at that level said, whatever level a statement of it tells.
        $this->assertNotCount(0, $this->rows(statements::class, ['atmost' => 2]));
        foreach ($this->rows(statements::class, ['atmost' => 2]) as $row) {
            $this->assertStringContainsString('Bruno', implode(' ', $row));
        }
    }

    public function test_those_below_a_level_are_three_clicks_away(): void {
        $rows = $this->rows(attempts::class, ['atmost' => 2]);
        $this->assertCount(1, $rows);
        $this->assertStringContainsString('Bruno', implode(' ', $rows[0]));
        $this->assertCount(0, $this->rows(attempts::class, ['atmost' => 0]));
    }

    public function test_an_unfinished_attempt_has_no_level_yet(): void {
        $this->make_attempt($this->palier, 2, ['state' => 'inprogress', 'timefinish' => 0]);
        $rows = $this->rows(attempts::class, ['progress' => 'inprogress']);
        $this->assertCount(1, $rows);
        $this->assertContains('In progress', $rows[0]);
    }

    public function test_only_trainers_read_reports(): void {
        $this->setUser($this->attempts['Amina']->userid);
        $this->expectException(\core_reportbuilder\exception\report_access_exception::class);
        $this->rows(statements::class);
    }

    public function test_a_download_has_figures_and_leaves_a_trace(): void {
        $_GET['download'] = 'csv';
        $sink = $this->redirectEvents();
        $rows = $this->rows(statements::class, ['verb' => 'answered', 'person' => 'Amina']);
        unset($_GET['download']);
        $this->assertSame('Amina Test', $rows[0][1]);
        $this->assertContains('Answers', $rows[0]);
        $this->assertNotNull(json_decode(end($rows[0])));
        $events = array_filter($sink->get_events(), fn($event) => $event instanceof \mod_palier\event\statements_viewed);
        $this->assertSame('csv', reset($events)->other['format']);
    }

    /**
     * What a learner typed is text in each file, whether its format is HTML or not.
     *
     * @dataProvider formats
     * @param string $format
     * @param bool $html whether the format takes cells as HTML
     */
    public function test_what_was_typed_is_text_in_a_download(string $format, bool $html): void {
        $typed = '<img src="https://example.org/?x=1">\'s & "so"';
        $this->make_statement($this->attempts['Amina'], [
            'verb' => 'answered', 'question' => $typed, 'result' => ['response' => $typed],
        ]);
        $_GET['download'] = $format;
        $rows = $this->rows(statements::class, ['verb' => 'answered', 'person' => 'Amina'], '', fn($cell) => (string) $cell);
        unset($_GET['download']);
        $cells = implode("\n", array_merge(...$rows));
        $encoded = json_encode($typed, JSON_UNESCAPED_SLASHES);
        $this->assertStringContainsString($html ? s($encoded) : $encoded, $cells);
        $this->assertSame($html, !str_contains($cells, '<img'));
    }

    /**
     * Formats of downloads.
     *
     * @return array[]
     */
    public static function formats(): array {
        return ['html' => ['html', true], 'pdf' => ['pdf', true], 'csv' => ['csv', false], 'json' => ['json', false]];
    }

    public function test_files_hold_the_filtered_rows_and_no_others(): void {
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $written = function (string $as, array $filters) use ($cm): string {
            manager::reset_caches();
            $file = new report_file($cm, statements::class, new report_filters($filters));
            $stream = fopen('php://memory', 'w+b');
            $file->{"write_$as"}($stream);
            rewind($stream);
            return stream_get_contents($stream);
        };
        $json = json_decode($written('statements', ['person' => 'Amina']), true, 512, JSON_THROW_ON_ERROR);
        $this->assertSame('', $json['more']);
        $this->assertCount(3, $json['statements']);
        $this->assertSame(['statements' => [], 'more' => ''], json_decode($written('statements', ['person' => 'Zoe']), true));
        // What Bruno did, whose level is 1.
        $json = json_decode($written('statements', ['atmost' => 2, 'verb' => 'answered']), true);
        $this->assertSame([1], array_map(
            fn($statement) => $statement['result']['extensions'][sentence::EXTENSIONS . 'level'],
            $json['statements'],
        ));
        $lines = explode("\r\n", trim($written('spreadsheet', ['final' => 1])));
        $this->assertCount(1 + 2, $lines);
        $this->assertStringStartsWith("\xEF\xBB\xBF", $lines[0]);
        $this->assertStringContainsString(';', $lines[1]);
    }

    public function test_cells_are_no_formulas(): void {
        $this->assertSame("'=1+1", statements::harmless('=1+1'));
        $this->assertSame("'@SUM(A1)", statements::harmless('@SUM(A1)'));
        $this->assertSame('Amina', statements::harmless('Amina'));
    }

    /**
     * Results by competence: Amina is at 1 to 2 in 4.1, Bruno at 1 to 3, and both at 4 to 5 in 1.1.
     */
    private function make_results(): void {
        global $DB;
        $plan = json_decode(\mod_palier\local\test\plan_builder::from_form((object) [
            'scalesource' => 'tags:crcn',
            'map' => ['scales' => [
                ['id' => 'crcn:1.1', 'name' => ['en' => '1.1 Search']],
                ['id' => 'crcn:4.1', 'name' => ['en' => '4.1 Protect']],
            ], 'domains' => []],
        ]), true);
        $DB->set_field('palier', 'plan', json_encode($plan), ['id' => $this->palier->id]);
        foreach (['Amina' => [1, 2], 'Bruno' => [1, 3]] as $name => $levels) {
            $scale = fn(string $id, int $level, array $interval): array => [
                'id' => $id, 'state' => 'measured', 'n' => 3, 'name' => ['en' => $id === 'crcn:1.1' ? '1.1 Search' : '4.1 Protect'],
                'domain' => null, 'theta' => $level - 3.0, 'se' => 0.5, 'level' => ['number' => $level],
                'level_interval' => $interval, 'band' => null, 'required' => null,
            ];
            \mod_palier\local\attempt\scale_results::store((int) $this->attempts[$name]->id, [
                'known' => true,
                'scales' => [$scale('crcn:1.1', 4, [4, 5]), $scale('crcn:4.1', 1, $levels)],
                'composites' => [['kind' => 'overall'] + $scale('overall', 3, [3, 3])],
            ]);
        }
    }

    public function test_those_below_a_level_in_a_competence_are_found_and_how_sure_that_is(): void {
        $this->make_results();
        $below = $this->rows(competences::class, ['competence' => 'crcn:4.1', 'below' => '3']);
        $wanted = ['4.1 Protect', '1 (between 1 and 2)', '1 (between 1 and 3)', 'surely', 'perhaps'];
        $this->assertSame(
            [
                ['Amina Test', '4.1 Protect', '1 (between 1 and 2)', 'surely'],
                ['Bruno Test', '4.1 Protect', '1 (between 1 and 3)', 'perhaps'],
            ],
            array_map(fn($row) => [$row[0], ...array_values(array_intersect($row, $wanted))], $below)
        );
        $surely = $this->rows(competences::class, ['competence' => 'crcn:4.1', 'below' => '3', 'surely' => '1']);
        $this->assertSame(['Amina Test'], array_column($surely, 0));
        $this->assertSame([], $this->rows(competences::class, ['competence' => 'crcn:1.1', 'below' => '3']));
        $this->assertCount(4, $this->rows(competences::class, ['competence' => '*']));
        $this->assertSame(['Bruno Test'], array_column(
            $this->rows(competences::class, ['competence' => 'crcn:4.1', 'below' => '3', 'person' => 'Bruno']),
            0
        ));
    }

    public function test_a_competence_has_its_numbers_in_the_other_framework_beside_it(): void {
        global $DB;
        $this->make_results();
        $titles = function (): array {
            manager::reset_caches();
            $context = \context_module::instance($this->palier->cmid);
            $report = system_report_factory::create(competences::class, $context, 'mod_palier', '', 0, ['competence' => '*']);
            return array_map(fn($column) => $column->get_title(), array_values($report->get_active_columns()));
        };
        $place = array_search('DigComp, by correspondence', $titles(), true);
        $this->assertSame(2, $place, 'beside the competence');
        // What frameworks/crcn.json says of 1.1 and 4.1.
        $this->assertEqualsCanonicalizing(
            [['1.1 Search', '1.1, 1.2'], ['4.1 Protect', '4.1']],
            array_map(
                fn($row) => [$row[1], $row[$place]],
                $this->rows(competences::class, ['competence' => '*', 'person' => 'Amina'])
            )
        );
        $whole = $this->rows(competences::class, ['competence' => 'overall', 'person' => 'Amina']);
        $this->assertSame([''], array_column($whole, $place), 'all together is no competence of a framework');
        // Competences of a framework that is not known.
        $plan = str_replace('crcn:', 'pix:', $DB->get_field('palier', 'plan', ['id' => $this->palier->id]));
        $DB->set_field('palier', 'plan', $plan, ['id' => $this->palier->id]);
        $this->assertNotContains('DigComp, by correspondence', $titles());
    }

    public function test_a_competence_says_that_an_earlier_result_counts_where_tests_may_begin_so(): void {
        global $DB;
        $this->make_results();
        $DB->set_field('palier_attempt', 'result', '{"known":true,"earlier":true}', ['id' => $this->attempts['Bruno']->id]);
        $rows = fn(): array => $this->rows(competences::class, ['competence' => 'crcn:4.1']);
        $says = fn(): array => array_map(fn($row) => in_array(get_string('yes'), $row, true), $rows());
        $this->assertSame([false, false], $says());
        $DB->set_field('palier', 'fromlast', 1, ['id' => $this->palier->id]);
        $this->assertSame([false, true], $says());
        $this->assertSame(['Amina Test', 'Bruno Test'], array_column($rows(), 0));
    }

    public function test_statements_are_narrowed_to_a_competence(): void {
        global $DB;
        $ids = array_keys($DB->get_records('palier_statement', ['palierid' => $this->palier->id], 'id', 'id', 0, 2));
        $DB->set_field('palier_statement', 'scale', 'crcn:4.1', ['id' => $ids[0]]);
        $DB->set_field('palier_statement', 'scale', 'crcn:1.1', ['id' => $ids[1]]);
        $this->assertCount(1, $this->rows(statements::class, ['competence' => 'crcn:4.1']));
        $this->assertSame([], $this->rows(statements::class, ['competence' => "x' OR '1' = '1"]));
    }

    public function test_a_trainer_chooses_among_the_competences_of_the_plan(): void {
        global $DB;
        $this->assertSame([], competences::choices($DB->get_field('palier', 'plan', ['id' => $this->palier->id])));
        $this->make_results();
        $choices = competences::choices($DB->get_field('palier', 'plan', ['id' => $this->palier->id]));
        $this->assertSame(['', '*', 'crcn:1.1', 'crcn:4.1'], array_keys($choices));
        $this->assertSame('4.1 Protect', $choices['crcn:4.1']);
    }

    public function test_a_trainer_of_another_group_reads_no_competence_of_it(): void {
        global $DB;
        $this->make_results();
        $DB->set_field('course_modules', 'groupmode', SEPARATEGROUPS, ['id' => $this->palier->cmid]);
        rebuild_course_cache($this->palier->course, true);
        $trainer = $this->getDataGenerator()->create_and_enrol(get_course($this->palier->course), 'teacher');
        $this->setUser($trainer);
        $this->assertSame([], $this->rows(competences::class, ['competence' => 'crcn:4.1']));
    }
}
