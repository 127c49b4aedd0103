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

namespace local_palier\output;

use local_palier\local\meetings;
use local_palier\local\shown_result;
use local_palier\local\slots;
use moodle_url;
use renderable;
use renderer_base;
use stdClass;
use templatable;

/**
 * A rendez-vous for its advisers: when, what is shown, and what came of it.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class meeting_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param stdClass $meeting
     */
    public function __construct(
        /** @var stdClass row, of a time with slot. */
        private readonly stdClass $meeting
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $meeting = $this->meeting;
        $slot = $meeting->slot;
        return [
            'when' => $slot ? slots::when($slot) : '',
            'place' => $slot->place ?? '',
            'call' => !$slot,
            'phone' => (string) $meeting->phone,
            'hours' => (string) $meeting->hours,
            'shown' => $meeting->shown ? shown_result::words($meeting->shown) : false,
            'closed' => (bool) $meeting->timeclosed,
            'outcome' => $meeting->outcome === null ? '' : get_string("outcome_$meeting->outcome", 'local_palier'),
            'note' => (string) $meeting->note,
            'outcomes' => array_map(fn(string $outcome): array => [
                'value' => $outcome,
                'label' => get_string("outcome_$outcome", 'local_palier'),
            ], meetings::OUTCOMES),
            'action' => (new moodle_url('/local/palier/meeting.php'))->out(false),
            'id' => $meeting->id,
            'sesskey' => sesskey(),
            'back' => (new moodle_url('/local/palier/advice.php', ['contextid' => $meeting->contextid]))->out(false),
        ];
    }
}
