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

use local_palier\output\campaign_page;
use local_palier\output\my_campaigns_page;
use local_palier\tests\programme_testcase;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * Surveys: once a person, kept with nobody, told about k people at least.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\survey
 * @covers     \local_palier\local\counted_answers
 */
final class survey_test extends programme_testcase {
    /** @var int the day. */
    private const START = 1793000000;

    /** @var \core\clock&\stdClass the time. */
    private $clock;

    /** @var int[] whom the campaign is offered to. */
    private array $people;

    /** @var campaign with both surveys. */
    private campaign $campaign;

    #[\Override]
    protected function setUp(): void {
        global $DB;
        parent::setUp();
        [$place, , $this->clock] = $this->make_place(self::START);
        $cohort = $this->getDataGenerator()->create_cohort(['contextid' => $place->id, 'idnumber' => 'all']);
        $this->people = $this->people('all', 45);
        $id = campaigns::begin($place, [
            'name' => 'Where we stand',
            'purpose' => 'To choose what we do.',
            'cohortid' => $cohort->id,
            'surveys' => 'context,climate',
            'code' => 'WAVEWAV7',
            'timeopen' => self::START - DAYSECS,
            'timeclose' => self::START + DAYSECS,
        ])->id;
        $DB->set_field('local_palier_campaign', 'state', campaign::OPEN, ['id' => $id]);
        $this->campaign = campaigns::get($id);
    }

    /**
     * A person answers all questions alike.
     *
     * @param int $person
     * @param string $survey
     * @param string $answer
     */
    private function answer(int $person, string $survey, string $answer): void {
        $this->setUser($person);
        survey::answer($this->campaign, $survey, array_fill_keys(survey::QUESTIONS[$survey], $answer));
        $this->setAdminUser();
    }

    public function test_no_key_lies_between_answers_and_people(): void {
        global $CFG;
        $file = new \xmldb_file($CFG->dirroot . '/local/palier/db/install.xml');
        $this->assertTrue($file->loadXMLStructure());
        $tables = $file->getStructure()->getTables();
        $columns = $keys = [];
        foreach ($tables as $table) {
            $columns[$table->getName()] = array_map(fn($field): string => $field->getName(), $table->getFields());
            foreach ($table->getKeys() as $key) {
                if ($key->getRefTable()) {
                    $keys[$table->getName()][] = $key->getRefTable();
                }
            }
        }
        // Counts alone, no row of a person, no time; they lead to the campaign, and nothing leads to them.
        $this->assertSame(['id', 'campaignid', 'question', 'answer', 'people'], $columns['local_palier_useful']);
        $this->assertSame(['local_palier_campaign'], $keys['local_palier_useful']);
        $this->assertNotContains('local_palier_useful', array_merge(...array_values($keys)));
        // Who answered: a set without time, and without a way to what was answered.
        $this->assertSame(['id', 'campaignid', 'survey', 'userid'], $columns['local_palier_answered']);
        $this->assertSame(['local_palier_campaign', 'user'], $keys['local_palier_answered']);
        $this->assertNotContains('local_palier_answered', array_merge(...array_values($keys)));
        // A plan of action and a map are about nobody either.
        foreach (['local_palier_action', 'local_palier_snapshot'] as $name) {
            $this->assertNotContains('user', $keys[$name]);
            $this->assertSame([], preg_grep('/user/', $columns[$name]));
        }
    }

