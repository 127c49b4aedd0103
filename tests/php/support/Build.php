<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use RuntimeException;

/** The build under test, from the environment variable PALIER_BUILD. */
final class Build
{
    public static function directory(): string
    {
        return getenv('PALIER_BUILD') ?: dirname(__DIR__, 3) . '/build/release';
    }

    public static function extension(): string
    {
        return self::directory() . '/php/palier.so';
    }

    public static function executable(): string
    {
        return self::directory() . '/palier';
    }

    /**
     * One request of `palier call`.
     *
     * @return array{int, string} exit code and standard output
     */
    public static function call(string $requestJson): array
    {
        [$status, $output] = self::run([self::executable(), 'call'], $requestJson);
        return [$status, $output];
    }

    /**
     * PHP with the extension in a process of its own, so that a crash is seen as a crash.
     *
     * @param string[] $options
     * @return array{int, string, string} exit code, standard output, standard error
     */
    public static function php(string $code, array $options = []): array
    {
        return self::run([
            PHP_BINARY, ...$options, '-d', 'extension=' . self::extension(), '-d', 'display_errors=stderr',
            '-d', 'log_errors=0', '-r', $code,
        ]);
    }

    /**
     * @param string[] $command
     * @return array{int, string, string} exit code (128 + signal when killed), standard output, standard error
     */
    public static function run(array $command, string $input = ''): array
    {
        $files = array_map(fn() => tmpfile(), [0, 1, 2]);
        fwrite($files[0], $input);
        rewind($files[0]);
        $process = proc_open($command, $files, $pipes) ?: throw new RuntimeException($command[0] . ' cannot be run');
        do {
            $status = proc_get_status($process);
            usleep($status['running'] ? 1000 : 0);
        } while ($status['running']);
        // By name: the handles share their position with the process.
        $output = array_map(fn($file) => file_get_contents(stream_get_meta_data($file)['uri']), [$files[1], $files[2]]);
        return [$status['signaled'] ? 128 + $status['termsig'] : $status['exitcode'], ...$output];
    }
}
