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
 * How far the people of a job are from what it asks, by published counts alone: an order made of them shows no more than they do.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class job_gap {
    /** @var float|null share of what is assessed that is not reached, by weight, at least; null where too little is published. */
    public readonly ?float $low;

    /** @var float|null the same at most: with what is not decided, and with what is hidden. */
    public readonly ?float $high;

    /** @var int how many people do the job. */
    public readonly int $people;

    /**
     * Constructor.
     *
     * @param profile $profile
     * @param \stdClass[] $counts rows of local_palier_count
     */
    public function __construct(
        /** @var profile the job. */
        public readonly profile $profile,
        /** @var \stdClass[] rows of local_palier_count. */
        public readonly array $counts
    ) {
        [$low, $high, $assessed] = [0, 0, 0];
        foreach ($counts as $count) {
            if ($count->unknown === null) {
                continue;
            }
            $weight = $profile->requirements[$count->competence]['weight'];
            $of = $count->people - $count->unknown;
            $low += $weight * (int) $count->notreached;
            $high += $weight * ($count->notreached === null || $count->undecided === null
                ? $of - (int) $count->reached
                : $count->notreached + $count->undecided);
            $assessed += $weight * $of;
        }
        $this->low = $assessed ? $low / $assessed : null;
        $this->high = $assessed ? $high / $assessed : null;
        $this->people = (int) (reset($counts)->people ?? 0);
    }

    /**
     * The published counts of a context: the jobs with most to do first, by impact times the middle of the gap; those of
     * which too little is published last.
     *
     * @param \context $context
     * @return self[]
     */
    public static function all(\context $context): array {
        global $DB;
        $rows = [];
        foreach ($DB->get_records('local_palier_count', ['contextid' => $context->id], 'id') as $row) {
            $rows[$row->profileid][] = $row;
        }
        $gaps = [];
        $profiles = profiles::those(array_keys($rows));
        foreach ($rows as $profileid => $counts) {
            $gaps[] = new self($profiles[$profileid], $counts);
        }
        usort($gaps, fn(self $one, self $other) => [$other->urgency(), $one->profile->name()]
            <=> [$one->urgency(), $other->profile->name()]);
        return $gaps;
    }

    /**
     * Impact times gap.
     *
     * @return float -1 where the gap is not known
     */
    public function urgency(): float {
        return $this->low === null
            ? -1
            : profile::IMPACTS[$this->profile->fields['impact']] * ($this->low + $this->high) / 2;
    }

    /**
     * Whether people are moved to this job though the digital transition changes it strongly.
     *
     * @return bool
     */
    public function is_risky_target(): bool {
        return $this->profile->fields['redeployment'] && $this->profile->fields['impact'] === 'strong';
    }
}
