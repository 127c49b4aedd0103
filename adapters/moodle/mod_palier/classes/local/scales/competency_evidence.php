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
use core_competency\competency_framework;
use core_competency\evidence;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\xapi\sentence;
use moodle_url;

/**
 * What a map found of a competence, as evidence of core's competencies: where the teacher allows it, only of a competence
 * that was measured for itself and whose level is told, and never without the margin. It rates nobody: who rates reads it.
 *
 * Where the teacher says so the same is noted at the competencies of the other framework that correspond, each time with the
 * competence that was measured.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class competency_evidence {
    /** @var string component of the evidence's description. */
    private const COMPONENT = 'mod_palier';

    /** @var string its string: of a competence that was measured. */
    private const MEASURED = 'evidence_level';

    /** @var string its string: of one that corresponds to a competence that was measured. */
    private const RELATED = 'evidence_related';

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
        foreach ($wanted as [$competency, $identifier, $description]) {
            competency_api::add_evidence(
                $attempt->userid,
                $competency,
                $attempt->context(),
                evidence::ACTION_LOG,
                $identifier,
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
     * @return array[] competency, string and description, by the description as core keeps it
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
            $said = [
                'test' => $attempt->name(),
                'level' => sentence::level_with_margin((int) $row->level, (int) $row->levellow, (int) $row->levelhigh),
                'answers' => (int) $row->answers,
            ];
            $places = [
                [self::MEASURED, self::competency($framework, $row->scale), []],
                ...(empty($palier->evidencerelated) ? [] : self::related($framework, $row->scale)),
            ];
            foreach (array_filter($places, fn($place) => $place[1]) as [$identifier, $competency, $more]) {
                $description = (object) ($said + ['competency' => (int) $competency->get('id')] + $more);
                $wanted[json_encode($description)] = [$competency, $identifier, $description];
            }
        }
        return $wanted;
    }

    /**
     * Of these sources, those of a framework that corresponds to another of them.
     *
     * @param string[] $sources
     * @return string[]
     */
    public static function related_sources(array $sources): array {
        $own = array_map(fn($idnumber) => scale_source::FRAMEWORK . $idnumber, framework_import::IDNUMBERS);
        $there = array_intersect($own, $sources);
        return count($there) > 1 ? $there : [];
    }

    /**
     * The competencies of another framework of the site that correspond to one. To a framework of the site's own none do: what is
     * known to correspond are the versions that come along.
     *
     * @param competency_framework $framework
     * @param string $idnumber
     * @return array[] string, competency or null, and what its description says more
     */
    private static function related(competency_framework $framework, string $idnumber): array {
        $correspondence = correspondence::of([$idnumber]);
        $file = array_search($framework->get('idnumber'), framework_import::IDNUMBERS, true);
        if (!$correspondence || $file !== framework_data::FILES[$correspondence->from]) {
            return [];
        }
        $file = framework_data::FILES[$correspondence->to];
        $other = framework_import::here($file);
        $more = ['from' => framework_data::title($correspondence->from) . ' ' . $correspondence->number($idnumber)];
        return array_map(fn(string $number): array => [
            self::RELATED,
            $other ? self::competency($other, framework_import::prefix($file) . $number) : null,
            $more,
        ], $correspondence->there($idnumber));
    }

    /**
     * A competency.
     *
     * @param competency_framework $framework
     * @param string $idnumber
     * @return competency|null
     */
    private static function competency(competency_framework $framework, string $idnumber): ?competency {
        return competency::get_record(['competencyframeworkid' => $framework->get('id'), 'idnumber' => $idnumber]) ?: null;
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
            "desccomponent = :component AND descidentifier IN (:measured, :related) AND url {$in}",
            $params + ['component' => self::COMPONENT, 'measured' => self::MEASURED, 'related' => self::RELATED]
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
