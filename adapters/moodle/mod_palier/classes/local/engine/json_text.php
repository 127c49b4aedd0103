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
}
