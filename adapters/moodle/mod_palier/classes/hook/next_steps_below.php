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

/**
 * A learner reads their own result: another plugin may propose what to do next. What the teacher proposes comes first, and below
 * a result there are at most three things in all ({@see \mod_palier\local\test\next_steps::SHOWN}). It is asked for no preview,
 * and for nobody but the learner, so what is proposed may rest on what only they see.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[label('A learner reads their own result; plugins may propose what to do next.')]
#[tags('mod_palier', 'attempt')]
final class next_steps_below {
    /** @var string[][] What is proposed, as of next_steps::shown(). */
    private array $steps = [];

    /**
     * Who reads what.
     *
     * @param int $cmid course module of the activity
     * @param int $userid
     */
    public function __construct(
        /** @var int Course module of the activity. */
        public readonly int $cmid,
        /** @var int Of the learner, who is the present user. */
        public readonly int $userid,
    ) {
    }

    /**
     * Proposes something. All are plain text.
     *
     * @param string $text what
     * @param string $link where it leads, empty for nowhere
     * @param string $linktext what the link is called
     * @param string $competence name of the competence that it is for, empty where it is for all
     */
    public function add(string $text, string $link = '', string $linktext = '', string $competence = ''): void {
        $this->steps[] = ['text' => $text, 'link' => $link, 'linktext' => $linktext, 'competence' => $competence];
    }

    /**
     * What was proposed.
     *
     * @return string[][]
     */
    public function get_steps(): array {
        return $this->steps;
    }

    /**
     * Asks the other plugins.
     *
     * @param int $cmid
     * @param int $userid
     * @return string[][] as of {@see self::get_steps()}
     */
    public static function ask(int $cmid, int $userid): array {
        $hook = new self($cmid, $userid);
        \core\di::get(\core\hook\manager::class)->dispatch($hook);
        return $hook->get_steps();
    }
}
