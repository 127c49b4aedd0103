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

namespace local_palier\tests;

use context;
use context_coursecat;
use context_system;
use local_palier\local\catalogue_import;
use local_palier\local\comparison;
use local_palier\local\profile;
use local_palier\local\profile_import;
use local_palier\local\profiles;
use mod_palier\api\result;
use mod_palier\local\engine\engine_factory;
use mod_palier\tests\makes_records;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/tests/classes/makes_records.php');

/**
 * Profiles, and results of maps as the engine tells them: shape "state" of docs/host-calls.md.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class programme_testcase extends \advanced_testcase {
    use makes_records;

    /** @var string first line of the trainings here. */
    private const CATALOGUE = 'code,title,framework,competences,from_level,to_level,days,url,course';

    /**
     * An administrator at a time, in an organisation with a course. Where the engine is not there the test is skipped.
     *
     * @param int $now
     * @return array the organisation's context, its course, the clock
     */
    protected function make_place(int $now): array {
        if (!engine_factory::find()) {
            $this->markTestSkipped('The engine is not there');
        }
        $this->resetAfterTest();
        $this->setAdminUser();
        $clock = $this->mock_clock_with_frozen($now);
        $category = $this->getDataGenerator()->create_category();
        $course = $this->getDataGenerator()->create_course(['category' => $category->id]);
        return [context_coursecat::instance($category->id), $course, $clock];
    }

    /**
     * The engine's state of a map with levels 1 to 8.
     *
     * @param float[] $chances by scale: to be at level 3 or above; below it is certain, above it impossible. Null: not assessed
     * @param string $state of the scales that are assessed
     * @return array
     */
    protected function state(array $chances, string $state = 'measured'): array {
        $scales = [];
        foreach ($chances as $id => $chance) {
            $scales[] = ['id' => (string) $id, 'n' => 4]
                + ($chance === null
                    ? ['state' => 'not_assessed', 'p_level_at_least' => null]
                    : ['state' => $state, 'p_level_at_least' => [1, 1, $chance, 0, 0, 0, 0, 0]]);
        }
        return [
            'known' => true,
            'provisional' => false,
            'levels' => ['first' => 1, 'last' => 8],
            'scales' => $scales,
            'composites' => [['id' => 'overall', 'kind' => 'overall', 'state' => 'measured', 'n' => 40]],
        ];
    }

    /**
     * A result that is in no database.
     *
     * @param array $state
     * @param int $time
     * @param string $purpose
     * @return result
     */
    protected function told(array $state, int $time = 100, string $purpose = 'positioning'): result {
        return new result(1, 1, 1, 1, true, $time - 50, $time, '', '', $purpose, $state['known'], $state);
    }

    /**
     * A profile that asks level 3.
     *
     * @param string[] $competences
     * @param array $fields
     * @param int[] $weights by competence
     * @return profile
     */
    protected function profile(array $competences, array $fields = [], array $weights = []): profile {
        return new profile(
            (object) ($fields + ['code' => 'base', 'kind' => 'socle', 'namefr' => 'Socle', 'framework' => 'CRCN-2019']),
            array_map(fn($competence) => (object) [
                'competence' => $competence,
                'level' => 3,
                'weight' => $weights[$competence] ?? 1,
            ], $competences)
        );
    }

    /**
     * A job of level 3 in competences, stored, with its cohort in the same place.
     *
     * @param context $context
     * @param string $code also the cohort's id number
     * @param int[] $weights by competence
     * @param string $impact
     * @param string $redeployment
     * @return profile
     */
    protected function job(
        context $context,
        string $code,
        array $weights = ['1.1' => 1],
        string $impact = 'low',
        string $redeployment = 'no'
    ): profile {
        $this->getDataGenerator()->create_cohort(['contextid' => $context->id, 'idnumber' => $code]);
        $lines = 'profile,kind,name_fr,family_fr,impact,redeployment,cohort,framework,competence,level,weight';
        foreach ($weights as $competence => $weight) {
            $lines .= "\n$code,job,Métier $code,Famille,$impact,$redeployment,$code,CRCN-2019,$competence,3,$weight";
        }
        $import = new profile_import($lines, $context);
        $this->assertSame([], $import->faults);
        $import->apply();
        return profiles::by_code($context)[$code];
    }

    /**
     * People of a job.
     *
     * @param string $code of its cohort
     * @param int $count
     * @return int[] ids
     */
    protected function people(string $code, int $count): array {
        $ids = [];
        for ($i = 0; $i < $count; $i++) {
            $ids[] = (int) $this->getDataGenerator()->create_user()->id;
        }
        $this->join($code, $ids);
        return $ids;
    }

    /**
     * Puts people into a cohort.
     *
     * @param string $code its id number
     * @param int[] $ids
     */
    protected function join(string $code, array $ids): void {
        global $CFG, $DB;
        require_once($CFG->dirroot . '/cohort/lib.php');
        $cohort = $DB->get_field('cohort', 'id', ['idnumber' => $code], MUST_EXIST);
        array_map(fn(int $id) => cohort_add_member($cohort, $id), $ids);
    }

    /**
     * A result of a person at an activity.
     *
     * @param stdClass $palier
     * @param int $userid
     * @param float[] $chances by scale
     * @param array $over as of make_attempt
     * @return stdClass the attempt
     */
    protected function has(stdClass $palier, int $userid, array $chances, array $over = []): stdClass {
        return $this->make_attempt($palier, $userid, $over + ['result' => json_encode($this->state($chances))]);
    }

    /**
     * Stores trainings of the site.
     *
     * @param string ...$lines below CATALOGUE
     */
    protected function catalogue(string ...$lines): void {
        $import = new catalogue_import(self::CATALOGUE . "\n" . implode("\n", $lines), context_system::instance());
        $this->assertSame([], $import->faults);
        $import->apply();
    }

    /**
     * A comparison with a result whose chances are said level by level.
     *
     * @param profile $profile
     * @param array $chances by scale: by level, from 1; null: not assessed
     * @param string $state of the scales that are assessed
     * @return comparison
     */
    protected function compare(profile $profile, array $chances, string $state = 'measured'): comparison {
        $told = $this->state(array_map(fn($those) => $those === null ? null : 0.5, $chances), $state);
        foreach ($told['scales'] as $place => $scale) {
            $told['scales'][$place]['p_level_at_least'] = $chances[$scale['id']];
        }
        $comparison = new comparison($profile);
        $comparison->add($this->told($told));
        return $comparison;
    }
}
