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

/**
 * What was typed on a page whose session was over.
 *
 * It waits in the server's session of that browser while the person signs in again, and comes back as a draft on the
 * question, not as an answer. Nothing is kept in the browser: a shared tablet shows it to nobody else. The page that is
 * sent carries a mark that only the server can make, so that no other site puts words into an attempt.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class unsent {
    /** @var int In place of a slot: a message of a thread. */
    public const MESSAGE = -1;

    /** @var int Most bytes that are held. */
    public const MAX_BYTES = 65536;

    /**
     * The mark of a page.
     *
     * @param int $attemptid
     * @param int $slot
     * @param int $userid
     * @return string
     */
    public static function mark(int $attemptid, int $slot, int $userid): string {
        $key = get_config('mod_palier', 'markkey') ?: self::make_key();
        return hash_hmac('sha256', "$attemptid/$slot/$userid", $key);
    }

    /**
     * Makes the key of the marks, when the plugin is installed or upgraded: pages only read it.
     *
     * @return string
     */
    public static function make_key(): string {
        $key = random_string(40);
        set_config('markkey', $key, 'mod_palier');
        return $key;
    }

    /**
     * Holds what a page sent.
     *
     * @param int $attemptid
     * @param int $slot
     * @param array $fields
     */
    public static function hold(int $attemptid, int $slot, array $fields): void {
        global $SESSION;
        $fields = array_filter($fields, 'is_scalar');
        if (strlen(json_encode($fields, JSON_INVALID_UTF8_SUBSTITUTE)) > self::MAX_BYTES) {
            return;
        }
        $SESSION->mod_palier_unsent = [$attemptid, $slot, $fields];
    }

    /**
     * Puts what is held for an attempt on its question, where that is still the one on screen and the page was this person's.
     *
     * @param attempt $attempt of the present user
     * @return bool whether anything came back
     */
    public static function restore(attempt $attempt): bool {
        $slot = (int) $attempt->slot;
        $fields = self::take($attempt->id, $slot, $attempt->userid);
        return $fields
            && step::post($attempt->id, 'draft', $slot, $fields)->outcome === outcome::KEPT
            && (bool) slot_usage::load($attempt->qubaid, $slot)->get_question_attempt($slot)->get_last_qt_data();
    }

    /**
     * What is held, once, where a page of this person sent it.
     *
     * @param int $attemptid
     * @param int $slot
     * @param int $userid
     * @return array|null the fields of its form
     */
    public static function take(int $attemptid, int $slot, int $userid): ?array {
        global $SESSION;
        $held = $SESSION->mod_palier_unsent ?? null;
        unset($SESSION->mod_palier_unsent);
        if (!$held || $held[0] !== $attemptid || $held[1] !== $slot) {
            return null;
        }
        return hash_equals(self::mark($attemptid, $slot, $userid), (string) ($held[2]['mark'] ?? '')) ? $held[2] : null;
    }
}
