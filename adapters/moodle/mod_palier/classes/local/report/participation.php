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

namespace mod_palier\local\report;

/**
 * Who is to take the test, and who of them has not begun.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class participation {
    /** @var int names that are read at most. */
    public const MAXNAMES = 200;

    /**
     * Who is to take the test.
     *
     * @param \cm_info $cm
     * @param int $groupid 0 for all that may be seen
     */
    public function __construct(
        /** @var \cm_info the activity. */
        private readonly \cm_info $cm,
        /** @var int 0 for all that may be seen. */
        private readonly int $groupid = 0
    ) {
    }

    /**
     * How many are to take the test.
     *
     * @return int
     */
    public function expected(): int {
        return $this->count('');
    }

    /**
     * How many of them have not begun.
     *
     * @return int
     */
    public function not_begun(): int {
        return $this->count(self::NOTBEGUN);
    }

    /**
     * Those who have not begun, by name.
     *
     * @return \stdClass[] with the fields of their names
     */
    public function names(): array {
        global $DB;
        [$enrolled, $params] = $this->enrolled();
        if ($enrolled === '') {
            return [];
        }
        $fields = \core_user\fields::for_name()->get_sql('u')->selects;
        [$sort, $sortparams] = users_order_by_sql('u');
        return $DB->get_records_sql(
            "SELECT u.id {$fields}
               FROM {user} u
               JOIN ({$enrolled}) e ON e.id = u.id
              WHERE " . self::NOTBEGUN . "
           ORDER BY {$sort}",
            $params + $sortparams + ['palierid' => $this->cm->instance],
            0,
            self::MAXNAMES
        );
    }

    /** @var string the condition of those who have no attempt. */
    private const NOTBEGUN = 'NOT EXISTS (SELECT 1 FROM {palier_attempt} a
                                           WHERE a.palierid = :palierid AND a.userid = u.id AND a.preview = 0)';

    /**
     * Counts those who are to take the test.
     *
     * @param string $condition on u, empty for all
     * @return int
     */
    private function count(string $condition): int {
        global $DB;
        [$enrolled, $params] = $this->enrolled();
        return $enrolled === '' ? 0 : $DB->count_records_sql(
            "SELECT COUNT(1) FROM {user} u JOIN ({$enrolled}) e ON e.id = u.id" . ($condition ? " WHERE {$condition}" : ''),
            $params + ($condition ? ['palierid' => $this->cm->instance] : [])
        );
    }

    /**
     * Those who are enrolled, may take the test, and may be seen by the reader.
     *
     * @return array{string, array} SQL, empty for nobody
     */
    public function enrolled(): array {
        $groups = visible_learners::groups($this->cm, $this->groupid);
        return $groups === [] ? ['', []] : get_enrolled_sql($this->cm->context, 'mod/palier:attempt', $groups ?? 0, true);
    }
}
