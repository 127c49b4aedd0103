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
 * What a post came to.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class step_result {
    /**
     * The result of a post.
     *
     * @param string $outcome
     * @param attempt|null $attempt as it is now
     * @param bool $calm whether to offer a calm choice before the next question
     * @param bool $over whether this post ended the attempt
     * @param int|null $slot the slot that this post answered
     */
    public function __construct(
        /** @var string what became of it */
        public readonly string $outcome,
        /** @var attempt|null the attempt as it is now */
        public readonly ?attempt $attempt = null,
        /** @var bool whether to offer a calm choice before the next question */
        public readonly bool $calm = false,
        /** @var bool whether this post ended the attempt */
        public readonly bool $over = false,
        /** @var int|null the slot that this post answered */
        public readonly ?int $slot = null,
    ) {
    }
}
