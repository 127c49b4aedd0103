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

use local_palier\local\authority;
use local_palier\local\meetings;
use local_palier\local\shown_result;
use local_palier\local\slots;
use moodle_url;
use renderable;
use renderer_base;
use stdClass;
use templatable;

/**
 * One's own rendez-vous: choose a time or ask for a call, choose what is shown, cancel; and what came of those before.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class meetings_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param array $typed
     */
    public function __construct(
        /** @var array what was sent and could not be stored: choice, phone, hours, show. */
        private readonly array $typed = []
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $mine = meetings::mine();
        $coming = array_filter($mine, meetings::is_coming(...));
        return [
            'action' => (new moodle_url('/local/palier/meetings.php'))->out(false),
            'sesskey' => sesskey(),
            'coming' => array_values(array_map(self::coming(...), $coming)),
            'before' => array_values(array_map(self::before(...), array_diff_key($mine, $coming))),
            'hasbefore' => count($mine) > count($coming),
            'ask' => $coming ? false : $this->ask(),
        ];
    }

    /**
     * What can be asked for.
     *
     * @return array
     */
    private function ask(): array {
        $chosen = $this->typed['choice'] ?? '';
        $choice = fn(string $value, string $label): array =>
            ['value' => $value, 'label' => $label, 'checked' => $value === $chosen];
        $slots = array_map(fn(stdClass $slot): array => $choice("slot-$slot->id", get_string('slot_choice', 'local_palier', [
            'when' => slots::when($slot),
            'place' => $slot->place,
            'adviser' => self::adviser((int) $slot->adviserid),
        ])), array_values(meetings::free_slots()));
        $places = meetings::callable_places();
        // Who is called by whom has to be said where there are several.
        $callme = count($places) > 1 ? 'call_me_by' : 'call_me';
        $calls = array_map(
            fn(int $id): array => $choice("call-$id", get_string($callme, 'local_palier', authority::name($id))),
            $places
        );
        $show = (int) ($this->typed['show'] ?? 0);
        $results = [];
        foreach (shown_result::choices() as $id => $label) {
            $results[] = ['value' => $id, 'label' => $label, 'checked' => $id === $show];
        }
        return [
            'slots' => $slots,
            'hasslots' => (bool) $slots,
            'calls' => $calls,
            'hascalls' => (bool) $calls,
            'can' => $slots || $calls,
            'phone' => $this->typed['phone'] ?? '',
            'hours' => $this->typed['hours'] ?? '',
            'results' => $results,
            'nothing' => !$show,
        ];
    }

    /**
     * One that is still to come.
     *
     * @param stdClass $meeting
     * @return array
     */
    private static function coming(stdClass $meeting): array {
        return [
            'id' => $meeting->id,
            'what' => $meeting->slot ? get_string('slot_choice', 'local_palier', [
                'when' => slots::when($meeting->slot),
                'place' => $meeting->slot->place,
                'adviser' => self::adviser((int) $meeting->slot->adviserid),
            ]) : get_string('call_waits', 'local_palier', ['phone' => $meeting->phone, 'hours' => $meeting->hours]),
            'shown' => $meeting->shown ? shown_result::words($meeting->shown) : false,
            'read' => $meeting->timeread ? self::day((int) $meeting->timeread) : '',
        ];
    }

    /**
     * One that is over or closed.
     *
     * @param stdClass $meeting
     * @return array
     */
    private static function before(stdClass $meeting): array {
        $day = $meeting->slot->timestart ?? $meeting->timecreated;
        return [
            'id' => $meeting->id,
            'what' => get_string($meeting->slot ? 'meeting_of' : 'call_of', 'local_palier', self::day((int) $day)),
            'outcome' => get_string($meeting->outcome === null ? 'outcome_none' : "outcome_$meeting->outcome", 'local_palier'),
            'note' => (string) $meeting->note,
            'shown' => (bool) $meeting->shown,
        ];
    }

    /**
     * Who sees people at a time.
     *
     * @param int $userid
     * @return string to be escaped; that there is an adviser, where the name is erased
     */
    private static function adviser(int $userid): string {
        $user = $userid ? \core_user::get_user($userid) : false;
        return $user && !$user->deleted ? fullname($user) : get_string('adviser', 'local_palier');
    }

    /**
     * A day.
     *
     * @param int $time
     * @return string
     */
    private static function day(int $time): string {
        return userdate($time, get_string('strftimedate', 'langconfig'));
    }
}
