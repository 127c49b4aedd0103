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

namespace mod_palier\reportbuilder\local\entities;

use core_reportbuilder\local\entities\base;
use core_reportbuilder\local\filters\date;
use core_reportbuilder\local\filters\select;
use core_reportbuilder\local\filters\text;
use core_reportbuilder\local\helpers\format;
use core_reportbuilder\local\report\column;
use core_reportbuilder\local\report\filter;
use lang_string;
use mod_palier\local\test\plan_builder;

/**
 * An adaptive test: the activity that attempts belong to.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class activity extends base {
    #[\Override]
    protected function get_default_tables(): array {
        return ['palier'];
    }

    #[\Override]
    protected function get_default_entity_title(): lang_string {
        return new lang_string('modulename', 'mod_palier');
    }

    #[\Override]
    public function initialise(): base {
        $palier = $this->get_table_alias('palier');
        $name = $this->get_entity_name();
        $this->add_column((new column('name', new lang_string('name'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_TEXT)
            ->add_field("{$palier}.name")
            ->set_is_sortable(true)
            ->add_callback(static fn(?string $text): string => format_string((string) $text)));
        $this->add_column((new column('purpose', new lang_string('purpose', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_TEXT)
            ->add_field("{$palier}.purpose")
            ->set_is_sortable(true)
            ->add_callback(static fn(?string $purpose): string => self::purposes()[$purpose] ?? s((string) $purpose)));
        foreach (['timeopen', 'timeclose'] as $date) {
            $this->add_column((new column($date, new lang_string($date, 'mod_palier'), $name))
                ->add_joins($this->get_joins())
                ->set_type(column::TYPE_TIMESTAMP)
                ->add_field("{$palier}.{$date}")
                ->set_is_sortable(true)
                ->add_callback([format::class, 'userdate']));
        }
        $filters = [
            new filter(text::class, 'name', new lang_string('name'), $name, "{$palier}.name"),
            (new filter(select::class, 'purpose', new lang_string('purpose', 'mod_palier'), $name, "{$palier}.purpose"))
                ->set_options_callback(self::purposes(...)),
            new filter(date::class, 'timeclose', new lang_string('timeclose', 'mod_palier'), $name, "{$palier}.timeclose"),
        ];
        foreach ($filters as $filter) {
            $filter->add_joins($this->get_joins());
            $this->add_filter($filter)->add_condition($filter);
        }
        return $this;
    }

    /**
     * What tests are for, in words.
     *
     * @return string[]
     */
    public static function purposes(): array {
        return array_combine(plan_builder::PURPOSES, array_map(
            fn($purpose) => get_string("purpose_{$purpose}", 'mod_palier'),
            plan_builder::PURPOSES
        ));
    }
}
