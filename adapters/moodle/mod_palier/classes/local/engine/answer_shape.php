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

namespace mod_palier\local\engine;

/**
 * What an answer of the program must hold to be used: a program of another version, or one that was cut off, is told
 * here, and nowhere by an error of PHP.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class answer_shape {
    /** @var string[][] types of the members that an answer has at least, by call. */
    private const MEMBERS = [
        'version' => ['version' => 'string'],
        'plan' => ['text' => 'string', 'hash' => 'string'],
        'compile' => ['hash' => 'string', 'size' => 'integer'],
        'parameters' => ['problems' => 'array'],
        'step' => ['events' => 'array', 'result' => 'array', 'statements' => 'array'],
        'state' => ['status' => 'string', 'known' => 'boolean'],
        'replay' => ['status' => 'string', 'known' => 'boolean', 'steps' => 'array'],
        'verify' => ['same' => 'boolean'],
        'explain' => ['steps' => 'array'],
        'feasibility' => ['can_run' => 'boolean'],
        'information' => ['information' => 'array'],
    ];

    /** @var string[][] the same for each of a list. */
    private const EACH = [
        'events' => ['type' => 'string', 'data' => 'string'],
        'statements' => ['id' => 'string', 'verb' => 'string', 'statement' => 'string'],
    ];

    /**
     * An answer, decoded.
     *
     * @param string $call
     * @param string $json what the program wrote
     * @return array|null null where it is not what the call gives
     */
    public static function read(string $call, string $json): ?array {
        $answer = json_decode($json, true);
        if (!is_array($answer) || !self::has($answer, self::MEMBERS[$call] ?? [])) {
            return null;
        }
        if ($call === 'step') {
            if (!self::has($answer['result'], self::MEMBERS['state']) || !is_string($answer['next'] ?? '')) {
                return null;
            }
            foreach (self::EACH as $list => $members) {
                foreach ($answer[$list] as $each) {
                    if (!is_array($each) || !self::has($each, $members)) {
                        return null;
                    }
                }
            }
        }
        return $answer;
    }

    /**
     * Whether a value has members of these types.
     *
     * @param array $value
     * @param string[] $members
     * @return bool
     */
    private static function has(array $value, array $members): bool {
        foreach ($members as $name => $type) {
            if (gettype($value[$name] ?? null) !== $type) {
                return false;
            }
        }
        return true;
    }
}
