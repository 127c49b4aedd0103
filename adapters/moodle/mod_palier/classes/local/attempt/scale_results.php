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

use mod_palier\local\engine\json_text;

/**
 * The result of an attempt by competence, in rows that reports can query: a row for each competence of a map, each domain,
 * and for all together. They hold what the engine said when the test ended, and again after a correction.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class scale_results {
    /** @var string a competence. */
    public const SCALE = 'scale';

    /** @var string several competences. */
    public const DOMAIN = 'domain';

    /** @var string all competences. */
    public const OVERALL = 'overall';

    /** @var string it has enough answers of its own. */
    public const MEASURED = 'measured';

    /** @var string it is told by its domain. */
    public const AS_DOMAIN = 'reported_as_domain';

    /** @var string nothing was asked about it, nor about its domain. */
    public const NOT_ASSESSED = 'not_assessed';

    /**
     * Writes the rows of an attempt in the place of those that it had. To be called inside a transaction.
     *
     * @param int $attemptid
     * @param array $result the engine's: shape "state"
     */
    public static function store(int $attemptid, array $result): void {
        global $DB;
        if (empty($result['composites'])) {
            return;
        }
        self::delete_of([$attemptid]);
        $rows = [];
        foreach (array_merge($result['scales'], $result['composites']) as $position => $entry) {
            $row = self::row($entry, !empty($result['known']), $result['levels'] ?? null);
            $rows[] = (object) (['attemptid' => $attemptid, 'sortorder' => $position] + $row);
        }
        $DB->insert_records('palier_attempt_scale', $rows);
    }

    /**
     * Deletes the rows of attempts.
     *
     * @param int[] $attemptids
     */
    public static function delete_of(array $attemptids): void {
        global $DB;
        $DB->delete_records_list('palier_attempt_scale', 'attemptid', $attemptids);
    }

    /**
     * The rows of attempts.
     *
     * @param int[] $attemptids
     * @return \stdClass[][] by attempt, in the plan's order, domains after competences
     */
    public static function of(array $attemptids): array {
        global $DB;
        $rows = [];
        foreach ($DB->get_records_list('palier_attempt_scale', 'attemptid', $attemptids, 'attemptid, sortorder') as $row) {
            $rows[$row->attemptid][] = $row;
        }
        return $rows;
    }

    /**
     * The name of a row in the reader's language.
     *
     * @param \stdClass $row
     * @return string plain text
     */
    public static function name(\stdClass $row): string {
        if ($row->kind === self::OVERALL) {
            return get_string('scale_overall', 'mod_palier');
        }
        $text = (string) $row->name;
        $names = str_starts_with($text, '{') ? json_decode($text, true) : null;
        $name = \mod_palier\local\test\plan_text::of(is_array($names) ? $names : $text);
        return $name === '' ? $row->scale : $name;
    }

    /**
     * The levels between which a result is: where nothing was asked beyond its highest one, it may be any above.
     *
     * @param array $entry the engine's of a scale, a composite or all
     * @param array|null $levels first and last of the plan; of a test of one level not needed
     * @return (int|null)[]
     */
    public static function level_margin(array $entry, ?array $levels): array {
        [$low, $high] = $entry['level_interval'] ?? [null, null];
        return [$low, $high !== null && $high === ($entry['top_level'] ?? null) ? $levels['last'] ?? $high : $high];
    }

    /**
     * A row of what the engine says of a scale or a composite.
     *
     * @param array $entry
     * @param bool $known whether there is a result at all
     * @param array|null $levels first and last of the plan
     * @return array
     */
    private static function row(array $entry, bool $known, ?array $levels): array {
        $told = $known && $entry['state'] !== self::NOT_ASSESSED;
        [$low, $high] = self::level_margin($entry, $levels);
        $name = $entry['name'] ?? null;
        return [
            'kind' => $entry['kind'] ?? self::SCALE,
            'scale' => $entry['id'],
            'domain' => $entry['domain'] ?? null,
            'name' => is_array($name) ? json_text::encode($name) : $name,
            'state' => $known ? $entry['state'] : self::NOT_ASSESSED,
            'answers' => $entry['n'],
            'theta' => attempt::decimal($told ? $entry['theta'] : null),
            'se' => attempt::decimal($told ? $entry['se'] : null),
            'level' => $entry['level']['number'] ?? null,
            'levellow' => $low,
            'levelhigh' => $high,
            'bandlow' => $entry['band']['first'] ?? null,
            'bandhigh' => $entry['band']['last'] ?? null,
            'required' => $told ? $entry['required']['decision'] ?? null : null,
        ];
    }
}
