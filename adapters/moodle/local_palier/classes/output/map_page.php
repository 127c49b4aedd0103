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

namespace local_palier\output;

use local_palier\local\campaign;
use local_palier\local\snapshot;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * A map as it was published: one group by competence, or one competence by group. Filters choose among what is published, so
 * that no two of them together tell more.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class map_page implements renderable, templatable {
    /** @var int|null line that is chosen; null for all. */
    private readonly ?int $line;

    /** @var int|null row that is chosen; null for all. */
    private readonly ?int $row;

    /** @var array what is published. */
    private readonly array $table;

    /** @var string[] what the columns are called. */
    private readonly array $columns;

    /**
     * Constructor.
     *
     * @param campaign $campaign
     * @param snapshot $snapshot
     * @param int $line -1 for none in particular
     * @param int $row -1 for none in particular
     */
    public function __construct(
        /** @var campaign what it is about. */
        private readonly campaign $campaign,
        /** @var snapshot the map. */
        private readonly snapshot $snapshot,
        int $line = -1,
        int $row = -1
    ) {
        $this->table = $snapshot->table ?? ['bands' => [], 'lines' => [], 'rows' => [], 'changes' => [], 'least' => 0];
        $this->columns = array_column($this->columns(), 0);
        $this->row = isset($this->table['rows'][$row]) ? $row : null;
        // All groups by all competences would be no page to read: without a choice it is everybody.
        $everybody = $this->row === null ? array_key_last($this->table['lines']) : null;
        $this->line = isset($this->table['lines'][$line]) ? $line : $everybody;
    }

    /**
     * What it is called.
     *
     * @return string
     */
    public function title(): string {
        return get_string('map_title', 'local_palier', [
            'campaign' => format_string($this->campaign->name, true, ['context' => $this->campaign->context()]),
            'month' => gaps_page::month($this->snapshot->month),
        ]);
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $url = new moodle_url('/local/palier/map.php', ['id' => $this->snapshot->id]);
        $lines = $this->line === null ? array_keys($this->table['lines']) : [$this->line];
        $rows = $this->row === null ? array_keys($this->table['rows']) : [$this->row];
        $shown = [];
        foreach ($rows as $row) {
            foreach ($lines as $line) {
                $shown[] = [
                    'name' => count($lines) > 1 ? $this->line_name($line) : $this->row_name($row),
                    'cells' => array_map($this->cell(...), $this->table['rows'][$row]['cells'][$line]),
                    'change' => $this->change($row, $line),
                ];
            }
        }
        $changes = array_filter($shown, fn(array $one): bool => $one['change'] !== null);
        return [
            'purpose' => $this->campaign->purpose,
            'explained' => get_string('map_explained', 'local_palier', $this->table['least']),
            'participation' => array_map($this->participation(...), $lines),
            'lines' => $this->options(array_map($this->line_name(...), array_keys($this->table['lines'])), $this->line),
            'rows' => $this->options(array_map($this->row_name(...), array_keys($this->table['rows'])), $this->row),
            'caption' => count($lines) > 1 ? $this->row_name($rows[0]) : $this->line_name($lines[0]),
            'head' => get_string(count($lines) > 1 ? 'map_group' : 'competence', 'local_palier'),
            'columns' => array_map(fn(array $names): string => implode(' ', $names), $this->columns()),
            'shown' => $shown,
            'nothing' => !$shown,
            'haschanges' => (bool) $changes,
            'apart' => !empty($this->table['apart']) && !$changes,
            'changes' => array_values($changes),
            'action' => $url->out_omit_querystring(),
            'id' => $this->snapshot->id,
            'download' => (new moodle_url($url, ['download' => 1]))->out(false),
            'delete' => has_capability('local/palier:makemaps', $this->campaign->context())
                ? (new moodle_url($url, ['delete' => 1]))->out(false)
                : '',
            'back' => (new moodle_url('/local/palier/maps.php', ['contextid' => $this->campaign->contextid]))->out(false),
        ];
    }

    /**
     * All of it for a spreadsheet: a line for each figure.
     *
     * @return array[] the first row has the titles
     */
    public function rows(): array {
        $text = fn(string $key): string => get_string($key, 'local_palier');
        $titles = ['map_group', 'map_people', 'map_members', 'competence', 'map_where', 'map_count', 'map_share'];
        array_push($titles, 'map_low', 'map_high');
        $rows = [array_map($text, $titles)];
        $names = array_map($this->row_name(...), array_keys($this->table['rows']));
        foreach ($this->table['lines'] as $line => $of) {
            $common = [$this->line_name($line), $of['people'], $of['members'] ?? ''];
            foreach ($this->table['rows'] as $row => $competence) {
                foreach ($competence['cells'][$line] as $cell) {
                    $share = $cell['share'] === null ? ['', '', ''] : [$cell['share'], $cell['low'], $cell['high']];
                    $rows[] = [...$common, $names[$row], $this->where($cell), $cell['people'], ...$share];
                }
            }
        }
        if ($this->table['changes']) {
            $rows[] = [];
            $titles = ['map_group', 'competence', 'map_changeatleast', 'map_change', 'map_low', 'map_high'];
            $rows[] = array_map($text, $titles);
            foreach (array_keys($this->table['lines']) as $line) {
                foreach (array_keys($this->table['rows']) as $row) {
                    $change = $this->table['changes'][$this->table['rows'][$row]['id']][$line] ?? null;
                    if ($change !== null) {
                        $figures = [$change['people'], (float) $change['value'], (float) $change['low'], (float) $change['high']];
                        $rows[] = [$this->line_name($line), $names[$row], ...$figures];
                    }
                }
            }
        }
        return $rows;
    }

    /**
     * What the columns are called, each with its levels where it has a name of its own.
     *
     * @return string[][]
     */
    private function columns(): array {
        $bands = array_map(function (array $band): array {
            $levels = $band['first'] === $band['last']
                ? get_string('level', 'local_palier', $band['first'])
                : get_string('map_levels', 'local_palier', $band);
            return $band['name'] === null ? [$levels] : [self::name($band['name']), "($levels)"];
        }, $this->table['bands']);
        return [...$bands, [get_string('count_undecided', 'local_palier')], [get_string('decision_unknown', 'local_palier')]];
    }

    /**
     * What a cell is about.
     *
     * @param array $cell
     * @return string
     */
    private function where(array $cell): string {
        return implode(' + ', array_slice($this->columns, $cell['from'], $cell['to'] - $cell['from'] + 1));
    }

    /**
     * A cell: what is told together stands in one, as wide as its columns.
     *
     * @param array $cell
     * @return array
     */
    private function cell(array $cell): array {
        return [
            'label' => $this->where($cell),
            'span' => $cell['to'] - $cell['from'] + 1,
            'together' => $cell['to'] > $cell['from']
                ? get_string('map_together', 'local_palier', $this->where($cell))
                : '',
            'people' => get_string('map_peoplecount', 'local_palier', $cell['people']),
            'hasshare' => $cell['share'] !== null,
            'share' => $cell['share'],
            'told' => $cell['share'] === null ? '' : get_string('map_sharetold', 'local_palier', $cell),
        ];
    }

    /**
     * A change.
     *
     * @param int $row
     * @param int $line
     * @return string|null
     */
    private function change(int $row, int $line): ?string {
        $change = $this->table['changes'][$this->table['rows'][$row]['id']][$line] ?? null;
        $number = fn(float $value): string => ($value > 0 ? '+' : '') . format_float($value, 1);
        return $change === null ? null : get_string('map_changetold', 'local_palier', [
            'value' => $number($change['value']),
            'low' => $number(floor(round(10 * $change['low'], 6)) / 10),
            'high' => $number(ceil(round(10 * $change['high'], 6)) / 10),
            'people' => $change['people'],
        ]);
    }

    /**
     * How many take part of how many.
     *
     * @param int $line
     * @return string
     */
    private function participation(int $line): string {
        $of = $this->table['lines'][$line];
        return get_string($of['members'] === null ? 'map_counted' : 'map_countedof', 'local_palier', [
            'group' => $this->line_name($line),
        ] + $of);
    }

    /**
     * What a line is called: a group, several that are too small alone, or everybody.
     *
     * @param int $line
     * @return string
     */
    private function line_name(int $line): string {
        $groups = $this->table['lines'][$line]['groups'];
        if ($groups === null) {
            return get_string('map_everybody', 'local_palier');
        }
        return implode(', ', array_map(fn(string $name): string => $name === ''
            ? get_string('map_others', 'local_palier')
            : $name, $groups));
    }

    /**
     * What a row is called: a competence of a framework with its number, or what the test calls it.
     *
     * @param int $row
     * @return string
     */
    private function row_name(int $row): string {
        $of = $this->table['rows'][$row];
        $name = self::name($of['name'] ?? $of['id']);
        if (isset($of['top_level'])) {
            $name = get_string('map_top', 'local_palier', ['name' => $name, 'level' => $of['top_level']]);
        }
        return $of['domain'] ? get_string('map_domain', 'local_palier', $name) : $name;
    }

    /**
     * A name in the reader's language.
     *
     * @param string|string[] $name
     * @return string
     */
    public static function name(string|array $name): string {
        return is_array($name) ? $name[str_starts_with(current_language(), 'fr') ? 'fr' : 'en'] ?? reset($name) : $name;
    }

    /**
     * Choices of a filter.
     *
     * @param string[] $names
     * @param int|null $chosen
     * @return array[]
     */
    private function options(array $names, ?int $chosen): array {
        return array_map(
            fn(int $value, string $name): array => ['value' => $value, 'name' => $name, 'selected' => $value === $chosen],
            array_keys($names),
            $names
        );
    }
}
