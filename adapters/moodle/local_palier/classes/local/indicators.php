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

use stdClass;

/**
 * What the indicators of a plan of action are, wave by wave. Each is read from what was published: the maps of campaigns, and the
 * surveys of campaigns that are over. Nothing is counted here.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class indicators {
    /** @var string at the target or above, whatever the margin. */
    public const REACHED = 'reached';

    /** @var string below the target, whatever the margin. */
    public const NOT_REACHED = 'notreached';

    /** @var string the target is within the margin. */
    public const UNDECIDED = 'undecided';

    /** @var string nothing is published. */
    public const UNKNOWN = 'unknown';

    /** @var campaign[][] launched waves, by the first campaign and the number of the wave. */
    private array $waves = [];

    /** @var (array|null)[] the published table of a campaign. */
    private array $tables = [];

    /**
     * The values of an indicator.
     *
     * @param action $action
     * @return (array|null)[] value, low and high in percent, by wave; null where nothing is published
     */
    public function values(action $action): array {
        return array_map(fn(campaign $campaign): ?array => match ($action->measure) {
            action::LEVEL => $this->level($campaign, $action),
            action::PARTICIPATION => $this->participation($campaign),
            action::CONTEXT => $this->context($campaign, $action),
        }, $this->waves($action->campaignid));
    }

    /**
     * Whether the target is reached, by the last wave of which something is published.
     *
     * @param action $action
     * @param (array|null)[] $values
     * @return string
     */
    public static function state(action $action, array $values): string {
        $told = array_filter($values);
        $last = end($told);
        return match (true) {
            !$last => self::UNKNOWN,
            $last['low'] >= $action->target => self::REACHED,
            $last['high'] < $action->target => self::NOT_REACHED,
            default => self::UNDECIDED,
        };
    }

    /**
     * The waves that were launched.
     *
     * @param int $first
     * @return campaign[] by number
     */
    private function waves(int $first): array {
        global $DB;
        if (!isset($this->waves[$first])) {
            $rows = $DB->get_records_select(
                'local_palier_campaign',
                '(id = :id OR series = :series) AND state <> :draft',
                ['id' => $first, 'series' => $first, 'draft' => campaign::DRAFT],
                'wave'
            );
            $this->waves[$first] = [];
            foreach ($rows as $row) {
                $this->waves[$first][(int) $row->wave] = new campaign($row);
            }
        }
        return $this->waves[$first];
    }

    /**
     * The published map of a campaign: of several, which are about different people, the one that is about most.
     *
     * @param campaign $campaign
     * @return array|null as {@see snapshot::$table}
     */
    private function table(campaign $campaign): ?array {
        global $DB;
        if (!array_key_exists($campaign->id, $this->tables)) {
            $rows = $DB->get_records('local_palier_snapshot', ['campaignid' => $campaign->id, 'state' => snapshot::MADE], 'id');
            $tables = array_map(fn(stdClass $row): array => (new snapshot($row))->table, $rows);
            usort($tables, fn(array $one, array $other): int => end($other['lines'])['people'] <=> end($one['lines'])['people']);
            $this->tables[$campaign->id] = reset($tables) ?: null;
        }
        return $this->tables[$campaign->id];
    }

    /**
     * The share of people from a level of a competence on.
     *
     * @param campaign $campaign
     * @param action $action
     * @return int[]|null
     */
    private function level(campaign $campaign, action $action): ?array {
        $rows = array_column($this->table($campaign)['rows'] ?? [], null, 'id');
        $told = $rows[$action->competence]['above'][$action->level] ?? null;
        return $told === null ? null : ['value' => $told['share'], 'low' => $told['low'], 'high' => $told['high']];
    }

    /**
     * The share of the members who are counted in the map.
     *
     * @param campaign $campaign
     * @return int[]|null
     */
    private function participation(campaign $campaign): ?array {
        $lines = $this->table($campaign)['lines'] ?? [];
        $total = end($lines);
        return empty($total['members']) ? null : self::exact($total['people'], $total['members']);
    }

    /**
     * The share of those who answered a question with yes.
     *
     * @param campaign $campaign
     * @param action $action
     * @return int[]|null
     */
    private function context(campaign $campaign, action $action): ?array {
        $told = survey::told($campaign, survey::CONTEXT);
        $yes = $told['counts'][$action->question]['yes'] ?? null;
        return $yes === null ? null : self::exact($yes, $told['people']);
    }

    /**
     * A share that was counted: it has no margin but that of rounding.
     *
     * @param int $part
     * @param int $of
     * @return int[]
     */
    private static function exact(int $part, int $of): array {
        $percent = 100 * $part / $of;
        return ['value' => (int) round($percent), 'low' => (int) floor($percent), 'high' => (int) ceil($percent)];
    }
}
