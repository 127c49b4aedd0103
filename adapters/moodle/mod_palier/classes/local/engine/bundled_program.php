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
 * The program that comes with the plugin, in bin/PROCESSOR-linux/palier; sources have none, releases do.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class bundled_program {
    /** @var string|null for tests: the folder of the programs. */
    private static ?string $folder = null;

    /**
     * A path at which the program can be run, where the plugin has one for this machine.
     *
     * Moodle's own installer takes plugins out of a zip without the right to execute, and the web server often may not
     * change them: then a copy in the machine's local cache is run, as Moodle runs the templates that it keeps there.
     *
     * @return string|null
     */
    public static function path(): ?string {
        $program = self::program();
        if ($program === null || is_executable($program)) {
            return $program;
        }
        $version = get_config('mod_palier', 'version');
        try {
            $copy = make_localcache_directory('mod_palier')
                . "/palier-{$version}-" . filesize($program) . '-' . filemtime($program);
            if (!is_executable($copy)) {
                // Another request may be at it too: each writes its own, and the last name stays.
                $aside = $copy . '.' . random_string(12);
                if (!copy($program, $aside) || !chmod($aside, 0700) || !rename($aside, $copy)) {
                    return null;
                }
            }
        } catch (\moodle_exception $e) {
            return null;
        }
        return is_executable($copy) ? $copy : null;
    }

    /**
     * Whether the plugin brings a program for this machine.
     *
     * @return bool
     */
    public static function is_there(): bool {
        return self::program() !== null;
    }

    /**
     * For tests: another folder of programs.
     *
     * @param string|null $folder null: the plugin's own
     */
    public static function set_folder(?string $folder): void {
        self::$folder = $folder;
    }

    /**
     * The plugin's file for this system and processor.
     *
     * @return string|null
     */
    private static function program(): ?string {
        if (PHP_OS_FAMILY !== 'Linux') {
            return null;
        }
        $program = (self::$folder ?? dirname(__DIR__, 3) . '/bin') . '/' . php_uname('m') . '-linux/palier';
        return is_file($program) ? $program : null;
    }
}
