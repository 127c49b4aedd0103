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

namespace local_palier\local;

use context;
use local_palier\event\slot_opened;
use local_palier\event\slot_withdrawn;
use moodle_exception;
use stdClass;

/**
 * The times at which advisers of a place see people.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class slots {
    /** @var int how many times a person is shown. */
    private const MOST = 30;

    /**
     * Opens times, one after the other.
     *
     * @param context $context a course category's or the system's
     * @param array $values timestart, minutes, place, people
     * @param int $times how many
     */
    public static function open(context $context, array $values, int $times = 1): void {
        global $DB, $USER;
        $now = \core\di::get(\core\clock::class)->time();
        if ($values['timestart'] <= $now) {
            throw new moodle_exception('slot_past', 'local_palier');
        }
        for ($i = 0; $i < $times; $i++) {
            $DB->insert_record('local_palier_slot', (object) ([
                'timestart' => $values['timestart'] + $i * $values['minutes'] * MINSECS,
                'contextid' => $context->id,
                'adviserid' => $USER->id,
                'timecreated' => $now,
            ] + $values));
        }
        slot_opened::tell($context, ['times' => $times]);
    }

    /**
     * One of them.
     *
     * @param int $id
     * @return stdClass
     */
    public static function get(int $id): stdClass {
        global $DB;
        return $DB->get_record('local_palier_slot', ['id' => $id]) ?: throw new moodle_exception('noslot', 'local_palier');
    }

    /**
     * Those of the days to come.
     *
     * @param int[] $contextids
     * @param bool $free those alone where somebody may still come, the first few
     * @return stdClass[] rows with taken, by id, the next first
     */
    public static function coming(array $contextids, bool $free = false): array {
        global $DB;
        [$in, $params] = $DB->get_in_or_equal($contextids, SQL_PARAMS_NAMED, 'place', true, 0);
        $taken = '(SELECT COUNT(1) FROM {local_palier_meeting} m WHERE m.slotid = s.id)';
        return $DB->get_records_sql(
            "SELECT s.*, $taken AS taken
               FROM {local_palier_slot} s
              WHERE s.contextid $in AND s.timestart > :now" . ($free ? " AND s.people > $taken" : '') . '
           ORDER BY s.timestart, s.id',
            $params + ['now' => \core\di::get(\core\clock::class)->time()],
            0,
            $free ? self::MOST : 0
        );
    }

    /**
     * Takes a time back. Who had booked it is told, and may choose another one.
     *
     * @param stdClass $slot
     */
    public static function withdraw(stdClass $slot): void {
        global $DB;
        $lock = meetings::lock();
        try {
            $people = $DB->get_fieldset_select('local_palier_meeting', 'userid', 'slotid = ? AND timeclosed = 0', [$slot->id]);
            $DB->delete_records('local_palier_meeting', ['slotid' => $slot->id, 'timeclosed' => 0]);
            $DB->delete_records('local_palier_slot', ['id' => $slot->id]);
        } finally {
            $lock->release();
        }
        foreach ($people as $userid) {
            advice_messages::send((int) $userid, 'withdrawn', $slot);
        }
        slot_withdrawn::tell(context::instance_by_id($slot->contextid), ['slotid' => $slot->id]);
    }

    /**
     * When one is, in words; a session of a workshop as well.
     *
     * @param stdClass $slot
     * @param stdClass|null $user for whom; null for the present user
     * @return string
     */
    public static function when(stdClass $slot, ?stdClass $user = null): string {
        $zone = $user ? \core_date::get_user_timezone($user) : 99;
        $date = userdate((int) $slot->timestart, get_string('strftimedaydatetime', 'langconfig'), $zone);
        return isset($slot->minutes)
            ? get_string('slot_when', 'local_palier', ['date' => $date, 'minutes' => $slot->minutes]) : $date;
    }
}
