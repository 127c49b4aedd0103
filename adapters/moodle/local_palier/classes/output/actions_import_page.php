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

namespace local_palier\output;

use local_palier\local\action;
use local_palier\local\action_import;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * What a file of a plan of action would do, and what is wrong with it.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class actions_import_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param action_import $import
     * @param moodle_url $url
     * @param int $draftid
     */
    public function __construct(
        /** @var action_import the file. */
        private readonly action_import $import,
        /** @var moodle_url the page. */
        private readonly moodle_url $url,
        /** @var int where the file is kept until the word is said. */
        private readonly int $draftid
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $axes = [];
        foreach ($this->import->actions as $action) {
            $axes[$action->axis]['axis'] = $action->axis;
            $axes[$action->axis]['indicators'][] = $action->indicator;
        }
        return [
            'summary' => $this->import->faults
                ? get_string('import_faults', 'local_palier', count($this->import->faults))
                : get_string('actions_summary', 'local_palier', [
                    'axes' => count($axes),
                    'indicators' => count($this->import->actions),
                ]),
            'faults' => $this->import->faults,
            'hasfaults' => (bool) $this->import->faults,
            'axes' => array_values($axes),
            'action' => $this->url->out_omit_querystring(),
            'hidden' => [
                ['name' => 'contextid', 'value' => $this->url->param('contextid')],
                ['name' => 'draft', 'value' => $this->draftid],
                ['name' => 'sesskey', 'value' => sesskey()],
            ],
            'back' => $this->url->out(false),
        ];
    }
}
