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

/**
 * Backup of an adaptive test.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

require_once($CFG->dirroot . '/mod/palier/backup/moodle2/backup_palier_stepslib.php');

/**
 * The steps of a backup of an adaptive test.
 */
class backup_palier_activity_task extends backup_activity_task {
    #[\Override]
    protected function define_my_settings() {
    }

    #[\Override]
    protected function define_my_steps() {
        $this->add_step(new backup_palier_activity_structure_step('palier_structure', 'palier.xml'));
        // The questions come along: every activity that uses the question bank has these two steps.
        $this->add_step(new backup_calculate_question_categories('activity_question_categories'));
        $this->add_step(new backup_delete_temp_questions('clean_temp_questions'));
    }

    #[\Override]
    public static function encode_content_links($content) {
        global $CFG;

        $base = preg_quote($CFG->wwwroot, '/');
        $content = preg_replace("/($base\/mod\/palier\/index.php\?id\=)([0-9]+)/", '$@PALIERINDEX*$2@$', $content);
        return preg_replace("/($base\/mod\/palier\/view.php\?id\=)([0-9]+)/", '$@PALIERVIEWBYID*$2@$', $content);
    }
}
