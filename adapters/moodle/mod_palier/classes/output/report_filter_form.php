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

namespace mod_palier\output;

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use mod_palier\local\report\report_filters;
use moodle_url;

/**
 * The filters above a trainer's report: a plain form, so that what was asked stands in the address.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class report_filter_form implements named_templatable, renderable {
    /**
     * The filters of a report.
     *
     * @param moodle_url $page the page, without filters
     * @param report_filters $filters what is asked now
     * @param array $choices filter name to its choices (value to text); the order is the order on the page
     * @param string[] $labels filter name to its label, where that is another than on other pages
     */
    public function __construct(
        /** @var moodle_url The page, without filters. */
        private readonly moodle_url $page,
        /** @var report_filters What is asked now. */
        private readonly report_filters $filters,
        /** @var array Filter name to its choices; null for a text, a date or a box to tick. */
        private readonly array $choices,
        /** @var string[] Filter name to its label, where that is another than on other pages. */
        private readonly array $labels = [],
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/report_filter_form';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $fields = [];
        foreach ($this->choices as $name => $choices) {
            $field = [
                'name' => $name,
                'id' => 'palier-filter-' . $name,
                'label' => $this->labels[$name] ?? get_string('filter_' . $name, 'mod_palier'),
                'value' => (string) $this->filters->get($name),
            ];
            if ($choices !== null) {
                $field['select'] = true;
                foreach ((isset($choices['']) ? [] : ['' => get_string('all')]) + $choices as $value => $text) {
                    $field['options'][] = [
                        'value' => $value,
                        'text' => $text,
                        'selected' => (string) $value === $field['value'],
                    ];
                }
            } else {
                $field[match ($name) {
                    'from', 'to' => 'date',
                    'final', 'surely' => 'checkbox',
                    'atmost', 'below' => 'number',
                    default => 'text',
                }] = true;
                $field['checked'] = $field['value'] !== '';
            }
            $fields[] = $field;
        }
        $hidden = [];
        foreach ($this->page->params() as $name => $value) {
            $hidden[] = ['name' => $name, 'value' => $value];
        }
        foreach (array_diff_key($this->filters->values(), $this->choices) as $name => $value) {
            $hidden[] = ['name' => $name, 'value' => $value];
        }
        return [
            'action' => $this->page->out_omit_querystring(),
            'hidden' => $hidden,
            'fields' => $fields,
            'any' => $this->filters->any(),
            'reset' => $this->page->out(false),
        ];
    }

    /**
     * The groups that the reader may choose from; null when there are none.
     *
     * @param \cm_info $cm
     * @return string[]|null
     */
    public static function groups(\cm_info $cm): ?array {
        $separate = groups_get_activity_groupmode($cm) == SEPARATEGROUPS &&
            !has_capability('moodle/site:accessallgroups', $cm->context);
        $groups = $separate ? groups_get_activity_allowed_groups($cm)
            : groups_get_all_groups($cm->course, 0, $cm->groupingid);
        $names = [];
        foreach ($groups ?: [] as $group) {
            $names[$group->id] = format_string($group->name, true, ['context' => $cm->context]);
        }
        return $names ?: null;
    }
}
