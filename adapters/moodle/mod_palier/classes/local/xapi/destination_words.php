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

namespace mod_palier\local\xapi;

use core\clock;
use core\di;
use mod_palier\local\counted;
use mod_palier\reportbuilder\local\entities\statement;

/**
 * A destination in words: what it gets, what waits for it and why, since when, and when it is tried next.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destination_words {
    /**
     * Words about a destination.
     *
     * @param destination $destination
     * @param queue $queue
     */
    public function __construct(
        /** @var destination The destination. */
        private readonly destination $destination,
        /** @var queue What waits for it. */
        private readonly queue $queue,
    ) {
    }

    /**
     * What it gets, of whom, in which version.
     *
     * @return string
     */
    public function wants(): string {
        $destination = $this->destination;
        $what = get_string("wanted_{$destination->wanted}", 'mod_palier');
        if ($destination->wanted === destination::VERBS) {
            $what .= ' (' . implode(', ', array_intersect_key(statement::verbs(), array_flip($destination->verbs))) . ')';
        }
        $places = count($destination->categories) + count($destination->courses);
        return implode(' · ', array_filter([
            $what,
            $places ? counted::text('destination_places', $places) : '',
            get_string('actorpolicy_' . $destination->actorpolicy, 'mod_palier'),
            "xAPI {$destination->version}",
        ], 'strlen'));
    }

    /**
     * How sending goes: sentences, the most urgent first.
     *
     * @return string[]
     */
    public function state(): array {
        $destination = $this->destination;
        $now = di::get(clock::class)->time();
        $text = fn(string $key, mixed $a = null): string => get_string($key, 'mod_palier', $a);
        $said = [];
        if ($destination->paused !== null) {
            $said[] = $text("paused_{$destination->paused}");
            $said[] = $text('paused_since', $this->date($destination->timepaused));
        } else if (!$destination->enabled) {
            $said[] = $text('paused_byadmin');
        }
        if ($this->queue->waiting) {
            $said[] = counted::text('queue_waiting', $this->queue->waiting, (object) [
                'count' => $this->queue->waiting,
                'since' => outbox_status::age($now - $this->queue->oldest),
            ]);
            if ($destination->is_active()) {
                $said[] = outbox_status::when($destination->nexttry, $now);
            }
        } else if ($destination->backfill === null) {
            $said[] = $text('outbox_allsent');
        }
        if ($destination->failures) {
            $said[] = $text('queue_failures', $destination->failures);
        }
        if ($destination->lasterror !== '') {
            $said[] = $text('lrswords', $destination->lasterror);
        }
        if ($this->queue->parked) {
            $said[] = counted::text('outbox_parked', $this->queue->parked);
        }
        if ($destination->backfill !== null) {
            $said[] = $text('queue_backfill');
        }
        if ($this->queue->sent) {
            $said[] = counted::text('queue_sent', $this->queue->sent, (object) [
                'count' => $this->queue->sent,
                'last' => $destination->lastsent ? $this->date($destination->lastsent) : '–',
            ]);
        }
        return $said;
    }

    /**
     * Whether somebody has to see to it.
     *
     * @return bool
     */
    public function needs_attention(): bool {
        return $this->destination->paused !== null || $this->queue->parked > 0;
    }

    /**
     * A date in the reader's way.
     *
     * @param int $time
     * @return string
     */
    private function date(int $time): string {
        return userdate($time, get_string('strftimedatetimeshort', 'langconfig'));
    }
}
