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

namespace mod_palier\hook;

use core\attribute\label;
use core\attribute\tags;
use moodle_url;

/**
 * Somebody who has not begun is about to be reminded that a test closes soon: another plugin may leave them in peace, or lead
 * them to a page of its own.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[label('Somebody is about to be reminded of an adaptive test that closes soon; plugins may leave them in peace.')]
#[tags('mod_palier', 'message')]
final class before_reminder {
    /** @var bool Whether the message is sent. */
    private bool $wanted = true;

    /**
     * Who would be reminded of what.
     *
     * @param int $cmid course module of the activity
     * @param int $userid
     * @param moodle_url $url where the message leads
     */
    public function __construct(
        /** @var int Course module of the activity. */
        public readonly int $cmid,
        /** @var int Of the learner. */
        public readonly int $userid,
        /** @var moodle_url Where the message leads. */
        private moodle_url $url,
    ) {
    }

    /**
     * Sends them nothing.
     */
    public function leave_out(): void {
        $this->wanted = false;
    }

    /**
     * Leads them elsewhere than to the activity.
     *
     * @param moodle_url $url
     */
    public function lead_to(moodle_url $url): void {
        $this->url = $url;
    }

    /**
     * Asks the other plugins.
     *
     * @param \cm_info $cm
     * @param int $userid
     * @return moodle_url|null where the message leads; null where none is sent
     */
    public static function ask(\cm_info $cm, int $userid): ?moodle_url {
        $hook = new self((int) $cm->id, $userid, $cm->url);
        \core\di::get(\core\hook\manager::class)->dispatch($hook);
        return $hook->wanted ? $hook->url : null;
    }
}
