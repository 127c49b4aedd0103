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
 * The statement by which an administrator tries a destination.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class test_statement {
    /**
     * A statement that says that somebody tried this.
     *
     * @param stdClass $user
     * @param string $policy how people are named there
     * @return array
     */
    public static function about(stdClass $user, string $policy): array {
        global $CFG;
        return [
            'id' => \core\uuid::generate(),
            'actor' => actor::of((int) $user->id, $policy, $user),
            'verb' => [
                'id' => 'http://adlnet.gov/expapi/verbs/attempted',
                'display' => ['en' => 'tried', 'fr' => 'a essayé'],
            ],
            'object' => [
                'objectType' => 'Activity',
                'id' => $CFG->wwwroot . '/mod/palier/destinations.php',
                'definition' => ['name' => ['en' => 'Palier, test statement', 'fr' => 'Palier, trace d’essai']],
            ],
            'timestamp' => gmdate('Y-m-d\TH:i:s\Z', \core\di::get(\core\clock::class)->time()),
        ];
    }
}
