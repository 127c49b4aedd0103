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
 * Puts JSON texts together and takes them apart without decoding their numbers.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class json_text {
    /**
     * Encodes a value so that every double is read back as the same double.
     *
     * @param mixed $value
     * @return string
     */
    public static function encode(mixed $value): string {
        return json_encode(
            $value,
            JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION
        );
    }

    /**
     * Decodes to associative arrays.
     *
     * @param string $json
     * @return array
     */
    public static function decode(string $json): array {
        return json_decode($json, true, 512, JSON_THROW_ON_ERROR);
    }

    /**
     * Encodes a map: an empty one is an object too.
     *
     * @param array $map
     * @return string
     */
    public static function encode_object(array $map): string {
        return $map ? self::encode($map) : '{}';
    }

    /**
     * An object out of members whose values are JSON text already.
     *
     * @param string[] $members name => JSON text
     * @return string
     */
    public static function object(array $members): string {
        $parts = [];
        foreach ($members as $name => $json) {
            $parts[] = self::encode((string) $name) . ':' . $json;
        }
        return '{' . implode(',', $parts) . '}';
    }

    /**
     * An array out of values that are JSON text (kept) or PHP values (encoded).
     *
     * @param array $values
     * @return string
     */
    public static function list(array $values): string {
        return '[' . implode(',', array_map(fn($value) => is_string($value) ? $value : self::encode($value), $values)) . ']';
    }

    /**
     * The text of one member of an object, as it stands.
     *
     * @param string $json an object
     * @param string $name
     * @return string|null null when there is no such member
     */
    public static function member(string $json, string $name): ?string {
        $position = strspn($json, " \t\r\n");
        if (($json[$position] ?? '') !== '{') {
            return null;
        }
        $position++;
        while (true) {
            $position += strspn($json, " \t\r\n,", $position);
            if (($json[$position] ?? '}') === '}') {
                return null;
            }
            $end = self::skip($json, $position);
            $key = json_decode(substr($json, $position, $end - $position));
            $position = $end + strspn($json, " \t\r\n:", $end);
            $end = self::skip($json, $position);
            if ($key === $name) {
                return substr($json, $position, $end - $position);
            }
            $position = $end;
        }
    }

    /**
     * The text of each element of an array, as it stands.
     *
     * @param string $json an array
     * @return string[]
     */
    public static function elements(string $json): array {
        $elements = [];
        $position = strspn($json, " \t\r\n") + 1;
        while (true) {
            $position += strspn($json, " \t\r\n,", $position);
            if (($json[$position] ?? ']') === ']') {
                return $elements;
            }
            $end = self::skip($json, $position);
            $elements[] = substr($json, $position, $end - $position);
            $position = $end;
        }
    }

    /**
     * Position after the value that begins at a position.
     *
     * @param string $json
     * @param int $position
     * @return int
     */
    private static function skip(string $json, int $position): int {
        $depth = 0;
        $length = strlen($json);
        while ($position < $length) {
            $character = $json[$position];
            if ($character === '"') {
                $position++;
                while (($position += strcspn($json, '"\\', $position)) < $length && $json[$position] === '\\') {
                    $position += 2;
                }
                $position++;
            } else if ($character === '{' || $character === '[') {
                $depth++;
                $position++;
                continue;
            } else if ($character === '}' || $character === ']') {
                $depth--;
                $position++;
            } else {
                $run = strcspn($json, " \t\r\n,:{}[]\"", $position);
                $position += max(1, $run);
            }
            if ($depth <= 0) {
                return $position;
            }
        }
        return $length;
    }
}
