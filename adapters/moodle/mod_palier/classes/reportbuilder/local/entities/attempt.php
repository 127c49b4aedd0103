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
use core_reportbuilder\local\filters\{date, number, select};
use core_reportbuilder\local\helpers\{database, format};
use core_reportbuilder\local\report\{column, filter};
use lang_string;
use mod_palier\local\xapi\sentence;
use stdClass;

/**
 * An attempt and its result.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class attempt extends base {
    /** @var string[] what a result may say of itself, a column each; absent where it does not say so. */
    public const FLAGS = ['provisional', 'earlier'];

    #[\Override]
    protected function get_default_tables(): array {
        return ['palier_attempt'];
    }

    #[\Override]
    protected function get_default_entity_title(): lang_string {
        return new lang_string('attempt', 'mod_palier');
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
        $attempt = $this->get_table_alias('palier_attempt');
        $name = $this->get_entity_name();
        $event = database::generate_alias();

        $columns[] = (new column('level', new lang_string('levelwithmargin', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_INTEGER)
            ->add_fields("{$attempt}.level, {$attempt}.levellow, {$attempt}.levelhigh, {$attempt}.theta, {$attempt}.state, " .
                "{$attempt}.result")
            ->set_is_sortable(true, ["{$attempt}.level", "{$attempt}.theta"])
            ->set_disabled_aggregation_all()
            ->add_callback(static function (?int $level, stdClass $row): string {
                if ($row->state !== 'finished') {
                    return get_string('notfinished', 'mod_palier');
                }
                $text = sentence::level_with_margin(
                    $level,
                    $row->levellow === null ? null : (int) $row->levellow,
                    $row->levelhigh === null ? null : (int) $row->levelhigh,
                );
                if ($text === '') {
                    return get_string('nolevel', 'mod_palier');
                }
                $result = json_decode((string) $row->result);
                foreach (self::FLAGS as $flag) {
                    $text = empty($result->$flag) ? $text : get_string("level$flag", 'mod_palier', $text);
                }
                return $text;
            });

        foreach (['levelvalue' => 'level', 'levellow' => 'levellow', 'levelhigh' => 'levelhigh'] as $id => $field) {
            $columns[] = (new column($id, new lang_string($field, 'mod_palier'), $name))
                ->add_joins($this->get_joins())
                ->set_type(column::TYPE_INTEGER)
                ->add_field("{$attempt}.{$field}")
                ->set_is_sortable(true);
        }
        foreach (self::FLAGS as $flag) {
            $columns[] = (new column($flag, new lang_string($flag, 'mod_palier'), $name))
                ->add_joins($this->get_joins())
                ->set_type(column::TYPE_LONGTEXT)
                ->add_field("{$attempt}.result")
                ->set_is_sortable(false)
                ->set_disabled_aggregation_all()
                ->add_callback(static fn(?string $result): string => match (json_decode((string) $result)->$flag ?? null) {
                    null => '',
                    true => get_string('yes'),
                    default => get_string('no'),
                });
        }

        foreach (['theta', 'se'] as $id) {
            $columns[] = (new column($id, new lang_string($id, 'mod_palier'), $name))
                ->add_joins($this->get_joins())
                ->set_type(column::TYPE_FLOAT)
                ->add_field("{$attempt}.{$id}")
                ->set_is_sortable(true)
                ->add_callback(static fn(?float $value): string => $value === null ? '' : format_float($value, 3));
        }

        $columns[] = (new column('questions', new lang_string('questionsanswered', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_INTEGER)
            ->add_field("(SELECT COUNT(1)
                            FROM {palier_event} {$event}
                           WHERE {$event}.attemptid = {$attempt}.id
                                 AND {$event}.type IN ('answered', 'unknown', 'timed_out'))", 'questions')
            ->set_disabled_aggregation_all()
            ->set_is_sortable(true);

        $columns[] = (new column('state', new lang_string('progress', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_TEXT)
            ->add_field("{$attempt}.state")
            ->set_is_sortable(true)
            ->add_callback(static fn(?string $state): string => self::states()[$state] ?? s((string) $state));

        $columns[] = (new column('stopreason', new lang_string('whyitstopped', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_TEXT)
            ->add_field("{$attempt}.stopreason")
            ->set_is_sortable(true)
            ->add_callback(static function (?string $reason): string {
                $known = $reason !== null && get_string_manager()->string_exists("stopreason_$reason", 'mod_palier');
                return $known ? get_string("stopreason_$reason", 'mod_palier') : s((string) $reason);
            });

        foreach (['timestart', 'timefinish', 'timeshared'] as $time) {
            $columns[] = (new column($time, new lang_string($time, 'mod_palier'), $name))
                ->add_joins($this->get_joins())
                ->set_type(column::TYPE_TIMESTAMP)
                ->add_field("{$attempt}.{$time}")
                ->set_is_sortable(true)
                ->add_callback([format::class, 'userdate'], get_string('strftimedatetimeshort', 'langconfig'));
        }

        $columns[] = (new column('number', new lang_string('attemptnumber', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_INTEGER)
            ->add_field("{$attempt}.attempt")
            ->set_is_sortable(true);

        $columns[] = (new column('takenin', new lang_string('takenin', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_INTEGER)
            ->add_fields("{$attempt}.packageid, {$attempt}.differences")
            ->set_is_sortable(true, ["{$attempt}.packageid"])
            ->set_disabled_aggregation_all()
            ->add_callback(static function (?int $package, stdClass $row): string {
                $differs = (array) json_decode((string) $row->differences, true);
                return get_string(match (true) {
                    $package === null => 'takenin_here',
                    !empty($differs['told']) => 'takenin_differs',
                    default => 'takenin_package',
                }, 'mod_palier');
            });

        return $columns;
    }

    /**
     * All filters.
     *
     * @return filter[]
     */
    private function get_all_filters(): array {
        $attempt = $this->get_table_alias('palier_attempt');
        $name = $this->get_entity_name();

        return [
            (new filter(number::class, 'level', new lang_string('level', 'mod_palier'), $name, "{$attempt}.level"))
                ->add_joins($this->get_joins()),
            (new filter(select::class, 'state', new lang_string('progress', 'mod_palier'), $name, "{$attempt}.state"))
                ->add_joins($this->get_joins())
                ->set_options_callback(self::states(...)),
            (new filter(date::class, 'timefinish', new lang_string('timefinish', 'mod_palier'), $name, "{$attempt}.timefinish"))
                ->add_joins($this->get_joins()),
        ];
    }

    /**
     * How far an attempt is, in words.
     *
     * @return string[]
     */
    public static function states(): array {
        return [
            'inprogress' => get_string('attemptinprogress', 'mod_palier'),
            'finished' => get_string('attemptfinished', 'mod_palier'),
        ];
    }
}
