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

namespace mod_palier\local\attempt;

use stdClass;

/**
 * From where and with which word a test may be taken: addresses of the network, password.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class access_rules {
    /**
     * The rules of an activity.
     *
     * @param stdClass $palier row of palier, as it is for the person
     */
    public function __construct(
        /** @var stdClass row of palier. */
        private readonly stdClass $palier
    ) {
    }

    /**
     * Whether a password is asked before an attempt begins.
     *
     * @return bool
     */
    public function has_password(): bool {
        return (string) ($this->palier->password ?? '') !== '';
    }

    /**
     * Why an attempt may not begin.
     *
     * @param string $password as it was typed
     * @return string|null
     */
    public function reason_not_to_start(string $password): ?string {
        return self::reason_of_network((string) ($this->palier->subnet ?? ''))
            ?? ($this->has_password() && !hash_equals((string) $this->palier->password, $password)
                ? get_string($password === '' ? 'passwordneeded' : 'passwordwrong', 'mod_palier') : null);
    }

    /**
     * Whether the present address is one of those allowed.
     *
     * @param string $subnet empty for all
     * @return string|null the reason why not
     */
    public static function reason_of_network(string $subnet): ?string {
        return $subnet === '' || address_in_subnet(getremoteaddr(), $subnet) ? null : get_string('networkwrong', 'mod_palier');
    }
}
