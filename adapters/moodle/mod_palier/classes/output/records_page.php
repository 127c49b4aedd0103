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

use cm_info;
use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use core\url;
use mod_palier\local\counted;
use mod_palier\local\package\returned_records;

/**
 * What became of the records of packages.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class records_page implements named_templatable, renderable {
    /**
     * The page.
     *
     * @param array[]|null $lines of {@see returned_records::keep()}, null before any were read
     * @param string $problem why none could be read
     * @param cm_info $cm
     * @param bool $byid whether the lines name people by their id
     * @param int $foreign records that are of no package of this activity
     */
    public function __construct(
        /** @var array[]|null of returned_records */
        private readonly ?array $lines,
        /** @var string why none could be read */
        private readonly string $problem,
        /** @var cm_info the activity */
        private readonly cm_info $cm,
        /** @var bool whether the lines name people by their id */
        private readonly bool $byid = false,
        /** @var int records that are of no package of this activity */
        private readonly int $foreign = 0
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/records_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $in = array_filter($this->lines ?? [], fn($line) => $line['became'] === returned_records::IN);
        return [
            'problems' => $this->problem === '' ? [] : explode("\n", $this->problem),
            'read' => $this->lines !== null,
            'summary' => counted::text('records_in', count($in)),
            'foreign' => $this->foreign ? counted::text('records_foreign', $this->foreign) : '',
            'rows' => array_map($this->row(...), $this->lines ?? []),
            'hasrows' => (bool) $this->lines,
            'reporturl' => (new url('/mod/palier/report.php', ['id' => $this->cm->id]))->out(false),
        ];
    }

    /**
     * One record.
     *
     * @param array $line
     * @return array
     */
    private function row(array $line): array {
        $person = $this->byid && $line['became'] !== returned_records::NOBODY
            ? \core_user::get_user((int) $line['person']) : null;
        return [
            'line' => $line['line'],
            'person' => $person ? fullname($person) : ($this->byid ? '' : $line['person']),
            'became' => get_string('record_' . $line['became'], 'mod_palier'),
            'differs' => $line['differs'],
            'error' => $line['error'] ?? '',
            'storyurl' => $line['attempt'] ? (new url('/mod/palier/story.php', ['attempt' => $line['attempt']]))->out(false) : '',
        ];
    }
}
