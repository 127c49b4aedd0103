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
 * The engine refused: its message says what is wrong and what would be right.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class engine_exception extends \moodle_exception {
    /** @var string BankError, PlanError, LogError, ArgumentError or Error. */
    public readonly string $type;

    /** @var string the engine's own message. */
    public readonly string $enginemessage;

    /**
     * Constructor.
     *
     * @param string $type the engine's type of error
     * @param string $message the engine's message
     * @param string|null $debuginfo
     */
    public function __construct(string $type, string $message, ?string $debuginfo = null) {
        $this->type = $type;
        $this->enginemessage = $message;
        parent::__construct('engineerror', 'mod_palier', '', $message, $debuginfo);
    }
}
