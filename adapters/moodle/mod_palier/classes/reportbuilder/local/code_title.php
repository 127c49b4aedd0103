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

namespace mod_palier\reportbuilder\local;

use lang_string;

/**
 * The title of a column in a file for programs: its code, the same in every language. Core makes keys of titles by leaving
 * out what is no plain letter, so "Ce qui s’est passé" would become "cequisestpass".
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class code_title extends lang_string {
    /**
     * A code as a title.
     *
     * @param string $code
     */
    public function __construct(
        /** @var string the code. */
        private readonly string $code
    ) {
        parent::__construct('details', 'mod_palier');
    }

    #[\Override]
    public function out($lang = null): string {
        return $this->code;
    }

    #[\Override]
    public function __toString() {
        return $this->code;
    }
}
