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
use local_palier\output\actions_import_page;
use local_palier\output\actions_page;
use local_palier\tests\programme_testcase;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * Plans of action: a file comes in whole or not at all, and its indicators are what SQL counts, where that may be told.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\action_import
 * @covers     \local_palier\local\action_file
 * @covers     \local_palier\local\actions
 * @covers     \local_palier\local\indicators
 * @covers     \local_palier\local\map_maker
 * @covers     \local_palier\output\actions_page
 * @covers     \local_palier\output\actions_import_page
 */
final class actions_test extends programme_testcase {
    /** @var int the day of the first map. */
    private const START = 1793000000;

    /** @var string[] chances of levels 1 to 6: in the first band, the second, the third, and either of the last two. */
    private const CHANCES = [
        'low' => '[1,0.5,0,0,0,0]', 'mid' => '[1,1,1,0.5,0,0]', 'top' => '[1,1,1,1,1,0.5]', 'unsure' => '[1,1,1,1,0.5,0]',
    ];

    /** @var context_coursecat the organisation. */
    private context_coursecat $place;

    /** @var stdClass its course. */
    private stdClass $course;

    /** @var \core\clock&\stdClass the time. */
    private $clock;

    /** @var int[] its 80 people. */
    private array $people;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        [$this->place, $this->course, $this->clock] = $this->make_place(self::START);
        $this->getDataGenerator()->create_cohort(['contextid' => $this->place->id, 'idnumber' => 'all']);
        $this->people = $this->people('all', 80);
    }

    /**
     * A wave that was launched: three bands of two levels.
     *
     * @param campaign|null $first
     * @return campaign
     */
    private function wave(?campaign $first = null): campaign {
        global $DB;
        $palier = $this->make_activity($this->course, ['plan' => json_encode([
            'palier_plan' => 1,
            'scales' => [['id' => 'a', 'domain' => 'd', 'name' => 'Search'], ['id' => 'b', 'domain' => 'd', 'name' => 'Data']],
            'map' => ['correlation' => 0.5, 'domains' => [['id' => 'd', 'name' => 'Information']]],
            'levels' => ['cuts' => [-2, -1, 0, 1, 2], 'first' => 1, 'names' => ['N', 'N', 'I', 'I', 'E', 'E']],
            'visibility' => 'after_sharing',
            'stop' => ['max_items' => 10],
        ])]);
        $id = campaigns::begin($this->place, [
            'name' => 'Where we stand',
            'purpose' => 'To choose what we do.',
            'cohortid' => $DB->get_field('cohort', 'id', ['idnumber' => 'all']),
            'cmid' => $palier->cmid,
            'surveys' => 'context',
            'series' => $first?->id,
            'wave' => $first ? 1 : 0,
            'code' => $first ? 'WAVEWAV8' : 'WAVEWAV7',
            'timeopen' => $this->clock->time() - 30 * DAYSECS,
            'timeclose' => $this->clock->time() + DAYSECS,
        ])->id;
        $DB->set_field('local_palier_campaign', 'state', campaign::OPEN, ['id' => $id]);
        return campaigns::get($id);
    }

    /**
     * People share results, then a map is made of them.
     *
     * @param campaign $campaign
     * @param int[] $a how many are where in competence a, as in CHANCES
     * @param int[] $b the same of b
     */
    private function publish(campaign $campaign, array $a, array $b): void {
        global $DB;
        $cm = get_coursemodule_from_id('palier', $campaign->cmid);
        $palier = $DB->get_record('palier', ['id' => $cm->instance]);
        $palier->cmid = $campaign->cmid;
        $kinds = array_map(
            fn(array $of): array => array_merge(...array_map(
                fn(string $kind, int $count): array => array_fill(0, $count, $kind),
                array_keys($of),
                $of
            )),
            ['a' => $a, 'b' => $b]
        );
        $bands = ['low' => [1, 2], 'mid' => [3, 4], 'top' => [5, 6], 'unsure' => null];
        foreach (array_keys($kinds['a']) as $place) {
            $scales = [];
            foreach ($kinds as $id => $of) {
                $band = $bands[$of[$place]];
                $scales[] = [
                    'id' => $id,
                    'p_level_at_least' => json_decode(self::CHANCES[$of[$place]]),
                    'state' => 'measured',
                    'n' => 5,
                    'theta' => 0,
                    'se' => 0.5,
                    'band' => $band ? ['first' => $band[0], 'last' => $band[1]] : null,
                ];
            }
            $attempt = $this->make_attempt($palier, $this->people[$place], ['timeshared' => 5, 'result' => json_encode([
                'known' => true,
                // Changes are not what is asked here.
                'earlier' => true,
                'levels' => ['first' => 1, 'last' => 6],
                'scales' => $scales,
                'composites' => [['id' => 'd', 'kind' => 'domain', 'state' => 'not_assessed']],
            ])]);
            $DB->insert_record('local_palier_participation', (object) [
                'campaignid' => $campaign->id,
                'userid' => $this->people[$place],
                'timeshared' => $this->clock->time() - 2 * DAYSECS,
                'attemptid' => $attempt->id,
            ]);
        }
        $map = snapshots::request($campaign, []);
        snapshots::make($map->id);
        $this->assertSame(snapshot::MADE, snapshots::get($map->id)->state);
    }

    /**
     * What was answered to the survey on the context.
     *
     * @param campaign $campaign
     * @param int[] $yes of 40, by question
     */
    private function answered(campaign $campaign, array $yes): void {
        global $DB;
        foreach ($yes as $question => $count) {
            foreach (['yes' => $count, 'no' => 40 - $count] as $answer => $people) {
                $row = ['campaignid' => $campaign->id, 'question' => $question, 'answer' => $answer, 'people' => $people];
                $DB->insert_record('local_palier_useful', (object) $row);
            }
        }
    }

    /**
     * The plan of the fixture.
     *
     * @return action_import
     */
    private function fixture(): action_import {
        $file = file_get_contents(__DIR__ . '/../fixtures/plan.csv');
        return new action_import(str_replace('CAMPAIGN', 'WAVEWAV7', $file), $this->place);
    }

    /**
     * What SQL says of an indicator, whoever may hear it.
     *
     * @param action $action
     * @param campaign $campaign
     * @return int percent
     */
    private function oracle(action $action, campaign $campaign): int {
        global $DB;
        $params = ['campaignid' => $campaign->id];
        if ($action->measure === action::CONTEXT) {
            return (int) round(100 * $DB->get_field_sql(
                "SELECT 1.0 * SUM(CASE WHEN answer = 'yes' THEN people ELSE 0 END) / SUM(people)
                   FROM {local_palier_useful}
                  WHERE campaignid = :campaignid AND question = :question",
                $params + ['question' => $action->question]
            ));
        }
        if ($action->measure === action::PARTICIPATION) {
            return (int) round(100 * $DB->get_field_sql(
                'SELECT 1.0 * COUNT(p.snapshotid) / COUNT(m.id)
                   FROM {local_palier_campaign} c
                   JOIN {cohort_members} m ON m.cohortid = c.cohortid
              LEFT JOIN {local_palier_participation} p ON p.campaignid = c.id AND p.userid = m.userid
                  WHERE c.id = :campaignid',
                $params
            ));
        }
        $chances = [];
        foreach (self::CHANCES as $kind => $list) {
            $chance = json_decode($list)[$action->level - 1];
            $chances[] = "WHEN a.result LIKE :$kind THEN $chance";
            $params[$kind] = "%\"id\":\"$action->competence\",\"p_level_at_least\":$list%";
        }
        return (int) round(100 * $DB->get_field_sql(
            'SELECT AVG(CASE ' . implode(' ', $chances) . ' END)
               FROM {local_palier_participation} p
               JOIN {palier_attempt} a ON a.id = p.attemptid
              WHERE p.campaignid = :campaignid AND p.snapshotid IS NOT NULL',
            $params
        ));
    }

    public function test_indicators_of_five_axes_are_what_sql_counts(): void {
        $first = $this->wave();
        $this->publish($first, ['low' => 20, 'mid' => 20, 'top' => 15, 'unsure' => 5], ['low' => 25, 'mid' => 35]);
        $this->answered($first, ['equipment' => 24, 'network' => 30, 'place' => 5, 'time' => 28, 'support' => 40]);
        $this->clock->set_to(self::START + 200 * DAYSECS);
        $second = $this->wave($first);
        $this->publish($second, ['low' => 10, 'mid' => 20, 'top' => 28, 'unsure' => 12], ['low' => 15, 'mid' => 55]);
        // The second wave is open: what was answered is not told yet.
        $this->answered($second, ['equipment' => 30, 'network' => 30, 'place' => 30, 'time' => 30, 'support' => 30]);
        $import = $this->fixture();
        $this->assertSame([], $import->faults);
        $import->apply();
        $actions = actions::of($this->place);
        $this->assertCount(25, $actions);
        $this->assertCount(5, array_unique(array_column($actions, 'axis')));
        $told = 0;
        $states = [];
        $indicators = new indicators();
        foreach ($actions as $action) {
            $values = $indicators->values($action);
            $this->assertSame([0, 1], array_keys($values));
            foreach (array_filter($values) as $wave => $value) {
                $this->assertSame($this->oracle($action, $wave ? $second : $first), $value['value'], $action->indicator);
                $this->assertTrue($value['low'] <= $value['value'] && $value['value'] <= $value['high'], $action->indicator);
                $told++;
            }
            $states[$action->indicator] = indicators::state($action, $values);
            // What may not be told: fewer than ten said yes, or all did; a band with nobody; a domain that was not assessed.
            $isnot = in_array($action->question, ['place', 'support']) || $action->competence === 'd'
                || $action->competence === 'b' && $action->level === 5;
            $this->assertSame($isnot, !$values[0], $action->indicator);
            $this->assertSame($isnot || $action->measure === action::CONTEXT, !$values[1], $action->indicator);
        }
        // 25 lines: 4 on place and support, 1 on the domain and 1 on b from 5 on are not told; 7 more on the context at T0 alone.
        $this->assertSame(2 * (25 - 6) - 7, $told);
        // By hand. Equipment: 24 of 40 is 60 %, of 50 and of 90 asked. At T1 70 of 80 are counted.
        $this->assertSame('reached', $states['Postes équipés']);
        $this->assertSame('notreached', $states['Postes tous équipés']);
        $this->assertSame('unknown', $states['Lieu calme']);
        $this->assertSame('unknown', $states['Niveau 3 du domaine']);
        $this->assertSame('reached', $states['Participation aux trois quarts']);
        // 28 and Bin(12, 1/2) of 70 are at 5 or above: between 40 % and 58 %, whatever the twelve are.
        $this->assertSame('reached', $states['Niveau 5 en recherche']);
        $this->assertSame('notreached', $states['Niveau 5 pour la plupart']);
    }

    public function test_a_target_within_the_margin_is_undecided_and_what_is_not_told_decides_nothing(): void {
        $action = new action((object) ['axis' => '', 'action' => '', 'indicator' => '', 'campaignid' => 1, 'measure' => 'level',
            'competence' => 'a', 'level' => 3, 'question' => null, 'target' => 50, 'duedate' => 20261231]);
        $value = fn(int $low, int $high): array => ['value' => 50, 'low' => $low, 'high' => $high];
        $this->assertSame('undecided', indicators::state($action, [$value(45, 55)]));
        $this->assertSame('reached', indicators::state($action, [$value(50, 55)]));
        $this->assertSame('notreached', indicators::state($action, [$value(40, 49)]));
        $this->assertSame('unknown', indicators::state($action, [null, null]));
        $this->assertSame('notreached', indicators::state($action, [$value(60, 70), $value(40, 49), null]));
    }

    public function test_every_fault_is_told_by_line_and_a_file_with_one_changes_nothing(): void {
        global $DB, $PAGE;
        $first = $this->wave();
        $plan = $this->fixture();
        $plan->apply();
        $other = context_coursecat::instance($this->getDataGenerator()->create_category()->id);
        $head = 'axis,action,indicator,campaign,measure,competence,level,question,target,date';
        $import = new action_import(implode("\n", [
            $head,
            'One,Act,Fine,WAVEWAV7,level,a,3,,50,2027-01-31',
            ',Act,No axis,WAVEWAV7,level,a,3,,50,2027-01-31',
            'One,Act,No campaign,NOSUCH,participation,,,,50,2027-01-31',
            'One,Act,No measure,WAVEWAV7,happiness,,,,50,2027-01-31',
            'One,Act,No competence,WAVEWAV7,level,z,3,,50,2027-01-31',
            'One,Act,Within a band,WAVEWAV7,level,a,4,,50,2027-01-31',
            'One,Act,No question,WAVEWAV7,context,,,weather,50,2027-01-31',
            'One,Act,No percent,WAVEWAV7,participation,,,,101,2027-01-31',
            'One,Act,No day,WAVEWAV7,participation,,,,50,31/02/2027',
            'One,Act,=1+1,WAVEWAV7,participation,,,,50,2027-01-31',
        ]), $this->place);
        $this->assertSame(
            ['3 axis', '4 campaign', '5 measure', '6 competence', '7 level', '8 question', '9 target', '10 date', '11 indicator'],
            array_map(fn(array $fault): string => "{$fault['line']} {$fault['column']}", $import->faults)
        );
        $this->assertStringContainsString('is none of: 3, 5.', $import->faults[4]['text']);
        $this->assertSame([], $import->actions);
        $data = (new actions_import_page($import, new \moodle_url('/'), 0))->export_for_template($PAGE->get_renderer('core'));
        $this->assertStringContainsString('Faults: 9. Nothing was changed.', $data['summary']);
        $this->assertEquals($plan->actions, actions::of($this->place));
        // A campaign of another place is none, and a plan goes out as it comes in.
        $text = action_file::text(actions::of($this->place));
        $this->assertSame('campaign', (new action_import($text, $other))->faults[0]['column']);
        $this->assertEquals($plan->actions, (new action_import($text, $this->place))->actions);
        // What goes with no survey has no answers to it.
        $row = ['id' => $first->id, 'surveys' => null];
        $DB->update_record('local_palier_campaign', (object) $row);
        $faults = $this->fixture()->faults;
        $this->assertSame(['campaign'], array_values(array_unique(array_column($faults, 'column'))));
        $this->assertCount(11, $faults);
    }

    public function test_the_page_and_its_file_say_the_same_by_axis(): void {
        global $PAGE;
        $first = $this->wave();
        $this->publish($first, ['low' => 20, 'mid' => 20, 'top' => 15, 'unsure' => 5], ['low' => 25, 'mid' => 35]);
        $this->fixture()->apply();
        $page = new actions_page($this->place);
        $output = $PAGE->get_renderer('core');
        $html = $output->render_from_template('local_palier/actions_page', $page->export_for_template($output));
        $this->assertDoesNotMatchRegularExpression('/\[\[|\{\{|\{\$a/', $html);
        $words = preg_replace('/\s+/u', ' ', strip_tags($html));
        $rows = $page->rows();
        $this->assertCount(26, $rows);
        // 60 of 80 are counted.
        $found = current(array_filter($rows, fn(array $row): bool => $row[2] === 'Participation à la moitié'));
        $this->assertSame([75, 75, 75, 50, '30 June 2027', 'Reached'], array_slice($found, 3));
        $this->assertStringContainsString('75 % 50 % 30 June 2027 ✓ Reached', $words);
        $this->assertSame(5, substr_count($html, '<caption'));
    }
}
