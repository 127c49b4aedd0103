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

namespace local_palier\output;

use context_coursecat;
use context_system;
use local_palier\local\comparison;
use local_palier\local\gap_counting;
use local_palier\local\profile_file;
use local_palier\local\profile_import;
use local_palier\local\profiles;
use local_palier\local\roles;
use local_palier\tests\programme_testcase;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * The pages say what is known in words, escape what people wrote, and HR's names nobody.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\output\profiles_page
 * @covers     \local_palier\output\profile_page
 * @covers     \local_palier\output\import_page
 * @covers     \local_palier\output\mine_page
 * @covers     \local_palier\output\gaps_page
 * @covers     \local_palier\output\places
 * @covers     \local_palier\local\roles
 */
final class pages_test extends programme_testcase {
    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->setAdminUser();
    }

    /**
     * A page as a browser gets it.
     *
     * @param \templatable $page
     * @return string
     */
    private function html(\templatable $page): string {
        global $PAGE;
        $PAGE->set_url('/local/palier/index.php');
        $output = $PAGE->get_renderer('core');
        $name = (new \ReflectionClass($page))->getShortName();
        $html = $output->render_from_template("local_palier/$name", $page->export_for_template($output));
        $this->assertDoesNotMatchRegularExpression('/\[\[|\{\{|\}\}|\{\$a/', $html);
        return $html;
    }

    /**
     * The words of a page, one space between them.
     *
     * @param \templatable $page
     * @return string
     */
    private function words(\templatable $page): string {
        return trim(preg_replace('/\s+/u', ' ', html_entity_decode(strip_tags($this->html($page)))));
    }

    public function test_what_people_wrote_is_escaped_everywhere(): void {
        $evil = '<img src=x onerror=alert(1)>';
        $import = new profile_import(
            "profile,kind,name_fr,framework,competence,level,reason_fr\nbase,socle,$evil,CRCN-2019,1.1,3,$evil\n",
            context_system::instance()
        );
        $url = new \moodle_url('/local/palier/import.php', ['contextid' => 1]);
        $pages = [new import_page($import, $url, 0, false)];
        $faulty = new profile_import("profile,kind,name_fr,framework,competence,level,$evil\n", context_system::instance());
        $pages[] = new import_page($faulty, $url, 0, false);
        $import->apply();
        $profile = current(profiles::by_code(context_system::instance()));
        $pages[] = new profiles_page(context_system::instance());
        $pages[] = new profile_page($profile);
        $pages[] = new mine_page([$profile->id => $profile], new comparison($profile));
        foreach ($pages as $page) {
            $html = $this->html($page);
            $this->assertStringNotContainsString('<img', $html, $page::class);
        }
    }

    public function test_a_person_reads_where_they_are_in_words(): void {
        $course = $this->getDataGenerator()->create_course();
        $learner = $this->getDataGenerator()->create_and_enrol($course);
        $chances = ['crcn:1.1' => 0.95, 'crcn:1.2' => 0.04, 'crcn:1.3' => 0.62];
        $this->has($this->make_activity($course), $learner->id, $chances, ['visibility' => 'after_sharing']);
        $this->setUser($learner);
        $profile = $this->profile(['1.1', '1.2', '1.3', '4.1']);
        $words = $this->words(new mine_page([$profile], comparison::of_user($profile, $learner->id)));
        $parts = [
            'Reached: 1. Not certain yet: 1. Not reached yet: 1. Not assessed: 1.',
            'A good place to begin: 1.2 Manage data',
            '✓ Reached 95 chances in a hundred that it is reached',
            '≈ Not certain yet 62 chances in a hundred',
            '○ Not reached yet 4 chances in a hundred',
            '– Not assessed',
        ];
        foreach ($parts as $part) {
            $this->assertStringContainsString($part, $words);
        }
        $this->assertStringContainsString('There is no profile', $this->words(new mine_page([], null)));
    }

    public function test_nothing_is_certain_in_words(): void {
        $this->assertSame('99 chances in a hundred that it is reached', mine_page::chance([0.9999]));
        $this->assertSame('1 chance in a hundred, or less, that it is reached', mine_page::chance([0.0]));
        $this->assertSame('62 to 90 chances in a hundred that it is reached', mine_page::chance([0.9, 0.62]));
    }

    public function test_what_corresponds_says_that_it_is_no_measurement(): void {
        $course = $this->getDataGenerator()->create_course();
        $learner = $this->getDataGenerator()->create_and_enrol($course);
        $this->has($this->make_activity($course), $learner->id, ['digcomp:1.3' => 0.95, 'digcomp:1.1' => 0.95]);
        $this->setUser($learner);
        $profile = $this->profile(['1.1', '1.2']);
        $words = $this->words(new mine_page([$profile], comparison::of_user($profile, $learner->id)));
        $this->assertStringContainsString('1.3: a correspondence, not a measurement.', $words);
        $this->assertStringContainsString('1.1: a correspondence, not a measurement; the rest', $words);
    }

    public function test_the_counts_name_nobody_and_say_what_is_hidden(): void {
        $category = $this->getDataGenerator()->create_category();
        $place = context_coursecat::instance($category->id);
        $palier = $this->make_activity($this->getDataGenerator()->create_course(['category' => $category->id]));
        $this->assertStringContainsString('No profile of a job here names a cohort', $this->words(new gaps_page($place)));
        $this->job($place, 'desk', ['1.1' => 1], 'strong', 'yes');
        $people = $this->people('desk', 36);
        $this->assertStringContainsString('Count now', $this->words(new gaps_page($place)));
        foreach ($people as $position => $id) {
            if ($position < 24) {
                $this->has($palier, $id, ['crcn:1.1' => $position < 10 ? 0.95 : 0.05]);
            }
        }
        gap_counting::run($place);
        $words = $this->words(new gaps_page($place));
        $this->assertStringNotContainsString('Count now', $words);
        $this->assertStringContainsString('people are moved to this job', strtolower($words));
        // Nobody is undecided: that is hidden, and one more count with it.
        $this->assertSame(2, substr_count($words, '· hidden'));
        foreach ($people as $id) {
            $user = \core_user::get_user($id);
            $this->assertStringNotContainsString($user->lastname, $words);
        }
    }

    public function test_the_file_has_what_the_page_shows_and_nothing_more(): void {
        $place = context_coursecat::instance($this->getDataGenerator()->create_category()->id);
        $palier = $this->make_activity($this->getDataGenerator()->create_course(['category' => $place->instanceid]));
        $this->getDataGenerator()->create_cohort(['contextid' => $place->id, 'idnumber' => 'desk']);
        $head = 'profile,kind,name_fr,family_fr,impact,cohort,framework,competence,level';
        (new profile_import("$head\ndesk,job,Accueil,F; G,strong,desk,CRCN-2019,1.1,3", $place))->apply();
        // A name that a spreadsheet takes for a formula comes through no import; a framework of the site may have one.
        global $DB;
        $DB->set_field('local_palier_profile', 'namefr', '=1+1');
        $people = $this->people('desk', 36);
        foreach (array_slice($people, 0, 24) as $position => $id) {
            $this->has($palier, $id, ['crcn:1.1' => $position < 10 ? 0.95 : 0.05]);
        }
        gap_counting::run($place);
        $page = new gaps_page($place);
        $this->assertSame([
            ["'=1+1", 'F; G', 'Strong', '36', '58 % to 100 %', '', '1.1 Search for and monitor information', 'Level 3',
                'hidden', 'hidden', '14', '12'],
        ], array_slice($this->table(\mod_palier\api::spreadsheet($page->rows())), 1));
        $sink = $this->redirectEvents();
        \local_palier\event\gaps_exported::tell($place);
        $this->assertStringContainsString('/local/palier/gaps.php', $sink->get_events()[0]->get_url()->out(false));
    }

    /**
     * A file as a French spreadsheet reads it.
     *
     * @param string $content
     * @return string[][]
     */
    private function table(string $content): array {
        $this->assertStringStartsWith("\u{FEFF}", $content);
        $lines = explode("\r\n", rtrim(substr($content, 3)));
        return array_map(fn($line) => str_getcsv($line, ';', '"', ''), $lines);
    }

    public function test_each_role_may_do_what_it_is_for_and_is_kept_while_somebody_has_it(): void {
        global $DB;
        $this->assertSame(count(roles::ROLES), count($DB->get_records_list('role', 'shortname', array_keys(roles::ROLES))));
        foreach (roles::ROLES as $shortname => $capabilities) {
            $id = $DB->get_field('role', 'id', ['shortname' => $shortname]);
            $given = $DB->get_fieldset_select('role_capabilities', 'capability', 'roleid = ?', [$id]);
            $this->assertEqualsCanonicalizing($capabilities, $given);
        }
        $hr = $DB->get_field('role', 'id', ['shortname' => 'palierhr']);
        role_assign($hr, $this->getDataGenerator()->create_user()->id, context_system::instance()->id);
        roles::make();
        roles::remove();
        $this->assertSame(['palierhr'], $DB->get_fieldset_select('role', 'shortname', "shortname LIKE 'palier%'"));
    }

    public function test_who_may_see_counts_manages_no_profile_and_sees_no_other_place(): void {
        $generator = $this->getDataGenerator();
        [$here, $there] = [context_coursecat::instance($generator->create_category()->id),
            context_coursecat::instance($generator->create_category()->id)];
        $role = $generator->create_role();
        assign_capability('local/palier:viewgaps', CAP_ALLOW, $role, context_system::instance());
        $hr = $generator->create_user();
        role_assign($role, $hr->id, $here->id);
        $this->setUser($hr);
        $this->assertSame(['gaps'], array_keys(places::of($here)));
        $this->assertSame([], places::of($there));
        // HR reads nobody's results: the door of mod_palier stays shut.
        $palier = $this->make_activity($generator->create_course(['category' => $here->instanceid]));
        $learner = $generator->create_user();
        $this->has($palier, $learner->id, ['crcn:1.1' => 0.95]);
        $this->assertSame([], \mod_palier\api::results_of_user($learner->id));
    }

    public function test_pages_belong_to_a_category_or_the_site(): void {
        $course = $this->getDataGenerator()->create_course();
        $this->assertInstanceOf(context_system::class, profiles::place(0));
        $this->expectException(\moodle_exception::class);
        profiles::place(\context_course::instance($course->id)->id);
    }

    public function test_profiles_and_counts_are_about_nobody(): void {
        global $DB;
        foreach (['local_palier_profile', 'local_palier_requirement', 'local_palier_count'] as $table) {
            $columns = array_keys($DB->get_columns($table));
            $this->assertSame([], preg_grep('/user|person|member|email/', $columns), $table);
        }
    }

    public function test_every_profile_that_comes_along_is_shown(): void {
        (new profile_import(profile_file::samples(), context_system::instance()))->apply();
        $words = $this->words(new profiles_page(context_system::instance()));
        $this->assertStringContainsString('Front desk officer', $words);
        $cadre = profiles::by_code(context_system::instance())['cadre'];
        $page = $this->words(new profile_page($cadre));
        $this->assertStringContainsString('Version 1, which counts', $page);
        $this->assertStringContainsString('4.2 Protect personal data and privacy Level 4 3 Answers for personal data', $page);
    }
}
