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
 * Which destinations some statements are for.
 *
 * A statement that takes back or replaces another one goes where that one is: whoever has a result gets its correction,
 * whatever the filter says today.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class recipients {
    /** @var string[] Verbs whose statements refer to no other one: their text need not be read. */
    private const ALONE = ['initialized', 'answered', 'suspended', 'resumed', 'completed', 'terminated'];

    /** @var string The verb that takes a statement back. */
    private const VOIDED = 'voided';

    /** @var array Statement id to what it refers to: ['id' => row id or 0, 'state' => …]. */
    private array $references = [];

    /** @var array Statement id to the destinations that have it, or will: id => true. */
    private array $at = [];

    /** @var array Activity to the places that it is in: ['course' => id, 'categories' => ids]. */
    private array $places = [];

    /**
     * For some statements.
     *
     * @param stdClass[] $rows of palier_statement: id, palierid, verb, timecreated
     * @param destination[] $destinations
     */
    public function __construct(
        /** @var stdClass[] The statements. */
        private readonly array $rows,
        /** @var destination[] The destinations. */
        private readonly array $destinations,
    ) {
        $this->read_references();
        foreach ($this->destinations as $destination) {
            if ($destination->categories || $destination->courses) {
                $this->read_places();
                break;
            }
        }
    }

    /**
     * Which destinations each statement is for.
     *
     * @return array statement id to ids of destinations, in the order of the statements
     */
    public function find(): array {
        $found = [];
        foreach ($this->rows as $row) {
            foreach ($this->destinations as $destination) {
                if ($this->is_for($row, $destination)) {
                    $found[$row->id][] = $destination->id;
                    $this->at[$row->id][$destination->id] = true;
                }
            }
        }
        return $found;
    }

    /**
     * Whether a destination gets a statement.
     *
     * @param stdClass $row
     * @param destination $destination
     * @return bool
     */
    private function is_for(stdClass $row, destination $destination): bool {
        $reference = $this->references[$row->id] ?? null;
        $known = $reference !== null && $reference['id'] ? ($this->at[$reference['id']] ?? []) : [];
        if (isset($known[$destination->id])) {
            return true;
        }
        if ($row->verb === self::VOIDED && ($known || ($reference['state'] ?? '') === outbox::KEPT)) {
            return false;
        }
        return $row->timecreated >= $destination->since
            && self::wants_verb($destination, $row->verb)
            && $this->wants_place($destination, (int) $row->palierid);
    }

    /**
     * Whether a destination wants what a verb says.
     *
     * @param destination $destination
     * @param string $verb
     * @return bool
     */
    public static function wants_verb(destination $destination, string $verb): bool {
        return match ($destination->wanted) {
            destination::RESULTS => in_array($verb, [...sentence::RESULTS, self::VOIDED]),
            destination::VERBS => in_array($verb, $destination->verbs),
            default => true,
        };
    }

    /**
     * Whether a destination wants what happens in an activity.
     *
     * @param destination $destination
     * @param int $palierid
     * @return bool
     */
    private function wants_place(destination $destination, int $palierid): bool {
        if (!$destination->categories && !$destination->courses) {
            return true;
        }
        $place = $this->places[$palierid] ?? null;
        return $place && (in_array($place['course'], $destination->courses)
            || array_intersect($place['categories'], $destination->categories));
    }

    /**
     * Finds the courses of the activities, and all categories above them.
     */
    private function read_places(): void {
        global $DB;
        [$insql, $params] = $DB->get_in_or_equal(array_unique(array_column($this->rows, 'palierid')) ?: [0]);
        $rows = $DB->get_records_sql(
            "SELECT p.id, p.course, cc.path
               FROM {palier} p
               JOIN {course} c ON c.id = p.course
          LEFT JOIN {course_categories} cc ON cc.id = c.category
              WHERE p.id $insql",
            $params,
        );
        foreach ($rows as $row) {
            $this->places[(int) $row->id] = [
                'course' => (int) $row->course,
                'categories' => array_map('intval', array_filter(explode('/', (string) $row->path), 'strlen')),
            ];
        }
    }

    /**
     * Finds the statements that these take back or replace, and where those are.
     */
    private function read_references(): void {
        global $DB;
        $reading = array_column(array_filter($this->rows, fn($row) => !in_array($row->verb, self::ALONE)), 'id');
        $uuids = [];
        if ($reading) {
            foreach ($DB->get_records_list('palier_statement', 'id', $reading, '', 'id, statement') as $row) {
                if ($uuid = self::referred($row->statement)) {
                    $uuids[$row->id] = $uuid;
                }
            }
        }
        if (!$uuids) {
            return;
        }
        $former = $DB->get_records_list('palier_statement', 'uuid', array_unique($uuids), '', 'uuid, id, state');
        foreach ($uuids as $id => $uuid) {
            $this->references[$id] = [
                'id' => (int) ($former[$uuid]->id ?? 0),
                'state' => $former[$uuid]->state ?? '',
            ];
        }
        $ids = array_column($former, 'id');
        foreach ($DB->get_records_list('palier_delivery', 'statementid', $ids, '', 'id, statementid, destinationid') as $delivery) {
            $this->at[$delivery->statementid][$delivery->destinationid] = true;
        }
    }

    /**
     * The id of the statement that another one takes back or replaces.
     *
     * @param string $json
     * @return string|null
     */
    private static function referred(string $json): ?string {
        $statement = json_decode($json, true);
        foreach ([$statement['object'] ?? null, $statement['context']['statement'] ?? null] as $reference) {
            if (is_array($reference) && ($reference['objectType'] ?? '') === 'StatementRef') {
                return strtolower((string) ($reference['id'] ?? '')) ?: null;
            }
        }
        return null;
    }
}
