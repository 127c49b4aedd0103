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

use mod_palier\api\result;

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

    /** @var float[] chances that the level is reached: of the competence, or of each that corresponds. */
    public readonly array $chances;

    /** @var string[] numbers of those that correspond and were measured. */
    public readonly array $numbers;

    /** @var int course module of the activity. */
    public readonly int $cmid;

    /** @var int when the attempt ended. */
    public readonly int $time;

    /** @var bool whether difficulties come from experts yet. */
    public readonly bool $provisional;

    /**
     * Constructor.
     *
     * @param int $basis
     * @param result $result
     * @param string[] $scales
     * @param int $level
     * @param bool $complete
     * @param string $framework
     */
    public function __construct(
        /** @var int one of the constants. */
        public readonly int $basis,
        /** @var result what was measured. */
        private readonly result $result,
        /** @var string[] ids of the scales that were measured, by number. */
        private readonly array $scales,
        int $level,
        /** @var bool whether all that corresponds was measured. */
        public readonly bool $complete,
        /** @var string title of the framework that was measured. */
        public readonly string $framework,
    ) {
        $this->chances = $this->at($level);
        $this->numbers = array_map('strval', array_keys($scales));
        $this->cmid = $result->cmid;
        $this->time = $result->timefinish;
        $this->provisional = !empty($result->state['provisional']);
    }

    /**
     * The chances of another level.
     *
     * @param int $level
     * @return float[] of the competence, or of each that corresponds; none where the test does not have that level
     */
    public function at(int $level): array {
        $chances = array_map(fn(string $scale): ?float => $this->result->chance($scale, $level), array_values($this->scales));
        return in_array(null, $chances, true) ? [] : $chances;
    }

    /**
     * Whether it can decide anything of the competence.
     *
     * @return bool
     */
    public function decides(): bool {
        return $this->basis !== self::DOMAIN && $this->complete;
    }

    /**
     * What is said.
     *
     * @return string one of decision::ALL
     */
    public function decision(): string {
        return decision::of($this->chances, $this->decides());
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
