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
use mod_palier\local\xapi\connection;
use mod_palier\local\xapi\destination;
use mod_palier\local\xapi\destination_words;
use mod_palier\local\xapi\dry_run;
use mod_palier\local\xapi\outbox;
use mod_palier\local\xapi\queue;
use mod_palier\reportbuilder\local\entities\statement;
use moodle_url;

/**
 * One destination: what waits for it and why, what it refused, what the network must let through, and what can be done.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destination_page implements named_templatable, renderable {
    /** @var int Refused statements that are listed. */
    private const LISTED = 50;

    /**
     * One destination.
     *
     * @param destination $destination
     * @param moodle_url $list the page of all
     * @param array|null $test what a try said: ok, text and found; null when nobody tried
     * @param bool $dryrun whether to show what would be sent
     */
    public function __construct(
        /** @var destination The destination. */
        private readonly destination $destination,
        /** @var moodle_url The page of all. */
        private readonly moodle_url $list,
        /** @var array|null What a try said. */
        private readonly ?array $test,
        /** @var bool Whether to show what would be sent. */
        private readonly bool $dryrun,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/destination_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        global $USER;

        $destination = $this->destination;
        $queue = queue::all()[$destination->id] ?? new queue();
        $words = new destination_words($destination, $queue);
        $sentences = fn(array $texts): array => array_map(fn(string $text) => ['sentence' => $text], $texts);
        return [
            'name' => $destination->name,
            'endpoint' => $destination->endpoint,
            'wants' => $words->wants(),
            'state' => $sentences($words->state()),
            'attention' => $words->needs_attention(),
            'id' => $destination->id,
            'sesskey' => sesskey(),
            'action' => $this->list->out(false),
            'edit' => (new moodle_url($this->list, ['id' => $destination->id, 'edit' => 1]))->out(false),
            'back' => $this->list->out(false),
            'mayresume' => !$destination->is_active() || $destination->nexttry > 0,
            'maypause' => $destination->enabled,
            'parked' => $this->parked(),
            'anyparked' => $queue->parked > 0,
            'moreparked' => $queue->parked > self::LISTED ? get_string('queue_more', 'mod_palier', self::LISTED) : '',
            'needs' => $sentences((new connection($destination))->needs()),
            'test' => $this->test ? ['found' => $sentences($this->test['found'])] + $this->test : null,
            'dryrun' => $this->dryrun ? $this->dry_run() : null,
            'testing' => get_string('lrstest_intro', 'mod_palier', [
                'person' => fullname($USER),
                'endpoint' => $destination->endpoint,
            ]),
        ];
    }

    /**
     * What the destination refused, the newest last, with its words. Whom it is about is no matter here.
     *
     * @return array
     */
    private function parked(): array {
        global $DB;
        $rows = $DB->get_records_sql(
            'SELECT d.id, d.error, s.uuid, s.verb, s.timecreated, p.name, c.shortname
               FROM {palier_delivery} d
               JOIN {palier_statement} s ON s.id = d.statementid
               JOIN {palier} p ON p.id = s.palierid
               JOIN {course} c ON c.id = p.course
              WHERE d.destinationid = ? AND d.state = ?
           ORDER BY d.statementid',
            [$this->destination->id, outbox::PARKED],
            0,
            self::LISTED,
        );
        $verbs = statement::verbs();
        return array_map(fn($row) => [
            'id' => $row->id,
            'uuid' => $row->uuid,
            'what' => ($verbs[$row->verb] ?? $row->verb) . ' – ' . format_string($row->name) . ' (' .
                format_string($row->shortname) . ')',
            'when' => userdate((int) $row->timecreated, get_string('strftimedatetimeshort', 'langconfig')),
            'error' => (string) $row->error,
        ], array_values($rows));
    }

    /**
     * What would be sent.
     *
     * @return array
     */
    private function dry_run(): array {
        $run = new dry_run($this->destination);
        $verbs = statement::verbs();
        $counts = [];
        foreach ($run->verbs as $verb => $count) {
            $counts[] = ['verb' => $verbs[$verb] ?? $verb, 'count' => $count];
        }
        $pretty = JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION;
        return [
            'counts' => $counts,
            'nothing' => !$counts,
            'more' => $run->more,
            'statements' => array_map(fn(string $text) => ['json' => json_encode(json_decode($text), $pretty)], $run->statements),
        ];
    }
}
