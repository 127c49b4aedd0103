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
 * Settings of the organisation's programme.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

use local_palier\local\meetings;
use local_palier\local\suppression;
use local_palier\local\told;
use local_palier\output\places;

$ADMIN->add('localplugins', new admin_category('local_palier', get_string('pluginname', 'local_palier')));
foreach (places::CAPABILITIES as $place => $capability) {
    $ADMIN->add('local_palier', new admin_externalpage(
        "local_palier_$place",
        get_string($place, 'local_palier'),
        new moodle_url(places::PAGES[$place]),
        $capability
    ));
}
if ($hassiteconfig) {
    $settings = new admin_settingpage('local_palier_settings', get_string('settings'));
    $settings->add(new admin_setting_configtext(
        'local_palier/least',
        get_string('least', 'local_palier'),
        get_string('least_desc', 'local_palier', suppression::FLOOR),
        suppression::USUAL,
        // At least the floor, which the code holds to as well.
        '/^([5-9]|[1-9]\d{1,3})$/'
    ));
    $settings->add(new admin_setting_configtextarea(
        'local_palier/rendezvous',
        get_string('rendezvous', 'local_palier'),
        get_string('rendezvous_desc', 'local_palier'),
        '',
        PARAM_TEXT
    ));
    $settings->add(new admin_setting_configtext(
        'local_palier/helplevel',
        get_string('helplevel', 'local_palier'),
        get_string('helplevel_desc', 'local_palier'),
        told::USUAL_LEVEL,
        '/^([1-9]|[12]\d|3[0-2])$/'
    ));
    $settings->add(new admin_setting_configtext(
        'local_palier/keepmonths',
        get_string('keepmonths', 'local_palier'),
        get_string('keepmonths_desc', 'local_palier'),
        meetings::USUAL_MONTHS,
        '/^([1-9]|[1-9]\d|1[01]\d|120)$/'
    ));
    $ADMIN->add('local_palier', $settings);
}
$settings = null;
