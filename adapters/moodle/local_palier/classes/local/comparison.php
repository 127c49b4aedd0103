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

use mod_palier\api;
use mod_palier\api\result;

/**
 * Results of a person against a profile. It computes no level: it looks up the chance that the engine gave.
 *
 * Of each competence the result counts that measured it, the newest of several; without one, those of another framework that
 * correspond; without these what is known of its domain, which decides nothing. What was practised counts for nothing.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class comparison {
    /** @var string purpose of an attempt at which what was right was shown after each answer. */
    private const PRACTICE = 'practice';

    /** @var (finding|null)[] by competence. */
    private array $findings;

    /**
     * Constructor.
     *
     * @param profile $profile
     */
    public function __construct(
        /** @var profile what is asked. */
        public readonly profile $profile
    ) {
        $this->findings = array_fill_keys(array_keys($profile->requirements), null);
    }

    /**
     * Of the results of a person that the present user may see.
     *
     * @param profile $profile
     * @param int $userid
     * @return self
     */
    public static function of_user(profile $profile, int $userid): self {
        $comparison = new self($profile);
        foreach (api::results_of_user($userid) as $result) {
            $comparison->add($result);
        }
        return $comparison;
    }

    /**
     * One more result of the person, in any order.
     *
     * @param result $result
     */
    public function add(result $result): void {
        if (!$result->known || $result->purpose === self::PRACTICE) {
            return;
        }
        $framework = $this->profile->fields['framework'];
        foreach ($this->scales($result) as $measured => $ids) {
            $related = $measured === $framework ? null : api::corresponding($framework, $measured);
            foreach ($this->profile->requirements as $competence => $requirement) {
                $numbers = $related === null ? [$competence] : $related[$competence] ?? [];
                $finding = $this->look($result, $ids, $measured, $numbers, $requirement['level']);
                if ($finding?->is_before($this->findings[$competence])) {
                    $this->findings[$competence] = $finding;
                }
            }
        }
    }

    /**
     * What is known of a competence.
     *
     * @param string $competence
     * @return finding|null null where it is not assessed
     */
    public function finding(string $competence): ?finding {
        return $this->findings[$competence];
    }

    /**
     * What is known of all that is asked.
     *
     * @return (finding|null)[] by competence
     */
    public function findings(): array {
        return $this->findings;
    }

    /**
     * What is said of a competence.
     *
     * @param string $competence
     * @return string one of decision::ALL
     */
    public function decision(string $competence): string {
        return $this->findings[$competence]?->decision() ?? decision::UNKNOWN;
    }

    /**
     * How many competences are what.
     *
     * @return int[] by what is said
     */
    public function counts(): array {
        $counts = array_fill_keys(decision::ALL, 0);
        foreach (array_keys($this->findings) as $competence) {
            $counts[$this->decision($competence)]++;
        }
        return $counts;
    }

    /**
     * Where to begin: of what is not reached yet, what weighs most.
     *
     * @return string|null competence
     */
    public function first(): ?string {
        $weights = [];
        foreach ($this->profile->requirements as $competence => $requirement) {
            if ($this->decision((string) $competence) === decision::NOT_REACHED) {
                $weights[$competence] = $requirement['weight'];
            }
        }
        return $weights ? (string) array_search(max($weights), $weights, true) : null;
    }

    /**
     * The scales of a result that are competences of a framework.
     *
     * @param result $result
     * @return string[][] id of the scale by number, by id number of the framework
     */
    private function scales(result $result): array {
        $found = [];
        foreach ($result->state['scales'] ?? [] as $scale) {
            $competence = api::competence_of_scale((string) $scale['id'], $result->source);
            if ($competence) {
                $found[$competence[0]][$competence[1]] = (string) $scale['id'];
            }
        }
        return $found;
    }

    /**
     * What a result says of competences that are meant.
     *
     * @param result $result
     * @param string[] $ids scales by number
     * @param string $measured id number of their framework
     * @param string[] $numbers competences that are meant
     * @param int $level that is asked
     * @return finding|null
     */
    private function look(result $result, array $ids, string $measured, array $numbers, int $level): ?finding {
        $same = $measured === $this->profile->fields['framework'];
        $found = ['measured' => [], 'reported_as_domain' => []];
        foreach ($numbers as $number) {
            if (isset($ids[$number]) && $result->chance($ids[$number], $level) !== null) {
                $found[$result->scale($ids[$number])['state']][$number] = $ids[$number];
            }
        }
        $state = $found['measured'] || !$same ? 'measured' : 'reported_as_domain';
        return !$found[$state] ? null : new finding(
            !$same ? finding::CORRESPONDING : ($state === 'measured' ? finding::MEASURED : finding::DOMAIN),
            $result,
            $found[$state],
            $level,
            count($found[$state]) === count($numbers),
            api::frameworks()[$measured]['title'] ?? $measured,
        );
    }
}
