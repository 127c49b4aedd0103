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

namespace mod_palier\local\calibration;

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\bank\bank;
use mod_palier\local\engine\engine_factory;

/**
 * What other parameters would do to results that were told: the engine replays them. Numbers alone come of it, and the
 * results stay as they are.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class effects {
    /** @var int results that are looked at, the latest ones. */
    public const MOST = 2000;

    /** @var int results that one call of the engine takes. */
    private const CHUNK = 100;

    /** @var array sums over all results: results, up, down, beyond, moved (logits); and most, the largest move. */
    private const NOTHING = ['results' => 0, 'up' => 0, 'down' => 0, 'beyond' => 0, 'moved' => 0.0, 'most' => 0.0];

    /** @var array NOTHING and what was added. */
    private array $sums = self::NOTHING;

    /** @var array[] the same by activity. */
    private array $tests = [];

    /** @var bool[][] whose results they are, by activity and person: they are counted and forgotten. */
    private array $persons = [];

    /** @var array[] by question bank entry: results in which it counts, beyond by it alone, the largest move by it alone. */
    private array $items = [];

    /**
     * Of proposed parameters.
     *
     * @param array[] $proposed items of the engine, by question bank entry
     */
    public function __construct(
        /** @var array[] items of the engine, by question bank entry */
        private readonly array $proposed,
    ) {
    }

    /**
     * What would change.
     *
     * @return array results, up, down, beyond, moved, most (of a result by the ability that moves most), persons; tests (the same
     *     by activity), items (by question bank entry), more (whether older results were not looked at)
     */
    public function of_results(): array {
        $attempts = $this->attempts();
        $groups = [];
        foreach ($attempts as $row) {
            $groups["{$row->bankid} {$row->planid}"][] = $row;
        }
        foreach ($groups as $group) {
            $bank = bank::load((int) $group[0]->bankid);
            foreach (array_chunk($group, self::CHUNK) as $rows) {
                $this->replay($bank, $rows);
            }
        }
        $tests = [];
        foreach ($this->tests as $palierid => $sums) {
            $tests[$palierid] = $sums + ['persons' => count($this->persons[$palierid])];
        }
        return $this->sums + [
            'persons' => count(array_replace(...$this->persons ?: [[]])),
            'tests' => $tests,
            'items' => $this->items,
            'more' => count($attempts) === self::MOST,
        ];
    }

    /**
     * The latest results in which one of the questions may count. What a learner has not shared is not looked at.
     *
     * @return \stdClass[]
     */
    private function attempts(): array {
        global $DB;
        $banks = [];
        foreach (array_chunk(array_keys($this->proposed), 5000) as $entries) {
            [$insql, $params] = $DB->get_in_or_equal($entries);
            $banks += $DB->get_records_select_menu(
                'palier_bank_item',
                "questionbankentryid {$insql}",
                $params,
                '',
                'DISTINCT bankid, 1 AS found'
            );
        }
        if (!$banks) {
            return [];
        }
        [$insql, $params] = $DB->get_in_or_equal(array_keys($banks), SQL_PARAMS_NAMED);
        $rows = $DB->get_records_sql(
            "SELECT a.id, a.palierid, a.bankid, a.planid
               FROM {palier_attempt} a
              WHERE a.state = :finished AND a.preview = 0 AND a.theta IS NOT NULL AND a.bankid {$insql}
           ORDER BY a.timefinish DESC, a.id DESC",
            $params + ['finished' => attempt::FINISHED],
            0,
            self::MOST
        );
        return array_values($rows);
    }

    /**
     * Has the engine replay some results of one bank and plan.
     *
     * @param bank $bank
     * @param \stdClass[] $rows
     */
    private function replay(bank $bank, array $rows): void {
        $entries = $bank->entries();
        $changed = [];
        foreach (array_intersect($entries, array_keys($this->proposed)) as $item => $entryid) {
            $changed[] = ['item' => (string) $item] + $this->proposed[$entryid];
        }
        $attempts = array_filter(
            array_map(fn($row) => attempt_repository::load((int) $row->id), $rows),
            fn($attempt) => $attempt->is_shared()
        );
        if (!$attempts || !$changed) {
            return;
        }
        $results = engine_factory::get()->call('changes', [
            'plan' => reset($attempts)->plan_json(),
            'changed' => $changed,
            'logs' => array_values(array_map(fn($attempt) => $attempt->log()->json(), $attempts)),
        ], $bank)['results'];
        foreach (array_values($attempts) as $place => $attempt) {
            if ($results[$place]['scales']) {
                $this->note($results[$place], $attempt, $entries);
            }
        }
    }

    /**
     * Adds what would become of one result.
     *
     * @param array $result of the engine
     * @param attempt $attempt that it is of
     * @param int[] $entries question bank entries by item
     */
    private function note(array $result, attempt $attempt, array $entries): void {
        $moves = array_map(
            fn($scale) => ($scale['level_after'] ?? 0) <=> ($scale['level'] ?? 0),
            $result['scales']
        );
        $by = max(array_map(fn($scale) => abs($scale['theta_after'] - $scale['theta']), $result['scales']));
        $counted = ['results' => 1, 'up' => (int) in_array(1, $moves), 'down' => (int) in_array(-1, $moves),
            'beyond' => (int) $result['beyond_margin'], 'moved' => $by];
        $this->tests[$attempt->palierid] ??= self::NOTHING;
        $this->persons[$attempt->palierid][$attempt->userid] = true;
        foreach ([&$this->sums, &$this->tests[$attempt->palierid]] as &$sums) {
            foreach ($counted as $name => $number) {
                $sums[$name] += $number;
            }
            $sums['most'] = max($sums['most'], $by);
        }
        foreach ($result['items'] as $item => $moved) {
            $of = $this->items[$entries[$item]] ?? ['results' => 0, 'beyond' => 0, 'most' => 0.0];
            $this->items[$entries[$item]] = [
                'results' => $of['results'] + 1,
                'beyond' => $of['beyond'] + (int) $moved['beyond_margin'],
                'most' => abs($moved['theta']) > abs($of['most']) ? $moved['theta'] : $of['most'],
            ];
        }
    }
}
