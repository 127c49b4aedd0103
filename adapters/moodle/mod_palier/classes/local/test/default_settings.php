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

namespace mod_palier\local\test;

use admin_setting_configselect;
use admin_setting_configtext;
use admin_setting_heading;
use admin_settingpage;

/**
 * The site's defaults for the form of a new activity.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class default_settings {
    /**
     * Adds them to the plugin's settings.
     *
     * @param admin_settingpage $settings
     */
    public static function add_to(admin_settingpage $settings): void {
        $settings->add(new admin_setting_heading(
            'mod_palier/defaultsheading',
            get_string('settings_defaults', 'mod_palier'),
            get_string('settings_defaults_desc', 'mod_palier')
        ));
        $choices = [
            'purpose' => plan_builder::PURPOSES,
            'precision' => plan_builder::PRECISIONS,
            'visibility' => ['course', 'after_sharing'],
            'levelscheme' => ['crcn', 'own', 'none'],
            'seenpolicy' => ['flag', 'exclude', 'allow'],
        ];
        foreach ($choices as $field => $values) {
            $settings->add(new admin_setting_configselect(
                "mod_palier/default_{$field}",
                get_string($field, 'mod_palier'),
                get_string("{$field}_help", 'mod_palier'),
                plan_builder::DEFAULTS[$field],
                array_combine($values, array_map(
                    fn($value) => get_string($field . '_' . str_replace(['_', '.'], '', $value), 'mod_palier'),
                    $values
                ))
            ));
        }
        foreach (['maxitems', 'minitems', 'maxattempts'] as $field) {
            $settings->add(new admin_setting_configtext(
                "mod_palier/default_{$field}",
                get_string($field, 'mod_palier'),
                $field === 'maxattempts' ? get_string('settings_unlimited', 'mod_palier') : '',
                plan_builder::DEFAULTS[$field],
                PARAM_INT
            ));
        }
    }
}
