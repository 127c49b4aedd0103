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

namespace mod_palier\local\protection;

use mod_palier\local\counted;
use mod_palier\local\xapi\actor;
use mod_palier\local\xapi\destination;
use mod_palier\local\xapi\destinations;
use mod_palier\local\xapi\queue;
use mod_palier\local\xapi\recipients;
use mod_palier\reportbuilder\local\entities\statement;

/**
 * Where statements of this site go, in words for who protects data: to whom, what of it, and by which name people are known there.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destination_sheet {
    /** @var destination[] Those in use, by id. */
    private readonly array $destinations;

    /**
     * As the site has them now.
     */
    public function __construct() {
        $this->destinations = destinations::all();
    }

    /**
     * The destinations, those that were removed and have statements still among them.
     *
     * @return string[][] name with address, what it gets, how it names people, state
     */
    public function rows(): array {
        $queues = queue::all();
        $rows = [];
        foreach ($this->destinations + destinations::removed() as $destination) {
            $sent = ($queues[$destination->id] ?? new queue())->sent;
            $rows[] = [
                "{$destination->name} ({$this->address($destination)})",
                $this->gets($destination),
                get_string("protection_names_{$destination->actorpolicy}", 'mod_palier'),
                $this->state($destination) . ' ' . counted::text('protection_has', $sent),
            ];
        }
        return $rows;
    }

    /**
     * Where something goes besides this site.
     *
     * @param string[] $verbs of the statements that tell it
     * @return string names of destinations, or that it stays
     */
    public function where(array $verbs): string {
        $names = [];
        foreach ($this->destinations as $destination) {
            if (array_filter($verbs, fn(string $verb): bool => recipients::wants_verb($destination, $verb))) {
                $names[] = $destination->name;
            }
        }
        return $names
            ? get_string('protection_where_destinations', 'mod_palier', implode(', ', $names))
            : get_string('protection_where_here', 'mod_palier');
    }

    /**
     * Which destinations know people otherwise than by an opaque name.
     *
     * @return string a sentence
     */
    public function named(): string {
        $named = array_filter($this->destinations, fn(destination $one): bool => $one->actorpolicy !== actor::OPAQUE);
        return $named
            ? get_string('protection_named', 'mod_palier', implode(', ', array_column($named, 'name')))
            : get_string('protection_named_none', 'mod_palier');
    }

    /**
     * What a destination gets: which statements, from where, since when, in which version.
     *
     * @param destination $destination
     * @return string
     */
    private function gets(destination $destination): string {
        $what = get_string("wanted_{$destination->wanted}", 'mod_palier');
        if ($destination->wanted === destination::VERBS) {
            $what .= ' (' . implode(', ', array_intersect_key(statement::verbs(), array_flip($destination->verbs))) . ')';
        }
        $places = $this->places($destination);
        $since = userdate($destination->since, get_string('strftimedatefullshort', 'langconfig'));
        return implode('; ', array_filter([
            $what,
            get_string($places ? 'protection_from' : 'protection_fromall', 'mod_palier', implode(', ', $places)),
            $destination->since ? get_string('protection_since', 'mod_palier', $since) : '',
            "xAPI {$destination->version}",
        ]));
    }

    /**
     * The places whose statements a destination wants, by name.
     *
     * @param destination $destination
     * @return string[] none: all
     */
    private function places(destination $destination): array {
        global $DB;
        $names = [];
        foreach (['course_categories' => $destination->categories, 'course' => $destination->courses] as $table => $ids) {
            $column = $table === 'course' ? 'fullname' : 'name';
            $known = $ids ? $DB->get_records_list($table, 'id', $ids, '', "id, $column") : [];
            foreach ($ids as $id) {
                $name = isset($known[$id]) ? format_string($known[$id]->$column, true, ['escape' => false]) : '';
                $names[] = $name === '' ? get_string('protection_placegone', 'mod_palier', $id) : $name;
            }
        }
        return $names;
    }

    /**
     * Whether anything is sent.
     *
     * @param destination $destination
     * @return string
     */
    private function state(destination $destination): string {
        if ($destination->timeremoved) {
            $date = userdate($destination->timeremoved, get_string('strftimedatefullshort', 'langconfig'));
            return get_string('protection_removed', 'mod_palier', $date);
        }
        return get_string($destination->is_active() ? 'protection_inuse' : 'protection_paused', 'mod_palier');
    }

    /**
     * An address without what may be a key in it.
     *
     * @param destination $destination
     * @return string
     */
    private function address(destination $destination): string {
        return preg_replace('~^(\w+://)[^/@]*@|[?#].*$~', '$1', $destination->endpoint);
    }
}
