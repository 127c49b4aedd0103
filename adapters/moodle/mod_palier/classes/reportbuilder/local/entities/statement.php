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
use core_reportbuilder\local\filters\{boolean_select, date, select, text};
use core_reportbuilder\local\helpers\format;
use core_reportbuilder\local\report\{column, filter};
use lang_string;
use mod_palier\local\xapi\{outbox, sentence};
use stdClass;

/**
 * A statement: what a learner did, in a sentence, and whether it was sent.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class statement extends base {
    #[\Override]
    protected function get_default_tables(): array {
        return ['palier_statement', 'palier_event', 'question', 'user'];
    }

    #[\Override]
    protected function get_default_entity_title(): lang_string {
        return new lang_string('statement', 'mod_palier');
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
     * The join that brings the learner's name.
     *
     * @return string
     */
    public function get_user_join(): string {
        $statement = $this->get_table_alias('palier_statement');
        $user = $this->get_table_alias('user');
        return "JOIN {user} {$user} ON {$user}.id = {$statement}.userid";
    }

    /**
     * The joins that bring the question, where the statement has one that still exists.
     *
     * @return string[]
     */
    public function get_question_joins(): array {
        $statement = $this->get_table_alias('palier_statement');
        $event = $this->get_table_alias('palier_event');
        $question = $this->get_table_alias('question');
        return [
            "LEFT JOIN {palier_event} {$event}
                    ON {$event}.attemptid = {$statement}.attemptid AND {$event}.seq = {$statement}.eventseq",
            "LEFT JOIN {question} {$question} ON {$question}.id = {$event}.questionid",
        ];
    }

    /**
     * All columns.
     *
     * @return column[]
     */
    private function get_all_columns(): array {
        $statement = $this->get_table_alias('palier_statement');
        $user = $this->get_table_alias('user');
        $name = $this->get_entity_name();
        $namefields = \core_user\fields::for_name()->get_sql($user, false, '', '', false)->selects;

        $columns[] = (new column('sentence', new lang_string('sentence', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->add_join($this->get_user_join())
            ->set_type(column::TYPE_LONGTEXT)
            ->add_field("{$statement}.statement")
            ->add_fields("{$statement}.verb, {$namefields}")
            ->set_disabled_aggregation_all()
            ->add_callback(static function (?string $json, stdClass $row): string {
                return $json === null ? '' : s(sentence::of($json, (string) $row->verb, fullname($row)));
            });

        $columns[] = (new column('verb', new lang_string('verb', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_TEXT)
            ->add_field("{$statement}.verb")
            ->set_is_sortable(true)
            ->add_callback(static fn(?string $verb): string => self::verbs()[$verb] ?? s((string) $verb));

        $figures = ['level' => 'level', 'level-low' => 'levellow', 'level-high' => 'levelhigh', 'theta' => 'theta', 'se' => 'se'];
        foreach ($figures as $key => $id) {
            $columns[] = (new column($id, new lang_string($id, 'mod_palier'), $name))
                ->add_joins($this->get_joins())
                ->set_type(column::TYPE_LONGTEXT)
                ->add_field("{$statement}.statement")
                ->set_disabled_aggregation_all()
                ->add_callback(static function (?string $json) use ($key): string {
                    $value = sentence::extension(json_decode((string) $json, true) ?? [], $key);
                    return match (true) {
                        is_float($value) => format_float($value, 3),
                        is_scalar($value) => s((string) $value),
                        default => '',
                    };
                });
        }

        $columns[] = (new column('timecreated', new lang_string('when', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_TIMESTAMP)
            ->add_field("{$statement}.timecreated")
            ->set_is_sortable(true)
            ->add_callback([format::class, 'userdate'], get_string('strftimedatetimeshort', 'langconfig'));

        $columns[] = (new column('state', new lang_string('delivery', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_TEXT)
            ->add_field("{$statement}.state")
            ->set_is_sortable(true)
            ->add_callback(static fn(?string $state): string => s(self::state((string) $state)));

        $columns[] = (new column('timesent', new lang_string('timesent', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_TIMESTAMP)
            ->add_field("{$statement}.timesent")
            ->set_is_sortable(true)
            ->add_callback([format::class, 'userdate'], get_string('strftimedatetimeshort', 'langconfig'));

        $columns[] = (new column('uuid', new lang_string('statementid', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_TEXT)
            ->add_field("{$statement}.uuid")
            ->add_callback(s(...));

        $columns[] = (new column('json', new lang_string('json', 'mod_palier'), $name))
            ->add_joins($this->get_joins())
            ->set_type(column::TYPE_LONGTEXT)
            ->add_field("{$statement}.statement")
            ->set_disabled_aggregation_all()
            ->add_callback(static fn(?string $json): string => s((string) $json));

        return $columns;
    }

    /**
     * All filters.
     *
     * @return filter[]
     */
    private function get_all_filters(): array {
        global $DB;

        $statement = $this->get_table_alias('palier_statement');
        $question = $this->get_table_alias('question');
        $name = $this->get_entity_name();
        $results = implode(', ', array_map(fn($verb) => "'$verb'", sentence::RESULTS));

        return [
            (new filter(select::class, 'verb', new lang_string('verb', 'mod_palier'), $name, "{$statement}.verb"))
                ->add_joins($this->get_joins())
                ->set_options_callback(self::verbs(...)),
            (new filter(
                boolean_select::class,
                'final',
                new lang_string('finalonly', 'mod_palier'),
                $name,
                "CASE WHEN {$statement}.verb IN ($results) THEN 1 ELSE 0 END",
            ))
                ->add_joins($this->get_joins()),
            (new filter(text::class, 'question', new lang_string('question'), $name, "{$question}.name"))
                ->add_joins($this->get_joins())
                ->add_joins($this->get_question_joins()),
            (new filter(text::class, 'scaleid', new lang_string('scale_id', 'mod_palier'), $name, "{$statement}.scale"))
                ->add_joins($this->get_joins()),
            (new filter(date::class, 'timecreated', new lang_string('when', 'mod_palier'), $name, "{$statement}.timecreated"))
                ->add_joins($this->get_joins()),
            (new filter(
                select::class,
                'state',
                new lang_string('delivery', 'mod_palier'),
                $name,
                "CASE {$statement}.state WHEN '" . outbox::QUEUED . "' THEN '" . outbox::PENDING . "' ELSE {$statement}.state END",
            ))
                ->add_joins($this->get_joins())
                ->set_options_callback(self::states(...)),
        ];
    }

    /**
     * The verbs in words.
     *
     * @return string[]
     */
    public static function verbs(): array {
        $verbs = [];
        foreach (sentence::VERBS as $verb) {
            $verbs[$verb] = get_string('verb_' . $verb, 'mod_palier');
        }
        return $verbs;
    }

    /**
     * The states of sending that a trainer meets, in words.
     *
     * @return string[]
     */
    public static function states(): array {
        $states = [];
        // Whether a statement was given to the destinations yet is no matter of a trainer's: both wait.
        foreach (array_diff(outbox::READABLE, [outbox::QUEUED]) as $state) {
            $states[$state] = get_string('state_' . $state, 'mod_palier');
        }
        return $states;
    }

    /**
     * A state of sending in words.
     *
     * @param string $state
     * @return string
     */
    public static function state(string $state): string {
        return self::states()[in_array($state, outbox::WAITING) ? outbox::PENDING : $state] ?? $state;
    }
}
