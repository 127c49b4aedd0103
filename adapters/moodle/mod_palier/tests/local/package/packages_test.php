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

namespace mod_palier\local\package;

use mod_palier\local\engine\json_text;
use mod_palier\output\packages_page;
use mod_palier\tests\package_testcase;

/**
 * Packages of an activity for other platforms.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @category   test
 * @covers     \mod_palier\local\package\package_maker
 * @covers     \mod_palier\local\package\packages
 * @covers     \mod_palier\local\package\program
 * @covers     \mod_palier\local\package\question_xml
 * @covers     \mod_palier\output\packages_page
 * @covers     \mod_palier\event\package_made
 */
final class packages_test extends package_testcase {
    /**
     * The standards and what each has that the others have not.
     *
     * @return array
     */
    public static function standards(): array {
        return [
            'SCORM 1.2' => ['scorm12', 'imsmanifest.xml', '<schemaversion>1.2</schemaversion>'],
            'SCORM 2004, 4th edition' => ['scorm2004', 'imsmanifest.xml', '2004 4th Edition'],
            'SCORM 2004, 3rd edition' => ['scorm2004-3rd', 'imsmanifest.xml', '2004 3rd Edition'],
            'cmi5' => ['cmi5', 'cmi5.xml', '<au '],
            'web page' => ['web', 'index.html', 'package.html'],
        ];
    }

    /**
     * The test is a package of each standard, with the questions of the activity under the names of their items.
     *
     * @dataProvider standards
     * @param string $format
     * @param string $file
     * @param string $word
     */
    public function test_a_test_is_a_package_of_each_standard(string $format, string $file, string $word): void {
        $this->make_test(6, ['name' => 'Élémentaire & co']);
        $this->setAdminUser();
        $sink = $this->redirectEvents();
        $package = $this->make_package($format);
        $this->assertStringContainsString($word, $this->files_of($package)[$file]);
        $bundle = $this->bundle_of($package);
        $this->assertSame('Élémentaire & co', $bundle['title']['en']);
        $items = array_column($bundle['variants']['en']['items'], 'item');
        $this->assertSame(array_column($this->maker()->questions(), 'item'), $items);
        $this->assertSame($items, array_keys(json_text::decode($package->entries)));
        $made = array_values(array_filter($sink->get_events(), fn($event) => $event instanceof \mod_palier\event\package_made));
        $this->assertCount(1, $made);
        $this->assertEquals($package->id, $made[0]->objectid);
        $this->assertEventContextNotUsed($made[0]);
    }

    /**
     * What draws pages.
     *
     * @return \core\output\renderer_base
     */
    private function renderer(): \core\output\renderer_base {
        global $PAGE;
        return $PAGE->get_renderer('core');
    }

