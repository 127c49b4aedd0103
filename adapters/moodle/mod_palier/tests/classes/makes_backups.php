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

namespace mod_palier\tests;

use backup;
use backup_controller;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\bank\bank;
use restore_controller;
use restore_dbops;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/backup/util/includes/backup_includes.php');
require_once($CFG->dirroot . '/backup/util/includes/restore_includes.php');
require_once($CFG->dirroot . '/course/externallib.php');

/**
 * Backups of the course of a learner_testcase, and restores of them to new courses.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
trait makes_backups {
    /**
     * Backs the course up.
     *
     * @param bool $users
     * @return string folder of the backup
     */
    protected function back_up(bool $users): string {
        global $USER;
        $this->setAdminUser();
        $mode = $users ? backup::MODE_GENERAL : backup::MODE_IMPORT;
        $controller = new backup_controller(
            backup::TYPE_1COURSE,
            $this->course->id,
            backup::FORMAT_MOODLE,
            backup::INTERACTIVE_NO,
            $mode,
            $USER->id,
        );
        if ($users) {
            $controller->get_plan()->get_setting('users')->set_value(true);
        }
        $controller->execute_plan();
        $id = $controller->get_backupid();
        if ($users) {
            $file = $controller->get_results()['backup_destination'];
            $file->extract_to_pathname(get_file_packer('application/vnd.moodle.backup'), make_backup_temp_directory($id));
        }
        $controller->destroy();
        return $id;
    }

    /**
     * Restores a backup to a new course.
     *
     * @param string $id folder of the backup
     * @param bool $elsewhere as if it came from another site
     * @param stdClass|null $teacher who restores it, and teaches that course; null for the present user
     * @return stdClass the restored activity, with cmid
     */
    protected function restore(string $id, bool $elsewhere = false, ?stdClass $teacher = null): stdClass {
        global $DB, $USER;
        if ($elsewhere) {
            $path = make_backup_temp_directory($id) . '/moodle_backup.xml';
            $xml = file_get_contents($path);
            $xml = preg_replace('~<original_site_identifier_hash>.*?<~', '<original_site_identifier_hash>another<', $xml);
            $xml = preg_replace('~<original_wwwroot>.*?<~', '<original_wwwroot>https://another.example.org<', $xml);
            file_put_contents($path, $xml);
        }
        $courseid = restore_dbops::create_new_course('Restored', 'R' . random_string(5), $this->course->category);
        if ($teacher) {
            $context = \core\context\course::instance($courseid);
            $this->getDataGenerator()->role_assign('editingteacher', $teacher->id, $context->id);
            $this->setUser($teacher);
        }
        $controller = new restore_controller(
            $id,
            $courseid,
            backup::INTERACTIVE_NO,
            $elsewhere ? backup::MODE_GENERAL : backup::MODE_SAMESITE,
            $USER->id,
            backup::TARGET_NEW_COURSE,
        );
        $this->assertTrue($controller->execute_precheck());
        $controller->execute_plan();
        $controller->destroy();
        $cm = get_fast_modinfo($courseid)->get_instances_of('palier');
        $cm = reset($cm);
        $palier = $DB->get_record('palier', ['id' => $cm->instance]);
        $palier->cmid = $cm->id;
        return $palier;
    }

    /**
     * The only attempt of an activity.
     *
     * @param stdClass $palier
     * @return attempt
     */
    protected function only_attempt(stdClass $palier): attempt {
        global $DB;
        return attempt_repository::load((int) $DB->get_field('palier_attempt', 'id', ['palierid' => $palier->id], MUST_EXIST));
    }

    /**
     * The question bank entries of an activity's present bank.
     *
     * @param stdClass $palier
     * @return int[]
     */
    protected function entries(stdClass $palier): array {
        global $DB;
        $bank = bank::for_instance($palier, \core\context\module::instance($palier->cmid));
        return array_map('intval', $DB->get_fieldset('palier_bank_item', 'questionbankentryid', ['bankid' => $bank->id]));
    }

    /**
     * Changes what a backup says of the activity, as whoever has the file can.
     *
     * @param string $id folder of the backup
     * @param string $pattern what is replaced in palier.xml, everywhere
     * @param string $with
     */
    protected function doctor(string $id, string $pattern, string $with): void {
        $path = make_backup_temp_directory($id) . "/activities/palier_{$this->palier->cmid}/palier.xml";
        $xml = preg_replace($pattern, $with, file_get_contents($path), -1, $count);
        $this->assertGreaterThan(0, $count, $pattern);
        file_put_contents($path, $xml);
    }
}
