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

namespace mod_palier\local\xapi;

use mod_palier\local\scales\scale_finder;

/**
 * Says of statements about answers in a map which competence they are about, where they were written before statements said
 * so. The bank of the attempt knows of each of its items; what was sent is not changed.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class statement_scales {
    /** @var int banks whose scales are kept in memory. */
    private const BANKS = 20;

    /** @var array[] scale by item, by bank. */
    private array $banks = [];

    /**
     * Fills what is missing. Done again, it goes on where it stopped.
     *
     * @return int how many statements were filled
     */
    public static function fill(): int {
        global $DB;
        $filler = new self();
        $filled = 0;
        foreach ($DB->get_fieldset_select('palier_plan', 'id', '1 = 1') as $planid) {
            if (!scale_finder::ids_of($DB->get_field('palier_plan', 'plan', ['id' => $planid]))) {
                continue;
            }
            foreach ($DB->get_records_menu('palier_attempt', ['planid' => $planid], 'id', 'id, bankid') as $attemptid => $bankid) {
                $filled += $filler->fill_attempt((int) $attemptid, (int) $bankid);
            }
        }
        return $filled;
    }

    /**
     * Fills those of one attempt.
     *
     * @param int $attemptid
     * @param int $bankid
     * @return int
     */
    private function fill_attempt(int $attemptid, int $bankid): int {
        global $DB;
        $events = $DB->get_records_sql_menu(
            "SELECT s.id, e.data
               FROM {palier_statement} s
               JOIN {palier_event} e ON e.attemptid = s.attemptid AND e.seq = s.eventseq
              WHERE s.attemptid = :attemptid AND s.verb = 'answered' AND s.scale IS NULL",
            ['attemptid' => $attemptid]
        );
        $byscale = [];
        foreach ($events as $id => $data) {
            $scale = $this->scales($bankid)[json_decode($data, true)['item'] ?? ''] ?? null;
            if ($scale !== null) {
                $byscale[$scale][] = $id;
            }
        }
        foreach ($byscale as $scale => $ids) {
            [$in, $params] = $DB->get_in_or_equal($ids);
            $DB->set_field_select('palier_statement', 'scale', (string) $scale, "id $in", $params);
        }
        return array_sum(array_map('count', $byscale));
    }

    /**
     * On which scale the items of a bank are.
     *
     * @param int $bankid
     * @return string[] by item
     */
    private function scales(int $bankid): array {
        global $DB;
        if (!isset($this->banks[$bankid])) {
            $this->banks = array_slice($this->banks, 1 - self::BANKS, null, true);
            $items = json_decode($DB->get_field('palier_bank', 'items', ['id' => $bankid]), true) ?: [];
            $this->banks[$bankid] = array_column($items, 'scale', 'item');
        }
        return $this->banks[$bankid];
    }
}
