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

namespace mod_palier\local\package;

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\attempt\starter;
use mod_palier\local\bank\bank;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use question_engine;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * An attempt that was taken in a package and came back: the engine's own marks and result, and what was claimed otherwise.
 * No grade, statement or completion is made of it, as the learner's device graded it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class returned_attempt {
    /**
     * The attempt that a record became before.
     *
     * @param int $packageid
     * @param int $userid
     * @param int $seed
     * @return int row of palier_attempt, 0 where it is new
     */
    public static function known(int $packageid, int $userid, int $seed): int {
        global $DB;
        $key = ['packageid' => $packageid, 'userid' => $userid, 'seed' => $seed];
        return (int) $DB->get_field('palier_attempt', 'id', $key, IGNORE_MULTIPLE);
    }

    /**
     * Keeps a finished record.
     *
     * @param stdClass $package row of palier_package
     * @param \context_module $context
     * @param int $userid
     * @param array $entry of {@see program::records()}
     * @return int row of palier_attempt
     */
    public static function keep(stdClass $package, \context_module $context, int $userid, array $entry): int {
        global $DB;
        $hash = bank::compile($entry['items']);
        $plan = starter::plan_row(engine_factory::get(), $package->plan);
        if ($hash !== $entry['bank'] || $plan->hash !== $entry['plan']) {
            throw new refusal(get_string('records_changed', 'mod_palier'));
        }
        $items = array_flip(array_column($entry['items'], 'item'));
        $entries = array_intersect_key(json_text::decode($package->entries), $items);
        $bank = bank::keep($hash, json_text::encode($entry['items']), $entries);
        $questions = self::questions($entries, (int) $package->timecreated);

        $transaction = $DB->start_delegated_transaction();
        $quba = question_engine::make_questions_usage_by_activity('mod_palier', $context);
        $quba->set_preferred_behaviour('deferredfeedback');
        question_engine::save_questions_usage_by_activity($quba);
        $number = $DB->get_field('palier_attempt', 'MAX(attempt)', ['palierid' => $package->palierid, 'userid' => $userid]);
        $result = array_diff_key($entry['record'], ['steps' => true]);
        $known = !empty($result['known']);
        [$levellow, $levelhigh] = scale_results::level_margin($result, $result['levels'] ?? null);
        $times = array_map(fn($event) => intdiv((int) $event['time'], 1000), $entry['events']);
        $id = $DB->insert_record('palier_attempt', (object) [
            'palierid' => $package->palierid,
            'userid' => $userid,
            'attempt' => (int) $number + 1,
            'qubaid' => $quba->get_id(),
            'bankid' => $bank->id,
            'planid' => $plan->id,
            'seed' => $entry['seed'],
            'state' => attempt::FINISHED,
            'seq' => count($entry['events']),
            'theta' => attempt::decimal($known ? $result['theta'] : null),
            'se' => attempt::decimal($known ? $result['se'] : null),
            'level' => $result['level']['number'] ?? null,
            'levellow' => $levellow,
            'levelhigh' => $levelhigh,
            'stopreason' => $result['stop'] ?? null,
            'engineversion' => (string) $entry['engine'],
            'result' => json_text::encode($result),
            'timestart' => reset($times),
            'timemodified' => end($times),
            'timefinish' => end($times),
            'packageid' => $package->id,
            'differences' => json_text::encode(['told' => $entry['told'], 'unchecked' => $entry['unchecked']]),
        ]);
        $DB->insert_records('palier_event', array_map(fn($position, $event) => (object) [
            'attemptid' => $id,
            'seq' => $position,
            'type' => $event['type'],
            'data' => $event['data'],
            'questionid' => $questions[$entries[json_text::decode($event['data'])['item'] ?? ''] ?? 0] ?? null,
            'timecreated' => $times[$position],
        ], array_keys($entry['events']), $entry['events']));
        scale_results::store($id, $result);
        $transaction->allow_commit();
        return $id;
    }

    /**
     * The versions of questions that a package has: those that were the latest when it was made.
     *
     * @param int[] $entries question bank entries
     * @param int $made
     * @return int[] question by question bank entry
     */
    private static function questions(array $entries, int $made): array {
        global $DB;
        [$insql, $params] = $DB->get_in_or_equal(array_values($entries), SQL_PARAMS_NAMED, 'entry', true, 0);
        return $DB->get_records_sql_menu(
            "SELECT v.questionbankentryid, MAX(v.questionid)
               FROM {question_versions} v
               JOIN {question} q ON q.id = v.questionid
              WHERE v.questionbankentryid $insql AND q.timecreated <= :made
           GROUP BY v.questionbankentryid",
            $params + ['made' => $made]
        );
    }
}
