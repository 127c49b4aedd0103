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
use mod_palier\task\deliver_statements;
use mod_palier\tests\lrs_stub;
use mod_palier\tests\makes_records;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');

/**
 * Sending statements to a store, over HTTP, whatever the store does.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\xapi\delivery
 * @covers     \mod_palier\local\xapi\lrs_client
 * @covers     \mod_palier\local\xapi\lrs_answer
 * @covers     \mod_palier\local\xapi\destination
 * @covers     \mod_palier\local\xapi\destinations
 * @covers     \mod_palier\local\xapi\distribution
 * @covers     \mod_palier\local\xapi\endpoint_security
 * @covers     \mod_palier\local\xapi\outbox_status
 * @covers     \mod_palier\task\deliver_statements
 * @covers     \mod_palier\check\delivery
 */
final class delivery_test extends \advanced_testcase {
    use makes_records;

    /** @var lrs_stub The store. */
    private lrs_stub $store;

    /** @var int Its destination. */
    private int $destination;

    /** @var stdClass The activity. */
    private stdClass $activity;

    /** @var stdClass An attempt whose statements are sent. */
    private stdClass $attempt;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->store = new lrs_stub();
        $this->destination = $this->make_destination($this->store->endpoint() . '/');
        $course = $this->getDataGenerator()->create_course();
        $learner = $this->getDataGenerator()->create_and_enrol($course);
        $this->activity = $this->make_activity($course);
        $this->attempt = $this->make_attempt($this->activity, (int) $learner->id);
    }

    #[\Override]
    protected function tearDown(): void {
        $this->store->stop();
        parent::tearDown();
    }

    /**
     * Writes statements into the outbox.
     *
     * @param int $count
     * @return string[] their ids
     */
    private function write(int $count): array {
        return array_map(fn() => $this->make_statement($this->attempt)->uuid, range(1, $count));
    }

    /**
     * Runs the task, as cron does.
     *
     * @return string what it says
     */
    private function run_task(): string {
        ob_start();
        (new deliver_statements())->execute();
        return ob_get_clean();
    }

    /**
     * The ids in a state, in order.
     *
     * @param string $state
     * @return string[]
     */
    private function in_state(string $state): array {
        global $DB;
        return array_values($DB->get_fieldset_select('palier_statement', 'uuid', 'state = ? ORDER BY id', [$state]));
    }

    /**
     * What the store said of a statement.
     *
     * @param string $uuid
     * @return string
     */
    private function error_of(string $uuid): string {
        global $DB;
        $id = $DB->get_field('palier_statement', 'id', ['uuid' => $uuid]);
        return (string) $DB->get_field('palier_delivery', 'error', ['statementid' => $id, 'destinationid' => $this->destination]);
    }

    public function test_statements_arrive_in_order_in_batches_of_fifty(): void {
        $this->store->start();
        $ids = $this->write(120);
        $this->run_task();

        $this->assertSame($ids, $this->store->stored());
        $this->assertSame([50, 50, 20], array_map(fn($request) => count($request['ids']), $this->store->requests()));
        $this->assertSame($ids, $this->in_state('sent'));
        $request = $this->store->requests()[0];
        $this->assertSame('/xapi/statements', $request['path']);
        $this->assertSame('1.0.3', $request['version']);
        $this->assertSame('Basic ' . base64_encode('moodle:open sesame'), $request['authorization']);
    }

    public function test_held_statements_stay(): void {
        $this->store->start();
        $held = $this->make_statement($this->attempt, ['state' => 'held']);
        $ids = $this->write(1);
        $this->run_task();
        $this->assertSame($ids, $this->store->stored());
        $this->assertSame([$held->uuid], $this->in_state('held'));
    }

    public function test_nothing_is_lost_while_the_store_is_away(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        $ids = $this->write(3);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('queued'));
        $this->assertSame(1, destinations::get($this->destination)->failures);
        $next = destinations::get($this->destination)->nexttry;
        $this->assertGreaterThanOrEqual(1800000000 + 48, $next);
        $this->assertLessThanOrEqual(1800000000 + 72, $next);

        // Back, but not asked before its time.
        $this->store->start();
        $this->run_task();
        $this->assertSame([], $this->store->requests());
        $clock->set_to($next);
        $this->run_task();
        $this->assertSame($ids, $this->store->stored());
        $this->assertSame($ids, $this->in_state('sent'));
        $this->assertSame(0, destinations::get($this->destination)->failures);
        $this->assertSame(0, destinations::get($this->destination)->nexttry);
    }

    /**
     * Answers that get lost, by a seed.
     *
     * @return array[]
     */
    public static function seeds(): array {
        return [[1], [2], [3]];
    }

    /**
     * Away for an hour, then answers are dropped at random: everything is there once, in order.
     *
     * @param int $seed
     * @dataProvider seeds
     */
    public function test_an_hour_away_and_answers_dropped_at_random_lose_nothing_and_make_none_twice(int $seed): void {
        $start = 1800000000;
        $clock = $this->mock_clock_with_frozen($start);
        $learner = $this->getDataGenerator()->create_user();
        $attempts = [$this->attempt, $this->make_attempt($this->activity, (int) $learner->id)];
        $draw = function (int $count) use (&$seed): int {
            $seed = ($seed * 1103515245 + 12345) % 2147483648;
            return intdiv($seed, 65536) % $count;
        };
        $written = [];
        $write = function (int $count) use (&$written, $attempts, $draw): void {
            for ($i = 0; $i < $count; $i++) {
                $which = $draw(2);
                $written[$which][] = $this->make_statement($attempts[$which])->uuid;
            }
        };
        $tries = 0;
        do {
            $write(10);
            $this->run_task();
            $tries++;
            $clock->set_to(destinations::get($this->destination)->nexttry);
        } while (destinations::get($this->destination)->nexttry < $start + 3600);
        $this->assertSame([], $this->in_state('sent'));
        $this->assertLessThan(10, $tries);

        // It is back. Nothing of a request arrives; it is kept and a proxy says otherwise; the answer is cut in its body,
        // or has none; all is well.
        $this->store->start();
        $plan = [];
        for ($i = 0; $i < 20; $i++) {
            $plan[] = [
                ['status' => 503],
                ['status' => 502, 'store' => true, 'body' => 'bad gateway'],
                ['status' => 200, 'store' => true, 'headers' => ['Content-Length: 5000'], 'body' => '["'],
                ['status' => 504, 'store' => true],
                null,
            ][$draw(5)];
        }
        $this->store->tell('plan', $plan);
        for ($i = 0; $i < 60 && ($i < 30 || $this->in_state('queued')); $i++) {
            if ($i < 30 && $i % 3 === 0) {
                $write(15);
            }
            $this->run_task();
            $next = destinations::get($this->destination)->nexttry;
            $clock->set_to(max($clock->time() + 1, $next));
        }
        $this->assertSame([], $this->in_state('queued'));
        $all = array_merge(...$written);
        $stored = $this->store->stored();
        $this->assertCount(count($all), $stored);
        foreach ($written as $ids) {
            $this->assertSame($ids, array_values(array_intersect($stored, $ids)));
        }
        $this->assertEqualsCanonicalizing($all, $this->in_state('sent'));
        // Answers were lost: more was asked than was needed.
        $asked = array_sum(array_map(fn($request) => count($request['ids']), $this->store->requests()));
        $this->assertGreaterThan(count($all), $asked);
    }

    public function test_waits_grow_up_to_an_hour_and_differ_between_sites(): void {
        $this->mock_clock_with_frozen(1000);
        $waits = [];
        for ($i = 0; $i < 8; $i++) {
            $waits[] = destinations::failed($this->destination, 'away', null, fn() => 0.5) - 1000;
        }
        $this->assertSame([60, 120, 240, 480, 960, 1920, 3600, 3600], $waits);
        destinations::resume($this->destination);
        $this->assertSame(1048, destinations::failed($this->destination, 'away', null, fn() => 0.0));
        destinations::resume($this->destination);
        $this->assertSame(1072, destinations::failed($this->destination, 'away', null, fn() => 1.0));
    }

    public function test_a_lost_answer_makes_no_second_statement(): void {
        $this->store->start();
        $ids = $this->write(4);
        $this->store->tell('plan', [['status' => 502, 'store' => true, 'body' => 'bad gateway']]);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('queued'));
        $this->assertSame($ids, $this->store->stored());
        destinations::resume($this->destination);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('sent'));
        $this->assertSame($ids, $this->store->stored());
        $this->assertCount(2, $this->store->requests());
    }

    public function test_retry_after_is_honoured_in_seconds(): void {
        $this->mock_clock_with_frozen(1800000000);
        $this->store->start();
        $this->write(1);
        $this->store->tell('plan', [['status' => 429, 'headers' => ['Retry-After: 900']]]);
        $this->run_task();
        $this->assertSame(1800000900, destinations::get($this->destination)->nexttry);
    }

    public function test_retry_after_is_honoured_as_a_date(): void {
        $this->mock_clock_with_frozen(1800000000);
        $this->store->start();
        $this->write(1);
        $date = gmdate('D, d M Y H:i:s', 1800000000 + 1200) . ' GMT';
        $this->store->tell('plan', [['status' => 503, 'headers' => ["Retry-After: $date"]]]);
        $this->run_task();
        $this->assertSame(1800001200, destinations::get($this->destination)->nexttry);
    }

    public function test_a_refused_statement_is_parked_with_the_stores_words_and_the_others_arrive(): void {
        global $DB;
        $this->store->start();
        $ids = $this->write(50);
        $this->store->tell('refused', [$ids[17]]);
        $this->run_task();
        $good = array_values(array_diff($ids, [$ids[17]]));
        $this->assertSame($good, $this->store->stored());
        $this->assertSame([$ids[17]], $this->in_state('parked'));
        $error = $this->error_of($ids[17]);
        $this->assertSame('HTTP 400 statement refused: result.score.scaled must be at most 1', $error);
        $this->assertSame(result::WARNING, (new delivery_check())->get_result()->get_status());
        $this->assertStringContainsString('1 result was refused', (new outbox_status())->text());
    }

    public function test_a_conflict_is_parked_and_the_others_arrive(): void {
        $this->store->start();
        $ids = $this->write(3);
        $this->store->tell('stored', [$ids[1] => ['statement' => ['id' => $ids[1], 'other' => true], 'number' => 0]]);
        $this->run_task();
        $this->assertSame([$ids[1]], $this->in_state('parked'));
        $this->assertSame([$ids[0], $ids[2]], $this->in_state('sent'));
    }

    public function test_too_large_batches_are_halved_and_stay_so(): void {
        $this->store->start();
        $ids = $this->write(100);
        $this->store->tell('largest', 13);
        $this->run_task();
        $this->assertSame($ids, $this->store->stored());
        $sizes = array_map(fn($request) => count($request['ids']), $this->store->requests());
        $this->assertSame([50, 25, 13], array_slice($sizes, 0, 3));
        $this->assertLessThanOrEqual(25, max(array_slice($sizes, 6)));
    }

    /**
     * Answers that refuse our credentials, with the requests after which that is sure: of what is forbidden, one of these
     * might not be.
     *
     * @return array
     */
    public static function refusals(): array {
        return ['unauthorised' => [401, 1], 'forbidden' => [403, 3]];
    }

    /**
     * Refused credentials pause the sending until an administrator has changed them.
     *
     * @dataProvider refusals
     * @param int $status
     * @param int $requests
     */
    public function test_refused_credentials_pause_and_tell_the_administrator(int $status, int $requests): void {
        $this->store->start();
        $ids = $this->write(2);
        $answer = ['status' => $status, 'body' => 'no such key, or not open sesame'];
        $this->store->tell('plan', array_fill(0, $requests, $answer));
        $messages = $this->redirectMessages();
        $this->run_task();
        $this->run_task();
        $this->assertCount($requests, $this->store->requests());
        $this->assertSame(1, $messages->count());
        $this->assertSame($ids, $this->in_state('queued'));
        $check = (new delivery_check())->get_result();
        $this->assertSame(result::ERROR, $check->get_status());
        $this->assertStringContainsString("HTTP $status", $check->get_summary());
        $this->assertStringContainsString('paused until an administrator', (new outbox_status())->text());
        $this->assertSame(destination::KEY, destinations::get($this->destination)->paused);
        // The store repeated the secret: it must not be kept anywhere.
        $this->assertStringNotContainsString('open sesame', $check->get_summary());

        destinations::resume($this->destination);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('sent'));
        $this->assertSame(result::OK, (new delivery_check())->get_result()->get_status());
    }

    /**
     * A store whose key may write, but not these.
     *
     * @param string[] $ids
     */
    private function forbid(array $ids): void {
        $this->store->tell('like', ['refusal' => 403]);
        $this->store->tell('refused', $ids);
    }

    /**
     * The ids that the store was asked to take, request by request.
     *
     * @return array[]
     */
    private function asked(): array {
        return array_column($this->store->requests(), 'ids');
    }

    public function test_a_forbidden_statement_is_parked_where_the_store_takes_another_and_nothing_pauses(): void {
        $this->store->start();
        $ids = $this->write(5);
        $this->forbid([$ids[0], $ids[3]]);
        $messages = $this->redirectMessages();
        $this->run_task();
        $this->assertSame([$ids[1], $ids[2], $ids[4]], $this->store->stored());
        $this->assertSame([$ids[0], $ids[3]], $this->in_state('parked'));
        $this->assertStringStartsWith('HTTP 403 statement refused', $this->error_of($ids[0]));
        $this->assertNull(destinations::get($this->destination)->paused);
        $this->assertSame(0, $messages->count());
        $this->run_task();
        $this->assertSame([$ids[0], $ids[3]], $this->in_state('parked'));
    }

    public function test_a_key_that_may_no_longer_write_pauses_and_nothing_is_parked(): void {
        $this->store->start();
        $this->write(1);
        $this->run_task();
        $ids = $this->write(4);
        $this->store->tell('like', ['refuseall' => true, 'refusal' => 403]);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('queued'));
        $this->assertSame(destination::KEY, destinations::get($this->destination)->paused);
    }

    public function test_a_store_that_forbids_ten_and_has_taken_none_is_asked_for_no_more(): void {
        $this->store->start();
        $ids = $this->write(40);
        $this->store->tell('like', ['refuseall' => true, 'refusal' => 403]);
        $this->run_task();
        $alone = array_merge(...array_filter($this->asked(), fn($batch) => count($batch) === 1));
        $this->assertSame(array_slice($ids, 0, delivery::MOST_REFUSED), $alone);
        $this->assertSame($ids, $this->in_state('queued'));
        $this->assertSame(destination::KEY, destinations::get($this->destination)->paused);
    }

    public function test_a_refused_version_pauses_before_anything_is_parked_and_tells_the_administrators(): void {
        global $DB;
        // As lrsql with one version, and as Palier's store of before.
        $this->store->tell('like', ['versions' => ['1.0.3']]);
        $this->store->start();
        $DB->set_field('palier_destination', 'version', '2.0.0', ['id' => $this->destination]);
        $ids = $this->write(60);
        $messages = $this->redirectMessages();
        $this->run_task();
        $this->assertSame($ids, $this->in_state('queued'));
        $this->assertSame(destination::VERSION, destinations::get($this->destination)->paused);
        $this->assertSame([], $this->store->requests());
        [$message] = $messages->get_messages();
        $this->assertSame(get_admin()->id, $message->useridto);
        $this->assertStringContainsString('does not speak this version', $message->fullmessage);
        $this->assertStringContainsString('X-Experience-API-Version header invalid!', $message->fullmessage);
        $this->assertSame(result::ERROR, (new delivery_check())->get_result()->get_status());
        $this->run_task();
        $this->assertCount(1, $messages->get_messages());

        $given = ['name' => 'The store', 'endpoint' => $this->store->endpoint(), 'lrskey' => 'moodle', 'version' => '1.0.3'];
        destinations::save((object) $given, $this->destination);
        $this->run_task();
        $this->assertSame($ids, $this->store->stored());
        $this->assertSame($ids, $this->in_state('sent'));
    }

    public function test_without_a_list_of_versions_another_request_shows_what_is_refused(): void {
        global $DB;
        $this->store->tell('like', ['versions' => ['1.0.3'], 'about' => false]);
        $this->store->start();
        $DB->set_field('palier_destination', 'version', '2.0.0', ['id' => $this->destination]);
        $this->write(1);
        $this->run_task();
        $this->assertSame(destination::VERSION, destinations::get($this->destination)->paused);
    }

    public function test_a_store_that_refuses_whatever_is_sent_gets_ten_statements_and_no_more(): void {
        $this->store->tell('like', ['refuseall' => true, 'refusal' => 422]);
        $this->store->start();
        $ids = $this->write(200);
        $this->run_task();
        $this->assertSame(destination::REFUSING, destinations::get($this->destination)->paused);
        $this->assertSame(array_slice($ids, 0, delivery::MOST_REFUSED), $this->in_state('parked'));
        $this->assertStringContainsString('HTTP 422', $this->error_of($ids[0]));

        // Mended there: the administrator resends and resumes.
        $this->store->tell('like', []);
        $this->assertSame(delivery::MOST_REFUSED, destinations::resend($this->destination));
        destinations::resume($this->destination);
        $this->run_task();
        $this->assertSame($ids, $this->store->stored());
    }

    public function test_faulty_statements_here_and_there_never_pause(): void {
        $this->store->start();
        $ids = $this->write(60);
        $refused = array_values(array_filter($ids, fn(int $i) => $i % 4 === 1, ARRAY_FILTER_USE_KEY));
        $this->store->tell('refused', $refused);
        $this->run_task();
        $this->assertSame($refused, $this->in_state('parked'));
        $this->assertSame(array_values(array_diff($ids, $refused)), $this->store->stored());
        $this->assertNull(destinations::get($this->destination)->paused);
    }

    /**
     * What stores answer about statements that they have already.
     *
     * @return array
     */
    public static function knowing(): array {
        return ['as xAPI wants' => ['all'], 'as lrsql' => ['new'], 'as Ralph' => ['new204']];
    }

    /**
     * A lost answer is made good by sending again, whatever the store says of what it has.
     *
     * @dataProvider knowing
     * @param string $known
     */
    public function test_what_a_store_has_already_is_sent(string $known): void {
        $this->store->tell('like', ['known' => $known]);
        $this->store->start();
        $ids = $this->write(3);
        $this->store->tell('plan', [['status' => 502, 'store' => true]]);
        $this->run_task();
        $this->assertSame($ids, $this->store->stored());
        // Some it has, some it has not.
        $ids = [...$ids, ...$this->write(2)];
        destinations::resume($this->destination);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('sent'));
        $this->assertSame($ids, $this->store->stored());
        // All it has.
        global $DB;
        $DB->set_field('palier_delivery', 'state', 'pending', []);
        $this->run_task();
        $this->assertSame('', destinations::get($this->destination)->lasterror);
        $this->assertSame(0, $DB->count_records('palier_delivery', ['state' => 'pending']));
    }

    public function test_an_address_that_says_nothing_of_statements_is_believed_only_when_it_gives_one_back(): void {
        $this->store->start();
        $ids = $this->write(2);
        $this->store->tell('plan', [['status' => 204], ['status' => 200, 'body' => '[]']]);
        foreach ([204, 200] as $unused) {
            $this->run_task();
            $this->assertSame($ids, $this->in_state('queued'));
            $this->assertStringContainsString('not as an LRS', destinations::get($this->destination)->lasterror);
            destinations::resume($this->destination);
        }
        $this->run_task();
        $this->assertSame($ids, $this->in_state('sent'));
    }

    public function test_a_key_that_may_only_write_is_enough(): void {
        global $DB;
        $this->store->tell('like', ['known' => 'new204', 'writeonly' => true]);
        $this->store->start();
        $ids = $this->write(1);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('sent'));
        $DB->set_field('palier_delivery', 'state', 'pending', []);
        $this->run_task();
        $this->assertSame(0, $DB->count_records('palier_delivery', ['state' => 'pending']));
    }

    public function test_no_secret_is_kept_or_said(): void {
        global $DB;
        $this->store->start();
        $ids = $this->write(1);
        $token = base64_encode('moodle:open sesame');
        $this->store->tell('plan', [['status' => 500, 'body' => "got open sesame and $token"]]);
        $said = $this->run_task();
        $kept = $this->error_of($ids[0]) . destinations::get($this->destination)->lasterror . $said;
        $this->assertStringContainsString('HTTP 500 got *** and ***', $kept);
        $this->assertStringNotContainsString('open sesame', $kept);
        $this->assertStringNotContainsString($token, $kept);
    }

    public function test_an_address_that_answers_anything_is_no_store(): void {
        $this->store->start();
        $ids = $this->write(1);
        $this->store->tell('plan', [['status' => 200, 'body' => '<html>Welcome</html>'], ['status' => 200, 'body' => '["other"]']]);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('queued'));
        $this->assertStringContainsString('not as an LRS', destinations::get($this->destination)->lasterror);
        destinations::resume($this->destination);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('queued'));
    }

    public function test_an_endless_answer_is_broken_off_and_tried_again_later(): void {
        $this->mock_clock_with_frozen(1800000000);
        $this->store->start();
        $ids = $this->write(1);
        $this->store->tell('plan', [['status' => 200, 'body' => json_encode($ids) . str_repeat(' ', 1024 * 1024)]]);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('queued'));
        $destination = destinations::get($this->destination);
        $this->assertSame(get_string('answertoolong', 'mod_palier', display_size(1024 * 1024)), $destination->lasterror);
        $this->assertSame(1, $destination->failures);
        $this->assertGreaterThan(1800000000, $destination->nexttry);
    }

    public function test_a_redirect_is_not_followed_with_the_secret(): void {
        $this->store->start();
        $ids = $this->write(1);
        $elsewhere = 'Location: ' . $this->store->endpoint() . '/elsewhere';
        $this->store->tell('plan', [['status' => 307, 'headers' => [$elsewhere]]]);
        $this->run_task();
        $this->assertCount(1, $this->store->requests());
        $this->assertSame($ids, $this->in_state('queued'));
    }

    public function test_a_local_store_is_reached_although_the_site_blocks_local_addresses(): void {
        set_config('curlsecurityblockedhosts', "127.0.0.1\nlocalhost");
        set_config('curlsecurityallowedport', "443\n80");
        $this->store->start();
        $ids = $this->write(1);
        $this->run_task();
        $this->assertSame($ids, $this->in_state('sent'));

        $security = new endpoint_security($this->store->endpoint());
        $this->assertFalse($security->url_is_blocked($this->store->endpoint() . '/statements'));
        $this->assertSame([], $security->get_resolve_info(), 'What Moodle 5.1.5 asks next.');
        $this->assertTrue($security->url_is_blocked("http://127.0.0.1:{$this->store->port}/other"));
        $this->assertTrue($security->url_is_blocked($this->store->endpoint() . 'x/statements'));
        $this->assertTrue($security->url_is_blocked('http://127.0.0.1/'));
        $this->assertTrue((new endpoint_security('file:///etc'))->url_is_blocked('file:///etc/passwd'));
    }

    public function test_without_a_destination_statements_stay(): void {
        destinations::remove($this->destination);
        $ids = $this->write(1);
        $this->assertStringContainsString('No LRS', $this->run_task());
        $this->assertSame($ids, $this->in_state('pending'));
        $this->assertSame(result::NA, (new delivery_check())->get_result()->get_status());
        $this->assertStringContainsString('stay in Moodle', (new outbox_status())->text());
    }

    public function test_the_state_of_sending_is_told_in_words(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        $this->assertSame('Everything has been sent.', (new outbox_status())->text());
        foreach (range(1, 3) as $unused) {
            $this->make_statement($this->attempt, ['timecreated' => 1800000000]);
        }
        $clock->bump(605);
        $this->assertSame(
            '3 results have been waiting to be sent for 10 mins. They leave at the next run of the site’s tasks.',
            (new outbox_status())->text(),
        );
        $next = destinations::failed($this->destination, 'away', null, fn() => 0.5);
        $time = userdate($next, get_string('strftimetime', 'langconfig'));
        $this->assertStringEndsWith("Next try at $time.", (new outbox_status((int) $this->attempt->palierid))->text());
        $clock->bump(7 * HOURSECS);
        $this->assertSame(result::WARNING, (new delivery_check())->get_result()->get_status());
    }
}
