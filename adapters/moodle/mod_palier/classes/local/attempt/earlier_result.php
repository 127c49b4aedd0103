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

use mod_palier\local\contest\contest;
use mod_palier\local\engine\json_text;
use mod_palier\local\scales\map_plan;
use stdClass;

/**
 * What a person's last result in a map says before the next attempt, where the teacher has it count: what the engine is told
 * (docs/host-calls.md, `earlier`).
 *
 * It is the latest result that counts: of a finished attempt that is no preview, no practice, came from no package, was not
 * answered by a new test, and is not the learner's own secret (the new attempt's log has what it begins with, and its
 * readers would learn it). Of that the competences that were measured for themselves and are in the plan now: what is told
 * of another one is its domain's. Where the attempt began with an earlier result itself, that one is in it and not told
 * again. The next attempt keeps what it began with, whatever is corrected of the last one afterwards.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class earlier_result {
    /** @var attempt|null the attempt whose result counts. */
    public readonly ?attempt $attempt;

    /** @var array[] theta and se by competence, none where nothing counts. */
    public readonly array $scales;

    /**
     * Of a person at an activity.
     *
     * @param stdClass $palier row of palier
     * @param attempt[] $attempts of the person there, without previews, oldest first
     */
    public function __construct(stdClass $palier, array $attempts) {
        $plan = json_text::decode($palier->plan);
        $this->attempt = !empty($palier->fromlast) && map_plan::is($plan) ? self::last($attempts) : null;
        $this->scales = $this->attempt ? self::measured($this->attempt, array_column($plan['scales'], 'id')) : [];
    }

    /**
     * The latest attempt with a result that counts.
     *
     * @param attempt[] $attempts oldest first
     * @return attempt|null
     */
    private static function last(array $attempts): ?attempt {
        global $DB;
        foreach (array_reverse($attempts) as $attempt) {
            if (
                !$attempt->is_open() && $attempt->theta !== null && $attempt->packageid === null && !$attempt->is_practice()
                && $attempt->is_shared()
                && !$DB->record_exists('palier_contest', ['attemptid' => $attempt->id, 'status' => contest::RETEST])
            ) {
                return $attempt;
            }
        }
        return null;
    }

    /**
     * What an attempt measured.
     *
     * @param attempt $attempt
     * @param string[] $ids of the competences of the plan
     * @return array[]
     */
    private static function measured(attempt $attempt, array $ids): array {
        $scales = [];
        foreach (scale_results::of([$attempt->id])[$attempt->id] ?? [] as $row) {
            if (
                $row->kind === scale_results::SCALE && $row->state === scale_results::MEASURED && $row->answers > 0
                && in_array($row->scale, $ids, true)
            ) {
                $scales[$row->scale] = ['theta' => (float) $row->theta, 'se' => (float) $row->se];
            }
        }
        return $scales;
    }
}
