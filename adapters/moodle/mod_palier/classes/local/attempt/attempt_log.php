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

namespace mod_palier\local\attempt;

use coding_exception;
use mod_palier\local\engine\json_text;
use stdClass;

/**
 * The log of an attempt: its events, read once and when they are wanted, appended and never changed.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class attempt_log {
    /** @var stdClass[]|null The events, in order. */
    protected ?array $events = null;

    /**
     * The log of an attempt.
     *
     * @param attempt $attempt
     */
    public function __construct(
        /** @var attempt whose log it is */
        protected attempt $attempt,
    ) {
    }

    /**
     * The events so far.
     *
     * @return stdClass[] rows of palier_event, in order
     */
    public function events(): array {
        global $DB;
        return $this->events ??= array_values($DB->get_records('palier_event', ['attemptid' => $this->attempt->id], 'seq'));
    }

    /**
     * The last event of some types.
     *
     * @param string[] $types
     * @return stdClass row of palier_event
     */
    public function last(array $types): stdClass {
        foreach (array_reverse($this->events()) as $event) {
            if (in_array($event->type, $types)) {
                return $event;
            }
        }
        throw new coding_exception('No event of type ' . implode(', ', $types));
    }

    /**
     * Whether the learner paused the attempt and has not come back.
     *
     * @return bool
     */
    public function is_paused(): bool {
        global $DB;
        if (!$this->attempt->is_open()) {
            return false;
        }
        $type = $this->events === null
            ? $DB->get_field('palier_event', 'type', ['attemptid' => $this->attempt->id, 'seq' => $this->attempt->seq - 1])
            : (end($this->events)->type ?? '');
        return $type === 'paused';
    }

    /**
     * Adds events to those known, once they are stored.
     *
     * @param stdClass[] $rows
     */
    public function add(array $rows): void {
        $this->events = array_merge($this->events(), array_values($rows));
        $this->attempt->seq = count($this->events);
    }

    /**
     * The session log, as text: no number of it is read and written again.
     *
     * @param string[] $more events to put after the stored ones
     * @return string JSON
     */
    public function json(array $more = []): string {
        return self::assemble(
            $this->attempt->engineversion,
            $this->attempt->bank()->hash,
            $this->attempt->plan_hash(),
            $this->attempt->seed,
            array_merge(array_column($this->events(), 'data'), $more)
        );
    }

    /**
     * A session log out of its parts.
     *
     * @param string $engine version
     * @param string $bankhash
     * @param string $planhash
     * @param int $seed
     * @param string[] $events JSON each
     * @return string JSON
     */
    protected static function assemble(string $engine, string $bankhash, string $planhash, int $seed, array $events): string {
        return json_text::object([
            'palier_log' => '1',
            'engine' => json_text::encode($engine),
            'bank' => json_text::encode($bankhash),
            'plan' => json_text::encode($planhash),
            'seed' => (string) $seed,
            'events' => json_text::list($events),
        ]);
    }
}
