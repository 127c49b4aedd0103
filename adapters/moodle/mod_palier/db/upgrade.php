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
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

/**
 * Brings the tables of an earlier version to this one.
 *
 * @param int $oldversion the version that the site has
 * @return bool
 */
function xmldb_palier_upgrade($oldversion) {
    global $DB;

    $manager = $DB->get_manager();

    if ($oldversion < 2026112500) {
        // The sending of statements reads what waits in the order of its writing, among all that was sent.
        $table = new xmldb_table('palier_statement');
        $old = new xmldb_index('statenexttry', XMLDB_INDEX_NOTUNIQUE, ['state', 'nexttry']);
        if ($manager->index_exists($table, $old)) {
            $manager->drop_index($table, $old);
        }
        $new = new xmldb_index('stateid', XMLDB_INDEX_NOTUNIQUE, ['state', 'id']);
        if (!$manager->index_exists($table, $new)) {
            $manager->add_index($table, $new);
        }
        upgrade_mod_savepoint(true, 2026112500, 'palier');
    }

    if ($oldversion < 2026112700) {
        // Questions that give part of their marks may have a difficulty for each step.
        $table = new xmldb_table('palier_param');
        $field = new xmldb_field('steps', XMLDB_TYPE_TEXT, null, null, null, null, null, 'd');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        upgrade_mod_savepoint(true, 2026112700, 'palier');
    }

    if ($oldversion < 2026112800) {
        // What is due when an attempt ends is noted with it; before, a task of its own was queued when it failed.
        $table = new xmldb_table('palier_attempt');
        $field = new xmldb_field('due', XMLDB_TYPE_CHAR, '10', null, null, null, null, 'timefinish');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        $index = new xmldb_index('due', XMLDB_INDEX_NOTUNIQUE, ['due']);
        if (!$manager->index_exists($table, $index)) {
            $manager->add_index($table, $index);
        }
        $queued = ['classname' => '\\mod_palier\\task\\publish_result'];
        foreach ($DB->get_records('task_adhoc', $queued) as $task) {
            $of = json_decode($task->customdata, true);
            $DB->set_field_select(
                'palier_attempt',
                'due',
                'finished',
                'palierid = ? AND userid = ? AND preview = 0 AND timefinish > 0',
                [(int) ($of['palierid'] ?? 0), (int) ($of['userid'] ?? 0)]
            );
        }
        $DB->delete_records('task_adhoc', $queued);
        upgrade_mod_savepoint(true, 2026112800, 'palier');
    }

    if ($oldversion < 2026112801) {
        // Questions keep which others are not asked beside them, their item set and their key or format.
        $table = new xmldb_table('palier_param');
        $fields = [
            new xmldb_field('enemies', XMLDB_TYPE_TEXT, null, null, null, null, null, 'content'),
            new xmldb_field('itemset', XMLDB_TYPE_CHAR, '255', null, null, null, null, 'enemies'),
            new xmldb_field('keyformat', XMLDB_TYPE_CHAR, '255', null, null, null, null, 'itemset'),
        ];
        foreach ($fields as $field) {
            if (!$manager->field_exists($table, $field)) {
                $manager->add_field($table, $field);
            }
        }
        upgrade_mod_savepoint(true, 2026112801, 'palier');
    }

    if ($oldversion < 2026112810) {
        // Which attempts count is chosen now. Activities that are there keep what they had: the last.
        $table = new xmldb_table('palier');
        $field = new xmldb_field('grademethod', XMLDB_TYPE_CHAR, '10', null, XMLDB_NOTNULL, null, 'last', 'grade');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        upgrade_mod_savepoint(true, 2026112810, 'palier');
    }

    if ($oldversion < 2026112820) {
        // Threads between learners and trainers, and the results that a correction replaced.
        foreach (['palier_contest', 'palier_contest_message', 'palier_former'] as $name) {
            if (!$manager->table_exists($name)) {
                $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', $name);
            }
        }
        upgrade_mod_savepoint(true, 2026112820, 'palier');
    }

    if ($oldversion < 2026112830) {
        // Password and network before a test, and what is other for a person or a group.
        $fields = [
            'palier' => [
                new xmldb_field('password', XMLDB_TYPE_CHAR, '255', null, null, null, null, 'timeclose'),
                new xmldb_field('subnet', XMLDB_TYPE_CHAR, '255', null, null, null, null, 'password'),
            ],
            'palier_attempt' => [new xmldb_field('closes', XMLDB_TYPE_INTEGER, '10', null, null, null, null, 'timefinish')],
        ];
        foreach ($fields as $name => $added) {
            foreach ($added as $field) {
                if (!$manager->field_exists(new xmldb_table($name), $field)) {
                    $manager->add_field(new xmldb_table($name), $field);
                }
            }
        }
        if (!$manager->table_exists('palier_override')) {
            $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', 'palier_override');
        }
        upgrade_mod_savepoint(true, 2026112830, 'palier');
    }

    if ($oldversion < 2026112840) {
        // A practice counts where the teacher wants it; one that has a grade keeps it.
        $field = new xmldb_field('gradepractice', XMLDB_TYPE_INTEGER, '1', null, XMLDB_NOTNULL, null, '0', 'grademethod');
        $table = new xmldb_table('palier');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
            $DB->set_field_select('palier', 'gradepractice', 1, "purpose = 'practice' AND grade <> 0");
        }
        // What is proposed below a result.
        $table = new xmldb_table('palier_nextstep');
        $table->add_field('id', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, XMLDB_SEQUENCE);
        $table->add_field('palierid', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL);
        $table->add_field('sortorder', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, null, '0');
        $table->add_field('levellow', XMLDB_TYPE_INTEGER, '4');
        $table->add_field('levelhigh', XMLDB_TYPE_INTEGER, '4');
        $table->add_field('kind', XMLDB_TYPE_CHAR, '10', null, XMLDB_NOTNULL, null, 'text');
        $table->add_field('target', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, null, '0');
        $table->add_field('text', XMLDB_TYPE_TEXT);
        $table->add_key('primary', XMLDB_KEY_PRIMARY, ['id']);
        $table->add_key('palierid', XMLDB_KEY_FOREIGN, ['palierid'], 'palier', ['id']);
        if (!$manager->table_exists($table)) {
            $manager->create_table($table);
        }
        upgrade_mod_savepoint(true, 2026112840, 'palier');
    }

    if ($oldversion < 2026112841) {
        // Pages of questions carry a mark that only this site can make.
        \mod_palier\local\attempt\unsent::make_key();
        upgrade_mod_savepoint(true, 2026112841, 'palier');
    }

    if ($oldversion < 2026112850) {
        // A test may measure several competences together, and keeps what it found of each.
        $table = new xmldb_table('palier');
        $field = new xmldb_field('scalesource', XMLDB_TYPE_CHAR, '120', null, null, null, null, 'plan');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        $table = new xmldb_table('palier_attempt_scale');
        $table->add_field('id', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, XMLDB_SEQUENCE);
        $table->add_field('attemptid', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL);
        $table->add_field('kind', XMLDB_TYPE_CHAR, '10', null, XMLDB_NOTNULL);
        $table->add_field('scale', XMLDB_TYPE_CHAR, '64', null, XMLDB_NOTNULL);
        $table->add_field('domain', XMLDB_TYPE_CHAR, '64');
        $table->add_field('name', XMLDB_TYPE_TEXT);
        $table->add_field('state', XMLDB_TYPE_CHAR, '20', null, XMLDB_NOTNULL);
        $table->add_field('answers', XMLDB_TYPE_INTEGER, '6', null, XMLDB_NOTNULL, null, '0');
        $table->add_field('theta', XMLDB_TYPE_NUMBER, '30, 20');
        $table->add_field('se', XMLDB_TYPE_NUMBER, '30, 20');
        foreach (['level', 'levellow', 'levelhigh', 'bandlow', 'bandhigh'] as $name) {
            $table->add_field($name, XMLDB_TYPE_INTEGER, '4');
        }
        $table->add_field('required', XMLDB_TYPE_CHAR, '12');
        $table->add_field('sortorder', XMLDB_TYPE_INTEGER, '4', null, XMLDB_NOTNULL, null, '0');
        $table->add_key('primary', XMLDB_KEY_PRIMARY, ['id']);
        $table->add_key('attemptid', XMLDB_KEY_FOREIGN, ['attemptid'], 'palier_attempt', ['id']);
        $table->add_index('attemptkindscale', XMLDB_INDEX_UNIQUE, ['attemptid', 'kind', 'scale']);
        $table->add_index('scalelevel', XMLDB_INDEX_NOTUNIQUE, ['scale', 'levellow']);
        if (!$manager->table_exists($table)) {
            $manager->create_table($table);
        }
        upgrade_mod_savepoint(true, 2026112850, 'palier');
    }

    if ($oldversion < 2026112870) {
        // Statements go to several destinations; before, to one, which the settings named.
        foreach (['palier_destination', 'palier_delivery'] as $name) {
            if (!$manager->table_exists($name)) {
                $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', $name);
            }
        }
        \mod_palier\local\xapi\one_destination::move();
        $table = new xmldb_table('palier_statement');
        foreach (['tries', 'nexttry'] as $name) {
            $field = new xmldb_field($name);
            if ($manager->field_exists($table, $field)) {
                $manager->drop_field($table, $field);
            }
        }
        upgrade_mod_savepoint(true, 2026112870, 'palier');
    }

    if ($oldversion < 2026112871) {
        // Results of a map may become evidence of core's competencies.
        $table = new xmldb_table('palier');
        $field = new xmldb_field('evidence', XMLDB_TYPE_INTEGER, '1', null, XMLDB_NOTNULL, null, '0', 'gradepractice');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        upgrade_mod_savepoint(true, 2026112871, 'palier');
    }

    if ($oldversion < 2026112885) {
        // From now on exceptions go with their group (db/events.php).
        $DB->delete_records_select('palier_override', 'groupid IS NOT NULL AND groupid NOT IN (SELECT id FROM {groups})');
        upgrade_mod_savepoint(true, 2026112885, 'palier');
    }

    if ($oldversion < 2026112890) {
        // Of a map, statements say which competence they are about.
        $table = new xmldb_table('palier_statement');
        $field = new xmldb_field('scale', XMLDB_TYPE_CHAR, '64', null, null, null, null, 'verb');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        upgrade_mod_savepoint(true, 2026112890, 'palier');
    }

    if ($oldversion < 2026112891) {
        // A trainer's page of statements begins with the latest attempts, however many there are.
        $table = new xmldb_table('palier_attempt');
        $index = new xmldb_index('palierlatest', XMLDB_INDEX_NOTUNIQUE, ['palierid', 'timemodified', 'id']);
        if (!$manager->index_exists($table, $index)) {
            $manager->add_index($table, $index);
        }
        upgrade_mod_savepoint(true, 2026112891, 'palier');
    }

    if ($oldversion < 2026112900) {
        // A map may have a grade item for each competence.
        $table = new xmldb_table('palier');
        $field = new xmldb_field('scalegrades', XMLDB_TYPE_CHAR, '10', null, null, null, null, 'evidence');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        if (!$manager->table_exists('palier_gradeitem')) {
            $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', 'palier_gradeitem');
        }
        upgrade_mod_savepoint(true, 2026112900, 'palier');
    }

    if ($oldversion < 2026112901) {
        // Learners may be asked where they believe to be.
        $table = new xmldb_table('palier');
        $field = new xmldb_field('selfplacement', XMLDB_TYPE_CHAR, '10', null, null, null, null, 'scalegrades');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        upgrade_mod_savepoint(true, 2026112901, 'palier');
    }

    if ($oldversion < 2026112902) {
        // What is proposed below the result of a map may be for one competence.
        $table = new xmldb_table('palier_nextstep');
        $field = new xmldb_field('scale', XMLDB_TYPE_CHAR, '64', null, null, null, null, 'sortorder');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        upgrade_mod_savepoint(true, 2026112902, 'palier');
    }

    if ($oldversion < 2026112903) {
        // Statements of a map that were written before 2026112890 say which competence they are about, too.
        \core\task\manager::queue_adhoc_task(new \mod_palier\task\fill_statement_scales(), true);
        upgrade_mod_savepoint(true, 2026112903, 'palier');
    }

    if ($oldversion < 2026112930) {
        // Packages of a test for other platforms, and attempts that come back from them.
        if (!$manager->table_exists('palier_package')) {
            $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', 'palier_package');
        }
        $table = new xmldb_table('palier_attempt');
        $fields = [
            new xmldb_field('packageid', XMLDB_TYPE_INTEGER, '10', null, null, null, null, 'due'),
            new xmldb_field('differences', XMLDB_TYPE_TEXT, null, null, null, null, null, 'packageid'),
        ];
        foreach ($fields as $field) {
            if (!$manager->field_exists($table, $field)) {
                $manager->add_field($table, $field);
            }
        }
        $index = new xmldb_index('packageuserseed', XMLDB_INDEX_NOTUNIQUE, ['packageid', 'userid', 'seed']);
        if (!$manager->index_exists($table, $index)) {
            $manager->add_index($table, $index);
        }
        upgrade_mod_savepoint(true, 2026112930, 'palier');
    }

    if ($oldversion < 2026112940) {
        // Parameters are estimated from the site's own answers.
        foreach (['palier_calibration', 'palier_calibration_item'] as $name) {
            if (!$manager->table_exists($name)) {
                $manager->install_one_table_from_xmldb_file(__DIR__ . '/install.xml', $name);
            }
        }
        upgrade_mod_savepoint(true, 2026112940, 'palier');
    }

    if ($oldversion < 2026113000) {
        // Evidence may go to the competencies of another framework that correspond.
        $table = new xmldb_table('palier');
        $field = new xmldb_field('evidencerelated', XMLDB_TYPE_INTEGER, '1', null, XMLDB_NOTNULL, null, '0', 'evidence');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        upgrade_mod_savepoint(true, 2026113000, 'palier');
    }

    if ($oldversion < 2026113001) {
        // A map may begin with the learner's last result.
        $table = new xmldb_table('palier');
        $field = new xmldb_field('fromlast', XMLDB_TYPE_INTEGER, '1', null, XMLDB_NOTNULL, null, '0', 'scalegrades');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        upgrade_mod_savepoint(true, 2026113001, 'palier');
    }

    if ($oldversion < 2026113008) {
        // Whether an attempt was taken on a computer or a phone, where the administrator has it kept.
        $table = new xmldb_table('palier_attempt');
        $field = new xmldb_field('device', XMLDB_TYPE_CHAR, '10', null, null, null, null, 'differences');
        if (!$manager->field_exists($table, $field)) {
            $manager->add_field($table, $field);
        }
        // How long a question takes, as a calibration found: for the minutes promised.
        $table = new xmldb_table('palier_calibration_item');
        $fields = [
            new xmldb_field('timed', XMLDB_TYPE_INTEGER, '10', null, XMLDB_NOTNULL, null, '0', 'madeid'),
            new xmldb_field('medianseconds', XMLDB_TYPE_NUMBER, '12, 3', null, null, null, null, 'timed'),
            new xmldb_field('meanseconds', XMLDB_TYPE_NUMBER, '12, 3', null, null, null, null, 'medianseconds'),
        ];
        foreach ($fields as $field) {
            if (!$manager->field_exists($table, $field)) {
                $manager->add_field($table, $field);
            }
        }
        upgrade_mod_savepoint(true, 2026113008, 'palier');
    }

    return true;
}
