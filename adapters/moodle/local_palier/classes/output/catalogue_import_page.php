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

use local_palier\local\catalogue_import;
use local_palier\local\entry;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * What a file of trainings would do, and what is wrong with it.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class catalogue_import_page implements renderable, templatable {
    /** @var int how many trainings are shown of each kind. */
    private const SHOWN = 100;

    /**
     * Constructor.
     *
     * @param catalogue_import $import
     * @param moodle_url $url
     * @param int $draftid
     */
    public function __construct(
        /** @var catalogue_import the file. */
        private readonly catalogue_import $import,
        /** @var moodle_url the page. */
        private readonly moodle_url $url,
        /** @var int where the file is kept until the word is said. */
        private readonly int $draftid
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $plan = $this->import->plan();
        $faults = $this->import->faults;
        $kinds = [];
        foreach (array_filter(array_intersect_key($plan, ['new' => 1, 'changed' => 1])) as $what => $entries) {
            $kinds[] = [
                'title' => get_string("catalogue_$what", 'local_palier', count($entries)),
                'entries' => array_map(
                    fn(entry $entry): array => ['code' => $entry->code, 'title' => $entry->title, 'levels' => $entry->levels()],
                    array_slice($entries, 0, self::SHOWN)
                ),
                'more' => count($entries) > self::SHOWN ? self::SHOWN : 0,
            ];
        }
        return [
            'summary' => get_string('catalogue_summary', 'local_palier', array_map('count', $plan)),
            'faulty' => $faults ? get_string('catalogue_faulty', 'local_palier', $this->import->faulty()) : '',
            'faults' => $faults,
            'hasfaults' => (bool) $faults,
            'kinds' => $kinds,
            'canapply' => (bool) $kinds,
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
