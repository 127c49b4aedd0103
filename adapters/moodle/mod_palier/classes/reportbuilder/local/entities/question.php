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
use core_reportbuilder\local\filters\number;
use core_reportbuilder\local\filters\select;
use core_reportbuilder\local\filters\text;
use core_reportbuilder\local\report\column;
use core_reportbuilder\local\report\filter;
use lang_string;

/**
 * A question of a test, with the parameters that it has now.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class question extends base {
    #[\Override]
    protected function get_default_tables(): array {
        return ['question', 'question_versions', 'question_bank_entries', 'palier_param'];
    }

    #[\Override]
    protected function get_default_entity_title(): lang_string {
        return new lang_string('question', 'mod_palier');
    }

    /**
     * What brings the tables in.
     *
     * @param string $questionid the field with the question's id
     * @param string $join LEFT JOIN where some rows have no question
     * @return string[]
     */
    public function joins_to(string $questionid, string $join = 'JOIN'): array {
        $question = $this->get_table_alias('question');
        $version = $this->get_table_alias('question_versions');
        $entry = $this->get_table_alias('question_bank_entries');
        $param = $this->get_table_alias('palier_param');
        return [
            "{$join} {question} {$question} ON {$question}.id = {$questionid}",
            "{$join} {question_versions} {$version} ON {$version}.questionid = {$question}.id",
            "{$join} {question_bank_entries} {$entry} ON {$entry}.id = {$version}.questionbankentryid",
            "LEFT JOIN {palier_param} {$param} ON {$param}.questionbankentryid = {$entry}.id AND {$param}.iscurrent = 1",
        ];
    }

    #[\Override]
    public function initialise(): base {
        foreach ($this->get_all_columns() as $column) {
            $this->add_column($column->add_joins($this->get_joins())->set_is_sortable(true));
        }
        $name = $this->get_entity_name();
        $question = $this->get_table_alias('question');
        $entry = $this->get_table_alias('question_bank_entries');
        $param = $this->get_table_alias('palier_param');
        $filters = [
            new filter(text::class, 'name', new lang_string('name'), $name, "{$question}.name"),
            new filter(text::class, 'idnumber', new lang_string('idnumber'), $name, "{$entry}.idnumber"),
            (new filter(select::class, 'qtype', new lang_string('questiontype', 'question'), $name, "{$question}.qtype"))
                ->set_options_callback(self::types(...)),
            new filter(number::class, 'level', new lang_string('level', 'mod_palier'), $name, "{$param}.level"),
        ];
        foreach ($filters as $filter) {
            $filter->add_joins($this->get_joins());
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
        $name = $this->get_entity_name();
        $question = $this->get_table_alias('question');
        $version = $this->get_table_alias('question_versions');
        $entry = $this->get_table_alias('question_bank_entries');
        $param = $this->get_table_alias('palier_param');
        return [
            (new column('name', new lang_string('name'), $name))
                ->set_type(column::TYPE_TEXT)
                ->add_field("{$question}.name")
                ->add_callback(static fn(?string $text): string => format_string((string) $text)),
            (new column('idnumber', new lang_string('idnumber'), $name))
                ->set_type(column::TYPE_TEXT)
                ->add_field("{$entry}.idnumber")
                ->add_callback(static fn(?string $text): string => s((string) $text)),
            (new column('qtype', new lang_string('questiontype', 'question'), $name))
                ->set_type(column::TYPE_TEXT)
                ->add_field("{$question}.qtype")
                ->add_callback(static fn(?string $type): string => self::types()[$type] ?? s((string) $type)),
            (new column('version', new lang_string('question_version', 'mod_palier'), $name))
                ->set_type(column::TYPE_INTEGER)
                ->add_field("{$version}.version"),
            (new column('level', new lang_string('level', 'mod_palier'), $name))
                ->set_type(column::TYPE_INTEGER)
                ->add_field("{$param}.level"),
            (new column('content', new lang_string('question_content', 'mod_palier'), $name))
                ->set_type(column::TYPE_TEXT)
                ->add_field("{$param}.content")
                ->add_callback(static fn(?string $text): string => s((string) $text)),
            (new column('difficulty', new lang_string('question_difficulty', 'mod_palier'), $name))
                ->set_type(column::TYPE_FLOAT)
                ->add_field("{$param}.b")
                ->add_callback(static fn(?float $value): string => $value === null ? '' : format_float($value, 3)),
        ];
    }

    /**
     * Question types, in words.
     *
     * @return string[]
     */
    public static function types(): array {
        return array_map(fn($type) => $type->local_name(), \question_bank::get_all_qtypes());
    }
}
