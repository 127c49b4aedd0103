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
use mod_palier\local\contest\contest_messages;

/**
 * Marks all answers to a question anew, in all attempts of an activity, after its key was mended. Done again after a failure,
 * it goes on with those that still have the former mark.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class rescore_question extends question_task {
    #[\Override]
    public function get_name() {
        return get_string('task_rescore_question', 'mod_palier');
    }

    #[\Override]
    protected function correct(int $attemptid, int $slot, string $item, int $userid, string $reason): void {
        if (correction::rescore($attemptid, $slot, $reason, $userid)) {
            $attempt = attempt_repository::load($attemptid);
            contest_messages::corrected($attempt, $slot, $userid, $reason, 'message_rescored');
        }
    }
}
