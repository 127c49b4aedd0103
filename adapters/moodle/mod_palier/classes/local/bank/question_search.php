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

use stdClass;

/**
 * A part of an activity's questions, and their numbers, found by the database: a bank of 100,000 is not read for a page.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class question_search {
    /** @var string[] which questions may be shown. */
    public const SHOW = ['all', 'missing', 'expert', 'pretest', 'draft', 'retired'];

    /** @var string SQL after FROM, empty when there are no questions. */
    private readonly string $sql;

    /** @var array its parameters. */
    private readonly array $params;

    /** @var string[]|null idnumbers of all the questions, folded, by question bank entry. */
    private ?array $idnumbers = null;

    /**
     * Among the questions of a filter.
     *
     * @param array $filtercondition as core stores it
     * @param int|null $level only those of this level, in what is shown and found
     * @param string $qtype only those of this type, likewise; empty for all
     */
    public function __construct(
        array $filtercondition,
        /** @var int|null only those of this level. */
        public readonly ?int $level = null,
        /** @var string only those of this type. */
        public readonly string $qtype = ''
    ) {
        [$this->sql, $this->params] = question_filter::sql($filtercondition);
    }

    /**
     * How many there are of each kind, and how many are found.
     *
     * @param string $show one of SHOW
     * @param string $search part of a name, an id or a content area
     * @return int[] by SHOW, and found
     */
    public function counts(string $show = 'all', string $search = ''): array {
        global $DB;
        if ($this->sql === '') {
            return array_fill_keys([...self::SHOW, 'found'], 0);
        }
        [$condition, $params] = $this->condition($show, $search);
        $columns = '';
        foreach (self::SHOW as $kind) {
            $columns .= 'SUM(CASE WHEN ' . self::kind($kind) . " THEN 1 ELSE 0 END) AS {$kind}questions, ";
        }
        $row = $DB->get_record_sql(
            "SELECT {$columns} SUM(CASE WHEN {$condition} THEN 1 ELSE 0 END) AS found FROM {$this->sql}",
            $params + $this->params
        );
        $counts = ['found' => (int) $row->found];
        foreach (self::SHOW as $kind) {
            $counts[$kind] = (int) $row->{"{$kind}questions"};
        }
        return $counts;
    }

    /**
     * Some of them, as bank_builder::questions() has them.
     *
     * @param string $show one of SHOW
     * @param string $search
     * @param int $from
     * @param int $limit 0 for all
     * @param string $order SQL
     * @return stdClass[] by question bank entry, in the order asked for
     */
    public function page(string $show, string $search, int $from = 0, int $limit = 0, string $order = 'qbe.id'): array {
        return $this->read($this->ids('q.id', $show, $search, $from, $limit, $order));
    }

    /**
     * Their question bank entries.
     *
     * @param string $show one of SHOW
     * @param string $search
     * @return int[]
     */
    public function entries(string $show, string $search): array {
        return $this->ids('qbe.id', $show, $search);
    }

    /**
     * The categories that they are in.
     *
     * @return int[]
     */
    public function categories(): array {
        global $DB;
        return $this->sql === '' ? []
            : $DB->get_fieldset_sql("SELECT DISTINCT qbe.questioncategoryid FROM {$this->sql}", $this->params);
    }

    /**
     * Those of these entries that are of the activity.
     *
     * @param int[] $entryids
     * @return stdClass[] by question bank entry
     */
    public function of_entries(array $entryids): array {
        global $DB;
        $ids = [];
        foreach ($this->sql === '' ? [] : array_chunk($entryids, 5000) as $chunk) {
            [$insql, $params] = $DB->get_in_or_equal($chunk, SQL_PARAMS_NAMED, 'entry');
            array_push($ids, ...$DB->get_fieldset_sql(
                "SELECT q.id FROM {$this->sql} AND qbe.id {$insql}",
                $params + $this->params
            ));
        }
        return $this->read($ids);
    }

    /**
     * Ids.
     *
     * @param string $column
     * @param string $show
     * @param string $search
     * @param int $from
     * @param int $limit
     * @param string $order
     * @return int[]
     */
    private function ids(
        string $column,
        string $show,
        string $search,
        int $from = 0,
        int $limit = 0,
        string $order = 'qbe.id'
    ): array {
        global $DB;
        if ($this->sql === '') {
            return [];
        }
        [$condition, $params] = $this->condition($show, $search);
        $ids = $DB->get_records_sql_menu(
            "SELECT {$column}, 1 AS found FROM {$this->sql} AND {$condition} ORDER BY {$order}",
            $params + $this->params,
            $from,
            $limit
        );
        return array_keys($ids);
    }

    /**
     * Questions with their parameters and item ids.
     *
     * @param int[] $questionids in the order wanted
     * @return stdClass[] by question bank entry
     */
    private function read(array $questionids): array {
        if (!$questionids) {
            return [];
        }
        $place = array_flip($questionids);
        $questions = bank_builder::read($questionids);
        uasort($questions, fn($one, $other) => $place[$one->questionid] <=> $place[$other->questionid]);
        // An idnumber names an item where no other question of the activity has it too.
        $count = array_count_values($this->idnumbers());
        foreach ($questions as $question) {
            $folded = bank_builder::fold(trim((string) $question->idnumber));
            if ($folded !== '' && ($count[$folded] ?? 0) !== 1) {
                $question->item = 'q' . $question->entryid;
            }
        }
        return $questions;
    }

    /**
     * The idnumbers of all the questions.
     *
     * @return string[]
     */
    private function idnumbers(): array {
        global $DB;
        return $this->idnumbers ??= array_map(
            fn($idnumber) => bank_builder::fold(trim($idnumber)),
            $DB->get_fieldset_sql("SELECT qbe.idnumber FROM {$this->sql} AND qbe.idnumber IS NOT NULL", $this->params)
        );
    }

    /**
     * The condition of what is shown and searched for.
     *
     * @param string $show
     * @param string $search
     * @return array{string, array}
     */
    private function condition(string $show, string $search): array {
        global $DB;
        $condition = self::kind($show);
        $params = [];
        if ($this->level !== null) {
            $condition .= ' AND p.level = :atlevel';
            $params['atlevel'] = $this->level;
        }
        if ($this->qtype !== '') {
            $condition .= ' AND q.qtype = :oftype';
            $params['oftype'] = $this->qtype;
        }
        if ($search !== '') {
            $likes = [];
            foreach (['q.name', 'qbe.idnumber', 'p.content'] as $i => $field) {
                $likes[] = $DB->sql_like($field, ":search{$i}", false, false);
                $params["search{$i}"] = '%' . $DB->sql_like_escape($search) . '%';
            }
            if (preg_match('/^q(\d{1,10})$/', $search, $found)) {
                $likes[] = 'qbe.id = :searchentry';
                $params['searchentry'] = (int) $found[1];
            }
            $condition .= ' AND (' . implode(' OR ', $likes) . ')';
        }
        return [$condition, $params];
    }

    /**
     * The condition of a kind.
     *
     * @param string $show one of SHOW
     * @return string
     */
    private static function kind(string $show): string {
        return match ($show) {
            'missing' => 'p.id IS NULL',
            'expert' => "(p.source = 'expert' AND (p.b IS NOT NULL OR p.steps IS NOT NULL))",
            'pretest', 'draft', 'retired' => "p.status = '{$show}'",
            default => '1 = 1',
        };
    }
}
