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

namespace mod_palier\tests;

use mod_palier\local\xapi\context_builder;
use stdClass;

/**
 * Makes attempts and statements as rows, where a test is not about how they come to be.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
trait makes_records {
    /**
     * An activity without questions.
     *
     * @param stdClass $course
     * @param array $record
     * @return stdClass
     */
    protected function make_activity(stdClass $course, array $record = []): stdClass {
        return $this->getDataGenerator()->create_module('palier', $record + ['course' => $course->id, 'plan' => $this->plan()]);
    }

    /**
     * A plan with levels 1 to 5.
     *
     * @param array $over
     * @return string
     */
    protected function plan(array $over = []): string {
        return json_encode($over + [
            'palier_plan' => 1,
            'levels' => ['cuts' => [-1.5, -0.5, 0.5, 1.5], 'first' => 1],
            'visibility' => 'course',
        ]);
    }

    /**
     * Results as the engine tells them (real_results_test): columns of palier_attempt, result decoded; by level 1 to 5, "off"
     * for an attempt that was broken off before there was a result, "above", "undecided", "below" of a threshold.
     *
     * @return array[]
     */
    protected static function real_results(): array {
        static $results = null;
        return $results ??= json_decode(file_get_contents(__DIR__ . '/../fixtures/results.json'), true);
    }

    /**
     * An attempt with a result of the engine; finished at level 3 unless told otherwise.
     *
     * @param stdClass $palier
     * @param int $userid
     * @param array $over values of the row; "visibility" goes into the plan, "found" is a key of real_results()
     * @return stdClass
     */
    protected function make_attempt(stdClass $palier, int $userid, array $over = []): stdClass {
        global $DB;

        $plan = $this->plan(['visibility' => $over['visibility'] ?? 'course']);
        $found = self::real_results()[$over['found'] ?? $over['level'] ?? 3];
        $found['result'] = json_encode($found['result']);
        unset($over['visibility'], $over['found']);
        $context = \context_module::instance($palier->cmid);
        $quba = \question_engine::make_questions_usage_by_activity('mod_palier', $context);
        $quba->set_preferred_behaviour('deferredfeedback');
        \question_engine::save_questions_usage_by_activity($quba);
        $number = 1 + $DB->count_records('palier_attempt', ['palierid' => $palier->id, 'userid' => $userid]);
        $row = (object) ($over + [
            'palierid' => $palier->id,
            'userid' => $userid,
            'attempt' => $number,
            'preview' => 0,
            'qubaid' => $quba->get_id(),
            'bankid' => $this->row('palier_bank', ['hash' => hash('sha256', 'bank')], ['entries' => '', 'items' => '[]']),
            'planid' => $this->row('palier_plan', ['hash' => hash('sha256', $plan)], ['plan' => $plan]),
            'seed' => 1,
            'state' => 'finished',
            'seq' => 0,
            'timestart' => time() - 600,
            'timemodified' => time() - 60 + $number,
            'timefinish' => time() - 60 + $number,
        ] + $found);
        $row->id = $DB->insert_record('palier_attempt', $row);
        return $row;
    }

    /**
     * A destination, with everything that Moodle has unless told otherwise.
     *
     * @param string $endpoint
     * @param array $over columns of palier_destination, "secret" in clear
     * @return int its id
     */
    protected function make_destination(string $endpoint, array $over = []): int {
        return \mod_palier\local\xapi\destinations::save((object) ($over + [
            'name' => 'The store',
            'endpoint' => $endpoint,
            'lrskey' => 'moodle',
            'secret' => 'open sesame',
            'version' => '1.0.3',
            'wanted' => 'all',
            'actorpolicy' => 'opaque',
            'since' => 0,
        ]));
    }

    /**
     * A statement of an attempt.
     *
     * @param stdClass $attempt
     * @param array $over values of the row; "result" and "question" go into the statement
     * @return stdClass
     */
    protected function make_statement(stdClass $attempt, array $over = []): stdClass {
        global $DB;

        $seq = $over['eventseq'] ?? $DB->count_records('palier_statement', ['attemptid' => $attempt->id]);
        $verb = $over['verb'] ?? 'answered';
        $uuid = context_builder::uuid5("https://example.org/{$attempt->id}#$seq/$verb");
        $statement = [
            'id' => $uuid,
            'actor' => ['objectType' => 'Agent', 'account' => ['homePage' => 'https://example.org', 'name' => 'somebody']],
            'verb' => ['id' => "http://adlnet.gov/expapi/verbs/$verb", 'display' => ['en' => $verb]],
            'object' => [
                'objectType' => 'Activity',
                'id' => "https://example.org/question/$seq",
                'definition' => ['name' => ['en' => $over['question'] ?? "Question $seq"]],
            ],
            'timestamp' => '2026-11-24T09:00:00.000Z',
        ];
        if (isset($over['result'])) {
            $statement['result'] = $over['result'];
        }
        unset($over['result'], $over['question']);
        $row = (object) ($over + [
            'attemptid' => $attempt->id,
            'palierid' => $attempt->palierid,
            'userid' => $attempt->userid,
            'uuid' => $uuid,
            'eventseq' => $seq,
            'verb' => $verb,
            'statement' => json_encode($statement, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE),
            'state' => 'pending',
            'timecreated' => time(),
            'timesent' => 0,
        ]);
        $row->id = $DB->insert_record('palier_statement', $row);
        return $row;
    }

    /**
     * The id of a row, made when it is not there.
     *
     * @param string $table
     * @param array $key
     * @param array $more
     * @return int
     */
    private function row(string $table, array $key, array $more): int {
        global $DB;
        return (int) ($DB->get_field($table, 'id', $key) ?: $DB->insert_record($table, $key + $more));
    }
}
