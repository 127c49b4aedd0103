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

namespace mod_palier\local\report;

use mod_palier\tests\makes_records;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');

/**
 * Whose attempts a trainer may read.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\report\visible_learners
 * @covers     \mod_palier\local\report\report_counts
 */
final class visible_learners_test extends \advanced_testcase {
    use makes_records;

    /** @var stdClass The course. */
    private stdClass $course;

    /** @var stdClass The activity. */
    private stdClass $palier;

    /** @var stdClass[] The learners. */
    private array $learners = [];

    /** @var stdClass A trainer without the right to all groups. */
    private stdClass $trainer;

    /**
     * A course with two learners, each in a group of their own, and a trainer in the first one's.
     *
     * @param array $record of the activity
     */
    private function make(array $record = []): void {
        $this->resetAfterTest();
        $generator = $this->getDataGenerator();
        $this->course = $generator->create_course();
        $this->palier = $this->make_activity($this->course, $record);
        $this->trainer = $generator->create_and_enrol($this->course, 'teacher');
        $this->learners = [$generator->create_and_enrol($this->course), $generator->create_and_enrol($this->course)];
        foreach ($this->learners as $learner) {
            $group = $generator->create_group(['courseid' => $this->course->id]);
            $generator->create_group_member(['groupid' => $group->id, 'userid' => $learner->id]);
            $learner->group = (int) $group->id;
        }
        $generator->create_group_member(['groupid' => $this->learners[0]->group, 'userid' => $this->trainer->id]);
    }

    /**
     * The attempts that the present user may see.
     *
     * @param int $groupid
     * @return int[]
     */
    private function visible(int $groupid = 0): array {
        global $DB;
        $context = \context_module::instance($this->palier->cmid);
        [$where, $params] = visible_learners::condition($context, 'a', $groupid);
        $ids = $DB->get_fieldset_sql("SELECT a.id FROM {palier_attempt} a WHERE $where ORDER BY a.id", $params);
        foreach ($DB->get_fieldset_select('palier_attempt', 'id', '1 = 1') as $id) {
            $this->assertSame(!$groupid && in_array($id, $ids), !$groupid && visible_learners::may_read($context, (int) $id));
        }
        return array_map('intval', $ids);
    }

    public function test_previews_are_nobodys_results(): void {
        $this->make();
        $this->make_attempt($this->palier, (int) $this->learners[0]->id, ['preview' => 1]);
        $attempt = $this->make_attempt($this->palier, (int) $this->learners[0]->id);
        $this->setUser($this->trainer);
        $this->assertSame([(int) $attempt->id], $this->visible());
    }

    public function test_with_separate_groups_a_trainer_sees_their_own(): void {
        $this->make(['groupmode' => SEPARATEGROUPS]);
        $mine = $this->make_attempt($this->palier, (int) $this->learners[0]->id);
        $other = $this->make_attempt($this->palier, (int) $this->learners[1]->id);
        $this->setUser($this->trainer);
        $this->assertSame([(int) $mine->id], $this->visible());
        $this->assertSame([], $this->visible($this->learners[1]->group));
        $this->assertSame([(int) $mine->id], $this->visible($this->learners[0]->group));
        $this->setAdminUser();
        $this->assertSame([(int) $mine->id, (int) $other->id], $this->visible());
        $this->assertSame([(int) $other->id], $this->visible($this->learners[1]->group));
    }

    public function test_a_trainer_in_no_group_sees_nobody_of_separate_groups(): void {
        $this->make(['groupmode' => SEPARATEGROUPS]);
        $this->make_attempt($this->palier, (int) $this->learners[0]->id);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'teacher'));
        $this->assertSame([], $this->visible());
    }

    public function test_what_is_not_shared_is_only_counted(): void {
        $this->make();
        $hidden = $this->make_attempt($this->palier, (int) $this->learners[0]->id, ['visibility' => 'after_sharing']);
        $shared = $this->make_attempt($this->palier, (int) $this->learners[1]->id, [
            'visibility' => 'after_sharing',
            'timeshared' => time(),
        ]);
        $this->setUser($this->trainer);
        $this->assertSame([(int) $shared->id], $this->visible());
        $context = \context_module::instance($this->palier->cmid);
        $this->assertSame(
            '2 have begun. 2 have finished. 1 result is not shared: it stays with its learner.',
            report_counts::text($context),
        );
        $this->assertFalse(visible_learners::may_read($context, (int) $hidden->id));
    }

    public function test_a_promise_stands_when_the_activity_changes(): void {
        global $DB;
        $this->make();
        $this->make_attempt($this->palier, (int) $this->learners[0]->id, ['visibility' => 'after_sharing']);
        $DB->set_field('palier', 'visibility', 'course', ['id' => $this->palier->id]);
        $this->setUser($this->trainer);
        $this->assertSame([], $this->visible());
    }

    public function test_learners_see_nobody(): void {
        $this->make();
        $attempt = $this->make_attempt($this->palier, (int) $this->learners[0]->id);
        $this->setUser($this->learners[0]);
        $this->assertFalse(visible_learners::may_read(\context_module::instance($this->palier->cmid), (int) $attempt->id));
    }
}
