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
 * Steps from one version to the next.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

/**
 * Upgrades.
 *
 * @param int $oldversion
 * @return bool
 */
function xmldb_local_palier_upgrade($oldversion) {
    global $DB;
    $manager = $DB->get_manager();

    if ($oldversion < 2026113001) {
        // A competence may be one of a framework of the site's own, whose id numbers are longer.
        $competence = new xmldb_field('competence', XMLDB_TYPE_CHAR, '100', null, XMLDB_NOTNULL);
        $keys = [
            'local_palier_requirement' => ['competence', ['profileid', 'competence']],
            'local_palier_count' => ['line', ['contextid', 'profileid', 'competence']],
        ];
        foreach ($keys as $name => [$keyname, $fields]) {
            $table = new xmldb_table($name);
            $key = new xmldb_key($keyname, XMLDB_KEY_UNIQUE, $fields);
            $manager->drop_key($table, $key);
            $manager->change_field_precision($table, $competence);
            $manager->add_key($table, $key);
        }
        $framework = new xmldb_field('framework', XMLDB_TYPE_CHAR, '100', null, XMLDB_NOTNULL);
        $manager->change_field_precision(new xmldb_table('local_palier_profile'), $framework);
        \local_palier\local\roles::make();
        upgrade_plugin_savepoint(true, 2026113001, 'local', 'palier');
    }

    if ($oldversion < 2026113002) {
        // Campaigns.
        foreach (['local_palier_campaign', 'local_palier_stage', 'local_palier_participation'] as $name) {
            $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', $name);
        }
        \local_palier\local\roles::make();
        upgrade_plugin_savepoint(true, 2026113002, 'local', 'palier');
    }

    if ($oldversion < 2026113003) {
        // Maps of campaigns.
        $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', 'local_palier_snapshot');
        $counted = new xmldb_field('snapshotid', XMLDB_TYPE_INTEGER, '10');
        if (!$manager->field_exists('local_palier_participation', $counted)) {
            $manager->add_field(new xmldb_table('local_palier_participation'), $counted);
        }
        \local_palier\local\roles::give('palierhr', ['local/palier:viewmaps', 'local/palier:makemaps']);
        upgrade_plugin_savepoint(true, 2026113003, 'local', 'palier');
    }

    if ($oldversion < 2026113004) {
        // The catalogue of trainings, and the role of who keeps it.
        foreach (['local_palier_entry', 'local_palier_teaches'] as $name) {
            $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', $name);
        }
        \local_palier\local\roles::make();
        upgrade_plugin_savepoint(true, 2026113004, 'local', 'palier');
    }

    if ($oldversion < 2026113006) {
        // Campaigns that ask whether a level is reached, and who helps; tests that a place lends to those below it.
        if (!$manager->table_exists('local_palier_template')) {
            $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', 'local_palier_template');
        }
        $fields = [
            'local_palier_campaign' => [
                new xmldb_field('courseid', XMLDB_TYPE_INTEGER, '10'),
                new xmldb_field('floorlevel', XMLDB_TYPE_INTEGER, '4'),
                new xmldb_field('floorline', XMLDB_TYPE_INTEGER, '10'),
                new xmldb_field('help', XMLDB_TYPE_CHAR, '255'),
            ],
            'local_palier_participation' => [new xmldb_field('decision', XMLDB_TYPE_CHAR, '10')],
        ];
        foreach ($fields as $name => $columns) {
            $table = new xmldb_table($name);
            foreach ($columns as $column) {
                if (!$manager->field_exists($table, $column)) {
                    $manager->add_field($table, $column);
                }
            }
        }
        $manager->add_key(
            new xmldb_table('local_palier_campaign'),
            new xmldb_key('floorline', XMLDB_KEY_FOREIGN, ['floorline'], 'local_palier_requirement', ['id'])
        );
        upgrade_plugin_savepoint(true, 2026113006, 'local', 'palier');
    }

    if ($oldversion < 2026113007) {
        // Whether a campaign was useful.
        if (!$manager->table_exists('local_palier_useful')) {
            $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', 'local_palier_useful');
        }
        $told = new xmldb_field('usefultold', XMLDB_TYPE_INTEGER, '1', null, XMLDB_NOTNULL, null, '0');
        if (!$manager->field_exists('local_palier_participation', $told)) {
            $manager->add_field(new xmldb_table('local_palier_participation'), $told);
        }
        upgrade_plugin_savepoint(true, 2026113007, 'local', 'palier');
    }

    if ($oldversion < 2026120102) {
        // People who help: what people tell of themselves, rendez-vous, workshops, and the role of advisers.
        foreach (['told', 'slot', 'meeting', 'workshop', 'session'] as $name) {
            if (!$manager->table_exists("local_palier_$name")) {
                $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', "local_palier_$name");
            }
        }
        \local_palier\local\roles::make();
        upgrade_plugin_savepoint(true, 2026120102, 'local', 'palier');
    }

    if ($oldversion < 2026120105) {
        // Plans of action, and surveys that go with a campaign.
        foreach (['local_palier_answered', 'local_palier_action'] as $name) {
            if (!$manager->table_exists($name)) {
                $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', $name);
            }
        }
        $surveys = new xmldb_field('surveys', XMLDB_TYPE_CHAR, '40');
        if (!$manager->field_exists('local_palier_campaign', $surveys)) {
            $manager->add_field(new xmldb_table('local_palier_campaign'), $surveys);
        }
        \local_palier\local\roles::give('palierhr', ['local/palier:manageactions']);
        upgrade_plugin_savepoint(true, 2026120105, 'local', 'palier');
    }

    return true;
}
