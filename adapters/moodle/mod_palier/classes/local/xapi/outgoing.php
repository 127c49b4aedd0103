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
 * Statements as one destination gets them: the learner named as it may know them, and its version of xAPI.
 *
 * What is stored names nobody; the id stays the same everywhere.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class outgoing {
    /** @var array[] Actors by user. */
    private array $actors = [];

    /**
     * Statements for a destination.
     *
     * @param destination $destination
     */
    public function __construct(
        /** @var destination Where to. */
        private readonly destination $destination,
    ) {
    }

    /**
     * The texts to send.
     *
     * @param stdClass[] $rows userid, verb and statement of palier_statement
     * @return string[] in the same order
     */
    public function texts(array $rows): array {
        $this->read_actors(array_unique(array_map('intval', array_column($rows, 'userid'))));
        return array_map($this->text(...), array_values($rows));
    }

    /**
     * One statement as it is sent. Where nothing is different these are the bytes that were stored.
     *
     * @param stdClass $row
     * @return string
     */
    private function text(stdClass $row): string {
        $statement = json_decode($row->statement);
        if (!$statement instanceof stdClass) {
            return $row->statement;
        }
        $changed = false;
        // The site takes back what it said: its own name stands there.
        $actor = $row->verb === 'voided' ? null : ($this->actors[(int) $row->userid] ?? null);
        if ($actor && json_decode(json_encode($statement->actor ?? null), true) != $actor) {
            $statement->actor = $actor;
            $changed = true;
        }
        if (($statement->version ?? $this->destination->version) !== $this->destination->version) {
            $statement->version = $this->destination->version;
            $changed = true;
        }
        return $changed ? outbox::encode($statement) : $row->statement;
    }

    /**
     * Finds the names of learners, with one read.
     *
     * @param int[] $userids
     */
    private function read_actors(array $userids): void {
        global $DB;
        $missing = array_diff($userids, array_keys($this->actors));
        if (!$missing) {
            return;
        }
        $users = $this->destination->actorpolicy === actor::OPAQUE ? [] : $DB->get_records_list('user', 'id', $missing);
        foreach ($missing as $userid) {
            $this->actors[$userid] = actor::of($userid, $this->destination->actorpolicy, $users[$userid] ?? null);
        }
    }
}
