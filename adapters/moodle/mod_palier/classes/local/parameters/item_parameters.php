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

namespace mod_palier\local\parameters;

use mod_palier\local\engine\json_text;
use moodle_exception;
use stdClass;

/**
 * Parameters of questions: every change is a new row, none is overwritten.
 *
 * Numbers are kept as the decimal text that gives back the very double that the engine used.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class item_parameters {
    /** @var string[] what a question may be for. */
    public const STATUSES = ['draft', 'pretest', 'operational', 'retired'];

    /** @var array the columns that each model has, those of its steps aside. */
    public const MODELS = [
        'rasch' => ['b'],
        '1pl' => ['a', 'b'],
        '2pl' => ['a', 'b'],
        '3pl' => ['a', 'b', 'c'],
        '4pl' => ['a', 'b', 'c', 'd'],
        'grm' => ['a'],
        'gpcm' => ['a'],
        'pcm' => [],
        'rsm' => ['b'],
        'nrm' => [],
    ];

    /** @var string[] models of questions that are more than right or wrong: they have steps. */
    public const STEPPED = ['grm', 'gpcm', 'pcm', 'rsm', 'nrm'];

    /** @var string what the parameters of steps are called: a threshold each, or a slope and an intercept, with standard errors. */
    public const STEP = '/^(se_)?[abc]([1-9]|1[0-5])$/';

    /** @var string[] columns that hold a number. */
    public const NUMBERS = ['a', 'b', 'c', 'd', 'seb'];

    /** @var string[] columns that make two rows the same. */
    private const COLUMNS = [
        'model', 'a', 'b', 'c', 'd', 'steps', 'seb', 'level', 'status', 'content', 'enemies', 'itemset', 'keyformat', 'source',
    ];

    /** @var string[] columns that say what a question is about, not how hard it is. */
    public const ABOUT = ['content', 'enemies', 'itemset', 'keyformat'];

    /**
     * Whether a question can be asked: it has a difficulty, or one for each step.
     *
     * @param stdClass $question of bank_builder::read()
     * @return bool
     */
    public static function known(stdClass $question): bool {
        return $question->b !== null || $question->steps !== null;
    }

    /**
     * The parameters of a question's steps.
     *
     * @param stdClass $question of bank_builder::read(), or a row of palier_param
     * @return float[] by their names
     * @throws moodle_exception stepsunreadable where the table has something else
     */
    public static function steps(stdClass $question): array {
        if ($question->steps === null) {
            return [];
        }
        $steps = json_decode($question->steps, true);
        $is = fn($value, $name): bool => (is_int($value) || is_float($value)) && is_finite($value) && preg_match(self::STEP, $name);
        if (!is_array($steps) || !$steps || array_filter($steps, $is, ARRAY_FILTER_USE_BOTH) !== $steps) {
            $item = $question->item ?? 'q' . ($question->entryid ?? $question->questionbankentryid ?? '');
            throw new moodle_exception('stepsunreadable', 'mod_palier', '', $item);
        }
        return array_map('floatval', $steps);
    }

    /**
     * Steps as the table keeps them.
     *
     * @param float[] $steps by their names
     * @return string|null
     */
    public static function steps_text(array $steps): ?string {
        ksort($steps, SORT_NATURAL);
        return $steps ? json_text::encode($steps) : null;
    }

    /**
     * The questions that are not asked beside a question.
     *
     * @param stdClass $question of bank_builder::read(), or a row of palier_param
     * @return int[] question bank entries
     */
    public static function enemies(stdClass $question): array {
        return array_map('intval', preg_split('/ /', (string) $question->enemies, -1, PREG_SPLIT_NO_EMPTY));
    }

    /**
     * Those as the table keeps them.
     *
     * @param int[] $entries question bank entries
     * @return string|null
     */
    public static function enemies_text(array $entries): ?string {
        $entries = array_unique($entries);
        sort($entries, SORT_NUMERIC);
        return $entries ? implode(' ', $entries) : null;
    }

    /**
     * Gives questions an expert's level.
     *
     * @param stdClass[] $questions of bank_builder::read()
     * @param int $level
     * @return int how many changed
     */
    public static function set_level(array $questions, int $level): int {
        $rows = [];
        foreach (expert_levels::guesses($questions) as $entryid => $guess) {
            $rows[$questions[$entryid]->entryid] = expert_levels::values($level, $guess)
                + array_intersect_key((array) $questions[$entryid], array_flip(self::ABOUT));
        }
        return self::save($rows);
    }

    /**
     * Sets questions aside: they are known, and not asked.
     *
     * @param stdClass[] $questions of bank_builder::read()
     * @return int how many changed
     */
    public static function set_aside(array $questions): int {
        return self::set_status($questions, 'retired');
    }

    /**
     * Changes what questions are for, and keeps their numbers.
     *
     * @param stdClass[] $questions of bank_builder::read()
     * @param string $status
     * @return int how many changed
     */
    public static function set_status(array $questions, string $status): int {
        $rows = [];
        foreach ($questions as $question) {
            $row = self::values($question);
            $row['model'] ??= 'rasch';
            $row['source'] ??= 'expert';
            $row['status'] = $status;
            $rows[$question->entryid] = $row;
        }
        return self::save($rows);
    }

    /**
     * The values of a row.
     *
     * @param stdClass $row of palier_param, or of bank_builder::read()
     * @return array
     */
    private static function values(stdClass $row): array {
        return array_intersect_key((array) $row, array_flip(self::COLUMNS));
    }

    /**
     * The parameters that the engine gave an item, as values of a row.
     *
     * @param array $item
     * @return array
     */
    public static function of_item(array $item): array {
        $steps = array_flip(preg_grep(self::STEP, array_keys($item)));
        $numbers = array_intersect_key($item, array_flip(self::MODELS[$item['model']]));
        return ['model' => $item['model'], 'seb' => isset($item['se_b']) ? self::decimal($item['se_b']) : null]
            + array_map(self::decimal(...), $numbers)
            + ['steps' => self::steps_text(array_map('floatval', array_intersect_key($item, $steps)))];
    }

    /**
     * Goes back to earlier parameters: they become the current ones anew, as one more version.
     *
     * @param int[] $earlier rows of palier_param by question bank entry; 0: there were none
     * @return int how many changed
     */
    public static function go_back(array $earlier): int {
        global $DB;
        $rows = $DB->get_records_list('palier_param', 'id', array_filter($earlier) ?: [0]);
        $changed = self::save(array_map(self::values(...), array_column($rows, null, 'questionbankentryid')));
        foreach (array_keys($earlier, 0) as $entryid) {
            $changed += (int) $DB->record_exists('palier_param', ['questionbankentryid' => $entryid, 'iscurrent' => 1]);
            $DB->set_field('palier_param', 'iscurrent', 0, ['questionbankentryid' => $entryid]);
        }
        return $changed;
    }

    /**
     * Saves parameters: those that differ from the current ones become the current ones.
     *
     * @param array $rows question bank entry => values of a row
     * @return int how many changed
     */
    public static function save(array $rows): int {
        global $DB, $USER;
        if (!$rows) {
            return 0;
        }
        $lock = \core\lock\lock_config::get_lock_factory('mod_palier')->get_lock('parameters', 30);
        if (!$lock) {
            throw new moodle_exception('locktimeout');
        }
        try {
            $changed = [];
            foreach (array_chunk($rows, 1000, true) as $chunk) {
                $current = self::current(array_keys($chunk));
                foreach ($chunk as $entryid => $row) {
                    $row = self::normal($row);
                    if (!isset($current[$entryid]) || !self::same($row, (array) $current[$entryid])) {
                        $changed[$entryid] = (object) ($row + [
                            'questionbankentryid' => $entryid,
                            'iscurrent' => 1,
                            'usermodified' => $USER->id,
                            'timecreated' => \core\di::get(\core\clock::class)->time(),
                        ]);
                    }
                }
            }
            $transaction = $DB->start_delegated_transaction();
            foreach (array_chunk($changed, 1000, true) as $chunk) {
                [$insql, $params] = $DB->get_in_or_equal(array_keys($chunk), SQL_PARAMS_NAMED);
                $DB->set_field_select('palier_param', 'iscurrent', 0, "iscurrent = 1 AND questionbankentryid {$insql}", $params);
                $DB->insert_records('palier_param', array_values($chunk));
            }
            $transaction->allow_commit();
        } finally {
            $lock->release();
        }
        return count($changed);
    }

    /**
     * Current rows.
     *
     * @param int[] $entryids
     * @return stdClass[] by question bank entry
     */
    public static function current(array $entryids): array {
        global $DB;
        [$insql, $params] = $DB->get_in_or_equal($entryids, SQL_PARAMS_NAMED, 'param', true, 0);
        $rows = $DB->get_records_select('palier_param', "iscurrent = 1 AND questionbankentryid {$insql}", $params, 'id');
        return array_column($rows, null, 'questionbankentryid');
    }

    /**
     * Every version of a question's parameters, newest first.
     *
     * @param int $entryid
     * @return stdClass[]
     */
    public static function history(int $entryid): array {
        global $DB;
        return $DB->get_records('palier_param', ['questionbankentryid' => $entryid], 'id DESC');
    }

    /**
     * Whether two sets of values are the same, their numbers as doubles.
     *
     * @param array $one
     * @param array $other
     * @return bool
     */
    public static function same(array $one, array $other): bool {
        foreach (self::COLUMNS as $column) {
            $left = $one[$column] ?? null;
            $right = $other[$column] ?? null;
            if ($left === null || $right === null) {
                if ((string) $left !== (string) $right) {
                    return false;
                }
            } else if (in_array($column, self::NUMBERS) ? (float) $left !== (float) $right : (string) $left !== (string) $right) {
                return false;
            }
        }
        return true;
    }

    /**
     * The decimal text of a double that a number(30,20) column keeps.
     *
     * @param float $value
     * @return string
     */
    public static function decimal(float $value): string {
        $text = sprintf('%.20F', $value);
        return rtrim(rtrim($text, '0'), '.');
    }

    /**
     * The shortest text that is read back as the same double.
     *
     * @param string|float|null $value
     * @return string
     */
    public static function shortest(string|float|null $value): string {
        return $value === null || $value === '' ? '' : json_encode((float) $value);
    }

    /**
     * Whether a person may change the parameters of a question: those who may edit it may.
     *
     * @param stdClass $question of bank_builder::read()
     * @param int|null $userid null for the present user
     * @return bool
     */
    public static function may_edit(stdClass $question, ?int $userid = null): bool {
        global $USER;
        $userid ??= $USER->id;
        $context = \context::instance_by_id($question->contextid);
        return has_capability('moodle/question:editall', $context, $userid)
            || ($question->createdby == $userid && has_capability('moodle/question:editmine', $context, $userid));
    }

    /**
     * All columns of a row, with what is absent.
     *
     * @param array $row
     * @return array
     */
    public static function normal(array $row): array {
        $defaults = array_fill_keys(self::COLUMNS, null);
        $defaults['model'] = 'rasch';
        $defaults['status'] = 'operational';
        $defaults['source'] = 'import';
        $given = array_filter($row, fn($value) => $value !== null);
        $normal = array_replace($defaults, array_intersect_key($given, $defaults));
        foreach (self::NUMBERS as $column) {
            if ($normal[$column] !== null) {
                $normal[$column] = is_float($normal[$column]) ? self::decimal($normal[$column]) : (string) $normal[$column];
            }
        }
        return $normal;
    }
}
