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
use mod_palier\hook\data_protection_sheet;
use mod_palier\local\protection\destination_sheet;
use mod_palier\local\protection\impact;
use mod_palier\local\protection\site_settings;
use moodle_url;

/**
 * The head of the data protection sheet, for administrators alone: what this site's settings say, and the draft of an impact
 * assessment made from them.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class data_protection_page implements named_templatable, renderable {
    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/data_protection_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        global $SITE;
        return [
            'intro' => get_string('protection_intro', 'mod_palier', [
                'site' => format_string($SITE->fullname, true, ['escape' => false]),
                'date' => userdate(\core\di::get(\core\clock::class)->time(), get_string('strftimedatefullshort', 'langconfig')),
            ]),
            'sections' => array_map(fn(array $section): array => [
                'rows' => array_map(fn(array $row): array => [
                    'head' => $row[0],
                    'cells' => array_map(
                        fn(string $label, string $text): array => ['label' => $label, 'text' => $text],
                        array_slice($section['columns'], 1),
                        array_slice($row, 1)
                    ),
                ], $section['rows']),
            ] + $section, array_values(self::sections())),
            'links' => [
                [
                    'name' => get_string('destinations', 'mod_palier'),
                    'url' => (new moodle_url('/mod/palier/destinations.php'))->out(false),
                ],
                [
                    'name' => get_string('protection_settings', 'mod_palier'),
                    'url' => (new moodle_url('/admin/settings.php', ['section' => 'modsettingpalier']))->out(false),
                ],
            ],
        ];
    }

    /**
     * The tables of the sheet.
     *
     * @return array[] title, columns, none (what is said in the place of rows) and rows, all of them plain text: where, kept,
     *     network, chosen, engine, who, others (where there is one) and draft
     */
    public static function sections(): array {
        $settings = new site_settings();
        $destinations = new destination_sheet();
        $others = data_protection_sheet::ask();
        $to = $destinations->rows();
        $none = $to ? '' : get_string('checkdelivery_none', 'mod_palier');
        $sections = ['where' => self::section('where', ['destination', 'gets', 'names', 'state'], $to, $none)];
        foreach (['kept', 'network', 'chosen', 'engine', 'who'] as $name) {
            $sections[$name] = self::section($name === 'who' ? 'roles' : $name, ['what', 'set'], $settings->$name());
        }
        if ($others->get_settings()) {
            $sections['others'] = self::section('others', ['what', 'set'], $others->get_settings());
        }
        $rows = [...(new impact($settings, $destinations))->rows(), ...$others->get_processings()];
        return $sections + ['draft' => self::section('draft', impact::COLUMNS, $rows)];
    }

    /**
     * A table under its title.
     *
     * @param string $name
     * @param string[] $columns
     * @param string[][] $rows
     * @param string $none what is said in place of it
     * @return array
     */
    private static function section(string $name, array $columns, array $rows, string $none = ''): array {
        return [
            'title' => get_string("protection_section_$name", 'mod_palier'),
            'columns' => array_map(fn(string $column): string => get_string("protection_column_$column", 'mod_palier'), $columns),
            'none' => $none,
            'rows' => $rows,
        ];
    }
}
