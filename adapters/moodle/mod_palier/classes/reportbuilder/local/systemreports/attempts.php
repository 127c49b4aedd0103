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
use core_reportbuilder\local\report\column;
use html_writer;
use lang_string;
use mod_palier\reportbuilder\local\entities\attempt;
use mod_palier\local\attempt\reopening;
use moodle_url;
use stdClass;

/**
 * The attempts of an activity for its trainers: who, which level and how sure, when, after how many questions.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class attempts extends trainer_report {
    #[\Override]
    public static function get_name(): string {
        return get_string('report', 'mod_palier');
    }

    #[\Override]
    protected function initialise(): void {
        $entity = new attempt();
        $person = new user();
        $attempt = $entity->get_table_alias('palier_attempt');
        $user = $person->get_table_alias('user');

        $this->set_main_table('palier_attempt', $attempt);
        $this->add_entity($entity);
        $this->add_entity($person);
        $this->add_join("JOIN {user} {$user} ON {$user}.id = {$attempt}.userid");
        $this->limit($attempt, $user);
        if (($progress = $this->wanted->get('progress')) !== null) {
            $this->where("{$attempt}.state = :value", $progress);
        }
        if (($from = $this->wanted->day('from')) !== null) {
            $this->where("{$attempt}.timemodified >= :value", $from);
        }
        if (($to = $this->wanted->day('to', 1)) !== null) {
            $this->where("{$attempt}.timemodified < :value", $to);
        }

        if ($this->downloading()) {
            $this->add_column_from_entity('user:fullname')
                ->set_title(new lang_string('person', 'mod_palier'))
                ->add_callback(trainer_report::harmless(...));
        } else {
            $this->add_column_from_entity('user:fullnamewithlink')->set_title(new lang_string('person', 'mod_palier'));
        }
        if ($this->downloading()) {
            // Numbers as numbers, each in a column of its own.
            foreach (['levelvalue', 'levellow', 'levelhigh', ...attempt::FLAGS] as $name) {
                $this->add_column_from_entity("attempt:$name");
            }
        } else {
            $this->add_column_from_entity('attempt:level');
        }
        $this->add_column_from_entity('attempt:questions');
        $this->add_column_from_entity('attempt:timefinish');
        if ($this->downloading() || $this->has_packages()) {
            $this->add_column_from_entity('attempt:takenin');
        }
        if ($this->downloading()) {
            foreach (['number', 'theta', 'se', 'state', 'stopreason', 'timestart', 'timeshared'] as $name) {
                $column = $this->add_column_from_entity("attempt:$name");
                if (in_array($name, ['theta', 'se'])) {
                    $column->set_callback(static fn(?float $value): ?float => $value === null ? null : round($value, 6));
                }
            }
        } else {
            $this->add_links($attempt);
        }
        $this->label_cells();
        $this->set_initial_sort_column('attempt:timefinish', SORT_DESC);
        $this->log_download(\mod_palier\event\report_viewed::class);
        $this->set_downloadable(true, get_string('report', 'mod_palier'));
        $this->set_default_per_page(30);
        $this->set_default_no_results_notice(new lang_string(
            $this->wanted->any() ? 'noattemptsfiltered' : 'noattempts',
            'mod_palier',
        ));
    }

    /**
     * Whether anything came back from packages of the activity.
     *
     * @return bool
     */
    private function has_packages(): bool {
        global $DB;
        [, $cm] = get_course_and_cm_from_cmid($this->get_context()->instanceid, 'palier');
        return $DB->record_exists_select('palier_attempt', 'palierid = ? AND packageid IS NOT NULL', [$cm->instance]);
    }

    /**
     * The ways to an attempt's story and to its statements.
     *
     * @param string $attempt alias of palier_attempt
     */
    private function add_links(string $attempt): void {
        $this->add_column((new column('links', new lang_string('details', 'mod_palier'), 'attempt'))
            ->set_type(column::TYPE_INTEGER)
            ->add_fields("{$attempt}.id, {$attempt}.userid, {$attempt}.stopreason, {$attempt}.preview, {$attempt}.packageid")
            ->add_callback(function (int $id, stdClass $row): string {
                $story = new moodle_url('/mod/palier/story.php', ['attempt' => $id]);
                $statements = new moodle_url('/mod/palier/statements.php', [
                    'id' => $this->get_context()->instanceid,
                    'attempt' => $id,
                ]);
                $links = html_writer::link($story, get_string('story', 'mod_palier')) . ' ' .
                    html_writer::link($statements, get_string('statements', 'mod_palier'));
                if (
                    !$row->preview && $row->packageid === null && in_array($row->stopreason, reopening::REASONS)
                    && has_capability('mod/palier:reopenattempts', $this->get_context())
                ) {
                    $reopen = new moodle_url('/mod/palier/reopenattempt.php', ['attempt' => $id]);
                    $links .= ' ' . html_writer::link($reopen, get_string('attemptreopen', 'mod_palier'));
                }
                if (has_capability('mod/palier:deleteattempts', $this->get_context())) {
                    $delete = new moodle_url('/mod/palier/deleteattempt.php', ['attempt' => $id]);
                    $links .= ' ' . html_writer::link($delete, get_string('attemptdelete', 'mod_palier'));
                }
                return $links;
            }));
    }
}
