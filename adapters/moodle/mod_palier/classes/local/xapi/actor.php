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
 * Who a statement is about, as the administrator chose for a destination: an opaque account unless told otherwise.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class actor {
    /** @var string A name that means nothing outside this site. */
    public const OPAQUE = 'opaque';

    /** @var string The learner's username. */
    public const USERNAME = 'username';

    /** @var string The learner's ID number, opaque where there is none. */
    public const IDNUMBER = 'idnumber';

    /** @var string The learner's e-mail address, opaque where there is none. */
    public const EMAIL = 'email';

    /**
     * The policies and their names, for the settings.
     *
     * @return string[]
     */
    public static function policies(): array {
        $policies = [];
        foreach ([self::OPAQUE, self::USERNAME, self::IDNUMBER, self::EMAIL] as $policy) {
            $policies[$policy] = get_string('actorpolicy_' . $policy, 'mod_palier');
        }
        return $policies;
    }

    /**
     * The xAPI agent of a user, as it is stored: it says nothing of who it is.
     *
     * @param int $userid
     * @return array
     */
    public static function opaque(int $userid): array {
        global $CFG;
        return ['objectType' => 'Agent', 'account' => ['homePage' => $CFG->wwwroot, 'name' => self::opaque_name($userid)]];
    }

    /**
     * The xAPI agent of a user, as a destination may know them.
     *
     * @param int $userid
     * @param string $policy one of the constants
     * @param stdClass|null $user the user's row, where there is one
     * @return array
     */
    public static function of(int $userid, string $policy, ?stdClass $user): array {
        global $CFG;

        // A deleted account has other names than the ones that the LRS knows.
        if ($policy === self::OPAQUE || !$user || !empty($user->deleted)) {
            return self::opaque($userid);
        }
        if ($policy === self::EMAIL && validate_email($user->email ?? '')) {
            return ['objectType' => 'Agent', 'name' => fullname($user), 'mbox' => 'mailto:' . $user->email];
        }
        $name = match ($policy) {
            self::USERNAME => (string) $user->username,
            self::IDNUMBER => (string) $user->idnumber,
            default => '',
        };
        return $name === '' ? self::opaque($userid) : [
            'objectType' => 'Agent',
            'name' => fullname($user),
            'account' => ['homePage' => $CFG->wwwroot, 'name' => $name],
        ];
    }

    /**
     * A name that is the same for a user on this site and says nothing of who it is.
     *
     * @param int $userid
     * @return string
     */
    public static function opaque_name(int $userid): string {
        return substr(hash_hmac('sha256', 'mod_palier/actor/' . $userid, get_site_identifier()), 0, 40);
    }
}
