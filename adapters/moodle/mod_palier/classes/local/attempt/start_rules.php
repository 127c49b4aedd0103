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

use mod_palier\local\contest\contest_repository;
use mod_palier\local\engine\json_text;
use stdClass;

/**
 * Who may begin or go on, and when: dates, number of attempts, delay between them.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class start_rules {
    /** @var int Seconds after closing in which a question on screen may still be answered. */
    public const GRACE = 60;

    /**
     * Rules of an activity.
     *
     * @param stdClass $palier row of palier
     * @param int $now
     */
    public function __construct(
        /** @var stdClass the activity */
        protected stdClass $palier,
        /** @var int now */
        protected int $now,
    ) {
    }

    /**
     * Whether a new attempt may begin.
     *
     * @param attempt[] $attempts the person's attempts that are no previews, oldest first; those of packages count for nothing
     * @return string|null the reason why not, as a sentence
     */
    public function reason_not_to_start(array $attempts): ?string {
        $here = array_values(array_filter($attempts, fn(attempt $attempt) => $attempt->packageid === null));
        return $this->reason_of_dates() ?? $this->reason_of_retakes($here);
    }

    /**
     * Whether the dates allow to begin.
     *
     * @return string|null the reason why not
     */
    public function reason_of_dates(): ?string {
        if ($this->palier->timeopen && $this->now < $this->palier->timeopen) {
            return get_string('notopenyet', 'mod_palier', userdate($this->palier->timeopen));
        }
        if ($this->palier->timeclose && $this->now >= $this->palier->timeclose) {
            return get_string('closed', 'mod_palier', userdate($this->palier->timeclose));
        }
        return null;
    }

    /**
     * Whether the plan's rule on retakes allows to begin.
     *
     * @param attempt[] $attempts
     * @return string|null the reason why not
     */
    protected function reason_of_retakes(array $attempts): ?string {
        $retake = json_text::decode($this->palier->plan)['retake'] ?? [];
        $max = (int) ($retake['max_attempts'] ?? 0);
        $last = end($attempts);
        if ($max > 0 && count($attempts) >= $max && count($attempts) >= $max + $this->granted($last->userid)) {
            return get_string('nomoreattempts', 'mod_palier', $max);
        }
        if ($last) {
            $from = max($last->timefinish, $last->timestart) + (int) round(DAYSECS * (float) ($retake['delay_days'] ?? 0));
            if ($this->now < $from && !$this->granted($last->userid, $last->timestart)) {
                return get_string('notyetagain', 'mod_palier', userdate($from));
            }
        }
        return null;
    }

    /**
     * How many attempts more a learner was given who disagreed with a result.
     *
     * @param int $userid
     * @param int $since only by decisions from then on
     * @return int
     */
    protected function granted(int $userid, int $since = 0): int {
        return contest_repository::granted((int) $this->palier->id, $userid, $since);
    }
}
