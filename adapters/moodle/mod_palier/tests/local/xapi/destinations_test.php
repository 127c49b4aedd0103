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

use mod_palier\event\destination_changed;
use mod_palier\form\destination_form;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\sharing;
use mod_palier\output\destination_page;
use mod_palier\output\destinations_page;
use mod_palier\task\deliver_statements;
use mod_palier\tests\lrs_stub;
use mod_palier\tests\makes_records;
use moodle_url;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');

/**
 * Several destinations, each with its filter, its names, its version and its own queue.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\xapi\destinations
 * @covers     \mod_palier\local\xapi\destination_words
 * @covers     \mod_palier\local\xapi\distribution
 * @covers     \mod_palier\local\xapi\recipients
 * @covers     \mod_palier\local\xapi\outgoing
 * @covers     \mod_palier\local\xapi\queue
 * @covers     \mod_palier\local\xapi\dry_run
 * @covers     \mod_palier\local\xapi\connection
 * @covers     \mod_palier\local\xapi\trial
 * @covers     \mod_palier\local\xapi\secret
 * @covers     \mod_palier\local\xapi\one_destination
 * @covers     \mod_palier\form\destination_form
 * @covers     \mod_palier\output\destination_page
 * @covers     \mod_palier\output\destinations_page
 * @covers     \mod_palier\event\destination_changed
 */
final class destinations_test extends \advanced_testcase {
    use makes_records;

    /** @var string[] What an attempt says. */
    private const SESSION = ['initialized', 'answered', 'scored', 'passed', 'completed', 'terminated'];

    /** @var lrs_stub[] Stores. */
    private array $stores = [];

    /** @var stdClass The course. */
    private stdClass $course;

    /** @var stdClass The learner. */
    private stdClass $learner;

