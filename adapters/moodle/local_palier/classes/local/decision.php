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
 * What is said of a competence that a profile asks for. The probability is the engine's.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class decision {
    /** @var string the level is reached: wrong for at most one in ten of those of whom this is said. */
    public const REACHED = 'reached';

    /** @var string it can be either. */
    public const UNDECIDED = 'undecided';

    /** @var string the level is not reached yet: wrong for at most one in ten as well. */
    public const NOT_REACHED = 'notreached';

    /** @var string nothing is known, which is no gap. */
    public const UNKNOWN = 'unknown';

    /** @var string[] all of them, which are columns of local_palier_count too. */
    public const ALL = [self::REACHED, self::UNDECIDED, self::NOT_REACHED, self::UNKNOWN];

    /** @var float probability from which it is decided. */
    public const CONFIDENCE = 0.9;

    /**
     * Of chances to be at a level or above it.
     *
     * @param float[] $chances of all competences that are meant
     * @param bool $decides whether they can decide at all
     * @return string one of ALL
     */
    public static function of(array $chances, bool $decides): string {
        return match (true) {
            !$chances => self::UNKNOWN,
            $decides && min($chances) >= self::CONFIDENCE => self::REACHED,
            // As 1 - 0.9 is a little less than 0.1.
            $decides && max($chances) <= round(1 - self::CONFIDENCE, 6) => self::NOT_REACHED,
            default => self::UNDECIDED,
        };
    }
}
