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

namespace mod_palier\completion;

use core_completion\activity_custom_completion;
use mod_palier\local\report\grading_method;
use mod_palier\local\report\results;

/**
 * Completion of an adaptive test: a result is there; a level is reached.
 *
 * A result that the learner has not shared counts for the first rule and not for the second, which would tell it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class custom_completion extends activity_custom_completion {
    #[\Override]
    public function get_state(string $rule): int {
        $this->validate_rule($rule);
        $palierid = (int) $this->cm->instance;
        if ($rule === 'completionresult') {
            $done = results::exists($palierid, $this->userid);
        } else {
            $level = grading_method::level(results::of($palierid, $this->userid)[$this->userid] ?? []);
            $done = $level !== null && $level >= $this->wanted_level();
        }
        return $done ? COMPLETION_COMPLETE : COMPLETION_INCOMPLETE;
    }

    #[\Override]
    public static function get_defined_custom_rules(): array {
        return ['completionresult', 'completionlevel'];
    }

    #[\Override]
    public function get_custom_rule_descriptions(): array {
        return [
            'completionresult' => get_string('completiondetail:result', 'mod_palier'),
            'completionlevel' => get_string('completiondetail:level', 'mod_palier', $this->wanted_level()),
        ];
    }

    #[\Override]
    public function get_sort_order(): array {
        return ['completionview', 'completionresult', 'completionlevel', 'completionusegrade', 'completionpassgrade'];
    }

    /**
     * The level that completes the activity.
     *
     * @return int
     */
    private function wanted_level(): int {
        return (int) ($this->cm->customdata['customcompletionrules']['completionlevel'] ?? 0);
    }
}
