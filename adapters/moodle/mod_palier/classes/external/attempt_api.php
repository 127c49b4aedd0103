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

namespace mod_palier\external;

use core_external\external_api;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;

/**
 * What the services about an attempt have in common.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class attempt_api extends external_api {
    /**
     * An attempt whose steps the caller may do.
     *
     * @param int $attemptid
     * @return attempt
     */
    protected static function own(int $attemptid): attempt {
        $attempt = attempt_repository::load($attemptid);
        self::validate_context($attempt->context());
        if (!$attempt->access()->may_answer()) {
            throw new \moodle_exception('notyourattempt', 'mod_palier');
        }
        $reason = $attempt->access()->reason_not_from_here();
        if ($reason !== null) {
            throw new \moodle_exception('cannotstart', 'mod_palier', '', $reason);
        }
        return $attempt;
    }
}
