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

use mod_palier\local\engine\json_text;
use question_bank;
use question_definition;

/**
 * The mark of one answer: as the log has it, and as the question would give it now.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class marking {
    /** @var float Marks that are nearer are the same. */
    public const SAME = 1e-7;

    /** @var slot_usage|null The question usage with this slot alone. */
    private ?slot_usage $usage = null;

    /** @var question_definition|null The question as it is now. */
    private ?question_definition $present = null;

    /**
     * A mark.
     *
     * @param attempt $attempt
     * @param int $slot
     * @param string $item
     * @param float $fraction as it counts
     */
    private function __construct(
        /** @var attempt the attempt */
        private readonly attempt $attempt,
        /** @var int the slot */
        public readonly int $slot,
        /** @var string the item */
        public readonly string $item,
        /** @var float the mark as it counts */
        public readonly float $fraction,
    ) {
    }

    /**
     * The mark of the answer in a slot.
     *
     * @param attempt $attempt
     * @param int $slot
     * @return self|null null where it has no answer
     */
    public static function of(attempt $attempt, int $slot): ?self {
        $found = null;
        foreach ($attempt->log()->events() as $event) {
            if ((int) $event->slot === $slot && in_array($event->type, ['answered', 'rescored'])) {
                $data = json_text::decode($event->data);
                $found = new self($attempt, $slot, $data['item'], (float) ($data['fraction'] ?? 0));
            }
        }
        return $found;
    }

    /**
     * Has Moodle's question engine mark the answer by the newest version of its question. Nothing is saved.
     *
     * @return float|null null where that version cannot mark this answer
     */
    public function by_present_version(): ?float {
        $entryid = $this->attempt->bank()->entry_of($this->item);
        $questionid = $entryid ? engine_step::latest_question($entryid) : null;
        if ($questionid === null) {
            return null;
        }
        $usage = $this->usage();
        $this->present = question_bank::load_question($questionid);
        if ($usage->validate_can_regrade_with_other_version($this->slot, $this->present) !== null) {
            return null;
        }
        $usage->regrade_question($this->slot, true, null, $this->present);
        return $usage->get_question_fraction($this->slot);
    }

    /**
     * The question usage with this slot alone.
     *
     * @return slot_usage
     */
    public function usage(): slot_usage {
        return $this->usage ??= slot_usage::load($this->attempt->qubaid, $this->slot);
    }

    /**
     * The version that marked it.
     *
     * @return int question id
     */
    public function present_question(): int {
        return (int) $this->present->id;
    }
}
