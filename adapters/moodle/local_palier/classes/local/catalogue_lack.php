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

namespace local_palier\local;

use context;

/**
 * What the catalogue lacks: of a job, a competence whose level at least so many people do not reach, and to which no training
 * leads.
 *
 * It reads the published counts alone, so it tells nothing that they do not.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class catalogue_lack {
    /**
     * Of a context: with the trainings of it and of what it lies in, down to the site.
     *
     * @param context $context
     * @param job_gap[]|null $gaps those of the context, where they are known
     * @return array[] profile, competence, level and people, most people first
     */
    public static function of(context $context, ?array $gaps = null): array {
        $asked = [];
        foreach ($gaps ?? job_gap::all($context) as $job) {
            $counts = array_filter(
                $job->profile->active ? $job->counts : [],
                fn($count): bool => $count->notreached !== null && $count->notreached >= suppression::least()
            );
            foreach ($counts as $count) {
                $asked[$job->profile->fields['framework']][$count->competence][] = [$job->profile, $count];
            }
        }
        $lacks = [];
        foreach ($asked as $framework => $competences) {
            $taught = self::taught($context, $framework, array_keys($competences));
            foreach ($competences as $competence => $those) {
                foreach ($those as [$profile, $count]) {
                    $level = $profile->requirements[$competence]['level'];
                    $leads = fn(entry $entry): bool => $entry->leads_to($framework, (string) $competence, $level);
                    if (!array_filter($taught[$competence] ?? [], $leads)) {
                        $lacks[] = [
                            'profile' => $profile,
                            'competence' => (string) $competence,
                            'level' => $level,
                            'people' => (int) $count->notreached,
                        ];
                    }
                }
            }
        }
        usort($lacks, fn(array $one, array $other): int => $other['people'] <=> $one['people']);
        return $lacks;
    }

    /**
     * The trainings of competences.
     *
     * @param context $context
     * @param string $framework
     * @param string[] $competences
     * @return entry[][] by competence
     */
    private static function taught(context $context, string $framework, array $competences): array {
        $taught = [];
        foreach (catalogue::teaching($context->get_parent_context_ids(true), $framework, $competences) as $entry) {
            foreach ($entry->competences as $competence) {
                $taught[$competence][] = $entry;
            }
        }
        return $taught;
    }
}
