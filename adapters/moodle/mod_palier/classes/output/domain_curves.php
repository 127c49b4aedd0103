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

use mod_palier\local\test\plan_text;

/**
 * Of a map, a small drawing for each domain: what would have been told of it after each of its own questions, and at the end.
 * All have the same levels, so that they can be compared. The figures are the engine's.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class domain_curves {
    /** @var array[][] Points by the domain's place in the plan: n, level, level_interval. */
    private array $points = [];

    /**
     * Of a record's steps.
     *
     * @param array $plan
     * @param array[] $steps
     */
    public function __construct(
        /** @var array the plan */
        private array $plan,
        array $steps,
    ) {
        $domainof = array_column($plan['scales'] ?? [], 'domain', 'id');
        $steps = array_values(array_filter($steps, fn(array $step): bool => empty($step['dropped']) && isset($step['domains'])));
        $last = end($steps);
        foreach ($plan['map']['domains'] ?? [] as $place => $domain) {
            $own = array_filter($steps, fn(array $step): bool => ($domainof[$step['scale']] ?? null) === $domain['id']);
            if (!$own) {
                continue;
            }
            foreach ($own as $step) {
                $this->points[$place][] = ['n' => $step['n']] + ($step['domains'][$place] ?? []);
            }
            // Questions of other domains told something of it after its last own one.
            if (end($own) !== $last) {
                $this->points[$place][] = ['n' => get_string('chart_end', 'mod_palier')] + ($last['domains'][$place] ?? []);
            }
        }
    }

    /**
     * For the template.
     *
     * @return array of ['place', 'name', 'curve', 'points']; none where no domain has a curve
     */
    public function export(): array {
        $intervals = array_filter(array_column(array_merge(...array_values($this->points)), 'level_interval'));
        if (!$intervals) {
            return [];
        }
        $range = [min(array_column($intervals, 0)), max(array_column($intervals, 1))];
        $curves = [];
        foreach ($this->points as $place => $steps) {
            $curve = new story_curve($steps, $range);
            if (!$curve->points()) {
                continue;
            }
            $domain = $this->plan['map']['domains'][$place];
            $curves[] = [
                'place' => $place,
                'name' => plan_text::of($domain['name'] ?? '') ?: $domain['id'],
                'curve' => $curve->svg(),
                'points' => array_map(
                    fn(array $point): array => $point + ['told' => $point['level'] ?? get_string('chart_unsure', 'mod_palier')],
                    $curve->points()
                ),
            ];
        }
        return $curves;
    }
}
