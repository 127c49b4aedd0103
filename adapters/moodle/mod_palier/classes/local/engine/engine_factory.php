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
 * Finds the engine: the PHP extension where it is loaded, else the program of the settings, else the plugin's own.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class engine_factory {
    /** @var engine|null what tests put in place. */
    private static ?engine $replacement = null;

    /** @var bool whether tests took the engine away. */
    private static bool $absent = false;

    /**
     * The engine.
     *
     * @return engine
     * @throws \moodle_exception noengine when there is none
     */
    public static function get(): engine {
        return self::find() ?? throw new \moodle_exception('noengine', 'mod_palier');
    }

    /**
     * The engine, where there is one.
     *
     * @return engine|null
     */
    public static function find(): ?engine {
        if (self::$absent) {
            return null;
        }
        return self::$replacement ?? extension_engine::find() ?? executable_engine::find();
    }

    /**
     * What the status check tells. Runs the engine once, so that 'works' is known and not guessed.
     *
     * @return array ['way' => extension|executable|bundled|none, 'works' => bool, 'version' => ?string, 'path' => string,
     *                'error' => ?string]
     */
    public static function describe(): array {
        $engine = self::find();
        $path = (string) get_config('mod_palier', 'pathtopalier');
        $answer = ['way' => 'none', 'works' => false, 'version' => null, 'path' => $path, 'error' => null];
        if (!$engine) {
            if (!executable_engine::may_start_programs()) {
                $answer['error'] = get_string('engineprocopen', 'mod_palier');
            } else if ($path !== '') {
                $answer['error'] = get_string(is_file($path) ? 'enginenotexecutable' : 'enginenofile', 'mod_palier', $path);
            } else {
                $answer['error'] = bundled_program::is_there()
                    ? get_string('enginebundledcannotrun', 'mod_palier')
                    : get_string('enginenotbundled', 'mod_palier', php_uname('s') . ' ' . php_uname('m'));
            }
            return $answer;
        }
        $answer['way'] = $engine instanceof executable_engine ? ($path === '' ? 'bundled' : 'executable') : 'extension';
        if ($answer['way'] === 'bundled') {
            $answer['path'] = $engine->path();
        }
        try {
            $answer['version'] = $engine->version();
            $answer['works'] = true;
        } catch (\Throwable $e) {
            $answer['error'] = $e instanceof engine_exception ? $e->enginemessage : $e->getMessage();
        }
        return $answer;
    }

    /**
     * For tests: puts another engine in place, or none.
     *
     * @param engine|null $engine null takes the engine away
     */
    public static function replace(?engine $engine): void {
        self::$replacement = $engine;
        self::$absent = $engine === null;
    }

    /**
     * For tests: back to the site's own engine.
     */
    public static function restore(): void {
        self::$replacement = null;
        self::$absent = false;
    }
}
