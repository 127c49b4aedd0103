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
 * Makes the map of a campaign: competence by group, how many people are surely in which band of levels.
 *
 * It runs in a task, as the administrator: by mod_palier's api that is every shared result and no other. Bands, chances and
 * intervals are the engine's; who is counted is up to {@see map_people}, what is told to {@see suppression}.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class map_maker {
    /** @var float probability of the intervals of shares and changes. */
    private const PROBABILITY = 0.95;

    /** @var string group of those who are in no group. */
    private const NONE = 'none';

    /** @var int k. */
    private readonly int $least;

    /** @var array what the test measures, as {@see api::scales_of_activity()} tells it. */
    private readonly array $of;

    /** @var array[] rows: id, name, domain. */
    private readonly array $rows;

    /** @var string[] of each person the column in each row, a character each. */
    private array $columns = [];

    /** @var string[] of each person the chances of each band in each row, packed. */
    private array $chances = [];

    /** @var array[] of each person estimates and the plan, where changes are told. */
    private array $estimates = [];

    /** @var array[] lines: groups and people. */
    private array $lines = [];

    /**
     * Constructor.
     *
     * @param campaign $campaign
     * @param int[] $cohortids groups
     * @param callable $progress takes percents
     */
    public function __construct(
        /** @var campaign what it is about. */
        private readonly campaign $campaign,
        /** @var int[] groups. */
        private readonly array $cohortids,
        /** @var callable takes percents. */
        private $progress
    ) {
        $this->least = suppression::least();
        $this->of = api::scales_of_activity($campaign->cmid);
        $this->rows = [
            ...array_map(fn(array $scale): array => self::row($scale, false), $this->of['scales']),
            ...array_map(fn(array $domain): array => self::row($domain, true), $this->of['domains']),
        ];
    }

    /**
     * Whether there is something to map: a test of several competences, told in several bands.
     *
     * @return bool
     */
    public function is_map(): bool {
        return count($this->of['scales']) > 1 && count($this->of['bands']) > 1;
    }

    /**
     * The table, as it may be published.
     *
     * @return array|null as {@see snapshot::$table} has it; null where too few people can be counted
     */
    public function table(): ?array {
        raise_memory_limit(MEMORY_HUGE);
        [$groupof, $uncounted, $members] = $this->members();
        $waiting = $this->waiting($groupof);
        $this->read($waiting);
        ($this->progress)(40);
        $sharing = [];
        foreach (array_keys($this->columns) as $person) {
            $sharing[$groupof[$person] ?? self::NONE][] = $person;
        }
        $this->lines = map_people::lines($sharing, $uncounted, $this->least);
        if (!$this->lines) {
            return null;
        }
        $rows = [];
        foreach ($this->rows as $place => $row) {
            $cells = $this->cells($place);
            if ($cells) {
                $rows[] = $row + ['cells' => $cells, 'above' => $this->above($place, end($cells))];
            }
            ($this->progress)(40 + intdiv(40 * ($place + 1), count($this->rows)));
        }
        $table = [
            'least' => $this->least,
            'bands' => $this->of['bands'],
            'lines' => $this->told_lines($members),
            'rows' => $rows,
            'since' => $this->campaign->wave ? 0 : null,
        ];
        return $table + ['changes' => $this->campaign->wave ? $this->changes() : []] + ($this->is_apart() ? ['apart' => true] : []);
    }

    /**
     * Who is counted in it.
     *
     * @return int[]
     */
    public function counted(): array {
        return array_merge(...array_column($this->lines, 'people'));
    }

    /**
     * What is kept of a competence or a domain.
     *
     * @param array $entry of scales_of_activity
     * @param bool $domain
     * @return array
     */
    private static function row(array $entry, bool $domain): array {
        return ['id' => (string) $entry['id'], 'name' => $entry['name'], 'domain' => $domain]
            + array_intersect_key($entry, ['top_level' => 1]);
    }

    /**
     * Who is in which group.
     *
     * @return array{string[], (int|null)[], (int|null)[]} group by person; by group, how many members no map has counted yet, and
     *     how many members there are: null where that is not known
     */
    private function members(): array {
        global $DB;
        $all = $this->campaign->cohortid;
        $cohorts = job_cohort::members_of_those(array_unique([...$this->cohortids, ...($all === null ? [] : [$all])]));
        $invited = $all === null ? null : $cohorts[$all];
        $groupof = [];
        foreach ($this->cohortids as $cohortid) {
            foreach (array_keys($cohorts[$cohortid]) as $person) {
                if ($invited === null || isset($invited[$person])) {
                    $groupof[$person] ??= "c$cohortid";
                }
            }
        }
        foreach (array_keys($invited ?? []) as $person) {
            $groupof[$person] ??= self::NONE;
        }
        $members = array_fill_keys(array_map(fn(int $id): string => "c$id", $this->cohortids), 0);
        $members = array_replace($members, array_count_values($groupof));
        $counted = $DB->get_fieldset_select(
            'local_palier_participation',
            'userid',
            'campaignid = ? AND snapshotid IS NOT NULL',
            [$this->campaign->id]
        );
        $uncounted = $members;
        foreach ($counted as $person) {
            if (isset($groupof[$person])) {
                $uncounted[$groupof[$person]]--;
            }
        }
        if ($invited === null) {
            // Whoever has the code may be anybody.
            $members[self::NONE] = $uncounted[self::NONE] = null;
        }
        return [$groupof, $uncounted, $members];
    }

    /**
     * Who shares, by the end of the day before, and was never counted.
     *
     * @param string[] $groupof
     * @return true[] by person
     */
    private function waiting(array $groupof): array {
        global $DB;
        $people = array_fill_keys($DB->get_fieldset_select(
            'local_palier_participation',
            'userid',
            'campaignid = ? AND snapshotid IS NULL AND timeshared > 0 AND timeshared < ?',
            [$this->campaign->id, campaign_counts::midnight()]
        ), true);
        // Who is not invited any more has left.
        return $this->campaign->cohortid === null ? $people : array_intersect_key($people, $groupof);
    }

    /**
     * Reads results, and keeps of each what is needed: a result is large, and there are thousands.
     *
     * @param true[] $waiting
     */
    private function read(array $waiting): void {
        foreach (api::results_of_activity($this->campaign->cmid) as $result) {
            if (!isset($waiting[$result->userid]) || !$result->shared) {
                continue;
            }
            $columns = '';
            $chances = '';
            $domains = array_column($result->state['composites'] ?? [], null, 'id');
            $scales = array_column($result->state['scales'] ?? [], null, 'id');
            foreach ($this->rows as $row) {
                $entry = $result->known ? ($row['domain'] ? $domains : $scales)[$row['id']] ?? null : null;
                $columns .= chr($this->column($entry));
                $chances .= pack('g*', ...$this->chances_of($entry, $result));
            }
            $this->columns[$result->userid] = $columns;
            $this->chances[$result->userid] = $chances;
            if ($this->campaign->wave) {
                $this->estimates[$result->userid] = self::estimates($result);
            }
        }
    }

    /**
     * The column that a person is told in: a band, where the engine tells one; not certain yet; not assessed.
     *
     * @param array|null $entry of a scale or a domain
     * @return int
     */
    private function column(?array $entry): int {
        if (($entry['state'] ?? '') !== 'measured') {
            return count($this->of['bands']) + 1;
        }
        foreach (isset($entry['band']) ? $this->of['bands'] : [] as $place => $band) {
            if ($band['first'] <= $entry['band']['first'] && $entry['band']['last'] <= $band['last']) {
                return $place;
            }
        }
        return count($this->of['bands']);
    }

    /**
     * How likely each band is.
     *
     * @param array|null $entry
     * @param result $result
     * @return float[] below 0 where it is not assessed
     */
    private function chances_of(?array $entry, result $result): array {
        $first = $result->state['levels']['first'] ?? null;
        $above = $entry['p_level_at_least'] ?? null;
        if (($entry['state'] ?? '') !== 'measured' || $first === null || $above === null) {
            return array_fill(0, count($this->of['bands']), -1.0);
        }
        $atleast = fn(int $level): float => (float) ($level <= $first ? 1 : $above[$level - $first] ?? 0);
        return array_map(
            fn(array $band): float => max(0, $atleast($band['first']) - $atleast($band['last'] + 1)),
            $this->of['bands']
        );
    }

    /**
     * The cells of a row.
     *
     * @param int $row
     * @return array[][]|null by line, the total last; null where nobody was assessed
     */
    private function cells(int $row): ?array {
        $bands = count($this->of['bands']);
        $kinds = [...array_fill(0, $bands, 0), 1, 1];
        $counts = array_map(function (array $line) use ($row, $kinds): array {
            $counts = array_fill(0, count($kinds), 0);
            foreach ($line['people'] as $person) {
                $counts[ord($this->columns[$person][$row])]++;
            }
            return $counts;
        }, $this->lines);
        if (array_sum(array_column($counts, $bands + 1)) === array_sum(array_merge(...$counts))) {
            return null;
        }
        $sets = suppression::table($counts, $this->least, $kinds);
        $counts[] = array_map(fn(int $column): int => array_sum(array_column($counts, $column)), array_keys($kinds));
        $lines = [...array_column($this->lines, 'people'), $this->counted()];
        $cells = [];
        $asked = [];
        foreach ($sets as $line => $told) {
            $shares = array_filter($told, fn(array $set): bool => end($set) < $bands && count($set) < $bands);
            $chances = $shares ? array_values(array_filter(
                array_map(fn(int $person): array => $this->chance($person, $row), $lines[$line]),
                fn(array $one): bool => $one[0] >= 0
            )) : [];
            foreach ($told as $place => $set) {
                $cells[$line][$place] = [
                    'from' => $set[0],
                    'to' => end($set),
                    'people' => array_sum(array_intersect_key($counts[$line], array_flip($set))),
                    'share' => null,
                ];
                if (isset($shares[$place])) {
                    $asked[] = [$line, $place, array_map(fn(array $one): float => round(
                        min(1, array_sum(array_intersect_key($one, array_flip($set)))),
                        5
                    ), $chances)];
                }
            }
        }
        $answer = $asked ? api::ask_engine('shares', [
            'groups' => array_column($asked, 2),
            'probability' => self::PROBABILITY,
        ])['shares'] : [];
        foreach ($answer as $number => $share) {
            [$line, $place] = $asked[$number];
            $cells[$line][$place] = self::told_share($share) + $cells[$line][$place];
        }
        return $cells;
    }

    /**
     * The share of everybody who is in a band or above it, where all bands below that one are told in cells of their own: so it
     * says nothing that these do not.
     *
     * @param int $row
     * @param array[] $cells of the total
     * @return array[] share, low and high in percent, by the first level of the band
     */
    private function above(int $row, array $cells): array {
        $bands = count($this->of['bands']);
        $chances = array_filter(
            array_map(fn(int $person): array => $this->chance($person, $row), $this->counted()),
            fn(array $one): bool => $one[0] >= 0
        );
        $from = array_filter(array_column($cells, 'from'), fn(int $place): bool => $place > 0 && $place < $bands);
        $groups = array_map(fn(int $place): array => array_values(array_map(
            fn(array $one): float => round(min(1, array_sum(array_slice($one, $place))), 5),
            $chances
        )), array_values($from));
        $shares = $groups ? api::ask_engine('shares', [
            'groups' => $groups,
            'probability' => self::PROBABILITY,
        ])['shares'] : [];
        $told = [];
        foreach (array_values($from) as $number => $place) {
            $told[$this->of['bands'][$place]['first']] = self::told_share($shares[$number]);
        }
        return $told;
    }

    /**
     * A share as it is told: its margin is rounded outwards, and never narrower than it is.
     *
     * @param array $share of the engine
     * @return int[] share, low and high, in percent
     */
    private static function told_share(array $share): array {
        return [
            'share' => (int) round(100 * $share['value']),
            'low' => (int) floor(round(100 * $share['interval'][0], 6)),
            'high' => (int) ceil(round(100 * $share['interval'][1], 6)),
        ];
    }

    /**
     * How likely each band of a row is for a person.
     *
     * @param int $person
     * @param int $row
     * @return float[]
     */
    private function chance(int $person, int $row): array {
        $bands = count($this->of['bands']);
        return array_values(unpack("g$bands", $this->chances[$person], 4 * $bands * $row));
    }

    /**
     * The lines as they are told, with the total.
     *
     * @param (int|null)[] $members by group
     * @return array[]
     */
    private function told_lines(array $members): array {
        $names = job_cohort::names($this->campaign->context());
        $lines = array_map(function (array $line) use ($members, $names): array {
            $of = array_map(fn(string $group): ?int => $members[$group], $line['groups']);
            return [
                // Somebody without a group has no name here: the page says so in the reader's language.
                'groups' => array_map(
                    fn(string $group): string => $group === self::NONE ? '' : $names[(int) substr($group, 1)] ?? '',
                    array_values(array_filter($line['groups'], fn(string $group): bool => $members[$group] !== 0))
                ),
                'people' => count($line['people']),
                'members' => in_array(null, $of, true) ? null : array_sum($of),
            ];
        }, $this->lines);
        $lines[] = [
            'groups' => null,
            'people' => count($this->counted()),
            'members' => in_array(null, array_column($lines, 'members'), true) ? null : array_sum(array_column($lines, 'members')),
        ];
        return $lines;
    }

    /**
     * What was measured of a person, where it can be compared.
     *
     * @param result $result
     * @return array plan and estimates
     */
    private static function estimates(result $result): array {
        return empty($result->state['earlier']) ? [$result->planhash, $result->estimates()] : ['', []];
    }

    /**
     * Whether the test of the first wave asks about other competences, or up to other levels: the two are not compared.
     *
     * @return bool
     */
    private function is_apart(): bool {
        global $DB;
        $first = $this->campaign->wave ? campaigns::get($this->campaign->series) : null;
        if (!$first || !$DB->record_exists('course_modules', ['id' => $first->cmid, 'deletioninprogress' => 0])) {
            return false;
        }
        $asked = fn(array $of): array => array_column($of['scales'], 'top_level', 'id')
            + array_fill_keys(array_column($of['scales'], 'id'), null);
        return $asked($this->of) != $asked(api::scales_of_activity($first->cmid));
    }

    /**
     * How far people have come since the first wave: those who are counted here, and share their result of that one as well.
     *
     * @return array[][] by row and line, the total last
     */
    private function changes(): array {
        global $DB;
        $first = campaigns::get($this->campaign->series);
        if (!$DB->record_exists('course_modules', ['id' => $first->cmid, 'deletioninprogress' => 0])) {
            return [];
        }
        $counted = array_fill_keys($this->counted(), true);
        $pairs = [];
        foreach (api::results_of_activity($first->cmid) as $result) {
            [$plan, $after] = $this->estimates[$result->userid] ?? ['', []];
            if (isset($counted[$result->userid]) && $result->shared && $plan !== '' && $plan === $result->planhash) {
                $pairs[$plan][$result->userid] = ['before' => self::estimates($result)[1], 'after' => $after];
            }
        }
        if (!$pairs) {
            return [];
        }
        // A test that was changed while people took it has several plans: what most of them took.
        uasort($pairs, fn(array $one, array $other): int => count($other) <=> count($one));
        $plan = (string) array_key_first($pairs);
        $told = array_map(
            fn(array $people): array => api::gains(
                $plan,
                array_intersect_key($pairs[$plan], array_flip($people)),
                self::PROBABILITY
            ),
            [...array_column($this->lines, 'people'), $this->counted()]
        );
        ($this->progress)(95);
        $changes = [];
        foreach (array_filter($this->rows, fn(array $row): bool => !$row['domain']) as $row) {
            $changes[$row['id']] = $this->told_changes(array_map(
                fn(array $of): array => $of[$row['id']] ?? ['compared' => 0, 'mean' => null],
                $told
            ));
        }
        return array_filter($changes, fn(array $lines): bool => (bool) array_filter($lines));
    }

    /**
     * The changes of a row as they may be published: of a line with fewer than k none, and none from which it could be computed.
     *
     * @param array[] $told compared and mean by line, the total last
     * @return (array|null)[]
     */
    private function told_changes(array $told): array {
        $total = array_key_last($told);
        $compared = array_column($told, 'compared');
        $published = suppression::publish(array_slice($compared, 0, $total), $this->least);
        $published[$total] = $compared[$total] >= $this->least ? $compared[$total] : null;
        $people = [...array_column($this->lines, 'people'), $this->counted()];
        return array_map(function (?int $count, array $of, array $line): ?array {
            $mean = $count === null ? null : $of['mean']['levels'] ?? null;
            return $mean === null ? null : [
                'people' => suppression::at_least($count, $this->least, count($line)) ?? $this->least,
                'value' => round($mean['value'], 2),
                'low' => floor(round(100 * $mean['interval'][0], 6)) / 100,
                'high' => ceil(round(100 * $mean['interval'][1], 6)) / 100,
            ];
        }, $published, $told, $people);
    }
}
