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

namespace mod_palier\tests;

/**
 * Runs fixtures/lrs_stub.php as a real web server of this machine.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class lrs_stub {
    /** @var resource|null The server's process. */
    private $process = null;

    /** @var string Where it keeps what it gets. */
    public readonly string $dir;

    /** @var int Its port. */
    public readonly int $port;

    /**
     * A server that does not run yet.
     */
    public function __construct() {
        $this->dir = make_request_directory();
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        $this->port = (int) substr(strrchr(stream_socket_get_name($socket, false), ':'), 1);
        fclose($socket);
    }

    /**
     * Starts it and waits until it answers.
     */
    public function start(): void {
        $quiet = ['file', '/dev/null', 'a'];
        $this->process = proc_open(
            [PHP_BINARY, '-n', '-S', "127.0.0.1:{$this->port}", __DIR__ . '/../fixtures/lrs_stub.php'],
            [['file', '/dev/null', 'r'], $quiet, $quiet],
            $pipes,
            $this->dir,
            ['LRS_STUB' => $this->dir],
        );
        for ($i = 0; $i < 100; $i++) {
            if ($socket = @stream_socket_client("tcp://127.0.0.1:{$this->port}", $code, $message, 1)) {
                fclose($socket);
                return;
            }
            usleep(50000);
        }
        throw new \coding_exception('The stub of a statement store did not start.');
    }

    /**
     * Stops it.
     */
    public function stop(): void {
        if ($this->process) {
            proc_terminate($this->process);
            proc_close($this->process);
            $this->process = null;
        }
    }

    /**
     * Its address, as an administrator would set it.
     *
     * @return string
     */
    public function endpoint(): string {
        return "http://127.0.0.1:{$this->port}/xapi";
    }

    /**
     * Tells it something.
     *
     * @param string $file plan, refused, largest or like
     * @param mixed $data
     */
    public function tell(string $file, mixed $data): void {
        file_put_contents("{$this->dir}/$file.json", json_encode($data));
    }

    /**
     * The ids that it has, in the order in which they came.
     *
     * @return string[]
     */
    public function stored(): array {
        $file = "{$this->dir}/stored.json";
        $stored = is_file($file) ? json_decode(file_get_contents($file), true) : [];
        uasort($stored, fn($a, $b) => $a['number'] <=> $b['number']);
        return array_keys($stored);
    }

    /**
     * A statement as it was sent.
     *
     * @param string $id
     * @return array
     */
    public function statement(string $id): array {
        return json_decode(file_get_contents("{$this->dir}/stored.json"), true)[$id]['statement'];
    }

    /**
     * The requests that it got.
     *
     * @return array[]
     */
    public function requests(): array {
        $file = "{$this->dir}/requests.jsonl";
        return is_file($file) ? array_map(fn($line) => json_decode($line, true), file($file)) : [];
    }
}
