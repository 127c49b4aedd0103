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

use local_palier\output\helpers_page;
use local_palier\tests\helps_people;
use local_palier\tests\programme_testcase;
use mod_palier\hook\next_steps_below;
use mod_palier\tests\opens_pages;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once(__DIR__ . '/../classes/programme_testcase.php');
require_once(__DIR__ . '/../classes/helps_people.php');
require_once($CFG->dirroot . '/mod/palier/tests/classes/opens_pages.php');

/**
 * Who helps colleagues says so, may by what was measured, is told to colleagues alone, and is gone at once when they take it back.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\told
 * @covers     \local_palier\local\authority
 * @covers     \local_palier\output\helpers_page
 * @covers     \local_palier\next_steps
 */
final class told_test extends programme_testcase {
    use helps_people;
    use opens_pages;

    /** @var float[] level 4 reached for certain. */
    private const ABLE = [1, 1, 0.99, 0.92, 0.5, 0.1, 0, 0];

    /** @var float[] level 4 likely, not certain. */
    private const NEARLY = [1, 1, 0.99, 0.89, 0.5, 0.1, 0, 0];

    /** @var float[] level 3 not reached. */
    private const LEARNING = [1, 0.6, 0.05, 0.01, 0, 0, 0, 0];

    /** @var string[][] what is offered. */
    private const OFFER = ['CRCN-2019' => ['1.2']];

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->make_authorities();
    }

    /**
     * Somebody of an authority who offers help.
     *
     * @param string $authority
     * @param array $over of the user
     * @return stdClass
     */
    private function helper(string $authority = 'town', array $over = []): stdClass {
        $user = $this->agent($authority, self::ABLE, $over);
        $this->setUser($user);
        told::set_help(self::OFFER);
        return $user;
    }

    /**
     * Who is listed for somebody.
     *
     * @param stdClass $user
     * @return int[]
     */
    private function listed(stdClass $user): array {
        $this->setUser($user);
        return array_map('intval', array_keys(told::helpers('CRCN-2019', '1.2')));
    }

    public function test_who_reaches_the_level_for_certain_may_offer_and_nobody_else(): void {
        $cases = [
            [self::ABLE, 'measured', [], self::OFFER],
            [self::NEARLY, 'measured', [], []],
            [self::ABLE, 'reported_as_domain', [], []],
        ];
        $seeker = $this->agent('town');
        foreach ($cases as [$chances, $state, $over, $may]) {
            $user = $this->agent('town');
            $this->measured($user, $chances, $state, $over);
            $this->setUser($user);
            $this->assertSame($may, told::able());
            told::set_help(self::OFFER);
            $this->assertSame($may, told::mine(told::HELP));
            $this->assertSame($may ? [(int) $user->id] : [], $this->listed($seeker));
            $this->setUser($user);
            told::set_help([]);
        }
        // Where the site asks more, who was able is not.
        set_config('helplevel', 5, 'local_palier');
        $this->setUser($this->agent('town', self::ABLE));
        $this->assertSame([], told::able());
    }

    public function test_colleagues_of_ones_own_authority_alone_read_it_and_nobody_without_consent_is_in_it(): void {
        $silent = $this->agent('town', self::ABLE);
        $helper = $this->helper();
        $elsewhere = $this->helper('other');
        // All of them learn in one course of the centre, and are in its cohort.
        $this->assertSame([(int) $helper->id], $this->listed($silent));
        $this->assertSame([], $this->listed($helper));
        $this->assertSame([], $this->listed($elsewhere));
        $this->assertSame([(int) $elsewhere->id], $this->listed($this->agent('other')));
        $this->assertSame([], $this->listed($this->getDataGenerator()->create_user()));
        $this->assertSame([], $this->listed($this->staff('manager', $this->town)));
        $this->setUser($silent);
        $this->assertSame(['CRCN-2019' => ['1.2' => 1]], told::offered());
        // Who is in no cohort is nobody's colleague, and told so.
        $alone = $this->getDataGenerator()->create_and_enrol($this->course);
        $this->measured($alone, self::ABLE);
        $this->setUser($alone);
        $this->assertSame('noauthority', $this->refused(fn() => told::set_help(self::OFFER)));
    }

    public function test_taken_back_it_is_gone_on_the_next_page(): void {
        $helper = $this->helper('town', ['lastname' => 'Thereshewas', 'email' => 'hidden@example.org']);
        $seeker = $this->agent('town');
        $page = ['framework' => 'CRCN-2019', 'competence' => '1.2'];
        $this->setUser($seeker);
        $shown = $this->open_script('local/palier/helpers.php', $page);
        $this->assertStringContainsString('Thereshewas', $shown);
        $this->assertStringNotContainsString('hidden@example.org', $shown);
        $this->setUser($helper);
        $this->assertStringContainsString('checked', $this->open_script('local/palier/mine.php', []));
        $this->assertSame('invalidsesskey', $this->refused(fn() => $this->open_script(
            'local/palier/mine.php',
            [],
            ['do' => 'help', 'sesskey' => 'no']
        )));
        $this->open_script('local/palier/mine.php', [], ['do' => 'help']);
        $this->setUser($seeker);
        $this->assertStringNotContainsString('Thereshewas', $this->open_script('local/palier/helpers.php', $page));
        $this->setUser($helper);
        $this->open_script('local/palier/mine.php', [], ['do' => 'help', 'help' => [told::key('CRCN-2019', '1.2')]]);
        $this->assertSame([(int) $helper->id], $this->listed($seeker));
    }

    public function test_who_is_suspended_left_or_was_measured_otherwise_since_is_not_listed(): void {
        global $DB;
        $seeker = $this->agent('town');
        $helper = $this->helper();
        $DB->set_field('user', 'suspended', 1, ['id' => $helper->id]);
        $this->assertSame([], $this->listed($seeker));
        $DB->set_field('user', 'suspended', 0, ['id' => $helper->id]);
        $this->assertSame([(int) $helper->id], $this->listed($seeker));
        // Back in the authority they have to say it anew.
        $cohort = $DB->get_field('cohort', 'id', ['idnumber' => 'town']);
        cohort_remove_member($cohort, $helper->id);
        $this->assertSame([], $this->listed($seeker));
        cohort_add_member($cohort, $helper->id);
        $this->assertSame([], $this->listed($seeker));
        $this->setUser($helper);
        told::set_help(self::OFFER);
        $this->assertSame([(int) $helper->id], $this->listed($seeker));
        $this->setUser($helper);
        $attempt = $this->measured($helper, self::NEARLY);
        \mod_palier\event\attempt_finished::create([
            'objectid' => $attempt->id,
            'context' => \context_module::instance($this->palier->cmid),
            'relateduserid' => $helper->id,
            'other' => ['palierid' => $this->palier->id, 'preview' => 0],
        ])->trigger();
        $this->assertSame([], $this->listed($seeker));
        $gone = $this->helper();
        $this->setAdminUser();
        cohort_delete_cohort($DB->get_record('cohort', ['id' => $cohort]));
        $this->assertSame(0, $DB->count_records('local_palier_told', ['userid' => $gone->id]));
        delete_user($helper);
        $this->assertSame(0, $DB->count_records('local_palier_told'));
    }

    public function test_they_are_among_the_next_steps_of_a_gap_and_are_written_to_in_moodle(): void {
        $helper = $this->helper();
        $this->setAdminUser();
        $head = 'profile,kind,name_fr,framework,competence,level';
        (new profile_import("$head\nbase,socle,Socle,CRCN-2019,1.2,3", $this->town))->apply();
        $learner = $this->agent('town', self::LEARNING);
        $this->setUser($learner);
        $steps = next_steps_below::ask($this->palier->cmid, (int) $learner->id);
        // The town has an adviser: a rendez-vous is one of the next steps.
        $this->assertSame(
            ['/moodle/local/palier/meetings.php', '/moodle/local/palier/helpers.php'],
            array_map(fn(array $step): string => (new \moodle_url($step['link']))->get_path(false), $steps)
        );
        $this->assertSame('1.2 Manage data', $steps[1]['competence']);
        $shown = $this->open_script('local/palier/mine.php', []);
        $this->assertStringContainsString(helpers_page::url('CRCN-2019', '1.2')->out(), $shown);
        // Nobody's contact before: by the click on a helper they are, and may write.
        $list = ['framework' => 'CRCN-2019', 'competence' => '1.2'];
        $this->open_script('local/palier/helpers.php', $list, ['write' => $helper->id]);
        $this->assertTrue(\core_message\api::is_contact($learner->id, $helper->id));
        $other = $this->agent('town');
        $this->assertSame('helper_gone', $this->refused(fn() => $this->open_script(
            'local/palier/helpers.php',
            $list,
            ['write' => $other->id]
        )));
        $there = $this->agent('town', self::ABLE);
        $this->setUser($there);
        $steps = next_steps_below::ask($this->palier->cmid, (int) $there->id);
        $this->assertCount(1, $steps, 'without a gap nobody is named');
    }
}
