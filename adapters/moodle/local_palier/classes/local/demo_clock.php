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

namespace local_palier\local;

use core\clock;
use DateTimeImmutable;

/**
 * A time that somebody set: what a demonstration site tells of last spring happens then.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class demo_clock implements clock {
    /**
     * Constructor.
     *
     * @param int $time
     */
    public function __construct(
        /** @var int what time it is. */
        public int $time
    ) {
    }

    #[\Override]
    public function now(): DateTimeImmutable {
        return new DateTimeImmutable("@$this->time");
    }

    #[\Override]
    public function time(): int {
        return $this->time;
    }
}
