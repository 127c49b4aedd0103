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

namespace mod_palier\local\demo;

use mod_palier\local\test\next_steps;
use mod_palier\tests\learner_testcase;

/**
 * The course to try Palier in.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\demo\site
 * @covers    \mod_palier\local\demo\player
 */
final class site_test extends \advanced_testcase {
    public function test_it_is_made_once_with_attempts_that_were_really_taken(): void {
        global $CFG, $DB;
        $this->resetAfterTest();
        learner_testcase::use_engine();
        $this->setAdminUser();
        $made = site::make('Trainer-1', 'Learner-1');
        // Six take the test of one level, three the map.
        $this->assertSame(9, $made['attempts']);
        $this->assertEquals(9, $DB->count_records('palier_attempt', ['state' => 'finished', 'preview' => 0]));
        $rows = count(file("{$CFG->dirroot}/mod/palier/demo/palier-demo-parameters.csv")) - 1;
        $this->assertEquals($rows, $DB->count_records('palier_param', ['iscurrent' => 1]));
        $this->assertNotFalse(authenticate_user_login('formatrice', 'Trainer-1'));
        $this->assertNotFalse(authenticate_user_login('amina', 'Learner-1'));

        $abilities = $DB->get_records_sql_menu(
            'SELECT u.username, a.theta
               FROM {palier_attempt} a
               JOIN {user} u ON u.id = a.userid
               JOIN {course_modules} cm ON cm.instance = a.palierid AND cm.id = ?',
            [$made['cmid']]
        );
        // Sixteen competences in five domains, and all together.
        $this->assertEquals(3 * (16 + 5 + 1), $DB->count_records('palier_attempt_scale'));
        $this->assertLessThan((float) $abilities['amina'], (float) $abilities['bruno']);
        $this->assertGreaterThan((float) $abilities['amina'], (float) $abilities['elise']);

        // A result leads somewhere: one to three steps at every level, on the map not to itself.
        foreach ($made['tests'] as $key => $test) {
            $instance = get_course_and_cm_from_cmid($test['cmid'], 'palier')[1]->instance;
            foreach (range(0, 8) as $level) {
                $shown = (new next_steps((int) $instance))->shown($level);
                $this->assertGreaterThanOrEqual(1, count($shown), "$key, level $level");
                $this->assertNotContains($test['view'], array_column($shown, 'link'));
            }
        }

        $counts = fn() => array_map(
            fn($table) => $DB->count_records($table),
            ['course', 'course_modules', 'user', 'question', 'palier_param', 'palier_attempt', 'palier_event', 'palier_nextstep',
                'groups_members']
        );
        $before = $counts();
        $again = site::make(null, null);
        $this->assertSame($before, $counts());
        $this->assertNull($again['accounts']['trainer']['password']);
        $this->assertSame($made['cmid'], $again['cmid']);
    }
}