    public function test_half_of_the_questions_leave_the_site_and_their_pictures_go_along(): void {
        global $DB;
        $this->make_test(12, [], ['shortanswer']);
        $this->setAdminUser();
        $question = $this->palier->questions[0];
        $text = '<p><img src="@@PLUGINFILE@@/dot.png" alt="A dot"></p>';
        $DB->set_field('question', 'questiontext', $text, ['id' => $question->id]);
        \question_bank::notify_question_edited($question->id);
        get_file_storage()->create_file_from_string([
            'contextid' => $this->palier->category->contextid, 'component' => 'question',
            'filearea' => 'questiontext', 'itemid' => $question->id, 'filepath' => '/', 'filename' => 'dot.png',
        ], base64_decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='));
        $half = $this->bundle_of($this->make_package('scorm12', 50));
        $this->assertCount(6, $half['variants']['en']['items']);
        $whole = $this->make_package();
        $this->assertCount(12, $this->bundle_of($whole)['variants']['en']['items']);
        $this->assertNotEmpty(preg_grep('~^media/.*\.png$~', array_keys($this->files_of($whole))));
    }

    public function test_what_cannot_be_carried_is_told_by_question(): void {
        $this->make_test(8, [], ['shortanswer', 'shortanswer', 'shortanswer', 'calculated']);
        $this->setAdminUser();
        $package = $this->make_package();
        $this->assertCount(6, $this->bundle_of($package)['variants']['en']['items']);
        [, $cm] = get_course_and_cm_from_cmid($this->palier->cmid, 'palier');
        $page = (new packages_page($this->maker(), $this->program, $cm, (int) $package->id))
            ->export_for_template($this->renderer());
        $lines = $page['shown']['reports'][0]['lines'];
        $left = array_filter($lines, fn($line) => $line['what'] === get_string('package_leftout', 'mod_palier'));
        $this->assertSame(['Question 3', 'Question 7'], array_values(array_column($left, 'name')));
        $this->assertSame([['text' => get_string('remark_calculated', 'mod_palier'), 'lang' => '']], reset($left)['texts']);
        // What is not known here is told as the program says it.
        $this->assertSame(['text' => 'something new', 'lang' => 'en'], remarks::told('something new'));
        $this->assertSame('', $page['cannot']);
        $this->assertCount(1, $page['rows']);
    }

    public function test_questions_of_others_stay_in_their_bank_and_the_page_says_so(): void {
        $this->make_test(6);
        $teacher = $this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher');
        $this->setUser($teacher);
        $this->assertCount(6, $this->maker()->questions());
        $role = $this->getDataGenerator()->create_role();
        assign_capability('moodle/question:viewall', CAP_PROHIBIT, $role, \core\context\course::instance($this->course->id));
        role_assign($role, $teacher->id, \core\context\course::instance($this->course->id));
        $this->assertCount(0, $this->maker()->questions());
        $this->assertCount(6, $this->maker()->forbidden());
        [, $cm] = get_course_and_cm_from_cmid($this->palier->cmid, 'palier');
        $page = (new packages_page($this->maker(), $this->program, $cm))->export_for_template($this->renderer());
        $this->assertSame(get_string('package_noquestions', 'mod_palier'), $page['cannot']);
        $this->assertCount(6, $page['forbidden']);
    }

    public function test_without_the_program_or_its_player_the_page_says_what_is_missing(): void {
        $this->make_test(6);
        $this->setAdminUser();
        [, $cm] = get_course_and_cm_from_cmid($this->palier->cmid, 'palier');
        $page = (new packages_page($this->maker(), null, $cm))->export_for_template($this->renderer());
        $this->assertSame(get_string('package_noprogram', 'mod_palier'), $page['cannot']);
    }

    public function test_a_test_that_cannot_run_is_refused_in_the_words_of_the_reader(): void {
        $this->make_test(6, ['plan' => ['stop' => ['min_items' => 6, 'max_items' => 6]]]);
        $this->setAdminUser();
        $this->assertNotEmpty($this->make_package());
        $this->expectException(refusal::class);
        $this->expectExceptionMessageMatches('/6/');
        $this->make_package('scorm12', 50);
    }

    public function test_only_who_may_export_gets_the_file_and_a_deleted_package_leaves_nothing(): void {
        global $DB;
        $this->make_test(6);
        $this->setAdminUser();
        $package = $this->make_package();
        $context = \core\context\module::instance($this->palier->cmid);
        $file = packages::file($context, (int) $package->id);
        $this->setUser($this->learner);
        $this->assertFalse(packages::send($context, [$package->id, $file->get_filename()], []));
        $this->setAdminUser();
        $this->assertFalse(packages::send($context, [$package->id, 'other.zip'], []));
        packages::delete((int) $this->palier->id + 1, $context, (int) $package->id);
        $this->assertTrue($DB->record_exists('palier_package', ['id' => $package->id]));
        packages::delete((int) $this->palier->id, $context, (int) $package->id);
        $this->assertFalse($DB->record_exists('palier_package', []));
        $this->assertNull(packages::file($context, (int) $package->id));
        $this->make_package();
        course_delete_module($this->palier->cmid);
        $this->assertFalse($DB->record_exists('palier_package', []));
    }
}
