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

use mod_palier\api;
use mod_palier\api\result;
use moodle_exception;

/**
 * A copy of a result that a person shows to an adviser: what the engine told of it, and nothing else. It is made by the person's
 * own click, is for one rendez-vous, and is gone when that is closed or when they show it no more.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class shown_result {
    /** @var string purpose of an attempt that counts for nothing. */
    private const PRACTICE = 'practice';

    /**
     * The results that the present user can show.
     *
     * @return string[] what they are called, by attempt, the newest first
     */
    public static function choices(): array {
        global $USER;
        $choices = [];
        foreach (array_reverse(api::results_of_user((int) $USER->id)) as $result) {
            if ($result->known && $result->purpose !== self::PRACTICE) {
                $choices[$result->attemptid] = get_string('shown_choice', 'local_palier', [
                    'test' => self::test($result),
                    'date' => userdate($result->timefinish, get_string('strftimedate', 'langconfig')),
                ]);
            }
        }
        return $choices;
    }

    /**
     * The copy of one of them.
     *
     * @param int $attemptid
     * @return string JSON
     * @throws moodle_exception where it is not theirs, or tells nothing
     */
    public static function copy(int $attemptid): string {
        global $USER;
        $result = array_column(api::results_of_user((int) $USER->id), null, 'attemptid')[$attemptid] ?? null;
        if (!$result?->known || $result->purpose === self::PRACTICE) {
            throw new moodle_exception('shown_none', 'local_palier');
        }
        $one = empty($result->state['composites']);
        return json_encode([
            'test' => self::test($result),
            'time' => $result->timefinish,
            'provisional' => !empty($result->state['provisional']),
            'probability' => $result->state['interval']['probability'] ?? null,
            'lines' => $one ? [self::line(self::test($result), $result->state + ['state' => 'measured'])] : self::lines($result),
        ]);
    }

    /**
     * A copy in words, for a template.
     *
     * @param string $copy JSON
     * @return array
     */
    public static function words(string $copy): array {
        $copy = json_decode($copy, true);
        $language = str_starts_with(current_language(), 'fr') ? 'fr' : 'en';
        return [
            'test' => $copy['test'],
            'date' => userdate($copy['time'], get_string('strftimedate', 'langconfig')),
            'provisional' => $copy['provisional'],
            'margin' => $copy['probability'] === null ? ''
                : get_string('shown_margin', 'local_palier', (int) round(100 * $copy['probability'])),
            'lines' => array_map(fn(array $line): array => [
                'name' => is_array($line['name']) ? $line['name'][$language] ?? reset($line['name']) : $line['name'],
                'level' => self::told($line),
            ], $copy['lines']),
        ];
    }

    /**
     * What a line says. A level is told with its margin, or not at all.
     *
     * @param array $line
     * @return string
     */
    private static function told(array $line): string {
        $text = match (true) {
            $line['state'] === 'not_assessed' => get_string('decision_unknown', 'local_palier'),
            $line['level'] !== null && $line['low'] !== null => get_string('shown_level', 'local_palier', $line),
            $line['first'] !== null => get_string('map_levels', 'local_palier', $line),
            default => get_string('shown_unsure', 'local_palier'),
        };
        return $line['state'] === 'reported_as_domain' ? get_string('shown_domain', 'local_palier', $text) : $text;
    }

    /**
     * The competences of a map.
     *
     * @param result $result
     * @return array[]
     */
    private static function lines(result $result): array {
        $of = api::scales_of_activity($result->cmid);
        $names = array_column($of['scales'], 'name', 'id');
        $place = \context_module::instance($result->cmid);
        $lines = [];
        foreach ($result->state['scales'] as $scale) {
            $id = (string) $scale['id'];
            $competence = api::competence_of_scale($id, $result->source);
            $known = $competence ? api::framework($competence[0], $place)['competences'][$competence[1]] ?? null : null;
            $lines[] = self::line($known ?? $names[$id] ?? $id, $scale);
        }
        return $lines;
    }

    /**
     * A line of a copy.
     *
     * @param string|string[] $name text, or texts by language
     * @param array $found as the engine tells it
     * @return array
     */
    private static function line(string|array $name, array $found): array {
        [$low, $high] = $found['level_interval'] ?? [null, null];
        return [
            'name' => $name,
            'state' => $found['state'],
            'level' => $found['level']['number'] ?? null,
            'low' => $low,
            'high' => $high,
            'first' => $found['band']['first'] ?? null,
            'last' => $found['band']['last'] ?? null,
        ];
    }

    /**
     * What the test of a result is called.
     *
     * @param result $result
     * @return string not escaped
     */
    private static function test(result $result): string {
        [, $cm] = get_course_and_cm_from_cmid($result->cmid, 'palier');
        return html_to_text(format_string($cm->name, true, ['context' => $cm->context, 'escape' => false]), 0, false);
    }
}
