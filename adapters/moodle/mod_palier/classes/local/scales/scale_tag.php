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

namespace mod_palier\local\scales;

use mod_palier\local\bank\bank_builder;

/**
 * What a tag of a question says of the competence that it is about.
 *
 * `crcn:1.1`, `CRCN-1.1` and `crcn 1.1` say the same: competence 1.1 of the family crcn. `competence:1.1` and `1.1` name no
 * family. A tag with a colon may have any words after it: `competence:reading`. Tags of levels (`level:3`) say nothing of
 * competences.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class scale_tag {
    /** @var string[] words before a number that name no family, folded. */
    private const GENERAL = ['competence', 'competency', 'competences', 'comp', 'skill', 'scale', 'echelle'];

    /** @var string[] words before something that is no competence, folded. */
    private const OTHERS = ['niveau', 'niv', 'level', 'lvl', 'lang', 'langue', 'language'];

    /**
     * Constructor.
     *
     * @param string $family folded, empty for none
     * @param string $value what comes after it, folded
     */
    private function __construct(
        /** @var string folded, empty for none. */
        public readonly string $family,
        /** @var string what comes after it, folded. */
        public readonly string $value,
    ) {
    }

    /**
     * Reads a tag, or the id number of a competency.
     *
     * @param string $text
     * @return self|null null where it says nothing of a competence
     */
    public static function read(string $text): ?self {
        $folded = trim(preg_replace('/\s+/u', ' ', bank_builder::fold($text)));
        [$family, $value] = match (true) {
            (bool) preg_match('/^([^:=]*[^:=\s])\s*[:=]\s*(\S.*)$/su', $folded, $found) => [$found[1], $found[2]],
            (bool) preg_match('/^([^\d\s_-][^\s_-]*)[\s_-]+(\d+(?:\.\d+)*)$/su', $folded, $found) => [$found[1], $found[2]],
            (bool) preg_match('/^\d+(?:\.\d+)+$/', $folded) => ['', $folded],
            default => ['', ''],
        };
        if ($value === '' || in_array($family, self::OTHERS, true)) {
            return null;
        }
        return new self(in_array($family, self::GENERAL, true) ? '' : $family, $value);
    }

    /**
     * What names the competence.
     *
     * @return string
     */
    public function key(): string {
        return $this->family === '' ? $this->value : $this->family . ':' . $this->value;
    }

    /**
     * What names the domain of the competence: the first part of its number.
     *
     * @return string|null null where it has no parts
     */
    public function domain(): ?string {
        if (!preg_match('/^(\d+)\.\d/', $this->value, $found)) {
            return null;
        }
        return $this->family === '' ? $found[1] : $this->family . ':' . $found[1];
    }
}
