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

use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;

/**
 * A statement in a sentence of the reader's language.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class sentence {
    /** @var string The extensions of Palier's own profile (docs/xapi.md). */
    public const EXTENSIONS = 'urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307#extensions/';

    /** @var string The same in statements of before the profile had this address: read, never written. */
    private const FORMER_EXTENSIONS = 'https://w3id.org/palier/xapi/v1/extensions/';

    /** @var string[] Verbs that say a result. */
    public const RESULTS = ['scored', 'passed', 'failed', 'achieved'];

    /** @var string[] All verbs, in the order of a session. */
    public const VERBS = ['initialized', 'answered', 'suspended', 'resumed', 'scored', 'passed', 'failed', 'achieved',
        'completed', 'terminated', 'voided'];

    /**
     * A statement as plain text: the engine's sentence, the same as on the trainer's page of palier serve.
     *
     * @param string $json the statement
     * @param string $verb its verb, as the outbox names it
     * @param string $person the learner's name
     * @return string
     */
    public static function of(string $json, string $verb, string $person): string {
        $statement = json_decode($json, true);
        if (!is_array($statement)) {
            return "$person – $verb";
        }
        $request = [
            'statements' => [['statement' => (object) $statement, 'person' => $person]],
            'lang' => str_replace('_', '-', current_language()),
        ];
        try {
            $sentence = engine_factory::find()?->call('sentences', $request)['sentences'][0] ?? null;
        } catch (engine_exception $e) {
            debugging($e->getMessage(), DEBUG_DEVELOPER);
            $sentence = null;
        }
        return $sentence ?? self::brought_along($statement, $verb, $person);
    }

    /**
     * While there is no engine: the words that a statement brings along.
     *
     * @param array $statement
     * @param string $verb
     * @param string $person
     * @return string
     */
    private static function brought_along(array $statement, string $verb, string $person): string {
        $display = self::name($statement['verb']['display'] ?? []) ?: $verb;
        return trim("$person – $display – " . self::name($statement['object']['definition']['name'] ?? []), ' –');
    }

    /**
     * What Palier's profile says of a statement's result.
     *
     * @param array $statement
     * @param string $name of the extension
     * @return mixed null where it is not there
     */
    public static function extension(array $statement, string $name): mixed {
        $extensions = $statement['result']['extensions'] ?? [];
        return $extensions[self::EXTENSIONS . $name] ?? $extensions[self::FORMER_EXTENSIONS . $name] ?? null;
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
     * The text of a language map for this reader: the language itself, its parent, English, or the first there is.
     *
     * @param array $map
     * @return string
     */
    private static function name(array $map): string {
        $language = str_replace('_', '-', current_language());
        foreach ([$language, strtok($language, '-'), 'en'] as $wanted) {
            if (isset($map[$wanted])) {
                return (string) $map[$wanted];
            }
        }
        return (string) (reset($map) ?: '');
    }
}
