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

namespace mod_palier\local\package;

use cm_info;
use mod_palier\local\report\visible_learners;

/**
 * Whose a record is: one of the learners of an activity whom the reader may see.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class record_people {
    /** @var int[] ids by name; 0 where several people have it */
    private array $ids = [];

    /**
     * Of an activity.
     *
     * @param cm_info $cm
     * @param string[] $fields by which they are named: id, or username, idnumber and email
     */
    public function __construct(cm_info $cm, array $fields) {
        $groups = visible_learners::groups($cm);
        $people = $groups === [] ? []
            : get_enrolled_users($cm->context, '', $groups ?? 0, 'u.id, u.username, u.idnumber, u.email');
        foreach ($people as $person) {
            foreach (array_unique(array_map(fn($field) => self::name((string) $person->$field), $fields)) as $name) {
                $this->ids[$name] = isset($this->ids[$name]) ? 0 : (int) $person->id;
            }
        }
        unset($this->ids['']);
    }

    /**
     * The person of a name.
     *
     * @param string $name
     * @return int 0 for nobody
     */
    public function id(string $name): int {
        return $this->ids[self::name($name)] ?? 0;
    }

    /**
     * A name as it is compared.
     *
     * @param string $name
     * @return string
     */
    private static function name(string $name): string {
        return \core_text::strtolower(trim($name));
    }
}