    public function test_each_answers_once_and_what_they_answered_is_in_no_row_of_theirs(): void {
        global $DB, $PAGE;
        $one = $this->people[0];
        $this->setUser($one);
        $page = (new my_campaigns_page())->export_for_template($PAGE->get_renderer('core'));
        // The climate needs no test, the context comes after it.
        $this->assertSame(['climate'], array_column($page['rows'][0]['surveyforms'], 'survey'));
        $this->answer($one, 'context', 'yes');
        $this->assertSame(0, $DB->count_records('local_palier_answered'));
        $this->answer($one, 'climate', 'often');
        $this->answer($one, 'climate', 'rarely');
        $row = ['campaignid' => $this->campaign->id, 'userid' => $one, 'timefinished' => self::START];
        $DB->insert_record('local_palier_participation', (object) $row);
        $this->answer($one, 'context', 'yes');
        $this->assertSame(
            ['climate', 'context'],
            $DB->get_fieldset_sql('SELECT survey FROM {local_palier_answered} WHERE userid = ? ORDER BY survey', [$one])
        );
        $this->answer($this->people[1], 'climate', 'often');
        // 10 questions, each with one answer that was given: by one, or by two. Nothing tells who.
        $counts = $DB->get_records_sql_menu('SELECT question, people FROM {local_palier_useful} ORDER BY question');
        $this->assertCount(10, $counts);
        $this->assertEquals([2, 1], [$counts['rude'], $counts['time']]);
        // An answer is missing, or none of those: nothing is counted.
        $this->setUser($this->people[2]);
        foreach ([['rude' => 'often'], array_fill_keys(survey::QUESTIONS['climate'], 'always')] as $answers) {
            try {
                survey::answer($this->campaign, 'climate', $answers);
                $this->fail('It was counted');
            } catch (\moodle_exception $e) {
                $this->assertSame('survey_all', $e->errorcode);
            }
        }
        // Who is not asked, or comes too late, counts for nothing; who leaves takes no count away.
        $this->answer((int) $this->getDataGenerator()->create_user()->id, 'climate', 'often');
        delete_user(\core_user::get_user($one));
        $this->assertSame(0, $DB->count_records('local_palier_answered', ['userid' => $one]));
        $this->clock->set_to(self::START + 2 * DAYSECS);
        $this->answer($this->people[3], 'climate', 'often');
        $this->assertSame('2', (string) $DB->get_field('local_palier_useful', 'people', ['question' => 'rude']));
    }

    public function test_it_is_told_about_k_people_at_least_once_the_campaign_is_over(): void {
        global $PAGE;
        foreach ($this->people as $place => $person) {
            // 20 often, 16 sometimes, 9 rarely: the nine are too few, and with the sum known the sixteen go with them.
            $this->answer($person, 'climate', $place < 20 ? 'often' : ($place < 36 ? 'sometimes' : 'rarely'));
        }
        $this->assertNull(survey::told($this->campaign, 'climate'));
        $page = new campaign_page($this->campaign);
        $this->assertStringNotContainsString('Often', json_encode($page->rows()));
        $this->clock->set_to(self::START + 2 * DAYSECS);
        $told = survey::told($this->campaign, 'climate');
        $this->assertSame(45, $told['people']);
        $this->assertSame(
            ['rarely' => null, 'sometimes' => null, 'often' => 20, 'unsaid' => null],
            $told['counts']['rude']
        );
        $this->assertContains(
            ['Do you get messages that are rude or aggressive?', 'not told', 'not told', '20', 'not told'],
            $page->rows()
        );
        $output = $PAGE->get_renderer('core');
        $html = $output->render_from_template('local_palier/campaign_page', $page->export_for_template($output));
        $this->assertDoesNotMatchRegularExpression('/\[\[|\{\{|\{\$a/', $html);
        $this->assertStringContainsString('Answered by 45 people.', $html);
        // Nobody answered the other one.
        $this->assertStringContainsString('Fewer than 10 people have answered', $html);
    }

    public function test_the_tables_of_the_version_before_get_surveys_and_plans(): void {
        global $CFG, $DB;
        require_once($CFG->libdir . '/upgradelib.php');
        require_once($CFG->dirroot . '/local/palier/db/upgrade.php');
        $manager = $DB->get_manager();
        foreach (['local_palier_answered', 'local_palier_action'] as $name) {
            $manager->drop_table(new \xmldb_table($name));
        }
        $manager->drop_field(new \xmldb_table('local_palier_campaign'), new \xmldb_field('surveys'));
        $hr = ['roleid' => $DB->get_field('role', 'id', ['shortname' => 'palierhr']), 'capability' => 'local/palier:manageactions'];
        $DB->delete_records('role_capabilities', $hr);
        set_config('version', 2026113007, 'local_palier');
        $this->assertTrue(xmldb_local_palier_upgrade(2026113007));
        $this->assertTrue($DB->record_exists('role_capabilities', $hr));
        $this->assertSame(0, $DB->count_records('local_palier_action'));
        // What was launched before goes with none.
        $campaign = campaigns::get($this->campaign->id);
        $this->assertSame([], survey::of($campaign));
        $DB->set_field('local_palier_campaign', 'surveys', 'climate', ['id' => $campaign->id]);
        $this->campaign = campaigns::get($campaign->id);
        $this->answer($this->people[0], 'climate', 'often');
        $this->assertSame(1, $DB->count_records('local_palier_answered'));
    }
}
