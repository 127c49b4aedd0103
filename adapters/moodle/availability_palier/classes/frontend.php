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

namespace availability_palier;

use cm_info;
use context_course;
use mod_palier\api;
use section_info;

/**
 * What the form of a condition needs to know.
 *
 * @package    availability_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class frontend extends \core_availability\frontend {
    #[\Override]
    protected function get_javascript_strings() {
        $labels = ['label_chance', 'label_competence', 'label_level', 'label_prepare', 'label_test', 'label_url'];
        return ['all', 'any', 'none', ...$labels];
    }

    #[\Override]
    protected function get_javascript_init_params($course, ?cm_info $cm = null, ?section_info $section = null) {
        $context = context_course::instance($course->id);
        $tests = [];
        $activities = [];
        foreach (get_fast_modinfo($course)->cms as $one) {
            if ($one->deletioninprogress || $one->id === $cm?->id) {
                continue;
            }
            $named = (object) ['id' => (int) $one->id, 'name' => $one->get_formatted_name()];
            if ($one->modname === 'palier') {
                $tests[] = $named;
            }
            if ($one->has_view()) {
                $activities[] = $named;
            }
        }
        return [$tests, self::frameworks($context, array_column($tests, 'id')), $activities, condition::USUAL, condition::CHANCES];
    }

    /**
     * The competences that can be asked: of the frameworks that come along, and of those of the site that tests here have.
     *
     * @param context_course $context
     * @param int[] $cmids
     * @return \stdClass[] framework, title, and competences with number and name
     */
    private static function frameworks(context_course $context, array $cmids): array {
        $frameworks = api::frameworks();
        foreach ($cmids as $cmid) {
            if (!has_capability('mod/palier:view', \context_module::instance($cmid))) {
                continue;
            }
            $test = api::scales_of_activity($cmid);
            $own = api::competence_of_scale((string) ($test['scales'][0]['id'] ?? ''), $test['source'])[0] ?? null;
            if ($own !== null && !isset($frameworks[$own])) {
                $frameworks[$own] = api::framework($own, $context);
            }
        }
        $language = str_starts_with(current_language(), 'fr') ? 'fr' : 'en';
        $listed = [];
        foreach (array_filter($frameworks) as $idnumber => $framework) {
            $competences = [];
            foreach ($framework['competences'] as $number => $names) {
                $competences[] = (object) ['number' => (string) $number, 'name' => s($names[$language])];
            }
            $listed[] = (object) ['framework' => $idnumber, 'title' => s($framework['title']), 'competences' => $competences];
        }
        return $listed;
    }
}
