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

namespace mod_palier\local\xapi;

/**
 * How sending goes, in words: "3 results wait to be sent for 10 minutes; next try at 14:05."
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class outbox_status {
    /** @var int Statements that wait. */
    public readonly int $waiting;

    /** @var int When the oldest of them was written. */
    public readonly int $oldest;

    /** @var int Statements that will not be sent. */
    public readonly int $parked;

    /**
     * The state of one activity's statements, or of all.
     *
     * @param int $palierid 0 for all
     */
    public function __construct(int $palierid = 0) {
        global $DB;

        $where = $palierid ? 'AND palierid = :palierid' : '';
        $rows = $DB->get_records_sql(
            "SELECT state, COUNT(*) AS number, MIN(timecreated) AS oldest
               FROM {palier_statement}
              WHERE state IN (:pending, :parked) $where
           GROUP BY state",
            ['pending' => outbox::PENDING, 'parked' => outbox::PARKED] + ($palierid ? ['palierid' => $palierid] : []),
        );
        $this->waiting = (int) ($rows[outbox::PENDING]->number ?? 0);
        $this->oldest = (int) ($rows[outbox::PENDING]->oldest ?? 0);
        $this->parked = (int) ($rows[outbox::PARKED]->number ?? 0);
    }

    /**
     * Whether somebody has to see to it.
     *
     * @return bool
     */
    public function needs_attention(): bool {
        return destination::configured() !== null && ($this->parked > 0 || ($this->waiting > 0 && destination::paused() !== null));
    }

    /**
     * The state in one or two sentences.
     *
     * @return string
     */
    public function text(): string {
        $sentences = [];
        if (destination::configured() === null) {
            return get_string('outbox_nodestination', 'mod_palier');
        }
        if ($this->waiting) {
            $clock = \core\di::get(\core\clock::class);
            $age = $clock->time() - $this->oldest;
            $a = (object) [
                'count' => $this->waiting,
                'since' => $age < MINSECS ? get_string('outbox_lessthanaminute', 'mod_palier')
                    : format_time($age < HOURSECS ? $age - $age % MINSECS : $age - $age % HOURSECS),
            ];
            $waiting = get_string($this->waiting === 1 ? 'outbox_waiting_one' : 'outbox_waiting', 'mod_palier', $a);
            $sentences[] = $waiting . ' ' . $this->next($clock->time());
        } else {
            $sentences[] = get_string('outbox_allsent', 'mod_palier');
        }
        if ($this->parked) {
            $key = $this->parked === 1 ? 'outbox_parked_one' : 'outbox_parked';
            $sentences[] = get_string($key, 'mod_palier', $this->parked);
        }
        return implode(' ', $sentences);
    }

    /**
     * When the next try is.
     *
     * @param int $now
     * @return string
     */
    private function next(int $now): string {
        if (destination::paused() !== null) {
            return get_string('outbox_paused', 'mod_palier');
        }
        $nexttry = destination::next_try();
        if ($nexttry <= $now) {
            return get_string('outbox_nextrun', 'mod_palier');
        }
        $format = $nexttry - $now < DAYSECS ? 'strftimetime' : 'strftimedatetimeshort';
        return get_string('outbox_nexttry', 'mod_palier', userdate($nexttry, get_string($format, 'langconfig')));
    }
}
