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

namespace mod_palier\output;

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use mod_palier\local\counted;
use mod_palier\local\report\level_sums;
use mod_palier\local\report\participation;
use mod_palier\local\report\question_analysis;
use mod_palier\local\report\report_counts;
use mod_palier\local\test\plan_text;
use moodle_url;

/**
 * What stands above the list of attempts: how far the group is, who has not begun, and how many have which level, as bars
 * that are a table.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class report_summary implements named_templatable, renderable {
    /**
     * The summary of an activity.
     *
     * @param \cm_info $cm
     * @param int $groupid 0 for all that may be seen
     */
    public function __construct(
        /** @var \cm_info the activity. */
        private readonly \cm_info $cm,
        /** @var int 0 for all that may be seen. */
        private readonly int $groupid = 0
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/report_summary';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $participation = new participation($this->cm, $this->groupid);
        $notbegun = $participation->not_begun();
        $names = $notbegun ? $participation->names() : [];
        $sums = level_sums::of($this->cm, $this->groupid);
        $groups = $this->groupid ? [] : (report_filter_form::groups($this->cm) ?? []);
        $flagged = question_analysis::flagged($this->cm->context, $this->groupid);
        return [
            'counts' => report_counts::text($this->cm->context, $this->groupid, $participation),
            'notbegun' => $notbegun
                ? counted::text('notbegun', $notbegun) : '',
            'names' => array_map(fn($user) => [
                'name' => fullname($user),
                'url' => (new moodle_url('/user/view.php', ['id' => $user->id, 'course' => $this->cm->course]))->out(false),
            ], array_values($names)),
            'more' => $notbegun > count($names) ? counted::text('notbegun_more', $notbegun - count($names)) : '',
            'haslevels' => array_sum($sums) > 0,
            'levels' => $this->bars($sums),
            'hasgroups' => array_sum($sums) > 0 && $groups,
            'heads' => array_map(fn($level) => ['text' => $this->short($level)], array_keys($sums)),
            'groups' => $groups && array_sum($sums) > 0 ? $this->groups($groups, array_keys($sums)) : [],
            'flagged' => $flagged ? counted::text('analysis_flagged', $flagged) : '',
            'analysisurl' => (new moodle_url('/mod/palier/questions.php', ['id' => $this->cm->id]
                + ($this->groupid ? ['group' => $this->groupid] : [])))->out(false),
        ];
    }

    /**
     * A bar for each level.
     *
     * @param int[] $sums
     * @return array[]
     */
    private function bars(array $sums): array {
        $most = max(1, ...array_values($sums ?: [0]));
        return array_map(fn($level, $count) => [
            'name' => $this->name($level),
            'count' => $count,
            'percent' => round(100 * $count / $most),
        ], array_keys($sums), $sums);
    }

    /**
     * A row for each group.
     *
     * @param string[] $groups names by id
     * @param array $levels
     * @return array[]
     */
    private function groups(array $groups, array $levels): array {
        $rows = [];
        foreach (level_sums::by_group($this->cm, $groups) as $groupid => $sums) {
            $rows[] = [
                'name' => $groups[$groupid],
                'url' => (new moodle_url('/mod/palier/report.php', ['id' => $this->cm->id, 'group' => $groupid]))->out(false),
                'counts' => array_map(fn($level) => ['count' => $sums[$level] ?? 0, 'label' => $this->short($level)], $levels),
                'sum' => array_sum($sums),
            ];
        }
        return $rows;
    }

    /**
     * A level with its name.
     *
     * @param int|string $level
     * @return string
     */
    private function name(int|string $level): string {
        global $DB;
        static $plans = [];
        $plan = $plans[$this->cm->instance] ??= json_decode($DB->get_field('palier', 'plan', ['id' => $this->cm->instance]), true);
        return $level === level_sums::NONE ? get_string('nolevel', 'mod_palier')
            : plan_text::level($level, $plan['levels']['names'][$level - ($plan['levels']['first'] ?? 0)] ?? null);
    }

    /**
     * A level in a word.
     *
     * @param int|string $level
     * @return string
     */
    private function short(int|string $level): string {
        return $level === level_sums::NONE ? get_string('nolevel', 'mod_palier') : get_string('levelnumber', 'mod_palier', $level);
    }
}
