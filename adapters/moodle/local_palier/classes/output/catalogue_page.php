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

use context;
use local_palier\local\catalogue;
use local_palier\local\entry;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * The catalogue of trainings of a course category or of the site.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class catalogue_page implements renderable, templatable {
    /** @var int how many are on a page. */
    private const SHOWN = 100;

    /**
     * Constructor.
     *
     * @param context $context
     * @param int $page
     */
    public function __construct(
        /** @var context a course category's or the system's. */
        private readonly context $context,
        /** @var int number of the page, from 0. */
        private readonly int $page = 0
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $parameters = ['contextid' => $this->context->id];
        $url = new moodle_url('/local/palier/catalogue.php', $parameters);
        $count = catalogue::count($this->context);
        $entries = catalogue::of($this->context, $this->page * self::SHOWN, self::SHOWN);
        $courses = self::courses($entries);
        return [
            'intro' => get_string(
                $this->context->contextlevel === CONTEXT_SYSTEM ? 'catalogue_intro_site' : 'catalogue_intro_category',
                'local_palier'
            ),
            'rows' => array_values(array_map(fn(entry $entry): array => [
                'id' => $entry->id,
                'code' => $entry->code,
                'title' => $entry->title,
                'about' => $entry->about(),
                'competences' => array_values($entry->names($this->context)),
                'levels' => $entry->levels(),
                'url' => $entry->url,
                'course' => $courses[$entry->courseid ?? 0] ?? false,
            ], $entries)),
            'hasrows' => (bool) $entries,
            'paging' => $output->paging_bar($count, $this->page, self::SHOWN, $url),
            'action' => $url->out_omit_querystring(),
            'contextid' => $this->context->id,
            'sesskey' => sesskey(),
            'import' => (new moodle_url('/local/palier/importcatalogue.php', $parameters))->out(false),
            'download' => (new moodle_url($url, ['download' => 1]))->out(false),
            'guide' => api::guide_url('human-resources')->out(false),
        ];
    }

    /**
     * The courses of entries.
     *
     * @param entry[] $entries
     * @return array[] name and url, by id
     */
    private static function courses(array $entries): array {
        global $DB;
        $ids = array_filter(array_map(fn(entry $entry) => $entry->courseid, $entries));
        return array_map(fn($course): array => [
            'name' => format_string($course->shortname, true, [
                'context' => \context_course::instance($course->id),
                'escape' => false,
            ]),
            'url' => (new moodle_url('/course/view.php', ['id' => $course->id]))->out(false),
        ], $DB->get_records_list('course', 'id', $ids, '', 'id, shortname'));
    }
}
