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

namespace mod_palier\local\calibration;

use context_module;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use mod_palier\local\parameters\expert_levels;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\test\last_check;
use stdClass;

/**
 * Makes a calibration: collects the answers, has the engine estimate, and keeps what it proposes. All that is said of a
 * question is the engine's.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class calibrator {
    /** @var stdClass row of palier. */
    private readonly stdClass $palier;

    /** @var bank_builder the test's questions. */
    private readonly bank_builder $builder;

    /** @var choice what was chosen. */
    private readonly choice $choice;

    /**
     * Of a calibration.
     *
     * @param stdClass $row of palier_calibration
     */
    public function __construct(
        /** @var stdClass row of palier_calibration */
        private readonly stdClass $row,
    ) {
        global $DB;
        $this->palier = $DB->get_record('palier', ['id' => $row->palierid], '*', MUST_EXIST);
        $cm = get_coursemodule_from_instance('palier', $this->palier->id, 0, false, MUST_EXIST);
        $this->builder = bank_builder::for_instance(
            (int) $this->palier->id,
            context_module::instance($cm->id),
            $this->palier->plan
        );
        $this->choice = choice::read($row->choice);
    }

    /**
     * Makes it. What the engine, or the choice, refuses is kept in words.
     */
    public function run(): void {
        $id = (int) $this->row->id;
        calibration::set_state($id, calibration::RUNNING);
        try {
            $collection = new collection($this->choice, $this->builder->questions());
            $counts = ['counts' => json_text::encode($collection->counts())];
            if (!$collection->answers || $collection->toomany) {
                $message = $collection->toomany ? collection::limits() : get_string('calibrate_nothing', 'mod_palier');
                calibration::set_state($id, calibration::FAILED, ['message' => $message] + $counts);
                return;
            }
            $questions = $collection->questions();
            $comparisons = new comparisons($this->choice, $collection->modes(), $collection->devices());
            $request = $this->request($collection, $questions, $comparisons);
            $scales = engine_factory::get()->call('calibrate', $request)['scales'];
            unset($request, $collection);
            $this->keep($scales, $questions, $counts, $comparisons);
        } catch (engine_exception $e) {
            calibration::set_state($id, calibration::FAILED, ['message' => $e->enginemessage]);
        } catch (\Throwable $e) {
            // Done again it would end as this time: whoever looks after the site finds it among the failed tasks.
            calibration::set_state($id, calibration::FAILED, ['message' => get_string('calibration_broken', 'mod_palier')]);
            throw $e;
        }
    }

    /**
     * What is asked of the engine.
     *
     * @param collection $collection
     * @param stdClass[] $questions that have answers, by question bank entry
     * @param comparisons $comparisons
     * @return array
     */
    private function request(collection $collection, array $questions, comparisons $comparisons): array {
        $answered = $known = $places = [];
        foreach ($questions as $question) {
            $scale = $this->builder->scale_of($question);
            if ($scale === null) {
                continue;
            }
            $places[$question->entryid] = count($answered);
            $answered[] = ['item' => self::name($question), 'scale' => $scale];
            if (item_parameters::known($question) && $this->choice->hold !== 'none') {
                $known[] = $this->known_item($question, $scale);
            }
        }
        $options = ['model' => $this->choice->model, 'priors' => $this->choice->hold !== 'none'];
        if ($this->choice->hold === 'link') {
            $options['link'] = $this->choice->link;
        }
        if ($this->choice->ratio) {
            $options['likelihood_ratio'] = true;
        }
        // Marks become categories as they do in this test.
        $scoring = json_decode($this->palier->plan)->scoring ?? null;
        if ($scoring) {
            $options['scoring'] = $scoring;
        }
        return [
            'items' => $known,
            'answers' => ['items' => $answered, 'groups' => $comparisons->for_engine(array_keys($collection->modes()))]
                + $collection->for_engine($places),
            'options' => $options,
        ];
    }

    /**
     * What the engine is told of a question: parameters that hold the scale, or an expert's word.
     *
     * @param stdClass $question
     * @param string $scale
     * @return array
     */
    private function known_item(stdClass $question, string $scale): array {
        $stays = in_array($this->choice->hold, ['known', 'link']) && $question->source !== 'expert'
            && in_array($question->status, ['operational', 'retired']);
        $item = ['item' => self::name($question), 'status' => $stays ? 'operational' : 'draft']
            + array_diff_key(bank_builder::item_of($question, [], $scale), array_flip([
                'content', 'item_set', 'key_format', 'label',
            ]));
        // What came of answers before is no expert's word.
        if (!$stays && $question->source === 'calibration' && $question->level !== null && isset($item['b'])) {
            $item['b'] = expert_levels::DIFFICULTIES[(int) $question->level];
        }
        return $item;
    }

    /**
     * What a question is called in a request.
     *
     * @param stdClass $question
     * @return string
     */
    private static function name(stdClass $question): string {
        return 'q' . $question->entryid;
    }

    /**
     * Keeps what the engine found, and what would change.
     *
     * @param array[] $scales of the engine's answer
     * @param stdClass[] $questions by question bank entry
     * @param array $counts column of the calibration
     * @param comparisons $comparisons
     */
    private function keep(array $scales, array $questions, array $counts, comparisons $comparisons): void {
        global $DB;
        $rows = $proposed = [];
        $all = array_merge(...array_column($scales, 'items'));
        $found = ['fairness' => $comparisons->outcome($all), 'times' => measured_times::outcome($all)];
        unset($all);
        foreach ($scales as $place => $scale) {
            foreach ($scale['items'] as $item) {
                $entryid = (int) substr($item['item'], 1);
                $rows[] = (object) ([
                    'calibrationid' => $this->row->id,
                    'questionbankentryid' => $entryid,
                    'scale' => $scale['scale'],
                    'proposed' => (int) ($item['proposed'] !== null),
                    'needslook' => (int) (bool) $item['reasons'],
                    'found' => json_text::encode($item),
                    'basisid' => $questions[$entryid]->paramid,
                ] + measured_times::columns($item));
                if ($item['proposed'] !== null) {
                    $proposed[$entryid] = $item['proposed'];
                }
            }
            unset($scales[$place]['items']);
        }
        try {
            $effects = (new effects($proposed))->of_results();
        } catch (engine_exception $e) {
            // The proposals stand without it.
            $effects = null;
        }
        $transaction = $DB->start_delegated_transaction();
        $DB->delete_records('palier_calibration_item', ['calibrationid' => $this->row->id]);
        $DB->insert_records('palier_calibration_item', $rows);
        calibration::set_state((int) $this->row->id, calibration::DONE, $counts + [
            'outcome' => json_text::encode(['scales' => $scales, 'effects' => $effects] + $found),
        ]);
        $transaction->allow_commit();
        // The minutes that are promised may rest on it.
        last_check::forget($this->palier);
    }
}
