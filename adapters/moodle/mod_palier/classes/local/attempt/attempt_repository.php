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

use mod_palier\local\contest\contest_repository;
use mod_palier\local\scales\competency_evidence;
use moodle_exception;
use question_engine;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * Attempts in the database: found, listed, deleted with all that belongs to them.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class attempt_repository {
    /**
     * Loads an attempt with its plan and the name of its bank: one read.
     *
     * @param int $id
     * @return attempt
     */
    public static function load(int $id): attempt {
        return self::load_where('a.id = ?', [$id]) ?? throw new moodle_exception('attemptgone', 'mod_palier');
    }

    /**
     * The attempt that a question usage belongs to.
     *
     * @param int $qubaid
     * @return attempt
     */
    public static function of_usage(int $qubaid): attempt {
        return self::load_where('a.qubaid = ?', [$qubaid]) ?? throw new moodle_exception('attemptgone', 'mod_palier');
    }

    /**
     * A person's attempts at an activity, oldest first.
     *
     * @param int $palierid
     * @param int $userid
     * @param bool $preview previews, or attempts that count
     * @return attempt[]
     */
    public static function of_user(int $palierid, int $userid, bool $preview = false): array {
        global $DB;
        $rows = $DB->get_records(
            'palier_attempt',
            ['palierid' => $palierid, 'userid' => $userid, 'preview' => (int) $preview],
            'attempt'
        );
        return array_map(fn($row) => new attempt($row), array_values($rows));
    }

    /**
     * The attempt that a person has under way at an activity.
     *
     * @param int $palierid
     * @param int $userid
     * @param bool $preview
     * @return attempt|null
     */
    public static function open_of(int $palierid, int $userid, bool $preview = false): ?attempt {
        return self::load_where(
            'a.palierid = ? AND a.userid = ? AND a.preview = ? AND a.state = ?',
            [$palierid, $userid, (int) $preview, attempt::INPROGRESS]
        );
    }

    /**
     * One attempt by a condition.
     *
     * @param string $where on a, the table palier_attempt
     * @param array $params
     * @return attempt|null
     */
    protected static function load_where(string $where, array $params): ?attempt {
        global $DB;
        $rows = $DB->get_records_sql(
            "SELECT a.*, b.hash AS bankhash, p.hash AS planhash, p.plan, COALESCE(a.closes, i.timeclose) AS timeclose, i.subnet
               FROM {palier_attempt} a
               JOIN {palier} i ON i.id = a.palierid
               JOIN {palier_bank} b ON b.id = a.bankid
               JOIN {palier_plan} p ON p.id = a.planid
              WHERE $where
           ORDER BY a.attempt DESC",
            $params,
            0,
            1
        );
        return $rows ? new attempt(reset($rows)) : null;
    }

    /**
     * Deletes attempts with all that belongs to them: events, statements, results by competence, questions shown, threads.
     *
     * @param string $where on the table palier_attempt, parameters as question marks
     * @param array $params
     */
    public static function delete_all(string $where, array $params): void {
        global $DB;
        $transaction = $DB->start_delegated_transaction();
        $ids = $DB->get_records_select_menu('palier_attempt', $where, $params, '', 'id, qubaid');
        foreach (array_chunk($ids, 500, true) as $chunk) {
            contest_repository::delete_of(array_keys($chunk));
            $DB->delete_records_list('palier_delivery', 'attemptid', array_keys($chunk));
            $DB->delete_records_list('palier_statement', 'attemptid', array_keys($chunk));
            $DB->delete_records_list('palier_event', 'attemptid', array_keys($chunk));
            scale_results::delete_of(array_keys($chunk));
            competency_evidence::delete_of(array_keys($chunk));
            question_engine::delete_questions_usage_by_activities(new \qubaid_list(array_values($chunk)));
            // On MariaDB core leaves a usage in which no question was ever shown.
            $DB->delete_records_list('question_usages', 'id', array_values($chunk));
            $DB->delete_records_list('palier_attempt', 'id', array_keys($chunk));
        }
        $transaction->allow_commit();
    }
}
