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

namespace mod_palier\local\xapi;

/**
 * A statement in a sentence of the reader's language.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class sentence {
    /** @var string The extensions of Palier's own profile (docs/xapi.md). */
    public const EXTENSIONS = 'https://w3id.org/palier/xapi/v1/extensions/';

    /** @var string[] Verbs that say a result. */
    public const RESULTS = ['scored', 'passed', 'failed'];

    /** @var string[] All verbs, in the order of a session. */
    public const VERBS = ['initialized', 'answered', 'suspended', 'resumed', 'scored', 'passed', 'failed', 'completed',
        'terminated', 'voided'];

    /** @var string[] Verbs whose sentence needs nothing but a name. */
    private const PLAIN = ['initialized', 'suspended', 'resumed', 'passed', 'failed', 'completed', 'voided'];

    /** @var string[] Reasons for the end that have words. */
    private const STOPS = ['standard_error', 'floor', 'max_items', 'bank_exhausted', 'no_information',
        'standard_error_plateau', 'interval_width', 'theta_change', 'classified', 'length', 'time_limit', 'learner', 'time'];

    /**
     * A statement as plain text.
     *
     * @param string $json the statement
     * @param string $verb its verb, as the outbox names it
     * @param string $person the learner's name
     * @return string
     */
    public static function of(string $json, string $verb, string $person): string {
        $statement = json_decode($json, true) ?: [];
        $extensions = $statement['result']['extensions'] ?? [];
        $a = (object) ['person' => $person];
        if (in_array($verb, self::PLAIN)) {
            return get_string('sentence_' . $verb, 'mod_palier', $a);
        }
        if ($verb === 'answered') {
            $a->question = self::name($statement['object']['definition']['name'] ?? []);
            $a->outcome = self::outcome($statement['result'] ?? []);
            $outcome = $extensions[self::EXTENSIONS . 'outcome'] ?? 'answered';
            $key = in_array($outcome, ['unknown', 'skipped', 'timed_out']) ? $outcome : 'answered';
            return trim(get_string('sentence_' . $key, 'mod_palier', $a) . ' ' . self::level_sentence($extensions));
        }
        if ($verb === 'scored') {
            $a->count = (int) ($extensions[self::EXTENSIONS . 'items-administered'] ?? 0);
            $a->level = self::level($extensions);
            $key = $a->level === '' ? 'sentence_scored_nolevel' : 'sentence_scored';
            return get_string($key, 'mod_palier', $a);
        }
        if ($verb === 'terminated') {
            $reason = $extensions[self::EXTENSIONS . 'stop-reason'] ?? '';
            if (!in_array($reason, self::STOPS)) {
                return get_string('sentence_terminated', 'mod_palier', $a);
            }
            $a->reason = get_string('stopreason_' . $reason, 'mod_palier');
            return get_string('sentence_terminated_because', 'mod_palier', $a);
        }
        // Statements of another version: the words that they bring along.
        $display = self::name($statement['verb']['display'] ?? []) ?: $verb;
        return trim("$person – $display – " . self::name($statement['object']['definition']['name'] ?? []), ' –');
    }

    /**
     * A level with its margin, such as "3 (between 2 and 4)"; an empty string where there is none.
     *
     * @param int|null $level
     * @param int|null $low
     * @param int|null $high
     * @return string
     */
    public static function level_with_margin(?int $level, ?int $low, ?int $high): string {
        if ($level === null) {
            return '';
        }
        if ($low === null || $high === null) {
            return (string) $level;
        }
        $a = (object) ['level' => $level, 'low' => $low, 'high' => $high];
        return get_string($low === $high ? 'levelsure' : 'levelbetween', 'mod_palier', $a);
    }

    /**
     * The level in a statement's extensions, with its margin.
     *
     * @param array $extensions
     * @return string
     */
    private static function level(array $extensions): string {
        return self::level_with_margin(
            $extensions[self::EXTENSIONS . 'level'] ?? null,
            $extensions[self::EXTENSIONS . 'level-low'] ?? null,
            $extensions[self::EXTENSIONS . 'level-high'] ?? null,
        );
    }

    /**
     * "Estimated level: 3 (between 2 and 4)." or nothing.
     *
     * @param array $extensions
     * @return string
     */
    private static function level_sentence(array $extensions): string {
        $level = self::level($extensions);
        return $level === '' ? '' : get_string('sentence_level', 'mod_palier', $level);
    }

    /**
     * Whether an answer was right, in words.
     *
     * @param array $result
     * @return string
     */
    private static function outcome(array $result): string {
        if (!array_key_exists('success', $result)) {
            return get_string('outcome_given', 'mod_palier');
        }
        if ($result['success']) {
            return get_string('outcome_right', 'mod_palier');
        }
        $partial = ($result['score']['scaled'] ?? 0) > 0;
        return get_string($partial ? 'outcome_partly' : 'outcome_wrong', 'mod_palier');
    }

    /**
     * The text of a language map for this reader: the language itself, its parent, English, or the first there is.
     *
     * @param array $map
     * @return string
     */
    public static function name(array $map): string {
        $language = str_replace('_', '-', current_language());
        foreach ([$language, strtok($language, '-'), 'en'] as $wanted) {
            if (isset($map[$wanted])) {
                return (string) $map[$wanted];
            }
        }
        return (string) (reset($map) ?: '');
    }
}
