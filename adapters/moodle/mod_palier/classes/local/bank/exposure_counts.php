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

use mod_palier\local\engine\json_text;

/**
 * How often an activity has asked its items, for plans that keep each below a share of the attempts.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class exposure_counts {
    /** @var int The share is that of so many attempts, the latest: what a start costs does not grow with the years. */
    public const ATTEMPTS = 2000;

    /**
     * Whether a plan wants counts.
     *
     * @param array $plan decoded
     * @return bool
     */
    public static function wanted(array $plan): bool {
        return in_array($plan['exposure']['control'] ?? 'none', ['maximum_rate', 'eligibility']);
    }

    /**
     * What keeps Moodle from counting for a plan, in words: ability while an item was asked is in no table.
     *
     * @param array $plan decoded
     * @return string empty where nothing does
     */
    public static function problem(array $plan): string {
        return self::wanted($plan) && !empty($plan['exposure']['segments']) ? get_string('plansegments', 'mod_palier') : '';
    }

    /**
     * The counts of an activity's attempts that asked something, previews left out.
     *
     * @param int $palierid
     * @param bank $bank whose items are counted, in whichever version of their question they were asked
     * @return array the shape "counts" of the engine's calls, in one segment
     */
    public static function of(int $palierid, bank $bank): array {
        global $DB;
        // Of core's readers of one column none takes a limit.
        $latest = array_keys($DB->get_records_sql(
            'SELECT id FROM {palier_attempt} WHERE palierid = ? AND preview = 0 AND packageid IS NULL AND seq > 0 ORDER BY id DESC',
            [$palierid],
            0,
            self::ATTEMPTS
        ));
        if (!$latest) {
            return ['sessions' => [0], 'items' => new \stdClass()];
        }
        $params = ['palierid' => $palierid, 'first' => end($latest)];
        $which = 'a.palierid = :palierid AND a.preview = 0 AND a.packageid IS NULL AND a.seq > 0 AND a.id >= :first';
        $items = [];
        $asked = $DB->get_records_sql_menu(
            "SELECT bi.item, COUNT(DISTINCT a.id)
               FROM {palier_attempt} a
               JOIN {palier_event} e ON e.attemptid = a.id AND e.type = 'asked'
               JOIN {question_versions} qv ON qv.questionid = e.questionid
               JOIN {palier_bank_item} bi ON bi.questionbankentryid = qv.questionbankentryid AND bi.bankid = :bankid
              WHERE $which
           GROUP BY bi.item",
            $params + ['bankid' => $bank->id]
        );
        foreach ($asked as $item => $count) {
            $items[$item] = ['asked' => [min((int) $count, count($latest))], 'ineligible' => [0]];
        }
        $begun = $DB->get_recordset_sql(
            "SELECT e.data
               FROM {palier_attempt} a
               JOIN {palier_event} e ON e.attemptid = a.id AND e.seq = 0
              WHERE $which",
            $params
        );
        foreach ($begun as $event) {
            foreach (json_text::decode($event->data)['exposure']['ineligible'][0] ?? [] as $item) {
                if (isset($items[$item])) {
                    $items[$item]['ineligible'][0]++;
                }
            }
        }
        $begun->close();
        return ['sessions' => [count($latest)], 'items' => (object) $items];
    }
}
