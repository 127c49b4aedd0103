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

use context;
use local_palier\local\action;
use local_palier\local\actions;
use local_palier\local\indicators;
use local_palier\local\suppression;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * A plan of action, by axis: what each indicator is at each wave, its target, and whether that is reached.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class actions_page implements renderable, templatable {
    /** @var array[] lines: action, values and state. */
    private readonly array $lines;

    /** @var int[] numbers of the waves that one of the lines has. */
    private readonly array $waves;

    /**
     * Constructor.
     *
     * @param context $context
     */
    public function __construct(
        /** @var context a course category's or the system's. */
        private readonly context $context
    ) {
        $indicators = new indicators();
        $this->lines = array_map(function (action $action) use ($indicators): array {
            $values = $indicators->values($action);
            return ['action' => $action, 'values' => $values, 'state' => indicators::state($action, $values)];
        }, actions::of($context));
        $waves = array_keys(array_replace([], ...array_column($this->lines, 'values')));
        sort($waves);
        $this->waves = $waves;
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $url = fn(string $page, array $more = []): string => (new moodle_url("/local/palier/$page.php", [
            'contextid' => $this->context->id,
        ] + $more))->out(false);
        $titles = array_map(fn(int $wave): string => get_string('campaign_wave', 'local_palier', $wave), $this->waves);
        $axes = [];
        foreach ($this->lines as $line) {
            $action = $line['action'];
            $axes[$action->axis]['axis'] = $action->axis;
            $axes[$action->axis]['rows'][] = [
                'indicator' => $action->indicator,
                'action' => $action->action,
                'values' => array_map(fn(int $wave, string $title): array => [
                    'label' => $title,
                    'told' => self::told($action, $line['values'][$wave] ?? null),
                ], $this->waves, $titles),
                'target' => self::target($action),
                'date' => self::date($action),
                'state' => self::state($line['state']),
                'mark' => ['reached' => '✓', 'notreached' => '○', 'undecided' => '≈', 'unknown' => '–'][$line['state']],
            ];
        }
        $manage = has_capability('local/palier:manageactions', $this->context);
        return [
            'explained' => get_string('actions_explained', 'local_palier', suppression::least()),
            'hasaxes' => (bool) $axes,
            'axes' => array_values($axes),
            'waves' => $titles,
            'download' => $url('actions', ['download' => 'figures']),
            'export' => $url('actions', ['download' => 'plan']),
            'import' => $manage ? $url('importactions') : '',
        ];
    }

    /**
     * The same for a spreadsheet.
     *
     * @return array[] the first row has the titles
     */
    public function rows(): array {
        $text = fn(string $key): string => get_string($key, 'local_palier');
        $titles = array_map($text, ['actions_axis', 'actions_action', 'actions_indicator']);
        foreach ($this->waves as $wave) {
            $name = get_string('campaign_wave', 'local_palier', $wave);
            array_push($titles, "$name (%)", "$name: " . $text('map_low'), "$name: " . $text('map_high'));
        }
        $rows = [[...$titles, ...array_map($text, ['actions_target', 'actions_date', 'actions_state'])]];
        foreach ($this->lines as $line) {
            $action = $line['action'];
            $row = [$action->axis, $action->action, $action->indicator];
            foreach ($this->waves as $wave) {
                array_push($row, ...array_values($line['values'][$wave] ?? ['', '', '']));
            }
            $rows[] = [...$row, $action->target, self::date($action), self::state($line['state'])];
        }
        return $rows;
    }

    /**
     * A value in words, with its margin where it has one.
     *
     * @param action $action
     * @param int[]|null $value
     * @return string
     */
    private static function told(action $action, ?array $value): string {
        return match (true) {
            $value === null => get_string('decision_unknown', 'local_palier'),
            $action->measure === action::LEVEL => get_string('map_sharetold', 'local_palier', [
                'share' => $value['value'],
            ] + $value),
            default => get_string('actions_percent', 'local_palier', $value['value']),
        };
    }

    /**
     * A target in words.
     *
     * @param action $action
     * @return string
     */
    private static function target(action $action): string {
        return get_string('actions_percent', 'local_palier', $action->target);
    }

    /**
     * A date in words.
     *
     * @param action $action
     * @return string
     */
    private static function date(action $action): string {
        $day = $action->duedate;
        $time = make_timestamp(intdiv($day, 10000), intdiv($day, 100) % 100, $day % 100, 12);
        return userdate($time, get_string('strftimedate', 'langconfig'));
    }

    /**
     * A state in words.
     *
     * @param string $state
     * @return string
     */
    private static function state(string $state): string {
        return get_string("actions_state_$state", 'local_palier');
    }
}
