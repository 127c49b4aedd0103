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
use core_reportbuilder\local\filters\{number, select, text};
use core_reportbuilder\local\report\{column, filter};
use lang_string;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\xapi\sentence;
use stdClass;

/**
 * What an attempt found of a competence, a domain or all together.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class scale_result extends base {
    #[\Override]
    protected function get_default_tables(): array {
        return ['palier_attempt_scale'];
    }

    #[\Override]
    protected function get_default_entity_title(): lang_string {
        return new lang_string('competence', 'mod_palier');
    }

    #[\Override]
    public function initialise(): base {
        foreach ($this->get_all_columns() as $column) {
            $this->add_column($column);
        }
        foreach ($this->get_all_filters() as $filter) {
            $this->add_filter($filter)->add_condition($filter);
        }
        return $this;
    }

    /**
     * All columns.
     *
     * @return column[]
     */
    private function get_all_columns(): array {
        $scale = $this->get_table_alias('palier_attempt_scale');

        $columns[] = $this->column('competence', 'competence', column::TYPE_TEXT)
            ->add_fields("{$scale}.scale, {$scale}.kind, {$scale}.name, {$scale}.sortorder")
            ->set_is_sortable(true, ["{$scale}.sortorder"])
            ->set_disabled_aggregation_all()
            ->add_callback(static fn(?string $id, stdClass $row): string => $row->kind === null ? ''
                : s(scale_results::name($row)));
        $columns[] = $this->column('level', 'levelwithmargin', column::TYPE_INTEGER)
            ->add_fields("{$scale}.level, {$scale}.levellow, {$scale}.levelhigh, {$scale}.bandlow, {$scale}.bandhigh, " .
                "{$scale}.state, {$scale}.theta")
            ->set_is_sortable(true, ["{$scale}.theta"])
            ->set_disabled_aggregation_all()
            ->add_callback(static fn(?int $level, stdClass $row): string => $row->state === null ? '' : self::in_words($row));
        foreach (['levelvalue' => 'level', 'levellow' => 'levellow', 'levelhigh' => 'levelhigh', 'bandlow' => 'bandlow',
                'bandhigh' => 'bandhigh', 'answers' => 'answers'] as $id => $field) {
            $columns[] = $this->column($id, $field === 'answers' ? 'scaleanswers' : $field, column::TYPE_INTEGER)
                ->add_field("{$scale}.{$field}")
                ->set_is_sortable(true);
        }
        foreach (['theta', 'se'] as $id) {
            $columns[] = $this->column($id, $id, column::TYPE_FLOAT)
                ->add_field("{$scale}.{$id}")
                ->set_is_sortable(true)
                ->add_callback(static fn(?float $value): string => $value === null ? '' : format_float($value, 3));
        }
        foreach (['state' => self::states(...), 'kind' => self::kinds(...), 'required' => self::required(...)] as $id => $words) {
            $columns[] = $this->column($id, "scale_$id", column::TYPE_TEXT)
                ->add_field("{$scale}.{$id}")
                ->set_is_sortable(true)
                ->add_callback(static fn(?string $value): string => $words()[$value] ?? '');
        }
        $columns[] = $this->column('scaleid', 'scale_id', column::TYPE_TEXT)
            ->add_field("{$scale}.scale")
            ->set_is_sortable(true)
            ->add_callback(s(...));
        return $columns;
    }

    /**
     * A column.
     *
     * @param string $id
     * @param string $title
     * @param int $type
     * @return column
     */
    private function column(string $id, string $title, int $type): column {
        return (new column($id, new lang_string($title, 'mod_palier'), $this->get_entity_name()))
            ->add_joins($this->get_joins())
            ->set_type($type);
    }

    /**
     * All filters.
     *
     * @return filter[]
     */
    private function get_all_filters(): array {
        $scale = $this->get_table_alias('palier_attempt_scale');
        $name = $this->get_entity_name();
        $filter = fn(string $class, string $id, string $title) => (new filter(
            $class,
            $id,
            new lang_string($title, 'mod_palier'),
            $name,
            "{$scale}." . ($id === 'scaleid' ? 'scale' : $id)
        ))->add_joins($this->get_joins());
        return [
            $filter(text::class, 'scaleid', 'scale_id'),
            $filter(select::class, 'kind', 'scale_kind')->set_options_callback(self::kinds(...)),
            $filter(select::class, 'state', 'scale_state')->set_options_callback(self::states(...)),
            $filter(select::class, 'required', 'scale_required')->set_options_callback(self::required(...)),
            $filter(number::class, 'level', 'level'),
            $filter(number::class, 'levellow', 'levellow'),
            $filter(number::class, 'levelhigh', 'levelhigh'),
        ];
    }

    /**
     * A result in words: the level with its margin, else the group of levels, else the margin alone; a competence that was
     * not asked about is said to be not assessed.
     *
     * @param stdClass $row state, level, levellow, levelhigh, bandlow, bandhigh
     * @return string
     */
    public static function in_words(stdClass $row): string {
        if ($row->state === scale_results::NOT_ASSESSED) {
            return self::states()[scale_results::NOT_ASSESSED];
        }
        [$low, $high] = [(int) $row->levellow, (int) $row->levelhigh];
        $text = match (true) {
            $row->levellow === null => '',
            $row->level !== null => sentence::level_with_margin((int) $row->level, $low, $high),
            default => get_string('marginonly', 'mod_palier', ['low' => $low, 'high' => $high]),
        };
        return $row->state === scale_results::AS_DOMAIN ? get_string('levelofdomain', 'mod_palier', $text) : $text;
    }

    /**
     * What a result may be.
     *
     * @return string[]
     */
    public static function states(): array {
        return self::words('scale_', [scale_results::MEASURED, scale_results::AS_DOMAIN, scale_results::NOT_ASSESSED]);
    }

    /**
     * What a row may be about.
     *
     * @return string[]
     */
    public static function kinds(): array {
        return [
            scale_results::SCALE => get_string('competence', 'mod_palier'),
            scale_results::DOMAIN => get_string('scale_domain', 'mod_palier'),
            scale_results::OVERALL => get_string('scale_overall', 'mod_palier'),
        ];
    }

    /**
     * What became of what is asked for.
     *
     * @return string[]
     */
    public static function required(): array {
        return self::words('required_', ['reached', 'not_reached', 'undecided']);
    }

    /**
     * Values in words.
     *
     * @param string $prefix
     * @param string[] $values
     * @return string[]
     */
    private static function words(string $prefix, array $values): array {
        return array_combine($values, array_map(fn($value) => get_string($prefix . $value, 'mod_palier'), $values));
    }
}
