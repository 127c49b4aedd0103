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

namespace mod_palier\hook;

use core\attribute\label;
use core\attribute\tags;

/**
 * An administrator reads the data protection sheet: another plugin adds what it keeps of people itself, by its own settings.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[label('The data protection sheet of adaptive tests is made; plugins add their settings and what they process.')]
#[tags('mod_palier', 'privacy')]
final class data_protection_sheet {
    /** @var string[][] Pairs: what, and as it is set. */
    private array $settings = [];

    /** @var string[][] Rows of the draft: purpose, data, who, how long, where, risk, measure. */
    private array $processings = [];

    /**
     * Adds a setting.
     *
     * @param string $what plain text
     * @param string $value as the site has it, plain text
     */
    public function add_setting(string $what, string $value): void {
        $this->settings[] = [$what, $value];
    }

    /**
     * Adds a row to the draft of an impact assessment. All are plain text.
     *
     * @param string $purpose what for
     * @param string $data what is kept of people
     * @param string $who sees it
     * @param string $howlong it is kept
     * @param string $where it goes
     * @param string $risk for people
     * @param string $measure against it
     */
    public function add_processing(
        string $purpose,
        string $data,
        string $who,
        string $howlong,
        string $where,
        string $risk,
        string $measure
    ): void {
        $this->processings[] = func_get_args();
    }

    /**
     * What was added about settings.
     *
     * @return string[][] pairs
     */
    public function get_settings(): array {
        return $this->settings;
    }

    /**
     * What was added to the draft.
     *
     * @return string[][] rows of seven
     */
    public function get_processings(): array {
        return $this->processings;
    }

    /**
     * Asks the other plugins.
     *
     * @return self
     */
    public static function ask(): self {
        $hook = new self();
        \core\di::get(\core\hook\manager::class)->dispatch($hook);
        return $hook;
    }
}
