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

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;
use mod_palier\local\parameters\parameter_export;
use mod_palier\local\parameters\parameter_import;
use mod_palier\local\report\result_download;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\statement_server;

/**
 * A public response matrix goes the whole way: CSV, questions, attempts, statements, a store, and back.
 *
 * The bank, the responses and the expected paths are the files paths_*_2PL* of tests/reference, computed with catR.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @coversNothing
 */
final class path_test extends learner_testcase {
    /** @var int[] Persons of the matrix, from 1: low, middling and high. */
    private const PERSONS = [1, 6, 11, 16, 20];

    /** @var string Where theta is in a result. */
    private const THETA = \mod_palier\local\xapi\sentence::EXTENSIONS . 'theta';

    /** @var string Folder of the reference files. */
    private string $reference;

    /** @var statement_server|null The store. */
    private ?statement_server $server = null;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->reference = (string) getenv('PALIER_REFERENCE');
        if (!is_file("$this->reference/paths_2PL_MFI.json") || !getenv('PALIER_COMMAND')) {
            $this->markTestSkipped('Set PALIER_REFERENCE to the folder tests/reference, and PALIER_COMMAND to the program.');
        }
    }

    #[\Override]
    protected function tearDown(): void {
        $this->server?->stop();
        parent::tearDown();
    }

    /**
     * The rows of a CSV of the reference, without its header.
     *
     * @param string $file
     * @return array[]
     */
    private function rows(string $file): array {
        $lines = file("$this->reference/$file", FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
        return array_map(fn($line) => array_map('trim', str_getcsv($line, ',', '"', '')), array_slice($lines, 1));
    }

    /**
     * The name of an item.
     *
     * @param int $number from 1
     * @return string
     */
    private static function item(int $number): string {
        return sprintf('ref-%03d', $number);
    }

    /**
     * The plan that the reference paths were made with.
     *
     * @return array
     */
    private static function plan(): array {
        return [
            'palier_plan' => 1,
            'estimation' => ['estimator' => 'eap', 'range' => [-4, 4], 'nodes' => 33],
            'stop' => ['max_items' => 20],
        ];
    }

    /**
     * Makes the questions, gives them their parameters by CSV, and makes the activity.
     *
     * @return string[] the CSV, and the site's own export of it
     */
    private function make_bank(): array {
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $context = \core\context\course::instance($this->course->id);
        $category = $generator->create_question_category(['contextid' => $context->id]);
        $csv = "item,model,a,b\n";
        $ids = [];
        foreach ($this->rows('paths_bank_2PL.csv') as $i => [$a, $b]) {
            $item = self::item($i + 1);
            $ids[] = $generator->create_question('truefalse', null, [
                'category' => $category->id, 'name' => $item, 'idnumber' => $item, 'correctanswer' => 1,
            ])->id;
            $csv .= "$item,2pl,$a,$b\n";
        }
        $import = new parameter_import($csv, bank_builder::read($ids));
        $this->assertTrue($import->is_valid(), json_encode([$import->errors, $import->lines]));
        $import->apply();

        $this->palier = $this->getDataGenerator()->get_plugin_generator('mod_palier')->create_instance([
            'course' => $this->course->id, 'plan' => json_encode(self::plan()),
        ]);
        $module = \core\context\module::instance($this->palier->cmid);
        question_filter::save($this->palier->id, $module, question_filter::make([$category->id]));
        return [$csv, parameter_export::csv(bank_builder::read($ids))];
    }

    /**
     * What the command `palier posthoc` says of the matrix.
     *
     * @param string $bank the CSV
     * @return array[] by person
     */
    private function posthoc(string $bank): array {
        $dir = make_request_directory();
        $responses = 'person,' . implode(',', array_map(self::item(...), range(1, 300))) . "\n";
        foreach ($this->rows('paths_responses_2PL.csv') as $i => $row) {
            $responses .= ($i + 1) . ',' . implode(',', array_slice($row, 1)) . "\n";
        }
        file_put_contents("$dir/bank.csv", $bank);
        file_put_contents("$dir/plan.json", json_encode(self::plan()));
        file_put_contents("$dir/responses.csv", $responses);
        return array_column(self::palier(
            ['posthoc', '--bank', "$dir/bank.csv", '--plan', "$dir/plan.json", '--responses', "$dir/responses.csv"]
        ), null, 'person');
    }

    /**
     * What the command `palier replay` says of an exported log.
     *
     * @param string $bank the CSV
     * @param array $log
     * @return array
     */
    private function replay(string $bank, array $log): array {
        $dir = make_request_directory();
        file_put_contents("$dir/bank.csv", $bank);
        file_put_contents("$dir/plan.json", json_encode(self::plan()));
        // The log names the bank of the site, which has other words for the same questions.
        file_put_contents("$dir/log.json", json_encode(array_diff_key($log, ['bank' => 1, 'plan' => 1])));
        return self::palier(['replay', '--bank', "$dir/bank.csv", '--plan', "$dir/plan.json", '--log', "$dir/log.json"]);
    }

    /**
     * Runs the command.
     *
     * @param string[] $arguments
     * @return array what it says
     */
    private static function palier(array $arguments): array {
        $command = [getenv('PALIER_COMMAND'), ...$arguments, '--format', 'json'];
        // Notices of the bank's reader go to the errors, beside the answer.
        $errors = make_request_directory() . '/errors';
        exec(implode(' ', array_map('escapeshellarg', $command)) . ' 2>' . escapeshellarg($errors), $lines, $status);
        self::assertSame(0, $status, file_get_contents($errors));
        return json_decode(implode("\n", $lines), true);
    }

    public function test_a_response_matrix_keeps_its_thetas_from_csv_to_the_statements_of_a_store(): void {
        $this->setAdminUser();
        [$csv, $export] = $this->make_bank();
        $posthoc = $this->posthoc($csv);
        $runs = array_column(json_decode(file_get_contents("$this->reference/paths_2PL_MFI.json"), true)['runs'], null, 'person');
        $matrix = $this->rows('paths_responses_2PL.csv');
        $this->server = new statement_server(getenv('PALIER_COMMAND'));
        \mod_palier\local\xapi\destinations::save((object) [
            'name' => 'The store',
            'endpoint' => $this->server->endpoint(),
            'lrskey' => $this->server->key,
            'secret' => $this->server->secret,
        ]);

        $attempts = [];
        foreach (self::PERSONS as $person) {
            $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
            $attempt = $this->start();
            while ($attempt->is_open()) {
                $item = $this->event($attempt, 'asked')['item'];
                $right = $matrix[$person - 1][(int) substr($item, 4)] === '1';
                $this->answer($attempt, $right);
                $attempt = attempt_repository::load($attempt->id);
            }
            $attempts[$person] = $attempt;
        }
        $this->expectOutputRegex('/ sent, 0 refused/');
        (new \mod_palier\task\deliver_statements())->execute();

        foreach ($attempts as $person => $attempt) {
            $answered = array_values(array_map(
                fn($event) => json_decode($event->data, true),
                array_filter($attempt->log()->events(), fn($event) => $event->type === 'answered')
            ));
            $items = array_map(self::item(...), $runs[$person]['items']);
            $steps = $posthoc[$person]['steps'];

            // The same questions and answers as catR, as the command and as the attempt in Moodle.
            $this->assertSame($items, array_column($steps, 'item'));
            $this->assertSame($items, array_column($answered, 'item'));
            $this->assertSame($runs[$person]['x'], array_column($answered, 'category'));

            // The same thetas: to 1e-12 with catR, to the last digit among ourselves.
            $thetas = array_column($steps, 'theta');
            $this->assertEqualsWithDelta($runs[$person]['theta_provisional'], $thetas, 1e-12);
            $this->assertSame(end($thetas), json_decode($attempt->result, true)['theta']);
            $this->assertSame(end($thetas), (float) $attempt->theta);
            $statements = $this->server->statements($this->actor($attempt));
            $this->assertSame($thetas, array_values(array_filter(array_map(
                fn($statement) => str_ends_with($statement['verb']['id'], '/answered')
                    ? (float) $statement['result']['extensions'][self::THETA] : null,
                $statements
            ), fn($theta) => $theta !== null)));
            $scored = array_filter($statements, fn($statement) => str_ends_with($statement['verb']['id'], '/scored'));
            $this->assertCount(1, $scored);
            $this->assertSame(end($thetas), (float) reset($scored)['result']['extensions'][self::THETA]);
            $this->assertCount(count($statements), array_unique(array_column($statements, 'id')));

            // What a learner takes away, and what the command makes of its log.
            $taken = json_decode((new result_download($attempt))->data(), true);
            $this->assertSame(end($thetas), $taken['result']['theta']);
            $this->assertSame(end($thetas), array_column($this->replay($export, $taken['log'])['steps'], 'theta')[19]);
        }
    }

    /**
     * Who an attempt's statements are about.
     *
     * @param attempt $attempt
     * @return array
     */
    private function actor(attempt $attempt): array {
        global $DB;
        $statements = $DB->get_records('palier_statement', ['attemptid' => $attempt->id], 'id', 'id, state, statement');
        $this->assertSame(['sent'], array_values(array_unique(array_column($statements, 'state'))));
        return json_decode(reset($statements)->statement, true)['actor'];
    }
}
