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

namespace mod_palier\local\scales;

use core_competency\api as competency_api;
use core_competency\competency;
use core_competency\evidence;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\xapi\sentence;
use moodle_url;

/**
 * What a map found of a competence, as evidence of core's competencies: where the teacher allows it, only of a competence
 * that was measured for itself and whose level is told, and never without the margin. It rates nobody: who rates reads it.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class competency_evidence {
    /** @var string component of the evidence's description. */
    private const COMPONENT = 'mod_palier';

    /**
     * Makes the evidence of an attempt what its result says now: none where there is to be none. Doing it again changes
     * nothing.
     *
     * @param attempt $attempt
     */
    public static function publish(attempt $attempt): void {
        if (!competency_api::is_enabled() || !str_starts_with((string) $attempt->palier()->scalesource, scale_source::FRAMEWORK)) {
            return;
        }
        $wanted = self::wanted($attempt);
        $url = self::url($attempt->id)->out(false);
        foreach (self::of([$attempt->id]) as $evidence) {
            $key = json_encode($evidence->get('desca'));
            if (isset($wanted[$key])) {
                unset($wanted[$key]);
            } else {
                $evidence->delete();
            }
        }
        foreach ($wanted as [$competency, $description]) {
            competency_api::add_evidence(
                $attempt->userid,
                $competency,
                $attempt->context(),
                evidence::ACTION_LOG,
                'evidence_level',
                self::COMPONENT,
                $description,
                false,
                $url,
                null,
                $attempt->userid
            );
        }
    }

    /**
     * Takes away the evidence of attempts.
     *
     * @param int[] $attemptids
     */
    public static function delete_of(array $attemptids): void {
        if (!competency_api::is_enabled()) {
            return;
        }
        foreach (self::of($attemptids) as $evidence) {
            $evidence->delete();
        }
    }

    /**
     * What is to be said of an attempt.
     *
     * @param attempt $attempt
     * @return array[] competency and description, by the description as core keeps it
     */
    private static function wanted(attempt $attempt): array {
        $palier = $attempt->palier();
        $framework = scale_source::framework((string) $palier->scalesource, IGNORE_MISSING);
        $told = !empty($palier->evidence) && $framework && !$attempt->preview && !$attempt->is_open()
            && $attempt->is_shared() && $attempt->counts();
        $wanted = [];
        foreach ($told ? scale_results::of([$attempt->id])[$attempt->id] ?? [] : [] as $row) {
            if ($row->kind !== scale_results::SCALE || $row->state !== scale_results::MEASURED || $row->level === null) {
                continue;
            }
            $key = ['competencyframeworkid' => $framework->get('id'), 'idnumber' => $row->scale];
            $competency = competency::get_record($key);
            if ($competency) {
                $description = (object) [
                    'test' => $attempt->name(),
                    'level' => sentence::level_with_margin((int) $row->level, (int) $row->levellow, (int) $row->levelhigh),
                    'answers' => (int) $row->answers,
                    'competency' => (int) $competency->get('id'),
                ];
                $wanted[json_encode($description)] = [$competency, $description];
            }
        }
        return $wanted;
    }

    /**
     * The evidence that attempts gave.
     *
     * @param int[] $attemptids
     * @return evidence[]
     */
    private static function of(array $attemptids): array {
        global $DB;
        if (!$attemptids) {
            return [];
        }
        $urls = array_map(fn($id) => self::url((int) $id)->out(false), $attemptids);
        [$in, $params] = $DB->get_in_or_equal($urls, SQL_PARAMS_NAMED);
        return evidence::get_records_select(
            "desccomponent = :component AND descidentifier = :identifier AND url {$in}",
            $params + ['component' => self::COMPONENT, 'identifier' => 'evidence_level']
        );
    }

    /**
     * Where the evidence leads: to the attempt's story, for those who may read it.
     *
     * @param int $attemptid
     * @return moodle_url
     */
    private static function url(int $attemptid): moodle_url {
        return new moodle_url('/mod/palier/story.php', ['attempt' => $attemptid]);
    }
}
