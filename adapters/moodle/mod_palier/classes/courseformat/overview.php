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

namespace mod_palier\courseformat;

use core\output\action_link;
use core\url;
use core_calendar\output\humandate;
use core_courseformat\local\overview\overviewitem;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\report\participation;
use mod_palier\local\report\results;
use mod_palier\output\result_words;

/**
 * The activity on the course's overview page, which Moodle has from version 5.0 on.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class overview extends \core_courseformat\activityoverviewbase {
    #[\Override]
    public function get_due_date_overview(): ?overviewitem {
        $close = (int) ($this->cm->customdata['timeclose'] ?? 0);
        return new overviewitem(
            name: get_string('timeclose', 'mod_palier'),
            value: $close ?: null,
            content: $close ? humandate::create_from_timestamp($close) : '-'
        );
    }

    #[\Override]
    public function get_actions_overview(): ?overviewitem {
        if (!has_capability('mod/palier:viewreports', $this->cm->context)) {
            return null;
        }
        return new overviewitem(
            name: get_string('actions'),
            value: '',
            content: new action_link(
                new url('/mod/palier/report.php', ['id' => $this->cm->id]),
                get_string('report', 'mod_palier'),
                null,
                ['class' => 'btn btn-outline-secondary']
            )
        );
    }

    #[\Override]
    public function get_extra_overview_items(): array {
        return ['begun' => $this->begun(), 'result' => $this->result()];
    }

    /**
     * For trainers: how many of those who are to take it have begun.
     *
     * @return overviewitem|null
     */
    private function begun(): ?overviewitem {
        if (!has_capability('mod/palier:viewreports', $this->cm->context)) {
            return null;
        }
        $participation = new participation($this->cm);
        $expected = $participation->expected();
        $begun = $expected - $participation->not_begun();
        return new overviewitem(
            name: get_string('overview_begun', 'mod_palier'),
            value: $begun,
            content: get_string('overview_of', 'mod_palier', ['count' => $begun, 'all' => $expected])
        );
    }

    /**
     * For learners: their result that counts, in words.
     *
     * @return overviewitem|null
     */
    private function result(): ?overviewitem {
        global $DB, $USER;
        if (!has_capability('mod/palier:attempt', $this->cm->context, null, false)) {
            return null;
        }
        $attempts = array_filter(
            attempt_repository::of_user((int) $this->cm->instance, (int) $USER->id),
            fn($attempt) => !$attempt->is_open() && $attempt->access()->may_review()
        );
        $method = (string) $DB->get_field('palier', 'grademethod', ['id' => $this->cm->instance]);
        $told = results::told($method, $attempts);
        $text = $told ? (new result_words($told->known()))->sentence() : '-';
        return new overviewitem(name: get_string('result', 'mod_palier'), value: $text, content: s($text));
    }
}
