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

namespace local_palier\tests;

use context_coursecat;
use stdClass;

/**
 * Two authorities below a centre, people of theirs with results, and an adviser of the first.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
trait helps_people {
    /** @var int when all of it is. */
    protected const NOW = 1793000000;

    /** @var context_coursecat a centre de gestion. */
    protected context_coursecat $centre;

    /** @var context_coursecat an authority below it. */
    protected context_coursecat $town;

    /** @var context_coursecat another one. */
    protected context_coursecat $other;

    /** @var stdClass a course of the centre, in which people of both learn. */
    protected stdClass $course;

    /** @var stdClass a map in it. */
    protected stdClass $palier;

    /** @var stdClass adviser of the town. */
    protected stdClass $adviser;

    /**
     * Makes them.
     *
     * @return \core\clock frozen
     */
    protected function make_authorities(): \core\clock {
        $this->resetAfterTest();
        $this->setAdminUser();
        $clock = $this->mock_clock_with_frozen(self::NOW);
        $generator = $this->getDataGenerator();
        $this->centre = context_coursecat::instance($generator->create_category(['name' => 'Centre'])->id);
        foreach (['town' => 'Town', 'other' => 'Other'] as $key => $name) {
            $category = $generator->create_category(['name' => $name, 'parent' => $this->centre->instanceid]);
            $this->$key = context_coursecat::instance($category->id);
            $generator->create_cohort(['contextid' => $this->$key->id, 'idnumber' => $key]);
        }
        $generator->create_cohort(['contextid' => $this->centre->id, 'idnumber' => 'centre']);
        $this->course = $generator->create_course(['category' => $this->centre->instanceid]);
        $this->palier = $this->make_activity($this->course);
        $this->adviser = $this->staff('palieradviser', $this->town);
        return $clock;
    }

    /**
     * Somebody with a role of the plugin, or of Moodle's.
     *
     * @param string $role
     * @param \context $place
     * @return stdClass
     */
    protected function staff(string $role, \context $place): stdClass {
        global $DB;
        $user = $this->getDataGenerator()->create_user();
        role_assign($DB->get_field('role', 'id', ['shortname' => $role], MUST_EXIST), $user->id, $place->id);
        return $user;
    }

    /**
     * Somebody of an authority, who is in the centre's cohort and course as well.
     *
     * @param string $authority town or other
     * @param float[]|null $chances of levels 1 to 8, of competence 1.2; null without a result
     * @param array $over of the user
     * @return stdClass
     */
    protected function agent(string $authority, ?array $chances = null, array $over = []): stdClass {
        $user = $this->getDataGenerator()->create_user($over);
        $this->getDataGenerator()->enrol_user($user->id, $this->course->id);
        $this->join($authority, [(int) $user->id]);
        $this->join('centre', [(int) $user->id]);
        if ($chances) {
            $this->measured($user, $chances);
        }
        return $user;
    }

    /**
     * A result of somebody, which they do not share.
     *
     * @param stdClass $user
     * @param float[] $chances of levels 1 to 8, of competence 1.2
     * @param string $state of the scale
     * @param array $over of the attempt
     * @return stdClass the attempt
     */
    protected function measured(stdClass $user, array $chances, string $state = 'measured', array $over = []): stdClass {
        $told = $this->state(['crcn:1.2' => 0.5], $state);
        $told['interval'] = ['probability' => 0.8, 'theta' => [0, 1]];
        $told['scales'][0] += [
            'level' => ['number' => 3, 'first' => 1, 'last' => 8],
            'level_interval' => [2, 4],
            'band' => ['first' => 3, 'last' => 4],
        ];
        $told['scales'][0]['p_level_at_least'] = $chances;
        return $this->make_attempt($this->palier, (int) $user->id, $over + [
            'visibility' => 'after_sharing',
            'result' => json_encode($told),
        ]);
    }

    /**
     * Whether something is refused.
     *
     * @param callable $act
     * @return string code of the error; empty where it is not
     */
    protected function refused(callable $act): string {
        try {
            $act();
            return '';
        } catch (\moodle_exception $e) {
            return $e->errorcode;
        }
    }
}
