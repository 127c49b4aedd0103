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
use mod_palier\api;

/**
 * Counts how many people of each job reach what it asks, and publishes what may be published.
 *
 * It runs in a task, as the administrator: by mod_palier's api that is every shared result and no other. Of a context it
 * counts once a month at most, so that nobody sees by two counts who came or went in between.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class gap_counting {
    /**
     * The present month.
     *
     * @return int such as 202611
     */
    public static function month(): int {
        return (int) \core_date::strftime('%Y%m', \core\di::get(\core\clock::class)->time());
    }

    /**
     * The month of the last count.
     *
     * @param context $context
     * @return int|null null where nothing was counted yet
     */
    public static function last(context $context): ?int {
        global $DB;
        $month = $DB->get_field('local_palier_count', 'MAX(month)', ['contextid' => $context->id]);
        return $month ? (int) $month : null;
    }

    /**
     * The jobs of a context whose people are known.
     *
     * @param context $context
     * @return profile[] by id
     */
    public static function jobs(context $context): array {
        $jobs = array_filter(
            profiles::active([$context->id]),
            fn(profile $profile): bool => $profile->fields['kind'] === profile::JOB
        );
        return array_intersect_key($jobs, job_cohort::of_those($jobs, $context));
    }

    /**
     * Counts, and puts the new counts in the place of those before.
     *
     * @param context $context a course category's or the system's
     */
    public static function run(context $context): void {
        global $DB;
        $month = self::month();
        if ((self::last($context) ?? 0) >= $month) {
            return;
        }
        $jobs = self::jobs($context);
        $members = array_map(job_cohort::members(...), $jobs);
        $known = self::compare($context, $jobs, $members);
        $least = suppression::least();
        $withheld = self::withheld($members, $least);
        $rows = [];
        foreach (array_keys($jobs) as $id) {
            $lines = self::count($jobs[$id], count($members[$id]), $known[$id] ?? []);
            $of = isset($withheld[$id]) ? PHP_INT_MAX : $least;
            foreach (suppression::publish_lines($lines, $of, decision::UNKNOWN) as $competence => $published) {
                $rows[] = (object) ($published + [
                    'contextid' => $context->id,
                    'profileid' => $id,
                    'competence' => $competence,
                    'month' => $month,
                    'people' => count($members[$id]),
                ]);
            }
        }
        $transaction = $DB->start_delegated_transaction();
        $DB->delete_records('local_palier_count', ['contextid' => $context->id]);
        $DB->insert_records('local_palier_count', $rows);
        $transaction->allow_commit();
    }

    /**
     * The people of a job by what is said of them.
     *
     * @param profile $job
     * @param int $people
     * @param comparison[] $known of those who shared a result
     * @return int[][] by competence
     */
    private static function count(profile $job, int $people, array $known): array {
        $lines = [];
        foreach (array_keys($job->requirements) as $competence) {
            $lines[$competence] = array_fill_keys(decision::ALL, 0);
            $lines[$competence][decision::UNKNOWN] = $people - count($known);
            foreach ($known as $comparison) {
                $lines[$competence][$comparison->decision($competence)]++;
            }
        }
        return $lines;
    }

    /**
     * What the shared results of people say of their jobs.
     *
     * @param context $context results of the courses in it
     * @param profile[] $jobs by id
     * @param true[][] $members by id of the job, by user
     * @return comparison[][] by id of the job, by user
     */
    private static function compare(context $context, array $jobs, array $members): array {
        global $DB;
        $courses = $DB->get_fieldset_sql(
            'SELECT c.id
               FROM {course} c
               JOIN {context} x ON x.instanceid = c.id AND x.contextlevel = :course
              WHERE ' . $DB->sql_like('x.path', ':below') . ' ORDER BY c.id',
            ['course' => CONTEXT_COURSE, 'below' => $context->path . '/%']
        );
        $known = [];
        foreach ($courses as $courseid) {
            foreach (api::results_of_course((int) $courseid) as $result) {
                foreach ($jobs as $id => $job) {
                    if (isset($members[$id][$result->userid])) {
                        ($known[$id][$result->userid] ??= new comparison($job))->add($result);
                    }
                }
            }
        }
        return $known;
    }

    /**
     * Jobs of which nothing is shown: of two whose people are nearly the same the later one, as their difference would be a
     * figure of the few that are in one alone.
     *
     * @param true[][] $members by id of the job, by user
     * @param int $least
     * @return true[] by id of the job
     */
    private static function withheld(array $members, int $least): array {
        $withheld = [];
        ksort($members);
        foreach ($members as $id => $those) {
            foreach (array_diff_key($members, $withheld) as $other => $others) {
                $alone = min(count(array_diff_key($those, $others)), count(array_diff_key($others, $those)));
                if ($other < $id && $alone < $least && array_intersect_key($those, $others)) {
                    $withheld[$id] = true;
                }
            }
        }
        return $withheld;
    }
}
