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

use mod_palier\local\counted;

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

    /** @var int Statements that a destination refused, or copies. */
    public readonly int $parked;

    /** @var destination[] Where statements go. */
    private readonly array $destinations;

    /** @var int[] Destinations that have not got all of it. */
    private readonly array $lacking;

    /**
     * The state of one activity's statements, or of all.
     *
     * @param int $palierid 0 for all
     */
    public function __construct(int $palierid = 0) {
        global $DB;

        $where = $palierid ? 'AND palierid = :palierid' : '';
        $of = $palierid ? ['palierid' => $palierid] : [];
        $rows = $DB->get_records_sql(
            "SELECT state, COUNT(*) AS number, MIN(timecreated) AS oldest
               FROM {palier_statement}
              WHERE state IN (:pending, :queued, :parked) $where
           GROUP BY state",
            ['pending' => outbox::PENDING, 'queued' => outbox::QUEUED, 'parked' => outbox::PARKED] + $of,
        );
        $waiting = array_intersect_key($rows, array_flip(outbox::WAITING));
        $this->waiting = array_sum(array_column($waiting, 'number'));
        $this->oldest = $waiting ? (int) min(array_column($waiting, 'oldest')) : 0;
        $this->parked = (int) ($rows[outbox::PARKED]->number ?? 0);
        $this->destinations = destinations::all();
        $this->lacking = isset($rows[outbox::QUEUED]) ? array_map('intval', $DB->get_fieldset_sql(
            "SELECT DISTINCT d.destinationid
               FROM {palier_statement} s
               JOIN {palier_delivery} d ON d.statementid = s.id AND d.state = :waits
              WHERE s.state = :queued " . ($palierid ? 'AND s.palierid = :palierid' : ''),
            ['waits' => outbox::PENDING, 'queued' => outbox::QUEUED] + $of,
        )) : [];
    }

    /**
     * Whether somebody has to see to it.
     *
     * @return bool
     */
    public function needs_attention(): bool {
        return $this->destinations && ($this->parked > 0 || ($this->waiting > 0 && $this->active() !== $this->waited_for()));
    }

    /**
     * The state in one or two sentences.
     *
     * @return string
     */
    public function text(): string {
        $sentences = [];
        if (!$this->destinations) {
            return get_string('outbox_nodestination', 'mod_palier');
        }
        if ($this->waiting) {
            $now = \core\di::get(\core\clock::class)->time();
            $a = (object) ['count' => $this->waiting, 'since' => self::age($now - $this->oldest)];
            $waiting = counted::text('outbox_waiting', $this->waiting, $a);
            $sentences[] = $waiting . ' ' . $this->next($now);
        } else {
            $sentences[] = get_string('outbox_allsent', 'mod_palier');
        }
        if ($this->parked) {
            $sentences[] = counted::text('outbox_parked', $this->parked);
        }
        return implode(' ', $sentences);
    }

    /**
     * A span of time, roughly.
     *
     * @param int $seconds
     * @return string
     */
    public static function age(int $seconds): string {
        return $seconds < MINSECS ? get_string('outbox_lessthanaminute', 'mod_palier')
            : format_time($seconds < HOURSECS ? $seconds - $seconds % MINSECS : $seconds - $seconds % HOURSECS);
    }

    /**
     * When a destination is tried next.
     *
     * @param int $nexttry
     * @param int $now
     * @return string
     */
    public static function when(int $nexttry, int $now): string {
        if ($nexttry <= $now) {
            return get_string('outbox_nextrun', 'mod_palier');
        }
        $format = $nexttry - $now < DAYSECS ? 'strftimetime' : 'strftimedatetimeshort';
        return get_string('outbox_nexttry', 'mod_palier', userdate($nexttry, get_string($format, 'langconfig')));
    }

    /**
     * The destinations that the waiting statements are for; all, where none was given out yet.
     *
     * @return destination[]
     */
    private function waited_for(): array {
        return $this->lacking ? array_intersect_key($this->destinations, array_flip($this->lacking)) : $this->destinations;
    }

    /**
     * Of those, the ones that are sent to.
     *
     * @return destination[]
     */
    private function active(): array {
        return array_filter($this->waited_for(), fn(destination $destination) => $destination->is_active());
    }

    /**
     * When the next try is.
     *
     * @param int $now
     * @return string
     */
    private function next(int $now): string {
        $active = $this->active();
        if (!$active) {
            return get_string('outbox_paused', 'mod_palier');
        }
        $when = self::when(min(array_map(fn(destination $destination) => $destination->nexttry, $active)), $now);
        return count($active) === count($this->waited_for()) ? $when
            : $when . ' ' . get_string('outbox_partlypaused', 'mod_palier');
    }
}
