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

namespace local_palier\local;

use context_coursecat;
use local_palier\form\campaign_what_form;
use local_palier\output\campaign_page;
use local_palier\output\campaign_words;
use local_palier\output\join_page;
use local_palier\output\my_campaigns_page;
use local_palier\output\poster_page;
use local_palier\tests\programme_testcase;
use mod_palier\api;
use mod_palier\local\attempt\sharing;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * Campaigns: launched once and locked, counts in steps of k, and nothing that tells who would rather not.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\campaign
 * @covers     \local_palier\local\campaigns
 * @covers     \local_palier\local\campaign_counts
 * @covers     \local_palier\local\participation
 * @covers     \local_palier\local\usefulness
 * @covers     \local_palier\output\campaign_page
 * @covers     \local_palier\output\join_page
 * @covers     \local_palier\output\my_campaigns_page
 * @covers     \local_palier\output\poster_page
 * @covers     \local_palier\form\campaign_what_form
 */
final class campaigns_test extends programme_testcase {
    /** @var int the day of the launch. */
    private const START = 1793000000;

    /** @var context_coursecat the organisation. */
    private context_coursecat $place;

    /** @var stdClass an activity of the organisation, with questions. */
    private stdClass $template;

    /** @var \core\clock&\stdClass the time. */
    private $clock;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        [$this->place, $course, $this->clock] = $this->make_place(self::START);
        $this->template = $this->getDataGenerator()->get_plugin_generator('mod_palier')->create_test($course, 24);
        $this->getDataGenerator()->create_cohort(['contextid' => $this->place->id, 'idnumber' => 'all']);
    }

    /**
     * A campaign for the cohort, ready to be launched.
     *
     * @param array $over
     * @return campaign
     */
    private function draft(array $over = []): campaign {
        global $DB;
        $campaign = campaigns::begin($this->place, $over + [
            'name' => 'Where we stand',
            'purpose' => 'To choose courses together.',
            'cohortid' => $DB->get_field('cohort', 'id', ['idnumber' => 'all']),
            'timeopen' => self::START,
            'timeclose' => self::START + 4 * WEEKSECS,
            'templateid' => $this->template->cmid,
            'landing' => 'Welcome.',
        ]);
        campaigns::set_stages($campaign, [
            ['level' => 1, 'learner' => 'A workshop may help you.', 'manager' => 'Workshops.'],
            ['level' => 3, 'learner' => 'Help somebody.', 'manager' => 'They may help.'],
        ]);
        return $campaign;
    }

    /**
     * The form of the second step.
     *
     * @param int $cmid
     * @return campaign_what_form
     */
    private function what_form(int $cmid): campaign_what_form {
        return new campaign_what_form(null, [
            'template' => $cmid,
            'of' => api::scales_of_activity($cmid),
            'floors' => profiles::floors($this->place),
            'courses' => null,
        ]);
    }

    /**
     * People finish the test, and share it or not.
     *
     * @param campaign $campaign
     * @param int[] $ids
     * @param bool $share
     * @param int $level
     * @param string|null $decision of a test that asks whether a level is reached
     */
    private function finish(campaign $campaign, array $ids, bool $share = true, int $level = 3, ?string $decision = null): void {
        global $DB, $USER;
        $before = $USER;
        $cm = get_coursemodule_from_id('palier', $campaign->cmid);
        $palier = $DB->get_record('palier', ['id' => $cm->instance]);
        $palier->cmid = $campaign->cmid;
        foreach ($ids as $id) {
            $this->setUser($id);
            participation::join($campaign);
            $row = $this->make_attempt($palier, $id, ['visibility' => 'after_sharing', 'level' => $level]);
            $attempt = \mod_palier\local\attempt\attempt_repository::load((int) $row->id);
            foreach ([\mod_palier\event\attempt_started::class, \mod_palier\event\attempt_finished::class] as $event) {
                $event::of($attempt, $attempt->context())->trigger();
            }
            if ($decision !== null) {
                $told = json_decode($row->result, true);
                $told['floor'] = ['decision' => $decision];
                $DB->set_field('palier_attempt', 'result', json_encode($told), ['id' => $row->id]);
            }
            if ($share) {
                sharing::share((int) $row->id);
            }
        }
        $this->setUser($before);
    }

    /**
     * All that a manager gets of a campaign: page, file, counts, and what the logs tell.
     *
     * @param campaign $campaign
     * @return array
     */
    private function manager(campaign $campaign): array {
        global $PAGE;
        $PAGE->set_url('/local/palier/campaign.php');
        $page = new campaign_page(campaigns::get($campaign->id));
        $counts = new campaign_counts(campaigns::get($campaign->id));
        return [
            array_diff_key($page->export_for_template($PAGE->get_renderer('core')), ['sesskey' => 1]),
            $page->rows(),
            [$counts->invited, $counts->days(), $counts->now(), $counts->stages()],
            array_map(fn($result) => $result->attemptid, iterator_to_array(api::results_of_activity($campaign->cmid), false)),
        ];
    }

    public function test_it_is_launched_once_and_then_locked(): void {
        $draft = $this->draft(['scales' => null, 'questions' => 20]);
        $people = $this->people('all', 2);
        $sink = $this->redirectEvents();
        $campaign = campaigns::launch($draft);
        $launched = array_filter($sink->get_events(), fn($event) => $event instanceof \local_palier\event\campaign_launched);
        $this->assertCount(1, $launched);
        $this->assertStringContainsString("id={$campaign->id}", reset($launched)->get_url()->out(false));
        $this->assertMatchesRegularExpression('/^[A-Z0-9]{8}$/', $campaign->row->code);
        $this->assertSame($campaign->id, campaigns::by_code(strtolower(chunk_split($campaign->row->code, 4, ' ')))->id);
        // The test is another activity, whose results belong to the learner; all are enrolled, whoever begins.
        [$course, $cm] = get_course_and_cm_from_cmid($campaign->cmid, 'palier');
        $this->assertNotSame((int) $this->template->cmid, $campaign->cmid);
        global $DB;
        $plan = json_decode($DB->get_field('palier', 'plan', ['id' => $cm->instance]), true);
        $this->assertSame(['after_sharing', 20], [$plan['visibility'], $plan['stop']['max_items']]);
        foreach ($people as $id) {
            $this->assertTrue(is_enrolled(\context_course::instance($course->id), $id));
        }
        // Nothing of it can be changed any more, by no door.
        $acts = [
            fn() => campaigns::change($draft, ['purpose' => 'To appraise them.']),
            fn() => campaigns::set_stages($draft, []),
            fn() => campaigns::launch($draft),
            fn() => campaigns::discard($draft),
        ];
        foreach ($acts as $act) {
            try {
                $act();
                $this->fail('It was changed');
            } catch (\moodle_exception $e) {
                $this->assertSame('campaign_locked', $e->errorcode);
            }
        }
        $this->assertSame('To choose courses together.', campaigns::get($campaign->id)->purpose);
    }

    public function test_a_test_that_cannot_keep_its_promise_is_not_launched(): void {
        global $DB;
        // Two questions for at least six.
        $thin = $this->getDataGenerator()->get_plugin_generator('mod_palier')->create_test(
            get_course($this->template->course),
            2,
            ['plan' => ['stop' => ['min_items' => 6, 'max_items' => 12]]]
        );
        $check = api::check_test_of((int) $thin->cmid, []);
        $this->assertFalse($check['can']);
        $this->assertNotSame([], $check['problems']);
        campaign_what_form::mock_submit(['template' => $thin->cmid, 'short' => 0, 'top' => 8]);
        $form = $this->what_form((int) $thin->cmid);
        $this->assertNull($form->values());
        $this->assertStringContainsString(s(reset($check['problems'])), s(implode(' ', $form->told()['problems'])));
        $draft = $this->draft(['templateid' => $thin->cmid]);
        $before = $DB->count_records('palier');
        try {
            campaigns::launch($draft);
            $this->fail('It was launched');
        } catch (\moodle_exception $e) {
            $this->assertSame('derived_cannot', $e->errorcode);
        }
        $this->assertSame([$before, true], [$DB->count_records('palier'), campaigns::get($draft->id)->is_draft()]);
    }

    public function test_competences_are_ticked_each_up_to_a_level_and_too_few_questions_are_refused(): void {
        global $DB;
        $course = get_course($this->template->course);
        $generator = $this->getDataGenerator()->get_plugin_generator('mod_palier');
        $map = $generator->create_test($course, 30, ['scalesource' => 'tags:crcn']);
        foreach ($map->questions as $place => $question) {
            $tag = ['crcn:1.1', 'crcn:1.2', 'crcn:4.1'][$place % 3];
            $where = \core\context\course::instance($course->id);
            \core_tag_tag::set_item_tags('core_question', 'question', $question->id, $where, [$tag]);
        }
        $plan = json_decode($map->plan, true);
        $plan['scales'] = array_map(fn(string $id): array => ['id' => $id], ['crcn:1.1', 'crcn:1.2', 'crcn:4.1']);
        $plan['stop'] = ['standard_error' => 0.8, 'max_items' => 8];
        $DB->set_field('palier', 'plan', json_encode($plan), ['id' => $map->id]);
        $sent = fn(array $scale, array $tops): array => ['template' => $map->cmid, 'short' => 0]
            + ['scale' => $scale, 'tops' => $tops];
        campaign_what_form::mock_submit($sent([1, 1, 0], [3, 8, 8]));
        $form = $this->what_form((int) $map->cmid);
        $values = $form->values();
        $this->assertNotNull($values);
        $this->assertSame(['crcn:1.1' => 3, 'crcn:1.2' => null], json_decode($values['scales'], true));
        $this->assertMatchesRegularExpression('/\d+ questions.*margin/', $values['figures']);
        // What is stored is what is shown again, and what its test is made by.
        $draft = $this->draft($values);
        $this->assertSame([['crcn:1.1', 'crcn:1.2'], ['crcn:1.1' => 3]], [$draft->scope()['scales'], $draft->scope()['tops']]);
        $again = $this->what_form((int) $map->cmid);
        $again->fill($draft);
        $this->assertMatchesRegularExpression('/<option value="3" selected/', $again->render());
        $launched = json_decode($DB->get_field_sql(
            'SELECT p.plan FROM {palier} p JOIN {course_modules} cm ON cm.instance = p.id WHERE cm.id = ?',
            [campaigns::launch($draft)->cmid]
        ), true);
        $this->assertSame(['crcn:1.1', 'crcn:1.2'], array_column($launched['scales'], 'id'));
        $this->assertSame(['crcn:1.1' => 3], array_column($launched['scales'], 'top_level', 'id'));
        // Ten questions each, of which not all are of level 1 or below it.
        $plan['scales'] = array_map(fn(array $scale): array => $scale + ['min_items' => 10], $plan['scales']);
        $DB->set_field('palier', 'plan', json_encode($plan), ['id' => $map->id]);
        campaign_what_form::mock_submit($sent([1, 1, 1], [1, 8, 8]));
        $form = $this->what_form((int) $map->cmid);
        $this->assertNull($form->values());
        $this->assertStringContainsString('up to level 1, at least 10 are needed', $form->render());
    }

    public function test_who_would_rather_not_looks_as_who_has_not_begun(): void {
        global $DB;
        $campaign = campaigns::launch($this->draft());
        $people = $this->people('all', 40);
        $this->finish($campaign, array_slice($people, 0, 22));
        $this->clock->set_to(self::START + 2 * DAYSECS);
        $before = $this->manager($campaign);
        $learner = end($people);
        $sink = $this->redirectEvents();
        $this->setUser($learner);
        $this->assertSame('invited', participation::of($campaign, $learner)->state());
        participation::refuse($campaign);
        $this->assertSame('refused', participation::of($campaign, $learner)->state());
        $this->assertSame([], $sink->get_events());
        $this->setAdminUser();
        $this->assertEquals($before, $this->manager($campaign));
        $this->clock->set_to(self::START + 5 * WEEKSECS);
        $over = $this->manager($campaign);
        $DB->delete_records('local_palier_participation', ['userid' => $learner]);
        $this->assertEquals($over, $this->manager($campaign));
    }

    public function test_who_finished_and_does_not_share_is_in_no_result_and_no_stage(): void {
        $campaign = campaigns::launch($this->draft());
        $people = $this->people('all', 40);
        $this->finish($campaign, array_slice($people, 0, 22));
        $this->clock->set_to(self::START + 5 * WEEKSECS - WEEKSECS);
        $this->finish($campaign, array_slice($people, 22, 3), false);
        $this->clock->set_to(self::START + 5 * WEEKSECS);
        [, , [, , $now, $stages], $results] = $this->manager($campaign);
        $this->assertSame(['begun' => 20, 'finished' => 20, 'shared' => 20], $now);
        $rows = (new campaign_page(campaigns::get($campaign->id)))->rows();
        $this->assertSame([
            ['From level', 'People', 'What you read beside their number'],
            ['Level 1', 'Fewer than 10, or not told', 'Workshops.'],
            ['Level 3', '10 or more', 'They may help.'],
        ], array_slice($rows, -8, 3));
        $this->assertSame(['Day', 'Have begun', 'Have finished', 'Share their result'], $rows[0]);
        // 22 are at level 3; ten of them are left out, for it is known of how many that is.
        $this->assertSame([null, 10], $stages);
        $this->assertCount(22, $results);
    }

    public function test_figures_go_in_steps_of_k_by_the_day_before(): void {
        $campaign = campaigns::launch($this->draft());
        $people = $this->people('all', 40);
        $counts = fn(): campaign_counts => new campaign_counts(campaigns::get($campaign->id));
        $this->finish($campaign, array_slice($people, 0, 12));
        $this->assertSame([], $counts()->days());
        $this->clock->set_to(self::START + DAYSECS);
        $this->assertSame([['begun' => 10, 'finished' => 10, 'shared' => 10]], array_values($counts()->days()));
        $this->finish($campaign, array_slice($people, 12, 7));
        $this->clock->set_to(self::START + 2 * DAYSECS);
        $this->assertCount(1, $counts()->days());
        $this->finish($campaign, array_slice($people, 19));
        $this->clock->set_to(self::START + 3 * DAYSECS);
        // All of 40: that would say of each that they did.
        $this->assertSame(['begun' => 30, 'finished' => 30, 'shared' => 30], $counts()->now());
        $this->assertSame(40, $counts()->invited);
        $this->assertNull($counts()->stages());
    }

    /**
     * A count in steps of ten.
     *
     * @dataProvider steps
     * @param int $count
     * @param int|null $of
     * @param int|null $told
     */
    public function test_a_figure_leaves_k_others(int $count, ?int $of, ?int $told): void {
        $this->assertSame($told, suppression::at_least($count, 10, $of));
    }

    /**
     * Counts, worked out by hand.
     *
     * @return array[]
     */
    public static function steps(): array {
        return [
            [0, 40, null], [9, 40, null], [10, 40, 10], [19, 40, 10], [20, 40, 20], [30, 40, 30], [31, 40, 30], [40, 40, 30],
            [10, 19, null], [12, 12, null], [5, 5, null], [9, null, null], [25, null, 20],
        ];
    }

    public function test_taking_back_counts_at_once(): void {
        global $DB;
        $campaign = campaigns::launch($this->draft());
        $people = $this->people('all', 40);
        $this->finish($campaign, array_slice($people, 0, 20));
        $this->clock->set_to(self::START + DAYSECS);
        $this->assertSame(20, (new campaign_counts($campaign))->now()['shared']);
        $row = participation::of($campaign, $people[0])->row;
        $this->assertSame('3', (string) $row->level);
        $this->setUser($people[0]);
        sharing::withdraw((int) $row->attemptid);
        $this->assertSame('finished', participation::of($campaign, $people[0])->state());
        $this->assertNull($DB->get_field('local_palier_participation', 'level', ['userid' => $people[0]]));
        $this->setAdminUser();
        $this->assertSame(['begun' => 20, 'finished' => 20, 'shared' => 10], (new campaign_counts($campaign))->now());
    }

    public function test_it_may_ask_whether_a_level_of_a_profile_is_reached(): void {
        $lines = "profile,kind,name_en,framework,competence,level\nbase,socle,Base,CRCN-2019,1.1,3\n"
            . "base,socle,Base,CRCN-2019,4.3,2\nstart,floor,Start,CRCN-2019,2.1,2";
        $import = new profile_import($lines, $this->place);
        $this->assertSame([], $import->faults);
        $import->apply();
        $this->job($this->place, 'guard');
        // Common bases and floors, not what single jobs ask; of another organisation none.
        $floors = profiles::floors($this->place);
        $this->assertSame([['1.1', 3], ['4.3', 2], ['2.1', 2]], array_map(
            fn(array $line): array => [$line['competence'], $line['level']],
            array_values($floors)
        ));
        $elsewhere = context_coursecat::instance($this->getDataGenerator()->create_category()->id);
        $this->assertSame([], profiles::floors($elsewhere));
        $line = array_key_first($floors);
        $cmid = (int) $this->template->cmid;
        campaign_what_form::mock_submit(['template' => $cmid, 'short' => 1, 'top' => 2, 'floor' => "3-$line"]);
        $this->assertNull($this->what_form($cmid)->values());
        campaign_what_form::mock_submit(['template' => $cmid, 'short' => 1, 'top' => 8, 'floor' => "3-$line"]);
        $values = $this->what_form($cmid)->values();
        $this->assertSame([3, $line, null], [$values['floorlevel'], $values['floorline'], $values['questions']]);
        // Who may learn that a level is not reached learns whom to talk to.
        $draft = $this->draft($values);
        $this->assertFalse($draft->is_complete());
        $campaign = campaigns::launch(campaigns::change($draft, ['help' => 'The adviser, room 12']));
        $words = campaign_words::of($campaign);
        $this->assertStringContainsString('Base', $words['asks']);
        $this->assertSame('The adviser, room 12', $words['help']);
        $this->assertSame(['The adviser, room 12'], $this->helpers($campaign));
        // The next wave asks the same, and says who helps then.
        $next = campaigns::next_wave($campaign);
        $this->assertSame([3, $words['asks']], [$next->scope()['floor'], campaign_words::asks($next)]);
        $next = campaigns::change($next, [
            'help' => 'Room 13',
            'timeopen' => self::START,
            'timeclose' => self::START + WEEKSECS,
        ]);
        $this->assertSame(['Room 13'], $this->helpers(campaigns::launch($next)));
    }

    /**
     * What the test of a campaign proposes below level 3.
     *
     * @param campaign $campaign
     * @return string[]
     */
    private function helpers(campaign $campaign): array {
        global $DB;
        return $DB->get_fieldset_sql(
            'SELECT s.text
               FROM {palier_nextstep} s
               JOIN {course_modules} cm ON cm.instance = s.palierid
              WHERE cm.id = ? AND s.levellow IS NULL AND s.levelhigh = 2
           ORDER BY s.sortorder',
            [$campaign->cmid]
        );
    }

    public function test_who_reaches_the_level_is_told_in_steps_of_k_when_it_is_over(): void {
        global $DB, $PAGE;
        $campaign = campaigns::launch($this->draft(['floorlevel' => 3, 'help' => 'Room 12']));
        $people = $this->people('all', 60);
        $this->finish($campaign, array_slice($people, 0, 13), true, 1, 'below');
        $this->finish($campaign, array_slice($people, 13, 25), true, 4, 'above');
        $this->finish($campaign, array_slice($people, 38, 4), true, 3, 'undecided');
        // Nobody who does not share is in it.
        $this->finish($campaign, array_slice($people, 42, 8), false, 1, 'below');
        $this->clock->set_to(self::START + 3 * DAYSECS);
        $this->assertNull((new campaign_counts($campaign))->decisions());
        $this->clock->set_to(self::START + 5 * WEEKSECS);
        $told = ['above' => 20, 'undecided' => null, 'below' => 10];
        $this->assertSame($told, (new campaign_counts($campaign))->decisions());
        $PAGE->set_url('/local/palier/campaign.php');
        $page = new campaign_page($campaign);
        $shown = $page->export_for_template($PAGE->get_renderer('core'))['decisions'];
        $this->assertSame(['10 or more', 'Fewer than 10, or not told', '20 or more'], [
            $shown[2]['people'], $shown[1]['people'], $shown[0]['people'],
        ]);
        $this->assertContains(['not reached yet', '10 or more'], $page->rows());
        // Taken back, nothing of it is kept.
        $this->setUser($people[0]);
        sharing::withdraw((int) participation::of($campaign, $people[0])->row->attemptid);
        $this->assertNull($DB->get_field('local_palier_participation', 'decision', ['userid' => $people[0]]));
    }

    public function test_what_was_shared_stays_as_it_was_after_the_next_wave(): void {
        global $DB;
        $first = campaigns::launch($this->draft());
        $people = $this->people('all', 40);
        $this->finish($first, array_slice($people, 0, 22), true, 2);
        $this->clock->set_to(self::START + 30 * DAYSECS);
        $before = $this->manager($first);
        $attempts = $DB->get_records('palier_attempt');
        // What becomes of the template in between counts for nothing.
        $DB->set_field('palier', 'plan', '{}', ['id' => $this->template->id]);
        $next = campaigns::next_wave($first);
        $this->assertSame([1, $first->id, $first->purpose], [$next->wave, $next->series, $next->purpose]);
        $this->assertCount(2, $next->stages());
        // As long as T0, from now on: nothing has to be typed before it is launched.
        $now = self::START + 30 * DAYSECS;
        $this->assertEquals([$now, $now + 4 * WEEKSECS], [$next->row->timeopen, $next->row->timeclose]);
        $next = campaigns::launch($next);
        $plan = fn(campaign $campaign): string => $DB->get_field_sql(
            'SELECT p.plan FROM {palier} p JOIN {course_modules} cm ON cm.instance = p.id WHERE cm.id = ?',
            [$campaign->cmid]
        );
        $this->assertSame($plan($first), $plan($next));
        $this->finish($next, array_slice($people, 0, 22), true, 4);
        $this->assertEquals($before, $this->manager($first));
        $this->assertEquals($attempts, array_intersect_key($DB->get_records('palier_attempt'), $attempts));
        $this->assertSame(2, campaigns::next_wave($next)->wave);
    }

    public function test_a_learner_reads_their_own_and_a_stranger_does_not_come_in(): void {
        global $PAGE;
        $campaign = campaigns::launch($this->draft());
        [$learner] = $this->people('all', 1);
        $PAGE->set_url('/local/palier/mycampaigns.php');
        $mine = function (): array {
            global $PAGE;
            return (new my_campaigns_page())->export_for_template($PAGE->get_renderer('core'))['rows'];
        };
        $this->setUser($learner);
        $this->assertSame('Not begun', $mine()[0]['state']);
        $this->finish($campaign, [$learner], false);
        global $DB;
        $DB->set_field('local_palier_participation', 'timefinished', 0);
        $this->assertSame('Begun', $mine()[0]['state']);
        $DB->set_field('local_palier_participation', 'timefinished', self::START);
        [$row] = $mine();
        $this->assertSame(['Finished, not shared', 'Help somebody.'], [$row['state'], $row['stage']]);
        $this->assertStringContainsString('share.php', $row['share']);
        $attempt = participation::results($learner)[$campaign->cmid]->attemptid;
        sharing::share($attempt);
        $this->assertStringContainsString("attempt=$attempt", $mine()[0]['takeback']);
        $stranger = $this->getDataGenerator()->create_user();
        $this->setUser($stranger);
        $this->assertSame([], $mine());
        $this->assertFalse(participation::is_offered($campaign));
        try {
            participation::join($campaign);
            $this->fail('A stranger came in');
        } catch (\moodle_exception $e) {
            $this->assertSame('campaign_notopen', $e->errorcode);
        }
        $this->setUser($learner);
        $this->clock->set_to(self::START + 5 * WEEKSECS);
        $this->expectException(\moodle_exception::class);
        participation::refuse($campaign);
    }

    public function test_with_a_code_whoever_has_it_begins_and_is_enrolled_then(): void {
        $campaign = campaigns::launch($this->draft(['cohortid' => null]));
        $user = $this->getDataGenerator()->create_user();
        $this->setUser($user);
        $this->assertTrue(participation::is_offered($campaign));
        $this->assertSame(api::start_url($campaign->cmid)->out(), participation::join($campaign)->out());
        [$course] = get_course_and_cm_from_cmid($campaign->cmid, 'palier');
        $this->assertTrue(is_enrolled(\context_course::instance($course->id), $user));
        $this->setAdminUser();
        $this->assertNull((new campaign_counts($campaign))->invited);
    }

    public function test_what_a_manager_wrote_is_escaped_and_the_poster_has_a_picture_of_the_link(): void {
        global $PAGE;
        $evil = '<img src=x onerror=alert(1)>';
        $campaign = campaigns::launch($this->draft(['name' => $evil, 'purpose' => $evil, 'landing' => $evil]));
        $PAGE->set_url('/local/palier/join.php');
        $output = $PAGE->get_renderer('core');
        $this->people('all', 1);
        foreach ([new join_page($campaign), new campaign_page($campaign), new my_campaigns_page()] as $page) {
            $name = (new \ReflectionClass($page))->getShortName();
            $html = $output->render_from_template("local_palier/$name", $page->export_for_template($output));
            $this->assertStringNotContainsString('<img', $html, $name);
            $this->assertDoesNotMatchRegularExpression('/\[\[|\{\{|\{\$a/', $html, $name);
        }
        $data = (new poster_page($campaign))->export_for_template($output);
        $this->assertStringContainsString('<svg', base64_decode(substr($data['picture'], strlen('data:image/svg+xml;base64,'))));
        $this->assertStringContainsString("code={$campaign->row->code}", $data['link']);
    }

    public function test_the_role_of_a_campaign_manager_is_enough_and_sees_no_result(): void {
        global $DB;
        $manager = $this->getDataGenerator()->create_user();
        role_assign($DB->get_field('role', 'id', ['shortname' => 'paliercampaigns']), $manager->id, $this->place->id);
        [$learner] = $this->people('all', 1);
        $this->setUser($manager);
        $this->assertArrayHasKey($this->template->cmid, campaigns::templates($this->place));
        $this->assertCount(1, job_cohort::choices($this->place));
        $campaign = campaigns::launch($this->draft());
        // Its own test is no template of another one.
        $this->assertSame([(int) $this->template->cmid], array_keys(campaigns::templates($this->place)));
        $this->finish($campaign, [$learner]);
        $this->setUser($manager);
        $this->assertSame([], api::results_of_user($learner));
        $there = context_coursecat::instance($this->getDataGenerator()->create_category()->id);
        $this->assertSame([], array_keys(\local_palier\output\places::of($there)));
        $this->expectException(\required_capability_exception::class);
        iterator_to_array(api::results_of_activity($campaign->cmid));
    }

    public function test_a_reminder_is_sent_once_and_never_to_who_would_rather_not(): void {
        $campaign = campaigns::launch($this->draft());
        $people = $this->people('all', 5);
        // Somebody else learns in that course, and is not asked.
        [$course] = get_course_and_cm_from_cmid($campaign->cmid, 'palier');
        $this->getDataGenerator()->create_and_enrol($course, 'student');
        $this->finish($campaign, [$people[0]], false);
        $this->setUser($people[1]);
        participation::refuse($campaign);
        // One had refused, and went to the test after all.
        $this->setUser($people[2]);
        participation::refuse($campaign);
        participation::join($campaign);
        $this->setAdminUser();
        $this->expectOutputRegex('/tests close soon/');
        $reminded = function (int $hours): array {
            $this->clock->set_to(self::START + 4 * WEEKSECS - $hours * HOURSECS);
            $sink = $this->redirectMessages();
            (new \mod_palier\task\remind_learners())->execute();
            $this->runAdhocTasks(\mod_palier\task\send_reminders::class);
            return $sink->get_messages();
        };
        $this->assertSame([], $reminded(60));
        $messages = $reminded(47);
        $this->assertEqualsCanonicalizing([$people[2], $people[3], $people[4]], array_column($messages, 'useridto'));
        $this->assertStringContainsString($campaign->join_url()->out(false), $messages[0]->fullmessage);
        $this->assertSame([], $reminded(40));
        // Of a campaign that was ended nobody is reminded.
        [, $cm] = get_course_and_cm_from_cmid($campaign->cmid, 'palier');
        $ask = fn(): ?\moodle_url => \mod_palier\hook\before_reminder::ask($cm, $people[3]);
        $this->assertNotNull($ask());
        campaigns::close($campaign);
        $this->assertNull($ask());
    }

    public function test_of_a_large_cohort_a_task_enrols_all_and_nobody_begins_before(): void {
        global $DB, $PAGE;
        $PAGE->set_url('/local/palier/campaign.php');
        $people = $this->people('all', campaigns::AT_ONCE + 1);
        $draft = $this->draft();
        $queries = $DB->perf_get_writes();
        $campaign = campaigns::launch($draft);
        // What the page does is not of the size of the cohort.
        $this->assertLessThan(campaigns::AT_ONCE, $DB->perf_get_writes() - $queries);
        [$course, $cm] = get_course_and_cm_from_cmid($campaign->cmid, 'palier');
        $this->assertSame(0, count_enrolled_users($cm->context));
        $this->assertSame([true, false, false], [$campaign->is_launching(), $campaign->is_open(), $campaign->is_draft()]);
        $page = (new campaign_page($campaign))->export_for_template($PAGE->get_renderer('core'));
        $this->assertSame(['Being launched', false], [$page['state'], $page['canclose']]);
        $this->setUser($people[0]);
        try {
            participation::join($campaign);
            $this->fail('Somebody began before');
        } catch (\moodle_exception $e) {
            $this->assertSame('campaign_notopen', $e->errorcode);
        }
        $this->setAdminUser();
        $this->runAdhocTasks(\local_palier\task\enrol_people::class);
        $this->assertSame(count($people), count_enrolled_users($cm->context));
        $campaign = campaigns::get($campaign->id);
        $this->assertTrue($campaign->is_open());
        $this->setUser($people[0]);
        participation::join($campaign);
        $this->setAdminUser();
        // A task that broke off goes on: whoever is missing comes in.
        $DB->set_field('local_palier_campaign', 'state', campaign::LAUNCHING);
        $late = $this->getDataGenerator()->create_user();
        $DB->insert_record('cohort_members', [
            'cohortid' => $campaign->cohortid, 'userid' => $late->id, 'timeadded' => self::START,
        ]);
        campaigns::enrol($campaign->id);
        $this->assertTrue(is_enrolled($cm->context, $late));
        $this->assertTrue(campaigns::get($campaign->id)->is_open());
        // Of one that was ended or discarded meanwhile nothing is opened.
        campaigns::close($campaign);
        campaigns::enrol($campaign->id);
        $this->assertTrue(campaigns::get($campaign->id)->is_over());
    }

    public function test_whether_it_was_useful_is_counted_once_with_nobody_and_told_when_it_is_over(): void {
        global $DB, $PAGE;
        $PAGE->set_url('/local/palier/mycampaigns.php');
        $campaign = campaigns::launch($this->draft());
        $people = $this->people('all', 40);
        $asked = fn(): bool => (new my_campaigns_page())->export_for_template($PAGE->get_renderer('core'))['rows'][0]['asksuseful'];
        $this->setUser($people[39]);
        $this->assertFalse($asked());
        // Before the test nothing is taken, by no door.
        usefulness::answer($campaign, ['clear' => 'no']);
        $this->assertSame(0, $DB->count_records('local_palier_useful'));
        $this->setAdminUser();
        $this->finish($campaign, array_slice($people, 0, 30), false);
        foreach (array_slice($people, 0, 30) as $place => $id) {
            $this->setUser($id);
            $this->assertTrue($asked());
            // Who answers one question alone is counted there alone; sent twice it counts once.
            $answers = ['clear' => $place < 12 ? 'yes' : ($place < 25 ? 'partly' : 'no')] + ($place < 15 ? ['next' => 'no'] : []);
            usefulness::answer($campaign, $answers + ['other' => 'yes', 'learned' => 'maybe']);
            usefulness::answer($campaign, $answers);
            $this->assertFalse($asked());
        }
        $key = $DB->sql_concat('question', "' '", 'answer');
        $counts = $DB->get_records_sql_menu("SELECT $key, people FROM {local_palier_useful} ORDER BY question, answer");
        $this->assertEquals(['clear no' => 5, 'clear partly' => 13, 'clear yes' => 12, 'next no' => 15], $counts);
        $this->setAdminUser();
        $this->clock->set_to(self::START + 3 * DAYSECS);
        $this->assertNull(usefulness::told($campaign));
        $this->clock->set_to(self::START + 5 * WEEKSECS);
        // 15 of 15 said no: ten would leave five others.
        $none = ['yes' => null, 'partly' => null, 'no' => null];
        $told = ['clear' => ['yes' => 10, 'partly' => 10, 'no' => null], 'learned' => $none, 'next' => $none];
        $this->assertSame($told, usefulness::told($campaign));
        $page = new campaign_page($campaign);
        $few = 'Fewer than 10, or not told';
        $this->assertContains(
            ['Were the questions and the result clear?', '10 or more', '10 or more', $few],
            $page->rows()
        );
        // Nothing comes in once it is told.
        $this->finish_late($campaign, $people[35]);
        usefulness::answer($campaign, ['clear' => 'yes']);
        $this->assertSame(12, (int) $DB->get_field('local_palier_useful', 'people', ['question' => 'clear', 'answer' => 'yes']));
        $this->expectException(\moodle_exception::class);
        usefulness::answer($campaign, ['clear' => 'perhaps']);
    }

    /**
     * Somebody has finished whom no page let in any more.
     *
     * @param campaign $campaign
     * @param int $id
     */
    private function finish_late(campaign $campaign, int $id): void {
        global $DB;
        $row = ['campaignid' => $campaign->id, 'userid' => $id, 'timebegun' => self::START, 'timefinished' => self::START];
        $DB->insert_record('local_palier_participation', (object) $row);
        $this->setUser($id);
    }

    public function test_the_tables_of_the_version_before_get_the_questions(): void {
        global $CFG, $DB;
        require_once($CFG->libdir . '/upgradelib.php');
        require_once($CFG->dirroot . '/local/palier/db/upgrade.php');
        $campaign = campaigns::launch($this->draft());
        $people = $this->people('all', 1);
        $this->finish($campaign, $people, false);
        $manager = $DB->get_manager();
        $manager->drop_table(new \xmldb_table('local_palier_useful'));
        $manager->drop_field(new \xmldb_table('local_palier_participation'), new \xmldb_field('usefultold'));
        set_config('version', 2026113006, 'local_palier');
        $this->assertTrue(xmldb_local_palier_upgrade(2026113006));
        $this->setUser($people[0]);
        usefulness::answer($campaign, ['clear' => 'yes']);
        $this->assertSame(1, $DB->count_records('local_palier_useful'));
    }

    public function test_with_a_category_go_its_campaigns(): void {
        global $DB;
        $campaign = campaigns::launch($this->draft());
        $people = $this->people('all', 1);
        $this->finish($campaign, $people);
        $this->setUser($people[0]);
        usefulness::answer($campaign, ['clear' => 'yes']);
        $this->assertSame(1, $DB->count_records('local_palier_useful'));
        $this->setAdminUser();
        \core_course_category::get($this->place->instanceid)->delete_full(false);
        foreach (['campaign', 'stage', 'participation', 'useful'] as $table) {
            $this->assertSame(0, $DB->count_records("local_palier_$table"), $table);
        }
    }
}
