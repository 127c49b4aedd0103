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

namespace mod_palier\local\package;

use mod_palier\local\engine\executable_engine;
use mod_palier\local\engine\process;

/**
 * The whole program palier, which makes packages and reads their records. The PHP extension and the program that comes
 * with the plugin only answer calls; Debian's package has the whole one, and so has who built it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class program {
    /** @var string[] where an installation has it, after the path of the settings. */
    private const PLACES = ['/usr/bin/palier', '/usr/local/bin/palier'];

    /** @var int seconds that it may take. */
    private const TIMEOUT = 180;

    /** @var int bytes that it may write on its output. */
    private const MOST = 256 * 1024 * 1024;

    /** @var string|null for tests: the folder of the player. */
    private static ?string $folder = null;

    /**
     * Constructor.
     *
     * @param string $path the program
     * @param string[] $formats titles of the standards, by the names that the program has for them
     * @param string[] $notice what whoever exports has to know, by language
     * @param string|null $player folder of the player where the program has none of its own; null where there is none at all
     */
    private function __construct(
        /** @var string the program. */
        private readonly string $path,
        /** @var string[] titles of the standards as the program has them, by name. */
        private readonly array $formats,
        /** @var string[] what whoever exports has to know, fr and en. */
        public readonly array $notice,
        /** @var string|null folder of the player, empty for the program's own. */
        private readonly ?string $player
    ) {
    }

    /**
     * The program, if there is one.
     *
     * @return self|null
     */
    public static function find(): ?self {
        if (!executable_engine::may_start_programs()) {
            return null;
        }
        foreach ([(string) get_config('mod_palier', 'pathtopalier'), ...self::PLACES] as $path) {
            if ($path === '' || !is_file($path) || !is_executable($path)) {
                continue;
            }
            $ran = process::run([$path, 'package', '--ready'], '', 10, 65536);
            $ready = $ran && $ran[0] === 0 ? json_decode($ran[1], true) : null;
            if (is_array($ready['formats'] ?? null)) {
                return new self($path, $ready['formats'], $ready['notice'] ?? [], self::player(!empty($ready['player'])));
            }
        }
        return null;
    }

    /**
     * The standards that packages can be made for.
     *
     * @return string[] what they are called in the reader's language, by the names that the program has for them
     */
    public function titles(): array {
        $titles = $this->formats;
        foreach (array_keys($titles) as $name) {
            $for = 'package_for_' . str_replace('-', '_', $name);
            if (get_string_manager()->string_exists($for, 'mod_palier')) {
                $titles[$name] = get_string($for, 'mod_palier');
            }
        }
        return $titles;
    }

    /**
     * For tests: another folder of the player.
     *
     * @param string|null $folder null: where it is
     */
    public static function set_player(?string $folder): void {
        self::$folder = $folder;
    }

    /**
     * Where the player lies, which packages carry: beside the program, or in the plugin's folder player.
     *
     * @param bool $own whether the program has it
     * @return string|null
     */
    private static function player(bool $own): ?string {
        $here = dirname(__DIR__, 3) . '/player';
        return self::$folder ?? ($own ? '' : (is_file("$here/player.js") ? $here : null));
    }

    /**
     * Whether packages can be made; their records can be read without a player.
     *
     * @return bool
     */
    public function has_player(): bool {
        return $this->player !== null;
    }

    /**
     * Makes a package.
     *
     * @param string[] $arguments of `palier package`, without the player and the file to write
     * @param string $output file to write
     * @return array its report
     * @throws refusal
     */
    public function package(array $arguments, string $output): array {
        $player = $this->player === '' ? [] : ['--player', (string) $this->player];
        return $this->run(['package', ...$arguments, ...$player, $output], [0]);
    }

    /**
     * Reads records.
     *
     * @param string $package file of the package
     * @param string $table CSV
     * @return array[] entries of `palier records --whole`
     * @throws refusal
     */
    public function records(string $package, string $table): array {
        return $this->run(['records', '--test', $package, '--whole', '--format', 'json', $table], [0, 1]);
    }

    /**
     * Runs it.
     *
     * @param string[] $arguments
     * @param int[] $codes exit codes with which an answer is one
     * @return array
     */
    private function run(array $arguments, array $codes): array {
        \core_php_time_limit::raise(self::TIMEOUT + 60);
        [$exit, $output, $errors] = process::run([$this->path, ...$arguments], '', self::TIMEOUT, self::MOST) ?? [-1, '', ''];
        $answer = in_array($exit, $codes, true) ? json_decode($output, true) : null;
        if (!is_array($answer)) {
            $told = trim(preg_replace('/^palier: /m', '', $errors));
            throw new refusal($told !== '' ? $told : get_string('package_noanswer', 'mod_palier', basename($this->path)));
        }
        return $answer;
    }
}
