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

namespace mod_palier\local\xapi;

use core\check\result;
use mod_palier\check\delivery as delivery_check;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\correction;
use mod_palier\task\deliver_statements;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\makes_records;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../../classes/learner_testcase.php');

/**
 * From a learner's answer to Palier's own statement store, which is started, stopped and spoken to as it is.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\xapi\delivery
 * @covers     \mod_palier\local\xapi\lrs_client
 * @covers     \mod_palier\local\xapi\outbox
 * @covers     \mod_palier\local\xapi\test_statement
 * @covers     \mod_palier\local\xapi\trial
 */
final class real_store_test extends learner_testcase {
    use makes_records;

    /** Secret of the store's key. */
    private const SECRET = 'open sesame, please';

    /** @var resource[] Processes to end. */
    private array $processes = [];

    /** @var string Where the store keeps its statements. */
    private string $dir;

    /** @var int The destination. */
    private int $destination;

    /** @var int The store's port. */
    private int $port;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $command = getenv('PALIER_COMMAND');
        if (!$command || !str_contains((string) shell_exec(escapeshellarg($command) . ' --help'), 'serve')) {
            $this->markTestSkipped('No store: set PALIER_COMMAND to the path of the program palier.');
        }
        $this->dir = make_request_directory();
        $this->port = self::free_port();
        $this->destination = $this->make_destination("http://127.0.0.1:{$this->port}/xapi", ['secret' => self::SECRET]);
    }

    #[\Override]
    protected function tearDown(): void {
        foreach (array_keys($this->processes) as $name) {
            $this->stop($name);
        }
        parent::tearDown();
    }

    /**
     * A port that nobody uses.
     *
     * @return int
     */
    private static function free_port(): int {
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        $port = (int) substr(strrchr(stream_socket_get_name($socket, false), ':'), 1);
        fclose($socket);
        return $port;
    }

    /**
     * Starts a process and waits for its port.
     *
     * @param string $name
     * @param string[] $command
     * @param int $port
     */
    private function start_process(string $name, array $command, int $port): void {
        $quiet = ['file', '/dev/null', 'a'];
        $this->processes[$name] = proc_open($command, [['file', '/dev/null', 'r'], $quiet, $quiet], $pipes, $this->dir);
        for ($i = 0; $i < 200; $i++) {
            if ($socket = @stream_socket_client("tcp://127.0.0.1:$port", $code, $message, 1)) {
                fclose($socket);
                return;
            }
            usleep(50000);
        }
        $this->fail("$name did not start");
    }

    /**
     * Starts the store.
     */
    private function start_store(): void {
        $this->start_process('store', [
            getenv('PALIER_COMMAND'), 'serve', '--xapi', '--db', "{$this->dir}/store.db",
            '--listen', "127.0.0.1:{$this->port}", '--key', 'moodle', '--secret', self::SECRET,
        ], $this->port);
    }

    /**
     * Ends a process.
     *
     * @param string $name
     * @param int $signal
     */
    private function stop(string $name, int $signal = 15): void {
        proc_terminate($this->processes[$name], $signal);
        proc_close($this->processes[$name]);
        unset($this->processes[$name]);
    }

    /**
     * The statements that the store has, oldest first, as it gives them.
     *
     * @return array[]
     */
    private function stored(): array {
        $curl = new \curl(['ignoresecurity' => true]);
        $curl->setHeader([
            'Authorization: Basic ' . base64_encode('moodle:' . self::SECRET),
            'X-Experience-API-Version: 1.0.3',
        ]);
        $base = "http://127.0.0.1:{$this->port}";
        $more = '/xapi/statements?ascending=true&limit=50';
        $statements = [];
        while ($more) {
            $page = json_decode($curl->get($base . $more), true, 512, JSON_THROW_ON_ERROR);
            $statements = array_merge($statements, $page['statements']);
            $more = $page['more'] ?? '';
        }
        return $statements;
    }

    /**
     * Runs the task.
     */
    private function deliver(): void {
        ob_start();
        (new deliver_statements())->execute();
        ob_end_clean();
    }

    /**
     * Ids of the outbox, in the order in which they were written.
     *
     * @param string|null $state only those
     * @return string[]
     */
    private function written(?string $state = null): array {
        global $DB;
        $rows = $DB->get_records('palier_statement', $state ? ['state' => $state] : [], 'id', 'id, uuid');
        return array_column($rows, 'uuid');
    }

    /**
     * Changes the destination.
     *
     * @param array $columns
     */
    private function change(array $columns): void {
        $present = ['name' => 'The store', 'endpoint' => "http://127.0.0.1:{$this->port}/xapi", 'lrskey' => 'moodle'];
        destinations::save((object) ($columns + $present), $this->destination);
    }

    /**
     * A learner takes the whole test.
     *
     * @param int $questions
     */
    private function take_test(int $questions = 3): void {
        $this->make_test($questions);
        $attempt = $this->start();
        for ($i = 0; $i < $questions; $i++) {
            $this->answer(attempt_repository::load($attempt->id), $i % 2 === 0);
        }
    }

    public function test_a_session_arrives_as_it_was_written(): void {
        global $DB;
        $this->start_store();
        $this->take_test();
        $this->deliver();
        $stored = $this->stored();
        $this->assertSame($this->written(), array_column($stored, 'id'));
        $this->assertSame($this->written(), $this->written('sent'));
        foreach ($stored as $statement) {
            $own = json_decode($DB->get_field('palier_statement', 'statement', ['uuid' => $statement['id']]), true);
            $this->assertEquals($own, array_intersect_key($statement, $own));
        }
    }

    public function test_a_store_that_is_away_and_comes_back_gets_everything_once(): void {
        $this->take_test();
        $this->deliver();
        $this->assertSame(1, destinations::get($this->destination)->failures);
        $this->assertSame($this->written(), $this->written('queued'));
        $this->start_store();
        destinations::resume($this->destination);
        $this->deliver();
        $this->assertSame($this->written(), array_column($this->stored(), 'id'));
    }

    public function test_a_store_killed_between_two_sendings_has_kept_what_it_took(): void {
        $this->start_store();
        $this->make_test(4);
        $attempt = $this->start();
        $this->answer(attempt_repository::load($attempt->id));
        $this->deliver();
        $this->stop('store', 9);
        $this->answer(attempt_repository::load($attempt->id), false);
        $this->deliver();
        $this->assertCount(1, $this->written('queued'));
        $this->start_store();
        destinations::resume($this->destination);
        $this->answer(attempt_repository::load($attempt->id));
        $this->deliver();
        $this->assertSame($this->written(), array_column($this->stored(), 'id'));
        $this->assertSame([], $this->written('queued'));
    }

    public function test_answers_lost_on_the_way_make_no_second_statement(): void {
        global $DB;
        $this->start_store();
        $port = self::free_port();
        $proxy = __DIR__ . '/../../fixtures/losing_proxy.php';
        // The test that the port is open is a connection without a request, which loses nothing.
        $this->start_process('proxy', [PHP_BINARY, '-n', $proxy, (string) $port, (string) $this->port, '2'], $port);
        $this->change(['endpoint' => "http://127.0.0.1:$port/xapi"]);
        $this->take_test();
        for ($i = 1; $i <= 2; $i++) {
            $this->deliver();
            $this->assertSame($i, destinations::get($this->destination)->failures);
            $this->assertSame($this->written(), $this->written('queued'));
            // The store has it all, and Moodle does not know.
            $this->assertCount(count($this->written()), $this->stored());
            $DB->set_field('palier_destination', 'nexttry', 0, ['id' => $this->destination]);
        }
        $this->deliver();
        $this->assertSame($this->written(), $this->written('sent'));
        $this->assertSame($this->written(), array_column($this->stored(), 'id'));
    }

    public function test_a_wrong_secret_pauses_and_the_right_one_goes_on(): void {
        $this->start_store();
        $this->take_test();
        $this->change(['secret' => 'close sesame']);
        $this->deliver();
        $this->assertSame($this->written(), $this->written('queued'));
        $check = (new delivery_check())->get_result();
        $this->assertSame(result::ERROR, $check->get_status());
        $this->assertStringContainsString('HTTP 401', $check->get_summary());
        $this->assertSame([], $this->stored());

        $this->change(['secret' => self::SECRET]);
        $this->deliver();
        $this->assertSame($this->written(), array_column($this->stored(), 'id'));
        $this->assertSame(result::OK, (new delivery_check())->get_result()->get_status());
    }

    public function test_what_the_store_refuses_is_parked_with_its_words(): void {
        global $DB;
        $this->start_store();
        $this->take_test();
        $written = $this->written();
        $row = $DB->get_record('palier_statement', ['uuid' => $written[2]]);
        $statement = json_decode($row->statement, true);
        $statement['result']['score'] = ['scaled' => 3];
        $DB->set_field('palier_statement', 'statement', outbox::encode($statement), ['id' => $row->id]);
        $this->deliver();
        $this->assertSame([$written[2]], $this->written('parked'));
        $this->assertStringStartsWith('HTTP 400 ', $DB->get_field('palier_delivery', 'error', ['statementid' => $row->id]));
        unset($written[2]);
        $this->assertSame(array_values($written), array_column($this->stored(), 'id'));
    }

    public function test_another_statement_under_the_same_id_is_a_conflict(): void {
        global $DB;
        $this->start_store();
        $this->take_test();
        $this->deliver();
        $written = $this->written();
        $row = $DB->get_record('palier_statement', ['uuid' => $written[1]]);
        $statement = json_decode($row->statement, true);
        $statement['timestamp'] = '2020-01-01T00:00:00.000Z';
        $DB->set_field('palier_statement', 'statement', outbox::encode($statement), ['id' => $row->id]);
        $DB->set_field('palier_delivery', 'state', outbox::PENDING, []);
        $this->deliver();
        $this->assertSame([$written[1]], $this->written('parked'));
        $this->assertStringStartsWith('HTTP 409 ', $DB->get_field('palier_delivery', 'error', ['statementid' => $row->id]));
        $this->assertCount(count($written), $this->stored());
        $this->assertSame(result::WARNING, (new delivery_check())->get_result()->get_status());
    }

    public function test_a_dropped_question_takes_the_former_result_back_and_tells_it_anew(): void {
        global $DB;
        $this->start_store();
        $this->change(['wanted' => 'results', 'actorpolicy' => actor::IDNUMBER]);
        $DB->set_field('user', 'idnumber', 'A12', ['id' => $this->learner->id]);
        $this->take_test(6);
        $this->deliver();
        $attemptid = (int) $DB->get_field('palier_attempt', 'MAX(id)', []);
        $former = $DB->get_field('palier_statement', 'uuid', ['attemptid' => $attemptid, 'verb' => 'scored']);
        $this->assertContains($former, array_column($this->stored(), 'id'));

        $event = $DB->get_record('palier_event', ['attemptid' => $attemptid, 'type' => 'answered'], '*', IGNORE_MULTIPLE);
        $item = json_decode($event->data)->item;
        correction::drop($attemptid, $item, (int) $event->slot, 'Faulty', (int) get_admin()->id);
        $this->deliver();
        $stored = array_column($this->stored(), null, 'id');
        $this->assertArrayNotHasKey($former, $stored);
        $anew = $DB->get_field_select('palier_statement', 'uuid', "attemptid = ? AND verb = 'scored' AND uuid <> ?", [
            $attemptid,
            $former,
        ]);
        $this->assertSame($former, $stored[$anew]['context']['statement']['id']);
        $this->assertSame('A12', $stored[$anew]['actor']['account']['name']);
        // The site itself takes it back.
        $voided = $DB->get_field('palier_statement', 'uuid', ['attemptid' => $attemptid, 'verb' => 'voided']);
        $this->assertSame($former, $stored[$voided]['object']['id']);
        $this->assertNotSame('A12', $stored[$voided]['actor']['account']['name'] ?? '');
    }

    public function test_the_test_statement_is_accepted(): void {
        $this->start_store();
        $said = trial::of(destinations::get($this->destination), $this->learner);
        $this->assertTrue($said['ok'], $said['text']);
        $this->assertStringContainsString($this->stored()[0]['id'], $said['text']);
    }
}
