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
 * What a person can do next: no result ends without anything. For each gap trainings of the catalogue, colleagues who help, and a
 * workshop to ask for; for what is not certain, the test again; and always somebody to talk to, at a time to choose where an
 * adviser opens some.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class guidance {
    /** @var int trainings of a gap. */
    private const MOST = 3;

    /** @var recommendation[] trainings, the best first. */
    public readonly array $recommendations;

    /** @var string[] competences with a gap for which nothing in the catalogue is right. */
    public readonly array $without;

    /** @var finding[] by competence: what is not reached for certain. */
    public readonly array $gaps;

    /** @var finding[] by competence: what is not certain yet, where more questions may tell. */
    public readonly array $again;

    /**
     * Constructor.
     *
     * @param comparison $comparison results beside a profile
     * @param int[] $contextids whose trainings the person may see
     */
    public function __construct(
        /** @var comparison results beside a profile. */
        public readonly comparison $comparison,
        array $contextids
    ) {
        $this->recommendations = recommendation::best(recommendation::for($comparison, $contextids), self::MOST);
        $served = array_merge([], ...array_map(fn($one) => array_keys($one->gaps), $this->recommendations));
        $this->gaps = array_filter($comparison->findings(), fn(?finding $finding): bool => trigger::gap($finding) !== null);
        $this->without = array_map('strval', array_values(array_diff(array_keys($this->gaps), $served)));
        $this->again = array_filter(
            $comparison->findings(),
            fn(?finding $finding): bool => $finding?->decision() === decision::UNDECIDED
        );
    }

    /**
     * How many colleagues of the present user, whose results these are, help with what is not reached.
     *
     * @return int[] by competence
     */
    public function helpers(): array {
        $framework = $this->comparison->profile->fields['framework'];
        return $this->gaps ? array_intersect_key(told::offered()[$framework] ?? [], $this->gaps) : [];
    }

    /**
     * For what the present user can ask for a workshop, where their authority has an adviser.
     *
     * @return bool[] whether they did, by competence
     */
    public function workshops(): array {
        global $USER;
        $can = array_filter($this->gaps, told::may_want(...));
        if (!$can || !authority::of((int) $USER->id) || !meetings::callable_places()) {
            return [];
        }
        $wanted = told::mine(told::WORKSHOP)[$this->comparison->profile->fields['framework']] ?? [];
        $competences = array_map('strval', array_keys($can));
        return array_combine($competences, array_map(fn(string $one): bool => in_array($one, $wanted, true), $competences));
    }

    /**
     * Whom to talk to, as the site says.
     *
     * @return string HTML
     */
    public static function rendezvous(): string {
        $text = trim((string) get_config('local_palier', 'rendezvous'));
        return $text === ''
            ? s(get_string('rendezvous_default', 'local_palier'))
            : format_text($text, FORMAT_PLAIN, ['context' => \context_system::instance()]);
    }
}
