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
 * A training that is recommended to a person, and why.
 *
 * The order of several is that of their scores, the greatest first:
 *
 *     score = Σ (gap × weight) ÷ (1 + days)
 *
 * over the competences for which the training is recommended ({@see trigger}). gap is the chance, from 0 to 1, that the asked
 * level is not reached; weight, from 1 to 10, is how much the competence matters to the job, as the profile says; days is how long
 * the training is, and a day where that is not said. So what closes a surer and a heavier gap comes first, and of two that do as
 * much the shorter one.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class recommendation {
    /** @var float days of a training whose length is not said. */
    private const USUAL_DAYS = 1.0;

    /** @var float by which several are put in order. */
    public readonly float $score;

    /** @var int|null id of the training. */
    public readonly ?int $entryid;

    /**
     * Constructor.
     *
     * @param entry $entry
     * @param float[] $gaps
     * @param profile $profile
     */
    public function __construct(
        /** @var entry what is recommended. */
        public readonly entry $entry,
        /** @var float[] chance that what is asked is not reached, by competence. */
        public readonly array $gaps,
        /** @var profile what is asked. */
        public readonly profile $profile
    ) {
        $this->entryid = $entry->id;
        $sum = 0.0;
        foreach ($gaps as $competence => $gap) {
            $sum += $gap * $profile->requirements[$competence]['weight'];
        }
        $this->score = $sum / (1 + ($entry->days ?? self::USUAL_DAYS));
    }

    /**
     * Those for a person, the best first.
     *
     * @param comparison $comparison their results beside a profile
     * @param int[] $contextids whose trainings they may see
     * @return self[]
     */
    public static function for(comparison $comparison, array $contextids): array {
        $profile = $comparison->profile;
        $gaps = array_filter(
            array_map(trigger::gap(...), $comparison->findings()),
            fn(?float $gap): bool => $gap !== null
        );
        $found = [];
        foreach (catalogue::teaching($contextids, $profile->fields['framework'], array_keys($gaps)) as $entry) {
            $fires = fn($competence): bool => in_array((string) $competence, $entry->competences, true) && trigger::fires(
                $comparison->finding((string) $competence),
                $profile->requirements[$competence]['level'],
                $entry->fromlevel,
                $entry->tolevel
            );
            $those = array_filter($gaps, $fires, ARRAY_FILTER_USE_KEY);
            if ($those) {
                $found[] = new self($entry, $those, $profile);
            }
        }
        usort($found, fn(self $one, self $other) => [$other->score, $one->entry->code] <=> [$one->score, $other->entry->code]);
        return $found;
    }

    /**
     * Of each gap the best few, each once, in their order.
     *
     * @param self[] $all the best first
     * @param int $most of a gap
     * @return self[]
     */
    public static function best(array $all, int $most): array {
        $counts = [];
        $kept = [];
        foreach ($all as $one) {
            $open = array_filter(array_keys($one->gaps), fn($competence): bool => ($counts[$competence] ?? 0) < $most);
            if ($open) {
                $kept[] = $one;
                foreach (array_keys($one->gaps) as $competence) {
                    $counts[$competence] = ($counts[$competence] ?? 0) + 1;
                }
            }
        }
        return $kept;
    }
}
