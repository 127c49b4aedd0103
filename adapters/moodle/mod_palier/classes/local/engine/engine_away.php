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
 * Remembers on this node that a program did not answer in time, so that no worker waits for it again at once.
 *
 * For a minute every call is told so; then one tries, and the others are told until that one knows.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class engine_away {
    /** @var int seconds in which nobody tries. */
    public const SECONDS = 60;

    /** @var string the file whose date says when a call was given up last. */
    private readonly string $file;

    /**
     * Constructor.
     *
     * @param string $path the program
     */
    public function __construct(string $path) {
        $this->file = make_localcache_directory('mod_palier/away') . '/' . sha1($path);
    }

    /**
     * Whether this call must not be made now.
     *
     * @return bool
     */
    public function is_away(): bool {
        if (!is_file($this->file)) {
            return false;
        }
        $handle = @fopen($this->file, 'c');
        if (!$handle) {
            return false;
        }
        try {
            if (!flock($handle, LOCK_EX | LOCK_NB)) {
                return true;
            }
            clearstatcache(true, $this->file);
            if (time() - (int) @filemtime($this->file) < self::SECONDS) {
                return true;
            }
            // This caller tries.
            touch($this->file);
            return false;
        } finally {
            fclose($handle);
        }
    }

    /**
     * A call was given up.
     */
    public function note(): void {
        @touch($this->file);
    }

    /**
     * A call was answered.
     */
    public function forget(): void {
        if (is_file($this->file)) {
            @unlink($this->file);
        }
    }
}
