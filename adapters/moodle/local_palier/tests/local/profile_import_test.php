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
use context_system;
use mod_palier\api;

/**
 * Profiles come in by a file that is looked at first, and go out by one that comes in again.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\profile_import
 * @covers     \local_palier\local\profile_file
 * @covers     \local_palier\local\profiles
 * @covers     \local_palier\local\csv_lines
 * @covers     \local_palier\local\job_cohort
 */
final class profile_import_test extends \advanced_testcase {
    /** @var string first line of the short files here. */
    private const HEAD = 'profile,kind,name_fr,framework,competence,level,weight,reason_fr';

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->setAdminUser();
    }

    /**
     * A file read for the site.
     *
     * @param string $lines below HEAD
     * @return profile_import
     */
    private function read(string $lines): profile_import {
        return new profile_import(self::HEAD . "\n" . $lines, context_system::instance());
    }

    /**
     * Line and column of each fault.
     *
     * @param profile_import $import
     * @return string[]
     */
    private function places(profile_import $import): array {
        return array_map(fn($fault) => "{$fault['line']} {$fault['column']}", $import->faults);
    }

    public function test_six_sample_jobs_come_along_each_level_with_its_reason_in_both_languages(): void {
        $import = new profile_import(profile_file::samples(), context_system::instance());
        $this->assertSame([], $import->faults);
        $this->assertSame(
            ['accueil', 'secretaire-mairie', 'agent-technique', 'cadre', 'travailleur-social', 'agent-finances'],
            array_keys($import->profiles)
        );
        foreach ($import->profiles as $profile) {
            foreach (['namefr', 'nameen', 'familyfr', 'familyen', 'impact'] as $field) {
                $this->assertNotSame('', $profile->fields[$field]);
            }
            foreach ($profile->requirements as $requirement) {
                $this->assertNotSame('', $requirement['reasonfr']);
                $this->assertNotSame('', $requirement['reasonen']);
            }
        }
    }

    public function test_looking_changes_nothing(): void {
        global $DB;
        $import = new profile_import(profile_file::samples(), context_system::instance());
        $this->assertCount(6, $import->plan());
        $this->assertSame(0, $DB->count_records('local_palier_profile'));
        $this->assertSame(6, $import->apply());
        $this->assertSame(6, $DB->count_records('local_palier_profile'));
        $this->assertSame(42, $DB->count_records('local_palier_requirement'));
    }

    public function test_every_fault_is_told_by_line_and_column_and_nothing_is_stored(): void {
        global $DB;
        $import = $this->read(implode("\n", [
            'base,socle,Socle,CRCN-2019,1.1,3,1,Pour tous',
            'base,socle,Socle,CRCN-2019,9.9,3,1,Pour tous',
            'base,socle,Socle,CRCN-2019,1.2,9,1,Pour tous',
            'base,socle,Socle,CRCN-2019,1.3,0,11,Pour tous',
            'base,socle,Socle,CRCN-2019,1.1,4,1,Pour tous',
            'base,socle,Autre,CRCN-2019,2.1,3.5,1,Pour tous',
            'base,socle,Socle,CRCN-2019,2.2,,1,=cmd()',
            'base,socle,Socle',
            '',
            'new,socle,Socle,CRCN-2031,2.2,3,1,Pour tous',
            'odd,wish,,CRCN-2019,2.2,3,1,Pour tous',
            'two words,socle,Socle,CRCN-2019,2.2,3,1,Pour tous',
            'post,job,Poste,CRCN-2019,2.2,3,1,Pour tous',
        ]));
        $this->assertSame([
            '3 competence', '4 level', '5 level', '5 weight', '6 competence', '7 level', '7 name_fr', '8 reason_fr', '8 level',
            '9 ', '11 framework', '12 kind', '12 name_fr', '13 profile', '14 impact',
        ], $this->places($import));
        $this->assertSame(0, $DB->count_records('local_palier_profile'));
        $this->expectException(\coding_exception::class);
        $import->apply();
    }

    public function test_a_framework_of_the_site_is_one_where_it_may_be_used(): void {
        $generator = $this->getDataGenerator();
        $competencies = $generator->get_plugin_generator('core_competency');
        [$here, $there] = [$generator->create_category(), $generator->create_category()];
        $place = fn($category) => \context_coursecat::instance($category->id);
        $framework = $competencies->create_framework(['idnumber' => 'OURS', 'contextid' => $place($here)->id]);
        $competencies->create_competency([
            'competencyframeworkid' => $framework->get('id'),
            'idnumber' => 'ACC-1',
            'shortname' => 'Welcome & guide',
        ]);
        $file = self::HEAD . "\nbase,socle,Socle,OURS,ACC-1,2,1,\nbase,socle,Socle,OURS,ACC-2,2,1,";
        $import = new profile_import($file, $place($here));
        $this->assertSame(['3 competence'], $this->places($import));
        $this->assertStringContainsString('ACC-2', $import->faults[0]['text']);
        // Another organisation knows nothing of it.
        $this->assertSame(['2 framework', '3 framework'], $this->places(new profile_import($file, $place($there))));
        $import = new profile_import(strtok($file, "\n") . "\n" . strtok("\n"), $place($here));
        $this->assertSame([], $import->faults);
        $this->assertSame('Welcome & guide', current($import->profiles)->competence('ACC-1'));
        $import->apply();
        $stored = current(profiles::by_code($place($here)));
        $this->assertSame('Welcome & guide', $stored->competence('ACC-1'));
        $framework->delete();
        $this->assertNull(profiles::get($stored->id)->framework());
        $this->assertSame('ACC-1', profiles::get($stored->id)->competence('ACC-1'));
    }

    public function test_a_framework_in_another_version_is_told_with_those_that_are_known(): void {
        [$fault] = $this->read('base,socle,Socle,DIGCOMP-3.0,1.1,3,1,')->faults;
        foreach (['DIGCOMP-3.0', ...array_keys(api::frameworks())] as $name) {
            $this->assertStringContainsString($name, $fault['text']);
        }
    }

    /**
     * Files with a fault of the whole.
     *
     * @return array
     */
    public static function broken_files(): array {
        return [
            'nothing' => ['', 5],
            'no line' => [self::HEAD, 1],
            'another encoding' => [self::HEAD . "\nbase,socle,Caf\xE9,CRCN-2019,1.1,3,1,", 1],
            'a column twice' => [self::HEAD . ',kind', 1],
            'an unknown column' => [self::HEAD . ',age', 1],
            'a column missing' => ['profile,kind,name_fr,framework,level', 1],
            'too large' => [str_repeat('x', profile_import::MOST_BYTES + 1), 1],
            'too long' => [self::HEAD . str_repeat("\nx", profile_import::MOST_LINES + 1), 1],
        ];
    }

    /**
     * A file that is none is told at its first line.
     *
     * @dataProvider broken_files
     * @param string $content
     * @param int $faults
     */
    public function test_a_file_that_is_none_is_told(string $content, int $faults): void {
        $import = new profile_import($content, context_system::instance());
        $this->assertCount($faults, $import->faults);
        $this->assertSame([1], array_values(array_unique(array_column($import->faults, 'line'))));
        $this->assertSame([], $import->profiles);
    }

    /**
     * Texts that a spreadsheet would compute.
     *
     * @return array
     */
    public static function formulas(): array {
        return ['equals' => ['=1+1'], 'plus' => ['+33'], 'minus' => ['-1'], 'at' => ['@SUM(A1)']];
    }

    /**
     * No formula comes in, and so none goes out.
     *
     * @dataProvider formulas
     * @param string $text
     */
    public function test_no_formula_comes_in(string $text): void {
        $this->assertSame(['2 name_fr'], $this->places($this->read("base,socle,$text,CRCN-2019,1.1,3,1,")));
        $this->assertSame(['2 reason_fr'], $this->places($this->read("base,socle,Socle,CRCN-2019,1.1,3,1,$text")));
    }

    public function test_a_french_spreadsheets_file_is_read_and_lines_are_counted_as_an_editor_does(): void {
        $content = profile_file::BOM . "profile;kind;name_fr;framework;competence;level;reason_fr\r\n"
            . "base;socle;\"Socle; commun\";CRCN-2019;1.1;3;\"deux\r\nlignes\"\r\n"
            . "\r\n"
            . "base;;;CRCN-2019;1.2;12;\r\n";
        $import = new profile_import($content, context_system::instance());
        // The first is about its text of two lines, the last is on line 5.
        $this->assertSame(['2 reason_fr', '5 level', '5 kind'], $this->places($import));
    }

    public function test_what_is_said_once_may_be_left_out_below(): void {
        $import = new profile_import(
            "profile,kind,name_fr,name_en,framework,competence,level\n"
            . "base,socle,Socle,Base,CRCN-2019,1.1,3\n"
            . "base,socle,,,CRCN-2019,1.2,4\n",
            context_system::instance()
        );
        $this->assertSame([], $import->faults);
        $this->assertSame([3, 4], array_column($import->profiles['base']->requirements, 'level'));
    }

    public function test_a_profile_is_never_overwritten(): void {
        $place = context_system::instance();
        $this->read('base,socle,Socle,CRCN-2019,1.1,3,1,')->apply();
        $this->assertSame(0, $this->read('base,socle,Socle,CRCN-2019,1.1,3,1,')->apply());
        $this->assertSame(1, $this->read('base,socle,Socle,CRCN-2019,1.1,4,1,')->apply());
        $versions = array_values(profiles::all($place));
        $this->assertSame([2, 1], array_column($versions, 'version'));
        $this->assertSame([true, false], array_column($versions, 'active'));
        $this->assertSame([4, 3], array_map(fn($profile) => $profile->requirements['1.1']['level'], $versions));
        profiles::retire($versions[0]);
        $this->assertSame([], profiles::active([$place->id]));
        // One that was retired comes back as a version of its own.
        $this->read('base,socle,Socle,CRCN-2019,1.1,4,1,')->apply();
        $this->assertSame([3], array_column(array_values(profiles::active([$place->id])), 'version'));
    }

    public function test_what_goes_out_comes_in_again_as_it_was(): void {
        $place = context_system::instance();
        (new profile_import(profile_file::samples(), $place))->apply();
        $this->read('base,socle,"Socle, « commun »",DIGCOMP-2.2,1.1,3,10,"Pour ""tous"""')->apply();
        $again = new profile_import(profile_file::text(profiles::by_code($place)), $place);
        $this->assertSame([], $again->faults);
        $this->assertCount(7, $again->profiles);
        $this->assertSame(0, $again->apply());
    }

    public function test_acts_are_events(): void {
        $sink = $this->redirectEvents();
        $this->read('base,socle,Socle,CRCN-2019,1.1,3,1,')->apply();
        profiles::retire(current(profiles::active([context_system::instance()->id])));
        $this->assertSame(
            [\local_palier\event\profiles_imported::class, \local_palier\event\profile_retired::class],
            array_map(fn($event) => $event::class, $sink->get_events())
        );
    }

    public function test_the_cohort_of_a_job_is_there_once_and_is_its_own(): void {
        $generator = $this->getDataGenerator();
        [$here, $there] = [context_coursecat::instance($generator->create_category()->id),
            context_coursecat::instance($generator->create_category()->id)];
        $generator->create_cohort(['contextid' => $here->id, 'idnumber' => 'desk']);
        $generator->create_cohort(['contextid' => $here->id, 'idnumber' => 'twice']);
        $generator->create_cohort(['contextid' => $here->id, 'idnumber' => 'twice']);
        $generator->create_cohort(['contextid' => $there->id, 'idnumber' => 'theirs']);
        $read = fn(string $code, string $cohort) => new profile_import(
            "profile,kind,name_fr,family_fr,impact,cohort,framework,competence,level\n"
            . "$code,job,Poste,Famille,low,$cohort,CRCN-2019,1.1,3\n",
            $here
        );
        foreach (['twice', 'theirs', 'nobody'] as $cohort) {
            $this->assertSame(['2 cohort'], $this->places($read('post', $cohort)));
        }
        $read('post', 'desk')->apply();
        // The job itself may be imported again; another one may not have its people.
        $this->assertSame([], $read('post', 'desk')->faults);
        $this->assertSame(['2 cohort'], $this->places($read('other', 'desk')));
    }

    public function test_with_a_category_go_its_profiles(): void {
        global $DB;
        $category = $this->getDataGenerator()->create_category();
        (new profile_import(profile_file::samples(), context_coursecat::instance($category->id)))->apply();
        $this->read('base,socle,Socle,CRCN-2019,1.1,3,1,')->apply();
        $category->delete_full(false);
        $this->assertSame(1, $DB->count_records('local_palier_profile'));
        $this->assertSame(1, $DB->count_records('local_palier_requirement'));
    }

    public function test_people_read_the_profiles_of_their_own_organisation_alone(): void {
        $generator = $this->getDataGenerator();
        $codes = [];
        foreach (['ours', 'theirs'] as $name) {
            $categories[$name] = $generator->create_category();
            (new profile_import(
                self::HEAD . "\n$name,socle,Socle,CRCN-2019,1.1,3,1,",
                context_coursecat::instance($categories[$name]->id)
            ))->apply();
        }
        $this->read('everybody,socle,Tous,CRCN-2019,1.1,3,1,')->apply();
        $below = $generator->create_category(['parent' => $categories['ours']->id]);
        $course = $generator->create_course(['category' => $below->id]);
        $this->setUser($generator->create_and_enrol($course));
        $codes = array_map(fn($profile) => $profile->fields['code'], profiles::for_me());
        $this->assertEqualsCanonicalizing(['ours', 'everybody'], $codes);
    }
}
