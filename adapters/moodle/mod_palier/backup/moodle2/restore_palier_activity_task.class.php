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
 * Restore of an adaptive test.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

require_once($CFG->dirroot . '/mod/palier/backup/moodle2/restore_palier_stepslib.php');

/**
 * The steps of a restore of an adaptive test.
 */
class restore_palier_activity_task extends restore_activity_task {
    #[\Override]
    protected function define_my_settings() {
    }

    #[\Override]
    protected function define_my_steps() {
        $this->add_step(new restore_palier_activity_structure_step('palier_structure', 'palier.xml'));
    }

    #[\Override]
    public static function define_decode_contents() {
        return [new restore_decode_content('palier', ['intro'], 'palier')];
    }

    #[\Override]
    public static function define_decode_rules() {
        return [
            new restore_decode_rule('PALIERVIEWBYID', '/mod/palier/view.php?id=$1', 'course_module'),
            new restore_decode_rule('PALIERINDEX', '/mod/palier/index.php?id=$1', 'course'),
        ];
    }

    #[\Override]
    public static function define_restore_log_rules() {
        return [];
    }
}
