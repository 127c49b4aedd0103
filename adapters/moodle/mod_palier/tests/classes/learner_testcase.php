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

namespace mod_palier\tests;

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\starter;
use mod_palier\local\attempt\step;
use mod_palier\local\attempt\step_result;
use mod_palier\local\engine\engine_factory;
use stdClass;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/questionlib.php');

/**
 * A course with an adaptive test and a learner who takes it, with the real engine.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class learner_testcase extends \advanced_testcase {
    /** @var stdClass The course. */
    protected stdClass $course;

    /** @var stdClass The learner. */
    protected stdClass $learner;

    /** @var stdClass The activity. */
    protected stdClass $palier;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        self::use_engine();
        $this->course = $this->getDataGenerator()->create_course(['enablecompletion' => 1]);
        $this->learner = $this->getDataGenerator()->create_and_enrol($this->course, 'student');
    }

    #[\Override]
    protected function tearDown(): void {
        engine_factory::restore();
        parent::tearDown();
    }

    /**
     * Points the site at the engine, or skips the test where there is none.
     */
    public static function use_engine(): void {
        engine_factory::restore();
        $command = getenv('PALIER_COMMAND');
        if ($command) {
            set_config('pathtopalier', $command, 'mod_palier');
        }
        if (!engine_factory::find()) {
            self::markTestSkipped('No engine: set PALIER_COMMAND to the path of the program palier.');
        }
    }

    /**
     * Makes the activity and becomes the learner.
     *
     * @param int $count questions
     * @param array $record values of the activity
     * @param string[] $types question types
     */
    protected function make_test(int $count = 12, array $record = [], array $types = ['shortanswer', 'truefalse']): void {
        $this->setAdminUser();
        $this->palier = $this->getDataGenerator()->get_plugin_generator('mod_palier')
            ->create_test($this->course, $count, $record, $types);
        $this->setUser($this->learner);
    }

    /**
     * Begins an attempt.
     *
     * @param bool $preview
     * @return attempt
     */
    protected function start(bool $preview = false): attempt {
        global $DB, $USER;
        $palier = $DB->get_record('palier', ['id' => $this->palier->id], '*', MUST_EXIST);
        return (new starter($palier, \core\context\module::instance($this->palier->cmid), $USER->id, $preview))->start();
    }

    /**
     * The fields that a form would send.
     *
     * @param attempt $attempt
     * @param bool|string $right right or wrong, or what is typed
     * @return array
     */
    protected function fields(attempt $attempt, bool|string $right = true): array {
        $attempt = attempt_repository::load($attempt->id);
        $quba = $attempt->quba();
        $question = $quba->get_question($attempt->slot);
        $data = $question->get_correct_response();
        if ($right === false) {
            $data = match ($question->get_type_name()) {
                'truefalse' => ['answer' => 1 - (int) $data['answer']],
                'multichoice' => array_diff_key(array_fill_keys(['choice0', 'choice1', 'choice2', 'choice3'], 1), $data),
                default => ['answer' => 'something wrong'],
            };
        } else if (is_string($right)) {
            $data = ['answer' => $right];
        }
        $prefix = $quba->get_field_prefix($attempt->slot);
        $fields = [];
        foreach ($data as $name => $value) {
            $fields[$prefix . $name] = $value;
        }
        return $fields;
    }

    /**
     * Answers the question on screen.
     *
     * @param attempt $attempt
     * @param bool|string $right right or wrong, or what is typed
     * @return step_result
     */
    protected function answer(attempt $attempt, bool|string $right = true): step_result {
        $attempt = attempt_repository::load($attempt->id);
        return step::post($attempt->id, 'answer', $attempt->slot, $this->fields($attempt, $right));
    }

    /**
     * Answers all questions of an attempt.
     *
     * @param attempt $attempt
     */
    protected function answer_all(attempt $attempt): void {
        while ($attempt->is_open()) {
            $this->answer($attempt);
            $attempt = attempt_repository::load($attempt->id);
        }
    }

    /**
     * The types of an attempt's events.
     *
     * @param attempt $attempt
     * @return string[]
     */
    protected function types(attempt $attempt): array {
        return array_column(attempt_repository::load($attempt->id)->log()->events(), 'type');
    }

    /**
     * The last event of a type, decoded.
     *
     * @param attempt $attempt
     * @param string $type
     * @return array
     */
    protected function event(attempt $attempt, string $type): array {
        $events = array_filter(attempt_repository::load($attempt->id)->log()->events(), fn($event) => $event->type === $type);
        return json_decode(end($events)->data, true);
    }

    /**
     * Asserts that the session is whole: events without gaps, one question for each asked, and the log replays.
     *
     * @param attempt $attempt
     */
    protected function assert_whole(attempt $attempt): void {
        $attempt = attempt_repository::load($attempt->id);
        $events = $attempt->log()->events();
        $this->assertSame(range(0, count($events) - 1), array_map('intval', array_column($events, 'seq')));
        $this->assertSame(count($events), $attempt->seq);
        $shown = array_filter($events, fn($event) => $event->type === 'asked' && $event->slot);
        $this->assertSameSize($shown, $attempt->full_quba()->get_slots());
        $verified = engine_factory::get()->verify($attempt->bank(), $attempt->plan_json(), $attempt->log()->json());
        $this->assertTrue($verified['same'], json_encode($verified));
    }
}
