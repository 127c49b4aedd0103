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

namespace mod_palier\local\contest;

use mod_palier\event\attempt_corrected;
use mod_palier\event\contest_decided;
use mod_palier\event\contest_opened;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\outcome;
use mod_palier\local\attempt\step;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use mod_palier\output\contest_page;
use mod_palier\output\contest_panel;
use mod_palier\output\contests_page;
use mod_palier\tests\learner_testcase;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/lib.php');
require_once($CFG->dirroot . '/mod/palier/tests/classes/learner_testcase.php');

/**
 * What a learner reports or contests reaches a person, who decides; the result follows.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\contest\contest_actions
 * @covers     \mod_palier\local\contest\contest_log
 * @covers     \mod_palier\local\contest\contest_access
 * @covers     \mod_palier\local\contest\contest_repository
 * @covers     \mod_palier\local\contest\contest_messages
 * @covers     \mod_palier\local\attempt\correction
 * @covers     \mod_palier\output\contest_page
 * @covers     \mod_palier\task\drop_question
 */
final class contest_test extends learner_testcase {
    /** @var stdClass Who decides. */
    private stdClass $teacher;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher');
        $this->preventResetByRollback();
    }

    /**
     * An attempt of six questions, right and wrong in turn, that is over.
     *
     * @param array $record of the activity
     * @return attempt
     */
    private function finished(array $record = []): attempt {
        $this->make_test(12, $record);
        $attempt = $this->start();
        for ($i = 0; $i < 6; $i++) {
            $this->answer($attempt, $i % 2 === 0);
        }
        $attempt = attempt_repository::load($attempt->id);
        if ($attempt->is_open()) {
            step::post($attempt->id, 'stop');
        }
        return attempt_repository::load($attempt->id);
    }

    public function test_a_report_reaches_a_person_and_keeps_what_was_typed(): void {
        $this->make_test(12, [], ['shortanswer']);
        $attempt = $this->start();
        $sink = $this->redirectMessages();
        $events = $this->redirectEvents();
        $fields = $this->fields($attempt, 'fro') + ['palier_comment' => '<script>alert(1)</script> Deux réponses sont justes.'];
        $this->assertSame(outcome::FLAGGED, step::post($attempt->id, 'flag', 1, $fields)->outcome);

        $messages = $sink->get_messages();
        $this->assertCount(1, $messages);
        $this->assertSame($this->teacher->id, $messages[0]->useridto);
        $this->assertSame('contest', $messages[0]->eventtype);
        $this->assertStringContainsString(fullname($this->learner), $messages[0]->subject);
        $this->assertStringContainsString('Deux réponses sont justes.', $messages[0]->fullmessage);
        $this->assertStringNotContainsString('<script>', $messages[0]->fullmessagehtml);
        $opened = array_filter($events->get_events(), fn($event) => $event instanceof contest_opened);
        $this->assertCount(1, $opened);

        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame('fro', $attempt->quba()->get_question_attempt(1)->get_last_qt_var('answer'));
        $this->assertSame(1, $attempt->slot);
        $contest = contest_repository::find($attempt->id, contest::QUESTION, 1);
        $this->assertSame($this->event($attempt, 'asked')['item'], $contest->item);
        $this->assertTrue($contest->is_open());

        // Pressed again it is one report, with one more message; nothing is taken back by it.
        step::post($attempt->id, 'flag', 1, ['palier_comment' => 'Et encore.']);
        step::post($attempt->id, 'flag', 1);
        $this->assertCount(1, contest_repository::of_attempt($attempt->id));
        $this->assertCount(2, contest_repository::messages($contest->id));

        $this->setUser($this->teacher);
        $html = $this->page(new contest_page($attempt, $contest, contest::QUESTION, 1));
        $this->assertStringContainsString('&lt;script&gt;', $html);
        $this->assertStringNotContainsString('<script>alert', $html);
        $html = $this->page(new contests_page($attempt->cm(), false, 0));
        $this->assertStringContainsString(\mod_palier\local\counted::text('contest_reporters', 1), $html);
        $this->assertStringContainsString('Et encore.', $html);
        $this->assertStringContainsString(fullname($this->learner), $html);
    }

    public function test_the_list_tells_answers_in_words(): void {
        $this->make_test(4, [], ['ordering']);
        $attempt = $this->start();
        $this->answer($attempt);
        step::post($attempt->id, 'unknown', 2);
        foreach ([1, 2] as $slot) {
            contest_actions::open(attempt_repository::load($attempt->id), contest::QUESTION, $slot, 'Fausse.');
        }
        $this->setUser($this->teacher);
        $html = $this->page(new contests_page($attempt->cm(), false, 0));
        $this->assertStringContainsString('1. Modular; 2. Object; 3. Oriented', $html);
        $this->assertStringContainsString(get_string('idontknow', 'mod_palier'), $html);
        $this->assertStringNotContainsString(get_string('contest_noanswer', 'mod_palier'), $html);
    }

    public function test_who_offers_a_test_that_has_closed_reads_what_is_missing(): void {
        global $DB;
        $attempt = $this->finished();
        $contest = contest_actions::open($attempt, contest::RESULT, 0, 'Non.');
        $this->setUser($this->teacher);
        $shown = fn() => $this->page(new contest_page(attempt_repository::load($attempt->id), $contest, contest::RESULT, 0));
        $missing = get_string('contest_decide_retest_closed', 'mod_palier');
        $this->assertStringNotContainsString($missing, $shown());
        $DB->set_field('palier', 'timeclose', time() - DAYSECS, ['id' => $this->palier->id]);
        $this->assertStringContainsString($missing, $shown());
        $DB->insert_record('palier_override', (object) ['palierid' => $this->palier->id, 'userid' => $this->learner->id,
            'timeclose' => time() + DAYSECS, 'usermodified' => $this->teacher->id, 'timemodified' => time()]);
        $this->assertStringNotContainsString($missing, $shown());
    }

    public function test_a_report_is_taken_back_until_somebody_answers(): void {
        $this->make_test();
        $attempt = $this->start();
        step::post($attempt->id, 'flag', 1);
        $this->assertSame(outcome::UNFLAGGED, step::post($attempt->id, 'unflag', 1)->outcome);
        $this->assertSame([], contest_repository::of_attempt($attempt->id));
        step::post($attempt->id, 'flag', 1);
        $contest = contest_repository::find($attempt->id, contest::QUESTION, 1);
        contest_actions::reply($contest, $this->teacher->id, 'Merci, je regarde.');
        $this->assertSame(outcome::ANSWERED, step::post($attempt->id, 'unflag', 1)->outcome);
        $this->assertNotNull(contest_repository::find($attempt->id, contest::QUESTION, 1));
    }

    public function test_a_long_comment_is_refused_and_the_answer_is_kept(): void {
        $this->make_test(12, [], ['shortanswer']);
        $attempt = $this->start();
        $fields = $this->fields($attempt, 'fro') + ['palier_comment' => str_repeat('é', 524288)];
        $this->assertSame(outcome::TOOLONG, step::post($attempt->id, 'flag', 1, $fields)->outcome);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame('fro', $attempt->quba()->get_question_attempt(1)->get_last_qt_var('answer'));
        $this->assertSame([], contest_repository::of_attempt($attempt->id));
        $exact = str_repeat('é', contest::MAX_LENGTH);
        contest_actions::open($attempt, contest::QUESTION, 1, $exact . "\n");
        $contest = contest_repository::find($attempt->id, contest::QUESTION, 1);
        $this->assertSame($exact, contest_repository::messages($contest->id)[0]->message);
        $this->expectException(\moodle_exception::class);
        contest_actions::reply($contest, $this->learner->id, $exact . 'e');
    }

    public function test_nobody_reads_or_writes_in_the_thread_of_another(): void {
        $attempt = $this->finished();
        $this->assertTrue(contest_access::may_contest($attempt));
        $this->assertFalse(contest_access::may_decide($attempt));
        $other = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
        $this->setUser($other);
        $this->assertFalse(contest_access::may_contest($attempt));
        $this->assertFalse(contest_access::may_read($attempt));
        $this->setUser($this->teacher);
        $this->assertTrue(contest_access::may_decide($attempt));
        $this->assertFalse(contest_access::may_contest($attempt));
        $this->setGuestUser();
        $this->assertFalse(contest_access::may_read($attempt));
    }

    public function test_separate_groups_keep_threads_and_messages_apart(): void {
        global $DB;
        $attempt = $this->finished();
        $this->setAdminUser();
        $generator = $this->getDataGenerator();
        set_coursemodule_groupmode($attempt->cm()->id, SEPARATEGROUPS);
        rebuild_course_cache($this->course->id, true);
        $near = $generator->create_and_enrol($this->course, 'teacher');
        $far = $generator->create_and_enrol($this->course, 'teacher');
        $here = $generator->create_group(['courseid' => $this->course->id]);
        $there = $generator->create_group(['courseid' => $this->course->id]);
        foreach ([[$here, $this->learner], [$here, $near], [$there, $far]] as [$group, $member]) {
            $generator->create_group_member(['groupid' => $group->id, 'userid' => $member->id]);
        }
        $attempt = attempt_repository::load($attempt->id);
        $deciders = array_keys(contest_access::deciders($attempt));
        $this->assertEqualsCanonicalizing([$this->teacher->id, $near->id], $deciders);
        $this->setUser($this->learner);
        $contest = contest_actions::open($attempt, contest::RESULT, 0, 'Non.');
        $this->setUser($far);
        $this->assertFalse(contest_access::may_decide($attempt));
        $this->assertSame(0, contest_repository::visible($attempt->context(), (int) $this->palier->id, true, 0)[1]);
        $this->setUser($near);
        [$rows, $count] = contest_repository::visible($attempt->context(), (int) $this->palier->id, true, 0);
        $this->assertSame(1, $count);
        $this->assertEquals($contest->id, $rows[0]->id);
    }

    public function test_dropping_a_question_makes_the_result_that_a_test_without_it_has(): void {
        global $DB;
        $attempt = $this->finished(['grade' => 100]);
        $before = $attempt->log()->events();
        $ended = $attempt->timefinish;
        $contest = contest_actions::open($attempt, contest::QUESTION, 2, 'La réponse est fausse.');
        $sink = $this->redirectMessages();
        $events = $this->redirectEvents();
        $this->setUser($this->teacher);
        $contest = contest_actions::decide($contest, $this->teacher->id, contest::DROPPED, 'Vous avez raison.');
        $this->assertSame(contest::DROPPED, $contest->status);

        // The log of the same answers without that question, read by the engine.
        $without = array_filter($before, fn($event) => (json_text::decode($event->data)['item'] ?? '') !== $contest->item);
        $log = json_text::decode($attempt->log()->json());
        $text = json_text::object([
            'palier_log' => '1',
            'engine' => json_text::encode($log['engine']),
            'bank' => json_text::encode($log['bank']),
            'plan' => json_text::encode($log['plan']),
            'seed' => (string) $attempt->seed,
            'events' => json_text::list(array_column($without, 'data')),
        ]);
        $expected = engine_factory::get()->replay($attempt->bank(), $attempt->plan_json(), $text);
        $after = attempt_repository::load($attempt->id);
        $this->assertSame($expected['theta'], $after->known()['theta']);
        $this->assertSame($expected['se'], $after->known()['se']);
        $this->assertSame($expected['level']['number'], $after->level);
        $this->assertSame($expected['n'], $after->known()['n']);

        // The log has one event more, and each earlier one as it was; the test ended when it did.
        $events2 = $after->log()->events();
        $this->assertCount(count($before) + 1, $events2);
        $this->assertEquals($before, array_slice($events2, 0, count($before)));
        $this->assertSame('dropped', end($events2)->type);
        $this->assertSame('appeal', json_text::decode(end($events2)->data)['reason']);
        $this->assertSame($ended, $after->timefinish);
        $this->assertSame(attempt::FINISHED, $after->state);

        // Both results, dated; the learner is told why.
        $former = contest_repository::former($attempt->id);
        $this->assertCount(1, $former);
        $this->assertSame($attempt->result, $former[0]->result);
        $this->assertEquals($ended, $former[0]->timecreated);
        $this->assertSame('Vous avez raison.', $former[0]->reason);
        $message = $sink->get_messages()[0];
        $this->assertSame($this->learner->id, $message->useridto);
        $this->assertSame('contestanswer', $message->eventtype);
        $this->setUser($this->learner);
        $panel = $this->page(new contest_panel($after));
        $this->assertStringContainsString('Vous avez raison.', $panel);
        $this->assertStringContainsString(get_string('contest_status_dropped', 'mod_palier'), $panel);
        $kinds = array_map('get_class', $events->get_events());
        $this->assertContains(contest_decided::class, $kinds);
        $this->assertContains(attempt_corrected::class, $kinds);

        // Grade and statements follow.
        $grades = grade_get_grades($this->course->id, 'mod', 'palier', $this->palier->id, $this->learner->id);
        $grade = reset($grades->items[0]->grades)->grade;
        $this->assertEqualsWithDelta($after->known()['score']['value'], $grade, 0.00001);
        $verbs = array_count_values($DB->get_fieldset_select('palier_statement', 'verb', 'attemptid = ?', [$attempt->id]));
        $this->assertSame(2, $verbs['scored']);
        $this->assertSame(1, $verbs['voided']);
        $scored = $DB->get_records('palier_statement', ['attemptid' => $attempt->id, 'verb' => 'scored'], 'eventseq');
        $voided = json_decode($DB->get_field('palier_statement', 'statement', ['attemptid' => $attempt->id, 'verb' => 'voided']));
        $this->assertSame(reset($scored)->uuid, $voided->object->id);

        // Once is enough.
        $this->assertNull($DB->get_field('palier_attempt', 'due', ['id' => $attempt->id]));
        $this->expectException(\moodle_exception::class);
        contest_actions::decide($contest, $this->teacher->id, contest::DROPPED, 'Encore.');
    }

    public function test_a_question_is_dropped_for_everybody_who_was_asked_it(): void {
        global $DB;
        $attempt = $this->finished();
        $item = $this->event($attempt, 'asked')['item'];
        $slot = (int) $DB->get_field_sql(
            "SELECT slot FROM {palier_event} WHERE attemptid = ? AND type = 'asked' AND " . $DB->sql_like('data', '?'),
            [$attempt->id, '%"' . $DB->sql_like_escape($item) . '"%']
        );
        // Others: one who was asked it and contests it as well, one who was not, one in the middle of the test.
        $others = [];
        foreach (['contests', 'quiet', 'open'] as $who) {
            $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'student'));
            $others[$who] = $this->start();
            for ($i = 0; $i < ($who === 'open' ? 11 : 12); $i++) {
                $this->answer($others[$who], $i % 3 === 0);
            }
        }
        $theirs = attempt_repository::load($others['contests']->id);
        foreach ($theirs->log()->events() as $event) {
            if ($event->type === 'asked' && json_text::decode($event->data)['item'] === $item) {
                $thread = contest_actions::open($theirs, contest::QUESTION, (int) $event->slot, 'Moi aussi.');
            }
        }
        $this->setUser($this->teacher);
        $contest = contest_actions::open($attempt, contest::QUESTION, $slot, 'Elle est fausse.');
        contest_actions::decide($contest, $this->teacher->id, contest::DROPPED, 'C’est vrai.', true);
        $this->assertNotContains('dropped', $this->types($others['quiet']));
        $sink = $this->redirectMessages();
        $this->runAdhocTasks(\mod_palier\task\drop_question::class);
        foreach ($others as $who => $other) {
            $after = attempt_repository::load($other->id);
            $this->assertSame($item, $this->event($other, 'dropped')['item'], $who);
            $this->assertSame($who === 'open', $after->is_open());
            $this->assertCount($who === 'open' ? 0 : 1, contest_repository::former($other->id));
        }
        $this->assertSame(contest::DROPPED, contest_repository::load($thread->id)->status);
        $this->assertCount(3, $sink->get_messages());
        $this->assertSame(1, array_count_values($this->types($attempt))['dropped']);

        // Done again it does nothing.
        \mod_palier\task\drop_question::queue(
            (int) $contest->palierid,
            (int) $contest->attempt()->bank()->entry_of((string) $contest->item),
            (int) $this->teacher->id,
            'C’est vrai.'
        );
        $this->runAdhocTasks(\mod_palier\task\drop_question::class);
        $this->assertCount(3, $sink->get_messages());
        $this->assertSame(1, array_count_values($this->types($others['quiet']))['dropped']);
    }

    public function test_a_question_on_screen_that_is_dropped_gives_way_to_another(): void {
        $this->make_test();
        $attempt = $this->start();
        $this->answer($attempt);
        step::post($attempt->id, 'flag', 2);
        step::post($attempt->id, 'pause', 2);
        $contest = contest_repository::find($attempt->id, contest::QUESTION, 2);
        contest_actions::decide($contest, $this->teacher->id, contest::DROPPED, 'Elle est retirée.');
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame(3, $attempt->slot);
        $this->assertTrue($attempt->log()->is_paused());
        step::post($attempt->id, 'resume');
        $this->answer($attempt);
        // One that was answered before counts no more, and the question on screen stays.
        $earlier = contest_actions::open(attempt_repository::load($attempt->id), contest::QUESTION, 1, 'Non.');
        contest_actions::decide($earlier, $this->teacher->id, contest::DROPPED, 'Soit.');
        $attempt = attempt_repository::load($attempt->id);
        $this->assertSame(4, $attempt->slot);
        $this->assertSame(1, $attempt->known()['n']);
        $this->answer($attempt);
        $this->assert_whole($attempt);
    }

    public function test_the_log_tells_threads_decisions_and_both_results_with_their_dates(): void {
        $attempt = $this->finished();
        $before = $attempt->timefinish;
        $contest = contest_actions::open($attempt, contest::QUESTION, 2, '=La réponse; est fausse.');
        contest_actions::open($attempt, contest::TOGETHER, 0, 'Je voudrais de l’aide.');
        $this->setUser($this->teacher);
        contest_actions::decide($contest, $this->teacher->id, contest::DROPPED, 'Vous avez raison.');
        $attempt = attempt_repository::load($attempt->id);
        [$old] = contest_repository::former($attempt->id);
        $log = new contest_log($attempt->cm());
        // Who asked for help is in no file.
        $this->assertCount(2, $log->rows());
        [$titles, $row] = $log->rows();
        $this->assertSame(count($titles), count($row));
        $row = array_combine($titles, $row);
        $date = fn($time): string => userdate($time, get_string('strftimedatetimeshort', 'core_langconfig'));
        $this->assertSame(get_string('questionn', 'mod_palier', 2), $row['About']);
        $this->assertSame(fullname($this->learner), $row['Who']);
        $this->assertSame(get_string('contest_status_dropped', 'mod_palier'), $row['Decision']);
        $this->assertSame($date($old->timereplaced), $row['Decided on']);
        $said = explode("\n", $row['What was written']);
        $this->assertStringEndsWith(fullname($this->learner) . ': =La réponse; est fausse.', $said[0]);
        $this->assertStringContainsString($row['Decision'], $said[1]);
        $this->assertStringEndsWith('Vous avez raison.', $said[1]);
        $this->assertSame([
            $date($before) . ': ' . $this->sentence_of($old->result),
            $date($old->timereplaced) . ': ' . $this->sentence_of($attempt->result),
        ], explode("\n", $row['Results, each with its date']));
        $this->assertNotSame($old->result, $attempt->result);
        // As the other files: with the byte order mark and semicolons.
        $this->assertStringStartsWith("\xEF\xBB\xBFAbout;Question;", $log->spreadsheet());
    }

    /**
     * A result in one line, as the engine tells it to another reader.
     *
     * @param string $result JSON
     * @return string
     */
    private function sentence_of(string $result): string {
        $request = ['states' => [json_decode($result)], 'lang' => 'en', 'reader' => 'other'];
        [$words] = engine_factory::get()->call('words', $request)['words'];
        return $words['margin'] === '' ? $words['headline'] : "{$words['headline']}. {$words['margin']}";
    }

    public function test_the_log_tells_no_result_that_is_not_shared_and_nobody_of_another_group(): void {
        $this->make_test(12);
        $this->change_plan(['visibility' => 'after_sharing']);
        $attempt = $this->start();
        $this->answer($attempt);
        step::post($attempt->id, 'stop');
        $attempt = attempt_repository::load($attempt->id);
        contest_actions::open($attempt, contest::RESULT, 0, 'Non.');
        $this->setUser($this->teacher);
        $log = new contest_log($attempt->cm());
        $hidden = get_string('contest_log_notyours', 'mod_palier');
        $this->assertSame($hidden, $log->rows()[1][8]);
        $this->setUser($this->learner);
        \mod_palier\local\attempt\sharing::share($attempt->id);
        $this->setUser($this->teacher);
        $this->assertStringEndsWith($this->sentence_of($attempt->result), $log->rows()[1][8]);
        $this->setAdminUser();
        set_coursemodule_groupmode($attempt->cm()->id, SEPARATEGROUPS);
        rebuild_course_cache($this->course->id, true);
        $far = $this->getDataGenerator()->create_and_enrol($this->course, 'teacher');
        $this->setUser($far);
        $cm = get_fast_modinfo($this->course->id)->get_cm($attempt->cm()->id);
        $this->assertCount(1, (new contest_log($cm))->rows());
    }

    public function test_a_decision_that_keeps_is_open_again_when_the_learner_answers(): void {
        $attempt = $this->finished();
        $contest = contest_actions::open($attempt, contest::RESULT, 0, 'Je ne suis pas d’accord.');
        $contest = contest_actions::decide($contest, $this->teacher->id, contest::KEPT, 'Le niveau suit vos réponses.');
        $this->assertFalse($contest->is_open());
        $this->assertSame($attempt->result, attempt_repository::load($attempt->id)->result);
        $contest = contest_actions::reply($contest, $this->learner->id, 'Je maintiens.');
        $this->assertTrue($contest->is_open());
        $this->assertNotContains(contest::DROPPED, $contest->possible_decisions());
        foreach ([contest::DROPPED, 'open', 'nothing'] as $decision) {
            try {
                contest_actions::decide($contest, $this->teacher->id, $decision, 'Raison.');
                $this->fail("$decision was decided");
            } catch (\moodle_exception $e) {
                $this->assertSame('contestnodecision', $e->errorcode);
            }
        }
    }

    public function test_a_new_test_may_be_taken_once_more_without_delay(): void {
        $plan = ['retake' => ['max_attempts' => 1, 'delay_days' => 30]];
        $attempt = $this->finished();
        $this->change_plan($plan);
        try {
            $this->start();
            $this->fail('It began');
        } catch (\moodle_exception $e) {
            $this->assertSame('cannotstart', $e->errorcode);
        }
        $contest = contest_actions::open($attempt, contest::RESULT, 0, 'J’étais malade.');
        contest_actions::decide($contest, $this->teacher->id, contest::RETEST, 'Recommencez quand vous voulez.');
        $second = $this->start();
        $this->assertSame(2, $second->attempt);
        step::post($second->id, 'stop');
        $this->expectException(\moodle_exception::class);
        $this->start();
    }

    /**
     * Puts something into the activity's plan.
     *
     * @param array $parts
     */
    private function change_plan(array $parts): void {
        global $DB;
        $plan = json_decode($DB->get_field('palier', 'plan', ['id' => $this->palier->id]), true);
        $DB->set_field('palier', 'plan', json_encode($parts + $plan), ['id' => $this->palier->id]);
    }

    public function test_an_unshared_result_stays_hidden_from_whoever_answers(): void {
        $this->make_test(12, ['visibility' => 'after_sharing']);
        $this->change_plan(['visibility' => 'after_sharing']);
        $attempt = $this->start();
        $this->answer($attempt);
        step::post($attempt->id, 'stop');
        $attempt = attempt_repository::load($attempt->id);
        $contest = contest_actions::open($attempt, contest::QUESTION, 1, 'Elle est fausse.');
        $this->setUser($this->teacher);
        $this->assertFalse($attempt->access()->may_review());
        $this->assertTrue(contest_access::may_decide($attempt));
        contest_actions::decide($contest, $this->teacher->id, contest::DROPPED, 'Elle est retirée.');
        $html = $this->page(new contest_page($attempt, contest_repository::load($contest->id), contest::QUESTION, 1));
        $this->assertStringNotContainsString('palier-headline', $html);
        $this->assertStringNotContainsString(get_string('versions', 'mod_palier'), $html);
    }

    public function test_asking_for_a_person_or_paper_pauses_and_tells_one(): void {
        $this->make_test();
        $attempt = $this->start();
        $sink = $this->redirectMessages();
        $this->assertSame(outcome::TOGETHER, step::post($attempt->id, 'together', 1)->outcome);
        $this->assertTrue(attempt_repository::load($attempt->id)->log()->is_paused());
        $this->assertSame(outcome::PAPER, step::post($attempt->id, 'paper', 1)->outcome);
        $this->assertCount(2, $sink->get_messages());
        $kinds = array_column(array_map(fn($c) => ['k' => $c->kind], contest_repository::of_attempt($attempt->id)), 'k');
        $this->assertSame([contest::TOGETHER, contest::PAPER], $kinds);
        $this->assertSame([], contest_repository::load(contest_repository::of_attempt($attempt->id)[0]->id)->possible_decisions());
    }

    public function test_a_preview_reports_nothing(): void {
        $this->make_test();
        $this->setAdminUser();
        $attempt = $this->start(true);
        $sink = $this->redirectMessages();
        $this->assertSame(outcome::KEPT, step::post($attempt->id, 'flag', 1, ['palier_comment' => 'x'])->outcome);
        $this->assertSame(outcome::PAUSED, step::post($attempt->id, 'together', 1)->outcome);
        $this->assertSame([], contest_repository::of_attempt($attempt->id));
        $this->assertCount(0, $sink->get_messages());
    }

    public function test_the_list_costs_the_same_with_many_threads(): void {
        global $DB;
        $attempt = $this->finished();
        foreach ([1, 2, 3] as $slot) {
            contest_actions::open($attempt, contest::QUESTION, $slot, "La question $slot.");
        }
        contest_actions::reply(contest_repository::find($attempt->id, contest::QUESTION, 2), $this->teacher->id, 'Je regarde.');
        $this->setUser($this->teacher);
        $reads = function () use ($attempt, $DB): int {
            $before = $DB->perf_get_reads();
            $html = $this->page(new contests_page($attempt->cm(), true, 0));
            $this->assertStringContainsString('Je regarde.', $html);
            return $DB->perf_get_reads() - $before;
        };
        $reads();
        $few = $reads();
        foreach ([4, 5, 6] as $slot) {
            contest_actions::open($attempt, contest::QUESTION, $slot, "La question $slot.");
        }
        $this->assertSame($few, $reads());
    }

    public function test_a_course_that_is_emptied_keeps_no_thread(): void {
        global $DB;
        $attempt = $this->finished();
        $contest = contest_actions::open($attempt, contest::QUESTION, 1, 'Elle est fausse.');
        contest_actions::decide($contest, $this->teacher->id, contest::DROPPED, 'Soit.');
        $this->setAdminUser();
        palier_reset_userdata((object) ['courseid' => $this->course->id, 'reset_palier' => 1, 'timeshift' => 0]);
        foreach (['palier_contest', 'palier_contest_message', 'palier_former', 'palier_event'] as $table) {
            $this->assertSame(0, $DB->count_records($table), $table);
        }
    }

    public function test_a_question_that_was_not_asked_cannot_be_contested(): void {
        $attempt = $this->finished();
        foreach ([[contest::QUESTION, 99], [contest::QUESTION, 0], [contest::RESULT, 1], ['other', 0]] as [$kind, $slot]) {
            try {
                contest_actions::open($attempt, $kind, $slot, 'x');
                $this->fail("$kind $slot was opened");
            } catch (\moodle_exception $e) {
                $this->assertSame('contestgone', $e->errorcode);
            }
        }
    }

    /**
     * A page as HTML.
     *
     * @param \core\output\renderable $page
     * @return string
     */
    private function page(\core\output\renderable $page): string {
        global $OUTPUT, $PAGE;
        $PAGE->set_url('/mod/palier/contest.php');
        return $OUTPUT->render($page);
    }
}