    /** @var stdClass An attempt of the learner. */
    private stdClass $attempt;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->setAdminUser();
        $this->course = $this->getDataGenerator()->create_course();
        $this->learner = $this->getDataGenerator()->create_and_enrol($this->course, 'student', [
            'email' => 'amina@example.org',
            'idnumber' => 'A12',
        ]);
        $this->attempt = $this->make_attempt($this->make_activity($this->course), (int) $this->learner->id);
    }

    #[\Override]
    protected function tearDown(): void {
        foreach ($this->stores as $store) {
            $store->stop();
        }
        parent::tearDown();
    }

    /**
     * A store that runs, and its destination.
     *
     * @param array $over columns of palier_destination
     * @return array store and id
     */
    private function store(array $over = []): array {
        $store = new lrs_stub();
        $store->start();
        $this->stores[] = $store;
        return [$store, $this->make_destination($store->endpoint(), $over)];
    }

    /**
     * Writes the statements of a session, as the outbox does.
     *
     * @param stdClass|null $attempt
     * @return string[] verb to id
     */
    private function write(?stdClass $attempt = null): array {
        $ids = [];
        foreach (self::SESSION as $verb) {
            $ids[$verb] = $this->make_statement($attempt ?? $this->attempt, ['verb' => $verb])->uuid;
        }
        return $ids;
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
     * States of statements, of those that were written.
     *
     * @return string[] id to state
     */
    private function states(): array {
        global $DB;
        return $DB->get_records_menu('palier_statement', null, 'id', 'uuid, state');
    }

    public function test_each_destination_gets_what_it_wants_in_order(): void {
        [$all] = $this->store();
        [$results] = $this->store(['wanted' => 'results']);
        [$verbs] = $this->store(['wanted' => 'verbs', 'verbs' => 'answered,terminated']);
        $ids = $this->write();
        $this->run_task();
        $this->assertSame(array_values($ids), $all->stored());
        $this->assertSame([$ids['scored'], $ids['passed']], $results->stored());
        $this->assertSame([$ids['answered'], $ids['terminated']], $verbs->stored());
        $this->assertSame(['sent'], array_values(array_unique($this->states())));
    }

    public function test_what_no_destination_wants_stays_in_moodle(): void {
        [$results] = $this->store(['wanted' => 'results']);
        $ids = $this->write();
        $this->run_task();
        $this->assertSame([$ids['scored'], $ids['passed']], $results->stored());
        $this->assertSame('kept', $this->states()[$ids['answered']]);
        $this->assertSame('Everything has been sent.', (new outbox_status())->text());
    }

    public function test_categories_and_courses_are_those_chosen_and_all_below(): void {
        $generator = $this->getDataGenerator();
        $above = $generator->create_category();
        $below = $generator->create_category(['parent' => $above->id]);
        $inside = $generator->create_course(['category' => $below->id]);
        $chosen = $generator->create_course();
        [$store] = $this->store(['categories' => (string) $above->id, 'courses' => (string) $chosen->id]);
        $this->write();
        $wanted = [];
        foreach ([$inside, $chosen] as $course) {
            $learner = $generator->create_and_enrol($course);
            $attempt = $this->make_attempt($this->make_activity($course), (int) $learner->id);
            array_push($wanted, ...array_values($this->write($attempt)));
        }
        $this->run_task();
        $this->assertSame($wanted, $store->stored());
    }

    public function test_each_destination_names_learners_as_it_may_and_speaks_its_version(): void {
        global $CFG;
        [$opaque] = $this->store();
        [$email] = $this->store(['actorpolicy' => actor::EMAIL, 'version' => '2.0.0']);
        [$idnumber] = $this->store(['actorpolicy' => actor::IDNUMBER]);
        $row = $this->make_statement($this->attempt);
        global $DB;
        $statement = json_decode($row->statement, true);
        $statement['actor'] = actor::opaque((int) $this->learner->id);
        $statement['version'] = '1.0.3';
        $statement['result'] = ['score' => ['scaled' => 1.0]];
        $DB->set_field('palier_statement', 'statement', outbox::encode($statement), ['id' => $row->id]);
        $this->run_task();
        $this->assertEquals($statement, $opaque->statement($row->uuid));
        $named = $email->statement($row->uuid);
        $this->assertSame('mailto:amina@example.org', $named['actor']['mbox']);
        $this->assertSame('2.0.0', $named['version']);
        $this->assertSame('2.0.0', $email->requests()[0]['version']);
        $this->assertSame(['homePage' => $CFG->wwwroot, 'name' => 'A12'], $idnumber->statement($row->uuid)['actor']['account']);
        foreach ([$email, $idnumber] as $store) {
            $this->assertEquals($statement['result'], $store->statement($row->uuid)['result']);
        }
        // What is stored names nobody.
        $this->assertStringNotContainsString('amina', $DB->get_field('palier_statement', 'statement', ['id' => $row->id]));
    }

    public function test_one_that_is_away_or_refuses_keeps_nothing_from_the_others(): void {
        [$away, $awayid] = $this->store();
        $away->stop();
        [$refusing, $refusingid] = $this->store();
        $refusing->tell('plan', [['status' => 401, 'body' => 'no']]);
        [$well] = $this->store();
        $ids = $this->write();
        $this->run_task();
        $this->assertSame(array_values($ids), $well->stored());
        $this->assertSame(1, destinations::get($awayid)->failures);
        $this->assertSame(destination::KEY, destinations::get($refusingid)->paused);
        $this->assertSame(['queued'], array_values(array_unique($this->states())));
        $this->assertStringContainsString('another destination is paused', (new outbox_status())->text());
        $this->assertTrue((new outbox_status())->needs_attention());
        $away->start();
        destinations::resume($awayid);
        destinations::resume($refusingid);
        $this->run_task();
        $this->assertSame(array_values($ids), $away->stored());
        $this->assertSame(array_values($ids), $refusing->stored());
        $this->assertSame(['sent'], array_values(array_unique($this->states())));
    }

    public function test_a_new_destination_gets_what_is_there_or_what_comes(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        [$first] = $this->store();
        $old = $this->make_statement($this->attempt, ['timecreated' => 1700000000])->uuid;
        $this->run_task();
        [$everything] = $this->store();
        [$fromnow] = $this->store(['since' => 1800000000]);
        $new = $this->make_statement($this->attempt, ['timecreated' => 1800000001])->uuid;
        $this->run_task();
        $this->assertSame([$old, $new], $first->stored());
        $this->assertSame([$old, $new], $everything->stored());
        $this->assertSame([$new], $fromnow->stored());
        $this->assertNull(destinations::get(array_key_last(destinations::all()))->backfill);
        $this->assertSame($clock->time(), 1800000000);
    }

    public function test_while_older_statements_are_looked_at_newer_ones_wait(): void {
        global $DB;
        [, $id] = $this->store();
        $rows = array_map(fn() => $this->make_statement($this->attempt), range(1, 3));
        distribution::run(time() + 60);
        $DB->set_field('palier_destination', 'backfill', $rows[1]->id, ['id' => $id]);
        $waiting = array_column(delivery::waiting(destinations::get($id), 50), 'uuid');
        $this->assertSame([$rows[0]->uuid, $rows[1]->uuid], $waiting);
    }

    public function test_a_narrower_filter_holds_for_what_waits(): void {
        [$store, $id] = $this->store();
        $store->stop();
        $ids = $this->write();
        $this->run_task();
        $given = ['name' => 'The store', 'endpoint' => $store->endpoint(), 'lrskey' => 'moodle', 'wanted' => 'results'];
        destinations::save((object) $given, $id);
        $store->start();
        $this->run_task();
        $this->assertSame([$ids['scored'], $ids['passed']], $store->stored());
        // And a wider one for what was left out.
        destinations::save((object) (['wanted' => 'all'] + $given), $id);
        $this->run_task();
        $this->assertEqualsCanonicalizing(array_values($ids), $store->stored());
    }

    /**
     * Writes a correction: the result anew, and the former one taken back.
     *
     * @param string $former id of the former result
     * @return string[] ids
     */
    private function correct(string $former): array {
        global $DB;
        $new = $this->make_statement($this->attempt, ['verb' => 'scored', 'eventseq' => 90]);
        $voided = $this->make_statement($this->attempt, ['verb' => 'voided', 'eventseq' => 90]);
        $reference = ['objectType' => 'StatementRef', 'id' => $former];
        foreach ([[$new, ['context' => ['statement' => $reference]]], [$voided, ['object' => $reference]]] as [$row, $more]) {
            $statement = outbox::encode($more + json_decode($row->statement, true));
            $DB->set_field('palier_statement', 'statement', $statement, ['id' => $row->id]);
        }
        return [$new->uuid, $voided->uuid];
    }

    public function test_a_correction_goes_wherever_the_former_result_is(): void {
        [$all] = $this->store();
        [$results] = $this->store(['wanted' => 'results']);
        [$answers, $answersid] = $this->store();
        [$never] = $this->store(['wanted' => 'verbs', 'verbs' => 'answered']);
        $ids = $this->write();
        $this->run_task();
        // Since then it wants answers only; it has the result all the same.
        $given = ['name' => 'The store', 'endpoint' => $answers->endpoint(), 'lrskey' => 'moodle', 'wanted' => 'verbs'];
        destinations::save((object) ($given + ['verbs' => 'answered']), $answersid);
        $correction = $this->correct($ids['scored']);
        $this->run_task();
        foreach ([$all, $results, $answers] as $store) {
            $this->assertSame($correction, array_slice($store->stored(), -2));
        }
        $this->assertSame([$ids['answered']], $never->stored());
    }

    public function test_a_correction_of_what_still_waits_comes_after_it(): void {
        [$results] = $this->store(['wanted' => 'results']);
        $ids = $this->write();
        $correction = $this->correct($ids['scored']);
        $this->run_task();
        $this->assertSame([$ids['scored'], $ids['passed'], ...$correction], $results->stored());
    }

    public function test_a_result_that_nobody_has_is_taken_back_nowhere(): void {
        [$answers, $id] = $this->store(['wanted' => 'verbs', 'verbs' => 'answered']);
        $ids = $this->write();
        $this->run_task();
        $given = ['name' => 'The store', 'endpoint' => $answers->endpoint(), 'lrskey' => 'moodle', 'wanted' => 'results'];
        destinations::save((object) ($given + ['since' => time() + 60]), $id);
        $this->correct($ids['scored']);
        $this->run_task();
        $this->assertSame([$ids['answered']], $answers->stored());
    }

    public function test_a_withdrawn_sharing_stops_what_has_not_left_and_sharing_again_lets_it_go(): void {
        global $DB;
        [$first] = $this->store();
        [$second, $secondid] = $this->store();
        $second->stop();
        $ids = $this->write();
        $this->run_task();
        $attempt = attempt_repository::load((int) $this->attempt->id);
        outbox::hold($attempt);
        $this->assertTrue(outbox::was_sent($attempt));
        $second->start();
        destinations::resume($secondid);
        $late = $this->make_statement($this->attempt, ['verb' => 'resumed', 'state' => 'held']);
        $this->run_task();
        $this->assertSame([], $second->stored());
        $this->assertSame(array_values($ids), $first->stored());
        outbox::release($attempt);
        $this->run_task();
        $this->assertSame([...array_values($ids), $late->uuid], $second->stored());
        $this->assertSame(0, $DB->count_records('palier_delivery', ['state' => 'held']));
        $this->assertSame(['sent'], array_values(array_unique($this->states())));
    }

    public function test_pause_resume_and_removal(): void {
        global $DB;
        [$store, $id] = $this->store();
        $ids = $this->write();
        destinations::suspend($id);
        $this->assertStringContainsString('paused', $this->run_task());
        $this->assertSame([], $store->stored());
        $this->assertStringContainsString('An administrator paused it.', $this->html(new destinations_page($this->page())));
        destinations::resume($id);
        $this->run_task();
        $this->assertSame(array_values($ids), $store->stored());
        $more = $this->write($this->make_attempt($this->make_activity($this->course), (int) $this->learner->id));
        distribution::run(time() + 60);
        destinations::remove($id);
        $this->assertFalse(destinations::any());
        $row = $DB->get_record('palier_destination', ['id' => $id]);
        $this->assertSame(['', ''], [$row->lrskey, $row->secret]);
        // Who has the statements stays known; what had not left will not leave.
        $scored = $DB->get_field('palier_statement', 'id', ['uuid' => $ids['scored']]);
        $this->assertStringContainsString($store->endpoint(), deliveries::holders((int) $this->attempt->id)[$scored][0]);
        $this->assertSame('kept', $this->states()[$more['scored']]);
        $this->assertStringContainsString('has 6 statements', $this->html(new destinations_page($this->page())));
    }

    /**
     * The address of the page.
     *
     * @return moodle_url
     */
    private function page(): moodle_url {
        global $PAGE;
        $url = new moodle_url('/mod/palier/destinations.php');
        $PAGE->set_url($url);
        return $url;
    }

    /**
     * A page as text.
     *
     * @param \core\output\renderable $page
     * @return string
     */
    private function html(\core\output\renderable $page): string {
        global $PAGE;
        return html_entity_decode($PAGE->get_renderer('core')->render($page));
    }

    public function test_the_page_says_what_waits_why_since_when_and_what_was_refused(): void {
        $clock = $this->mock_clock_with_frozen(1800000000);
        [$store, $id] = $this->store(['name' => 'Region']);
        $one = $this->make_statement($this->attempt, ['verb' => 'scored', 'timecreated' => 1800000000])->uuid;
        $store->tell('refused', [$one]);
        $this->run_task();
        $store->stop();
        $this->make_statement($this->attempt, ['timecreated' => 1800000000]);
        $this->run_task();
        $clock->bump(610);
        $html = $this->html(new destination_page(destinations::get($id), $this->page(), null, true));
        $this->assertStringContainsString('1 statement has been waiting for 10 mins.', $html);
        $this->assertStringContainsString('Tries without success: 1.', $html);
        $this->assertStringContainsString('Its words: Failed to connect', $html);
        $this->assertStringContainsString('HTTP 400 statement refused: result.score.scaled must be at most 1', $html);
        $this->assertStringContainsString($one, $html);
        $this->assertStringContainsString("must be able to reach 127.0.0.1, port {$store->port} (TCP)", $html);
        // The dry run shows what would be sent, and sends nothing.
        $this->assertStringContainsString('What would be sent', $html);
        $this->assertStringContainsString('"https://example.org/question/1"', $html);
        $this->assertStringNotContainsString('open sesame', $html);
        $this->assertStringNotContainsString(fullname($this->learner), $html);
    }

    public function test_a_dry_run_knows_what_was_not_given_out_yet(): void {
        [, $id] = $this->store(['wanted' => 'results', 'actorpolicy' => actor::EMAIL]);
        $this->write();
        $run = new dry_run(destinations::get($id));
        $this->assertSame(['scored' => 1, 'passed' => 1], $run->verbs);
        $this->assertStringContainsString('mailto:amina@example.org', $run->statements[0]);
        $this->run_task();
        $this->assertSame([], (new dry_run(destinations::get($id)))->verbs);
    }

    public function test_a_try_says_what_came_of_it_and_what_the_network_must_let_through(): void {
        global $CFG, $USER;
        [$store, $id] = $this->store();
        $this->assertTrue(trial::of(destinations::get($id), $USER)['ok']);
        $said = fn(): string => implode(' ', trial::of(destinations::get($id), $USER)['found']);
        $store->tell('plan', [['status' => 401], ['status' => 404], ['status' => 302], ['status' => 200, 'body' => 'Hello']]);
        $this->assertStringContainsString('refuses the key', $said());
        $this->assertStringContainsString('Check its path', $said());
        $this->assertStringContainsString('leads elsewhere', $said());
        $this->assertStringContainsString('did not list', $said());
        $store->tell('like', ['versions' => ['2.0.0']]);
        $this->assertStringContainsString('does not speak this version', $said());
        $store->stop();
        $this->assertStringContainsString('Nothing listens there', $said());

        $destination = fn(string $endpoint) => new destination(0, 'x', $endpoint, 'k', 's');
        $needs = fn(string $endpoint): string => implode(' ', (new connection($destination($endpoint)))->needs());
        set_config('curlsecurityblockedhosts', '127.0.0.1');
        $this->assertStringContainsString('nothing has to be changed', $needs('http://127.0.0.1:8080/xapi'));
        $this->assertStringContainsString('in the open', $needs('http://127.0.0.1:8080/xapi'));
        $this->assertStringContainsString('127.0.0.1, port 443', $needs('https://127.0.0.1/xapi'));
        $CFG->proxyhost = 'proxy.example.org';
        $CFG->proxyport = 3128;
        $this->assertStringContainsString('proxy proxy.example.org:3128 must let', $needs('https://lrs.example.org/xapi'));
    }

    public function test_a_secret_is_encrypted_and_given_back_to_nobody(): void {
        global $DB;
        $id = $this->make_destination('https://lrs.example.org/xapi');
        $this->assertSame('open sesame', destinations::get($id)->secret);
        $this->assertStringNotContainsString('open sesame', json_encode($DB->get_record('palier_destination', ['id' => $id])));
        $form = new destination_form($this->page(), ['destination' => destinations::get($id), 'first' => false]);
        $this->assertStringNotContainsString('open sesame', $form->render());
        // An empty field keeps it.
        destinations::save((object) ['name' => 'n', 'endpoint' => 'https://lrs.example.org/xapi', 'lrskey' => 'moodle'], $id);
        $this->assertSame('open sesame', destinations::get($id)->secret);
        // Another server's key does not read it: the destination pauses, and says so.
        $DB->set_field('palier_destination', 'secret', 'sodium:nonsense', ['id' => $id]);
        $this->make_statement($this->attempt);
        $this->run_task();
        $this->assertSame(destination::SECRET, destinations::get($id)->paused);
        $this->assertDebuggingNotCalled();
    }

    /**
     * What is wrong in a form, by field.
     *
     * @return array
     */
    public static function wrong(): array {
        return [
            'no address' => [['endpoint' => 'lrs.example.org'], 'endpoint'],
            'another scheme' => [['endpoint' => 'file:///etc/passwd'], 'endpoint'],
            'a password in it' => [['endpoint' => 'https://me:you@lrs.example.org/xapi'], 'endpoint'],
            'a query' => [['endpoint' => 'https://lrs.example.org/xapi?a=b'], 'endpoint'],
            'a key with a colon' => [['lrskey' => 'a:b'], 'lrskey'],
            'no verbs' => [['wanted' => 'verbs', 'verbs' => []], 'verbs'],
            'another address, the old secret' => [['endpoint' => 'https://elsewhere.example.org/xapi', 'secret' => ''], 'secret'],
        ];
    }

    /**
     * A form says what is wrong with it.
     *
     * @dataProvider wrong
     * @param array $over
     * @param string $field
     */
    public function test_a_form_says_what_is_wrong(array $over, string $field): void {
        $id = $this->make_destination('https://lrs.example.org/xapi');
        $form = new destination_form($this->page(), ['destination' => destinations::get($id), 'first' => false]);
        $good = ['endpoint' => 'https://lrs.example.org/xapi', 'lrskey' => 'k', 'secret' => 's', 'wanted' => 'all', 'verbs' => []];
        $this->assertSame([], $form->validation($good, []));
        $this->assertSame([$field], array_keys($form->validation($over + $good, [])));
    }

    public function test_what_administrators_do_is_logged_without_secrets(): void {
        $id = $this->make_destination('https://lrs.example.org/xapi');
        $sink = $this->redirectEvents();
        destination_changed::note($id, 'changed', 'The store');
        [$event] = $sink->get_events();
        $this->assertSame(\context_system::instance()->id, $event->contextid);
        $this->assertStringContainsString("'The store') was changed", $event->get_description());
        $this->assertStringNotContainsString('sesame', json_encode($event->get_data()));
    }

    public function test_the_destination_of_the_settings_becomes_the_first(): void {
        global $DB;
        // As version 2026112841 had them.
        set_config('lrsendpoint', 'https://lrs.example.org/xapi/', 'mod_palier');
        set_config('lrskey', 'site', 'mod_palier');
        set_config('lrssecret', 'open sesame', 'mod_palier');
        set_config('lrsversion', '2.0.0', 'mod_palier');
        set_config('actorpolicy', 'username', 'mod_palier');
        set_config('lrspaused', 'HTTP 401 no', 'mod_palier');
        set_config('lrslasterror', 'HTTP 401 no', 'mod_palier');
        $manager = $DB->get_manager();
        $table = new \xmldb_table('palier_statement');
        foreach (['tries', 'nexttry'] as $name) {
            $manager->add_field($table, new \xmldb_field($name, XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, null, '0'));
        }
        $DB->get_columns('palier_statement', false);
        try {
            $write = fn(string $state, array $over = []) => $this->make_statement($this->attempt, ['state' => $state] + $over)->id;
            $sent = $write('sent', ['timesent' => 1700000000]);
            $waiting = $write('pending', ['error' => 'HTTP 503 later', 'tries' => 3]);
            $refused = $write('parked', ['error' => 'HTTP 400 bad', 'tries' => 1]);
            $copy = $write('parked', ['error' => get_string('outbox_copy', 'mod_palier')]);
            $held = $write('held', ['error' => 'Timeout']);
            $heldcopy = $write('held', ['error' => get_string('outbox_copy', 'mod_palier')]);
            one_destination::move();
            one_destination::move();
        } finally {
            foreach (['tries', 'nexttry'] as $name) {
                $manager->drop_field($table, new \xmldb_field($name));
            }
        }
        $all = destinations::all();
        $this->assertCount(1, $all);
        $first = reset($all);
        $this->assertSame(
            ['lrs.example.org', 'https://lrs.example.org/xapi', 'site', 'open sesame', '2.0.0', 'username', 'all', 'key'],
            [$first->name, $first->endpoint, $first->key, $first->secret, $first->version, $first->actorpolicy, $first->wanted,
                $first->paused],
        );
        $this->assertSame('HTTP 401 no', $first->lasterror);
        $this->assertFalse(get_config('mod_palier', 'lrssecret'));
        $deliveries = $DB->get_records('palier_delivery', null, 'statementid', 'statementid, state, tries, error, timesent');
        $this->assertEquals([$sent, $waiting, $refused], array_keys($deliveries));
        $this->assertSame(['sent', 'pending', 'parked'], array_column($deliveries, 'state'));
        $this->assertEquals([1700000000, 3, 'HTTP 400 bad'], [
            $deliveries[$sent]->timesent, $deliveries[$waiting]->tries, $deliveries[$refused]->error,
        ]);
        $rows = $DB->get_records('palier_statement', null, 'id', 'id, state, error');
        $this->assertSame(['sent', 'queued', 'parked', 'parked', 'held', 'held'], array_column($rows, 'state'));
        $copies = array_keys(array_filter($rows, fn($row) => $row->error !== null));
        $this->assertEquals([$copy, $heldcopy], $copies);
        $this->assertNull($rows[$held]->error);
        $this->assertNull($first->backfill);
    }
}
