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
 * Sends a destination one statement about the administrator who tries it, and says what came of it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class trial {
    /**
     * Tries a destination. Where it works, a destination that had paused by itself goes on.
     *
     * @param destination $destination
     * @param stdClass $user who tries
     * @return array ok, text and found: sentences for whoever keeps the network
     */
    public static function of(destination $destination, stdClass $user): array {
        if ($destination->secret === null) {
            return ['ok' => false, 'text' => get_string('paused_secret', 'mod_palier'), 'found' => []];
        }
        $client = new lrs_client($destination);
        $statement = test_statement::about($user, $destination->actorpolicy) + ['version' => $destination->version];
        $answer = $client->post([outbox::encode($statement)]);
        $stored = $answer->stored([$statement['id']]);
        if ($stored) {
            destinations::resume($destination->id, false);
            $text = get_string('lrstest_ok', 'mod_palier', $statement['id']);
        } else {
            $text = get_string('lrstest_failed', 'mod_palier', $answer->text());
        }
        $badversion = !$stored && $answer->status === 400 && $client->refuses_version($statement['id']);
        return ['ok' => $stored, 'text' => $text, 'found' => (new connection($destination))->found($answer, $stored, $badversion)];
    }
}
