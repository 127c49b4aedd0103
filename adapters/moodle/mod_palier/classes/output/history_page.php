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
use mod_palier\local\parameters\item_parameters;
use moodle_url;
use stdClass;

/**
 * The versions of a question's parameters.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class history_page implements named_templatable, renderable {
    /**
     * The page.
     *
     * @param stdClass $question of question_search
     * @param moodle_url $back to the parameters
     */
    public function __construct(
        /** @var stdClass of question_search. */
        private readonly stdClass $question,
        /** @var moodle_url to the parameters. */
        private readonly moodle_url $back
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/history_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $rows = item_parameters::history((int) $this->question->entryid);
        $people = $this->people(array_unique(array_column($rows, 'usermodified')));
        return [
            'rows' => array_map(fn($row) => $this->row($row, $people), array_values($rows)),
            'hasrows' => (bool) $rows,
            'backurl' => $this->back->out(false),
            'action' => (new moodle_url('/mod/palier/history.php', [
                'id' => $this->back->get_param('id'),
                'entry' => $this->question->entryid,
            ]))->out(false),
            'sesskey' => sesskey(),
        ];
    }

    /**
     * Names of people.
     *
     * @param int[] $ids
     * @return string[]
     */
    private function people(array $ids): array {
        global $DB;
        $users = $DB->get_records_list('user', 'id', $ids ?: [0], '', 'id' . \core_user\fields::for_name()->get_sql()->selects);
        return array_map(fullname(...), $users);
    }

    /**
     * One version.
     *
     * @param stdClass $row
     * @param string[] $people
     * @return array
     */
    private function row(stdClass $row, array $people): array {
        $number = fn($value) => $value === null ? '–' : format_float((float) $value, 2);
        $steps = $row->steps === null ? [] : item_parameters::steps($row);
        return [
            'when' => userdate($row->timecreated, get_string('strftimedatetimeshort', 'core_langconfig')),
            'who' => $people[$row->usermodified] ?? '–',
            'level' => $row->level ?? '–',
            'a' => $number($row->model === 'rasch' && $row->b !== null ? 1 : $row->a),
            'b' => $row->b === null && $steps ? implode(' · ', array_map($number, $steps)) : $number($row->b),
            'c' => $number($row->c),
            'seb' => $number($row->seb),
            'status' => get_string('status_' . $row->status, 'mod_palier'),
            'source' => get_string('source_' . $row->source, 'mod_palier'),
            'current' => (bool) $row->iscurrent,
            'restore' => !$row->iscurrent && item_parameters::may_edit($this->question) ? $row->id : null,
        ];
    }
}
