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
use core\context\module as context_module;

/**
 * Somebody is about to begin an attempt, or looks at the page where it would begin: another plugin may say why not. It is
 * asked after the activity's own rules, and not for previews nor for an attempt that goes on.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[label('An attempt at an adaptive test is about to begin; it can be refused with a reason.')]
#[tags('mod_palier', 'attempt')]
final class before_attempt_start {
    /** @var string|null Why not. */
    private ?string $reason = null;

    /**
     * Who would begin what.
     *
     * @param int $palierid id of the activity in its table
     * @param context_module $context
     * @param int $userid
     */
    public function __construct(
        /** @var int Id of the activity in its table. */
        public readonly int $palierid,
        /** @var context_module Its context. */
        public readonly context_module $context,
        /** @var int Of the learner. */
        public readonly int $userid,
    ) {
    }

    /**
     * Refuses. The first reason is the one that is told.
     *
     * @param string $reason a sentence for the learner, plain text
     */
    public function refuse(string $reason): void {
        $this->reason ??= $reason;
    }

    /**
     * Why another plugin refuses.
     *
     * @return string|null null where none does
     */
    public function get_reason(): ?string {
        return $this->reason;
    }

    /**
     * Asks the other plugins.
     *
     * @param int $palierid id of the activity in its table
     * @param context_module $context
     * @param int $userid
     * @return string|null the reason why not
     */
    public static function ask(int $palierid, context_module $context, int $userid): ?string {
        $hook = new self($palierid, $context, $userid);
        \core\di::get(\core\hook\manager::class)->dispatch($hook);
        return $hook->get_reason();
    }
}
