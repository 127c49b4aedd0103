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
 * Settings of the adaptive test activity.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

// Competence frameworks that come along, beside core's own page to import one.
if (get_config('core_competency', 'enabled')) {
    $ADMIN->add('competencies', new admin_externalpage(
        'mod_palier_frameworks',
        get_string('frameworks', 'mod_palier'),
        new moodle_url('/mod/palier/frameworks.php'),
        'moodle/competency:competencymanage'
    ));
}

// Where statements go: pages of their own.
$ADMIN->add('modsettings', new admin_externalpage(
    'mod_palier_destinations',
    get_string('destinations_menu', 'mod_palier'),
    new moodle_url('/mod/palier/destinations.php'),
    'moodle/site:config',
));

if ($ADMIN->fulltree) {
    // The engine.
    $settings->add(new admin_setting_heading(
        'mod_palier/engineheading',
        get_string('settings_engine', 'mod_palier'),
        get_string('settings_engine_desc', 'mod_palier', \mod_palier\local\guide::url('administrator')->out())
    ));
    $settings->add(new admin_setting_configexecutable(
        'mod_palier/pathtopalier',
        get_string('pathtopalier', 'mod_palier'),
        get_string('pathtopalier_desc', 'mod_palier'),
        ''
    ));

    // Records: how long attempts are kept.
    \mod_palier\local\xapi\xapi_settings::add_to($settings);

    $settings->add(new admin_setting_configtext(
        'mod_palier/reminderhours',
        get_string('reminderhours', 'mod_palier'),
        get_string('reminderhours_desc', 'mod_palier'),
        \mod_palier\local\test\reminders::HOURS,
        '/^\d{1,4}$/'
    ));

    $settings->add(new admin_setting_configtext(
        'mod_palier/noticeurl',
        get_string('noticeurl', 'mod_palier'),
        get_string('noticeurl_desc', 'mod_palier', \mod_palier\local\guide::url('learner')->out()),
        '',
        PARAM_URL
    ));

    $settings->add(new admin_setting_configcheckbox(
        'mod_palier/keepdevice',
        get_string('keepdevice', 'mod_palier'),
        get_string('keepdevice_desc', 'mod_palier'),
        0
    ));

    // What the form of a new activity has.
    \mod_palier\local\test\default_settings::add_to($settings);
}
