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

namespace mod_palier\output;

use mod_palier\hook\data_protection_sheet;
use mod_palier\local\xapi\actor;
use mod_palier\local\xapi\destinations;
use mod_palier\task\purge_expired;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\opens_pages;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/learner_testcase.php');
require_once(__DIR__ . '/../classes/opens_pages.php');

/**
 * The data protection sheet says what this site's settings are, to administrators alone, and no secret.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\output\data_protection_page
 * @covers     \mod_palier\local\protection\site_settings
 * @covers     \mod_palier\local\protection\destination_sheet
 * @covers     \mod_palier\local\protection\impact
 * @covers     \mod_palier\hook\data_protection_sheet
 * @covers     \mod_palier\local\attempt\retention
 */
final class data_protection_page_test extends learner_testcase {
    use opens_pages;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->make_test(2);
        $this->setAdminUser();
    }

    /**
     * The tables of the sheet, as plain text.
     *
     * @return string[][] by title: lines, their cells with a bar between
     */
    private function sheet(): array {
        global $PAGE;
        $data = (new data_protection_page())->export_for_template($PAGE->get_renderer('core'));
        $lines = [];
        foreach ($data['sections'] as $section) {
            $lines[$section['title']] = array_map(
                fn(array $row): string => implode(' | ', [$row['head'], ...array_column($row['cells'], 'text')]),
                $section['rows']
            );
        }
        return $lines;
    }

    /**
     * One table of the sheet.
     *
     * @param string $name
     * @return string
     */
    private function section(string $name): string {
        return implode("\n", $this->sheet()[get_string("protection_section_$name", 'mod_palier')]);
    }

    /**
     * A line that a table must have.
     *
     * @param string $what key of a string
     * @param string $value
     * @param string $section
     */
    private function assert_set(string $what, string $value, string $section): void {
        $line = get_string("protection_$what", 'mod_palier') . " | $value";
        $this->assertContains($line, explode("\n", $this->section($section)));
    }

    /**
     * A destination.
     *
     * @param array $fields
     * @return int
     */
    private function destination(array $fields = []): int {
        return destinations::save((object) ($fields + [
            'name' => 'Region',
            'endpoint' => 'https://lrs.example.org/xapi',
            'lrskey' => 'key-name-9f',
            'secret' => 'hush-5e1',
            'version' => '2.0.0',
            'wanted' => 'results',
            'verbs' => '',
            'categories' => '',
            'courses' => '',
            'actorpolicy' => actor::EMAIL,
            'since' => 0,
            'enabled' => 1,
        ]));
    }

    public function test_times_are_those_of_the_settings(): void {
        $months = fn(int $number): string => get_string('nummonths', 'moodle', $number);
        // The usual ones: retention::RESPONSE_MONTHS and RESULT_MONTHS, as the guide says.
        $this->assert_set('kept_answers', $months(24), 'kept');
        $this->assert_set('kept_results', $months(36), 'kept');
        set_config('responsemonths', 7, 'mod_palier');
        set_config('resultmonths', 0, 'mod_palier');
        $this->assert_set('kept_answers', $months(7), 'kept');
        $this->assert_set('kept_results', get_string('protection_forever', 'mod_palier'), 'kept');
        $this->assertStringContainsString($months(7), $this->section('draft'));
        // An attempt takes its answers with it.
        set_config('resultmonths', 5, 'mod_palier');
        $this->assert_set('kept_answers', $months(5), 'kept');
    }

    public function test_a_task_that_does_not_run_is_told(): void {
        $this->assert_set('kept_task', get_string('protection_kept_task_never', 'mod_palier'), 'kept');
        $task = \core\task\manager::get_scheduled_task(purge_expired::class);
        $task->set_disabled(true);
        \core\task\manager::configure_scheduled_task($task);
        $this->assert_set('kept_task', get_string('protection_kept_task_off', 'mod_palier'), 'kept');
    }

    public function test_what_moodle_keeps_beside_it_is_told(): void {
        set_config('enabled_stores', '', 'tool_log');
        $this->assert_set('network_logs', get_string('protection_none', 'mod_palier'), 'network');
        $this->assert_set('kept_logs', get_string('protection_notinuse', 'mod_palier'), 'kept');
        set_config('enabled_stores', 'logstore_standard', 'tool_log');
        set_config('loglifetime', 35, 'logstore_standard');
        $this->assert_set('network_logs', get_string('pluginname', 'logstore_standard'), 'network');
        $this->assert_set('kept_logs', get_string('numdays', '', 35), 'kept');
        set_config('messagingdeletereadnotificationsdelay', 3 * DAYSECS);
        $this->assertStringContainsString('3 days', $this->section('kept'));

        $purpose = get_string('protection_backups_purpose', 'mod_palier');
        $this->assertStringNotContainsString($purpose, $this->section('draft'));
        set_config('backup_auto_active', 1, 'backup');
        set_config('backup_auto_users', 1, 'backup');
        set_config('backup_auto_delete_days', 41, 'backup');
        $this->assertStringContainsString(get_string('protection_kept_backups_people', 'mod_palier'), $this->section('kept'));
        $this->assertStringContainsString('41', $this->section('kept'));
        $this->assertStringContainsString($purpose, $this->section('draft'));
    }

    public function test_destinations_are_told_and_how_they_know_people(): void {
        global $PAGE;
        $none = get_string('checkdelivery_none', 'mod_palier');
        $html = fn(): string => $PAGE->get_renderer('core')->render(new data_protection_page());
        $this->assertStringContainsString($none, $html());
        $id = $this->destination(['courses' => (string) $this->course->id]);
        $this->assertStringNotContainsString($none, $html());
        $line = $this->section('where');
        $this->assertStringContainsString('Region (https://lrs.example.org/xapi)', $line);
        $this->assertStringContainsString(get_string('wanted_results', 'mod_palier'), $line);
        $this->assertStringContainsString('xAPI 2.0.0', $line);
        $this->assertStringContainsString($this->course->fullname, $line);
        $this->assertStringContainsString(get_string('protection_names_email', 'mod_palier'), $line);
        $this->assertStringContainsString(get_string('protection_inuse', 'mod_palier'), $line);

        // Results go there, answers do not.
        [$results, $answers] = explode("\n", $this->section('draft'));
        $this->assertStringContainsString(get_string('protection_where_destinations', 'mod_palier', 'Region'), $results);
        $this->assertStringContainsString(get_string('protection_where_here', 'mod_palier'), $answers);
        $this->assertStringContainsString(get_string('protection_named', 'mod_palier', 'Region'), $this->section('draft'));

        destinations::suspend($id);
        $this->assertStringContainsString(get_string('protection_paused', 'mod_palier'), $this->section('where'));
        destinations::remove($id);
        $this->assertMatchesRegularExpression('/Region .*Removed on/', $this->section('where'));
        $this->assertStringContainsString(get_string('protection_named_none', 'mod_palier'), $this->section('draft'));
    }

    public function test_no_secret_is_on_the_page(): void {
        global $DB, $PAGE;
        $id = $this->destination();
        $stored = $DB->get_field('palier_destination', 'secret', ['id' => $id]);
        // The form refuses such an address; one that was stored by another way is cut.
        $DB->set_field('palier_destination', 'endpoint', 'https://me:pass-77@lrs.example.org/x?token=tok-88', ['id' => $id]);
        set_config('markkey', 'mark-3c2', 'mod_palier');
        $DB->set_field('palier', 'password', 'door-1d4', []);
        $html = $PAGE->get_renderer('core')->render(new data_protection_page());
        $this->assertStringContainsString('https://lrs.example.org/x)', $html);
        foreach (['hush-5e1', $stored, 'key-name-9f', 'pass-77', 'tok-88', 'mark-3c2', 'door-1d4'] as $secret) {
            $this->assertStringNotContainsString($secret, $html);
        }
    }

    public function test_activities_are_counted(): void {
        global $DB;
        $count = fn(int $count, int $of): string => get_string('protection_count', 'mod_palier', ['count' => $count, 'of' => $of]);
        $all = $DB->count_records('palier');
        $this->assert_set('chosen_shared', $count(0, $all), 'chosen');
        $DB->set_field('palier', 'visibility', 'after_sharing', ['id' => $this->palier->id]);
        $DB->set_field('palier', 'subnet', '192.0.2.', ['id' => $this->palier->id]);
        $DB->set_field('palier', 'evidence', 1, ['id' => $this->palier->id]);
        $this->assert_set('chosen_shared', $count(1, $all), 'chosen');
        $this->assert_set('chosen_course', $count($all - 1, $all), 'chosen');
        $this->assert_set('network_bound', $count(1, $all), 'network');
        $this->assert_set('chosen_evidence', $count(1, $all), 'chosen');
        $this->assertStringContainsString(get_string('protection_evidence_purpose', 'mod_palier'), $this->section('draft'));
        $said = get_string('protection_who_shared', 'mod_palier', ['count' => 1, 'of' => $all]);
        $this->assertStringContainsString($said, $this->section('draft'));

        $this->assert_set('chosen_default', get_string('visibility_course', 'mod_palier'), 'chosen');
        set_config('default_visibility', 'after_sharing', 'mod_palier');
        $this->assert_set('chosen_default', get_string('visibility_aftersharing', 'mod_palier'), 'chosen');
        set_config('noticeurl', 'https://example.org/notice', 'mod_palier');
        $this->assert_set('chosen_notice', 'https://example.org/notice', 'chosen');
    }

    public function test_a_site_without_activities_has_a_sheet(): void {
        global $DB;
        $DB->delete_records('palier');
        $this->assert_set('chosen_shared', get_string('protection_count', 'mod_palier', ['count' => 0, 'of' => 0]), 'chosen');
    }

    public function test_roles_are_those_of_the_site(): void {
        $readers = get_string('palier:viewreports', 'mod_palier');
        $this->assertStringNotContainsString('Auditor', $this->section('roles'));
        $role = $this->getDataGenerator()->create_role(['name' => 'Auditor', 'shortname' => 'auditor']);
        assign_capability('mod/palier:viewreports', CAP_ALLOW, $role, \context_system::instance());
        $this->assertMatchesRegularExpression("/^$readers \\| .*Auditor/m", $this->section('roles'));
        $this->assertStringContainsString('Auditor', explode("\n", $this->section('draft'))[0]);
    }

    public function test_other_plugins_add_to_it(): void {
        $this->redirectHook(data_protection_sheet::class, function (data_protection_sheet $hook): void {
            $hook->add_setting('Least', '12');
            $hook->add_processing('Plan', 'Jobs', 'HR', 'A year', 'Here', '<b>Told</b>', 'None');
        });
        $this->assertSame('Least | 12', $this->section('others'));
        $this->assertStringEndsWith('Plan | Jobs | HR | A year | Here | <b>Told</b> | None', $this->section('draft'));
    }

    public function test_only_administrators_see_it_on_the_guide(): void {
        global $DB;
        $mark = 'mod_palier_protection';
        $this->assertStringContainsString($mark, $this->open('guide', ['id' => 0, 'page' => 'data-protection']));
        $this->assertStringNotContainsString($mark, $this->open('guide', ['id' => 0, 'page' => 'learner']));
        $manager = $this->getDataGenerator()->create_user();
        role_assign($DB->get_field('role', 'id', ['shortname' => 'manager']), $manager->id, \context_system::instance());
        foreach ([$manager, $this->learner] as $user) {
            $this->setUser($user);
            $this->assertStringNotContainsString($mark, $this->open('guide', ['id' => 0, 'page' => 'data-protection']));
        }
    }

    public function test_every_string_is_there_in_both_languages(): void {
        global $DB, $PAGE;
        $DB->set_field('palier', 'evidence', 1, []);
        set_config('backup_auto_active', 1, 'backup');
        $this->destination();
        foreach (['en', 'fr'] as $language) {
            force_current_language($language);
            $html = $PAGE->get_renderer('core')->render(new data_protection_page());
            $this->assertDoesNotMatchRegularExpression('/\[\[|\{\{|\{\$a/', $html);
            $this->assertStringContainsString(
                s(get_string_manager()->get_string('protection_title', 'mod_palier', null, $language)),
                $html
            );
        }
        force_current_language('');
    }
}
