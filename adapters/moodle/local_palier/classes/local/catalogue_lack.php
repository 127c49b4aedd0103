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
     * @return array[] profile, competence, level and people, most people first
     */
    public static function of(context $context): array {
        $contextids = $context->get_parent_context_ids(true);
        $lacks = [];
        foreach (job_gap::all($context) as $job) {
            $profile = $job->profile;
            $framework = $profile->fields['framework'];
            $counts = array_filter(
                $profile->active ? $job->counts : [],
                fn($count): bool => $count->notreached !== null && $count->notreached >= suppression::least()
            );
            $entries = catalogue::teaching($contextids, $framework, array_column($counts, 'competence'));
            foreach ($counts as $count) {
                $level = $profile->requirements[$count->competence]['level'];
                $leads = fn(entry $entry): bool => $entry->leads_to($framework, $count->competence, $level);
                if (!array_filter($entries, $leads)) {
                    $lacks[] = [
                        'profile' => $profile,
                        'competence' => (string) $count->competence,
                        'level' => $level,
                        'people' => (int) $count->notreached,
                    ];
                }
            }
        }
        usort($lacks, fn(array $one, array $other): int => $other['people'] <=> $one['people']);
        return $lacks;
    }
}
