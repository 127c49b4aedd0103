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
use core_reportbuilder\local\filters\number;
use core_reportbuilder\local\filters\select;
use core_reportbuilder\local\helpers\database;
use core_reportbuilder\local\helpers\format;
use core_reportbuilder\local\report\column;
use core_reportbuilder\local\report\filter;
use lang_string;
use stdClass;

/**
 * What a learner answered to one question.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class answer extends base {
    /** @var string[] Events that end a question. */
    public const TYPES = ['answered', 'unknown', 'skipped', 'timed_out'];

    #[\Override]
    protected function get_default_tables(): array {
        return ['palier_event'];
    }

    #[\Override]
    protected function get_default_entity_title(): lang_string {
        return new lang_string('answer', 'mod_palier');
    }

    #[\Override]
    public function initialise(): base {
        foreach ($this->get_all_columns() as $column) {
            $this->add_column($column->add_joins($this->get_joins()));
        }
        $event = $this->get_table_alias('palier_event');
        $name = $this->get_entity_name();
        $filters = [
            new filter(date::class, 'time', new lang_string('time'), $name, "{$event}.timecreated"),
            new filter(number::class, 'position', new lang_string('answer_position', 'mod_palier'), $name, "{$event}.slot"),
            (new filter(select::class, 'kind', new lang_string('answer_kind', 'mod_palier'), $name, "{$event}.type"))
                ->set_options_callback(self::kinds(...)),
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
        $event = $this->get_table_alias('palier_event');
        $again = database::generate_alias();
        $name = $this->get_entity_name();
        // The mark as it counts: that of the last time the answer was marked.
        $marked = "(SELECT MAX({$again}.seq)
                      FROM {palier_event} {$again}
                     WHERE {$again}.attemptid = {$event}.attemptid AND {$again}.slot = {$event}.slot
                           AND {$again}.type = 'rescored')";
        $columns[] = (new column('position', new lang_string('answer_position', 'mod_palier'), $name))
            ->set_type(column::TYPE_INTEGER)
            ->add_field("{$event}.slot")
            ->set_is_sortable(true);
        $columns[] = (new column('time', new lang_string('time'), $name))
            ->set_type(column::TYPE_TIMESTAMP)
            ->add_field("{$event}.timecreated")
            ->set_is_sortable(true)
            ->add_callback([format::class, 'userdate'], get_string('strftimedatetimeshort', 'langconfig'));
        $columns[] = (new column('words', new lang_string('answer_words', 'mod_palier'), $name))
            ->set_type(column::TYPE_LONGTEXT)
            ->add_fields("{$event}.data, {$event}.type")
            ->set_is_sortable(false)
            ->set_disabled_aggregation_all()
            ->add_callback(static fn(?string $data, stdClass $row): string => $row->type === 'answered'
                ? s((string) (json_decode((string) $data)->response ?? ''))
                : (self::kinds()[$row->type] ?? ''));
        foreach (['outcome', 'mark'] as $id) {
            $columns[] = (new column($id, new lang_string("answer_{$id}", 'mod_palier'), $name))
                ->set_type(column::TYPE_LONGTEXT)
                ->add_fields("{$event}.data, {$event}.type, {$event}.attemptid")
                ->add_field($marked, 'marked')
                ->set_is_sortable(false)
                ->set_disabled_aggregation_all()
                ->add_callback(static function (?string $data, stdClass $row) use ($id): string {
                    $mark = self::mark((string) $data, $row);
                    return $id === 'mark' ? ($mark === null ? '' : format_float($mark, 2)) : self::outcome($row->type, $mark);
                });
        }
        $columns[] = (new column('seconds', new lang_string('answer_seconds', 'mod_palier'), $name))
            ->set_type(column::TYPE_LONGTEXT)
            ->add_field("{$event}.data")
            ->set_is_sortable(false)
            ->set_disabled_aggregation_all()
            ->add_callback(static function (?string $data): string {
                $ms = json_decode((string) $data)->ms ?? null;
                return $ms === null ? '' : format_float($ms / 1000, 1);
            });
        return $columns;
    }

    /**
     * The share of the marks that an answer gets, as it counts.
     *
     * @param string $data of the event
     * @param stdClass $row with type, attemptid and the number of the event that marked it anew
     * @return float|null null where nothing was answered
     */
    private static function mark(string $data, stdClass $row): ?float {
        global $DB;
        if ($row->type !== 'answered') {
            return null;
        }
        if ($row->marked) {
            $where = ['attemptid' => $row->attemptid, 'seq' => $row->marked];
            $data = (string) $DB->get_field('palier_event', 'data', $where);
        }
        $known = json_decode($data);
        return (float) ($known->fraction ?? (empty($known->category) ? 0 : 1));
    }

    /**
     * Right or wrong, in words.
     *
     * @param string $type of the event
     * @param float|null $mark
     * @return string
     */
    private static function outcome(string $type, ?float $mark): string {
        return $mark === null ? (self::kinds()[$type] ?? '') : get_string(match (true) {
            $mark >= 1 - 1e-6 => 'outcome_right',
            $mark < 1e-6 => 'outcome_wrong',
            default => 'outcome_partly',
        }, 'mod_palier');
    }

    /**
     * How a question ended, in words.
     *
     * @return string[]
     */
    public static function kinds(): array {
        return [
            'answered' => get_string('answer_answered', 'mod_palier'),
            'unknown' => get_string('analysis_dontknow', 'mod_palier'),
            'skipped' => get_string('answer_skipped', 'mod_palier'),
            'timed_out' => get_string('analysis_timedout', 'mod_palier'),
        ];
    }
}
