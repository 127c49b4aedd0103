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

use context;
use local_palier\local\authority;
use local_palier\local\meetings;
use local_palier\local\slots;
use moodle_url;
use renderable;
use renderer_base;
use stdClass;
use templatable;

/**
 * Who asked advisers for a rendez-vous or a call, and the times that are open.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class advice_page implements renderable, templatable {
    /** @var int[] the place and those below it that are the adviser's. */
    private readonly array $contextids;

    /**
     * Constructor.
     *
     * @param context $context
     */
    public function __construct(
        /** @var context a course category's or the system's. */
        private readonly context $context
    ) {
        $this->contextids = authority::below($context, 'local/palier:advise');
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $queue = meetings::queue($this->contextids);
        $closed = meetings::queue($this->contextids, true);
        $slots = slots::coming($this->contextids);
        $params = ['contextid' => $this->context->id];
        return [
            'queue' => array_map($this->waiting(...), $queue),
            'hasqueue' => (bool) $queue,
            'slots' => array_map($this->slot(...), array_values($slots)),
            'hasslots' => (bool) $slots,
            'closed' => array_map(fn(stdClass $meeting): array => [
                'person' => fullname($meeting->user),
                'day' => userdate((int) $meeting->timeclosed, get_string('strftimedate', 'langconfig')),
                'outcome' => get_string("outcome_$meeting->outcome", 'local_palier'),
            ], $closed),
            'hasclosed' => (bool) $closed,
            'action' => (new moodle_url('/local/palier/advice.php'))->out(false),
            'contextid' => $this->context->id,
            'sesskey' => sesskey(),
            'open' => (new moodle_url('/local/palier/openslots.php', $params))->out(false),
            'workshops' => (new moodle_url('/local/palier/workshops.php', $params))->out(false),
            'months' => meetings::months(),
        ];
    }

    /**
     * Somebody who waits.
     *
     * @param stdClass $meeting
     * @return array
     */
    private function waiting(stdClass $meeting): array {
        return [
            'person' => fullname($meeting->user),
            'when' => $meeting->slot ? slots::when($meeting->slot) : get_string('call_since', 'local_palier', [
                'date' => userdate((int) $meeting->timecreated, get_string('strftimedate', 'langconfig')),
                'hours' => $meeting->hours,
            ]),
            'place' => $meeting->slot->place ?? '',
            'shows' => get_string($meeting->shown ? 'yes' : 'no'),
            'of' => $this->of((int) $meeting->contextid),
            'url' => (new moodle_url('/local/palier/meeting.php', ['id' => $meeting->id]))->out(false),
        ];
    }

    /**
     * A time.
     *
     * @param stdClass $slot
     * @return array
     */
    private function slot(stdClass $slot): array {
        return [
            'id' => $slot->id,
            'when' => slots::when($slot),
            'place' => $slot->place,
            'taken' => get_string('slot_takenof', 'local_palier', ['taken' => $slot->taken, 'people' => $slot->people]),
            'of' => $this->of((int) $slot->contextid),
        ];
    }

    /**
     * Whose it is, where that is another place than the one shown.
     *
     * @param int $contextid
     * @return string to be escaped
     */
    private function of(int $contextid): string {
        return $contextid == $this->context->id ? '' : authority::name($contextid);
    }
}
