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

/**
 * What a result says of a competence that a profile asks for.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class finding {
    /** @var int the competence was measured for itself. */
    public const MEASURED = 3;

    /** @var int a competence of another framework that corresponds to it was. */
    public const CORRESPONDING = 2;

    /** @var int its domain alone is known, which decides nothing. */
    public const DOMAIN = 1;

    /**
     * Constructor.
     *
     * @param int $basis
     * @param float[] $chances
     * @param string[] $numbers
     * @param bool $complete
     * @param string $framework
     * @param int $cmid
     * @param int $time
     * @param bool $provisional
     */
    public function __construct(
        /** @var int one of the constants. */
        public readonly int $basis,
        /** @var float[] chances that the level is reached: of the competence, or of each that corresponds. */
        public readonly array $chances,
        /** @var string[] numbers of those that correspond and were measured. */
        public readonly array $numbers,
        /** @var bool whether all that corresponds was measured. */
        public readonly bool $complete,
        /** @var string title of the framework that was measured. */
        public readonly string $framework,
        /** @var int course module of the activity. */
        public readonly int $cmid,
        /** @var int when the attempt ended. */
        public readonly int $time,
        /** @var bool whether difficulties come from experts yet. */
        public readonly bool $provisional,
    ) {
    }

    /**
     * What is said.
     *
     * @return string one of decision::ALL
     */
    public function decision(): string {
        return decision::of($this->chances, $this->basis !== self::DOMAIN && $this->complete);
    }

    /**
     * Whether it counts rather than another one: what was measured comes before what corresponds, then the newest.
     *
     * @param self|null $other
     * @return bool
     */
    public function is_before(?self $other): bool {
        return $other === null || [$this->basis, $this->time] >= [$other->basis, $other->time];
    }
}
