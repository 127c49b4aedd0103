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

namespace mod_palier\local\xapi;

use admin_setting_configtext;
use admin_setting_heading;
use admin_settingpage;
use mod_palier\local\attempt\retention;
use mod_palier\local\guide;

/**
 * The settings about statements: the way to their destinations, and how long they stay.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class xapi_settings {
    /**
     * Adds the settings to the plugin's page.
     *
     * @param admin_settingpage $page
     */
    public static function add_to(admin_settingpage $page): void {
        $text = fn(string $key): string => get_string($key, 'mod_palier');
        $destinations = \html_writer::link(new \moodle_url('/mod/palier/destinations.php'), $text('destinations'));
        $sheet = \html_writer::link(guide::url('data-protection'), $text('protection_sheet'));
        $page->add(new admin_setting_heading('mod_palier/xapi', $text('xapi'), $text('xapi_desc') . " $destinations<br>$sheet"));
        foreach (['responsemonths' => retention::RESPONSE_MONTHS, 'resultmonths' => retention::RESULT_MONTHS] as $name => $months) {
            $page->add(
                new admin_setting_configtext("mod_palier/$name", $text($name), $text("{$name}_desc"), $months, PARAM_INT, 5),
            );
        }
    }
}
