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

namespace mod_palier\reportbuilder\local\systemreports;

use core_reportbuilder\local\entities\user;
use core_reportbuilder\local\helpers\database;
use core_reportbuilder\local\report\column;
use html_writer;
use lang_string;
use mod_palier\local\xapi\{destinations, outbox, sentence};
use mod_palier\reportbuilder\local\entities\statement;
use moodle_url;
use stdClass;

/**
 * The statements of an activity for its trainers: sentences, newest first, each attempt's together.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class statements extends trainer_report {
    /**
     * @var int Most attempts on the page. Core counts the rows of a report each time it shows some, so that what a page costs would
     *     grow with all that ever happened in a test.
     */
    public const ATTEMPTS = 200;

    /** @var int|null The last attempt on the page, where there are earlier ones. */
    private ?int $last = null;

    /** @var int The attempt of the row before. */
    private int $lastattempt = 0;

    /** @var stdClass|null The row being shown. */
    private ?stdClass $row = null;

    /** @var bool Whether the row is the first of its attempt on this page. */
    private bool $firstofattempt = false;

    #[\Override]
    public static function get_name(): string {
        return get_string('statements', 'mod_palier');
    }

    #[\Override]
    protected function initialise(): void {
        $entity = new statement();
        $statement = $entity->get_table_alias('palier_statement');
        $user = $entity->get_table_alias('user');
        $attempt = database::generate_alias();

        $this->set_main_table('palier_statement', $statement);
        $this->add_entity($entity);
        $this->add_join("JOIN {palier_attempt} {$attempt} ON {$attempt}.id = {$statement}.attemptid");
        $this->add_join($entity->get_user_join());
        foreach ($entity->get_question_joins() as $join) {
            $this->add_join($join);
        }
        $this->add_base_fields("{$statement}.id, {$statement}.attemptid, {$attempt}.attempt AS attemptnumber, " .
            "{$attempt}.timestart AS attemptstart, {$attempt}.timemodified AS attemptmodified");
        $this->limit($attempt, $user);
        if (!$this->downloading()) {
            $this->keep_latest($attempt, $user);
        }
        $this->narrow($entity);

        $this->add_column_from_entity('statement:timecreated')
            // Moodle 5.0 sorts outside of the query, where its tables have no name.
            ->set_is_sortable(true, ['attemptmodified', 'attemptid', 'id']);
        if ($this->downloading()) {
            $this->add_download_columns($entity, $user);
        } else {
            $this->add_columns_on_page($statement);
        }
        $this->label_cells();
        $this->set_initial_sort_column('statement:timecreated', SORT_DESC);
        $this->log_download(\mod_palier\event\statements_viewed::class);
        $this->set_downloadable(true, get_string('statements', 'mod_palier'));
        $this->set_default_per_page(30);
        $this->set_default_no_results_notice(new lang_string(
            $this->wanted->any() ? 'nostatementsfiltered' : 'nostatements',
            'mod_palier',
        ));
    }

    /**
     * Limits the page to the latest attempts, or to those before one of them: the filter "before".
     *
     * @param string $attempt alias of palier_attempt
     * @param string $user alias of user
     */
    private function keep_latest(string $attempt, string $user): void {
        global $DB;
        $before = (int) $this->wanted->get('before');
        if ($before && ($time = $DB->get_field('palier_attempt', 'timemodified', ['id' => $before])) !== false) {
            $this->where_order($attempt, '<', (int) $time, $before);
        }
        [$where, $params] = $this->get_base_condition();
        $order = array_values($DB->get_records_sql(
            "SELECT {$attempt}.id, {$attempt}.timemodified
               FROM {palier_attempt} {$attempt} JOIN {user} {$user} ON {$user}.id = {$attempt}.userid
              WHERE {$where}
           ORDER BY {$attempt}.timemodified DESC, {$attempt}.id DESC",
            $params,
            self::ATTEMPTS - 1,
            2,
        ));
        if (count($order) === 2) {
            $this->last = (int) $order[0]->id;
            $this->where_order($attempt, '>=', (int) $order[0]->timemodified, $this->last);
        }
    }

    /**
     * Adds a condition: attempts on one side of one of them, in the order of the page.
     *
     * @param string $attempt alias of palier_attempt
     * @param string $side "<", or ">=" to have that attempt, too
     * @param int $time when that attempt changed
     * @param int $id of that attempt
     */
    private function where_order(string $attempt, string $side, int $time, int $id): void {
        [$early, $same, $own] = array_map(fn() => database::generate_param_name(), [1, 2, 3]);
        $this->add_base_condition_sql(
            "({$attempt}.timemodified {$side[0]} :{$early} OR
                ({$attempt}.timemodified = :{$same} AND {$attempt}.id {$side} :{$own}))",
            [$early => $time, $same => $time, $own => $id],
        );
    }

    /**
     * The attempt before which the next page of attempts begins; null where the page has the earliest.
     *
     * @return int|null
     */
    public function earlier(): ?int {
        return $this->last;
    }

    /**
     * Applies what the trainer asked for, of a statement.
     *
     * @param statement $entity
     */
    private function narrow(statement $entity): void {
        $statement = $entity->get_table_alias('palier_statement');
        $this->where_in("{$statement}.state", outbox::READABLE);
        if (($verb = $this->wanted->get('verb')) !== null) {
            $this->where("{$statement}.verb = :value", $verb);
        }
        if (($competence = $this->wanted->get('competence')) !== null) {
            $this->where("{$statement}.scale = :value", $competence);
        }
        if ($this->wanted->get('final')) {
            $this->where_in("{$statement}.verb", sentence::RESULTS);
        }
        if (($state = $this->wanted->get('delivery')) !== null) {
            $this->where_in("{$statement}.state", $state === outbox::PENDING ? outbox::WAITING : [$state]);
        }
        if (($question = $this->wanted->get('question')) !== null) {
            $this->like($entity->get_table_alias('question') . '.name', $question);
        }
        if (($from = $this->wanted->day('from')) !== null) {
            $this->where("{$statement}.timecreated >= :value", $from);
        }
        if (($to = $this->wanted->day('to', 1)) !== null) {
            $this->where("{$statement}.timecreated < :value", $to);
        }
    }

    /**
     * The columns that a reader sees.
     *
     * @param string $statement alias of palier_statement
     */
    private function add_columns_on_page(string $statement): void {
        $this->add_column_from_entity('statement:sentence')
            ->add_callback(fn(string $sentence, stdClass $row): string => $this->heading(fullname($row)) . $sentence);
        if (destinations::any()) {
            $this->add_column_from_entity('statement:state');
        }
        $this->add_column((new column('details', new lang_string('details', 'mod_palier'), 'statement'))
            ->set_type(column::TYPE_INTEGER)
            ->add_fields("{$statement}.id, {$statement}.palierid")
            ->add_callback(function (int $id): string {
                $url = new moodle_url('/mod/palier/statements.php', [
                    'id' => $this->get_context()->instanceid,
                    'statement' => $id,
                ]);
                $about = html_writer::span(get_string('detailsof', 'mod_palier', $id), 'visually-hidden sr-only');
                return html_writer::link($url, get_string('details', 'mod_palier') . ' ' . $about);
            }));
    }

    /**
     * The columns of a download: the same rows, with the figures and the identifiers.
     *
     * @param statement $entity
     * @param string $user alias of user
     */
    private function add_download_columns(statement $entity, string $user): void {
        $person = new user();
        $person->set_table_alias('user', $user);
        $this->add_entity($person);
        $this->add_column_from_entity('user:fullname')
            ->set_title(new lang_string('person', 'mod_palier'))
            ->add_callback(self::harmless(...));
        $this->add_column_from_entity('statement:sentence')->add_callback(self::harmless(...));
        foreach (['verb', 'level', 'levellow', 'levelhigh', 'theta', 'se', 'state', 'uuid', 'json'] as $column) {
            $this->add_column_from_entity("statement:$column");
        }
    }

    #[\Override]
    public function row_callback(stdClass $row): void {
        $this->row = $row;
        $this->firstofattempt = (int) $row->attemptid !== $this->lastattempt;
        $this->lastattempt = (int) $row->attemptid;
    }

    #[\Override]
    public function get_row_class(stdClass $row): string {
        return $this->firstofattempt ? 'palier-first-of-attempt' : '';
    }

    /**
     * What stands above the first sentence of an attempt: whose and which it is, and the way to its story.
     *
     * @param string $person
     * @return string
     */
    private function heading(string $person): string {
        if (!$this->firstofattempt || $this->row === null) {
            return '';
        }
        $a = (object) [
            'number' => $this->row->attemptnumber,
            'date' => userdate((int) $this->row->attemptstart, get_string('strftimedatefullshort', 'langconfig')),
        ];
        $links = [];
        $all = new moodle_url('/mod/palier/statements.php', [
            'id' => $this->get_context()->instanceid,
            'attempt' => $this->row->attemptid,
        ]);
        if ($this->wanted->get('attempt') === null) {
            $links[] = html_writer::link($all, get_string('wholeattempt', 'mod_palier'));
        }
        $links[] = html_writer::link(
            new moodle_url('/mod/palier/story.php', ['attempt' => $this->row->attemptid]),
            get_string('story', 'mod_palier'),
        );
        $heading = html_writer::tag('strong', s($person)) . ' ' . html_writer::span(get_string('attemptof', 'mod_palier', $a));
        return html_writer::div(
            html_writer::div($heading) . html_writer::div(implode(' ', $links), 'palier-links'),
            'palier-attempt-heading',
        );
    }
}
