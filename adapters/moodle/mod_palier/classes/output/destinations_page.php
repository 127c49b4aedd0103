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
use mod_palier\local\counted;
use mod_palier\local\xapi\destination_words;
use mod_palier\local\xapi\destinations;
use mod_palier\local\xapi\queue;
use moodle_url;

/**
 * Where statements go, and how sending goes at each place.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destinations_page implements named_templatable, renderable {
    /**
     * All destinations.
     *
     * @param moodle_url $url of the page
     */
    public function __construct(
        /** @var moodle_url Of the page. */
        private readonly moodle_url $url,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/destinations_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $queues = queue::all();
        $rows = [];
        foreach (destinations::all() as $destination) {
            $words = new destination_words($destination, $queues[$destination->id] ?? new queue());
            $rows[] = [
                'name' => $destination->name,
                'endpoint' => $destination->endpoint,
                'wants' => $words->wants(),
                'state' => array_map(fn(string $sentence) => ['sentence' => $sentence], $words->state()),
                'attention' => $words->needs_attention(),
                'open' => (new moodle_url($this->url, ['id' => $destination->id]))->out(false),
            ];
        }
        $removed = [];
        foreach (destinations::removed() as $destination) {
            $sent = ($queues[$destination->id] ?? new queue())->sent;
            $removed[] = counted::text('destination_removedon', $sent, (object) [
                'name' => $destination->name,
                'endpoint' => $destination->endpoint,
                'date' => userdate($destination->timeremoved, get_string('strftimedatefullshort', 'langconfig')),
                'count' => $sent,
            ]);
        }
        return [
            'destinations' => $rows,
            'none' => !$rows,
            'removed' => $removed,
            'anyremoved' => (bool) $removed,
            'add' => (new moodle_url($this->url, ['edit' => 1]))->out(false),
        ];
    }
}
