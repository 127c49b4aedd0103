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

use core\context;
use moodle_exception;
use question_attempt;
use question_engine_unit_of_work;
use question_usage_by_activity;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * A question usage with one of its slots.
 *
 * Core loads every slot with its question, so that the tenth step would load ten questions, and after a purge of
 * the caches read each of them from the database again. A step needs the slot on screen alone. The rows asked for are
 * those that core asks for, and core makes the objects out of them and saves them.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class slot_usage extends question_usage_by_activity {
    /** @var int Number of the last slot: the one loaded, where the last one is loaded. */
    protected int $last = 0;

    /**
     * Loads a usage with one of its slots. A question is added after it, so it must be the last one then.
     *
     * @param int $qubaid
     * @param int $slot
     * @return self
     */
    public static function load(int $qubaid, int $slot): self {
        $records = self::records($qubaid, $slot);
        if (!$records->valid()) {
            throw new moodle_exception('attemptgone', 'mod_palier');
        }
        $record = $records->current();
        $usage = new self($record->component, context::instance_by_id($record->contextid, IGNORE_MISSING));
        $usage->set_id_from_database($record->qubaid);
        $usage->set_preferred_behaviour($record->preferredbehaviour);
        $usage->observer = new question_engine_unit_of_work($usage);
        if ($record->slot !== null) {
            $usage->questionattempts[$record->slot] = question_attempt::load_from_records(
                $records,
                $record->questionattemptid,
                $usage->observer,
                $record->preferredbehaviour
            );
        }
        $usage->last = $slot;
        return $usage;
    }

    /**
     * The rows of a usage and of one of its slots, as core's data mapper selects them: few, so that one read has them.
     *
     * @param int $qubaid
     * @param int $slot
     * @return \ArrayIterator
     */
    protected static function records(int $qubaid, int $slot): \ArrayIterator {
        global $DB;
        return new \ArrayIterator(array_values($DB->get_records_sql(
            "SELECT ROW_NUMBER() OVER (ORDER BY qas.sequencenumber, qasd.id) AS rownumber,
                    quba.id AS qubaid, quba.contextid, quba.component, quba.preferredbehaviour,
                    qa.id AS questionattemptid, qa.questionusageid, qa.slot, qa.behaviour, qa.questionid, qa.variant,
                    qa.maxmark, qa.minfraction, qa.maxfraction, qa.flagged, qa.questionsummary, qa.rightanswer,
                    qa.responsesummary, qa.timemodified,
                    qas.id AS attemptstepid, qas.sequencenumber, qas.state, qas.fraction, qas.timecreated, qas.userid,
                    qasd.name, qasd.value
               FROM {question_usages} quba
          LEFT JOIN {question_attempts} qa ON qa.questionusageid = quba.id AND qa.slot = :slot
          LEFT JOIN {question_attempt_steps} qas ON qas.questionattemptid = qa.id
          LEFT JOIN {question_attempt_step_data} qasd ON qasd.attemptstepid = qas.id
              WHERE quba.id = :qubaid
           ORDER BY qas.sequencenumber, qasd.id",
            ['qubaid' => $qubaid, 'slot' => $slot]
        )));
    }

    #[\Override]
    public function next_slot_number() {
        return max([$this->last, ...array_keys($this->questionattempts)]) + 1;
    }
}
