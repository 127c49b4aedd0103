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

namespace mod_palier\local\attempt;

use mod_palier\completion\custom_completion;
use mod_palier\local\bank\bank;
use mod_palier\local\engine\engine;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\executable_engine;
use mod_palier\local\engine\extension_engine;
use mod_palier\local\engine\json_text;
use mod_palier\local\report\result_download;
use mod_palier\output\result_words;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->libdir . '/gradelib.php');

/**
 * Whether there is a result: page, grade, completion, report, download, story and statements say the same.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\attempt\engine_step
 * @covers    \mod_palier\local\report\results
 * @covers    \mod_palier\output\result_words
 */
final class known_test extends learner_testcase {
    /**
     * How many answers before the learner stops; at least four have to count.
     *
     * @return array
     */
    public static function stops(): array {
        return [
            'no answer' => [0, false],
            'one answer' => [1, false],
            'one too few' => [3, false],
            'just enough' => [4, true],
        ];
    }

    /**
     * Everybody says the same of an attempt that its learner ended.
     *
     * @dataProvider stops
     * @param int $answers
     * @param bool $known
     */
    public function test_everybody_says_the_same(int $answers, bool $known): void {
        global $DB;
        $this->make_test(8, [
            'grade' => 100,
            'completion' => COMPLETION_TRACKING_AUTOMATIC,
            'completionresult' => 1,
            'plan' => ['stop' => ['min_items' => 4, 'max_items' => 8]],
        ]);
        $attempt = $this->start();
        for ($i = 0; $i < $answers; $i++) {
            $this->answer($attempt, $i % 2 === 0);
            $attempt = attempt_repository::load($attempt->id);
        }
        step::post($attempt->id, 'stop', $attempt->slot);
        $attempt = attempt_repository::load($attempt->id);
        $this->assertFalse($attempt->is_open());

        $result = $attempt->known();
        $this->assertSame($known, $result['known']);
        $this->assertSame($known, $result['score'] !== null);
        $this->assertSame($known, $attempt->level !== null);
        $this->assertSame($known, $attempt->theta !== null);

        $words = new result_words($result);
        $toofew = get_string('toofewanswers', 'mod_palier');
        $this->assertSame($known, $words->any());
        $this->assertSame($known, $words->headline() !== $toofew);
        $this->assertSame($known, $words->map() !== []);
        $text = (new result_download($attempt))->text();
        $this->assertSame(!$known, str_contains($text, $toofew));

        $grades = grade_get_grades($this->course->id, 'mod', 'palier', $this->palier->id, $this->learner->id);
        $grade = $grades->items[0]->grades[$this->learner->id]->grade ?? null;
        $this->assertSame($known, $grade !== null);
        if ($known) {
            $this->assertEqualsWithDelta($result['score']['value'], (float) $grade, 0.01);
        }
        $cm = get_fast_modinfo($this->course, $this->learner->id)->get_cm($this->palier->cmid);
        $completion = new custom_completion($cm, (int) $this->learner->id);
        $this->assertSame($known ? COMPLETION_COMPLETE : COMPLETION_INCOMPLETE, $completion->get_state('completionresult'));

        $verbs = $DB->get_fieldset_select('palier_statement', 'verb', 'attemptid = ?', [$attempt->id]);
        $this->assertSame($known, in_array('scored', $verbs));
        $this->assertContains('terminated', $verbs);

        $story = engine_factory::get()->explain($attempt->bank(), $attempt->plan_json(), $attempt->log()->json(), 'en');
        $this->assertSame($known, $story['known']);
        $this->assertSame($known, $story['summary'] !== $toofew);
    }

    /**
     * Outcomes that the activity itself does not offer, by both ways to the engine.
     *
     * @return array
     */
    public static function outcomes(): array {
        return [
            'only pretest answers' => [['answered', 'answered', 'answered'], true, false, false],
            'only skipped' => [['skipped', 'skipped', 'skipped', 'skipped'], false, false, false],
            'skipped ones do not count' => [['answered', 'skipped', 'answered', 'answered'], false, false, false],
            'not known counts' => [['answered', 'unknown', 'unknown', 'answered'], false, false, true],
            'dropped on appeal' => [['answered', 'answered', 'answered', 'answered'], false, true, false],
        ];
    }

    /**
     * The engine's word is the same through the extension and through the executable.
     *
     * @dataProvider outcomes
     * @param string[] $outcomes
     * @param bool $pretests whether the first places are of items on trial
     * @param bool $drop whether the first item is dropped after the stop
     * @param bool $known
     */
    public function test_both_ways_to_the_engine_say_the_same(array $outcomes, bool $pretests, bool $drop, bool $known): void {
        $items = [];
        for ($i = 0; $i < 12; $i++) {
            $status = $i < 4 ? 'pretest' : 'operational';
            $items[] = ['item' => "q$i", 'scale' => 'main', 'model' => 'rasch', 'b' => $i / 4 - 1.5, 'status' => $status];
        }
        $bank = new bank(0, bank::compile($items), json_text::encode($items));
        $plan = ['palier_plan' => 1, 'stop' => ['min_items' => 4, 'max_items' => 8], 'levels' => ['cuts' => [-1, 0, 1]]];
        if ($pretests) {
            $plan['pretest'] = ['positions' => [1, 2, 3]];
        }
        $plan = json_encode($plan);
        $answers = [];
        foreach ([executable_engine::find(), extension_engine::find()] as $engine) {
            if ($engine !== null) {
                $answers[] = $this->play($engine, $bank, $plan, $outcomes, $drop);
            }
        }
        $this->assertNotEmpty($answers);
        foreach ($answers as $result) {
            $this->assertEquals($answers[0], $result);
            $this->assertSame($known, $result['known']);
            $this->assertSame($known, (new result_words($result))->any());
        }
    }

    /**
     * What is known after some outcomes, a stop and perhaps a drop.
     *
     * @param engine $engine
     * @param bank $bank
     * @param string $plan
     * @param string[] $outcomes
     * @param bool $drop
     * @return array
     */
    private function play(engine $engine, bank $bank, string $plan, array $outcomes, bool $drop): array {
        $events = [];
        $log = function () use (&$events): string {
            return json_text::object(['palier_log' => '1', 'seed' => '7', 'events' => json_text::list($events)]);
        };
        $done = $engine->start($bank, $plan, 7, [], 1000);
        $first = $done['next'];
        $more = array_map(fn($outcome) => ['type' => $outcome], $outcomes);
        $more[] = ['type' => 'stopped', 'reason' => 'learner'];
        if ($drop) {
            $more[] = ['type' => 'dropped', 'item' => $first, 'reason' => 'appeal'];
        }
        foreach ($more as $event) {
            array_push($events, ...array_column($done['events'], 'data'));
            if (in_array($event['type'], ['answered', 'unknown', 'skipped'])) {
                $event['item'] = $done['next'];
            }
            if ($event['type'] === 'answered') {
                $event['fraction'] = 1;
            }
            $done = $engine->step($bank, $plan, $log(), [$event], 2000);
        }
        return $done['result'];
    }
}
