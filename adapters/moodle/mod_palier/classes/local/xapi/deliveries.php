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

use stdClass;

/**
 * What became of a statement at one destination, and who has what of an attempt.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class deliveries {
    /**
     * One statement at one destination.
     *
     * @param string $name of the destination
     * @param string $state
     * @param int $timesent
     * @param string $error
     */
    private function __construct(
        /** @var string The destination's name. */
        private readonly string $name,
        /** @var string A constant of outbox. */
        private readonly string $state,
        /** @var int When it was sent; 0 when it was not. */
        private readonly int $timesent,
        /** @var string What the LRS said when it did not take it. */
        private readonly string $error,
    ) {
    }

    /**
     * Of one statement, by destination.
     *
     * @param int $statementid
     * @return self[]
     */
    public static function of(int $statementid): array {
        global $DB;
        $rows = $DB->get_records_sql(
            'SELECT d.id, d.state, d.timesent, d.error, t.name
               FROM {palier_delivery} d
               JOIN {palier_destination} t ON t.id = d.destinationid
              WHERE d.statementid = ?
           ORDER BY d.destinationid',
            [$statementid],
        );
        return array_map(
            fn(stdClass $row): self => new self($row->name, $row->state, (int) $row->timesent, (string) $row->error),
            array_values($rows),
        );
    }

    /**
     * In words: where, whether it was sent and when, and why not.
     *
     * @param string $format of dates
     * @return string
     */
    public function words(string $format): string {
        return implode(' – ', array_filter([
            $this->name,
            get_string("state_{$this->state}", 'mod_palier'),
            $this->timesent ? userdate($this->timesent, $format) : '',
            $this->error,
        ], 'strlen'));
    }

    /**
     * Which destinations have the statements of an attempt: their names and addresses, removed ones included.
     *
     * @param int $attemptid
     * @return array statement id to texts
     */
    public static function holders(int $attemptid): array {
        global $DB;
        $holders = [];
        $rows = $DB->get_recordset_sql(
            'SELECT d.statementid, t.name, t.endpoint
               FROM {palier_delivery} d
               JOIN {palier_destination} t ON t.id = d.destinationid
              WHERE d.attemptid = ? AND d.state = ?
           ORDER BY d.statementid, t.id',
            [$attemptid, outbox::SENT],
        );
        foreach ($rows as $row) {
            $holders[$row->statementid][] = "{$row->name} ({$row->endpoint})";
        }
        $rows->close();
        return $holders;
    }
}
