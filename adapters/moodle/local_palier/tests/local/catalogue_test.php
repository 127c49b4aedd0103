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

use context;
use context_coursecat;
use context_system;
use local_palier\output\catalogue_import_page;
use local_palier\output\catalogue_page;
use local_palier\output\places;

/**
 * Trainings come in by a file that is looked at first, each faulty line told and left out; they go out by one that comes in again.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\catalogue
 * @covers     \local_palier\local\catalogue_file
 * @covers     \local_palier\local\catalogue_import
 * @covers     \local_palier\local\csv_import
 * @covers     \local_palier\local\entry
 * @covers     \local_palier\output\catalogue_page
 * @covers     \local_palier\output\catalogue_import_page
 */
final class catalogue_test extends \advanced_testcase {
    /** @var string first line of the short files here. */
    private const HEAD = 'code,title,framework,competences,from_level,to_level,modality,days,place,dates,url,course';

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        $this->setAdminUser();
    }

    /**
     * The 60 lines, four of them with a fault.
     *
     * @return string
     */
    private function sixty(): string {
        return file_get_contents(__DIR__ . '/../fixtures/catalogue.csv');
    }

    /**
     * A short file.
     *
     * @param string $lines below HEAD
     * @param context|null $context the system's where none is said
     * @return catalogue_import
     */
    private function read(string $lines, ?context $context = null): catalogue_import {
        return new catalogue_import(self::HEAD . "\n$lines", $context ?? context_system::instance());
    }

    /**
     * Line and column of each fault.
     *
     * @param catalogue_import $import
     * @return string[]
     */
    private function places(catalogue_import $import): array {
        return array_map(fn($fault) => "{$fault['line']} {$fault['column']}", $import->faults);
    }

    /**
     * A page as a browser gets it.
     *
     * @param \templatable $page
     * @return string
     */
    private function html(\templatable $page): string {
        global $PAGE;
        $PAGE->set_url('/local/palier/catalogue.php');
        $output = $PAGE->get_renderer('core');
        $name = (new \ReflectionClass($page))->getShortName();
        $html = $output->render_from_template("local_palier/$name", $page->export_for_template($output));
        $this->assertDoesNotMatchRegularExpression('/\[\[|\{\{|\{\$a/', $html);
        return $html;
    }

    public function test_of_sixty_lines_56_come_in_and_four_are_told_by_their_lines(): void {
        global $DB;
        $import = new catalogue_import($this->sixty(), context_system::instance());
        $this->assertSame(['9 to_level', '24 competences', '38 to_level', '52 code'], $this->places($import));
        $this->assertSame(4, $import->faulty());
        $this->assertSame(['new' => 56, 'changed' => 0, 'same' => 0], array_map('count', $import->plan()));
        $this->assertSame(0, $DB->count_records('local_palier_entry'), 'Looking changes nothing');
        $this->assertSame(56, $import->apply());
        $this->assertSame(56, $DB->count_records('local_palier_entry'));
        $this->assertSame(56, catalogue::count(context_system::instance()));
    }

    public function test_what_comes_again_updates_by_code_and_removes_nothing(): void {
        $site = context_system::instance();
        (new catalogue_import($this->sixty(), $site))->apply();
        $ids = array_map(fn(entry $entry) => $entry->id, catalogue::by_code($site));
        $this->assertSame(0, (new catalogue_import($this->sixty(), $site))->apply());
        $import = $this->read('NUM-002,Autre titre,CRCN-2019,1.2|1.3,1,3,online,1.5,,,,');
        $this->assertSame(['new' => 0, 'changed' => 1, 'same' => 0], array_map('count', $import->plan()));
        $sink = $this->redirectEvents();
        $this->assertSame(1, $import->apply());
        $this->assertStringContainsString("imported 1 entries", $sink->get_events()[0]->get_description());
        $this->assertSame(56, catalogue::count($site));
        $entry = catalogue::by_code($site)['NUM-002'];
        $this->assertSame($ids['NUM-002'], $entry->id);
        $this->assertSame(['Autre titre', ['1.2', '1.3'], 1, 3, 'online', 1.5], [
            $entry->title, $entry->competences, $entry->fromlevel, $entry->tolevel, $entry->modality, $entry->days,
        ]);
    }

    public function test_what_goes_out_comes_in_again_as_it_is(): void {
        $site = context_system::instance();
        $course = $this->getDataGenerator()->create_course(['shortname' => 'FIC', 'idnumber' => '']);
        (new catalogue_import($this->sixty(), $site))->apply();
        $this->read('COURS,Un cours,CRCN-2019,1.1,,2,,,,,,FIC')->apply();
        $this->assertSame((int) $course->id, catalogue::by_code($site)['COURS']->courseid);
        $again = new catalogue_import(catalogue_file::text(catalogue::of($site)), $site);
        $this->assertSame([], $again->faults);
        $this->assertSame(['new' => 0, 'changed' => 0, 'same' => 57], array_map('count', $again->plan()));
        delete_course($course, false);
        $this->assertNull(catalogue::by_code($site)['COURS']->courseid, 'A course that is no more is none');
    }

    public function test_each_fault_of_a_line_is_told_and_the_other_lines_come_in(): void {
        $this->getDataGenerator()->create_course(['shortname' => 'TWO', 'idnumber' => 'X']);
        $this->getDataGenerator()->create_course(['shortname' => 'X']);
        $import = $this->read(implode("\n", [
            'A,Bon,CRCN-2019,1.1,,2,,,,,,',
            'two words,Titre,CRCN-2019,1.1,,2,,,,,,',
            'B,,CRCN-2019,1.1,,2,,,,,,',
            'C,Titre,CRCN-1999,1.1,,2,,,,,,',
            'D,Titre,CRCN-2019,1.1,4,3,,,,,,',
            'E,Titre,CRCN-2019,1.1,0,3,,,,,,',
            'F,Titre,CRCN-2019,1.1,,,,,,,,',
            'G,Titre,CRCN-2019,1.1,,2,maybe,,,,,',
            'H,Titre,CRCN-2019,1.1,,2,,long,,,,',
            'I,Titre,CRCN-2019,1.1,,2,,400,,,,',
            'J,Titre,CRCN-2019,1.1,,2,,,,,javascript:alert(1),',
            'K,Titre,CRCN-2019,1.1,,2,,,,,,NOWHERE',
            'L,Titre,CRCN-2019,1.1,,2,,,,,,X',
            'M,=cmd(),CRCN-2019,1.1,,2,,,,,,',
            'N,Titre,CRCN-2019',
            'O,Bon,CRCN-2019,1.1,,2,présentiel,"0,5",,,https://example.org/a?b=1&c=2,TWO',
        ]));
        $this->assertSame([
            '3 code', '4 title', '5 framework', '6 to_level', '7 from_level', '8 to_level', '9 modality', '10 days', '11 days',
            '12 url', '13 course', '14 course', '15 title', '16 ',
        ], $this->places($import));
        $this->assertSame(['A', 'O'], array_keys($import->entries));
        $this->assertSame(['onsite', 0.5], [$import->entries['O']->modality, $import->entries['O']->days]);
    }

    public function test_an_organisations_trainings_are_its_own_and_go_with_it(): void {
        global $DB;
        $generator = $this->getDataGenerator();
        [$here, $there] = [$generator->create_category(), $generator->create_category()];
        $place = fn($category) => context_coursecat::instance($category->id);
        $this->read('A,Ici,CRCN-2019,1.1,,2,,,,,,', $place($here))->apply();
        $this->read('A,Ailleurs,CRCN-2019,1.1,,2,,,,,,', $place($there))->apply();
        $this->read('A,Partout,CRCN-2019,1.1,,2,,,,,,')->apply();
        $titles = fn(array $ids): array => array_column(catalogue::teaching($ids, 'CRCN-2019', ['1.1']), 'title');
        $this->assertEqualsCanonicalizing(
            ['Ici', 'Partout'],
            $titles([$place($here)->id, context_system::instance()->id])
        );
        $this->assertSame([], catalogue::teaching([$place($here)->id], 'CRCN-2019', ['1.2']));
        $this->assertSame([], catalogue::teaching([$place($here)->id], 'DIGCOMP-2.2', ['1.1']));
        catalogue::remove(current(catalogue::of($place($there))));
        $here->delete_full(false);
        $this->assertSame(['Partout'], $DB->get_fieldset_select('local_palier_entry', 'title', '1 = 1'));
        $this->assertSame(1, $DB->count_records('local_palier_teaches'));
    }

    public function test_who_keeps_the_catalogue_opens_it_and_counts_and_nothing_else(): void {
        global $DB;
        $place = context_coursecat::instance($this->getDataGenerator()->create_category()->id);
        $keeper = $this->getDataGenerator()->create_user();
        role_assign($DB->get_field('role', 'id', ['shortname' => 'paliercatalogue']), $keeper->id, $place->id);
        $this->setUser($keeper);
        $this->assertEqualsCanonicalizing(['catalogue', 'gaps'], array_keys(places::of($place)));
        $this->assertSame([], places::of(context_system::instance()));
        $this->setUser($this->getDataGenerator()->create_user());
        $this->assertSame([], places::of($place));
    }

    public function test_pages_say_what_is_there_and_escape_what_people_wrote(): void {
        $site = context_system::instance();
        $url = new \moodle_url('/local/palier/importcatalogue.php', ['contextid' => $site->id]);
        $import = $this->read(implode("\n", [
            'A,<img src=x>,CRCN-2019,1.1,1,2,mixte,1,<b>Lyon</b>,,https://example.org/,',
            'B,Bad,CRCN-2019,1.1,,<img>,,,,,,',
        ]));
        $html = $this->html(new catalogue_import_page($import, $url, 0));
        $this->assertStringContainsString('New: 1. Changed: 0. As they are: 0. Nothing was changed yet.', $html);
        $this->assertStringContainsString('Lines with a fault, which are left out: 1.', $html);
        $this->assertStringNotContainsString('<img', $html);
        $import->apply();
        $html = $this->html(new catalogue_page($site));
        $this->assertStringContainsString('Blended · 1 day · &lt;b&gt;Lyon&lt;/b&gt;', $html);
        $this->assertStringContainsString('Level 1 to level 2', $html);
        $this->assertStringContainsString('1.1 Search for and monitor information', $html);
        $this->assertStringNotContainsString('<img', $html);
    }

    public function test_the_tables_of_the_version_before_get_the_catalogue(): void {
        global $CFG, $DB;
        require_once($CFG->libdir . '/upgradelib.php');
        require_once($CFG->dirroot . '/local/palier/db/upgrade.php');
        $manager = $DB->get_manager();
        foreach (['local_palier_teaches', 'local_palier_entry'] as $name) {
            $manager->drop_table(new \xmldb_table($name));
        }
        delete_role($DB->get_field('role', 'id', ['shortname' => 'paliercatalogue']));
        set_config('version', 2026113003, 'local_palier');
        $this->assertTrue(xmldb_local_palier_upgrade(2026113003));
        $this->assertSame(56, (new catalogue_import($this->sixty(), context_system::instance()))->apply());
        $this->assertTrue($DB->record_exists('role', ['shortname' => 'paliercatalogue']));
    }
}
