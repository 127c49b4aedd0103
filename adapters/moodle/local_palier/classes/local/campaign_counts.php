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
 * How many people took part in a campaign: figures that are about k people at least, and leave k others at least.
 *
 * Each is a multiple of k that was reached by the end of the day before: so two figures never differ by fewer than k, no
 * figure says that everybody or nobody did something, and no page that is opened again and again tells who came in between.
 * By stage and by decision nothing is told before the campaign is over.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class campaign_counts {
    /** @var string[] what is counted, by column. Who refused is not: they have not begun. */
    public const COUNTED = ['begun' => 'timebegun', 'finished' => 'timefinished', 'shared' => 'timeshared'];

    /** @var string[] what a test that asks whether a level is reached says of a person, as the engine names it. */
    public const DECISIONS = ['above', 'undecided', 'below'];

    /** @var int people that a figure is about at least. */
    public readonly int $least;

    /** @var int|null how many it is offered to; null where that is not known, or fewer. */
    public readonly ?int $invited;

    /** @var int end of the day before, up to which people are counted. */
    public readonly int $until;

    /** @var int seconds of a quarter of an hour: every day begins with one, in whatever time zone. */
    private const QUARTER = 900;

    /** @var array[] days(), once they are known. */
    private ?array $days = null;

    /**
     * Constructor.
     *
     * @param campaign $campaign
     */
    public function __construct(
        /** @var campaign what it is about. */
        private readonly campaign $campaign
    ) {
        global $DB;
        $this->least = suppression::least();
        $this->until = self::midnight();
        $invited = $campaign->cohortid === null ? null : $DB->count_records_sql(
            'SELECT COUNT(1)
               FROM {cohort_members} m
               JOIN {user} u ON u.id = m.userid
              WHERE m.cohortid = ? AND u.deleted = 0 AND u.suspended = 0',
            [$campaign->cohortid]
        );
        $this->invited = $invited !== null && $invited >= $this->least ? $invited : null;
    }

    /**
     * The end of the day before.
     *
     * @return int
     */
    public static function midnight(): int {
        $now = \core\di::get(\core\clock::class)->time();
        $zone = \core_date::get_server_timezone_object();
        return (new \DateTimeImmutable("@$now"))->setTimezone($zone)->setTime(0, 0)->getTimestamp();
    }

    /**
     * How many had done something by the end of each day on which a figure changed.
     *
     * @return array[] begun, finished and shared (int, or null for fewer than k), by day (20261130), the first one first
     */
    public function days(): array {
        return $this->days ??= $this->count_days();
    }

    /**
     * Counts for days(). The database counts: there may be tens of thousands of people.
     *
     * @return array[]
     */
    private function count_days(): array {
        global $DB;
        $zone = \core_date::get_server_timezone_object();
        $day = fn(int $time): int => (int) (new \DateTimeImmutable("@$time"))->setTimezone($zone)->format('Ymd');
        $new = [];
        foreach (self::COUNTED as $what => $column) {
            $quarter = "FLOOR($column / " . self::QUARTER . ')';
            $quarters = $DB->get_records_sql_menu(
                "SELECT $quarter AS quarter, COUNT(1) AS people
                   FROM {local_palier_participation}
                  WHERE campaignid = ? AND $column > 0 AND $column < ?
               GROUP BY $quarter",
                [$this->campaign->id, $this->until]
            );
            foreach ($quarters as $number => $people) {
                $date = $day($number * self::QUARTER);
                $new[$date][$what] = ($new[$date][$what] ?? 0) + $people;
            }
        }
        ksort($new);
        $counts = array_fill_keys(array_keys(self::COUNTED), 0);
        $days = [];
        $last = array_map(fn() => null, $counts);
        foreach ($new as $date => $more) {
            foreach ($more as $what => $count) {
                $counts[$what] += $count;
            }
            $figures = array_map(fn(int $count) => suppression::at_least($count, $this->least, $this->invited), $counts);
            if ($figures !== $last) {
                $days[$date] = $figures;
                $last = $figures;
            }
        }
        return $days;
    }

    /**
     * How many had done something by the end of the day before.
     *
     * @return (int|null)[] begun, finished and shared
     */
    public function now(): array {
        $days = $this->days();
        return end($days) ?: array_map(fn() => null, self::COUNTED);
    }

    /**
     * How many who share are at each stage, once the campaign is over.
     *
     * @return (int|null)[]|null by stage, null for fewer than k; null where it is not over
     */
    public function stages(): ?array {
        if (!$this->campaign->is_over()) {
            return null;
        }
        $stages = $this->campaign->stages();
        return $this->of_those_sharing(
            'level',
            array_keys($stages),
            fn($level): ?int => campaign::stage_of($stages, $level === '' ? null : (int) $level)
        );
    }

    /**
     * How many who share reach the level that the test asks for, once the campaign is over.
     *
     * @return (int|null)[]|null by decision (DECISIONS), null for fewer than k; null where it is not over
     */
    public function decisions(): ?array {
        return $this->campaign->is_over()
            ? $this->of_those_sharing('decision', self::DECISIONS, fn(string $decision): ?string => $decision ?: null)
            : null;
    }

    /**
     * How many who share are of each kind.
     *
     * @param string $column that says of which kind somebody is
     * @param array $kinds
     * @param callable $kindof from what the column has ('' for nothing) to a kind, or null
     * @return (int|null)[] by kind, null for fewer than k
     */
    private function of_those_sharing(string $column, array $kinds, callable $kindof): array {
        global $DB;
        $sharing = $DB->get_records_sql_menu(
            "SELECT $column, COUNT(1) AS people
               FROM {local_palier_participation}
              WHERE campaignid = ? AND timeshared > 0 AND timeshared < ?
           GROUP BY $column",
            [$this->campaign->id, $this->until]
        );
        $counts = array_fill_keys($kinds, 0);
        foreach ($sharing as $told => $people) {
            $kind = $kindof($told);
            if ($kind !== null) {
                $counts[$kind] += $people;
            }
        }
        return array_map(fn(int $count) => suppression::at_least($count, $this->least, array_sum($sharing)), $counts);
    }
}
