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

namespace mod_palier\local\engine;

use mod_palier\local\bank\bank;

/**
 * The measuring engine, whichever way this site reaches it.
 *
 * Plans, logs and events go in as JSON text, so that what is stored is what is read: nothing is
 * decoded and encoded again on the way. Answers come back as associative arrays, but for events and
 * statements, which come back as the JSON text to store.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
interface engine {
    /**
     * Version of the engine.
     *
     * @return string
     */
    public function version(): string;

    /**
     * Reads and checks a plan.
     *
     * @param string $planjson the plan
     * @return array ['normalised' => string with every default filled in, 'hash' => string]
     * @throws engine_exception that names the key and what would be right
     */
    public function plan(string $planjson): array;

    /**
     * Compiles items and writes the bank; a file that is half written may remain where that fails, so that a caller
     * names one aside.
     *
     * @param array $items items as arrays, with the keys of the bank CSV
     * @param string $outputpath file to write
     * @return array ['hash' => string, 'size' => int]
     */
    public function compile(array $items, string $outputpath): array;

    /**
     * What the engine has against items: every fault of each, in the reader's language.
     *
     * @param array $items items as arrays, with the keys of the bank CSV
     * @param string $lang the reader's language, as Moodle names it
     * @return array of ['line' => int the item's number from 1, 'column', 'code', 'message' => string]; the first ones
     *     where there are many, none only where compile() takes all items
     */
    public function problems(array $items, string $lang): array;

    /**
     * Reads a table of item parameters, by_host (docs/host-calls.md, Parameters): what its rows have, and all its faults.
     *
     * @param string $csv the file's bytes, in whatever encoding
     * @param string $lang the reader's language, as Moodle names it
     * @return array ['encoding', 'separator', 'header_line', 'columns', 'rows', 'problems', 'problem_count', 'notices']
     */
    public function table(string $csv, string $lang): array;

    /**
     * Begins a session and decides what comes first.
     *
     * @param bank $bank
     * @param string $planjson
     * @param int $seed from 0 to 2^53 - 1
     * @param array $context members of the started event: prior, seen, excluded
     * @param int $timems now, in milliseconds
     * @param array|null $told the context of statements; null: none are made
     * @return array ['events' => [['type', 'time', 'data' => string to keep]], 'next' => ?string the item to show,
     *     'result' => array what is known now, 'statements' => [['id', 'event', 'verb', 'statement' => string to keep]]]
     */
    public function start(
        bank $bank,
        string $planjson,
        int $seed,
        array $context,
        int $timems,
        ?array $told = null
    ): array;

    /**
     * Records events and decides what comes next: one call, whatever it says of itself.
     *
     * @param bank $bank
     * @param string $planjson
     * @param string $logjson the log so far
     * @param array $newevents events to record, as arrays or as JSON text
     * @param int $timems now, in milliseconds
     * @param bool $advance whether to decide what comes next
     * @param array|null $told the context of statements; null: none are made
     * @return array as of start(), the events appended, recorded ones first
     */
    public function step(
        bank $bank,
        string $planjson,
        string $logjson,
        array $newevents,
        int $timems,
        bool $advance = true,
        ?array $told = null
    ): array;

    /**
     * What is known now.
     *
     * @param bank $bank
     * @param string $planjson
     * @param string $logjson
     * @return array
     */
    public function state(bank $bank, string $planjson, string $logjson): array;

    /**
     * The whole record: a state with its steps. Never decides.
     *
     * @param bank $bank
     * @param string $planjson
     * @param string $logjson
     * @return array
     */
    public function replay(bank $bank, string $planjson, string $logjson): array;

    /**
     * Would this engine have asked and stopped the same?
     *
     * @param bank $bank
     * @param string $planjson
     * @param string $logjson
     * @return array ['same' => bool, 'first_difference' => array|null]
     */
    public function verify(bank $bank, string $planjson, string $logjson): array;

    /**
     * The trace of every decision, with its sentences.
     *
     * @param bank $bank
     * @param string $planjson
     * @param string $logjson
     * @param string $lang fr or en
     * @return array
     */
    public function explain(bank $bank, string $planjson, string $logjson, string $lang): array;

    /**
     * Can this test run with this bank, how long will it be and how sure?
     *
     * @param bank $bank
     * @param string $planjson
     * @param array $options persons, seed, lang
     * @return array
     */
    public function feasibility(bank $bank, string $planjson, array $options = []): array;

    /**
     * Information of the bank's operational items, summed, at each ability.
     *
     * @param bank $bank
     * @param float[] $thetas
     * @return float[]
     */
    public function information(bank $bank, array $thetas): array;

    /**
     * Any call, by its name in docs/host-calls.md.
     *
     * @param string $call
     * @param array $members of the request, the call's name and the bank aside
     * @param bank|null $bank its bank
     * @return array the answer
     */
    public function call(string $call, array $members, ?bank $bank = null): array;
}
