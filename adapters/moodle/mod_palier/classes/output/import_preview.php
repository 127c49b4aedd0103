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

use mod_palier\local\counted;
use mod_palier\local\parameters\parameter_import;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * What an import will do, line by line, before it does it. Lines with an error come first.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class import_preview implements renderable, templatable {
    /** @var int lines without a change that are listed at most. */
    private const MAXSAME = 200;

    /**
     * Constructor.
     *
     * @param parameter_import $import
     * @param moodle_url $url the page of the import
     * @param int $draftid where the file waits
     */
    public function __construct(
        /** @var parameter_import the import. */
        private readonly parameter_import $import,
        /** @var moodle_url the page of the import. */
        private readonly moodle_url $url,
        /** @var int where the file waits. */
        private readonly int $draftid
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $import = $this->import;
        $counts = $import->counts();
        $changes = $counts['new'] + $counts['change'];
        $rows = [];
        $same = 0;
        $lines = $import->lines;
        usort($lines, fn($one, $other) => ($other->action === 'error') <=> ($one->action === 'error'));
        foreach ($lines as $line) {
            if ($line->action === 'same' && ++$same > self::MAXSAME) {
                continue;
            }
            $rows[] = [
                'line' => $line->line,
                'item' => $line->item,
                'name' => format_string($line->name),
                'action' => get_string('import_' . $line->action, 'mod_palier'),
                'class' => [
                    'new' => 'badge-success bg-success text-white',
                    'change' => 'badge-info bg-info text-white',
                    'same' => 'badge-light bg-light text-dark',
                    'error' => 'badge-danger bg-danger text-white',
                ][$line->action],
                'changes' => array_map(fn($change) => [
                    'column' => $change['column'],
                    'before' => $change['before'] === '' ? '–' : $change['before'],
                    'after' => $change['after'] === '' ? '–' : $change['after'],
                    'hasbefore' => $line->action === 'change',
                ], $line->changes),
                'errors' => $line->errors,
            ];
        }
        return [
            'path' => $this->url->out_omit_querystring(),
            'id' => $this->url->get_param('id'),
            'draft' => $this->draftid,
            'sesskey' => sesskey(),
            'errors' => $import->errors,
            'notices' => $import->notices,
            'summary' => $import->errors ? '' : get_string('import_summary', 'mod_palier', $counts),
            'rows' => $rows,
            'hasrows' => (bool) $rows,
            'canapply' => $import->is_valid() && $changes,
            'canvalid' => !$import->errors && $counts['error'] && $changes,
            'haserrors' => !$import->errors && $counts['error'] > 0,
            'applytext' => counted::text('import_apply', $changes),
            'validtext' => counted::text('import_applyvalid', $changes),
            'backurl' => $this->url->out(false),
        ];
    }
}
