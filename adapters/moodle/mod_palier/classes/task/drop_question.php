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

namespace mod_palier\task;

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\correction;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_actions;
use mod_palier\local\contest\contest_messages;
use mod_palier\local\contest\contest_repository;

/**
 * Drops a question that one learner contested from all attempts of the activity in which it was asked.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class drop_question extends question_task {
    #[\Override]
    public function get_name() {
        return get_string('task_drop_question', 'mod_palier');
    }

    #[\Override]
    protected function correct(int $attemptid, int $slot, string $item, int $userid, string $reason): void {
        // By the learner's own thread where there is one.
        $contest = contest_repository::find($attemptid, contest::QUESTION, $slot);
        if ($contest) {
            if ($contest->status !== contest::DROPPED) {
                contest_actions::decide($contest, $userid, contest::DROPPED, $reason);
            }
        } else if (correction::drop($attemptid, $item, $slot, $reason, $userid)) {
            contest_messages::corrected(attempt_repository::load($attemptid), $slot, $userid, $reason);
        }
    }
}
