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

use core\encryption;

/**
 * Passwords of destinations, which stand encrypted in the database: whoever reads a copy of it cannot use them.
 *
 * The key is the site's own, in its data folder (core\encryption).
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class secret {
    /**
     * What is stored of a password.
     *
     * @param string $secret
     * @return string
     */
    public static function conceal(#[\SensitiveParameter] string $secret): string {
        return $secret === '' ? '' : encryption::encrypt($secret);
    }

    /**
     * The password again; null where this server has another key than the one that it was stored with.
     *
     * @param string|null $stored
     * @return string|null
     */
    public static function reveal(?string $stored): ?string {
        if ((string) $stored === '') {
            return '';
        }
        try {
            return encryption::decrypt($stored);
        } catch (\Throwable $e) {
            return null;
        }
    }
}
