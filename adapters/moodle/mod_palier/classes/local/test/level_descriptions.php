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

namespace mod_palier\local\test;

use mod_palier\local\engine\json_text;
use stdClass;

/**
 * What somebody of each level can do, in the teacher's words: a part of the plan, so that every host says it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class level_descriptions {
    /**
     * Writes them into the activity's plan, in the writer's language; those in other languages stay. Attempts keep the plan
     * that they were begun with.
     *
     * @param stdClass $palier row of palier
     * @param string[] $texts by level
     */
    public static function save(stdClass $palier, array $texts): void {
        global $DB;
        $plan = json_text::decode($palier->plan);
        if (empty($plan['levels']['cuts'])) {
            return;
        }
        $before = $plan['levels']['descriptions'] ?? [];
        $first = $plan['levels']['first'] ?? 0;
        $descriptions = [];
        for ($k = 0; $k <= count($plan['levels']['cuts']); $k++) {
            $descriptions[$k] = self::changed($before[$k] ?? '', trim((string) ($texts[$first + $k] ?? '')));
        }
        if (array_filter($descriptions, fn($text) => $text !== '')) {
            $plan['levels']['descriptions'] = $descriptions;
        } else {
            unset($plan['levels']['descriptions']);
        }
        $palier->plan = json_text::encode($plan);
        $DB->set_field('palier', 'plan', $palier->plan, ['id' => $palier->id]);
    }

    /**
     * A text that may have languages, changed in the writer's.
     *
     * @param mixed $before text, or text by language
     * @param string $text
     * @return mixed
     */
    private static function changed(mixed $before, string $text): mixed {
        if ($text === plan_text::of($before)) {
            return $before;
        }
        return is_array($before) ? array_filter([current_language() => $text] + $before, fn($one) => $one !== '') ?: '' : $text;
    }
}
