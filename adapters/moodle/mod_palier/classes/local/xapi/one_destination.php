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

/**
 * Makes the one destination of earlier versions, which stood in the settings, the first of several.
 *
 * What it had stays sent, what waited waits, what it refused stays refused with its words. Used by the upgrade alone.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class one_destination {
    /** @var string[] The settings of earlier versions. */
    private const SETTINGS = ['lrsendpoint', 'lrskey', 'lrssecret', 'lrsversion', 'lrspaused', 'lrsnexttry', 'lrsfailures',
        'lrslasterror', 'actorpolicy'];

    /**
     * Moves it. Doing so twice does it once.
     */
    public static function move(): void {
        global $DB;

        $config = get_config('mod_palier');
        $endpoint = rtrim(trim($config->lrsendpoint ?? ''), '/');
        if ($endpoint !== '') {
            $transaction = $DB->start_delegated_transaction();
            $paused = (string) ($config->lrspaused ?? '');
            $now = time();
            $id = $DB->insert_record('palier_destination', (object) [
                'name' => parse_url($endpoint, PHP_URL_HOST) ?: $endpoint,
                'endpoint' => $endpoint,
                'lrskey' => $config->lrskey ?? '',
                'secret' => secret::conceal($config->lrssecret ?? ''),
                'version' => $config->lrsversion ?? '1.0.3',
                'wanted' => destination::ALL,
                'actorpolicy' => ($config->actorpolicy ?? '') ?: actor::OPAQUE,
                'paused' => $paused === '' ? null : destination::KEY,
                'timepaused' => $paused === '' ? 0 : $now,
                'lasterror' => $config->lrslasterror ?? null,
                'nexttry' => (int) ($config->lrsnexttry ?? 0),
                'failures' => (int) ($config->lrsfailures ?? 0),
                'lastsent' => (int) $DB->get_field('palier_statement', 'MAX(timesent)', []),
                'timecreated' => $now,
                'timemodified' => $now,
            ]);
            self::give((int) $id);
            $transaction->allow_commit();
        }
        // Whatever else was noted there belongs to deliveries now.
        [$nocopy, $params] = self::no_copies();
        $DB->execute("UPDATE {palier_statement} SET error = NULL WHERE error IS NOT NULL AND $nocopy", $params);
        foreach (self::SETTINGS as $name) {
            unset_config($name, 'mod_palier');
        }
    }

    /**
     * Gives the destination what it had, what it refused and what waits for it.
     *
     * @param int $id
     */
    private static function give(int $id): void {
        global $DB;

        // A copy that a restore made was never sent to anybody.
        [$nocopy, $params] = self::no_copies();
        $DB->execute(
            "INSERT INTO {palier_delivery} (destinationid, statementid, attemptid, state, tries, error, timesent)
             SELECT $id, id, attemptid, state, tries, error, timesent
               FROM {palier_statement}
              WHERE state IN ('pending', 'sent') OR (state = 'parked' AND (error IS NULL OR $nocopy))",
            $params,
        );
        $DB->execute("UPDATE {palier_statement} SET state = 'queued' WHERE state = 'pending'");
    }

    /**
     * The condition that a statement is no copy made by a restore: those say so, in a language of the plugin.
     *
     * @return array sql and parameters
     */
    private static function no_copies(): array {
        global $DB;
        $strings = get_string_manager();
        $words = array_unique(array_map(fn($lang) => $strings->get_string('outbox_copy', 'mod_palier', null, $lang), ['en', 'fr']));
        [$insql, $params] = $DB->get_in_or_equal(array_values($words), SQL_PARAMS_NAMED, 'copy', false);
        return [$DB->sql_compare_text('error', 255) . " $insql", $params];
    }
}
