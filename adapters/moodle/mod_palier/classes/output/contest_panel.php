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
use core\url;
use mod_palier\local\attempt\attempt;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_access;
use mod_palier\local\contest\contest_repository;

/**
 * Below a result or a story: "I do not agree", the threads so far with their outcome, and the results that were corrected.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class contest_panel implements named_templatable, renderable {
    /**
     * The panel of an attempt.
     *
     * @param attempt $attempt
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/contest_panel';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $threads = contest_access::may_read($this->attempt) ? contest_repository::of_attempt($this->attempt->id) : [];
        $about = array_column(array_map(fn($contest) => ['kind' => $contest->kind], $threads), 'kind');
        $versions = contest_page::versions($this->attempt);
        $can = !$this->attempt->is_open() && contest_access::may_contest($this->attempt) && !in_array(contest::RESULT, $about);
        return [
            'can' => $can,
            'url' => self::url($this->attempt, contest::RESULT)->out(false),
            'threads' => array_map(fn(contest $contest) => [
                'title' => contest::title($contest->kind, $contest->slot),
                'status' => get_string("contest_status_{$contest->status}", 'mod_palier'),
                'url' => $contest->url()->out(false),
            ], $threads),
            'hasthreads' => (bool) $threads,
            'versions' => $versions,
            'hasversions' => (bool) $versions,
            'any' => $can || $threads || $versions,
        ];
    }

    /**
     * Where a learner says that something is not right.
     *
     * @param attempt $attempt
     * @param string $kind
     * @param int $slot
     * @return url
     */
    public static function url(attempt $attempt, string $kind, int $slot = 0): url {
        return new url('/mod/palier/contest.php', ['attempt' => $attempt->id, 'kind' => $kind, 'slot' => $slot]);
    }

    /**
     * Where a learner disagrees with each question, by item; none for another reader.
     *
     * @param attempt $attempt
     * @return string[] addresses
     */
    public static function urls_by_item(attempt $attempt): array {
        if (!contest_access::may_contest($attempt)) {
            return [];
        }
        $urls = [];
        foreach ($attempt->log()->events() as $event) {
            if ($event->type === 'asked' && $event->slot) {
                $item = \mod_palier\local\engine\json_text::decode($event->data)['item'];
                $urls[$item] = self::url($attempt, contest::QUESTION, (int) $event->slot)->out(false);
            }
        }
        return $urls;
    }
}
