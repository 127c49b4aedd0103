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

namespace mod_palier\local\bank;

use core\clock;
use core\di;

/**
 * Rows that outlive what they belong to: parameters of questions that are gone, banks and plans that no attempt was taken with.
 *
 * An attempt names its bank and its plan a moment after they were looked up, so both stay for a day after that.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class leftovers {
    /** @var int Rows of a table that one run takes away at most; the next run goes on. */
    public const PER_RUN = 5000;

    /** @var int Rows at once. */
    private const BATCH = 500;

    /**
     * Takes away what belongs to nothing any more.
     *
     * @return array{parameters: int, banks: int, plans: int} rows that went
     */
    public static function purge(): array {
        return [
            'parameters' => self::purge_parameters(),
            'banks' => self::purge_unused('palier_bank', 'bankid'),
            'plans' => self::purge_unused('palier_plan', 'planid'),
        ];
    }

    /**
     * The row of a bank or a plan that somebody begins by.
     *
     * @param string $table palier_bank or palier_plan
     * @param array $key its columns that are unique together
     * @return int 0 where there is none
     */
    public static function to_begin_by(string $table, array $key): int {
        global $DB;
        $row = $DB->get_record($table, $key, 'id, timecreated');
        $now = di::get(clock::class)->time();
        if ($row && $row->timecreated < $now - DAYSECS / 2) {
            $DB->set_field($table, 'timecreated', $now, ['id' => $row->id]);
            // A purge at the same moment takes it or sees the new time, nothing between.
            $row = $DB->get_record($table, ['id' => $row->id], 'id');
        }
        return (int) ($row->id ?? 0);
    }

    /**
     * Parameters of question bank entries that are gone.
     *
     * @return int rows
     */
    private static function purge_parameters(): int {
        global $DB;
        $sql = 'SELECT p.id
                  FROM {palier_param} p
             LEFT JOIN {question_bank_entries} e ON e.id = p.questionbankentryid
                 WHERE e.id IS NULL';
        $ids = array_keys($DB->get_records_sql($sql, [], 0, self::PER_RUN));
        foreach (array_chunk($ids, self::BATCH) as $chunk) {
            $DB->delete_records_list('palier_param', 'id', $chunk);
        }
        return count($ids);
    }

    /**
     * Banks or plans without an attempt; of banks, their compiled files on this node too.
     *
     * @param string $table palier_bank or palier_plan
     * @param string $column of palier_attempt
     * @return int rows
     */
    private static function purge_unused(string $table, string $column): int {
        global $DB;
        $unused = "timecreated < :before AND NOT EXISTS (SELECT 1 FROM {palier_attempt} WHERE {$column} = {{$table}}.id)";
        $before = ['before' => di::get(clock::class)->time() - DAYSECS];
        $found = $DB->get_records_select_menu($table, $unused, $before, 'id', 'id, hash', 0, self::PER_RUN);
        $count = 0;
        foreach (array_chunk($found, self::BATCH, true) as $chunk) {
            [$insql, $ids] = $DB->get_in_or_equal(array_keys($chunk), SQL_PARAMS_NAMED);
            $transaction = $DB->start_delegated_transaction();
            $DB->delete_records_select($table, "id {$insql} AND {$unused}", $ids + $before);
            $gone = array_diff_key($chunk, $DB->get_records_list($table, 'id', array_keys($chunk), '', 'id'));
            if ($table === 'palier_bank') {
                $DB->delete_records_list('palier_bank_item', 'bankid', array_keys($gone));
            }
            $transaction->allow_commit();
            $count += count($gone);
            if ($table === 'palier_bank') {
                self::forget_files($gone);
            }
        }
        return $count;
    }

    /**
     * Takes away compiled files that no bank has any more: copies of questions make the same file.
     *
     * @param string[] $hashes
     */
    private static function forget_files(array $hashes): void {
        global $DB;
        $kept = $DB->get_records_list('palier_bank', 'hash', array_unique($hashes), '', 'DISTINCT hash');
        foreach (array_diff(array_unique($hashes), array_keys($kept)) as $hash) {
            (new bank(0, $hash))->forget_file();
        }
    }
}
