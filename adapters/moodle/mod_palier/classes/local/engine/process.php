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
 * A program that is run without a shell, with limits of time and length.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class process {
    /**
     * Runs it to its end.
     *
     * @param string[] $command the program and its arguments
     * @param string $input what it reads
     * @param int $timeout seconds
     * @param int $most bytes that it may write
     * @return array|null [?int exit (null where it took too long or wrote too much), string output, string errors, bool whether
     *     its time was over]; null where it cannot be started
     */
    public static function run(array $command, string $input, int $timeout, int $most): ?array {
        $process = proc_open(
            $command,
            [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']],
            $pipes,
            null,
            ['LC_ALL' => 'C.UTF-8', 'PATH' => '/usr/bin:/bin']
        );
        if (!is_resource($process)) {
            return null;
        }
        foreach ($pipes as $pipe) {
            stream_set_blocking($pipe, false);
        }
        $texts = [1 => '', 2 => ''];
        $deadline = microtime(true) + $timeout;
        $offset = 0;
        $open = [1 => $pipes[1], 2 => $pipes[2]];
        $writing = true;
        while ($open) {
            $left = $deadline - microtime(true);
            if ($left <= 0 || strlen($texts[1]) > $most) {
                self::kill($process, $pipes);
                return [null, $texts[1], $texts[2], $left <= 0];
            }
            $read = array_values($open);
            $write = $writing ? [$pipes[0]] : [];
            $except = null;
            if (@stream_select($read, $write, $except, (int) $left, (int) (fmod($left, 1) * 1e6)) === false) {
                continue;
            }
            if ($write) {
                $written = @fwrite($pipes[0], substr($input, $offset, 65536));
                $offset += (int) $written;
                if ($written === false || $offset >= strlen($input)) {
                    fclose($pipes[0]);
                    $writing = false;
                }
            }
            foreach ($open as $number => $pipe) {
                if (!in_array($pipe, $read, true)) {
                    continue;
                }
                $chunk = fread($pipe, 65536);
                if ($chunk !== false && $chunk !== '') {
                    $texts[$number] .= $chunk;
                } else if (feof($pipe)) {
                    fclose($pipe);
                    unset($open[$number]);
                }
            }
        }
        if ($writing) {
            fclose($pipes[0]);
        }
        return [proc_close($process), $texts[1], $texts[2], false];
    }

    /**
     * Ends a program that takes too long.
     *
     * @param resource $process
     * @param resource[] $pipes
     */
    private static function kill($process, array $pipes): void {
        foreach ($pipes as $pipe) {
            if (is_resource($pipe)) {
                fclose($pipe);
            }
        }
        proc_terminate($process, 9);
        proc_close($process);
    }
}
